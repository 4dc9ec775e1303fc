"""What a conversation costs from its second turn to its fiftieth, tomorrow, and in memory.

The model has random weights in the shape of half a billion parameters with a vocabulary of 151,936 words. Each part
runs in a process of its own, which prints what it measured as JSON.
"""

from __future__ import annotations

import asyncio
import dataclasses
import gc
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

LONGEST_S = 600
TURNS = 50
RELOADS = 40
QUESTION = "What is the name of my file number {:02d}?"
LONG = "what is the name of the new file and the help in it "
HALF_BILLION = {
    "layers": 24, "width": 896, "heads": 14, "kv_heads": 2, "feed_forward": 4864,
    "context": 4096, "architecture": "qwen2", "quantized": True,
}  # fmt: skip
SMALL = HALF_BILLION | {"layers": 8, "width": 448, "heads": 7, "kv_heads": 1, "feed_forward": 2048, "vocab": 32_000}
"""For what is done hundreds of times: some 30 MB."""


def main() -> int:
    from tests.tiny_model import write_tiny_model

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        large = write_tiny_model(folder / "large.gguf", vocab=151_936, **HALF_BILLION)
        small = write_tiny_model(folder / "small.gguf", **SMALL)
        good = [
            *long_talk(small, folder),
            *reopening(large, folder),
            *stops(large, folder),
            *speed(large),
            *growth(small, folder),
            *memory(large, folder),
        ]
    return 0 if all(good) else 1


def tell(name: str, value: str, goal: str, ok: bool) -> bool:
    print(json.dumps({"name": name, "value": value, "goal": goal, "ok": ok}), flush=True)
    return ok


def child(role: str, *given: object) -> dict[str, Any]:
    """What the process for ``role`` measured."""
    answer = subprocess.run(
        [sys.executable, __file__, role, *map(str, given)],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=LONGEST_S,
        check=True,
    )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


# What is asked


def long_talk(model: Path, folder: Path) -> list[bool]:
    found = child("talk", model, folder / "talk")
    ratio = found["last_ms"] / found["first_ms"]
    computed = found["last_cpu_ms"] / found["first_cpu_ms"]
    return [
        tell(
            f"tokens read in turns 2 to {TURNS} beyond the message and its marks",
            f"{found['most']} at most ({found['cuts']} times history was cut)",
            "at most 8",
            found["most"] <= 8,
        ),
        # Of the processor's time, because the other programs of a busy computer do not come evenly.
        tell(
            f"processor time to the first token in turn {TURNS} against turn 2",
            f"{computed:.2f} times ({found['last_cpu_ms']:.0f} and {found['first_cpu_ms']:.0f} ms)",
            "at most 1.15 times",
            computed <= 1.15,
        ),
        tell(
            "the same by the clock",
            f"{ratio:.2f} times ({found['last_ms']:.0f} and {found['first_ms']:.0f} ms)",
            "",
            True,
        ),
    ]


def reopening(model: Path, folder: Path) -> list[bool]:
    states = folder / "states"
    states.mkdir()
    tokens = child("read", model, states, "keep")["tokens"]
    again = child("read", model, states, "reopen")
    anew = child("read", model, folder / "none", "reopen")
    ratio = anew["first_ms"] / again["first_ms"]
    return [
        tell(
            f"reopening a conversation of {tokens:,} tokens against reading it again",
            f"{ratio:.1f} times sooner ({again['first_ms']} and {anew['first_ms']} ms)",
            "at least 10 times",
            ratio >= 10 and again["evaluated"] < 40,
        )
    ]


def stops(model: Path, folder: Path) -> list[bool]:
    found = child("stop", model)
    return [
        tell(f"stop while {what}", f"{found[what]:.0f} ms", "under 250 ms", found[what] < 250)
        for what in ("reading", "loading", "answering", "reading ahead")
    ]


def speed(model: Path) -> list[bool]:
    found = child("speed", model)
    return [
        tell(
            "tokens a second against a bare loop, vocabulary of 151,936",
            f"{found['ratio']:.3f} ({found['own']:.1f} of {found['bare']:.1f})",
            "at least 0.97",
            found["ratio"] >= 0.97,
        )
    ]


