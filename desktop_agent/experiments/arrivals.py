"""Who asks when: users that send every two seconds whatever happens to their questions, and what became of those."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from desktop_agent.experiments.isolation import LONGEST_MS, SHORTEST_MS
from desktop_agent.experiments.results import Times

EVERY_SECONDS = 2.0


@dataclass(frozen=True, slots=True, order=True)
class Arrival:
    """A question: seconds after the start, how long the backend takes for it, who asks."""

    second: float
    milliseconds: int
    user: int


@dataclass(slots=True)
class Step:
    """What became of the questions of so many users; ``beyond`` is how long answers took above their calls."""

    users: int
    seconds: float
    sent: int = 0
    done: int = 0
    refused: int = 0
    failed: int = 0
    took: Times = field(default_factory=Times)
    beyond: Times = field(default_factory=Times)
    refused_in: Times = field(default_factory=Times)
    timer_late: Times = field(default_factory=Times)
    elapsed: float = 0.0
    """Seconds from the first question to the last answer."""
    cpu_percent: float = 0.0
    rss: int = 0

    @property
    def error_percent(self) -> float:
        """Of all that were sent."""
        return 100 * (self.failed + self.refused) / self.sent if self.sent else 0.0

    def note_done(self, seconds: float, milliseconds: int) -> None:
        """One answer, ``seconds`` after it was asked for; its call alone took ``milliseconds``."""
        self.done += 1
        self.took.seconds.append(seconds)
        self.beyond.seconds.append(seconds - milliseconds / 1000)


def arrivals(users: int, seconds: float, seed: int = 0) -> list[Arrival]:
    """In order of time. Each user begins at a moment of its own within the first two seconds."""
    chance = random.Random(seed * 1_000_003 + users)
    found = []
    for user in range(users):
        second = chance.random() * EVERY_SECONDS
        while second < seconds:
            found.append(Arrival(second, chance.randint(SHORTEST_MS, LONGEST_MS), user))
            second += EVERY_SECONDS
    return sorted(found)
