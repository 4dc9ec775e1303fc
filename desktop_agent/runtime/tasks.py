"""The queue that everything heavy passes through: few places, three priorities, a bound on who may wait.

A place is given back once, when its block is left; whoever holds one must not leave
the block before its worker has ended. Use from one loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from desktop_agent.errors import AgentError, Busy

log = logging.getLogger(__name__)

OnWait = Callable[[int], None]


class Priority(IntEnum):
    """Who goes first; within one priority, who came first."""

    ANSWER = 0
    RECALL = 1
    BACKGROUND = 2


class TaskState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class TaskInfo:
    """A task as the Monitor shows it; ``seconds`` since it entered its state."""

    number: int
    name: str
    state: TaskState
    priority: Priority
    seconds: float


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """The queue in numbers; ``average_wait_s`` is over all tasks that got a place, 0 when there were none."""

    limit: int
    bound: int
    running: int
    waiting: int
    finished: int
    refused: int
    cancelled: int
    average_wait_s: float


class Task:
    """One holder of a place, or one who waits for it."""

    def __init__(
        self, number: int, name: str, priority: Priority, owner: asyncio.Task[object] | None, on_wait: OnWait | None
    ) -> None:
        self.number = number
        self.name = name
        self.priority = priority
        self.state = TaskState.WAITING
        self.cancelled = False
        """Whether ``cancel`` was called."""
        self.on_cancel: Callable[[], None] | None = None
        """What ends the task gently while it runs; without it the task that opened the place is cancelled."""
        self._owner = owner
        self._on_wait = on_wait
        self._entered = self._since = time.monotonic()
        self._granted: asyncio.Future[None] | None = None
        self._ahead = 0

    @property
    def info(self) -> TaskInfo:
        return TaskInfo(self.number, self.name, self.state, self.priority, time.monotonic() - self._since)

    def cancel(self) -> None:
        """Give up waiting, or end the work; a second call changes nothing."""
        if self.cancelled or self.state is TaskState.ENDED:
            return
        self.cancelled = True
        if self.state is TaskState.RUNNING and self.on_cancel is not None:
            self.on_cancel()
        elif self._owner is not None:
            self._owner.cancel()

    def _enter(self, state: TaskState) -> None:
        self.state = state
        self._since = time.monotonic()

    def _tell(self, ahead: int) -> None:
        if ahead != self._ahead and self._on_wait is not None:
            self._ahead = ahead
            # Through the loop: a callback that fails must not hurt the task that just made room.
            asyncio.get_running_loop().call_soon(self._on_wait, ahead)


class TaskQueue:
    """``limit`` places, and at most ``bound`` tasks that wait for one."""

    def __init__(self, limit: int = 3, bound: int = 64) -> None:
        self._limit = limit
        self._bound = bound
        self._numbers = itertools.count(1)
        self._running: dict[int, Task] = {}
        self._waiting: list[Task] = []  # in the order they will be let in
        self._started: set[asyncio.Task[None]] = set()
        self._finished = self._refused = self._cancelled = self._let_in = 0
        self._waited_s = 0.0

    @asynccontextmanager
    async def place(
        self, name: str, priority: Priority = Priority.ANSWER, on_wait: OnWait | None = None
    ) -> AsyncIterator[Task]:
        """Hold one of the places while the block runs.

        ``on_wait`` is told how many tasks must end before this one starts, at least 1, at
        first and whenever that changes; never when it starts at once.

        Raises:
            Busy: as many tasks wait as may wait.
        """
        task = Task(next(self._numbers), name, priority, asyncio.current_task(), on_wait)
        await self._get_in(task)
        try:
            yield task
        except asyncio.CancelledError:
            task.cancelled = True
            raise
        finally:
            del self._running[task.number]
            task._enter(TaskState.ENDED)
            if task.cancelled:
                self._cancelled += 1
            else:
                self._finished += 1
            self._let_in_next()

    def start(
        self, name: str, work: Callable[[Task], Awaitable[None]], priority: Priority = Priority.BACKGROUND
    ) -> asyncio.Task[None]:
        """Do ``work`` in the background when there is a place; how it fails is logged, not raised.

        The queue owns the task: ``close`` cancels it.
        """
        task = asyncio.get_running_loop().create_task(self._run(name, work, priority), name=name)
        self._started.add(task)
        task.add_done_callback(self._started.discard)
        return task

    def snapshot(self) -> tuple[TaskInfo, ...]:
        """Running tasks in the order they started, then waiting ones in the order they will."""
        return tuple(task.info for task in (*self._running.values(), *self._waiting))

    @property
    def counts(self) -> TaskCounts:
        """The queue in numbers."""
        return TaskCounts(
            self._limit, self._bound, len(self._running), len(self._waiting),
            self._finished, self._refused, self._cancelled,
            self._waited_s / self._let_in if self._let_in else 0.0,
        )  # fmt: skip

    def resize(self, limit: int, bound: int | None = None) -> None:
        """Change the number of places, and how many may wait.

        With fewer places nothing that runs is ended; with a smaller bound nobody who waits is sent away.
        """
        self._limit = limit
        if bound is not None:
            self._bound = bound
        self._let_in_next()

    def cancel(self, number: int) -> bool:
        """Cancel the task of that number; whether there is one."""
        for task in (*self._running.values(), *self._waiting):
            if task.number == number:
                task.cancel()
                return True
        return False

    async def close(self) -> None:
        """Cancel what ``start`` began, and wait until it has ended."""
        started = tuple(self._started)
        for task in started:
            task.cancel()
        if started:
            await asyncio.wait(started)

    async def _get_in(self, task: Task) -> None:
        # Nobody overtakes: with a free place there are no waiters, see _let_in_next.
        if len(self._running) < self._limit:
            self._let_in_now(task)
            return
        if len(self._waiting) >= self._bound:
            self._refused += 1
            raise Busy(
                "There is too much to do: {waiting} tasks are waiting already.",
                hint="Try again in a moment.",
                waiting=len(self._waiting),
            )
        task._granted = asyncio.get_running_loop().create_future()
        self._waiting.append(task)
        self._waiting.sort(key=lambda each: (each.priority, each.number))
        self._tell_all()
        try:
            await task._granted
        except asyncio.CancelledError:
            self._cancelled += 1
            if task.state is TaskState.RUNNING:  # let in and cancelled in the same breath
                del self._running[task.number]
            else:
                self._waiting.remove(task)
            task._enter(TaskState.ENDED)
            self._let_in_next()
            raise

    def _let_in_next(self) -> None:
        while self._waiting and len(self._running) < self._limit:
            task = self._waiting.pop(0)
            self._let_in_now(task)
            assert task._granted is not None
            if not task._granted.done():
                task._granted.set_result(None)
        self._tell_all()

    def _let_in_now(self, task: Task) -> None:
        self._waited_s += time.monotonic() - task._entered
        self._let_in += 1
        self._running[task.number] = task
        task._enter(TaskState.RUNNING)

    def _tell_all(self) -> None:
        for place, task in enumerate(self._waiting, start=1):
            # More run than may when the limit was lowered: those must end too.
            task._tell(place + max(0, len(self._running) - self._limit))

    async def _run(self, name: str, work: Callable[[Task], Awaitable[None]], priority: Priority) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            try:
                async with self.place(name, priority) as task:
                    await work(task)
            except AgentError as error:
                log.warning("%s: %s", name, error)
            except Exception:
                log.exception("%s failed", name)
