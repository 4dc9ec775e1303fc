"""How many requests a backend other than the local model is given at once, found out by trying.

A ``Limiter`` may be used from several loops at the same time: nobody holds a thread while
he waits, and who is let in is woken on his own loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import threading
import time
from bisect import insort
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from desktop_agent.errors import Busy
from desktop_agent.runtime.jobs import call_on
from desktop_agent.runtime.lanes import Pace, Rounds, busy

LATE_FACTOR, LATE_S = 4.0, 1.0
"""A first sign of life that takes so many times, and so much longer than, the quickest ones means too much load."""
FORGET = 1.02
"""The quickest time is taken for slower by this at each request: a server may have become slower for good."""
CAUTION = 0.7
"""Who gets into the line should also get in: only so much of the time he would wait may be expected."""
GENTLE, HARD = 0.9, 0.5
"""What stays of the limit when a backend is late, and when it refuses."""


@dataclass(frozen=True, slots=True)
class LimiterInfo:
    """A limiter in numbers; ``average_s`` is how long one request takes."""

    name: str
    limit: int
    running: int
    waiting: int
    refused: int
    average_s: float


class Place:
    """One request at the backend. Leaving its block without ``overloaded`` means that it went well."""

    def __init__(self, limiter: Limiter, began: float) -> None:
        self._limiter = limiter
        self.began = began
        self.failed = False
        self._responded = False

    def responded(self) -> None:
        """The backend began to answer; only the first call counts."""
        if not self._responded:
            self._responded = True
            self._limiter._first_sign(self, time.perf_counter() - self.began)

    def overloaded(self) -> None:
        """The backend refused for want of room, or did not answer in time."""
        if not self.failed:
            self.failed = True
            self._limiter._shrink(self, HARD)


class _Waiter:
    __slots__ = ("future", "loop", "number", "owner", "round")

    def __init__(self, number: int, owner: str, turn: int, loop: asyncio.AbstractEventLoop) -> None:
        self.number, self.owner, self.round, self.loop = number, owner, turn, loop
        self.future: asyncio.Future[bool] = loop.create_future()


class Limiter:
    """Places at one backend, as many as it answers well with.

    The number doubles for each round of requests until the backend first shows that it is too
    much, as TCP begins; from then on it grows by one a round, is halved when the
    backend refuses and lowered by a tenth when it becomes slow.
    """

    def __init__(
        self, name: str, start: float = 16, least: float = 1, most: float = 512, most_waiting: int = 2000
    ) -> None:
        self.name = name
        self._limit = float(start)
        self._least, self._most, self._most_waiting = least, most, most_waiting
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._running: dict[int, tuple[float, str]] = {}
        self._waiting: list[_Waiter] = []
        self._rounds = Rounds()
        self._pace = Pace()
        self._beginning = True
        self._shrunk_at = 0.0
        self._quickest_s = 0.0
        self._refused = 0

    @asynccontextmanager
    async def place(self, owner: str = "", wait_s: float = 10.0) -> AsyncIterator[Place]:
        """Hold a place while the block runs; the owners take turns.

        Raises:
            Busy: it would take longer than ``wait_s``, or it did.
        """
        number = next(self._numbers)
        if (waiter := self._get_in(number, owner, wait_s)) is not None:
            await self._wait(waiter, wait_s)
        place = Place(self, self._running[number][0])
        try:
            yield place
        finally:
            self._leave(number, place)

    @property
    def info(self) -> LimiterInfo:
        """The limiter in numbers."""
        with self._lock:
            return LimiterInfo(
                self.name, int(self._limit), len(self._running), len(self._waiting), self._refused,
                self._pace.average_s,
            )  # fmt: skip

    def _get_in(self, number: int, owner: str, wait_s: float) -> _Waiter | None:
        """Take a place, or get into the line."""
        with self._lock:
            if len(self._running) < self._limit and not self._waiting:
                self._running[number] = (time.perf_counter(), owner)
                return None
            expected_s = self._expected_s()
            if expected_s > wait_s * CAUTION or len(self._waiting) >= self._most_waiting:
                self._refused += 1
                raise busy(len(self._waiting), max(expected_s, 1.0))
            if not self._waiting:
                self._rounds.begin((0, holder) for _since, holder in self._running.values())
            waiter = _Waiter(number, owner, self._rounds.next(0, owner), asyncio.get_running_loop())
            insort(self._waiting, waiter, key=lambda each: (each.round, each.number))
            return waiter

    async def _wait(self, waiter: _Waiter, wait_s: float) -> None:
        try:
            async with asyncio.timeout(wait_s):
                await waiter.future
        except BaseException as ending:
            with self._lock:
                if waiter.number in self._running:  # let in and given up in the same breath
                    del self._running[waiter.number]
                else:
                    self._waiting.remove(waiter)
                self._let_in()
                if isinstance(ending, TimeoutError):
                    self._refused += 1
                    late: Busy = busy(len(self._waiting), max(self._expected_s(), 1.0))
                    raise late from None
            raise

    def _leave(self, number: int, place: Place) -> None:
        with self._lock:
            full = len(self._running) >= int(self._limit)
            del self._running[number]
            self._pace.learn(time.perf_counter() - place.began)
            # Only who uses all places learns whether more would do.
            if full and not place.failed and place.began >= self._shrunk_at:
                self._limit = min(self._most, self._limit + (1.0 if self._beginning else 1.0 / self._limit))
            self._let_in()

    def _let_in(self) -> None:
        while self._waiting and len(self._running) < int(self._limit):
            waiter = self._waiting.pop(0)
            self._rounds.reached(0, waiter.round)
            self._running[waiter.number] = (time.perf_counter(), waiter.owner)
            call_on(waiter.loop, _settle, waiter.future)

    def _expected_s(self) -> float:
        if len(self._running) < int(self._limit):
            return 0.0
        # With many places one becomes free every average / limit seconds.
        return self._pace.average_s * (len(self._waiting) + 1) / max(self._limit, 1.0)

    def _first_sign(self, place: Place, seconds: float) -> None:
        with self._lock:
            quickest = self._quickest_s = min(seconds, self._quickest_s * FORGET) if self._quickest_s else seconds
        if seconds > max(quickest * LATE_FACTOR, quickest + LATE_S):
            self._shrink(place, GENTLE)

    def _shrink(self, place: Place, share: float) -> None:
        with self._lock:
            # Requests that were under way together are one sign and not many.
            if place.began > self._shrunk_at:
                self._shrunk_at = time.perf_counter()
                self._beginning = False
                self._limit = max(self._least, self._limit * share)


def _settle(future: asyncio.Future[bool]) -> None:
    with contextlib.suppress(asyncio.InvalidStateError):
        future.set_result(True)
