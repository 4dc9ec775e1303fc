"""``desktop-agent doctor``: what the program is, what it runs on, and what is wrong, on one page.

Each part is looked at by itself, so that trouble with one does not hide the others; the program itself is not opened.
"""

from __future__ import annotations

import asyncio
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop_agent import __version__
from desktop_agent.data_files import resources
from desktop_agent.errors import AgentError, NotAvailable, StorageError, reason
from desktop_agent.inference import VARIANT_LIMIT
from desktop_agent.inference.engines import GUIDE_CONTEXT
from desktop_agent.inference.fit import DoesNotFit, Fit
from desktop_agent.inference.library import variant
from desktop_agent.inference.models import ModelFile, Models, as_path
from desktop_agent.inference.plan import Wish
from desktop_agent.installation import damage, installed
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.notes import Notes
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.processor import Feature, processor
from desktop_agent.runtime.readings import Computer
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings.catalogue import (
    CONTEXT_TOKENS,
    KV_TYPE,
    LOW_MEMORY,
    MODEL,
    PROCESSOR_VARIANT,
    SERVER_ADDRESS,
)
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder, free_disk, start_log, stop_log
from desktop_agent.terminal.models import verdict
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

LEAST_DISK = 200_000_000
"""Bytes that should be free on the disk: notes and their daily copies live there."""
SERVER_S = 4.0
"""How long a connected server is waited for; all are asked at once."""
MARGIN = 17
"""Columns that the titles take."""


def doctor(folder: Folder, settings: Settings, output: Output) -> int:
    """Look at everything and print it; 1 when something is wrong."""
    page = asyncio.run(_examined(folder, settings))
    output.result(page.record(), page.text())
    return 1 if page.troubles else 0


async def _examined(folder: Folder, settings: Settings) -> Page:
    threads, page = Threads(name="doctor"), Page()
    try:
        await threads.call(_look_at_computer, page)
        await threads.call(_look_at_installation, page)
        if writable := await threads.call(_look_at_folder, page, folder):
            start_log(folder)
        await threads.call(_look_at_processor, page, settings)
        await _look_at_database(page, folder, threads, writable=writable)
        await _look_at_models(page, folder, settings, threads)
        await _look_at_servers(page, settings, threads)
        _look_at_settings(page, folder, settings)
    finally:
        await threads.close()
        stop_log()
    return page


class Page:
    """What was found: lines for people, a record for programs, and the troubles."""

    def __init__(self) -> None:
        self._lines: list[tuple[str, str]] = []
        self._record: dict[str, Any] = {}
        self.troubles: list[AgentError | str] = []

    def add(self, title: str, text: str, **record: Any) -> None:
        """One line, and what of it is for programs."""
        self._lines.append((title, text))
        self._record |= record

    def trouble(self, what: AgentError | str) -> None:
        """Something that is wrong; a text is in the user's language already."""
        self.troubles.append(what)

    def record(self) -> dict[str, Any]:
        """For ``--json``; the names are stable."""
        troubles = [
            {"code": "failed", "message": trouble, "hint": ""}
            if isinstance(trouble, str)
            else {"code": trouble.code, "message": trouble.said(), "hint": trouble.advice()}
            for trouble in self.troubles
        ]
        return {"well": not troubles, **self._record, "troubles": troubles}

    def text(self) -> str:
        """For people."""

        def lines() -> Iterator[str]:
            for title, text in self._lines:
                yield f"{_padded(title)} {text}"
            yield ""
            if not self.troubles:
                yield _("Nothing is wrong.")
                return
            yield _("What is wrong, and what to try:")
            for trouble in self.troubles:
                yield f"- {trouble if isinstance(trouble, str) else trouble.told()}"

        return "\n".join(lines())


