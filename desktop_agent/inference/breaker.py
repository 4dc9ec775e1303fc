"""A circuit breaker: a server that fails again and again is left alone for a while.

Closed: requests go through. Open: they are refused at once. Half open: the pause is
over, and one request may try; what becomes of it decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum

FAILURES = 3
"""So many requests in a row must fail, each with all its attempts."""
PAUSE_S, LONGEST_PAUSE_S = 20.0, 300.0
"""The first pause; each further one is twice as long."""


class Circuit(StrEnum):
    """What happens to the next request."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


class Breaker:
    """One per server; use from one loop. ``on_change`` is told each new state."""

    def __init__(
        self, on_change: Callable[[Circuit], None] = lambda _: None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._on_change = on_change
        self._clock = clock
        self._state = Circuit.CLOSED
        self._open_until = 0.0
        self._pause_s = PAUSE_S
        self._trying = False
        self.failures = 0
        """Requests that failed in a row."""

    @property
    def state(self) -> Circuit:
        """An open circuit whose pause is over counts as half open."""
        if self._state is Circuit.OPEN and self._clock() >= self._open_until:
            return Circuit.HALF_OPEN
        return self._state

    @property
    def opens_in_s(self) -> float:
        """Seconds until a request may try again; 0 when it may now."""
        return max(0.0, self._open_until - self._clock()) if self._state is Circuit.OPEN else 0.0

    def let_through(self) -> bool:
        """Whether a request may go; one that may must end in ``worked``, ``failed`` or ``nothing_learned``."""
        state = self.state
        if state is Circuit.HALF_OPEN:
            if self._trying:
                return False
            self._trying = True
            self._turn(Circuit.HALF_OPEN)
        return state is not Circuit.OPEN

    def worked(self) -> None:
        """The server answered as it should."""
        self.failures, self._trying, self._pause_s = 0, False, PAUSE_S
        self._turn(Circuit.CLOSED)

    def failed(self) -> None:
        """The server failed; the last failure that is needed opens the circuit."""
        self.failures += 1
        self._trying = False
        if self._state is Circuit.HALF_OPEN:
            self._pause_s = min(LONGEST_PAUSE_S, 2 * self._pause_s)
        elif self.failures < FAILURES:
            return
        self._open_until = self._clock() + self._pause_s
        self._turn(Circuit.OPEN)

    def nothing_learned(self) -> None:
        """The request was given up by whoever asked; a trial is open to the next one."""
        self._trying = False

    def _turn(self, state: Circuit) -> None:
        if state is not self._state:
            self._state = state
            self._on_change(state)
