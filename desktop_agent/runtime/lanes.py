"""What queues are made of: lanes, whose turn it is, and how long a place will take.

Fairness is by turns, not by time of arrival: who asks twenty times waits behind who asks once.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from desktop_agent.errors import Busy

SMOOTHING = 0.05
"""How much the newest of the measured times counts."""
LEAST_LEFT = 0.1
"""What runs longer than the average still takes this share of the average, as far as anybody knows."""


class Lane(StrEnum):
    """What a place gives the right to use; each lane has places of its own."""

    MODEL = "model"
    """The model on this computer: one at a time."""
    WORK = "work"
    """Blocking work that is isolated in threads: ``max_concurrent_tasks`` at a time."""
    SERVER = "server"
    """Answers of servers elsewhere; how many a server bears is known to ``backends.Limiter``."""


@dataclass(slots=True)
class Pace:
    """How long a place is held, learned from those that were given back."""

    average_s: float = 0.0
    """0 before anything was measured."""

    def learn(self, seconds: float) -> None:
        """A place was held so long."""
        self.average_s = seconds if not self.average_s else self.average_s + SMOOTHING * (seconds - self.average_s)

    def wait_s(self, ahead: int, running_since: Iterable[float], limit: float) -> float:
        """Expected seconds until somebody gets a place with ``ahead`` before him and these running."""
        # Not time.monotonic, neither here nor where places are given: on Windows it moves 60 times a second.
        now, average = time.perf_counter(), self.average_s
        left = sum(max(average - (now - since), LEAST_LEFT * average) for since in running_since)
        return (left + ahead * average) / max(limit, 1.0)


@dataclass(slots=True)
class Rounds:
    """Round robin without queues of its own: each owner has one turn in a round.

    A task's round is the one that runs, or the one after the last of its owner; who was
    away gets no turns afterwards for the time before. Only those who have to wait take turns.
    """

    _now: dict[int, int] = field(default_factory=dict)
    _last: dict[tuple[int, str], int] = field(default_factory=dict)

    def begin(self, holders: Iterable[tuple[int, str]]) -> None:
        """Forget everything but the owners who have a place now: those had their turn."""
        self._now.clear()
        self._last = {(priority, owner): 0 for priority, owner in holders if owner}

    def next(self, priority: int, owner: str) -> int:
        """The round in which ``owner`` is next; the empty owner is somebody else each time."""
        found = self.peek(priority, owner)
        if owner:
            self._last[priority, owner] = found
        return found

    def peek(self, priority: int, owner: str) -> int:
        """What ``next`` would give, without taking the turn."""
        now = self._now.get(priority, 0)
        return max(now, self._last.get((priority, owner), -1) + 1) if owner else now

    def reached(self, priority: int, number: int) -> None:
        """Somebody of that round got a place."""
        now = self._now.get(priority, 0)
        if number > now:
            self._now[priority] = number
            # Owners whose turns are over are like new ones.
            self._last = {key: last for key, last in self._last.items() if key[0] != priority or last >= number}


def busy(waiting: int, expected_s: float = 0.0) -> Busy:
    """The refusal of one more task when ``waiting`` wait and it would have to wait ``expected_s``."""
    seconds = max(1, math.ceil(expected_s))
    if expected_s:
        return Busy(
            "There is too much to do: this would have to wait about {seconds} s.",
            hint="Try again in a moment.",
            seconds=seconds,
            retry_after_s=seconds,
        )
    return Busy(
        "There is too much to do: {waiting} tasks are waiting already.",
        hint="Try again in a moment.",
        waiting=waiting,
        retry_after_s=seconds,
    )
