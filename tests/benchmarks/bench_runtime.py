"""What it costs to do blocking work in a thread of ours instead of doing it at once.

Each figure is the time of one isolated call less the time of the same call made directly, on a plain loop and on the
window's; and the same for the first piece of a stream and for a place in the queue. Goal: under 1 ms. The slowest
hundredth is decided by what else the computer does: where the standard thread pool, measured in turn with ours,
needs longer than that, ours may need half as much again.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.readings import Computer
from desktop_agent.runtime.tasks import TaskQueue
from desktop_agent.runtime.threads import Emit, Threads

CALLS, WARM_UP = 2000, 100
GOAL_MS = 1.0


def work() -> int:
    """Something so quick that only the way to it and back is measured."""
    return sum(range(100))


def streaming(emit: Emit[int]) -> None:
    """One piece."""
    emit(work())


async def times_ms(*ways: Callable[[], Awaitable[object]], calls: int = CALLS) -> list[list[float]]:
    """How long each of ``calls`` took in each way, sorted; the ways take turns."""
    found: list[list[float]] = [[] for _ in ways]
    for turn in range(WARM_UP + calls):
        for way, times in zip(ways, found, strict=True):
            started = time.perf_counter()
            await way()
            if turn >= WARM_UP:
                times.append((time.perf_counter() - started) * 1000)
    return [sorted(times) for times in found]


async def measure(loop_name: str) -> list[dict[str, object]]:
    """All figures of one loop."""
    threads, queue = Threads(), TaskQueue()

    async def directly() -> object:
        return work()

    async def called() -> object:
        return await threads.call(work)

    async def streamed() -> object:
        async with threads.stream(streaming) as pieces:
            return [piece async for piece in pieces]

    async def queued() -> object:
        async with queue.place("benchmark"):
            return await threads.call(work)

    with ThreadPoolExecutor(1) as pool:

        async def standard() -> object:
            return await asyncio.wrap_future(pool.submit(work))

        direct, usual, *ours = await times_ms(directly, standard, called, streamed, queued)
    await threads.close()
    direct_ms = statistics.median(direct)
    lines = []
    for name, times in zip(("isolated call", "stream of one piece", "queued call"), ours, strict=True):
        told = f"{name} on {loop_name}, {{}}, ms over calling directly"
        lines.append(line(told.format("median"), statistics.median(times) - direct_ms, GOAL_MS))
        slow_goal_ms = round(max(GOAL_MS, 1.5 * (slow_ms(usual) - direct_ms)), 3)
        lines.append(line(told.format("p99"), slow_ms(times) - direct_ms, slow_goal_ms))
    return lines


def slow_ms(times: list[float]) -> float:
    """The time that a hundredth exceeds."""
    return times[int(len(times) * 0.99)]


async def sampling() -> list[dict[str, object]]:
    """One look at the computer, which is done on the loop once a second."""
    threads = Threads()
    monitor = Monitor(threads)
    await monitor.sample()
    computer = Computer()

    async def once() -> object:
        return computer.read()

    (found,) = await times_ms(once, calls=300)
    await threads.close()
    return [line("one sample of the Monitor, median, ms", statistics.median(found), 2.0)]


def line(name: str, value: float, goal: float) -> dict[str, object]:
    """One result as ``run.py`` reads it."""
    return {"name": name, "value": round(value, 3), "goal": f"< {goal:g}", "ok": value < goal}


def main() -> int:
    results = asyncio.run(measure("asyncio"))
    import qasync
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        results += runner.run(measure("qasync"))
    results += asyncio.run(sampling())
    for result in results:
        print(json.dumps(result))
    return 0 if all(result["ok"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