def _look_at_computer(page: Page) -> None:
    computer, system = Computer(), f"{platform.system()} {platform.release()}, {platform.machine()}"
    page.add("Desktop Agent", __version__, version=__version__)
    page.add(_("System"), f"{system}, Python {platform.python_version()}", system=system)
    now = computer.read()
    here = processor()
    page.add(
        _("Processor"),
        _("{name}, {cores} cores", name=here.name or platform.machine(), cores=computer.physical_cores),
        processor=here.name,
        cores=computer.physical_cores,
        threads=computer.cores,
    )
    page.add(
        _("RAM"),
        _("{total} MB, {free} MB free", total=_mb(now.ram_total), free=_mb(now.ram_free)),
        ram_total_bytes=now.ram_total,
        ram_free_bytes=now.ram_free,
    )


def _look_at_installation(page: Page) -> None:
    """A source tree has nothing to look at, and no line."""
    if not installed():
        return
    trouble = damage()
    place = Path(sys.executable).parent
    text = _("{folder}, whole", folder=place) if trouble is None else _("{folder}, damaged", folder=place)
    page.add(_("Program"), text, program=str(place), program_whole=trouble is None)
    if trouble is not None:
        page.trouble(trouble)


def _look_at_processor(page: Page, settings: Settings) -> None:
    os.environ[VARIANT_LIMIT] = settings[PROCESSOR_VARIANT]
    try:
        chosen = variant()
    except AgentError as error:
        features = [feature for feature in Feature if feature in processor().features]
        page.add(_("Instruction sets"), _listed(features), features=features, variant=None, variants=[])
        page.trouble(error)
        return
    page.add(_("Instruction sets"), _listed(chosen.features), features=list(chosen.features))
    candidates = [
        {
            "name": candidate.name,
            "used": candidate.name == chosen.name,
            "missing": list(candidate.missing),
            "score": candidate.score,
        }
        for candidate in chosen.candidates
    ]
    page.add(_("Variant"), f"{chosen.name}: {chosen.why()}", variant=chosen.name, variants=candidates)


def _look_at_folder(page: Page, folder: Folder) -> bool:
    """Whether it can be written."""
    writable, free = True, None
    try:
        folder.make()
    except AgentError as error:
        writable = False
        page.trouble(error)
    try:
        free = free_disk(next(place for place in (folder.root, *folder.root.parents) if place.exists()))
    except OSError as error:
        page.trouble(StorageError("{path} could not be used: {reason}.", path=folder.root, reason=reason(error)))
    can = _("can be written") if writable else _("cannot be written")
    page.add(_("Folder"), f"{folder.root} ({can})", folder=str(folder.root), folder_writable=writable)
    page.add(_("Disk"), _("{free} MB free", free=_mb(free)), disk_free_bytes=free)
    if free is not None and free < LEAST_DISK:
        page.trouble(
            StorageError(
                "Only {free} MB are free on the disk of {path}.",
                hint="Free some space: notes and their daily copies need it.",
                free=free // 1_000_000,
                path=folder.root,
            )
        )
    return writable


async def _look_at_database(page: Page, folder: Folder, threads: Threads, *, writable: bool) -> None:
    counts: dict[str, int | None] = {"notes": None, "conversations": None}
    if not writable:  # the folder's sentence says all there is to say
        page.add(_("Database"), _("cannot be used"), database="unusable", **counts)
        return
    try:
        database = await Database.open(folder.database, folder.backups)
        try:
            counts["notes"] = await Notes(database, threads, Cache(1, 0, "notes")).count()
            counts["conversations"] = len(await Conversations(database).all())
        finally:
            await database.close()
    except AgentError as error:
        page.trouble(error)
        page.add(_("Database"), _("cannot be used"), database="unusable", **counts)
        return
    for problem in database.problems:
        page.trouble(problem)
    state = "repaired" if database.problems else "well"
    page.add(_("Database"), _("{notes} notes, {conversations} conversations", **counts), database=state, **counts)


