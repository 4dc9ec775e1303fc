"""Few places, three priorities, a bound, and every place given back once."""

from __future__ import annotations

import asyncio
import random
from logging import LogRecord
from typing import Any

import pytest

from desktop_agent.errors import Busy, StorageError
from desktop_agent.runtime.lanes import Lane
from desktop_agent.runtime.tasks import Priority, Task, TaskQueue, TaskState
from tests.runtime.conftest import Run, until


class Gate:
    """Tasks that hold a place until they are let go."""

    def __init__(self, queue: TaskQueue) -> None:
        self.queue = queue
        self.order: list[str] = []
        self.positions: dict[str, list[int]] = {}
        self._go: dict[str, asyncio.Event] = {}
        self._all: dict[str, asyncio.Task[None]] = {}

    async def enter(self, name: str, priority: Priority = Priority.ANSWER, **how: Any) -> asyncio.Task[None]:
        """Begins a task and returns when it has its place or waits for one."""
        self._go[name], self.positions[name] = asyncio.Event(), []
        task = self._all[name] = asyncio.create_task(self._hold(name, priority, how))
        await until(lambda: task.done() or name in [info.name for info in self.queue.snapshot()])
        return task

    async def let_go(self, name: str) -> None:
        self._go[name].set()
        await until(self._all[name].done)

    async def _hold(self, name: str, priority: Priority, how: dict[str, Any]) -> None:
        async with self.queue.place(name, priority, self.positions[name].append, **how):
            self.order.append(name)
            await self._go[name].wait()


def states(queue: TaskQueue) -> dict[str, TaskState]:
    return {info.name: info.state for info in queue.snapshot()}


def test_a_limit_of_three_never_runs_four(run: Run[TaskQueue]) -> None:
    """Whatever comes, in whatever order, and whoever gives up meanwhile."""

    async def storm() -> TaskQueue:
        chance, queue, now, most = random.Random(7), TaskQueue(3, 1000), 0, 0

        async def one() -> None:
            nonlocal now, most
            async with queue.place("one", chance.choice(list(Priority))):
                now, most = now + 1, max(most, now + 1)
                try:
                    for _ in range(chance.randrange(4)):
                        await asyncio.sleep(0)
                    if chance.random() < 0.1:
                        raise OSError
                finally:
                    now -= 1

        tasks = []
        for _ in range(400):
            tasks.append(asyncio.create_task(one()))
            if chance.random() < 0.5:
                await asyncio.sleep(0)
            if chance.random() < 0.3:
                chance.choice(tasks).cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert (now, most) == (0, 3)
        return queue

    queue = run(storm())
    assert queue.snapshot() == ()
    counts = queue.counts
    assert counts.finished + counts.cancelled <= 400
    assert counts.cancelled > 0


async def test_answers_come_before_recall_and_recall_before_the_background() -> None:
    queue = TaskQueue(1)
    gate = Gate(queue)
    await gate.enter("first")
    await gate.enter("keywords", Priority.BACKGROUND)
    await gate.enter("notes", Priority.RECALL)
    await gate.enter("answer 1")
    await gate.enter("answer 2")
    assert [info.name for info in queue.snapshot()] == ["first", "answer 1", "answer 2", "notes", "keywords"]
    for name in ("first", "answer 1", "answer 2", "notes", "keywords"):
        await gate.let_go(name)
    assert gate.order == ["first", "answer 1", "answer 2", "notes", "keywords"]
    assert queue.counts.finished == 5
    assert queue.counts.average_wait_s > 0


async def test_who_waits_is_told_how_many_must_end_first() -> None:
    queue = TaskQueue(2)
    gate = Gate(queue)
    for name in "abcd":
        await gate.enter(name)
    await gate.let_go("a")
    await until(lambda: gate.positions["d"] == [2, 1])
    assert gate.positions == {"a": [], "b": [], "c": [1], "d": [2, 1]}
    await gate.enter("late answer")
    await gate.enter("background", Priority.BACKGROUND)
    assert gate.positions["background"] == [3]
    for name in ("b", "c", "d", "late answer", "background"):
        await gate.let_go(name)


async def test_a_cancelled_waiter_frees_its_place() -> None:
    queue = TaskQueue(1, 2)
    gate = Gate(queue)
    await gate.enter("runs")
    waiter = await gate.enter("waits")
    await gate.enter("waits longer")
    assert queue.cancel(queue.snapshot()[1].number)
    await until(waiter.done)
    assert waiter.cancelled()
    assert states(queue) == {"runs": TaskState.RUNNING, "waits longer": TaskState.WAITING}
    await gate.enter("comes now")
    await gate.let_go("runs")
    await gate.let_go("waits longer")
    await gate.let_go("comes now")
    assert gate.order == ["runs", "waits longer", "comes now"]
    assert queue.counts.cancelled == 1


