"""Experiment 2: starting with nothing loaded but what the first moment needs, against starting with everything."""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

from desktop_agent.errors import NotAvailable
from desktop_agent.experiments import children, paper
from desktop_agent.experiments.results import Chart, Kind, Result, Series, Table, Told, median, times
from desktop_agent.words import _

ROLE = "start"
LAZY, EAGER = "lazy", "eager"
STARTS = 3
LONGEST_SECONDS = 120.0


async def cold_start(told: Told, *, quick: bool = False) -> Result:  # noqa: ARG001 - three starts are quick enough
    """Run it: three starts of each kind, in turn; about 10 s."""
    seconds: dict[str, list[float]] = {LAZY: [], EAGER: []}
    megabytes: dict[str, list[float]] = {LAZY: [], EAGER: []}
    # The first start of all reads everything from the disk; it counts for neither.
    await timed_start(LAZY)
    for number in range(STARTS):
        for place, how in enumerate((LAZY, EAGER)):
            told((2 * number + place) / (2 * STARTS), _("start {number} of {all}", number=number + 1, all=STARTS))
            took, held = await timed_start(how)
            seconds[how].append(took)
            megabytes[how].append(held)
    return _result(seconds, megabytes)


def start(how: str) -> None:
    """Be one start: open the program on an empty folder, say so, and end."""
    asyncio.run(_open(how))


async def _open(how: str) -> None:
    from desktop_agent.app import open_app
    from desktop_agent.runtime.readings import Computer
    from desktop_agent.settings.store import Settings
    from desktop_agent.system import Folder

    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place))
        async with AsyncExitStack() as stack:
            app = await stack.enter_async_context(open_app(folder, Settings.open(folder.settings, {}, {})))
            if how == EAGER:
                await _load_everything(stack, app)
            children.say({"ready": True})
            children.say({"rss": Computer().read().rss_bytes or 0})


async def _load_everything(stack: AsyncExitStack, app: object) -> None:
    """What a program without lazy loading has at hand before it says that it is ready."""
    import importlib
    import pkgutil

    import desktop_agent
    from desktop_agent.app import App
    from desktop_agent.memory.keywords import keywords

    assert isinstance(app, App)
    for module in pkgutil.walk_packages(desktop_agent.__path__, "desktop_agent."):
        # All but the window, which this process does not have.
        if not module.name.startswith("desktop_agent.ui") and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("aiohttp.web", "pypdf", "keyring", "tenacity", "psutil", "jinja2.sandbox"):
        importlib.import_module(name)
    await app.threads.call(keywords, "我妹妹叫李娜, my sister's name")
    await app.notes.search("my sister's name")
    await stack.enter_async_context(app.engines.ready())


async def timed_start(how: str) -> tuple[float, float]:
    """One start: seconds from the start of the process until it is ready, and the megabytes it holds then."""
    begun = time.perf_counter()
    async with children.child(ROLE, how) as process:
        assert process.stdout
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                await process.stdout.readline()
                seconds = time.perf_counter() - begun
                held = json.loads(await process.stdout.readline())["rss"]
        except (TimeoutError, ValueError, KeyError) as error:
            raise NotAvailable(
                "The program did not start a second time beside this one.", hint="Look into the log for the reason."
            ) from error
    return seconds, held / 1e6


def _result(seconds: dict[str, list[float]], megabytes: dict[str, list[float]]) -> Result:
    names = {EAGER: _("everything loaded"), LAZY: _("this program")}
    sooner = median(seconds[EAGER]) / median(seconds[LAZY])
    columns = (_("start"), *(str(number + 1) for number in range(STARTS)), _("median"), _("memory"), _("paper"))
    rows = tuple(
        (
            names[how],
            *(f"{value:.3f} s" for value in seconds[how]),
            f"{median(seconds[how]):.3f} s",
            f"{median(megabytes[how]):.0f} MB",
            _("within {percent:.0f} %", percent=paper.START_WITHIN_PERCENT),
        )
        for how in (EAGER, LAZY)
    )
    return Result(
        2,
        _("Starting"),
        (
            _("Start of a process until its parts are open and a question could be asked, without the window."),
            _("Everything loaded: every module but the window, the built-in model, the words of the search."),
            _(
                "The files were read once before, so the disk matters little; processors: {count}.",
                count=os.cpu_count(),
            ),
        ),
        {
            "start_s": median(seconds[LAZY]),
            "start_everything_s": median(seconds[EAGER]),
            "start_sooner": sooner,
            "start_mb": median(megabytes[LAZY]),
            "start_everything_mb": median(megabytes[EAGER]),
        },
        (Table("3", "start", _("Start, {ratio} sooner", ratio=times(sooner)), columns, rows),),
        (
            Chart(
                2,
                "start",
                _("Start"),
                Kind.BARS,
                tuple(str(number + 1) for number in range(STARTS)),
                tuple(Series(names[how], tuple(seconds[how])) for how in (EAGER, LAZY)),
                _("start"),
                _("seconds"),
            ),
        ),
    )
