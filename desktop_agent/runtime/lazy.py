"""Something heavy that is made when first used, shared while used, and closed when idle.

Use from one loop. ``drop`` inside a block of ``use`` would wait for itself.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Generic, TypeVar
from weakref import WeakSet

from desktop_agent.runtime.threads import ended

log = logging.getLogger(__name__)

T = TypeVar("T")


class LazyState(StrEnum):
    EMPTY = "empty"
    LOADING = "loading"
    READY = "ready"


class Lazy(Generic[T]):
    """One ``T``, made by ``make`` at first use and closed by ``close``.

    ``idle_seconds`` after the last use it is closed and ``on_idle`` is called; 0 keeps it.
    """

    def __init__(
        self,
        make: Callable[[], Awaitable[T]],
        close: Callable[[T], Awaitable[None]],
        idle_seconds: float = 0.0,
        *,
        on_idle: Callable[[], None] | None = None,
    ) -> None:
        self._make = make
        self._close_thing = close
        self._idle_seconds = idle_seconds
        self._on_idle = on_idle
        self._thing: tuple[T] | None = None
        self._loading: asyncio.Task[None] | None = None
        self._abandoned: WeakSet[asyncio.Task[None]] = WeakSet()
        self._closing: asyncio.Task[None] | None = None
        self._wanted = 0
        self._held = 0
        self._nobody_holds = asyncio.Event()
        self._nobody_holds.set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def state(self) -> LazyState:
        """Whether it is there, being made, or neither."""
        if self._thing is not None:
            return LazyState.READY
        return LazyState.LOADING if _runs(self._loading) else LazyState.EMPTY

    @property
    def thing(self) -> T | None:
        """What is there now, without making it."""
        return self._thing[0] if self._thing is not None else None

    @property
    def in_use(self) -> bool:
        """Whether somebody holds it or waits for it."""
        return self._wanted > 0

    @property
    def idle_seconds(self) -> float:
        """How long it stays after the last use; 0 is for ever."""
        return self._idle_seconds

    @idle_seconds.setter
    def idle_seconds(self, seconds: float) -> None:
        self._idle_seconds = seconds
        if self._timer is not None or (self._thing is not None and not self._wanted):
            self._start_timer()

    @asynccontextmanager
    async def use(self) -> AsyncIterator[T]:
        """It, for as long as the block runs.

        Users that come while it is being made share that one making, and its failure; the
        next user tries again. When all who wait are cancelled the making is cancelled too,
        and the last one leaves when it has really ended.
        """
        self._wanted += 1
        self._stop_timer()
        try:
            thing = await self._get()
            self._held += 1
            self._nobody_holds.clear()
            try:
                yield thing
            finally:
                self._held -= 1
                if not self._held:
                    self._nobody_holds.set()
        finally:
            self._wanted -= 1
            if not self._wanted:
                await self._left()

    async def drop(self) -> None:
        """Close it when its users have left; a making that runs is cancelled and begun anew for who waits.

        Users that come meanwhile wait until it is closed.
        """
        if not _runs(self._closing):
            self._closing = asyncio.get_running_loop().create_task(self._drop())
        assert self._closing is not None
        closing = self._closing
        await ended(closing)
        closing.result()

    async def _get(self) -> T:
        while True:
            if self._closing is not None and not self._closing.done():
                await asyncio.wait((self._closing,))
            elif self._thing is not None:
                return self._thing[0]
            else:
                if not _runs(self._loading):
                    self._loading = asyncio.get_running_loop().create_task(self._load())
                assert self._loading is not None
                loading = self._loading
                await asyncio.wait((loading,))
                if loading not in self._abandoned:
                    loading.result()

    async def _load(self) -> None:
        self._thing = (await self._make(),)

    async def _left(self) -> None:
        """The last who wanted it has gone."""
        try:
            await self._abandon()
        finally:
            if self._thing is not None and not self._wanted:
                self._start_timer()

    async def _drop(self) -> None:
        self._stop_timer()
        await self._abandon()
        await self._nobody_holds.wait()
        await self._close()

    async def _abandon(self) -> None:
        """Cancel the making that runs, and wait until it has ended."""
        loading = self._loading
        if loading is None or loading.done():
            return
        self._abandoned.add(loading)
        loading.cancel()
        await ended(loading)
        if not loading.cancelled() and (failure := loading.exception()):
            log.info("loading failed while it was being stopped: %s", failure)

    async def _close(self) -> None:
        thing, self._thing = self._thing, None
        if thing is not None:
            await self._close_thing(thing[0])

    def _start_timer(self) -> None:
        self._stop_timer()
        if self._idle_seconds > 0:
            self._timer = asyncio.get_running_loop().call_later(self._idle_seconds, self._idle)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _idle(self) -> None:
        self._timer = None
        if self._wanted or self._thing is None or _runs(self._closing):
            return
        self._closing = asyncio.get_running_loop().create_task(self._close())
        self._closing.add_done_callback(self._idle_closed)

    def _idle_closed(self, closing: asyncio.Task[None]) -> None:
        if closing.cancelled():
            return
        if failure := closing.exception():
            log.error("closing when idle failed", exc_info=failure)
        elif self._on_idle is not None:
            self._on_idle()


def _runs(task: asyncio.Task[None] | None) -> bool:
    return task is not None and not task.done()
