"""True figures, cheap, only while somebody looks, and from broken computers too."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable
from logging import LogRecord

import psutil
import pytest

from desktop_agent import words
from desktop_agent.runtime import monitor as module
from desktop_agent.runtime.acts import KEPT, Acts
from desktop_agent.runtime.monitor import Monitor, Sample
from desktop_agent.runtime.threads import Threads
from tests.runtime.conftest import Run, until

MB = 1_000_000


def test_samples_come_while_somebody_looks_and_only_then(run: Run[None]) -> None:
    async def look() -> None:
        threads = Threads()
        monitor, seen = Monitor(threads), list[Sample]()
        assert monitor.latest is None
        async with monitor.watch(0.21, seen.append):
            await until(lambda: len(seen) >= 3)
        assert monitor.history[: len(seen)] == tuple(seen)
        assert not any("Monitor" in repr(task.get_coro()) for task in asyncio.all_tasks())
        await threads.close()

    run(look())


async def test_the_shortest_wish_of_all_who_look_counts(threads: Threads) -> None:
    monitor, status_bar, tab = Monitor(threads), list[Sample](), list[Sample]()
    async with monitor.watch(3600, status_bar.append):
        await until(lambda: status_bar)
        look = monitor.watch(0.21, tab.append)
        look.start()
        look.start()
        await until(lambda: len(tab) >= 2)
        look.stop()
        look.stop()
        look.start()
        count = len(tab)
        await until(lambda: len(tab) > count)
        look.stop()
    await monitor.close()


async def test_who_looks_already_gets_nothing_twice_when_another_one_begins(threads: Threads) -> None:
    monitor, first, second = Monitor(threads), list[Sample](), list[Sample]()
    async with monitor.watch(3600, first.append):
        await until(lambda: first)
        # So soon there is no other sample; the new one gets the one that is there.
        async with monitor.watch(3600, second.append):
            await until(lambda: second)
    assert second[0] is monitor.latest
    assert len({id(sample) for sample in first}) == len(first)
    await monitor.close()


async def test_a_callback_that_fails_does_not_end_the_sampling(threads: Threads) -> None:
    monitor, troubles, seen = Monitor(threads), list[object](), list[Sample]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: troubles.append(context["exception"]))

    def fail(sample: Sample) -> None:
        seen.append(sample)
        raise OSError("a mistake of the window")

    async with monitor.watch(0.21, fail):
        await until(lambda: len(seen) >= 2)
    assert len(troubles) >= 2


async def test_a_sample_tells_the_truth_about_this_computer(threads: Threads, monkeypatch: pytest.MonkeyPatch) -> None:
    monitor, begun = Monitor(threads), time.time()
    sample = await monitor.sample()
    assert sample.ram_total == psutil.virtual_memory().total
    assert sample.ram_used is not None
    assert sample.ram_percent is not None
    assert 0 < sample.ram_used < sample.ram_total
    assert sample.app_bytes is not None
    assert 5 * MB < sample.app_bytes <= psutil.Process().memory_info().rss + 50 * MB
    assert sample.cores == os.cpu_count()
    assert begun <= sample.time <= time.time()
    assert sample.cpu_percent is None  # nothing to compare with yet
    monkeypatch.setattr(module, "SHORTEST_PAUSE_S", 60.0)
    assert await monitor.sample() is sample  # so soon there is nothing new
    monkeypatch.undo()
    await until(lambda: time.time() > sample.time + 0.3)
    again = await monitor.sample()
    assert again.cpu_percent is not None
    assert 0 <= again.cpu_percent <= 100
    assert again.app_cpu_percent is not None
    assert 0 <= again.app_cpu_percent <= 100


async def test_the_model_is_told_apart_from_the_program(threads: Threads) -> None:
    monitor = Monitor(threads)
    before = await monitor.sample()
    ballast = bytearray(os.urandom(1024) * 60_000)  # 61 MB, all of it touched
    await until(lambda: time.time() > before.time + 0.3)
    loading = await monitor.sample()  # nobody has said yet what the model takes
    monitor.model_bytes = len(ballast)
    await until(lambda: time.time() > loading.time + 0.3)
    loaded = await monitor.sample()
    assert before.app_bytes is not None
    assert loaded.app_bytes is not None
    assert abs(loaded.app_bytes - before.app_bytes) < 15 * MB
    assert 45 * MB < loaded.model_bytes <= 62 * MB
    # A mapped model that is not in RAM makes the program look no smaller than it was.
    monitor.model_bytes = 10_000 * MB
    await until(lambda: time.time() > loaded.time + 0.3)
    assert ((await monitor.sample()).app_bytes or 0) >= before.app_bytes - 15 * MB
    del ballast


async def test_a_computer_that_cannot_count_still_gives_a_sample(
    threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(kind: type[Exception]) -> Callable[..., object]:
        def ask(*_: object, **__: object) -> object:
            raise kind("PdhAddEnglishCounterW failed. Performance counters may be disabled.")

        return ask

    monkeypatch.setattr(psutil, "cpu_percent", broken(RuntimeError))
    monkeypatch.setattr(psutil, "virtual_memory", broken(OSError))
    monkeypatch.setattr(psutil, "cpu_count", broken(AttributeError))
    monkeypatch.setattr(psutil, "sensors_battery", broken(FileNotFoundError), raising=False)
    monkeypatch.setattr(psutil.Process, "memory_info", broken(psutil.AccessDenied))
    monkeypatch.setattr(psutil.Process, "memory_full_info", broken(NotImplementedError))
    sample = await Monitor(threads).sample()
    assert (sample.cpu_percent, sample.ram_total, sample.ram_percent, sample.app_bytes) == (None,) * 4
    monkeypatch.setattr(psutil, "Process", broken(psutil.NoSuchProcess))
    assert (await Monitor(threads).sample()).app_cpu_percent is None


async def test_the_speed_of_an_answer_is_shown_while_it_comes(
    threads: Threads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SPEED_SECONDS", 60.0)
    monitor = Monitor(threads)
    monitor.note_speed(8.4)
    sample = await monitor.sample()
    assert sample.tokens_per_second == 8.4
    monitor.note_answer(8.6, 900)
    await until(lambda: time.time() > sample.time + 0.3)
    assert (await monitor.sample()).tokens_per_second is None
    assert monitor.last_answer is not None
    assert (monitor.last_answer.tokens_per_second, monitor.last_answer.first_token_ms) == (8.6, 900)


async def test_a_sample_has_the_slowest_reaction_of_the_window_since_the_last(threads: Threads) -> None:
    monitor = Monitor(threads)
    assert monitor.slowest_window_ms is None
    for ms in (2.0, 14.0, 3.0):
        monitor.note_window(ms)
    sample = await monitor.sample()
    assert (sample.window_ms, monitor.slowest_window_ms) == (14.0, 14.0)
    await until(lambda: time.time() > sample.time + 0.3)
    assert ((await monitor.sample()).window_ms, monitor.slowest_window_ms) == (3.0, 14.0)


def test_nothing_of_psutil_is_loaded_before_the_first_sample() -> None:
    program = """if True:
        import asyncio, sys
        import desktop_agent.runtime.cache, desktop_agent.runtime.retry, desktop_agent.runtime.lazy
        from desktop_agent.runtime.monitor import Monitor
        from desktop_agent.runtime.threads import Threads
        Monitor(Threads())
        print({"psutil", "cachetools", "tenacity"} & set(sys.modules))
    """
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (answer.stdout, answer.stderr) == ("set()\n", "")


def test_acts_are_told_in_the_language_of_the_user_newest_first(logged: list[LogRecord]) -> None:
    acts = Acts()
    acts.note("Language")
    acts.note("Idle {minutes} min", minutes=10)
    assert [act.told() for act in acts.all()] == ["Idle 10 min", "Language"]
    words.use("zh_CN")
    assert acts.all()[1].told() == words._("Language") != "Language"
    assert [record.getMessage() for record in logged] == ["Language", "Idle 10 min"]


def test_only_the_newest_acts_are_kept() -> None:
    acts = Acts()
    for number in range(KEPT + 10):
        acts.note("Act {number}", number=number)
    assert len(acts.all()) == KEPT
    assert acts.all()[0].told() == f"Act {KEPT + 9}"
