"""What a model has read of each conversation, kept on disk so that it is never read twice.

One file per conversation, in a format of our own. Nothing in it is believed before its
checksum is right: llama.cpp's own reader of such files ends the process when one is cut.
Everything here blocks and belongs into a worker thread.
"""

from __future__ import annotations

import contextlib
import logging
import os
import struct
import threading
import time
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from desktop_agent.inference.held import Held
from desktop_agent.system import free_disk

log = logging.getLogger(__name__)

SUFFIX, DRAFT = ".state", ".new"
DISK_RESERVE = 512 << 20
"""Bytes that stay free on the disk: what can be read again is worth less than room for the database."""
WRITTEN_AT_ONCE = 4 << 20
LONGEST_WRITE_NS = 3600 * 10**9
"""A younger draft may be one that another program is writing now."""

_MAGIC, _VERSION = b"DA-STATE", 1
_HEAD = struct.Struct("<8sIIQ")
"""Magic, version, CRC-32 of all that follows, its length."""
_SIZES = struct.Struct("<32sIIQQ")
"""Key, tokens, those of them in the KV cache, bytes of text, bytes of the KV cache; then tokens, ends, text, cache."""
_TOKEN, _END = array("i").itemsize, array("q").itemsize


class _Abandoned(Exception):
    """Somebody is waiting for the model."""


@dataclass(frozen=True, slots=True)
class State:
    """What a model had read: ``data`` is the KV cache of the first ``held.computed`` tokens, as llama.cpp gives it."""

    held: Held
    data: memoryview


@dataclass(frozen=True, slots=True)
class Owner:
    """One conversation; when it is deleted, a later one of the same number is another ``Owner``."""

    conversation: int
    forgotten: int = 0


def state_key(*facts: object) -> bytes:
    """The key of the states that only what ``facts`` describe can use."""
    import hashlib  # brings OpenSSL, and only a loaded model has a key

    return hashlib.sha256("\n".join(map(str, facts)).encode("utf-8", "surrogatepass")).digest()


class States:
    """The files in ``folder``, together never more than ``most_bytes``; 0 keeps none.

    Those not used for the longest time go first. Nothing here raises because of a file or
    a disk: then there is no state, and the text is read again.
    """

    def __init__(self, folder: Path, most_bytes: int = 512 << 20) -> None:
        self.folder = folder
        self.most_bytes = most_bytes
        self._lock = threading.Lock()
        self._forgotten: Counter[int] = Counter()

    def owner(self, conversation: int) -> Owner:
        """Whose state it is that ``conversation`` has now."""
        return Owner(conversation, self._forgotten[conversation])

    def load(self, owner: Owner, key: bytes) -> State | None:
        """What was kept for ``owner``; None when there is nothing that fits to ``key``.

        A file that is damaged, cut or for something else is removed.
        """
        path = self._path(owner.conversation)
        if not self.most_bytes or owner != self.owner(owner.conversation):
            return None
        try:
            with path.open("rb") as file:
                state = _read(file, os.fstat(file.fileno()).st_size, key)
            os.utime(path)  # used now
        except FileNotFoundError:
            return None
        except (OSError, ValueError, struct.error, MemoryError) as error:
            log.info("what was kept of conversation %d cannot be used: %s", owner.conversation, error)
            _remove(path)
            return None
        return state

    def save(self, owner: Owner, key: bytes, state: State, stopped: Callable[[], bool] = bool) -> bool:
        """Keep ``state`` in the place of what was kept before; whether it was kept.

        Too large a state, a disk that is nearly full, an owner that was forgotten and ``stopped``
        leave things as they are.
        """
        parts = _parts(key, state)
        size = _HEAD.size + sum(part.nbytes for part in parts)
        path = self._path(owner.conversation)
        draft = path.with_name(f"{path.name}-{os.getpid()}{DRAFT}")
        try:
            if size > self.most_bytes:
                return False
            if free_disk(self.folder) < size + DISK_RESERVE:
                log.info("the disk is nearly full: nothing is kept of conversation %d", owner.conversation)
                return False
            self._shrink(self.most_bytes - size, besides=path)
            _write(draft, parts, stopped)
            with self._lock:
                if owner != self.owner(owner.conversation):
                    return False
                draft.replace(path)
        except _Abandoned:
            return False
        except (OSError, MemoryError) as error:
            log.info("nothing is kept of conversation %d: %s", owner.conversation, error)
            return False
        finally:
            _remove(draft)
        return True

    def forget(self, conversation: int) -> None:
        """Remove what was kept of ``conversation``; nothing more is kept for who owns it now."""
        with self._lock:
            self._forgotten[conversation] += 1
            _remove(self._path(conversation))

    def shrink(self) -> None:
        """Remove what is beyond ``most_bytes``, and drafts that a power cut left."""
        self._shrink(self.most_bytes)

    def keep_only(self, conversations: Collection[int]) -> None:
        """Remove what was kept of all others: they were deleted while another program had them open."""
        for path in self._files():
            if not (path.stem.isdecimal() and int(path.stem) in conversations):
                _remove(path)

    @property
    def size(self) -> int:
        """Bytes of all states together."""
        return sum(_size_and_time(path)[0] for path in self._files())

    def _path(self, conversation: int) -> Path:
        return self.folder / f"{conversation}{SUFFIX}"

    def _files(self) -> list[Path]:
        try:
            return [path for path in self.folder.iterdir() if path.suffix == SUFFIX]
        except OSError:  # not made yet
            return []

    def _shrink(self, room: int, besides: Path | None = None) -> None:
        files = [(path, *_size_and_time(path)) for path in self._files() if path != besides]
        for path, size, _used in sorted(files, key=lambda file: file[2], reverse=True):
            room -= size
            if room < 0:
                _remove(path)
        for draft in self.folder.glob(f"*{DRAFT}"):
            if time.time_ns() - _size_and_time(draft)[1] > LONGEST_WRITE_NS:
                _remove(draft)


