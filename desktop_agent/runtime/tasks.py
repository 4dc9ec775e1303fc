"""The queue that everything heavy passes through: few places a lane, priorities, a bound on who may wait.

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

from desktop_agent.errors import AgentError, Busy
from desktop_agent.runtime.lanes import Lane, busy
from desktop_agent.runtime.places import OnWait, Places, Task, in_background
from desktop_agent.runtime.task_info import Priority, TaskCounts, TaskInfo, TaskState

__all__ = ("OnWait", "Priority", "Task", "TaskCounts", "TaskInfo", "TaskQueue", "TaskState")

log = logging.getLogger(__name__)

ELSEWHERE = 1000
"""Answers of servers elsewhere at the same time: they cost this computer next to nothing."""


class TaskQueue:
    """In each lane a number of places, and at most ``bound`` tasks of one priority that wait for one.

    ``limit`` places are for isolated work; the model on this computer has one.
    """

    def __init__(self, limit: int = 3, bound: int = 64) -> None:
        self._bound = bound
        self._numbers = itertools.count(1)
        self._lanes = {
            Lane.MODEL: Places(1, gives_way=True),
            Lane.WORK: Places(limit),
            Lane.SERVER: Places(ELSEWHERE),
        }
        self._started: set[asyncio.Task[None]] = set()
        self._finished = self._refused = self._cancelled = self._let_in = 0
        self._waited_s = 0.0

    @asynccontextmanager
    async def place(
        self,
        name: str,
        priority: Priority = Priority.ANSWER,
        on_wait: OnWait | None = None,
        *,
        lane: Lane = Lane.WORK,
        owner: str = "",
        wait_s: float | None = None,
    ) -> AsyncIterator[Task]:
        """Hold one of the places of ``lane`` while the block runs.

        ``on_wait`` is told how many tasks must end before this one starts, at least 1, at
        first and whenever that changes; never when it starts at once. Within one priority
        the owners take turns. Who gives ``wait_s`` is refused at once when the wait will
        probably be longer, and after that time when it was.

        Raises:
            Busy: too many wait, or it would take or has taken too long.
        """
        places = self._lanes[lane]
        task = Task(next(self._numbers), name, priority, asyncio.current_task(), on_wait, lane, owner)
        await self._get_in(task, places, wait_s)
        try:
            yield task
        except asyncio.CancelledError:
            task.cancelled = True
            raise
        finally:
            del places.running[task.number]
            if not (places.gives_way and in_background(task)):
                places.pace.learn(time.perf_counter() - task.since)
            task.enter(TaskState.ENDED)
            if task.cancelled:
                self._cancelled += 1
            else:
                self._finished += 1
            self._let_in_next(places)

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

    def check(self, priority: Priority, lane: Lane, owner: str, wait_s: float) -> None:
        """Do nothing, where ``place`` with the same arguments would not refuse at once.

        Raises:
            Busy: it would.
        """
        if refusal := self._lanes[lane].refusal(priority, owner, self._bound, wait_s):
            self._refused += 1
            raise refusal

    def is_full(self, lane: Lane) -> bool:
        """Whether whoever comes now has to wait."""
        places = self._lanes[lane]
        return len(places.running) >= places.limit

    def snapshot(self) -> tuple[TaskInfo, ...]:
        """Running tasks in the order they started, then waiting ones in the order they will, lane by lane."""
        lanes = self._lanes.values()
        running = sorted((task for places in lanes for task in places.running.values()), key=lambda task: task.since)
        return tuple(task.info for task in (*running, *(task for places in lanes for task in places.waiting)))

    @property
    def counts(self) -> TaskCounts:
        """The queue in numbers."""
        lanes = self._lanes.values()
        return TaskCounts(
            self._lanes[Lane.WORK].limit, self._bound,
            sum(len(places.running) for places in lanes), sum(len(places.waiting) for places in lanes),
            self._finished, self._refused, self._cancelled,
            self._waited_s / self._let_in if self._let_in else 0.0,
        )  # fmt: skip

    def resize(self, limit: int, bound: int | None = None) -> None:
        """Change the number of places for isolated work, and how many may wait.

        With fewer places nothing that runs is ended; with a smaller bound nobody who waits is sent away.
        """
        self._lanes[Lane.WORK].limit = limit
        if bound is not None:
            self._bound = bound
        self._let_in_next(self._lanes[Lane.WORK])

    @property
    def background_held(self) -> bool:
        """Whether work in the background has to wait; who holds the model meanwhile should rather end."""
        return self._lanes[Lane.MODEL].held

    def hold_background(self, held: bool) -> None:
        """While ``held`` no work in the background begins. What the model does ahead ends; other work goes on."""
        for places in self._lanes.values():
            places.held = held
            self._let_in_next(places)
        if held:
            model = self._lanes[Lane.MODEL]
            for task in [*model.running.values(), *model.waiting]:
                if task.priority is Priority.BACKGROUND:
                    task.cancel()

    def cancel(self, number: int) -> bool:
        """Cancel the task of that number; whether there is one."""
        for places in self._lanes.values():
            for task in (*places.running.values(), *places.waiting):
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

    async def _get_in(self, task: Task, places: Places, wait_s: float | None) -> None:
        # Nobody overtakes: with a free place there are no waiters that may begin, see _let_in_next.
        if places.free_for(task.priority):
            self._let_in_now(task, places)
            return
        if refusal := places.refusal(task.priority, task.asks, self._bound, wait_s):
            self._refused += 1
            raise refusal
        loop = asyncio.get_running_loop()
        granted = task.granted = loop.create_future()
        places.line_up(task)
        self._tell_all(places)
        expiry = None if wait_s is None else loop.call_later(wait_s, self._expire, granted, places)
        try:
            await granted
        except (asyncio.CancelledError, Busy) as ending:
            if isinstance(ending, Busy):
                self._refused += 1
            else:
                self._cancelled += 1
            if task.state is TaskState.RUNNING:  # let in and cancelled in the same breath
                del places.running[task.number]
            else:
                places.waiting.remove(task)
            task.enter(TaskState.ENDED)
            self._let_in_next(places)
            raise
        finally:
            if expiry is not None:
                expiry.cancel()

    def _expire(self, granted: asyncio.Future[None], places: Places) -> None:
        if not granted.done():
            granted.set_exception(busy(len(places.waiting), max(1.0, places.pace.average_s)))

    def _let_in_next(self, places: Places) -> None:
        waiting = places.waiting
        while waiting and len(places.running) < places.limit:
            # One that has expired or was cancelled a moment ago takes itself off the list.
            ready = (each for each in waiting if places.free_for(each.priority))
            task = next((each for each in ready if each.granted and not each.granted.done()), None)
            if task is None:
                break
            waiting.remove(task)
            self._let_in_now(task, places)
            assert task.granted is not None
            task.granted.set_result(None)
        self._tell_all(places)

    def _let_in_now(self, task: Task, places: Places) -> None:
        self._waited_s += time.perf_counter() - task.entered
        self._let_in += 1
        places.running[task.number] = task
        places.rounds.reached(task.priority, task.round)
        task.enter(TaskState.RUNNING)

    def _tell_all(self, places: Places) -> None:
        for place, task in enumerate(places.waiting, start=1):
            # More run than may when the limit was lowered: those must end too.
            task.tell(place + max(0, len(places.running) - places.limit))

    async def _run(self, name: str, work: Callable[[Task], Awaitable[None]], priority: Priority) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            try:
                async with self.place(name, priority) as task:
                    await work(task)
            except AgentError as error:
                log.warning("%s: %s", name, error)
            except Exception:
                log.exception("%s failed", name)
