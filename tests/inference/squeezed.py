"""A program whose memory is really limited and really runs out: a child process of the tests of the governor.

It prints one JSON object for each thing that happened, and ends by itself.
"""

from __future__ import annotations

import asyncio
import json
import mmap
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from desktop_agent.inference.engines import Engines
from desktop_agent.inference.lightness import Lightness
from desktop_agent.inference.models import Models
from desktop_agent.runtime import governor as rules
from desktop_agent.runtime.governor import Cause, Governor, Step, figure
from desktop_agent.runtime.lazy import LazyState
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.tasks import TaskQueue
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings.store import Settings

LONGEST_S = 60.0
BITE = 4 << 20


def limit(kind: str, place: str) -> None:
    """Let this process have only so much memory from now on."""
    if kind == "group":
        (Path(place) / "cgroup.procs").write_text(str(os.getpid()))
        return
    import resource

    import psutil

    now = psutil.Process().memory_info().vms
    room = min(psutil.virtual_memory().available, 3 << 30)
    resource.setrlimit(resource.RLIMIT_AS, (now + room, resource.RLIM_INFINITY))


async def until(condition: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + LONGEST_S
    while not condition():
        if time.monotonic() > end:
            raise SystemExit(f"never came: {what}")
        await asyncio.sleep(0.05)


def tell(what: str, **more: object) -> None:
    print(json.dumps({"what": what, **more}), flush=True)


async def run(kind: str, place: str, model: str, folder: Path) -> None:
    # The quick times are the only thing that is not as in the program.
    rules.HOLD_S, rules.CALM_S = 0.3, 0.6
    # What else runs on this computer must not decide how the test ends.
    rules.RULES = tuple(rule for rule in rules.RULES if rule.cause is Cause.RAM)
    if kind == "group":
        limit(kind, place)
    threads, tasks = Threads(), TaskQueue()
    monitor = Monitor(threads)
    settings = Settings.open(folder / "settings.toml", {}, {"model": model, "context_tokens": "2048", "threads": "0"})
    engines = Engines(settings, threads, monitor, Models(folder, folder / "none.gguf", threads))
    governor = Governor(monitor, Lightness(engines, settings), tasks.hold_background, tick_s=0.25)
    tell("idle", looking=governor.looking)
    async with engines.ready() as ready:
        tell("loaded", error=str(ready.fallback_error or ""), looking=governor.looking)
    if kind == "address":
        limit(kind, place)
    eaten: list[mmap.mmap] = []
    while (sample := await monitor.sample()) and (figure(Cause.RAM, sample) or 0) < rules.CRITICAL + 1:
        for _ in range(max(1, (sample.ram_free or 0) // BITE // 2)):
            eaten.append(mmap.mmap(-1, BITE))
            if kind == "group":
                eaten[-1].write(b"x" * BITE)
        await asyncio.sleep(0.21)
    tell("squeezed", free=sample.ram_free, total=sample.ram_total)
    await until(
        lambda: {Step.UNLOAD_MODEL, Step.SMALLER_CONTEXT, Step.PAUSE_BACKGROUND} <= set(governor.in_force), "act"
    )
    background = tasks.start("idle work", _nothing)
    await asyncio.sleep(0)
    tell("acted", steps=list(governor.in_force), model=engines.state, waits=[info.state for info in tasks.snapshot()])
    async with engines.ready() as ready:  # a question is answered all the same
        tell("asked", context=ready.engine.context_tokens, error=str(ready.fallback_error or ""))
    for each in eaten:
        each.close()
    await until(lambda: not governor.in_force and engines.state is LazyState.READY, "undo")
    await asyncio.wait_for(background, LONGEST_S)
    await engines.unload()
    async with engines.ready() as ready:
        tell("undone", context=ready.engine.context_tokens, acts=[act.told() for act in monitor.acts.all()])
    await engines.unload()
    tell("rest", looking=governor.looking)
    await governor.close()
    await monitor.close()
    await engines.close()
    await threads.close()


async def _nothing(_task: object) -> None:
    pass


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4])))
