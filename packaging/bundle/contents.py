"""The list of what belongs into the program's folder: read by the program when something is missing, and by the setup.

One line a file, ``bytes<TAB>path`` with ``/`` (0 for a link), after a first line with the version. Paths are plain
ASCII: the setup program cannot read anything else from a file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import facts

NAME = "contents.txt"


def list_path(program: Path) -> Path:
    """Where the list lies in the folder ``program``."""
    return program / facts.CONTENTS / NAME


def files(program: Path) -> Iterator[Path]:
    """Every file of the folder, relative to it, in an order that is the same everywhere; links are files too."""
    for base, folders, names in os.walk(program):
        folders.sort()
        linked = [name for name in folders if (Path(base) / name).is_symlink()]
        for name in sorted([*names, *linked]):
            yield (Path(base) / name).relative_to(program)


def write_list(program: Path, version: str) -> None:
    """Write the list for the folder as it is now; to be called last."""
    place = list_path(program)
    place.unlink(missing_ok=True)
    lines = [f"{_bytes(program / path)}\t{path.as_posix()}" for path in files(program)]
    place.write_text("".join(f"{line}\n" for line in (version, *lines)), encoding="ascii", newline="\n")


def _bytes(path: Path) -> int:
    return 0 if path.is_symlink() else path.stat().st_size


def read_list(program: Path) -> tuple[str, dict[str, int]]:
    """The version, and path → bytes."""
    version, *lines = list_path(program).read_text("ascii").splitlines()
    pairs = (line.split("\t", 1) for line in lines)
    return version, {path: int(size) for size, path in pairs}
