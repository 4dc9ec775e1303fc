"""What is kept and for how long; what is tried again and how often."""

from __future__ import annotations

import asyncio
import logging
import random
from collections import OrderedDict
from logging import LogRecord

import pytest

from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.retry import Retries, retrying
from desktop_agent.runtime.threads import Threads


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_value_not_used_for_longest_goes_first() -> None:
    cache = Cache[str, int](2, 0, "test")
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_a_value_older_than_its_time_is_gone() -> None:
    clock = Clock()
    cache = Cache[str, int](10, 300, "test", timer=clock)
    cache.put("a", 1)
    clock.now += 299
    assert cache.get("a") == 1
    cache.put("b", 2)
    clock.now += 2
    assert (cache.get("a"), cache.get("b"), cache.stats.size) == (None, 2, 1)


def test_a_time_of_0_keeps_values_of_any_age() -> None:
    clock = Clock()
    cache = Cache[str, int](10, 0, "test", timer=clock)
    cache.put("a", 1)
    clock.now += 1e9
    assert cache.get("a") == 1


def test_hits_and_misses_are_counted() -> None:
    cache = Cache[str, int](10, 0, "notes")
    assert cache.stats.hit_rate == 0.0
    cache.put("a", 1)
    for key in "aaab":
        cache.get(key)
    cache.drop("a")
    cache.drop("a")
    stats = cache.stats
    assert (stats.name, stats.hits, stats.misses, stats.size, stats.capacity) == ("notes", 3, 1, 0, 10)
    assert stats.hit_rate == 0.75


def test_a_smaller_cache_keeps_what_was_used_last_at_the_age_it_has() -> None:
    clock = Clock()
    cache = Cache[str, int](10, 100, "test", timer=clock)
    for number, key in enumerate("abcd"):
        cache.put(key, number)
        clock.now += 10
    cache.get("b")
    cache.resize(2, 100)
    assert cache.stats.size == 2
    assert [cache.get(key) for key in "abcd"] == [None, 1, None, 3]
    clock.now += 60  # b was put 90 s ago, d 70 s ago
    cache.resize(5, 80)
    assert [cache.get(key) for key in "bd"] == [None, 3]
    cache.clear()
    assert cache.stats.size == 0


def test_a_cache_keeps_what_a_simple_one_would_whatever_is_asked() -> None:
    chance, cache, simple = random.Random(3), Cache[int, int](8, 0, "test"), OrderedDict[int, int]()
    for step in range(3000):
        key = chance.randrange(16)
        match chance.choice(("get", "get", "put", "drop")):
            case "get":
                assert cache.get(key) == simple.get(key)
                if key in simple:
                    simple.move_to_end(key)
            case "put":
                cache.put(key, step)
                simple[key] = step
                simple.move_to_end(key)
                if len(simple) > 8:
                    simple.popitem(last=False)
            case _:
                cache.drop(key)
                simple.pop(key, None)
        assert cache.stats.size == len(simple)


async def test_a_cache_serves_many_threads_at_once(threads: Threads) -> None:
    cache = Cache[int, int](50, 300, "test")

    def work(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(500):
            key = chance.randrange(100)
            found = cache.get(key)
            assert found is None or found == key
            cache.put(key, key)
            if chance.random() < 0.01:
                cache.resize(chance.randrange(1, 60), 300)

    await asyncio.gather(*(threads.call(work, seed) for seed in range(8)))
    assert cache.stats.hits + cache.stats.misses == 8 * 500


class Flaky:
    """Fails a number of times before it works."""

    def __init__(self, failures: int, kind: type[Exception] = OSError) -> None:
        self.left = failures
        self.kind = kind
        self.pauses: list[float] = []

    async def work(self) -> str:
        if self.left:
            self.left -= 1
            raise self.kind(f"{self.left} more")
        return "worked"

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def test_what_fails_is_tried_again_with_longer_pauses(logged: list[LogRecord]) -> None:
    flaky, counter = Flaky(3), Retries()
    told = await retrying(flaky.work, OSError, name="Test", counter=counter, first_pause_s=1, sleep=flaky.pause)
    assert told == "worked"
    assert [1 <= flaky.pauses[0] <= 2, 2 <= flaky.pauses[1] <= 3, 4 <= flaky.pauses[2] <= 5] == [True] * 3
    assert (counter.calls, counter.attempts, counter.given_up) == (1, 4, 0)
    assert str(counter.last_failure) == "0 more"
    assert len(logged) == 3
    assert logged[0].getMessage().startswith("Test failed (attempt 1 of 4), again in ")


async def test_after_the_last_attempt_the_failure_is_raised() -> None:
    flaky, counter = Flaky(9), Retries()
    with pytest.raises(OSError, match="6 more"):
        await retrying(flaky.work, OSError, name="Test", attempts=3, counter=counter, sleep=flaky.pause)
    assert (len(flaky.pauses), counter.attempts, counter.given_up) == (2, 3, 1)


async def test_pauses_have_an_end() -> None:
    flaky = Flaky(11)
    await retrying(flaky.work, OSError, name="Test", attempts=12, longest_pause_s=3, sleep=flaky.pause)
    assert max(flaky.pauses) <= 3.5


async def test_another_failure_is_raised_at_once() -> None:
    flaky, counter = Flaky(1, KeyError), Retries()
    with pytest.raises(KeyError):
        await retrying(flaky.work, (OSError, TimeoutError), name="Test", counter=counter, sleep=flaky.pause)
    assert (flaky.pauses, counter.attempts, counter.given_up) == ([], 1, 0)


async def test_a_pause_can_be_cancelled() -> None:
    flaky = Flaky(1)
    task = asyncio.create_task(retrying(flaky.work, OSError, name="Test", first_pause_s=600))
    while flaky.left:
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_whoever_failed_is_left_alone_for_as_long_as_it_wants(logged: list[LogRecord]) -> None:
    flaky = Flaky(3)
    await retrying(
        flaky.work, OSError, name="Test", first_pause_s=1, sleep=flaky.pause, level=logging.DEBUG,
        least_pause_s=lambda failure: 7.5 if "1 more" in str(failure) else 0.0,
    )  # fmt: skip
    assert flaky.pauses[1] == 7.5
    assert [1 <= flaky.pauses[0] <= 2, 4 <= flaky.pauses[2] <= 5] == [True] * 2
    assert logged == []
