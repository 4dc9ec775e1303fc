"""What there is to say about a task and about the queue; the queue itself is in tasks.py."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from desktop_agent.runtime.lanes import Lane


class Priority(IntEnum):
    """Who goes first; within one priority the owners take turns."""

    ANSWER = 0
    """Somebody looks at the window and waits."""
    CLIENT = 1
    """Another program waits, which the service answers."""
    RECALL = 2
    BACKGROUND = 3


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
    lane: Lane = Lane.WORK


@dataclass(frozen=True, slots=True)
class TaskCounts:
    """All lanes in numbers; ``limit`` is that of isolated work, ``bound`` counts for each lane.

    ``average_wait_s`` is over all tasks that got a place, 0 when there were none.
    """

    limit: int
    bound: int
    running: int
    waiting: int
    finished: int
    refused: int
    cancelled: int
    average_wait_s: float
