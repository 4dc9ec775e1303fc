"""Model files carried to another folder: first all of them are there, then the old ones go. Blocks.

Whatever ends it before, a cancel, a full disk, a drive that is pulled out, the old folder is as it was.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path

from desktop_agent.errors import BadInput, StorageError
from desktop_agent.inference.models import DISK_RESERVE, DRAFT, SUFFIX, Abandoned, copy_file, equal, numbered
from desktop_agent.inference.part import NOTES, PART
from desktop_agent.runtime.threads import Emit
from desktop_agent.system import free_disk, storage_error

log = logging.getLogger(__name__)


def carried(old: Path, new: Path, emit: Emit[float]) -> dict[Path, Path]:
    """Where each model and each incomplete download of ``old`` lies in ``new``, which holds them all now.

    On one disk a file gets a second name, which takes no time and no room; to another disk it is copied.

    Raises:
        BadInput: ``new`` lies inside ``old``. StorageError: it cannot be written or is too full.
        Abandoned: ``emit`` was stopped; ``new`` holds none of them.
    """
    files = _files(old)
    made: list[Path] = []
    places: dict[Path, Path] = {}
    try:
        new.mkdir(parents=True, exist_ok=True)
        if new.resolve() == old.resolve():
            return {}
        if new.resolve().is_relative_to(old.resolve()):
            raise BadInput("{folder} lies inside the folder that is to be moved.", hint="Choose another.", folder=new)
        _check_room(old, new, files)
        whole = sum(file.stat().st_size for file in files) or 1
        done = 0
        for file in files:
            places[file] = _carry(file, new, made, emit, done, whole)
            done += file.stat().st_size
            emit(done / whole)
        if emit.stopped:
            raise Abandoned
    except OSError as error:
        _take_back(made)
        raise storage_error(error, new) from error
    except BaseException:
        _take_back(made)
        raise
    return places


def remove_all(files: Iterable[Path]) -> tuple[Path, ...]:
    """Delete ``files``; those that could not be."""
    stayed = []
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("%s stays where it was: %s", file, error)
            stayed.append(file)
    return tuple(stayed)


def _files(old: Path) -> tuple[Path, ...]:
    try:
        found = sorted(old.iterdir())
    except OSError:  # the drive it was on is gone: then there is nothing to carry
        return ()
    endings = (SUFFIX, SUFFIX + PART, SUFFIX + NOTES)
    return tuple(path for path in found if path.name.lower().endswith(endings) and path.is_file())


def _check_room(old: Path, new: Path, files: tuple[Path, ...]) -> None:
    if not files or old.stat().st_dev == new.stat().st_dev:
        return
    needed, free = sum(file.stat().st_size for file in files) + DISK_RESERVE, free_disk(new)
    if free < needed:
        raise StorageError(
            "The models need {needed} MB on the disk of {folder}, but only {free} MB are free.",
            hint="Free some space, or choose another folder.",
            needed=needed >> 20,
            folder=new,
            free=free >> 20,
        )


def _carry(file: Path, new: Path, made: list[Path], emit: Emit[float], done: int, whole: int) -> Path:
    size = file.stat().st_size
    target = new / file.name
    if target.exists() and file.suffix.lower() == SUFFIX:
        for target in numbered(new, file.stem):
            if not target.exists():
                break
            if target.stat().st_size == size and equal(target, file):
                return target
    try:
        os.link(file, target)
        made.append(target)
        return target
    except OSError:  # another disk, or one that knows no second names
        target.unlink(missing_ok=True)
    draft = target.with_name(target.name + DRAFT)
    try:
        copy_file(file, draft, size, emit, before=done, whole=whole)
        draft.replace(target)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
    made.append(target)
    return target


def _take_back(made: list[Path]) -> None:
    for path in made:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
