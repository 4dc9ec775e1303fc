"""One download from its first request to the renamed file, over sources that break, lie or are silent.

It runs in a worker with a loop of its own, so that decrypting, hashing and writing never wait for the window
nor the window for them. What came is kept however it ends.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from desktop_agent.errors import AgentError, StorageError
from desktop_agent.inference.fetch_line import Line, new_session
from desktop_agent.inference.fetch_trouble import Patience, Trouble, no_folder
from desktop_agent.inference.models import DISK_RESERVE
from desktop_agent.inference.offers import Offer, Source
from desktop_agent.inference.part import Part, Pin, is_right
from desktop_agent.runtime.threads import Emit, Threads
from desktop_agent.system import free_disk, storage_error

log = logging.getLogger(__name__)

TRIES_AT_ONE = 3
"""So often in a row a source may fail without a byte before the next one is asked."""
TELL_S = 0.2


@dataclass(frozen=True, slots=True)
class Step:
    """How far it is. ``checking`` reads what is here; ``trouble`` is what ended the last try, while it waits."""

    done: int
    source: str = ""
    checking: bool = False
    trouble: AgentError | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What to fetch, from where, whereto."""

    offer: Offer
    sources: tuple[Source, ...]
    folder: Path
    patience: Patience


class _Stopped(Exception):
    """Nobody wants the rest any more."""


def fetch(order: Order, threads: Threads, emit: Emit[Step]) -> Path | None:
    """The complete file, renamed; None when it was stopped. Blocks.

    Raises:
        Trouble: no source gave it. What came is kept.
        StorageError: the folder cannot be written or the disk is too full.
    """
    fetching = Fetch(order, threads, emit)
    try:
        return fetching.run()
    except _Stopped:
        return None
    except OSError as error:
        raise storage_error(error, order.folder) from error


