"""The way that a call takes through this program, and how late its loop was meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from desktop_agent.experiments.results import Times
from desktop_agent.experiments.simulated import Connections
from desktop_agent.runtime.tasks import Priority, TaskQueue

TICK_SECONDS = 0.005


class Core:
    """Calls to one simulated backend, each through the queue as a question takes it."""

    def __init__(self, connections: Connections, limit: int, bound: int) -> None:
        self.queue = TaskQueue(limit, bound)
        self._connections = connections

    async def call(self, milliseconds: int, name: str = "call") -> None:
        """One call that takes the backend ``milliseconds``.

        Raises:
            Busy: too many wait.
        """
        async with self.queue.place(name, Priority.ANSWER):
            await self._connections.call(milliseconds)


@asynccontextmanager
async def watched() -> AsyncIterator[Times]:
    """How late a timer of 5 ms was while the block ran, in seconds each."""
    late = Times()

    async def tick() -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + TICK_SECONDS
            await asyncio.sleep(TICK_SECONDS)
            late.seconds.append(max(0.0, loop.time() - due))

    task = asyncio.create_task(tick())
    try:
        yield late
    finally:
        task.cancel()


@asynccontextmanager
async def timed(into: list[float]) -> AsyncIterator[None]:
    """Add how long the block took, in seconds."""
    begun = time.perf_counter()
    yield
    into.append(time.perf_counter() - begun)
