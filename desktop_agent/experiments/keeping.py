"""Experiment 3: memory under a light load, with the cache off and at three sizes, each in a process of its own."""

from __future__ import annotations

import asyncio
import bisect
import itertools
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from desktop_agent.errors import NotAvailable
from desktop_agent.experiments import children, paper
from desktop_agent.experiments.results import Chart, Kind, Result, Series, Table, Times, Told, ms, times
from desktop_agent.experiments.simulated import Connections, connected, simulated_server
from desktop_agent.runtime.cache import Cache
from desktop_agent.words import _

ROLE = "keep"
OFF, SMALL, MEDIUM, LARGE = 0, 25, 100, 400
SIZES = (OFF, SMALL, MEDIUM, LARGE)
SECONDS, SECONDS_QUICK = 60, 5
PER_SECOND = 50
KEYS, EXPONENT = 200, 1.0
UNCACHED_MS = 100
VALUE_LETTERS = 2_000
TTL_SECONDS = 300.0
ENDING_SECONDS = 30.0


@dataclass(slots=True)
class Run:
    """One cache size: the process's memory each second, and what its accesses cost."""

    size: int
    rss: list[int] = field(default_factory=list)
    hits: int = 0
    misses: int = 0
    hit_s: float | None = None
    miss_s: float | None = None
    access_s: float | None = None
    cpu_percent: float = 0.0

    @property
    def hit_percent(self) -> float:
        asked = self.hits + self.misses
        return 100 * self.hits / asked if asked else 0.0

    @property
    def growth_percent(self) -> float:
        """From the first second, when everything was loaded, to the highest later one."""
        return 100 * (max(self.rss) / self.rss[0] - 1) if self.rss else 0.0


async def keeping(told: Told, *, quick: bool = False) -> Result:
    """Run it: a minute for each size, quick five seconds."""
    seconds = SECONDS_QUICK if quick else SECONDS
    runs = []
    async with simulated_server() as port:
        for number, size in enumerate(SIZES):
            name = _("cache off") if size == OFF else _("cache of {size}", size=size)

            def tell(second: int, *, number: int = number, name: str = name) -> None:
                told((number + second / seconds) / len(SIZES), name)

            runs.append(await run_size(port, size, seconds, tell))
    return _result(runs, seconds)


async def run_size(port: int, size: int, seconds: int, tell: Callable[[int], None]) -> Run:
    """One size for ``seconds``; ``tell`` hears how many have passed."""
    run = Run(size)
    async with children.child(ROLE, str(port), str(size), str(seconds)) as process:
        assert process.stdout
        try:
            async with asyncio.timeout(seconds + ENDING_SECONDS):
                async for line in process.stdout:
                    record = json.loads(line)
                    if "rss" in record:
                        run.rss.append(record["rss"])
                        tell(len(run.rss))
                    else:
                        for name, value in record.items():
                            setattr(run, name, value)
        except (TimeoutError, ValueError) as error:
            raise NotAvailable(
                "The memory experiment did not end.", hint="Try again while nothing else is running."
            ) from error
    return run


def keep(arguments: Sequence[str]) -> None:
    """Be the process of one run: ``arguments`` are port, cache size and seconds."""
    port, size, seconds = (int(each) for each in arguments)
    asyncio.run(_load(port, size, seconds))


async def _load(port: int, size: int, seconds: int) -> None:
    from desktop_agent.runtime.readings import Computer

    computer = Computer()
    cache: Cache[int, str] | None = Cache(size, TTL_SECONDS, "experiment") if size else None
    hit, miss = Times(), Times()
    loop = asyncio.get_running_loop()
    with connected(port) as connections:
        keys, running = _keys(), set[asyncio.Task[None]]()
        processor, begun = time.process_time(), loop.time()
        for number in range(seconds * PER_SECOND):
            task = asyncio.create_task(_access(connections, cache, next(keys), hit, miss))
            running.add(task)
            task.add_done_callback(running.discard)
            if number % PER_SECOND == PER_SECOND - 1:
                children.say({"rss": computer.read().rss_bytes or 0})
            await asyncio.sleep(max(0.0, begun + (number + 1) / PER_SECOND - loop.time()))
        await asyncio.gather(*running)
        cpu = 100 * (time.process_time() - processor) / (loop.time() - begun)
    count = len(hit.seconds) + len(miss.seconds)
    summary = {
        "hits": len(hit.seconds),
        "misses": len(miss.seconds),
        "hit_s": hit.percentile(50),
        "miss_s": miss.percentile(50),
        "access_s": (sum(hit.seconds) + sum(miss.seconds)) / count,
        "cpu_percent": cpu,
    }
    children.say(summary)


