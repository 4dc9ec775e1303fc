"""Whether everything that belongs to an installed program is there.

The list was written when the program was packed. Only a finished program has one; in a source tree nothing is ever
missing. Looking takes a few milliseconds, and is done when something failed or somebody asks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_agent.errors import NotAvailable

LIST = "contents.txt"
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
            hint="Install the program again, into the same folder. Conversations, notes and models stay.",
            file=listed.name,
        )
    wrong = [path for path, size in sizes.items() if not _whole(program / path, size)]
    if not wrong:
        return None
    return NotAvailable(
        "{count} files of the program are missing or not whole, among them {files}.",
        hint="Install the program again, into the same folder. Conversations, notes and models stay.",
        count=len(wrong),
        files=", ".join(wrong[:TOLD]),
    )


def _whole(path: Path, size: int) -> bool:
    try:
        return path.is_symlink() or path.stat().st_size == size
    except OSError:
        return False
