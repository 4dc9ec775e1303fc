"""Places at a backend that adapt to how well it answers."""

from __future__ import annotations

import asyncio

import pytest

from desktop_agent.errors import Busy
from desktop_agent.runtime.backends import Limiter
from desktop_agent.runtime.loops import LoopThread
from tests.runtime.conftest import until


async def hold(limiter: Limiter, go: asyncio.Event, owner: str = "", order: list[str] | None = None) -> None:
    async with limiter.place(owner) as place:
        place.responded()
        if order is not None:
            order.append(owner)
        await go.wait()


async def test_the_limit_grows_while_all_places_are_used_and_all_goes_well() -> None:
    limiter = Limiter("server", start=2)
    for _round in range(3):
        go = asyncio.Event()
        tasks = [asyncio.create_task(hold(limiter, go)) for _ in range(limiter.info.limit)]
        await asyncio.sleep(0)
        go.set()
        await asyncio.gather(*tasks)
    assert limiter.info.limit > 3
    alone = Limiter("server", start=8)
    for _round in range(20):
        async with alone.place():
            pass
    assert alone.info.limit == 8


async def test_a_refusal_halves_the_limit_once_for_all_that_were_under_way() -> None:
    limiter = Limiter("server", start=16)
    go = asyncio.Event()

    async def refused() -> None:
        async with limiter.place() as place:
            await go.wait()
            place.overloaded()

    tasks = [asyncio.create_task(refused()) for _ in range(10)]
    await until(lambda: limiter.info.running == 10)
    go.set()
    await asyncio.gather(*tasks)
    assert limiter.info.limit == 8
    for _again in range(10):
        async with limiter.place() as place:
            place.overloaded()
    assert limiter.info.limit == 1


async def test_owners_take_turns_and_who_gives_up_is_not_let_in() -> None:
    limiter, order = Limiter("server", start=1, most=1), []
    gates = {name: asyncio.Event() for name in ("a", "b")}
    first = asyncio.create_task(hold(limiter, gates["a"], "a", order))
    await until(lambda: limiter.info.running == 1)
    tasks = [asyncio.create_task(hold(limiter, gates[name], name, order)) for name in ("a", "a", "b")]
    await until(lambda: limiter.info.waiting == 3)
    tasks[1].cancel()
    await until(tasks[1].done)
    for gate in gates.values():
        gate.set()
    await asyncio.gather(first, tasks[0], tasks[2])
    assert order == ["a", "b", "a"]
    assert limiter.info.running == limiter.info.waiting == 0


async def test_who_would_wait_too_long_is_refused_at_once_and_who_did_is_refused_then() -> None:
    limiter, go = Limiter("server", start=1, most=1), asyncio.Event()
    limiter._pace.learn(5.0)
    task = asyncio.create_task(hold(limiter, go))
    await until(lambda: limiter.info.running == 1)
    with pytest.raises(Busy) as refused:
        async with limiter.place(wait_s=3.0):
            pass
    assert refused.value.retry_after_s == 5
    limiter._pace.average_s = 0.001  # it was quick until now: the wait looks short, and is not
    with pytest.raises(Busy):
        async with limiter.place(wait_s=0.02):
            pass
    go.set()
    await task
    assert limiter.info.refused == 2


async def test_two_loops_share_the_places_of_one_backend() -> None:
    limiter, most, now = Limiter("server", start=2, most=2), 0, 0
    beside = LoopThread("beside")
    await beside.start()

    async def one() -> None:
        nonlocal most, now
        async with limiter.place():
            now += 1
            most = max(most, now)
            await asyncio.sleep(0.002)
            now -= 1

    async def many() -> None:
        await asyncio.gather(*(one() for _ in range(30)))

    await asyncio.gather(many(), beside.run(many()))
    await beside.stop()
    assert most <= 2
    assert (limiter.info.running, limiter.info.waiting) == (0, 0)
