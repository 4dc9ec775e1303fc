"""Blocking work runs elsewhere and always comes to an end that somebody sees."""

from __future__ import annotations

import asyncio
import gc
import os
import subprocess
import sys
import threading
import time
from logging import LogRecord

import pytest

from desktop_agent.runtime.threads import Emit, Threads, ThreadState
from tests.runtime.conftest import LONGEST_S, Run, until


def test_a_call_gives_what_the_work_gives(run: Run[list[int]]) -> None:
    async def ask() -> list[int]:
        threads = Threads()
        answers = await asyncio.gather(*(threads.call(pow, number, 2) for number in range(50)))
        assert await threads.close(wait_seconds=60) == ()
        return list(answers)

    assert run(ask()) == [number * number for number in range(50)]


async def test_what_the_work_raises_reaches_whoever_asked(threads: Threads) -> None:
    with pytest.raises(ZeroDivisionError):
        await threads.call(divmod, 1, 0)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await threads.call(next, iter(()))
    assert await threads.call(divmod, 7, 2) == (3, 1)


def test_the_loop_runs_on_while_work_blocks(run: Run[None]) -> None:
    async def look() -> None:
        threads, go = Threads(), threading.Event()
        call = asyncio.create_task(threads.call(go.wait, LONGEST_S))
        await until(lambda: any(info.state is ThreadState.RUNNING for info in threads.snapshot()))
        assert not call.done()
        go.set()
        assert await call is True
        await threads.close()

    run(look())


async def test_work_runs_on_threads_that_nothing_waits_for_at_the_end(threads: Threads) -> None:
    assert await threads.call(lambda: threading.current_thread().daemon)


def test_the_program_ends_although_work_still_blocks() -> None:
    program = """if True:
        import asyncio, time
        from desktop_agent.runtime.threads import Threads
        async def main():
            threads = Threads()
            call = asyncio.create_task(threads.call(time.sleep, 600))
            while not threads.snapshot():
                await asyncio.sleep(0.01)
            print(await threads.close(wait_seconds=0.05))
        asyncio.run(main())
    """
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=LONGEST_S)
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "('sleep',)\n", "")


async def test_a_cancelled_call_leaves_its_work_to_end_unseen(threads: Threads, logged: list[LogRecord]) -> None:
    begun, go, ended = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go.wait(LONGEST_S)
        ended.set()
        raise OSError("too late")

    call = asyncio.create_task(threads.call(work))
    await until(begun.is_set)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert not ended.is_set()
    go.set()
    await until(lambda: logged)
    assert ended.is_set()
    assert "nobody waited" in logged[0].getMessage()


async def test_work_that_has_not_begun_never_begins_when_it_is_cancelled() -> None:
    threads, go, begun = Threads(limit=1), threading.Event(), threading.Event()
    first = asyncio.create_task(threads.call(go.wait, LONGEST_S))
    await until(lambda: [info.state for info in threads.snapshot()] == [ThreadState.RUNNING])
    second = asyncio.create_task(threads.call(begun.set))
    await until(lambda: len(threads.snapshot()) == 2)
    second.cancel()
    await until(second.done)
    assert [info.state for info in threads.snapshot()] == [ThreadState.RUNNING]
    go.set()
    await first
    assert await threads.call(lambda: "still works") == "still works"
    assert not begun.is_set()
    await threads.close()


async def test_a_limit_of_three_threads_never_runs_four() -> None:
    threads, lock, now, most = Threads(limit=3), threading.Lock(), 0, 0

    def work() -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.001)
        with lock:
            now -= 1

    await asyncio.gather(*(threads.call(work) for _ in range(100)))
    assert (now, most) == (0, 3)
    await threads.close()


def test_pieces_come_in_order_and_then_the_result(run: Run[None]) -> None:
    def count(emit: Emit[int]) -> str:
        for number in range(1000):
            emit(number)
        return "counted"

    async def read() -> None:
        threads = Threads()
        async with threads.stream(count) as pieces:
            assert [piece async for piece in pieces] == list(range(1000))
            assert pieces.result == "counted"
        await threads.close()

    run(read())


async def test_pieces_cross_to_the_loop_in_batches(threads: Threads, monkeypatch: pytest.MonkeyPatch) -> None:
    loop, crossings, done = asyncio.get_running_loop(), 0, threading.Event()
    cross = loop.call_soon_threadsafe

    def counted(*args: object) -> object:
        nonlocal crossings
        crossings += 1
        return cross(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)

    def work(emit: Emit[int]) -> None:
        for number in range(10_000):
            emit(number)
        done.set()

    async with threads.stream(work) as pieces:
        assert done.wait(LONGEST_S)  # the loop is held, as by a window that is busy painting
        assert len([piece async for piece in pieces]) == 10_000
    assert crossings <= 3