async def _access(connections: Connections, cache: Cache[int, str] | None, key: int, hit: Times, miss: Times) -> None:
    begun = time.perf_counter()
    if cache is not None and cache.get(key) is not None:
        hit.seconds.append(time.perf_counter() - begun)
        return
    await connections.call(UNCACHED_MS)
    if cache is not None:
        cache.put(key, f"{key} " * (VALUE_LETTERS // 4))
    miss.seconds.append(time.perf_counter() - begun)


def _keys() -> Iterator[int]:
    """Keys by Zipf's law: the n-th most wanted is wanted 1/n as often as the first."""
    heights = list(itertools.accumulate(1 / (rank + 1) ** EXPONENT for rank in range(KEYS)))
    chance = random.Random(1)
    while True:
        yield bisect.bisect(heights, chance.random() * heights[-1])


def _result(runs: list[Run], seconds: int) -> Result:
    by_size = {run.size: run for run in runs}
    off, medium = by_size[OFF], by_size[MEDIUM]
    sooner = (off.miss_s or 0) / medium.hit_s if medium.hit_s else None
    mean_sooner = (off.access_s or 0) / medium.access_s if medium.access_s else None
    reported = {OFF: paper.UNCACHED_MS, MEDIUM: paper.CACHED_MS}
    rows = tuple(
        (
            _("off") if run.size == OFF else str(run.size),
            f"{max(run.rss) / 1e6:.1f} MB",
            f"{run.growth_percent:+.1f} %",
            f"{run.hit_percent:.1f} %",
            ms(run.hit_s, 4),
            ms(run.miss_s),
            ms(run.access_s),
            f"{run.cpu_percent:.1f} %",
        )
        for run in runs
    )
    columns = (
        _("cache"), _("most memory"), _("growth"), _("hit rate"),
        _("cached access, ms"), _("uncached access, ms"), _("mean access, ms"), _("processor"),
    )  # fmt: skip
    against = (
        (_("hit rate with {size} entries", size=MEDIUM), f"{medium.hit_percent:.1f} %", f"{paper.HIT_RATE_PERCENT} %"),
        (_("mean access with the cache, ms"), ms(medium.access_s), str(paper.CACHED_MS)),
        (_("access without, ms"), ms(off.access_s), str(paper.UNCACHED_MS)),
        (_("the mean access is sooner by"), times(mean_sooner), times(paper.UNCACHED_MS / paper.CACHED_MS)),
        (_("an access that hits is sooner by"), times(sooner), "–"),
    )
    labels = tuple(str(second + 1) for second in range(max(len(run.rss) for run in runs)))
    names = {run.size: _("off") if run.size == OFF else str(run.size) for run in runs}
    return Result(
        3,
        _("Memory and cache"),
        (
            _(
                "Open loop: {count} accesses a second for {seconds} s, each size in a new process.",
                count=PER_SECOND,
                seconds=seconds,
            ),
            _(
                "{keys} keys by Zipf's law with exponent {exponent}; the order is the same for all sizes, and every "
                "cache begins empty.",
                keys=KEYS,
                exponent=EXPONENT,
            ),
            _(
                "An access that is not in the cache takes {ms} ms; a value has {letters} letters.",
                ms=UNCACHED_MS,
                letters=VALUE_LETTERS,
            ),
            _("Memory is the RSS of the process, once a second; growth from the first second to the highest."),
        ),
        {
            "hit_rate_percent": medium.hit_percent,
            "cached_access_ms": (medium.hit_s or 0) * 1000,
            "uncached_access_ms": (off.miss_s or 0) * 1000,
            "cached_sooner": sooner,
            **{f"memory_growth_percent_{run.size or 'off'}": run.growth_percent for run in runs},
            **{f"memory_mb_{run.size or 'off'}": max(run.rss) / 1e6 for run in runs},
        },
        (
            Table("4", "memory", _("Memory by size of the cache"), columns, rows),
            Table("5", "cache", _("The cache"), (_("what"), _("this program"), _("paper")), against),
        ),
        (
            Chart(
                3,
                "memory",
                _("Memory above that of the first second, by size of the cache"),
                Kind.LINES,
                labels,
                tuple(Series(names[run.size], tuple((held - run.rss[0]) / 1e3 for held in run.rss)) for run in runs),
                _("seconds"),
                "kB",
            ),
            Chart(
                4,
                "cache",
                _("Mean access by size of the cache"),
                Kind.BARS,
                tuple(names[run.size] for run in runs),
                (
                    Series(_("this program"), tuple((run.access_s or 0) * 1000 for run in runs)),
                    Series(_("the paper"), tuple(reported.get(run.size) for run in runs), reported=True),
                ),
                _("cache"),
                "ms",
            ),
        ),
    )
