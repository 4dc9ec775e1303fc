"""The engine of a model file: streaming, stopping at any moment, and what a follow-up costs."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from desktop_agent.errors import ModelUnusable, TooLong
from desktop_agent.events import Chunk, Finished, Loading, Reading
from desktop_agent.inference.engine import Engine, Sampling
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.local import LocalEngine
from desktop_agent.messages import Ending
from desktop_agent.runtime.threads import Threads
from tests.inference.conftest import answered, assistant, system, user, works

SHORT = Sampling(temperature=0.8, seed=1, reply_tokens=24)


def test_a_local_model_is_an_engine(engine: LocalEngine) -> None:
    kept: Engine = engine
    assert (kept.name, kept.label, kept.wants_help, kept.memory_bytes) == ("tiny.gguf", "tiny", False, 0)


async def test_an_answer_arrives_in_order_and_says_what_it_cost(engine: LocalEngine) -> None:
    kinds: list[type] = []
    async with engine.stream([user("hello")], SHORT) as events:
        async for event in events:
            if not kinds or kinds[-1] is not type(event):
                kinds.append(type(event))
    assert kinds == [Loading, Reading, Chunk, Finished]
    assert isinstance(event, Finished)
    usage = event.usage
    assert event.ending is Ending.LENGTH
    assert event.engine == "tiny.gguf"
    assert usage.prompt_tokens == usage.evaluated_tokens == await engine.count_messages([user("hello")])
    assert usage.reply_tokens == 24
    assert usage.first_token_ms > 0
    assert usage.tokens_per_second > 0
    assert engine.memory_bytes > 0


async def test_reading_is_told_from_nothing_to_all(engine: LocalEngine) -> None:
    async with engine.stream([user("what is my name " * 60)], SHORT) as events:
        told = [event async for event in events if isinstance(event, Reading)]
    assert told[0].done == 0
    assert told[-1].done == told[-1].total > 128
    assert len(told) >= 3


async def test_a_second_turn_reads_only_its_own_tokens(engine: LocalEngine) -> None:
    messages = [system("You are a helper, 你好."), user("Who are you and what is my name?")]
    for turn in range(5):
        answer, finished = await answered(engine, messages, Sampling(temperature=1.2, seed=turn, reply_tokens=20))
        question = user("What is the next question?")
        messages += [assistant(answer), question]
        if turn:
            # "<|im_end|>", line end, the question, its marks, and the last token of a cut answer.
            assert finished.usage.evaluated_tokens <= await engine.count(question.text) + 8 + 12
            assert finished.usage.prompt_tokens > finished.usage.evaluated_tokens * 2


async def test_loading_is_told_and_done_once(engine: LocalEngine) -> None:
    told: list[float] = []
    await engine.load(told.append)
    assert told[0] == 0.0
    assert told == sorted(told)
    told.clear()
    await engine.load(told.append)
    assert told == []


async def test_two_questions_at_once_are_answered_one_after_the_other(engine: LocalEngine) -> None:
    both = await asyncio.gather(*(answered(engine, [user(text)], SHORT) for text in ("one", "two")))
    alone = [await answered(engine, [user(text)], SHORT) for text in ("one", "two")]
    assert [text for text, _ in both] == [text for text, _ in alone]


async def test_a_stop_string_ends_an_answer_before_it(engine: LocalEngine) -> None:
    whole, _ = await answered(engine, [user("hello")], SHORT)
    cut, finished = await answered(engine, [user("hello")], Sampling(**_fields(SHORT), stop=(whole[10:13],)))
    assert cut == whole[: whole.index(whole[10:13])]
    assert finished.ending is Ending.COMPLETE


async def test_a_message_that_does_not_fit_is_told_with_numbers(engine: LocalEngine) -> None:
    with pytest.raises(TooLong, match=r"needs [\d]+ tokens, but tiny has room for 496"):
        await answered(engine, [user("what is my name " * 400)], SHORT)
    assert (await answered(engine, [user("hello")], SHORT))[0]


async def test_a_megabyte_that_was_pasted_is_refused_soon(engine: LocalEngine) -> None:
    start = time.process_time()
    with pytest.raises(TooLong):
        await answered(engine, [user("a1 你" * 200_000)], SHORT)
    assert time.process_time() - start < 20


async def test_the_context_is_filled_and_then_the_answer_ends(engine: LocalEngine) -> None:
    _, finished = await answered(engine, [user("hello")], Sampling(temperature=0, reply_tokens=100_000))
    usage = finished.usage
    assert finished.ending in (Ending.LENGTH, Ending.COMPLETE)
    assert usage.prompt_tokens + usage.reply_tokens <= engine.context_tokens == 512


async def test_an_unusable_file_is_a_sentence(threads: Threads, tmp_path: Path) -> None:
    path = tmp_path / "信 letter.gguf"
    path.write_text("Dear model")
    broken = LocalEngine(path, threads)
    with pytest.raises(ModelUnusable, match=r"信 letter.gguf is not a GGUF model"):
        await answered(broken, [user("hello")], SHORT)
    with pytest.raises(ModelUnusable):
        await broken.load()
    assert broken.memory_bytes == 0


async def test_a_closed_engine_gives_its_memory_back_and_may_load_again(engine: LocalEngine) -> None:
    first, _ = await answered(engine, [user("hello")], SHORT)
    await engine.close()
    await engine.close()
    assert engine.memory_bytes == 0
    assert (await answered(engine, [user("hello")], SHORT))[0] == first


async def test_stop_while_answering_leaves_a_usable_model(engine: LocalEngine) -> None:
    before, _ = await answered(engine, [user("hello")], SHORT)
    async with engine.stream([user("hello")], Sampling(reply_tokens=400)) as events:
        async for event in events:
            if isinstance(event, Chunk):
                break
    assert not works(engine)
    assert (await answered(engine, [user("hello")], SHORT))[0] == before


async def test_stop_while_reading_takes_a_moment(slow_model: Path, threads: Threads) -> None:
    engine = LocalEngine(slow_model, threads, context_tokens=4096, n_threads=1)
    await engine.load()
    totals: list[int] = []
    for _ in range(2):
        async with engine.stream([user("what is my name " * 500)], SHORT) as events:
            async for event in events:
                if isinstance(event, Reading) and event.done:
                    totals.append(event.total)
                    break
        assert not works(engine)
        assert engine._loaded is not None and 0 < engine._loaded.model.computed < totals[0]
    # What was read before the stop is not read again.
    assert totals[1] <= totals[0] - 128
    await engine.close()


async def test_stop_while_loading_leaves_nothing_in_memory(slow_model: Path, threads: Threads) -> None:
    engine = LocalEngine(slow_model, threads)
    async with engine.stream([user("hello")], SHORT) as events:
        async for event in events:
            assert isinstance(event, Loading)
            break
    assert engine.memory_bytes == 0
    assert not works(engine)


async def test_a_cancelled_load_has_ended_when_the_caller_goes_on(slow_model: Path, threads: Threads) -> None:
    engine = LocalEngine(slow_model, threads)
    begun = asyncio.Event()
    load = asyncio.create_task(engine.load(lambda _: begun.set()))
    await begun.wait()
    load.cancel()
    with pytest.raises(asyncio.CancelledError):
        await load
    assert (engine.memory_bytes, works(engine)) == (0, False)


async def test_a_cancelled_answer_has_ended_when_the_caller_goes_on(engine: LocalEngine) -> None:
    begun = asyncio.Event()

    async def ask() -> None:
        async with engine.stream([user("hello")], Sampling(reply_tokens=400)) as events:
            async for event in events:
                if isinstance(event, Chunk):
                    begun.set()

    task = asyncio.create_task(ask())
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not works(engine)


async def test_closing_waits_for_the_answer_that_runs(engine: LocalEngine) -> None:
    async with engine.stream([user("hello")], SHORT) as events:
        closing = asyncio.create_task(engine.close())
        assert [event async for event in events]
        assert not closing.done()
    await closing
    assert engine.memory_bytes == 0


async def test_the_loop_lives_while_a_model_works(slow_model: Path, threads: Threads) -> None:
    engine = LocalEngine(slow_model, threads, context_tokens=4096)
    late: list[float] = []

    async def tick() -> None:
        while True:
            start = time.perf_counter()
            await asyncio.sleep(0.005)
            late.append(time.perf_counter() - start - 0.005)

    ticking = asyncio.create_task(tick())
    await answered(engine, [user("what is my name " * 100)], SHORT)
    ticking.cancel()
    await engine.close()
    # The goal is 16 ms for 99 of 100; a test on a busy machine only finds a loop that stands still.
    assert sorted(late)[len(late) * 9 // 10] < 0.1


def _fields(sampling: Sampling) -> dict[str, object]:
    return {name: getattr(sampling, name) for name in ("temperature", "seed", "reply_tokens")}


async def test_while_the_user_types_a_core_more_is_free_and_nothing_is_loaded_again(
    tiny_model: Path, threads: Threads
) -> None:
    engine = LocalEngine(tiny_model, threads)
    model: LlamaModel | None = None

    async def used(typing: bool) -> tuple[int, int]:
        nonlocal model
        engine.typing(typing)
        await answered(engine, [user("Hello")], SHORT)
        assert engine._loaded is not None
        assert model in (None, engine._loaded.model)
        model = engine._loaded.model
        llama = model._llama
        return llama.llama_n_threads_batch(model._context), llama.llama_n_threads(model._context)

    try:
        reading, answering = await used(typing=False)
        assert await used(typing=True) == (max(1, reading - 1), max(1, answering - 1))
        assert await used(typing=False) == (reading, answering)
    finally:
        await engine.close()


async def test_a_number_of_threads_that_was_asked_for_stays_while_the_user_types(
    tiny_model: Path, threads: Threads
) -> None:
    engine = LocalEngine(tiny_model, threads, n_threads=2)
    engine.typing(True)
    try:
        await answered(engine, [user("Hello")], SHORT)
        assert engine._loaded is not None
        model = engine._loaded.model
        assert model._llama.llama_n_threads(model._context) == 2
    finally:
        await engine.close()