async def test_a_waiter_cancelled_as_it_is_let_in_hands_the_place_on() -> None:
    queue = TaskQueue(1)
    gate = Gate(queue)
    first = await gate.enter("first")
    second = await gate.enter("second")
    await gate.enter("third")
    gate._go["first"].set()
    first.add_done_callback(lambda _: second.cancel())
    await until(second.done)
    await until(lambda: states(queue) == {"third": TaskState.RUNNING})
    await gate.let_go("third")
    assert queue.snapshot() == ()


async def test_a_running_task_is_cancelled_in_its_own_way_where_it_has_one() -> None:
    queue, stopped = TaskQueue(1), asyncio.Event()

    async def work(task: Task) -> None:
        task.on_cancel = stopped.set
        await stopped.wait()

    running = queue.start("gentle", work)
    await until(lambda: states(queue) == {"gentle": TaskState.RUNNING})
    number = queue.snapshot()[0].number
    assert queue.cancel(number)
    await until(running.done)
    assert not running.cancelled()
    assert not queue.cancel(number)


async def test_more_than_may_wait_is_refused_with_a_sentence() -> None:
    queue = TaskQueue(1, 1)
    gate = Gate(queue)
    await gate.enter("runs")
    await gate.enter("waits")
    refused = await gate.enter("too much")
    with pytest.raises(Busy, match="There is too much to do: 1 tasks are waiting already"):
        await refused
    assert queue.counts.refused == 1
    assert states(queue) == {"runs": TaskState.RUNNING, "waits": TaskState.WAITING}
    await gate.let_go("runs")
    await gate.let_go("waits")


async def test_work_that_fails_gives_its_place_back() -> None:
    queue = TaskQueue(1)
    for _ in range(3):
        with pytest.raises(OSError, match="broken"):
            async with queue.place("fails"):
                raise OSError("broken")
    async with queue.place("still works"):
        assert states(queue) == {"still works": TaskState.RUNNING}
    assert queue.snapshot() == ()


async def test_the_number_of_places_changes_while_tasks_run() -> None:
    queue = TaskQueue(1)
    gate = Gate(queue)
    for name in "abcde":
        await gate.enter(name)
    queue.resize(3)
    await until(lambda: gate.order == ["a", "b", "c"])
    queue.resize(1)
    await until(lambda: gate.positions["d"][-1] == 3)
    await gate.let_go("a")
    await gate.let_go("b")
    assert gate.order == ["a", "b", "c"]
    await gate.let_go("c")
    await until(lambda: gate.order == ["a", "b", "c", "d"])
    await gate.let_go("d")
    await gate.let_go("e")


async def test_background_work_fails_into_the_log(logged: list[LogRecord]) -> None:
    queue = TaskQueue()

    async def trouble(_: Task) -> None:
        raise StorageError("The disk is full: {path} could not be written.", path="agent.db")

    async def mistake(_: Task) -> None:
        raise KeyError("a mistake of ours")

    await queue.start("Trouble", trouble)
    await queue.start("Mistake", mistake)
    assert [record.getMessage() for record in logged] == [
        "Trouble: The disk is full: agent.db could not be written.",
        "Mistake failed",
    ]
    assert [record.exc_info is not None for record in logged] == [False, True]


async def test_closing_ends_what_was_started() -> None:
    queue, ended = TaskQueue(1), []

    async def work(task: Task) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(task.name)

    queue.start("runs", work)
    queue.start("waits", work)
    await until(lambda: len(queue.snapshot()) == 2)
    await queue.close()
    assert ended == ["runs"]
    assert queue.snapshot() == ()


async def test_who_asks_often_waits_behind_who_asks_once() -> None:
    queue = TaskQueue(1)
    gate = Gate(queue)
    await gate.enter("a1", owner="a")
    for name in ("a2", "a3", "a4", "b1", "b2", "c1"):
        await gate.enter(name, owner=name[0])
    # a had its turn with the place that it holds.
    assert [info.name for info in queue.snapshot()] == ["a1", "b1", "c1", "a2", "b2", "a3", "a4"]
    for info in queue.snapshot():
        await gate.let_go(info.name)
    await gate.enter("b3", owner="b")
    await gate.enter("b4", owner="b")
    await gate.enter("c2", owner="c")
    # An hour later nothing of that counts any more.
    assert [info.name for info in queue.snapshot()] == ["b3", "c2", "b4"]
    for name in ("b3", "c2", "b4"):
        await gate.let_go(name)