def growth(model: Path, folder: Path) -> list[bool]:
    found = child("growth", model, folder / "growth")
    return [
        tell(f"memory after {what}", f"{found[what]:+.2f} % (median trend)", "under 2 % more", found[what] < 2)
        for what in ("200 turns", "20 reloads")
    ]


def memory(model: Path, folder: Path) -> list[bool]:
    whole, low = (child("memory", model, folder / mode, mode) for mode in ("off", "on"))
    return [
        tell(
            "window, model and 2,048 tokens of context in memory",
            f"{whole['pss']:.0f} MB",
            "under 560 MB",
            whole["pss"] < 560,
        ),
        tell(
            "the same in low-memory mode, what cannot be given back",
            f"{low['fixed']:.0f} MB (of {low['pss']:.0f})",
            "under 220 MB",
            low["fixed"] < 220,
        ),
    ]


# In the child


async def with_app(folder: str, work: Callable[[Any], Awaitable[dict[str, Any]]], **given: str) -> dict[str, Any]:
    from desktop_agent.app import open_app
    from desktop_agent.settings.store import Settings
    from desktop_agent.system import Folder

    place = Folder(Path(folder))
    place.make()
    async with open_app(place, Settings.open(place.settings, {}, given)) as app:
        return await work(app)


async def ask(app: Any, conversation: int, text: str) -> Any:
    return (await asked(app, conversation, text))[0]


async def asked(app: Any, conversation: int, text: str) -> tuple[Any, float, float]:
    """The answer, and the milliseconds of the clock and of the processor until its first piece was here."""
    from desktop_agent.events import Chunk

    begun, passed = (time.perf_counter(), time.process_time()), (0.0, 0.0)
    async with app.chat.turn(conversation, text) as events:
        async for event in events:
            if isinstance(event, Chunk) and not passed[0]:
                passed = ((time.perf_counter() - begun[0]) * 1000, (time.process_time() - begun[1]) * 1000)
            last = event
    return last.message, *passed


def talk(model: str, folder: str) -> dict[str, Any]:
    async def measured(app: Any) -> dict[str, Any]:
        for number in range(30):
            await app.notes.add(f"File number {number:02d} is about the help.")
        conversation = (await app.conversations.create()).id
        beyond: list[int] = []
        times: list[list[float]] = []
        cuts = 0
        for turn in range(1, TURNS + 1):
            answer, *passed = await asked(app, conversation, QUESTION.format(turn % 30))
            await app.chat._ahead.ready()
            async with app.engines.loaded() as engine:
                question = (await app.conversations.messages(conversation))[-2]
                shown = f"<|im_end|>\n<|im_start|>user\n{content(question)}<|im_end|>\n<|im_start|>assistant\n"
                new = await engine.count(shown)
            assert answer.usage is not None and question.notes
            cuts += question.id not in (await app.conversations.kept(conversation) or ())[-1:]
            if turn > 1:
                beyond.append(answer.usage.evaluated_tokens - new)
                times.append(passed)
        clock, processor = zip(*times, strict=True)
        return {
            "most": max(beyond),
            "cuts": cuts,
            "first_ms": quick(clock[:10]),
            "last_ms": quick(clock[-10:]),
            "first_cpu_ms": quick(processor[:10]),
            "last_cpu_ms": quick(processor[-10:]),
        }

    given = {"model": model, "temperature": "0", "reply_tokens": "16", "threads": "1", "context_tokens": "2048"}
    return asyncio.run(with_app(folder, measured, **given))


