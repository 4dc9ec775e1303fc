"""This computer as the program meets it: folders, files of its own, the log, free disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from desktop_agent.data_files import resources as resources
from desktop_agent.errors import StorageError, reason

FOLDER_VARIABLE = "DESKTOP_AGENT_FOLDER"
SERVER_KEY_VARIABLE = "DESKTOP_AGENT_SERVER_KEY"
"""The key of a server; no setting, because settings are shown and written down."""
PORTABLE_MARK = "portable.txt"
LOG_BYTES, LOG_FILES = 1_000_000, 4


class Folder(NamedTuple):
    """Everything the program keeps for one user lives below ``root``."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "agent.db"

    @property
    def settings(self) -> Path:
        return self.root / "settings.toml"

    @property
    def state(self) -> Path:
        return self.root / "state.json"

    @property
    def models(self) -> Path:
        return self.root / "models"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def states(self) -> Path:
        """What models have read of conversations; all of it can be made again."""
        return self.root / "states"

    def make(self) -> None:
        """Create what is missing.

        Raises:
            StorageError: the folder cannot be made or written.
        """
        try:
            for folder in (self.root, self.models, self.backups, self.logs, self.states):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.root / ".writable"
            probe.touch()
            probe.unlink()
        except (FileExistsError, NotADirectoryError):
            places = (self.root, *self.root.parents)
            file = next((place for place in places if place.exists() and not place.is_dir()), self.root)
            raise StorageError(
                "{path} is a file, and the program needs a folder.", hint="Name another one with --folder.", path=file
            ) from None
        except OSError as error:
            raise storage_error(error, self.root) from error


def default_folder() -> Path:
    """Where the program keeps its data when nobody says otherwise.

    ``DESKTOP_AGENT_FOLDER``, or ``data`` beside a portable program, or the place this
    system gives to programs.
    """
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen)
    program = Path(sys.executable).parent
    if getattr(sys, "frozen", False) and (program / PORTABLE_MARK).exists():
        return program / "data"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "DesktopAgent"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "desktop-agent"


def storage_error(error: OSError, path: Path) -> StorageError:
    """The sentence for what the system said about ``path``."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", None) == 112:
        return disk_full(path)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return not_writable(path)
    if error.errno == errno.EEXIST:
        return StorageError("{path} is there already.", hint="Choose another name.", path=path)
    if error.errno in (errno.ENOENT, errno.ENOTDIR) and not path.parent.is_dir():
        return StorageError(
            "There is no folder {folder}.", hint="Make it first, or choose another place.", folder=path.parent
        )
    return StorageError("{path} could not be used: {reason}.", path=path, reason=reason(error))


def disk_full(path: Path) -> StorageError:
    """The sentence for a ``path`` that found no room."""
    return StorageError(
        "The disk is full: {path} could not be written.", hint="Free some space and try again.", path=path
    )


def not_writable(path: Path) -> StorageError:
    """The sentence for a ``path`` that this account may not write."""
    return StorageError(
        "This account may not write to {path}.",
        hint="Choose another place (for the program itself: --folder), or change who may write there.",
        path=path,
    )


def write_atomically(path: Path, text: str) -> None:
    """Replace ``path`` by ``text`` so that a full disk or a power cut leaves the old file whole.

    Raises:
        StorageError: the disk is full or the folder may not be written.
    """
    draft = path.with_name(path.name + ".new")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise storage_error(error, path) from error


def set_aside(path: Path) -> Path:
    """Rename a damaged file so that it is kept and out of the way; its new place."""
    for number in range(1, 1000):
        place = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        if not place.exists():
            path.replace(place)
            return place
    raise StorageError("There are too many damaged copies of {path}.", hint="Delete the old ones.", path=path)


def free_disk(path: Path) -> int:
    """Bytes free on the disk that holds ``path``."""
    # Imported here: it brings three compression libraries, 4 ms of every start.
    import shutil

    return shutil.disk_usage(path).free


def share_one_heap() -> None:
    """Let all threads take memory from one heap; to be called before there are others.

    Where the C library is glibc each thread would get a heap of its own, and what a model
    leaves in it among other things is never given back: 20 reloads grew by 5 MB.
    """
    if not sys.platform.startswith("linux"):
        return
    # Imported here: the window is painted before.
    import ctypes

    most_heaps = -8  # M_ARENA_MAX of malloc.h
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt"):
        libc.mallopt(most_heaps, 1)


def give_back_heap() -> None:
    """Return to the computer what glibc holds of memory that the program has freed; elsewhere it is returned anyway."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)


def start_log(folder: Folder) -> None:
    """Write the log of this program to ``logs/agent.log``, at most four files of 1 MB.

    Message texts and notes are never logged.
    """
    # Imported here: the window is painted before the log starts.
    import logging
    from logging.handlers import RotatingFileHandler

    log = logging.getLogger("desktop_agent")
    stop_log()
    handler = RotatingFileHandler(
        folder.logs / "agent.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def stop_log() -> None:
    """Close the log file; Windows cannot move a folder with an open one."""
    import logging

    log = logging.getLogger("desktop_agent")
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
