"""Experiment 1: many calls at once. Blocking one after the other, against the loop that goes on meanwhile."""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass

from desktop_agent.data_files import resources
from desktop_agent.experiments import paper
from desktop_agent.experiments.core import Core, timed, watched
from desktop_agent.experiments.results import Chart, Kind, Result, Series, Table, Told, median, ms, times
from desktop_agent.experiments.simulated import Connections, call_blocking, connected, simulated_server
from desktop_agent.messages import PromptMessage, Role
from desktop_agent.runtime.threads import Threads
from desktop_agent.words import _

SHORTEST_MS, LONGEST_MS = 50, 200
MANY_MS = 300
"""Each of the hundred calls, so that one after the other they take the 30 s of the paper; a quick run mixes again."""
ROUNDS, FEW, MANY, LIMIT = 5, 10, 100, 128
ALONE_MS, ALONE_TIMES, ALONE_TIMES_QUICK = 50, 100, 20
THREADS = 3
"""Blocking work at a time, as ``max_concurrent_tasks`` has it."""
ENGINE_TOKENS = 40


def mix(count: int, seed: int) -> list[int]:
    """Milliseconds of ``count`` calls, evenly spread; the same for the same ``seed``."""
    chance = random.Random(seed)
    return [chance.randint(SHORTEST_MS, LONGEST_MS) for _ in range(count)]


@dataclass(frozen=True, slots=True)
class _Round:
    """The same calls by both sides, in seconds; nobody can be quicker than ``slowest``."""

    sync: float
    here: float
    slowest: float


@dataclass(slots=True)
class _Found:
    """All that was measured, in seconds."""

    few: list[_Round]
    many: _Round
    threaded: float
    extra: float
    engine_one: float = 0.0
    engine_ten: float = 0.0
    engine_late: float = 0.0


async def isolation(told: Told, *, quick: bool = False) -> Result:
    """Run it; about two minutes, quick half a minute."""
    rounds, few = 1 if quick else ROUNDS, list[_Round]()
    async with simulated_server() as port:
        with connected(port) as connections:
            for number in range(rounds):
                told(0.3 * number / rounds, _("{count} calls, round {number}", count=FEW, number=number + 1))
                few.append(await _round(port, connections, mix(FEW, number)))
            told(0.3, _("{count} calls", count=MANY))
            calls = mix(MANY, rounds) if quick else [MANY_MS] * MANY
            many = await _round(port, connections, calls)
            told(0.7, _("blocking calls in threads"))
            threaded = await _in_threads(port, calls)
            told(0.8, _("one call alone"))
            extra = await _extra(connections, ALONE_TIMES_QUICK if quick else ALONE_TIMES)
    found = _Found(few, many, threaded, extra)
    told(0.9, _("the built-in model"))
    await _ask_model(found)
    return _result(found, quick=quick)


async def _round(port: int, connections: Connections, calls: list[int]) -> _Round:
    await connections.open(len(calls))
    sync = await _one_after_the_other(port, calls)
    return _Round(sync, await _at_once(connections, calls), max(calls) / 1000)


async def _one_after_the_other(port: int, calls: list[int]) -> float:
    """Seconds that the baseline takes; it blocks the loop, as it blocks its window."""
    begun = time.perf_counter()
    for milliseconds in calls:
        call_blocking(port, milliseconds)
    return time.perf_counter() - begun


async def _at_once(connections: Connections, calls: list[int]) -> float:
    core = Core(connections, LIMIT)
    begun = time.perf_counter()
    await asyncio.gather(*(core.call(milliseconds) for milliseconds in calls))
    return time.perf_counter() - begun


async def _in_threads(port: int, calls: list[int]) -> float:
    """Seconds for calls that cannot but block: in threads, no more at a time than the settings allow."""
    threads = Threads(THREADS, name="experiment")
    try:
        begun = time.perf_counter()
        await asyncio.gather(*(threads.call(call_blocking, port, milliseconds) for milliseconds in calls))
        return time.perf_counter() - begun
    finally:
        await threads.close()


async def _extra(connections: Connections, count: int) -> float:
    """Seconds that the way through the program adds to one call: medians of both, taken in turn."""
    core, through, direct = Core(connections, LIMIT), list[float](), list[float]()
    for _number in range(count):
        async with timed(direct):
            await connections.call(ALONE_MS)
        async with timed(through):
            await core.call(ALONE_MS)
    return median(through) - median(direct)


