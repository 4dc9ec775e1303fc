"""Whether everything that belongs to an installed program is there, and what is said when a part is not.

The list was written when the program was packed. Only a finished program has one; in a source tree nothing is ever
missing. Looking takes a few milliseconds, and is done when something failed or somebody asks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_agent.errors import NotAvailable, reason

LIST = "contents.txt"
REPAIR = "Install the program again, into the same folder. Conversations, notes and models stay."
TOLD = 5
"""Names in one sentence; the rest is counted."""


def installed() -> bool:
    """Whether this is a finished program and not a source tree."""
    return bool(getattr(sys, "frozen", False))


def damage() -> NotAvailable | None:
    """What is missing or not whole, as a sentence; None when all is well."""
    if not installed():
        return None
    return damage_of(Path(sys.executable).parent, Path(getattr(sys, "_MEIPASS", "")) / LIST)


def damage_of(program: Path, listed: Path) -> NotAvailable | None:
    """The same for the folder ``program`` and the list ``listed``: a version, then ``bytes<TAB>path`` in lines."""
    try:
        lines = listed.read_text("utf-8").splitlines()[1:]
        sizes = {path: int(size) for size, path in (line.split("\t", 1) for line in lines)}
    except (OSError, ValueError):
        return NotAvailable(
            "The list of the program's files, {file}, is missing or damaged.",
            hint=REPAIR,
            file=listed.name,
        )
    wrong = [path for path, size in sizes.items() if not _whole(program / path, size)]
    if not wrong:
        return None
    if len(wrong) == 1:
        return NotAvailable("A file of the program is missing or not whole: {file}.", hint=REPAIR, file=wrong[0])
    return NotAvailable(
        "{count} files of the program are missing or not whole, among them {files}.",
        hint=REPAIR,
        count=len(wrong),
        files=", ".join(wrong[:TOLD]),
    )


def part_missing(error: ImportError) -> NotAvailable:
    """The sentence for a part of the program that could not be loaded."""
    told = damage() or NotAvailable(
        "A part of the program could not be loaded: {reason}.", hint=REPAIR, reason=reason(error)
    )
    told.__cause__ = error
    return told


def _whole(path: Path, size: int) -> bool:
    try:
        return path.is_symlink() or path.stat().st_size == size
    except OSError:
        return False
