"""One piece of blocking work on its way from the loop to a thread and back.

What a thread does with it is in threads.py; here is what crosses, and how.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")


class Emit(Generic[T]):
    """What streaming work is given: call it with each piece, and look at ``stopped`` often.

    Pieces cross to the loop in batches: one wake-up for all that were emitted since
    the last one.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._pieces: deque[T] = deque()
        self._crossing = False
        self._stop = threading.Event()
        self._acts: list[Callable[[], None]] = []
        self._lock = threading.Lock()
        self.arrived = asyncio.Event()

    def __call__(self, piece: T) -> None:
        if self._stop.is_set():
            return
        self._pieces.append(piece)
        # Only the worker sets the flag and only the loop clears it, before it looks at the
        # pieces: a piece can cause one wake-up too many, never one too few.
        if not self._crossing:
            self._crossing = True
            call_on(self._loop, self._arrive)

    @property
    def stopped(self) -> bool:
        """Whether nobody wants further pieces."""
        return self._stop.is_set()

    def on_stop(self, act: Callable[[], None]) -> None:
        """Run ``act`` the moment the flag is set (at once if it is), in the thread that sets it.

        For a foreign library with an abort flag of its own; must be quick.
        """
        with self._lock:
            if not self._stop.is_set():
                self._acts.append(act)
                return
        act()

    def stop(self) -> None:
        """Set the flag; from any thread."""
        with self._lock:
            if self._stop.is_set():
                return
            self._stop.set()
            acts, self._acts = self._acts, []
        for act in acts:
            act()

    def _arrive(self) -> None:
        self._crossing = False
        self.arrived.set()


class Job:
    """One piece of work on its way through a thread; ``done`` is a future of ``loop``."""

    def __init__(self, name: str, work: Callable[[], Any], loop: asyncio.AbstractEventLoop) -> None:
        self.name = name
        self.work: Callable[[], Any] | None = work
        self.loop = loop
        self.done: asyncio.Future[Any] = loop.create_future()
        self.stop: Callable[[], None] = lambda: None
        self.since = time.monotonic()

    def run(self) -> None:
        """Do the work and send its end to the loop; never raises."""
        work, self.work = self.work, None
        if work is None or self.done.cancelled():
            return
        try:
            result = work()
        except BaseException as error:  # whatever ends the work belongs to whoever asked for it
            call_on(self.loop, self._failed, error)
        else:
            call_on(self.loop, self._worked, result)

    def withdraw(self) -> None:
        """On the loop, for a job that no thread has begun."""
        self.work = None
        if not self.done.done():
            self.done.cancel()

    def _worked(self, result: Any) -> None:
        if not self.done.done():
            self.done.set_result(result)

    def _failed(self, error: BaseException) -> None:
        if self.done.done():
            log.warning("%s failed after nobody waited for it any more", self.name, exc_info=error)
        elif isinstance(error, StopIteration):
            # A future refuses StopIteration: it would end the awaiting coroutine in silence.
            self.done.set_exception(RuntimeError(f"{self.name} raised StopIteration"))
        else:
            self.done.set_exception(error)


async def ended(future: asyncio.Future[Any]) -> None:
    """Wait until ``future`` is done, through any cancelling; what was cancelled is raised afterwards."""
    cancelled: asyncio.CancelledError | None = None
    while not future.done():
        try:
            await asyncio.wait((future,))
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is not None:
        raise cancelled


def call_on(loop: asyncio.AbstractEventLoop, act: Callable[..., None], *args: Any) -> None:
    # RuntimeError: the loop is closed, so nobody waits any more.
    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(act, *args)