async def _ask_model(found: _Found) -> None:
    """Questions for the built-in model, one and then ten at once, and how late the loop was meanwhile."""
    from desktop_agent.inference.engine import Sampling
    from desktop_agent.inference.local import LocalEngine

    threads = Threads(name="experiment", background=True)
    engine = LocalEngine(resources() / "models" / "guide.gguf", threads, 1024, name="guide")
    sampling = Sampling(temperature=0.0, reply_tokens=ENGINE_TOKENS)

    async def ask(number: int) -> float:
        begun = time.perf_counter()
        async with engine.stream([PromptMessage(Role.USER, f"Tell me about the number {number}.")], sampling) as events:
            async for _event in events:
                pass
        return time.perf_counter() - begun

    try:
        await engine.load()
        found.engine_one = await ask(0)
        begun = time.perf_counter()
        async with watched() as late:
            await asyncio.gather(*(ask(number) for number in range(1, FEW + 1)))
        found.engine_ten = time.perf_counter() - begun
        found.engine_late = late.percentile(99) or 0.0
    finally:
        await engine.close()
        await threads.close()


def _result(found: _Found, *, quick: bool) -> Result:
    many, names = found.many, (_("one after the other"), _("this program"))
    rounds = [
        (_("{count} calls, round {number}", count=FEW, number=number), calls)
        for number, calls in enumerate(found.few, start=1)
    ]
    rounds.append((_("{count} calls", count=MANY), many))
    reported = tuple(zip(*(_paper(calls) for _name, calls in rounds), strict=True))
    return Result(
        1,
        _("Many calls at once"),
        _conditions(quick=quick),
        {
            "ten_calls_sync_s": median([calls.sync for calls in found.few]),
            "ten_calls_s": median([calls.here for calls in found.few]),
            "ten_calls_above_slowest_ms": max(calls.here - calls.slowest for calls in found.few) * 1000,
            "hundred_calls_sync_s": many.sync,
            "hundred_calls_s": many.here,
            "hundred_calls_above_slowest_ms": (many.here - many.slowest) * 1000,
            "hundred_calls_sooner": many.sync / many.here,
            "hundred_blocking_calls_s": found.threaded,
            "one_call_extra_ms": found.extra * 1000,
            "engine_one_s": found.engine_one,
            "engine_ten_s": found.engine_ten,
            "engine_timer_late_p99_ms": found.engine_late * 1000,
        },
        (
            Table(
                "1",
                "calls",
                _("Calls at once"),
                (_("workload"), *names, _("sooner"), _("paper")),
                (*(_row(name, calls) for name, calls in rounds), _blocking_row(found)),
            ),
            Table(
                "2", "single", _("What the program adds"), (_("what"), _("this program"), _("paper")), _single(found)
            ),
        ),
        (
            Chart(
                1,
                "calls",
                _("Calls at once"),
                Kind.BARS,
                tuple(name for name, _calls in rounds),
                (
                    Series(names[0], tuple(calls.sync for _name, calls in rounds)),
                    Series(names[1], tuple(calls.here for _name, calls in rounds)),
                    Series(_("the paper: {side}", side=names[0]), reported[0], reported=True),
                    Series(_("the paper: asynchronous"), reported[1], reported=True),
                ),
                "",
                _("seconds"),
                logarithmic=True,
            ),
        ),
    )


def _conditions(*, quick: bool) -> tuple[str, ...]:
    mixed = _("Ten calls take {low} to {high} ms each, evenly spread.", low=SHORTEST_MS, high=LONGEST_MS)
    hundred = _("So do the hundred.") if quick else _("The hundred take {ms} ms each.", ms=MANY_MS)
    return (
        _("Closed loop: all calls are made at the same moment and waited for; both sides make the same ones."),
        f"{mixed} {hundred}",
        _(
            "Backend: a waiting server in a process of its own, over loopback; at most {limit} calls at once.",
            limit=LIMIT,
        ),
    )


def _paper(calls: _Round) -> tuple[float, float]:
    """What the paper has for as many calls, one after the other and at once."""
    if calls.sync > 5:
        return paper.HUNDRED_CALLS_SYNC, paper.HUNDRED_CALLS
    return paper.TEN_CALLS_SYNC, paper.TEN_CALLS


def _row(name: str, calls: _Round) -> tuple[str, ...]:
    sync, here = _paper(calls)
    return name, f"{calls.sync:.3f} s", f"{calls.here:.3f} s", times(calls.sync / calls.here), f"{sync} s → {here} s"


def _blocking_row(found: _Found) -> tuple[str, ...]:
    name = _("{count} calls that block, {threads} threads", count=MANY, threads=THREADS)
    sync, here = found.many.sync, found.threaded
    return name, f"{sync:.3f} s", f"{here:.3f} s", times(sync / here), "–"


def _single(found: _Found) -> tuple[tuple[str, ...], ...]:
    return (
        (_("one call of {ms} ms: extra time", ms=ALONE_MS), f"{ms(found.extra, 2)} ms", _paper_extra()),
        (_("one question to the built-in model"), f"{found.engine_one:.2f} s", "–"),
        (_("{count} questions at once to the built-in model", count=FEW), f"{found.engine_ten:.2f} s", "–"),
        (_("meanwhile, a 5 ms timer was late (p99)"), f"{ms(found.engine_late)} ms", "–"),
    )


def _paper_extra() -> str:
    extra = paper.ONE_CALL - paper.ONE_CALL_SYNC
    return f"{ms(extra, 0)} ms"
