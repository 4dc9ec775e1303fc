"""Blocking work away from the loop, on daemon threads of our own.

The default executor is never used: at its end the interpreter waits for its
threads, so one slow call would keep a closed window's process alive. A worker
is told to end by its stop flag; nothing can end it by force, so work that may
take long must look at the flag.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Generic, ParamSpec, TypeVar

from desktop_agent.runtime.jobs import Emit, Job, call_on, ended

__all__ = ("Emit", "Stream", "ThreadInfo", "ThreadState", "Threads", "ended")

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

IDLE_SECONDS = 30.0
"""A thread without work ends after this long; starting one again costs 0.1 ms."""

NICE = 5
"""How far background threads step back on Linux; Windows has only "below normal"."""


class ThreadState(StrEnum):
    RUNNING = "running"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class ThreadInfo:
    """One piece of work: ``seconds`` since it started, or since it began to wait for a thread."""

    name: str
    state: ThreadState
    seconds: float


class Stream(Generic[T, R]):
    """Pieces that work in a thread emits; an async context manager and, inside it, an async iterator.

    Leaving the block sets the stop flag and returns only when the worker has ended,
    also when the task is cancelled meanwhile. A failure of the work is raised to the
    reader after the last piece; a reader that left earlier finds it in the log.
    """

    def __init__(self, threads: Threads, work: Callable[[Emit[T]], R], name: str) -> None:
        self._threads = threads
        self._work = work
        self._name = name
        self._emit: Emit[T] | None = None
        self._job: Job | None = None

    async def __aenter__(self) -> Stream[T, R]:
        loop = asyncio.get_running_loop()
        emit = self._emit = Emit[T](loop)
        work = self._work
        job = self._job = Job(self._name, lambda: work(emit), loop)
        job.stop = emit.stop
        job.done.add_done_callback(lambda _: emit.arrived.set())
        # A reader that is thrown away without leaving the block must not leave a worker behind.
        weakref.finalize(self, emit.stop)
        self._threads._start(job)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._emit is not None and self._job is not None
        self._emit.stop()
        job = self._job
        if self._threads._take_back(job):
            job.withdraw()
            return
        if kind is GeneratorExit:  # the coroutine is being thrown away: it may not wait any more
            return
        await ended(job.done)
        if not job.done.cancelled() and (failure := job.done.exception()) and failure is not error and not self._told:
            log.warning("%s failed while it was being stopped", self._name, exc_info=failure)

    _told = False

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        assert self._emit is not None and self._job is not None, "a stream is read inside its block"
        emit, done = self._emit, self._job.done
        while True:
            # The end is sent after the last piece, so whoever sees the end has all pieces at hand.
            ended_already = done.done()
            if emit._pieces:
                return emit._pieces.popleft()
            if ended_already:
                self._told = True
                done.result()
                raise StopAsyncIteration
            emit.arrived.clear()
            await emit.arrived.wait()

    @property
    def result(self) -> R:
        """What the work returned, once it has ended.

        Raises:
            asyncio.InvalidStateError: it has not ended.
        """
        assert self._job is not None
        result: R = self._job.done.result()
        return result


class Threads:
    """At most ``limit`` threads that do blocking work, started when needed.

    ``background`` asks the system to let other programs go first, where this
    account may ask for that.
    """

    def __init__(self, limit: int = 32, *, name: str = "worker", background: bool = False) -> None:
        self._limit = limit
        self._name = name
        self._background = background
        self._wake = threading.Condition(threading.Lock())
        self._waiting: deque[Job] = deque()
        self._running: dict[int, Job] = {}
        self._threads = 0
        self._idle = 0
        self._closed = False
        self._all_ended: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None

    async def call(self, work: Callable[P, R], /, *args: P.args, **named: P.kwargs) -> R:
        """What ``work(*args)`` returns or raises, done in a thread.

        When the awaiting task is cancelled, work that has begun runs on and its result
        is dropped; work that has not begun never begins.
        """
        job = Job(_name_of(work), lambda: work(*args, **named), asyncio.get_running_loop())
        self._start(job)
        result: R = await job.done
        return result

    def stream(self, work: Callable[[Emit[T]], R], name: str = "") -> Stream[T, R]:
        """The pieces that ``work`` emits: ``async with threads.stream(work) as pieces: async for …``."""
        return Stream(self, work, name or _name_of(work))

    def snapshot(self) -> tuple[ThreadInfo, ...]:
        """What runs and what waits for a thread, oldest first."""
        now = time.monotonic()
        with self._wake:
            running = sorted(self._running.values(), key=lambda job: job.since)
            waiting = [job for job in self._waiting if not job.done.done()]
        return tuple(
            ThreadInfo(job.name, state, now - job.since)
            for jobs, state in ((running, ThreadState.RUNNING), (waiting, ThreadState.WAITING))
            for job in jobs
        )

    async def close(self, wait_seconds: float = 5.0) -> tuple[str, ...]:
        """Take no more work, set all stop flags, and wait for what runs; the names of what still runs then.

        A foreign library that still works when the interpreter ends may bring the process
        down: when names come back, leave by ``os._exit``.
        """
        loop, ended_event = asyncio.get_running_loop(), asyncio.Event()
        with self._wake:
            self._closed = True
            withdrawn, running = list(self._waiting), list(self._running.values())
            self._waiting.clear()
            self._all_ended = (loop, ended_event)
            self._wake.notify_all()
        for job in withdrawn:
            call_on(job.loop, job.withdraw)
        for job in running:
            job.stop()
        if running:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(ended_event.wait(), wait_seconds)
        return tuple(info.name for info in self.snapshot())

    def _start(self, job: Job) -> None:
        with self._wake:
            if self._closed:
                job.withdraw()
                raise RuntimeError("the threads are closed")
            self._waiting.append(job)
            if self._idle >= len(self._waiting):
                self._wake.notify()
                return
            if self._threads >= self._limit:
                return
            self._threads += 1
        threading.Thread(target=self._serve, name=self._name, daemon=True).start()

    def _take_back(self, job: Job) -> bool:
        with self._wake:
            if job not in self._waiting:
                return False
            self._waiting.remove(job)
            return True

    def _serve(self) -> None:
        if self._background:
            _step_back()
        while (job := self._next()) is not None:
            job.run()
            with self._wake:
                del self._running[threading.get_ident()]
                if not self._running and self._all_ended is not None:
                    loop, event = self._all_ended
                    call_on(loop, event.set)

    def _next(self) -> Job | None:
        """The next job, now counted as running; None when this thread should end."""
        with self._wake:
            while not self._waiting:
                woken = False
                if not self._closed:
                    self._idle += 1
                    woken = self._wake.wait(IDLE_SECONDS)
                    self._idle -= 1
                if not (woken or self._waiting):
                    self._threads -= 1
                    return None
            job = self._waiting.popleft()
            job.since = time.monotonic()
            self._running[threading.get_ident()] = job
            return job


def _name_of(work: Callable[..., object]) -> str:
    work = getattr(work, "func", work)  # a functools.partial has no name of its own
    return str(getattr(work, "__qualname__", type(work).__name__))


def _step_back() -> None:
    """Give this thread a lower priority; a wish, not a need: a thread that died of it would be waited for."""
    with contextlib.suppress(OSError, AttributeError, ImportError):
        if sys.platform == "win32":
            import ctypes

            below_normal = -1
            kernel = ctypes.windll.kernel32
            kernel.SetThreadPriority(ctypes.c_void_p(kernel.GetCurrentThread()), below_normal)
        else:
            thread = threading.get_native_id()
            os.setpriority(os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + NICE)