async def _look_at_models(page: Page, folder: Folder, settings: Settings, threads: Threads) -> None:
    models = Models(folder.models, resources() / "models" / "guide.gguf", threads)
    guide = await _look_at_guide(page, models)
    path = settings[MODEL].strip()
    if path:
        wish = Wish(settings[CONTEXT_TOKENS], settings[KV_TYPE], settings[LOW_MEMORY])
        await _look_at_model(page, models, as_path(path), wish)
    else:
        needed = guide.needed_bytes(GUIDE_CONTEXT) if guide else 0
        page.add(
            _("Model"),
            _("the built-in guide"),
            model="guide",
            model_usable=guide is not None,
            model_needed_bytes=needed,
            model_fits=True,
        )


async def _look_at_guide(page: Page, models: Models) -> ModelFile | None:
    guide, text = None, _("is there")
    try:
        if models.builtin.exists():
            guide = await models.check(models.builtin)
        else:
            text = _("is missing")
            page.trouble(
                NotAvailable(
                    "The built-in model is missing, so the guide answers with passages of the help only.",
                    hint="Install the program again.",
                )
            )
    except AgentError as error:
        text = _("cannot be used")
        page.trouble(error)
    page.add(_("Built-in model"), text, builtin_model=guide is not None)
    return guide


async def _look_at_model(page: Page, models: Models, path: Path, wish: Wish) -> None:
    fit: Fit | None = None
    usable = True
    try:
        fit = await models.fit(path, wish)
        await models.check(path, wish)
    except DoesNotFit as error:
        page.trouble(error)
    except AgentError as error:
        usable = False
        page.trouble(error)
    if fit is None or not usable:
        text = _("{file} cannot be used", file=path.name)
    else:
        needs = _("{file} needs about {needed} MB of memory", file=path.name, needed=_mb(fit.needed_bytes))
        text = f"{needs}: {verdict(fit)}"
    page.add(
        _("Model"),
        text,
        model=str(path),
        model_usable=usable,
        model_needed_bytes=fit.needed_bytes if fit else None,
        model_fits=fit.there_is_room if fit else None,
    )


async def _look_at_servers(page: Page, settings: Settings, threads: Threads) -> None:
    """Ask the connected servers for their models; no other is asked, and nothing else is sent."""
    if not settings[SERVER_ADDRESS].strip():
        page.add(_("Servers"), _("none is connected"), servers=[])
        return
    # Here: the client for HTTP takes a third of a second that others need not wait for.
    from desktop_agent.inference.servers import Servers
    from desktop_agent.runtime.monitor import Monitor

    monitor = Monitor(threads)
    servers, told = Servers(settings, threads, monitor), []
    try:
        for problem in servers.problems:
            page.trouble(problem)
        asked = (servers.test(address, patience_s=SERVER_S) for address in servers.connected)
        for listed in await asyncio.gather(*asked):
            told.append(
                {
                    "server": listed.address.text,
                    "answers": listed.error is None,
                    "models": len(listed.models),
                    "took_ms": listed.took_ms,
                }
            )
            if listed.error is None:
                text = _("answers in {ms} ms, models: {count}", ms=listed.took_ms, count=len(listed.models))
            else:
                text = _("does not answer as it should")
                page.trouble(listed.error)
            page.add(_("Server"), f"{listed.address.host}: {text}", servers=told)
    finally:
        await servers.close()
        await monitor.close()


def _look_at_settings(page: Page, folder: Folder, settings: Settings) -> None:
    for problem in settings.problems:
        page.trouble(problem)
    page.add(_("Settings"), str(folder.settings), settings=str(folder.settings))
    page.add(_("Log"), str(folder.logs / "agent.log"), log=str(folder.logs / "agent.log"))


def _listed(features: Any) -> str:
    return ", ".join(features) or _("none that are known")


def _mb(count: int | None) -> str:
    return "?" if count is None else f"{count // 1_000_000:,}"


def _padded(title: str) -> str:
    # A Chinese character is as wide as two Latin ones.
    width = sum(1 if letter.isascii() else 2 for letter in title)
    return title + " " * max(0, MARGIN - width)
