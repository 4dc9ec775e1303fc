"""Which program was first on a folder.

The system gives the claim back by itself when a program is killed; the file that
carries it stays and means nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO


class Claim:
    """A try to be the first program on ``path``'s folder; ``held`` says whether it was.

    Being second is no error: several programs may read and write one database. But only
    the first may take an unfinished answer for one that was left behind.
    """

    def __init__(self, path: Path) -> None:
        self._file: IO[bytes] | None = path.open("ab")
        self.held = _lock(self._file)

    def give_back(self) -> None:
        """Let the next program be first; harmless when done twice."""
        if self._file is not None:
            self._file.close()
        self._file = None
        self.held = False


def _lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # flock, not lockf: it also tells apart two openings within one process.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
