"""Made at first use, shared, closed when idle; and stoppable while it is being made."""

from __future__ import annotations

import asyncio
from logging import LogRecord

import pytest

from desktop_agent.runtime.lazy import Lazy, LazyState
from tests.runtime.conftest import Run, until


class Maker:
    """Makes numbers, one after the other, when it may."""

    def __init__(self, idle_seconds: float = 0.0) -> None:
        self.made = self.cancelled = self.idled = self.held = 0
        self.closed: list[int] = []
        self.may_make = asyncio.Event()
        self.may_make.set()
        self.may_stop = asyncio.Event()
        self.may_stop.set()
        self.failure: Exception | None = None
        self.lazy = Lazy(self._make, self._close, idle_seconds, on_idle=self._idle)

    async def hold(self, until_set: asyncio.Event) -> int:
        async with self.lazy.use() as thing:
            self.held += 1
            await until_set.wait()
            return thing

    async def use(self) -> int:
        async with self.lazy.use() as thing:
            return thing

    async def _make(self) -> int:
        try:
            await self.may_make.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            await self.may_stop.wait()
            raise
        if self.failure:
            raise self.failure
        self.made += 1
        return self.made

    async def _close(self, thing: int) -> None:
        self.closed.append(thing)

    def _idle(self) -> None:
        self.idled += 1


def test_it_is_made_once_for_all_who_come_meanwhile(run: Run[None]) -> None:
    async def use() -> None:
        maker = Maker()
        assert maker.lazy.state is LazyState.EMPTY
        maker.may_make.clear()
        users = [asyncio.create_task(maker.use()) for _ in range(5)]
        await until(lambda: maker.lazy.state is LazyState.LOADING)
        maker.may_make.set()
        assert await asyncio.gather(*users) == [1] * 5
        assert (maker.lazy.state, maker.lazy.thing) == (LazyState.READY, 1)
        await maker.lazy.drop()

    run(use())


async def test_a_failure_is_told_to_all_who_wait_and_then_forgotten() -> None:
    maker = Maker()
    maker.failure = OSError("no such file")
    users = await asyncio.gather(maker.use(), maker.use(), return_exceptions=True)
    assert [str(user) for user in users] == ["no such file"] * 2
    assert maker.lazy.state is LazyState.EMPTY
    maker.failure = None
    assert await maker.use() == 1


async def test_the_making_goes_on_while_somebody_still_waits() -> None:
    maker = Maker()
    maker.may_make.clear()
    one, other = asyncio.create_task(maker.use()), asyncio.create_task(maker.use())
    await until(lambda: maker.lazy.state is LazyState.LOADING)
    one.cancel()
    await until(one.done)
    maker.may_make.set()
    assert await other == 1
    assert maker.cancelled == 0


async def test_who_comes_while_the_making_is_being_stopped_gets_a_new_one() -> None:
    maker = Maker()
    maker.may_make.clear()
    maker.may_stop.clear()
    users = [asyncio.create_task(maker.use()) for _ in range(2)]
    await until(lambda: maker.lazy.state is LazyState.LOADING)
    for user in users:
        user.cancel()
    await until(lambda: maker.cancelled == 1)
    late = [asyncio.create_task(maker.use()) for _ in range(3)]
    maker.may_make.set()
    maker.may_stop.set()
    assert await asyncio.gather(*late) == [1, 1, 1]
    await asyncio.wait(users)
    assert all(user.cancelled() for user in users)


async def test_who_gives_up_alone_leaves_when_the_making_has_really_ended() -> None:
    maker = Maker()
    maker.may_make.clear()
    user = asyncio.create_task(maker.use())
    await until(lambda: maker.lazy.state is LazyState.LOADING)
    user.cancel()
    with pytest.raises(asyncio.CancelledError):
        await user
    assert (maker.cancelled, maker.lazy.state) == (1, LazyState.EMPTY)
    maker.may_make.set()
    assert await maker.use() == 1


def test_it_is_closed_when_idle_and_made_again_when_needed(run: Run[None]) -> None:
    async def idle() -> None:
        maker, go = Maker(idle_seconds=0.02), asyncio.Event()
        holder = asyncio.create_task(maker.hold(go))
        await until(lambda: maker.lazy.state is LazyState.READY)
        await maker.use()
        maker.lazy.idle_seconds = 0.01
        other = Maker(idle_seconds=0.02)
        await other.use()
        await until(lambda: other.idled == 1)
        assert maker.closed == []  # it was as long without a new user, but it is held
        go.set()
        await holder
        await until(lambda: maker.idled == 1)
        assert (maker.closed, maker.lazy.state) == ([1], LazyState.EMPTY)
        assert await maker.use() == 2
        await maker.lazy.drop()
        assert maker.idled == 1

    run(idle())


async def test_a_shorter_idle_time_counts_at_once() -> None:
    maker = Maker()
    await maker.use()
    maker.lazy.idle_seconds = 0.01
    await until(lambda: maker.idled == 1)


async def test_dropping_waits_for_its_users_and_new_ones_wait_for_the_drop() -> None:
    maker, go = Maker(), asyncio.Event()
    holder = asyncio.create_task(maker.hold(go))
    await until(lambda: maker.held)
    drop = asyncio.create_task(maker.lazy.drop())
    await asyncio.sleep(0)
    late = asyncio.create_task(maker.use())
    await asyncio.sleep(0)
    assert (drop.done(), late.done(), maker.closed) == (False, False, [])
    go.set()
    await drop
    assert maker.closed == [1]
    assert (await holder, await late) == (1, 2)


async def test_dropping_while_it_is_made_makes_it_anew_for_who_waits() -> None:
    maker = Maker()
    maker.may_make.clear()
    users = [asyncio.create_task(maker.use()) for _ in range(3)]
    await until(lambda: maker.lazy.state is LazyState.LOADING)
    await maker.lazy.drop()
    assert maker.cancelled == 1
    maker.may_make.set()
    assert await asyncio.gather(*users) == [1, 1, 1]


async def test_closing_that_fails_when_idle_is_in_the_log(logged: list[LogRecord]) -> None:
    async def make() -> str:
        return "thing"

    async def close(thing: str) -> None:
        raise OSError(f"{thing} is stuck")

    lazy = Lazy(make, close, 0.01)
    async with lazy.use():
        pass
    await until(lambda: logged)
    assert (logged[0].getMessage(), lazy.state) == ("closing when idle failed", LazyState.EMPTY)