class Fetch:
    """The steps of one download."""

    def __init__(self, order: Order, threads: Threads, emit: Emit[Step]) -> None:
        self._order, self._threads, self._emit = order, threads, emit
        self._pin = Pin(order.offer.bytes, order.offer.sha256)
        self._part = Part(order.folder / order.offer.file, self._pin)
        self._step = Step(0)
        self._out: set[str] = set()
        self._unmixed = False

    def run(self) -> Path | None:
        target = self._part.target
        if not target.parent.is_dir():
            raise no_folder(target.parent)
        self._step = Step(0, checking=True)
        if is_right(target, self._pin, self._going_on):
            return target
        self._check_disk()
        try:
            self._part.open(self._going_on)
            if not self._part.complete:
                self._in_a_loop(self._from_sources())
            elif not self._part.right:
                self._part.set_aside()
                self._in_a_loop(self._from_sources())
            target = _free_name(target)
            self._part.finish(target)
        finally:
            self._part.close()
        log.info("downloaded %s", target.name)
        return target

    def _check_disk(self) -> None:
        folder, offer = self._order.folder, self._order.offer
        try:
            here = self._part.path.stat().st_size
        except OSError:
            here = 0
        free, needed = free_disk(folder), offer.bytes - here + DISK_RESERVE
        if free < needed:
            raise StorageError(
                "{model} needs {needed} MB on the disk of {folder}, but only {free} MB are free.",
                hint="Free some space, or move the folder for models to another disk.",
                model=offer.title,
                needed=needed >> 20,
                folder=folder,
                free=free >> 20,
            )

    def _in_a_loop(self, work: Coroutine[Any, Any, None]) -> None:
        """Run ``work`` in a loop of this worker until it ends or is stopped."""

        async def until_stopped() -> None:
            loop, task = asyncio.get_running_loop(), asyncio.current_task()
            assert task is not None
            self._emit.on_stop(lambda: _cancel(loop, task))
            await work

        try:
            asyncio.run(until_stopped())
        except asyncio.CancelledError:
            raise _Stopped from None

    async def _from_sources(self) -> None:
        telling = asyncio.create_task(self._keep_telling())
        try:
            async with new_session(self._threads, self._order.patience) as session:
                while not await self._round(session):
                    pass
        finally:
            telling.cancel()

    async def _round(self, session: ClientSession) -> bool:
        """Ask the sources until all bytes are here; False when they are the wrong ones."""
        failures = tries = turn = 0
        while not self._part.complete:
            left = [source for source in self._order.sources if source.name not in self._out]
            source = left[turn % len(left)]
            if self._unmixed and self._part.sources not in ((), (source.name,)):
                self._part.restart()
            line = Line(session, self._part, self._order.patience)
            try:
                self._tell(Step(self._part.done, source.title))
                await line.read(self._order.offer.address(source), source)
            except Trouble as trouble:
                failures, tries = (0, 1) if line.received else (failures + 1, tries + 1)
                log.warning("%s from %s: %s", self._part.path.name, source.name, trouble)
                if trouble.lasting:
                    # What one of several said is in the log; the user is not to try them one by one.
                    self._give_up(source, trouble if len(self._order.sources) == 1 else self._nobody())
                if trouble.lasting or tries >= TRIES_AT_ONE:
                    turn, tries = (turn if trouble.lasting else turn + 1), 0
                if failures >= self._order.patience.most_failures:
                    raise
                if not trouble.lasting:
                    await self._wait(source, trouble, failures)
        if self._part.right:
            return True
        self._wrong_bytes()
        return False

    def _give_up(self, source: Source, trouble: Trouble) -> None:
        self._out.add(source.name)
        if all(one.name in self._out for one in self._order.sources):
            raise trouble

    def _nobody(self) -> Trouble:
        return Trouble(
            "No source gives {model}. These were asked: {sources}.",
            hint="Try again later, or get the .gguf file elsewhere and open it here. The log says why.",
            lasting=True,
            model=self._order.offer.title,
            sources=", ".join(one.title for one in self._order.sources),
        )

    def _wrong_bytes(self) -> None:
        """What came is not the model: whoever gave it is asked no more, if it was one alone."""
        sources = self._part.sources
        self._part.set_aside()
        if free_disk(self._order.folder) < self._pin.bytes + DISK_RESERVE:
            self._part.forget_wrong()
        if len(sources) > 1:
            self._unmixed = True  # nobody knows whose fault it was; from now on each gives all or nothing
            return
        known = {source.name: source for source in self._order.sources}
        for name in sources:
            if name in known:
                self._give_up(known[name], wrong(self._order.offer, known[name]))

    async def _wait(self, source: Source, trouble: Trouble, failures: int) -> None:
        patience = self._order.patience
        pause = trouble.pause_s
        if pause is None:
            pause = min(patience.first_pause_s * 2 ** max(failures - 1, 0), patience.longest_pause_s)
            pause += random.uniform(0, pause / 4)
        self._tell(Step(self._part.done, source.title, trouble=trouble))
        await asyncio.sleep(min(pause, patience.longest_pause_s))

    async def _keep_telling(self) -> None:
        """Say how far it is, a few times a second, while bytes come."""
        while True:
            await asyncio.sleep(TELL_S)
            if self._part.done != self._step.done:
                self._tell(replace(self._step, done=self._part.done))

    def _tell(self, step: Step) -> None:
        self._step = step
        self._emit(step)

    def _going_on(self, done: int) -> None:
        if self._emit.stopped:
            raise _Stopped
        if done - self._step.done >= 16 << 20:
            self._tell(replace(self._step, done=done))


def wrong(offer: Offer, source: Source) -> Trouble:
    """The sentence for a file of the right size with something else in it."""
    return Trouble(
        "What {source} sent is not {model}: its checksum is wrong.",
        hint="It was set aside and is not used. Try again later or from another source.",
        lasting=True,
        source=source.title,
        model=offer.title,
    )


def _cancel(loop: asyncio.AbstractEventLoop, task: asyncio.Task[Any]) -> None:
    try:
        loop.call_soon_threadsafe(task.cancel)
    except RuntimeError:  # the loop has ended by itself
        return


def _free_name(target: Path) -> Path:
    """``target``, or it with a number when a model of that name is here and is another one."""
    number, name = 2, target
    while name.exists():
        name = target.with_name(f"{target.stem}-{number}{target.suffix}")
        number += 1
    return name