def _parts(key: bytes, state: State) -> list[memoryview]:
    held = state.held
    sizes = _SIZES.pack(key, len(held.tokens), held.computed, len(held.text), state.data.nbytes)
    numbers = (array("i", held.tokens), array("q", held.ends))
    return [memoryview(part).cast("B") for part in (sizes, *numbers, held.text, state.data)]


def _write(draft: Path, parts: list[memoryview], stopped: Callable[[], bool]) -> None:
    checksum = 0
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    # Not flushed to the disk: a file that a power cut leaves half written has the wrong checksum.
    with draft.open("wb") as file:
        file.write(_HEAD.pack(_MAGIC, _VERSION, checksum, sum(part.nbytes for part in parts)))
        for part in parts:
            for start in range(0, part.nbytes, WRITTEN_AT_ONCE):
                if stopped():
                    raise _Abandoned
                file.write(part[start : start + WRITTEN_AT_ONCE])


def _read(file: BufferedReader, size: int, key: bytes) -> State:
    """The state in ``file``, which has ``size`` bytes.

    Raises:
        ValueError: it is none, or not for ``key``.
    """
    magic, version, checksum, length = _HEAD.unpack(file.read(_HEAD.size))
    if (magic, version) != (_MAGIC, _VERSION):
        raise ValueError("it is of another format")
    if length != size - _HEAD.size:
        raise ValueError("it is cut off")
    # The key comes first, so that a state of another model is not read in vain.
    sizes = file.read(_SIZES.size)
    found, tokens, computed, text, data = _SIZES.unpack(sizes)
    if found != key:
        raise ValueError("it belongs to another model or to other settings")
    rest = bytearray(length - _SIZES.size)  # one that can be written, so that llama.cpp needs no copy
    if file.readinto(rest) != len(rest) or zlib.crc32(rest, zlib.crc32(sizes)) != checksum:
        raise ValueError("it is damaged")
    numbers, ends = array("i"), array("q")
    start = 0
    for values, bytes_ in ((numbers, tokens * _TOKEN), (ends, tokens * _END)):
        values.frombytes(rest[start : start + bytes_])
        start += bytes_
    if start + text + data != len(rest) or not 0 < computed <= tokens:
        raise ValueError("its sizes do not fit together")
    held = Held(numbers.tolist(), ends.tolist(), bytes(rest[start : start + text]), computed)
    return State(held, memoryview(rest)[start + text :])


def _size_and_time(path: Path) -> tuple[int, int]:
    """Bytes, and when it was used; zeros when it has just gone."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
