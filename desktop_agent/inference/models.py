"""The model files that can answer: the built-in one, those in the models folder, one anywhere else.

A model that is imported is copied under another name first and never changed in place,
so no half a model ever has a model's name.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.errors import AgentError, NotAvailable, StorageError, reason
from desktop_agent.inference.engine import Progress
from desktop_agent.runtime.threads import Emit, Threads
from desktop_agent.system import free_disk, storage_error

if TYPE_CHECKING:
    from desktop_agent.inference.fit import Fit
    from desktop_agent.inference.header import Header
    from desktop_agent.inference.judge import Judge
    from desktop_agent.inference.plan import Wish

log = logging.getLogger(__name__)

SUFFIX = ".gguf"
VERDICTS = "verdicts.json"
DRAFT = ".importing"
COPIED_AT_ONCE = 4 << 20
DISK_RESERVE = 64 << 20
"""Bytes that stay free on the disk after an import: the database has to live too."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model as it is listed; ``header`` is None when ``problem`` says why it cannot be used."""

    path: Path
    builtin: bool = False
    header: Header | None = None
    problem: AgentError | None = None

    @property
    def name(self) -> str:
        """What the model calls itself, else its file's name."""
        return self.header.name if self.header else self.path.stem

    @property
    def file_bytes(self) -> int:
        """Its size on the disk; 0 when unknown."""
        return self.header.file_bytes if self.header else 0

    @property
    def context_length(self) -> int:
        """Tokens it was trained for; 0 when unknown."""
        return self.header.context_length if self.header else 0

    def needed_bytes(self, context_tokens: int) -> int:
        """RAM it takes with that context, estimated; 0 when unknown."""
        return self.header.needed_bytes(min(context_tokens, self.context_length)) if self.header else 0


class Models:
    """Model files below ``folder``, and the built-in one at ``builtin``."""

    def __init__(self, folder: Path, builtin: Path, threads: Threads) -> None:
        self.folder = folder
        """Where imported and downloaded models are; another one when the user moved it."""
        self.own_folder = folder
        self.builtin = builtin
        self._threads = threads
        self._importing = asyncio.Lock()
        self._headers: dict[tuple[Path, int, int], Header] = {}

    @cached_property
    def _judge(self) -> Judge:
        # Imported when a model is first judged: the start can do without trials, verdicts and what they need.
        from desktop_agent.inference.judge import Judge

        return Judge(self.own_folder / VERDICTS, self._threads)

    async def list(self, chosen: str = "") -> tuple[ModelFile, ...]:
        """Every model at hand: the built-in one first, then by name.

        ``chosen``, the path in the settings, is listed wherever it is, also when it is gone.
        Files that cannot be used are listed with their problem.
        """
        return await self._threads.call(self._list, chosen)

    async def check(
        self, path: Path, wish: Wish | None = None, *, held_bytes: int = 0, progress: Progress | None = None
    ) -> ModelFile:
        """The model in ``path``, which can be loaded: it was tried in a process of its own, now or earlier.

        It is tried as ``wish`` says; one that crashed or was too slow is tried again.
        ``held_bytes`` are in use by a model that will have left the memory when this one is
        loaded. ``progress`` is called on the loop; cancelling ends the trial.

        Raises:
            ModelUnusable: it cannot; the sentence says why. DoesNotFit: for want of memory.
        """
        model = await self._usable(path)
        if model.header and not model.builtin:  # that one was tried before it was shipped
            from desktop_agent.inference.plan import Wish

            await self._judge.judge(model.header, wish or Wish(), held_bytes=held_bytes, progress=progress)
        return model

    async def fit(self, path: Path, wish: Wish, held_bytes: int = 0) -> Fit:
        """Whether the model fits into what is free now, when it is loaded like that.

        Raises:
            ModelUnusable: its header says nothing that can be used.
        """
        model = await self._usable(path)
        assert model.header is not None
        return await self._judge.fit(model.header, wish, held_bytes)

    async def fit_of(self, header: Header, wish: Wish, held_bytes: int = 0) -> Fit:
        """As ``fit``, for a model that need not be here."""
        return await self._judge.fit(header, wish, held_bytes)

    async def known_as(self, places: Mapping[Path, Path]) -> None:
        """What is known of the models at these paths holds for their copies as well."""
        for old, new in places.items():
            original = await self._threads.call(self._described, old)
            copy = await self._threads.call(self._described, new)
            if original.header and copy.header:
                await self._judge.copied(original.header, copy.header)

    async def let_in(self, path: Path, wish: Wish, progress: Progress | None = None) -> None:
        """Let the model pass when it may be loaded now; tried first if it never was.

        Raises:
            ModelUnusable: it may not, or its last trial failed. DoesNotFit: for want of memory, and
                nobody insisted.
        """
        model = await self._usable(path)
        if model.header and not model.builtin:
            await self._judge.let_in(model.header, wish)
            await self._judge.judge(model.header, wish, again=False, progress=progress)

    async def insist(self, path: Path) -> None:
        """Load the model in ``path`` from now on whatever is free.

        Raises:
            ModelUnusable: its header says nothing that can be used.
        """
        model = await self._usable(path)
        if model.header:
            await self._judge.insist(model.header)

    async def import_(self, path: Path, progress: Progress | None = None) -> ModelFile:
        """Copy the model in ``path`` to the models folder; the copy.

        A model that is there already is not copied again; another one of the same name
        keeps its name and the new one gets a number. ``progress`` is called on the loop; a
        cancelled import leaves nothing behind.

        Raises:
            ModelUnusable: its header is not in order. It is tried when it is chosen, not before.
            StorageError: the disk is too full, or the folder cannot be written.
        """
        source = as_path(path)

        def copy(emit: Emit[float]) -> ModelFile | None:
            with contextlib.suppress(Abandoned):
                return self._described(self._copied(source, emit))
            return None

        original = await self._usable(source)
        async with self._importing, self._threads.stream(copy, f"import of {source.name}") as steps:
            async for fraction in steps:
                if progress:
                    progress(fraction)
            imported = steps.result
        assert imported is not None  # abandoned only by those who have left the block
        if original.header and imported.header:
            await self._judge.copied(original.header, imported.header)
        return imported

    async def _usable(self, path: Path) -> ModelFile:
        """The model in ``path``, whose header is in order."""
        model = await self._threads.call(self._described, as_path(path))
        if model.problem is not None:
            raise model.problem
        return model

    # In the worker

    def _list(self, chosen: str) -> tuple[ModelFile, ...]:
        found = [self._described(self.builtin)] if self.builtin.exists() else []
        paths = self._in_folder()
        if chosen and not any(_same(as_path(chosen), path) for path in (self.builtin, *paths)):
            paths = (*paths, as_path(chosen))
        return (*found, *sorted(map(self._described, paths), key=lambda model: model.name.casefold()))

    def _in_folder(self) -> tuple[Path, ...]:
        try:
            return tuple(path for path in self.folder.iterdir() if path.suffix.lower() == SUFFIX)
        except OSError:  # not made yet, or not readable: then there are none
            return ()

    def _described(self, path: Path) -> ModelFile:
        builtin = _same(path, self.builtin)
        try:
            return ModelFile(path, builtin, self._header(path))
        except AgentError as problem:
            return ModelFile(path, builtin, problem=problem)

    def _header(self, path: Path) -> Header:
        # Imported in the worker: the window starts without the reader of headers and without llama.cpp.
        from desktop_agent.inference.gguf import read_header

        try:
            found = path.stat()
            key = (path, found.st_size, found.st_mtime_ns)
        except (OSError, ValueError):
            return read_header(path)  # says what is wrong
        if key not in self._headers:
            self._headers[key] = read_header(path)
        return self._headers[key]

    def _copied(self, source: Path, emit: Emit[float]) -> Path:
        for path in self._in_folder():
            if _same(path, source):
                return path
        size = source.stat().st_size
        draft = self.folder / f"{source.name}{DRAFT}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for left_over in self.folder.glob(f"*{DRAFT}"):  # of an import that a power cut ended
                left_over.unlink()
            _check_disk(self.folder, source, size)
            copy_file(source, draft, size, emit)
            target = self._free_name(source, draft)
            draft.replace(target)
        except OSError as error:
            raise storage_error(error, self.folder) from error
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        log.info("imported %s", target.name)
        return target

    def _free_name(self, source: Path, draft: Path) -> Path:
        stem = source.stem if source.suffix.lower() == SUFFIX else source.name
        for target in numbered(self.folder, stem):
            if not target.exists():
                return target
            if target.stat().st_size == draft.stat().st_size and equal(target, draft):
                return target
        raise AssertionError("numbers end")


