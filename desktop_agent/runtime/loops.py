"""A thread with an asyncio loop of its own, and the way from one loop to another.

What is asked for on one loop runs on the other as a task there; its pieces come back in
batches, one wake-up for all that gathered. Whoever leaves early ends that task and waits
until it has really ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, TypeVar

from desktop_agent.runtime.jobs import Emit, call_on, ended

log = logging.getLogger(__name__)

T = TypeVar("T")

Open = Callable[[], AbstractAsyncContextManager[AsyncIterator[T]]]


class EndedThere(Exception):
    """What was asked for was cancelled on the other loop, and not by who asked."""


class LoopThread:
    """Runs coroutines on a plain asyncio loop in a daemon thread, from ``start`` to ``stop``.

    Plain, although the window has a loop: a server in that one takes twice the time, and a
    busy window would delay everybody.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._winding: asyncio.Task[None] | None = None
        self._over: tuple[asyncio.AbstractEventLoop, asyncio.Future[None]] | None = None

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The loop; only while it runs."""
        assert self._loop is not None
        return self._loop

    async def start(self) -> None:
        """Begin; returns when the loop runs."""
        here = asyncio.get_running_loop()
        runs: asyncio.Future[None] = here.create_future()
        loop = self._loop = asyncio.new_event_loop()
        self._over = None
        loop.call_soon(call_on, here, _settle, runs, None, None)
        self._thread = threading.Thread(target=self._serve, args=(loop,), name=self._name, daemon=True)
        self._thread.start()
        await ended(runs)

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What ``work`` returns or raises, done on this loop; cancelling ends it."""
        return await elsewhere(self.loop, lambda: work)

    async def stop(self, seconds: float = 5.0) -> None:
        """Cancel what still runs there and end the thread."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        self._loop = self._thread = None
        here = asyncio.get_running_loop()
        over: asyncio.Future[None] = here.create_future()
        self._over = (here, over)
        loop.call_soon_threadsafe(self._begin_end, loop)
        # Work that does not let itself be cancelled is left behind with its daemon thread.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(over), seconds)

    def _begin_end(self, loop: asyncio.AbstractEventLoop) -> None:
        self._winding = loop.create_task(self._wind_up(loop))

    async def _wind_up(self, loop: asyncio.AbstractEventLoop) -> None:
        tasks = [task for task in asyncio.all_tasks(loop) if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await loop.shutdown_asyncgens()
        loop.stop()

    def _serve(self, loop: asyncio.AbstractEventLoop) -> None:
        asyncio.set_event_loop(loop)
        try:
            loop.run_forever()
        finally:
            loop.close()
            if self._over is not None:
                here, over = self._over
                call_on(here, _settle, over, None, None)


async def elsewhere(loop: asyncio.AbstractEventLoop, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """What ``work()`` returns or raises on ``loop``, which is not the one that runs here; cancelling ends it there.

    Raises:
        EndedThere: somebody else cancelled it.
        RuntimeError: the other loop has ended.
    """
    here = asyncio.get_running_loop()
    if here is loop:
        return await work()
    found: asyncio.Future[T] = here.create_future()
    errand = _Errand(loop, here, found)
    errand.send(work)
    try:
        await asyncio.wait((found,))
    except asyncio.CancelledError:
        errand.cancel()
        await ended(found)
        raise
    return found.result()


@asynccontextmanager
async def across(loop: asyncio.AbstractEventLoop, opened: Open[T]) -> AsyncIterator[AsyncIterator[list[T]]]:
    """The pieces of what ``opened`` opens on ``loop``, to be read here: all that gathered since the last look.

    Leaving the block cancels the reading there and returns when ``opened`` has closed.

    Raises, out of the iterator:
        whatever ``opened`` or its pieces raise; EndedThere: somebody else cancelled it.
        RuntimeError: the other loop has ended.
    """
    here = asyncio.get_running_loop()
    if here is loop:
        async with opened() as pieces:
            yield singly(pieces)
        return
    emit, over = Emit[T](here), here.create_future()
    errand = _Errand(loop, here, over)

    async def read() -> None:
        async with opened() as pieces:
            async for piece in pieces:
                emit(piece)

    over.add_done_callback(lambda _: emit.arrived.set())
    errand.send(read)
    try:
        yield _pieces(emit, over)
    finally:
        emit.stop()
        errand.cancel()
        await ended(over)
        if not over.cancelled() and (failure := over.exception()) is not None and not errand.told:
            log.info("%s after nobody listened any more", failure)


async def singly(pieces: AsyncIterator[T]) -> AsyncIterator[list[T]]:
    """``pieces`` in batches of one."""
    async for piece in pieces:
        yield [piece]


async def _pieces(emit: Emit[T], over: asyncio.Future[None]) -> AsyncIterator[list[T]]:
    while True:
        ended_already = over.done()
        # Appended to by the other thread meanwhile: only what is there now is taken.
        if batch := [emit._pieces.popleft() for _ in range(len(emit._pieces))]:
            yield batch
        if ended_already:
            over.result()
            return
        emit.arrived.clear()
        if not (over.done() or emit._pieces):
            await emit.arrived.wait()


class _Errand:
    """A coroutine on its way to another loop and its end on the way back."""

    def __init__(
        self, there: asyncio.AbstractEventLoop, here: asyncio.AbstractEventLoop, over: asyncio.Future[Any]
    ) -> None:
        self._there, self._here, self._over = there, here, over
        self._task: asyncio.Task[Any] | None = None
        self._cancelled = False

    @property
    def told(self) -> bool:
        """Whether it was not ended by us, so that its failure was read."""
        return not self._cancelled

    def send(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        try:
            self._there.call_soon_threadsafe(self._begin, work)
        except RuntimeError:
            self._over.set_exception(RuntimeError("the loop that should do this has ended"))

    def cancel(self) -> None:
        if not self._over.done():
            self._cancelled = True
            with contextlib.suppress(RuntimeError):
                self._there.call_soon_threadsafe(self._cancel_there)

    def _begin(self, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        self._task = self._there.create_task(work())
        self._task.add_done_callback(self._end)
        if self._cancelled:
            self._task.cancel()

    def _cancel_there(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _end(self, task: asyncio.Task[Any]) -> None:
        if task.cancelled():
            error: BaseException | None = asyncio.CancelledError() if self._cancelled else EndedThere()
            call_on(self._here, _settle, self._over, None, error)
        else:
            error = task.exception()
            call_on(self._here, _settle, self._over, None if error else task.result(), error)


def _settle(future: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if future.done():
        return
    if isinstance(error, asyncio.CancelledError):
        future.cancel()
    elif error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
