"""One window for one folder: a second start brings the first window to the front and ends.

The first holds a lock; the second leaves a file that says what it wanted, and the first, which watches the folder,
takes it away. No socket is involved: a firewall has nothing to ask about, and nothing listens.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject

from desktop_agent.errors import StorageError
from desktop_agent.system import Folder, write_atomically

LOCK, CALL = "window.lock", "window.call"
ANSWER_SECONDS = 3.0
"""A window that has not answered by then hangs or is just closing; the second start opens one of its own."""
LOOK_SECONDS = 0.02

log = logging.getLogger(__name__)


class OneWindow:
    """The right to be the window of a folder; kept for as long as the object lives."""

    def __init__(self, folder: Folder) -> None:
        self._call = folder.root / CALL
        self._lock = QLockFile(str(folder.root / LOCK))
        self._lock.setStaleLockTime(0)  # never by age: only when its process is gone
        try:
            folder.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("no lock for the window: %s", error)  # the window itself says what is wrong with the folder
        self.first = self._lock.tryLock(0) or self._lock.error() is not QLockFile.LockError.LockFailedError

    def call_first(self, model: Path | None) -> bool:
        """Ask the first window to come to the front and use ``model``; whether it did."""
        _let_it_come()
        wish = {"model": str(model) if model else ""}
        try:
            write_atomically(self._call, json.dumps(wish))
            until = time.monotonic() + ANSWER_SECONDS
            while self._call.exists():
                if time.monotonic() > until:
                    self._call.unlink(missing_ok=True)
                    return False
                time.sleep(LOOK_SECONDS)
        except (OSError, StorageError) as error:
            log.warning("the first window cannot be called: %s", error)
            return False
        return True


class Calls(QObject):
    """Hears second starts on behalf of the first window; ``come`` gets the model that was asked for, or nothing."""

    def __init__(self, folder: Folder, come: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._call = folder.root / CALL
        self._come = come
        self._watcher = QFileSystemWatcher([str(folder.root)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._look()  # somebody may have called while this one was starting

    def _look(self, _folder: str = "") -> None:
        try:
            text = self._call.read_text("utf-8")
            self._call.unlink()
        except OSError:
            return  # nobody called, or is still writing
        try:
            wish = json.loads(text)
        except ValueError:
            wish = None
        model = wish.get("model") if isinstance(wish, dict) else None
        self._come(model if isinstance(model, str) else "")


def _let_it_come() -> None:
    """Windows lets only the program in front, which is this one now, hand the front on."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
