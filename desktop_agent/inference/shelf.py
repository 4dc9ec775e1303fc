"""The models of this computer and those it could have, each with whether it fits and how quickly it would answer.

Window and command line show the same of it. It also removes models and moves their folder, for which the one in
use has to leave the memory first.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import AgentError, BadInput
from desktop_agent.inference.downloads import Download, Downloads
from desktop_agent.inference.engine import Progress
from desktop_agent.inference.engines import Engines
from desktop_agent.inference.models import DISK_RESERVE, Abandoned, ModelFile, Models, as_path
from desktop_agent.runtime.threads import Emit, Threads
from desktop_agent.settings.catalogue import MODEL, MODELS_FOLDER
from desktop_agent.settings.setting import Setting, Value
from desktop_agent.settings.store import Settings
from desktop_agent.system import free_disk, storage_error

if TYPE_CHECKING:
    from desktop_agent.inference.fit import Fit
    from desktop_agent.inference.offers import Offer, Offers
    from desktop_agent.inference.pace import Pace

log = logging.getLogger(__name__)

Speeds = Callable[[], Awaitable[Mapping[str, float]]]
"""Tokens a second of late answers, by the name of the model's file."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A model that is here; ``offer`` is what it was downloaded as. Nothing is known of one with a problem."""

    model: ModelFile
    used: bool
    offer: Offer | None = None
    fit: Fit | None = None
    words_per_second: float | None = None

    @property
    def title(self) -> str:
        """What people call it."""
        return self.offer.title if self.offer else self.model.name


