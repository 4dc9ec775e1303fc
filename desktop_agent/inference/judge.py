"""Decides whether a model file is loaded: by what came of trying it, and by whether it fits.

A file is tried once, in a child process; then its verdict is remembered. One trial runs
at a time: two would need the memory of both.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.inference.engine import Progress
from desktop_agent.inference.fit import Fit, fit
from desktop_agent.inference.trial import CannotTry, tried
from desktop_agent.inference.verdicts import Verdicts
from desktop_agent.runtime.threads import Threads

if TYPE_CHECKING:
    from desktop_agent.inference.header import Header
    from desktop_agent.inference.plan import Wish
    from desktop_agent.runtime.readings import Computer

log = logging.getLogger(__name__)

SMALL_CONTEXT = 512
"""With which a model is judged: it is loaded with less context than asked for when that makes it fit."""


class Judge:
    """Keeps its verdicts in the file ``path``; use from one loop."""

    def __init__(self, path: Path, threads: Threads) -> None:
        self._verdicts = Verdicts(path)
        self._threads = threads
        self._trying = asyncio.Lock()
        self._computer: Computer | None = None

    async def fit(self, header: Header, wish: Wish, held_bytes: int = 0) -> Fit:
        """Whether the model fits now; ``held_bytes`` are what will be given back before it is loaded."""
        return await self._threads.call(self._fit, header, wish, held_bytes)

    async def judge(
        self,
        header: Header,
        wish: Wish,
        *,
        again: bool = True,
        held_bytes: int = 0,
        progress: Progress | None = None,
    ) -> None:
        """Let the file pass, if it may be loaded; it is tried first when it was never tried as it is now.

        ``again`` tries it once more when the last trial failed in a way that need not come
        again. A trial is put off while there is only room for it without ``held_bytes``.

        Raises:
            ModelUnusable: it may not be loaded; DoesNotFit when that is for want of memory.
            NotAvailable: llama.cpp itself cannot be had.
        """
        async with self._trying:
            known = await self._threads.call(self._verdicts.of, header)
            if known is not None and not (again and known.may_change):
                if known.error is not None:
                    raise known.error
                return
            if not await self._has_room(header, wish, held_bytes):
                return
            try:
                verdict = await tried(header, wish, self._threads, progress)
            except CannotTry:
                # What passed the check of the header has not yet brought llama.cpp down; better than no model.
                log.warning("%s is used without a trial", header.path.name)
                return
            await self._threads.call(self._verdicts.keep, header, verdict)
            if verdict.error is not None:
                raise verdict.error

    async def let_in(self, header: Header, wish: Wish) -> None:
        """Let the model pass, if it is not far too large for what is free or the user insists.

        Raises:
            DoesNotFit: it is.
        """
        await self._has_room(header, wish, 0)

    async def insist(self, header: Header) -> None:
        """The user wants this file loaded whatever is free."""
        await self._threads.call(self._verdicts.insist, header)

    async def copied(self, original: Header, copy: Header) -> None:
        """What is known of the one is known of the other."""
        await self._threads.call(self._copy, original, copy)

    async def _has_room(self, header: Header, wish: Wish, held_bytes: int) -> bool:
        """Whether there is room now; False when there will be, as soon as ``held_bytes`` are given back."""
        small = replace(wish, context_tokens=min(wish.context_tokens, SMALL_CONTEXT))
        found = await self.fit(header, small, held_bytes)
        if not found.far_too_large and not found.hopeless:
            return not (await self.fit(header, small)).far_too_large if held_bytes else True
        if found.hopeless or not found.insisted:
            raise found.error()
        return True

    # In the worker

    def _fit(self, header: Header, wish: Wish, held_bytes: int) -> Fit:
        # Imported in the worker: psutil takes 50 ms.
        from desktop_agent.runtime.readings import Computer

        self._computer = self._computer or Computer()
        reading = self._computer.read()
        free = None if reading.ram_free is None else reading.ram_free + held_bytes
        found = fit(header, wish, free, reading.ram_total)
        return found if found.there_is_room else replace(found, insisted=self._verdicts.insisted(header))

    def _copy(self, original: Header, copy: Header) -> None:
        if (verdict := self._verdicts.of(original)) is not None:
            self._verdicts.keep(copy, verdict)
        if self._verdicts.insisted(original):
            self._verdicts.insist(copy)
