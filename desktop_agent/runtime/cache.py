"""A cache with a capacity, an age limit and counters, safe to use from any thread.

``None`` cannot be told from "not there"; store something else for "found nothing".
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from cachetools import TLRUCache

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class CacheStats:
    """A cache in numbers; ``size`` counts what has not expired."""

    name: str
    hits: int
    misses: int
    size: int
    capacity: int

    @property
    def hit_rate(self) -> float:
        """Share of look-ups that found something, 0.0 to 1.0; 0.0 before the first one."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else 0.0


@dataclass(frozen=True, slots=True)
class _Entry(Generic[V]):
    value: V
    stored: float


class Cache(Generic[K, V]):
    """At most ``size`` values; the one not used for longest goes first.

    A value older than ``ttl_seconds`` is gone; 0 keeps values of any age.
    """

    def __init__(
        self, size: int, ttl_seconds: float, name: str, *, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._name = name
        self._timer = timer
        self._lock = threading.Lock()
        self._hits = self._misses = 0
        self._entries = self._make(size, ttl_seconds)

    def get(self, key: K) -> V | None:
        """The value kept for ``key``, or None."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is None:
                self._misses += 1
                return None
            self._hits += 1
            return entry.value

    def put(self, key: K, value: V) -> None:
        """Keep ``value`` for ``key``; its age starts anew."""
        with self._lock:
            self._entries[key] = _Entry(value, self._timer())

    def drop(self, key: K) -> None:
        """Forget ``key``, kept or not."""
        with self._lock:
            self._entries.pop(key, None)

    def clear(self) -> None:
        """Forget everything; the counters stay."""
        with self._lock:
            self._entries.clear()

    def resize(self, size: int, ttl_seconds: float) -> None:
        """Change the limits; what still fits stays, with the age it has."""
        with self._lock:
            old, new = self._entries, self._make(size, ttl_seconds)
            age_limit = ttl_seconds or math.inf
            while old:
                key, entry = old.popitem()  # the least recently used first, so the order stays
                if self._timer() < entry.stored + age_limit:
                    new[key] = entry
            self._entries = new

    @property
    def stats(self) -> CacheStats:
        """The cache in numbers."""
        with self._lock:
            self._entries.expire()
            return CacheStats(
                self._name, self._hits, self._misses, int(self._entries.currsize), int(self._entries.maxsize)
            )

    def _make(self, size: int, ttl_seconds: float) -> TLRUCache[K, _Entry[V]]:
        from cachetools import TLRUCache  # not before something is cached

        # TLRU, not TTL: a TTL cache would make everything young again at each resize.
        age_limit = ttl_seconds or math.inf

        def use_until(_key: K, entry: _Entry[V], _now: float) -> float:
            return entry.stored + age_limit

        return TLRUCache(size, ttu=use_until, timer=self._timer)
