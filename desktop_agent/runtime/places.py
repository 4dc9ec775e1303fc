"""The places of one lane: who holds them, who waits for them and in which order.

They only keep the books; ``tasks.py`` lets in and wakes. Use from one loop.
"""

from __future__ import annotations

import asyncio
import bisect
import time
from collections.abc import Callable

from desktop_agent.errors import Busy
from desktop_agent.runtime.lanes import Lane, Pace, Rounds, busy
from desktop_agent.runtime.task_info import Priority, TaskInfo, TaskState

OnWait = Callable[[int], None]


class Task:
    """One holder of a place, or one who waits for it."""

    def __init__(
        self,
        number: int,
        name: str,
        priority: Priority,
        owner: asyncio.Task[object] | None,
        on_wait: OnWait | None,
        lane: Lane = Lane.WORK,
        asks: str = "",
    ) -> None:
        self.number = number
        self.name = name
        self.priority = priority
        self.lane = lane
        self.state = TaskState.WAITING
        self.cancelled = False
        """Whether ``cancel`` was called."""
        self.on_cancel: Callable[[], None] | None = None
        """What ends the task gently while it runs; without it the task that opened the place is cancelled."""
        self.asks = asks
        """For whom; within one priority they take turns."""
        self.round = 0
        """Which turn of these it is, once it waits."""
        self._owner = owner
        self._on_wait = on_wait
        self.entered = self.since = time.perf_counter()
        """When it came, and when it got into its state."""
        self.granted: asyncio.Future[None] | None = None
        """Done when it is let in; None when it need not wait."""
        self._ahead = 0

    @property
    def info(self) -> TaskInfo:
        seconds = time.perf_counter() - self.since
        return TaskInfo(self.number, self.name, self.state, self.priority, seconds, self.lane)

    def cancel(self) -> None:
        """Give up waiting, or end the work; a second call changes nothing."""
        if self.cancelled or self.state is TaskState.ENDED:
            return
        self.cancelled = True
        if self.state is TaskState.RUNNING and self.on_cancel is not None:
            self.on_cancel()
        elif self._owner is not None:
            self._owner.cancel()

    @property
    def _order(self) -> tuple[int, int, int]:
        return (self.priority, self.round, self.number)

    def enter(self, state: TaskState) -> None:
        """Be in ``state`` from now on."""
        self.state = state
        self.since = time.perf_counter()

    def tell(self, ahead: int) -> None:
        """Say how many must end before it begins, when that is another number than before."""
        if ahead != self._ahead and self._on_wait is not None:
            self._ahead = ahead
            # Through the loop: a callback that fails must not hurt the task that just made room.
            asyncio.get_running_loop().call_soon(self._on_wait, ahead)


def in_background(task: Task) -> bool:
    """Whether nobody waits for it."""
    return task.priority is Priority.BACKGROUND


class Places:
    """The places of one lane; with ``gives_way`` work in the background ends when somebody asks."""

    def __init__(self, limit: int, *, gives_way: bool = False) -> None:
        self.limit = limit
        self.gives_way = gives_way
        self.running: dict[int, Task] = {}
        self.waiting: list[Task] = []  # in the order they will be let in
        self.pace = Pace()
        self.rounds = Rounds()
        self.held = False

    def free_for(self, priority: Priority) -> bool:
        """Whether a task of ``priority`` may begin now."""
        return len(self.running) < self.limit and not (self.held and priority is Priority.BACKGROUND)

    def refusal(self, priority: Priority, owner: str, bound: int, wait_s: float | None) -> Busy | None:
        """Why a new task may not wait; None when it may, or need not."""
        if len(self.running) < self.limit:
            return None
        # Those that come later anyway do not count: a window is not refused because of clients.
        waiting = sum(other.priority <= priority for other in self.waiting)
        if waiting >= bound:
            return busy(waiting)
        expected_s = 0.0 if wait_s is None else self.wait_s(priority, owner)
        return busy(waiting, expected_s) if wait_s is not None and expected_s > wait_s else None

    def line_up(self, task: Task) -> None:
        """Let ``task`` wait where its turn is."""
        if not self.waiting:
            self.rounds.begin((other.priority, other.asks) for other in self.running.values())
        task.round = self.rounds.next(task.priority, task.asks)
        bisect.insort(self.waiting, task, key=lambda each: each._order)

    def wait_s(self, priority: Priority, owner: str) -> float:
        """Expected seconds until a new task of ``owner`` gets a place; 0 with a free one."""
        if len(self.running) < self.limit:
            return 0.0
        turn = self.rounds.peek(priority, owner)
        ahead = sum((task.priority, task.round) <= (priority, turn) for task in self.waiting)
        # What the model does in the background ends when somebody asks.
        running = (task for task in self.running.values() if not (self.gives_way and in_background(task)))
        return self.pace.wait_s(ahead, (task.since for task in running), self.limit)
