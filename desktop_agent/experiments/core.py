"""The way that a call takes through this program, and how late its loop was meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from desktop_agent.experiments.results import Times
from desktop_agent.experiments.simulated import Connections
from desktop_agent.runtime.backends import Limiter

TICK_SECONDS = 0.005
WAIT_SECONDS = 10.0


class Core:
    """Calls to one simulated backend, each through a place there as a question to a server takes it.

    ``most`` places at once; as many from the start, because how a limit is found out is not what is measured here.
    """

    def __init__(self, connections: Connections, most: int) -> None:
        self._limiter = Limiter("simulated", start=most, most=most)
        self._connections = connections

    async def call(self, milliseconds: int, owner: str = "", wait_s: float = WAIT_SECONDS) -> None:
        """One call that takes the backend ``milliseconds``.

        Raises:
            Busy: it would wait longer than ``wait_s``, or it did.
        """
        async with self._limiter.place(owner, wait_s) as place:
            await self._connections.call(milliseconds)
            place.responded()


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