async def test_a_failure_comes_after_the_last_piece(threads: Threads) -> None:
    def work(emit: Emit[str]) -> None:
        emit("almost")
        raise OSError("the file is gone")

    seen = []
    with pytest.raises(OSError, match="the file is gone"):
        async with threads.stream(work) as pieces:
            async for piece in pieces:
                seen.append(piece)
    assert seen == ["almost"]


class Endless:
    """Work that goes on until it is stopped, and needs a moment to end then."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_end = threading.Event()
        self.told = threading.Event()
        self.ended = threading.Event()

    def __call__(self, emit: Emit[int]) -> None:
        emit.on_stop(self.told.set)
        self.begun.set()
        emit(0)
        while not emit.stopped:
            time.sleep(0.001)
        self.may_end.wait(LONGEST_S)
        self.ended.set()


def test_leaving_a_stream_waits_for_the_worker(run: Run[None]) -> None:
    async def leave() -> None:
        threads, work = Threads(), Endless()
        work.may_end.set()
        async with threads.stream(work) as pieces:
            async for _ in pieces:
                break
            assert not work.told.is_set()
        assert work.ended.is_set()
        assert await threads.close(wait_seconds=60) == ()

    run(leave())


def test_leaving_a_stream_waits_for_the_worker_also_when_cancelled_again_and_again(run: Run[None]) -> None:
    async def leave() -> None:
        threads, work = Threads(), Endless()

        async def read() -> None:
            async with threads.stream(work) as pieces:
                async for _ in pieces:
                    pass

        reader = asyncio.create_task(read())
        await until(work.begun.is_set)
        for _ in range(3):
            reader.cancel()
            await until(work.told.is_set)
            assert not reader.done()
        work.may_end.set()
        with pytest.raises(asyncio.CancelledError):
            await reader
        assert work.ended.is_set()
        assert await threads.close(wait_seconds=60) == ()

    run(leave())


async def test_a_stream_left_before_a_thread_was_free_never_begins() -> None:
    threads, go, work = Threads(limit=1), threading.Event(), Endless()
    first = asyncio.create_task(threads.call(go.wait, LONGEST_S))
    await until(threads.snapshot)
    async with threads.stream(work):
        pass
    go.set()
    await first
    assert not work.told.is_set()
    await threads.close()


async def test_a_reader_that_is_thrown_away_does_not_leave_its_worker_behind(threads: Threads) -> None:
    work = Endless()
    work.may_end.set()
    stream = threads.stream(work)
    pieces = await stream.__aenter__()
    assert await anext(pieces) == 0
    del stream, pieces
    gc.collect()
    await until(work.ended.is_set)


async def test_a_coroutine_that_is_closed_inside_a_stream_stops_the_worker(threads: Threads) -> None:
    work = Endless()
    work.may_end.set()

    async def read() -> None:
        async with threads.stream(work):
            await asyncio.Event().wait()

    reader = read()
    reader.send(None)
    await until(work.begun.is_set)
    reader.close()
    await until(work.ended.is_set)


async def test_a_stop_that_came_first_is_told_at_once(threads: Threads) -> None:
    begun, told = threading.Event(), threading.Event()

    def work(emit: Emit[int]) -> None:
        begun.set()
        while not emit.stopped:
            time.sleep(0.001)
        emit.on_stop(told.set)
        assert told.is_set()

    async with threads.stream(work):
        await until(begun.is_set)
    assert told.is_set()


async def test_a_worker_that_fails_while_it_is_stopped_leaves_a_line_in_the_log(
    threads: Threads, logged: list[LogRecord]
) -> None:
    def work(emit: Emit[int]) -> None:
        emit(1)
        while not emit.stopped:
            time.sleep(0.001)
        raise OSError("could not stop well")

    async with threads.stream(work, "A test") as pieces:
        async for _ in pieces:
            break
    assert [record.getMessage() for record in logged] == ["A test failed while it was being stopped"]


async def test_closing_stops_what_streams_and_refuses_new_work() -> None:
    threads, work = Threads(), Endless()
    work.may_end.set()

    async def read() -> int:
        async with threads.stream(work) as pieces:
            return len([piece async for piece in pieces])

    reader = asyncio.create_task(read())
    await until(work.begun.is_set)
    assert await threads.close(LONGEST_S) == ()
    assert work.ended.is_set()
    assert await reader == 1
    with pytest.raises(RuntimeError, match="closed"):
        await threads.call(print)


async def test_the_loop_of_another_thread_may_ask_too(threads: Threads) -> None:
    async def ask() -> int:
        return await threads.call(os.getpid)

    assert await threads.call(asyncio.run, ask()) == os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell the priority of a thread")
async def test_background_threads_let_other_programs_go_first() -> None:
    threads = Threads(background=True)
    nice = await threads.call(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
    assert nice > os.getpriority(os.PRIO_PROCESS, os.getpid())
    await threads.close()
