"""Experiment 4: more and more users, each sending every two seconds, until one answer in twenty is missing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator

from desktop_agent.errors import Busy
from desktop_agent.experiments import paper
from desktop_agent.experiments.arrivals import EVERY_SECONDS, Arrival, Step, arrivals
from desktop_agent.experiments.baseline import serve_in_order
from desktop_agent.experiments.core import Core, watched
from desktop_agent.experiments.isolation import LONGEST_MS, SHORTEST_MS
from desktop_agent.experiments.results import Chart, Kind, Result, Series, Table, Told, ms
from desktop_agent.experiments.simulated import Connections, connected, simulated_server
from desktop_agent.runtime.readings import Computer
from desktop_agent.words import _

USERS = (10, 25, 50, 75, 100, 125, 150)
DOUBLINGS = 7
TIMEOUT_SECONDS = 5.0
MOST_ERRORS_PERCENT = 5.0
SECONDS, SECONDS_QUICK = 20.0, 3.0
LIMIT = 2048
SLOTS, OVERLOAD = 12, 2.0
"""Places of the small backend that gets twice what it can do. By the arithmetic of queues 12 places hold 100 users."""
DEADLINE_SECONDS = 1.0
MEAN_SECONDS = (SHORTEST_MS + LONGEST_MS) / 2000


async def load(told: Told, *, quick: bool = False) -> Result:
    """Run it; about five minutes, quick one."""
    seconds = SECONDS_QUICK if quick else SECONDS
    computer = Computer()
    async with simulated_server() as port:
        before: list[Step] = []
        for users in USERS:
            told(0.04 * len(before), _("{users} users, one after the other", users=users))
            await asyncio.sleep(0)
            asked = arrivals(users, seconds)
            before.append(serve_in_order(port, asked, users, seconds, TIMEOUT_SECONDS))
            if before[-1].error_percent > MOST_ERRORS_PERCENT:
                break
        steps: list[Step] = []
        for users in _numbers():
            told(0.2 + 0.05 * len(steps), _("{users} users", users=users))
            with connected(port) as connections:
                steps.append(await _step(connections, users, seconds, computer))
            if steps[-1].error_percent > MOST_ERRORS_PERCENT:
                break
        told(0.95, _("twice of what can be done"))
        with connected(port) as connections:
            over = await _overload(connections, seconds)
    return _result(steps, before, over, seconds)


def _numbers() -> Iterator[int]:
    yield from USERS
    yield from (USERS[-1] << doubling for doubling in range(1, DOUBLINGS + 1))


async def _step(connections: Connections, users: int, seconds: float, computer: Computer) -> Step:
    return await serve(Core(connections, LIMIT), arrivals(users, seconds), users, seconds, computer)


async def _overload(connections: Connections, seconds: float) -> Step:
    """Twice of what ``SLOTS`` places can do, refused early instead of waited for in vain."""
    users = round(OVERLOAD * SLOTS / MEAN_SECONDS * EVERY_SECONDS)
    return await serve(Core(connections, SLOTS), arrivals(users, seconds), users, seconds, None, DEADLINE_SECONDS)


async def serve(
    core: Core,
    asked: list[Arrival],
    users: int,
    seconds: float,
    computer: Computer | None,
    wait_s: float = TIMEOUT_SECONDS,
) -> Step:
    """Send every question at its moment, whatever became of those before, and wait for the last."""
    step, loop, running = Step(users, seconds, sent=len(asked)), asyncio.get_running_loop(), set[asyncio.Task[None]]()
    async with watched() as step.timer_late:
        processor, begun = time.process_time(), loop.time()
        for arrival in asked:
            if (early := begun + arrival.second - loop.time()) > 0:
                await asyncio.sleep(early)
            task = asyncio.create_task(_ask(core, arrival, begun, step, wait_s))
            running.add(task)
            task.add_done_callback(running.discard)
        await asyncio.gather(*running)
        step.elapsed = loop.time() - begun
        step.cpu_percent = 100 * (time.process_time() - processor) / step.elapsed
    if computer:
        step.rss = computer.read().rss_bytes or 0
    return step


async def _ask(core: Core, arrival: Arrival, begun: float, step: Step, wait_s: float) -> None:
    loop = asyncio.get_running_loop()
    due = begun + arrival.second
    try:
        async with asyncio.timeout_at(due + TIMEOUT_SECONDS):
            await core.call(arrival.milliseconds, wait_s=wait_s)
    except Busy:
        step.refused += 1
        step.refused_in.seconds.append(loop.time() - due)
    except (TimeoutError, OSError):
        step.failed += 1
    else:
        step.note_done(loop.time() - due, arrival.milliseconds)


def _held(steps: list[Step]) -> int:
    """The most users with at most 5 % errors."""
    return max((step.users for step in steps if step.error_percent <= MOST_ERRORS_PERCENT), default=0)


def _result(steps: list[Step], before: list[Step], over: Step, seconds: float) -> Result:
    first, hundred = steps[0], next(step for step in steps if step.users == 100)
    growth = 100 * (hundred.rss / first.rss - 1) if first.rss else None
    capacity = SLOTS / MEAN_SECONDS * over.elapsed
    good = [step for step in steps if step.error_percent < 1 and (step.beyond.percentile(99) or 0) < 0.1]
    goodput = over.done / capacity
    columns = (
        _("users"), _("sent"), _("errors"), _("p50, ms"), _("p95, ms"), _("p99, ms"),
        _("above the call, p99, ms"), _("processor"), _("memory"),
    )  # fmt: skip
    overload = (
        (_("sent"), f"{over.sent:,}", "–"),
        (_("answered"), f"{over.done:,}", "–"),
        (_("accepted, but failed"), f"{over.failed:,}", f"{paper.ERRORS_SYNC_PERCENT} % → {paper.ERRORS_PERCENT} %"),
        (_("refused at once"), f"{over.refused:,}", "–"),
        (_("slowest refusal, ms"), ms(over.refused_in.percentile(100)), "–"),
        (_("answered, of what can be done"), f"{goodput:.2f}", "–"),
    )
    summary = (
        (_("users with at most 5 % errors"), f"{_held(before):,}", f"{_held(steps):,}", str(paper.USERS)),
        (
            _("memory from {few} to {many} users", few=first.users, many=hundred.users),
            "–",
            "–" if growth is None else f"{growth:+.1f} %",
            f"+{paper.MEMORY_GROWTH_PERCENT} %",
        ),
        (
            _("processor with {users} users", users=hundred.users),
            "–",
            f"{hundred.cpu_percent:.1f} %",
            f"{paper.CPU_SYNC_PERCENT} % → {paper.CPU_PERCENT} %",
        ),
    )
    labels = tuple(str(step.users) for step in steps)
    return Result(
        4,
        _("Many users"),
        _conditions(seconds, over),
        {
            "users_sync": _held(before),
            "users": _held(steps),
            "users_under_1_percent_and_100_ms": max((step.users for step in good), default=0),
            "memory_growth_percent_to_100_users": growth,
            "cpu_percent_100_users": hundred.cpu_percent,
            "overload_failed": over.failed,
            "overload_refused": over.refused,
            "overload_refusal_ms": (over.refused_in.percentile(100) or 0.0) * 1000,
            "overload_goodput": goodput,
        },
        (
            Table(
                "6", "load", _("Many users"),
                (_("what"), _("one after the other"), _("this program"), _("paper")), summary,
            ),
            Table("6a", "users", _("Users, this program"), columns, tuple(_row(step) for step in steps)),
            Table("6b", "users_sync", _("Users, one after the other"), columns, tuple(_row(step) for step in before)),
            Table(
                "6c", "overload", _("Twice of what can be done"), (_("what"), _("this program"), _("paper")), overload
            ),
        ),
        (
            Chart(
                5, "errors", _("Errors by number of users"), Kind.LINES, labels,
                (
                    Series(_("one after the other"), _along(before, len(steps), lambda step: step.error_percent)),
                    Series(_("this program"), tuple(step.error_percent for step in steps)),
                    Series(_("the paper"), _reported(steps), reported=True),
                ),
                _("users"), "%",
            ),
            Chart(
                6, "waiting", _("Time to the answer (p95) by number of users"), Kind.LINES, labels,
                (
                    Series(_("one after the other"), _along(before, len(steps), lambda step: step.took.percentile(95))),
                    Series(_("this program"), tuple(step.took.percentile(95) for step in steps)),
                ),
                _("users"), _("seconds"), logarithmic=True,
            ),
        ),
    )  # fmt: skip


def _conditions(seconds: float, over: Step) -> tuple[str, ...]:
    return (
        _(
            "Open loop: each user sends every {every:.0f} s for {seconds:.0f} s, whether an answer came or not.",
            every=EVERY_SECONDS,
            seconds=seconds,
        ),
        _("A call takes {low} to {high} ms, evenly spread, the same for both sides.", low=SHORTEST_MS, high=LONGEST_MS),
        _(
            "Backend: a waiting server in a process of its own, over loopback; at most {limit} calls at once.",
            limit=LIMIT,
        ),
        _(
            "An answer that takes more than {seconds:.0f} s is an error; its time counts from the moment when it "
            "should have been asked for.",
            seconds=TIMEOUT_SECONDS,
        ),
        _("The users are tasks of the same process: their work counts as the program's."),
        _(
            "Overload: {slots} places, {users} users, who may wait {deadline:.0f} s.",
            slots=SLOTS,
            users=over.users,
            deadline=DEADLINE_SECONDS,
        ),
    )


def _along(steps: list[Step], length: int, value: Callable[[Step], float | None]) -> tuple[float | None, ...]:
    """The values of ``steps``, and nothing for the numbers of users that were not tried."""
    return (*(value(step) for step in steps), *[None] * (length - len(steps)))


def _reported(steps: list[Step]) -> tuple[float | None, ...]:
    """The one point that the paper tells: the users that it holds with this share of errors."""
    return tuple(MOST_ERRORS_PERCENT if step.users == paper.USERS else None for step in steps)


def _row(step: Step) -> tuple[str, ...]:
    return (
        f"{step.users:,}",
        f"{step.sent:,}",
        f"{step.error_percent:.1f} %",
        ms(step.took.percentile(50)),
        ms(step.took.percentile(95)),
        ms(step.took.percentile(99)),
        ms(step.beyond.percentile(99)),
        f"{step.cpu_percent:.0f} %",
        f"{step.rss / 1e6:.0f} MB" if step.rss else "–",
    )