def quick(times: Sequence[float]) -> float:
    """What a turn takes when the computer does nothing else: the median of the quicker half."""
    return statistics.median(sorted(times)[: len(times) // 2])


def content(question: Any) -> str:
    from desktop_agent.assistant.prompt import prompt_message

    return prompt_message(question).content


def long_messages() -> list[Any]:
    from desktop_agent.messages import PromptMessage, Role

    messages = [PromptMessage(Role.SYSTEM, "You are brief.")]
    for number in range(5):
        messages += [
            PromptMessage(Role.USER, f"{number}: {LONG * 7}"),
            PromptMessage(Role.ASSISTANT, f"{LONG * 7}."),
        ]
    return messages


async def with_engine(model: str, work: Callable[[Any], Awaitable[dict[str, Any]]], **more: Any) -> dict[str, Any]:
    from desktop_agent.inference.local import LocalEngine
    from desktop_agent.runtime.threads import Threads

    threads = Threads()
    engine = LocalEngine(Path(model), threads, 2048, 1, **more)
    try:
        return await work(engine)
    finally:
        await engine.close()
        await threads.close()


def read(model: str, folder: str, role: str) -> dict[str, Any]:
    from desktop_agent.events import Finished
    from desktop_agent.inference.engine import Sampling
    from desktop_agent.inference.states import States
    from desktop_agent.messages import PromptMessage, Role

    async def measured(engine: Any) -> dict[str, Any]:
        await engine.load()
        if role == "keep":
            await engine.read_ahead(long_messages(), 1)
            return {"tokens": await engine.count_messages(long_messages())}
        question = (*long_messages(), PromptMessage(Role.USER, "And now?"))
        async with engine.stream(question, Sampling(temperature=0, reply_tokens=4), 1) as events:
            async for event in events:
                if isinstance(event, Finished):
                    usage = event.usage
        return {"first_ms": usage.first_token_ms, "evaluated": usage.evaluated_tokens}

    states = States(Path(folder)) if Path(folder).exists() else None
    return asyncio.run(with_engine(model, measured, states=states))


def stop(model: str) -> dict[str, Any]:
    from desktop_agent.events import Chunk, Loading, Reading
    from desktop_agent.inference.engine import Sampling
    from desktop_agent.messages import PromptMessage, Role

    prompt = [PromptMessage(Role.USER, LONG * 115)]

    async def stopped(engine: Any, messages: list[Any], far_enough: Callable[[Any], bool]) -> float:
        async with engine.stream(messages, Sampling(reply_tokens=200)) as events:
            async for event in events:
                if far_enough(event):
                    begun = time.perf_counter()
                    break
        return (time.perf_counter() - begun) * 1000

    async def measured(engine: Any) -> dict[str, Any]:
        loading = [
            await stopped(engine, prompt, lambda e, share=share: isinstance(e, Loading) and e.fraction >= share)
            for share in (0, 0.1, 0.7)
        ]
        found = {"loading": max(loading)}
        await engine.load()
        assert 1400 < await engine.count_messages(prompt) < 1700
        reading = [await stopped(engine, prompt, lambda e: isinstance(e, Reading) and e.done) for _ in range(2)]
        found["reading"] = max(reading)
        short = [PromptMessage(Role.USER, "hello")]
        found["answering"] = await stopped(engine, short, lambda event: isinstance(event, Chunk))
        ahead = asyncio.create_task(engine.read_ahead(prompt, 1))
        while engine._loaded.model.computed < 100:
            await asyncio.sleep(0.01)
        begun = time.perf_counter()
        ahead.cancel()
        await asyncio.wait((ahead,))
        return found | {"reading ahead": (time.perf_counter() - begun) * 1000}

    return asyncio.run(with_engine(model, measured))


def speed_child(model: str) -> dict[str, Any]:
    """Both counted where they compute; bench_inference counts what reaches the loop."""
    from desktop_agent.events import Finished
    from tests.benchmarks import bench_inference as bench

    bench.TOKENS = 24
    sampling = dataclasses.replace(bench.SAMPLING, reply_tokens=bench.TOKENS)

    def beside(engine: Any) -> Any:
        # On the same weights: of two copies the one that was loaded first is up to 5 % slower.
        from desktop_agent.inference.library import library
        from desktop_agent.inference.loading import StopFlag, ThreadCounts, make_context

        bare = object.__new__(bench.Bare)
        bare.llama, bare.stop, bare.model = library(), StopFlag(), engine._loaded.model._model
        bare.context = make_context(bare.model, Path(model), 2048, ThreadCounts(1, 1), bare.stop)
        bare.vocabulary = bare.llama.llama_model_get_vocab(bare.model)
        return bare

    async def answered(engine: Any) -> float:
        async with engine.stream(bench.QUESTION, sampling) as events:
            async for event in events:
                if isinstance(event, Finished):
                    speed: float = event.usage.tokens_per_second
        return speed

    async def measured(engine: Any) -> dict[str, Any]:
        await answered(engine)
        bare = await engine._threads.call(beside, engine)
        pairs = []
        for turn in range(10):
            if turn % 2:
                other = await engine._threads.call(bare.tokens_per_second)
            own = await answered(engine)
            if not turn % 2:
                other = await engine._threads.call(bare.tokens_per_second)
            pairs.append((own, other))
        # The quicker rounds: whatever else the computer does only ever makes one slower.
        own, other = (1 / quick([1 / speed for speed in speeds]) for speeds in zip(*pairs, strict=True))
        return {"ratio": own / other, "own": own, "bare": other}

    return asyncio.run(with_engine(model, measured))


def growth_child(model: str, folder: str) -> dict[str, Any]:
    """Each turn and each reload is like the one before it, so that no longer prompt fills more of the buffers."""

    async def measured(app: Any) -> dict[str, Any]:
        turns, reloads = [], []
        conversation = (await app.conversations.create()).id
        await ask(app, conversation, LONG * 60)
        for number in range(230):
            await ask(app, conversation, QUESTION.format(number % 30))
            if number >= 30 and number % 5 == 0:
                await app.chat._ahead.stop()
                turns.append(own_memory())
        for number in range(RELOADS + 1):
            await app.engines.unload()
            await ask(app, (await app.conversations.create()).id, LONG * 20)
            await app.chat._ahead.stop()
            if number:
                reloads.append(own_memory())
        return {"200 turns": trend(turns) * 200 / 5, "20 reloads": trend(reloads) * 20}

    given = {"model": model, "temperature": "0", "reply_tokens": "16", "threads": "1"}
    return asyncio.run(with_app(folder, measured, **given))


def trend(figures: Sequence[float]) -> float:
    """Growth from one figure to the next, in percent of the first: the median of the slopes between all pairs."""
    pairs = itertools.combinations(enumerate(figures), 2)
    return (
        statistics.median((late - early) / (there - here) for (here, early), (there, late) in pairs) / figures[0] * 100
    )


def memory_child(model: str, folder: str, mode: str) -> dict[str, Any]:
    """The whole program with its window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import qasync

    from desktop_agent.settings.store import Settings
    from desktop_agent.system import Folder
    from desktop_agent.ui.running import run
    from desktop_agent.ui.start import new_application, wait_for_paint
    from desktop_agent.ui.window import MainWindow

    place = Folder(Path(folder))
    place.make()
    given = {"model": model, "low_memory": mode, "context_tokens": "2048", "reply_tokens": "16", "threads": "1"}
    settings = Settings.open(place.settings, {}, given)
    application = new_application()
    window = MainWindow(place, settings)
    window.resize(1366, 768)
    window.show()
    wait_for_paint(application, window)
    found: dict[str, Any] = {}

    async def measured() -> None:
        life = asyncio.create_task(run(place, settings, window))
        while window.filling is None:
            await asyncio.sleep(0.01)
        app = window.filling.app
        conversation = (await app.conversations.create()).id
        # The whole context is touched once.
        await ask(app, conversation, LONG * 90)
        found.update(pss=rollup("Pss:"), fixed=rollup("Pss_Anon:") + rollup("Pss_Shmem:"))
        window.close()
        await life

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        runner.run(measured())
    return found


def own_memory() -> float:
    """MB that the program alone holds: libraries count less while other programs use them, too."""
    from desktop_agent.inference.library import return_memory

    return_memory()
    return rollup("Pss_Anon:")


def rollup(name: str) -> float:
    """A line of ``/proc/self/smaps_rollup`` in MB, without what Python has not collected yet."""
    gc.collect()
    lines = Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


ROLES: dict[str, Callable[..., dict[str, Any]]] = {
    "talk": talk,
    "read": read,
    "stop": stop,
    "speed": speed_child,
    "growth": growth_child,
    "memory": memory_child,
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(ROLES[sys.argv[1]](*sys.argv[2:])), flush=True)
        os._exit(0)  # a bare loop's model is not given back
    sys.exit(main())