class Abandoned(Exception):
    """Nobody waits for the copy any more."""


def as_path(text: str | Path) -> Path:
    """The file that ``text`` means, also in quotes or from ``~``; always absolute."""
    return Path(str(text).strip().strip('"')).expanduser().absolute()


def _same(one: Path, other: Path) -> bool:
    try:
        return one == other or one.samefile(other)
    except (OSError, ValueError):  # one of them is not there
        return False


def numbered(folder: Path, stem: str) -> Iterator[Path]:
    """Names for a model in ``folder``, the first without a number."""
    yield folder / f"{stem}{SUFFIX}"
    number = 2
    while True:
        yield folder / f"{stem}-{number}{SUFFIX}"
        number += 1


def _check_disk(folder: Path, source: Path, size: int) -> None:
    free = free_disk(folder)
    if free < size + DISK_RESERVE:
        raise StorageError(
            "{file} needs {needed} MB on the disk of {folder}, but only {free} MB are free.",
            hint="Free some space, or use the file where it is.",
            file=source.name,
            needed=(size + DISK_RESERVE) >> 20,
            folder=folder,
            free=free >> 20,
        )


def copy_file(source: Path, draft: Path, size: int, emit: Emit[float], before: int = 0, whole: int = 0) -> None:
    """Copy ``source`` of ``size`` bytes to ``draft``, telling how much of ``whole`` is done, ``before`` of it earlier.

    Raises:
        Abandoned: nobody waits any more. StorageError, NotAvailable: it cannot be read. OSError: or written.
    """
    done = 0
    try:
        reader = source.open("rb")
    except OSError as error:
        raise _unreadable(source, error) from error
    with reader, draft.open("wb") as writer:
        while True:
            if emit.stopped:
                raise Abandoned
            try:
                part = reader.read(COPIED_AT_ONCE)
            except OSError as error:
                raise _unreadable(source, error) from error
            if not part:
                break
            writer.write(part)
            done += len(part)
            emit((before + done) / (whole or size))
        if done != size:
            raise NotAvailable("{file} changed while it was copied.", hint="Try again.", file=source.name)
        writer.flush()
        os.fsync(writer.fileno())


def _unreadable(source: Path, error: OSError) -> StorageError:
    return StorageError(
        "{file} could not be read: {reason}.",
        hint="Copy it to another disk and try again.",
        file=source.name,
        reason=reason(error),
    )


def equal(one: Path, other: Path) -> bool:
    """Whether two files of one size hold the same bytes."""
    with one.open("rb") as first, other.open("rb") as second:
        while part := first.read(COPIED_AT_ONCE):
            if part != second.read(COPIED_AT_ONCE):
                return False
    return True
