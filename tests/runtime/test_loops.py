"""A loop in a thread of its own, and work that crosses from one loop to another."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from desktop_agent.runtime.loops import EndedThere, LoopThread, across, elsewhere
from tests.runtime.conftest import Run, until


@pytest.fixture
async def beside() -> AsyncIterator[LoopThread]:
    thread = LoopThread("beside")
    await thread.start()
    yield thread
    await thread.stop()


async def test_work_is_done_on_the_other_loop_and_its_result_and_failure_come_back(beside: LoopThread) -> None:
    async def where() -> int:
        await asyncio.sleep(0)
        return threading.get_ident()

    async def fails() -> None:
        raise OSError("broken")

    assert await beside.run(where()) != threading.get_ident()
    with pytest.raises(OSError, match="broken"):
        await beside.run(fails())


def test_pieces_come_in_order_from_a_window_s_loop_and_back(run: Run[list[int]]) -> None:
    """Both ways, as a client of the service reads an answer that the window's loop makes."""

    async def both() -> list[int]:
        home = asyncio.get_running_loop()
        beside = LoopThread("beside")
        await beside.start()
        threads = set()

        @asynccontextmanager
        async def numbers() -> AsyncIterator[AsyncIterator[int]]:
            async def count() -> AsyncIterator[int]:
                for number in range(2000):
                    threads.add(threading.get_ident())
                    yield number
                    if number % 100 == 0:
                        await asyncio.sleep(0)

            yield count()

        async def read() -> list[int]:
            async with across(home, numbers) as pieces:
                return [piece async for batch in pieces for piece in batch]

        found = await beside.run(read())
        await beside.stop()
        assert threads == {threading.get_ident()}
        return found

    assert run(both()) == list(range(2000))


async def test_leaving_early_ends_what_runs_there_before_it_goes_on(beside: LoopThread) -> None:
    ended = threading.Event()

    @asynccontextmanager
    async def endless() -> AsyncIterator[AsyncIterator[int]]:
        async def count() -> AsyncIterator[int]:
            while True:
                yield 1
                await asyncio.sleep(0.001)

        try:
            yield count()
        finally:
            await asyncio.sleep(0.01)
            ended.set()

    async with across(beside.loop, endless) as pieces:
        async for _piece in pieces:
            break
    assert ended.is_set()


async def test_a_failure_there_is_raised_here_after_the_last_piece(beside: LoopThread) -> None:
    @asynccontextmanager
    async def breaks() -> AsyncIterator[AsyncIterator[int]]:
        async def count() -> AsyncIterator[int]:
            yield 1
            yield 2
            raise OSError("broken")

        yield count()

    seen = []
    with pytest.raises(OSError, match="broken"):
        async with across(beside.loop, breaks) as pieces:
            async for batch in pieces:
                seen += batch
    assert seen == [1, 2]


async def test_cancelling_here_cancels_there(beside: LoopThread) -> None:
    began, cancelled = threading.Event(), threading.Event()

    async def waits() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    task = asyncio.create_task(elsewhere(beside.loop, waits))
    await until(began.is_set)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert cancelled.is_set()


async def test_a_stopped_loop_has_ended_everything_and_can_begin_again(beside: LoopThread) -> None:
    ended = threading.Event()

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    loop = beside.loop
    waiting = asyncio.create_task(beside.run(waits()))
    await asyncio.sleep(0)
    await beside.stop()
    with pytest.raises(EndedThere):
        await waiting
    assert loop.is_closed()

    async def nothing() -> int:
        return 1

    with pytest.raises(RuntimeError, match="ended"):
        await elsewhere(loop, nothing)
    await beside.start()
    assert await beside.run(nothing()) == 1