@dataclass(frozen=True, slots=True)
class Offered:
    """A model that could be here. ``lacks_bytes`` are missing on the disk; 0 when there is room."""

    offer: Offer
    fit: Fit
    words_per_second: float
    lacks_bytes: int = 0
    download: Download | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The shelf at one moment. ``measured`` says whether the speeds come from answers of this computer."""

    installed: tuple[Installed, ...]
    offered: tuple[Offered, ...]
    suitable: Offered | None
    """The one to recommend; None when it is here already."""
    measured: bool
    cores: int
    problem: AgentError | None = None
    """Why the folder for models cannot be reached."""


class Shelf:
    """Use from one loop."""

    def __init__(
        self,
        settings: Settings,
        threads: Threads,
        models: Models,
        engines: Engines,
        downloads: Downloads,
        speeds: Speeds,
    ) -> None:
        self._settings, self._threads = settings, threads
        self._models, self._engines = models, engines
        self.downloads = downloads
        self._speeds = speeds
        self._estimated: Pace | None = None

    async def look(self) -> Look:
        """Everything that is known now; asks nobody outside this computer."""
        offers = await self.downloads.offers()
        downloads = {download.offer.name: download for download in await self.downloads.all()}
        chosen = self._settings[MODEL].strip()
        models = [model for model in await self._models.list(chosen) if not model.builtin]
        pace = await self._pace(models)
        installed = []
        for model in models:
            offer = offers.of_file(model.path, model.file_bytes)
            fit, words = None, None
            if model.header is not None:
                fit = await self._engines.fit_of(model.header)
                words = pace.words_per_second(model.header)
            used = bool(chosen) and model.path == as_path(chosen)
            installed.append(Installed(model, used, offer, fit, words))
        here = {one.offer.name for one in installed if one.offer is not None}
        free, problem = await self._threads.call(self._look_at_folder)
        offered = []
        for offer in offers.models:
            if offer.name in here:
                continue
            download = downloads.get(offer.name)
            lacks = 0 if free is None else offer.bytes - (download.done if download else 0) + DISK_RESERVE - free
            fit = await self._engines.fit_of(offer.header)
            offered.append(Offered(offer, fit, pace.words_per_second(offer.header), max(lacks, 0), download))
        suitable = None
        if offered:
            best = offers.suitable(offered[0].fit.free_bytes, offered[0].fit.total_bytes, pace)
            suitable = next((one for one in offered if one.offer is best), None)
        return Look(tuple(installed), tuple(offered), suitable, pace.measured, os.cpu_count() or 1, problem)

    async def suitable(self, free_bytes: int | None, total_bytes: int | None) -> Offered | None:
        """The model to recommend on a computer without any; a look that loads little. None when one is here."""
        offers = await self.downloads.offers()
        if [model for model in await self._models.list() if not model.builtin]:
            return None
        return await self._threads.call(self._suitable, offers, free_bytes, total_bytes)

    async def remove(self, path: Path) -> None:
        """Delete the model in ``path``, which lies in the folder for models; the guide answers if it was in use.

        Raises:
            BadInput: it lies elsewhere. StorageError: it cannot be deleted.
        """
        path = as_path(path)
        if path.parent != as_path(self._models.folder):
            raise BadInput(
                "{file} is not in the folder for models.", hint="Delete it where it is, if you want to.", file=path.name
            )
        await self._let_go((path,))
        await self._threads.call(_delete, path)
        log.info("removed %s", path.name)

    async def move(self, folder: Path, progress: Progress | None = None) -> tuple[Path, ...]:
        """Keep the models in ``folder`` from now on; files that could not be deleted in the old one come back.

        ``progress`` is called on the loop. When it is cancelled everything is as before.

        Raises:
            BadInput, StorageError: it cannot be moved there; everything is as before.
        """
        # Imported here: hardly anybody ever moves models.
        from desktop_agent.inference.moving import carried, remove_all

        old, new = as_path(self._models.folder), as_path(folder)
        if self.downloads.moving is not None:
            self.downloads.pause(self.downloads.moving.offer.name)
            await self.downloads.quiet()

        def work(emit: Emit[float]) -> dict[Path, Path]:
            with contextlib.suppress(Abandoned):
                return carried(old, new, emit)
            return {}

        async with self._threads.stream(work, "moving the models") as steps:
            async for fraction in steps:
                if progress:
                    progress(fraction)
            places = steps.result
        chosen = self._settings[MODEL].strip()
        moved = places.get(as_path(chosen)) if chosen else None
        await self._models.known_as(places)
        own = new == as_path(self._models.own_folder)
        values: dict[Setting[Any] | str, Value | None] = {MODELS_FOLDER: None if own else str(new)}
        if moved:
            values[MODEL] = str(moved)
        self._settings.set_all(values)
        if moved:
            await self._engines.released()
        return await self._threads.call(remove_all, [path for path in places if path.parent != new])

    async def _let_go(self, paths: tuple[Path, ...]) -> None:
        """Let the guide answer in the place of any of ``paths``, and wait until none is in memory."""
        chosen = self._settings[MODEL].strip()
        if chosen and as_path(chosen) in paths:
            self._settings.set(MODEL, "")
            await self._engines.released()

    async def _pace(self, models: list[ModelFile]) -> Pace:
        from desktop_agent.inference.pace import measured_pace

        headers = {model.path.name: model.header for model in models if model.header is not None}
        pace = measured_pace(await self._speeds(), headers)
        if pace is not None:
            return pace
        if self._estimated is None:
            self._estimated = await self._threads.call(_estimated)
        return self._estimated

    # In the worker

    def _suitable(self, offers: Offers, free_bytes: int | None, total_bytes: int | None) -> Offered:
        from desktop_agent.inference.fit import fit
        from desktop_agent.inference.plan import Wish

        pace = self._estimated = self._estimated or _estimated()
        best = offers.suitable(free_bytes, total_bytes, pace)
        found = fit(best.header, Wish(), free_bytes, total_bytes)
        free, _problem = self._look_at_folder()
        lacks = 0 if free is None else max(best.bytes + DISK_RESERVE - free, 0)
        return Offered(best, found, pace.words_per_second(best.header), lacks)

    def _look_at_folder(self) -> tuple[int | None, AgentError | None]:
        """Bytes free on its disk, and why it cannot be reached."""
        from desktop_agent.inference.fetch_trouble import no_folder

        folder = self._models.folder
        try:
            if not folder.is_dir():
                return None, no_folder(folder)
            return free_disk(folder), None
        except OSError:
            return None, no_folder(folder)


def _estimated() -> Pace:
    from desktop_agent.inference.pace import estimated_pace
    from desktop_agent.runtime.processor import processor

    return estimated_pace(processor(), os.cpu_count() or 1)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, path) from error
