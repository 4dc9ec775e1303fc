"""The downloads of this program: one at a time, the others wait; each can be paused, and goes on another day.

Nothing is ever fetched unless ``start`` was called in this run: what an earlier one left is shown as paused.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.errors import AgentError
from desktop_agent.inference.fetch_trouble import Patience
from desktop_agent.runtime.threads import Emit, Threads
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.inference.fetch import Step
    from desktop_agent.inference.offers import Offer, Offers

log = logging.getLogger(__name__)

SPEED_SECONDS = 8.0
"""The speed is that of the last so many seconds."""


class Stage(StrEnum):
    QUEUED = "queued"
    CHECKING = "checking"
    """Reads what is here already."""
    FETCHING = "downloading"
    RETRYING = "retrying"
    """Waits after a trouble."""
    PAUSED = "paused"
    FAILED = "failed"
    DONE = "done"


MOVING = frozenset({Stage.QUEUED, Stage.CHECKING, Stage.FETCHING, Stage.RETRYING})


@dataclass(frozen=True, slots=True)
class Download:
    """How far one model is. ``bytes_per_second`` and ``seconds_left`` are None while they are not known."""

    offer: Offer
    stage: Stage
    done: int = 0
    bytes_per_second: float | None = None
    seconds_left: float | None = None
    source: str = ""
    trouble: AgentError | None = None
    """Why it waits or failed."""
    path: Path | None = None
    """The complete file."""

    @property
    def moving(self) -> bool:
        """Whether it goes on without anybody doing anything."""
        return self.stage in MOVING

    @property
    def time_left(self) -> str:
        """How long it takes yet, as people say it; empty while that is not known."""
        if self.seconds_left is None:
            return ""
        minutes = round(self.seconds_left / 60)
        if minutes < 1:
            return _("less than a minute left")
        if minutes < 60:
            return _("{count} min left", count=minutes)
        return _("{hours} h {minutes} min left", hours=minutes // 60, minutes=minutes % 60)


Watcher = Callable[[Download], object]


class Downloads:
    """Fetches offers into ``folder()``, from ``first()`` first; use from one loop."""

    def __init__(
        self,
        folder: Callable[[], Path],
        threads: Threads,
        first: Callable[[], str],
        *,
        catalogue: Path | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._folder, self._threads, self._first = folder, threads, first
        self._catalogue, self._patience = catalogue, patience or Patience()
        self._offers: Offers | None = None
        self._states: dict[str, Download] = {}
        self._queue: deque[Offer] = deque()
        self._current: asyncio.Task[None] | None = None
        self._current_name = ""
        self._watchers: list[Watcher] = []
        self._speed: deque[tuple[float, int]] = deque()
        self._closed = False

    async def offers(self) -> Offers:
        """What can be downloaded, and from where."""
        if self._offers is None:
            self._offers = await self._threads.call(self._read)
        return self._offers

    async def all(self) -> tuple[Download, ...]:
        """Every download of this run and what earlier ones left, in the order of the list."""
        offers = (await self.offers()).models
        left = await self._threads.call(self._left, offers)
        for offer in offers:
            known = self._states.get(offer.name)
            if offer.name in left and (known is None or known.stage is Stage.PAUSED):
                self._states[offer.name] = Download(offer, Stage.PAUSED, left[offer.name])
            elif known is not None and known.stage is Stage.PAUSED and offer.name not in left:
                del self._states[offer.name]  # the folder is another one by now
        return tuple(self._states[offer.name] for offer in offers if offer.name in self._states)

    def of(self, name: str) -> Download | None:
        """The download of the offer ``name``, if there is one."""
        return self._states.get(name)

    @property
    def moving(self) -> Download | None:
        """The one that runs now."""
        return self._states.get(self._current_name) if self._current else None

    def watch(self, watcher: Watcher) -> Callable[[], None]:
        """Call ``watcher`` with each change, some times a second; what comes back ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher) if watcher in self._watchers else None

    def start(self, offer: Offer) -> None:
        """Fetch ``offer``, or go on with it; it waits until those before it have ended."""
        known = self._states.get(offer.name)
        if known is not None and known.moving:
            return
        self._queue.append(offer)
        self._show(Download(offer, Stage.QUEUED, known.done if known and known.path is None else 0))
        self._next()

    def pause(self, name: str) -> None:
        """Stop the download of ``name``; what came is kept."""
        known = self._states.get(name)
        if known is None or not known.moving:
            return
        if name == self._current_name and self._current is not None:
            self._current.cancel()
            return
        self._queue = deque(offer for offer in self._queue if offer.name != name)
        self._show(replace(known, stage=Stage.PAUSED, bytes_per_second=None, seconds_left=None))

    async def remove(self, name: str) -> None:
        """Stop the download of ``name`` and delete what came."""
        known = self._states.get(name)
        if known is None:
            return
        self.pause(name)
        if name == self._current_name and self._current is not None:
            await asyncio.wait((self._current,))
        await self._threads.call(_remove, self._folder() / known.offer.file)
        self._states.pop(name, None)
        self._tell(replace(known, stage=Stage.PAUSED, done=0, trouble=None))

    async def ended(self, name: str) -> Download:
        """The download of ``name`` when it moves no more; one that was never started is an error of the caller."""
        happened = asyncio.Event()
        unwatch = self.watch(lambda _download: happened.set())
        try:
            while (known := self._states[name]).moving:
                happened.clear()
                await happened.wait()
            return known
        finally:
            unwatch()

    async def quiet(self) -> None:
        """Wait until nothing is being fetched; for whoever paused it."""
        while self._current is not None:
            await asyncio.wait((self._current,))

    async def close(self) -> None:
        """Stop, keep what came and wait for the worker."""
        self._closed = True
        self._queue.clear()
        if self._current is not None:
            self._current.cancel()
            await asyncio.wait((self._current,))

    def _next(self) -> None:
        if self._current is None and self._queue and not self._closed:
            offer = self._queue.popleft()
            self._current_name = offer.name
            self._current = asyncio.get_running_loop().create_task(self._fetch(offer))
            self._current.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._current, self._current_name = None, ""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("A download ended by a mistake of the program", exc_info=error)
        self._next()

    async def _fetch(self, offer: Offer) -> None:
        self._speed.clear()
        now = self._states[offer.name]
        try:
            # Kept for those who ask meanwhile: pausing before the worker began must leave it paused, too.
            path = await self._stream(offer)
        except AgentError as error:
            log.warning("%s was not downloaded: %s", offer.file, error)
            now = self._states[offer.name]
            self._show(replace(now, stage=Stage.FAILED, trouble=error, bytes_per_second=None, seconds_left=None))
            return
        except asyncio.CancelledError:
            now = self._states[offer.name]
            self._show(replace(now, stage=Stage.PAUSED, trouble=None, bytes_per_second=None, seconds_left=None))
            raise
        self._show(Download(offer, Stage.DONE, offer.bytes, source=now.source, path=path))

    async def _stream(self, offer: Offer) -> Path:
        offers = await self.offers()
        folder, sources = self._folder(), offers.order(self._first())

        def work(emit: Emit[Step]) -> Path | None:
            # Imported in the worker: aiohttp is not needed before something is fetched.
            from desktop_agent.inference.fetch import Order, fetch

            return fetch(Order(offer, sources, folder, self._patience), self._threads, emit)

        async with self._threads.stream(work, f"download of {offer.file}") as steps:
            async for step in steps:
                self._step(offer, step)
            path = steps.result
        if path is None:  # stopped, by whoever closes the threads
            raise asyncio.CancelledError
        return path

    def _step(self, offer: Offer, step: Step) -> None:
        stage = Stage.CHECKING if step.checking else Stage.RETRYING if step.trouble else Stage.FETCHING
        speed = self._speed_at(step.done) if stage is Stage.FETCHING else None
        left = (offer.bytes - step.done) / speed if speed else None
        self._show(Download(offer, stage, step.done, speed, left, step.source, step.trouble))

    def _speed_at(self, done: int) -> float | None:
        now, seen = asyncio.get_running_loop().time(), self._speed
        if seen and done < seen[-1][1]:
            seen.clear()  # it began anew
        seen.append((now, done))
        while len(seen) > 2 and now - seen[0][0] > SPEED_SECONDS:
            seen.popleft()
        took, came = now - seen[0][0], done - seen[0][1]
        return came / took if took >= 0.5 and came > 0 else None

    def _show(self, download: Download) -> None:
        self._states[download.offer.name] = download
        self._tell(download)

    def _tell(self, download: Download) -> None:
        for watcher in tuple(self._watchers):
            watcher(download)

    # In the worker

    def _read(self) -> Offers:
        from desktop_agent.inference.offers import Offers, catalogue_path

        return Offers.read(self._catalogue or catalogue_path())

    def _left(self, offers: Sequence[Offer]) -> dict[str, int]:
        from desktop_agent.inference.part import Pin, kept_bytes

        folder = self._folder()
        kept = {offer.name: kept_bytes(folder / offer.file, Pin(offer.bytes, offer.sha256)) for offer in offers}
        return {name: done for name, done in kept.items() if done}


def _remove(target: Path) -> None:
    from desktop_agent.inference.part import remove_part
    from desktop_agent.system import storage_error

    try:
        remove_part(target)
    except OSError as error:
        raise storage_error(error, target.parent) from error