async def test_the_window_comes_before_the_clients_and_is_not_refused_because_of_them() -> None:
    queue = TaskQueue(1, 2)
    gate = Gate(queue)
    for name in ("client 1", "client 2", "client 3"):
        await gate.enter(name, Priority.CLIENT, lane=Lane.MODEL)
    await gate.enter("window", lane=Lane.MODEL)
    refused = await gate.enter("client 4", Priority.CLIENT, lane=Lane.MODEL)
    with pytest.raises(Busy):
        await refused
    assert [info.name for info in queue.snapshot()] == ["client 1", "window", "client 2", "client 3"]
    for info in queue.snapshot():
        await gate.let_go(info.name)


async def test_the_model_takes_no_place_from_isolated_work() -> None:
    queue = TaskQueue(1)
    gate = Gate(queue)
    await gate.enter("answer", lane=Lane.MODEL)
    await gate.enter("another answer", lane=Lane.MODEL)
    await gate.enter("notes", Priority.RECALL)
    assert states(queue)["notes"] is TaskState.RUNNING
    assert states(queue)["another answer"] is TaskState.WAITING
    for name in ("answer", "another answer", "notes"):
        await gate.let_go(name)


async def test_who_would_wait_too_long_is_refused_at_once_and_told_when_to_come_back() -> None:
    queue = TaskQueue(1)
    gate = Gate(queue)
    places = queue._lanes[Lane.MODEL]
    places.pace.learn(20.0)  # what answers took until now
    await gate.enter("runs", Priority.CLIENT, lane=Lane.MODEL)
    await gate.enter("patient", Priority.CLIENT, lane=Lane.MODEL, wait_s=60.0)
    assert 35 < places.wait_s(Priority.CLIENT, "") <= 40
    assert 15 < places.wait_s(Priority.ANSWER, "") <= 20
    with pytest.raises(Busy, match="this would have to wait about 40 s") as refused:
        queue.check(Priority.CLIENT, Lane.MODEL, "", 30.0)
    assert refused.value.retry_after_s == 40
    in_a_hurry = await gate.enter("in a hurry", Priority.CLIENT, lane=Lane.MODEL, wait_s=30.0)
    with pytest.raises(Busy):
        await in_a_hurry
    queue.check(Priority.ANSWER, Lane.MODEL, "", 30.0)  # the window goes first
    for name in ("runs", "patient"):
        await gate.let_go(name)
    assert queue.counts.refused == 2


async def test_who_has_waited_too_long_is_not_served_any_more() -> None:
    queue = TaskQueue(1)
    gate = Gate(queue)
    await gate.enter("runs")
    expired = await gate.enter("expires", wait_s=0.02)
    with pytest.raises(Busy):
        await expired
    assert states(queue) == {"runs": TaskState.RUNNING}
    await gate.let_go("runs")
    assert gate.order == ["runs"]


async def test_held_work_in_the_background_waits_and_what_the_model_does_ahead_ends() -> None:
    queue, done = TaskQueue(limit=3), list[str]()

    async def work(name: str, lane: Lane, priority: Priority, go: asyncio.Event) -> None:
        async with queue.place(name, priority, lane=lane):
            await go.wait()
            done.append(name)

    go = asyncio.Event()
    ahead = asyncio.create_task(work("ahead", Lane.MODEL, Priority.BACKGROUND, go))
    running = asyncio.create_task(work("running", Lane.WORK, Priority.BACKGROUND, go))
    await asyncio.sleep(0)
    queue.hold_background(True)
    assert queue.background_held
    late = asyncio.create_task(work("late", Lane.WORK, Priority.BACKGROUND, go))
    answer = asyncio.create_task(work("answer", Lane.MODEL, Priority.ANSWER, go))
    go.set()
    await asyncio.wait((ahead, running, answer), timeout=60)
    assert ahead.cancelled() and sorted(done) == ["answer", "running"]
    assert [info.name for info in queue.snapshot()] == ["late"]
    queue.hold_background(False)
    await asyncio.wait_for(late, 60)
    assert queue.snapshot() == ()


async def test_what_the_model_does_in_the_background_makes_nobody_wait() -> None:
    queue = TaskQueue(1)
    gate = Gate(queue)
    queue._lanes[Lane.MODEL].pace.learn(20.0)
    await gate.enter("reads ahead", Priority.BACKGROUND, lane=Lane.MODEL)
    queue.check(Priority.CLIENT, Lane.MODEL, "", 1.0)
    assert queue._lanes[Lane.MODEL].wait_s(Priority.ANSWER, "") == 0
    await gate.let_go("reads ahead")
    assert queue._lanes[Lane.MODEL].pace.average_s == 20.0  # and says nothing about how long answers take
