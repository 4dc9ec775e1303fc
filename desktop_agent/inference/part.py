"""A download that is not complete: ``NAME.gguf.part`` and, beside it, what is known of it.

After a power cut the end of the file may be anything. So marks are kept with it: up to where it was forced
to the disk, and a checksum of each stretch. What does not agree is fetched again, a few megabytes at most,
instead of being found out by the hash of the whole. Everything here blocks and belongs into a worker.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from desktop_agent.errors import AgentError
from desktop_agent.system import write_atomically

log = logging.getLogger(__name__)

PART, NOTES, WRONG = ".part", ".part.json", ".wrong"
MARK_BYTES, MARK_SECONDS = 16 << 20, 10.0
"""A mark is set when this much came, or so long after the last one: on a slow line little is lost, too."""
READ_AT_ONCE = 1 << 20
GoOn = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Pin:
    """What the complete file is: nothing else gets its name."""

    bytes: int
    sha256: str


class Part:
    """The incomplete file of ``target``; ``open`` before use, ``close`` after."""

    def __init__(self, target: Path, pin: Pin) -> None:
        self.target, self.pin = target, pin
        self.path = target.with_name(target.name + PART)
        self._notes_path = target.with_name(target.name + NOTES)
        self.done = 0
        """Bytes that are here."""
        self.sources: tuple[str, ...] = ()
        """Where they came from, without repetition, the newest last."""
        self.validator = ""
        """The ETag under which the newest source gave them; empty when it gave none."""
        self._marks: list[tuple[int, str]] = []
        self._hash, self._stretch = hashlib.sha256(), hashlib.blake2b(digest_size=16)
        self._marked_at = 0.0
        self._file: BinaryIO | None = None

    def open(self, go_on: GoOn) -> None:
        """Take up what is here and agrees with its marks; ``go_on(done)`` is called now and then and may raise.

        Raises:
            OSError: the folder cannot be written.
        """
        notes = read_notes(self.target, self.pin)
        self._file = self.path.open("r+b" if self.path.exists() else "w+b")
        try:
            if notes is not None:
                self._take_up(notes, go_on)
        except BaseException:
            self._file.close()
            raise
        self._file.seek(self.done)
        self._file.truncate()
        self._marked_at = time.monotonic()

    def begin(self, source: str, validator: str) -> None:
        """From here on ``source`` gives the bytes, under ``validator``."""
        self.sources = (*(one for one in self.sources if one != source), source)
        self.validator = validator

    def add(self, data: bytes) -> None:
        """Write ``data`` at the end."""
        assert self._file is not None
        self._file.write(data)
        self._hash.update(data)
        self._stretch.update(data)
        self.done += len(data)
        since = self.done - (self._marks[-1][0] if self._marks else 0)
        if since >= MARK_BYTES or time.monotonic() - self._marked_at >= MARK_SECONDS:
            self.mark()

    def mark(self) -> None:
        """Force what came to the disk and note it."""
        assert self._file is not None
        self._file.flush()
        os.fsync(self._file.fileno())
        if self.done > (self._marks[-1][0] if self._marks else 0):
            self._marks.append((self.done, self._stretch.hexdigest()))
            self._stretch = hashlib.blake2b(digest_size=16)
        self._marked_at = time.monotonic()
        known = {
            "bytes": self.pin.bytes,
            "sha256": self.pin.sha256,
            "sources": self.sources,
            "validator": self.validator,
            "marks": self._marks,
        }
        write_atomically(self._notes_path, json.dumps(known) + "\n")

    def restart(self) -> None:
        """Forget what is here."""
        assert self._file is not None
        self._file.seek(0)
        self._file.truncate()
        self.done, self._marks, self.sources, self.validator = 0, [], (), ""
        self._hash, self._stretch = hashlib.sha256(), hashlib.blake2b(digest_size=16)

    @property
    def complete(self) -> bool:
        """Whether as many bytes are here as there should be."""
        return self.done == self.pin.bytes

    @property
    def right(self) -> bool:
        """Whether they are the right ones."""
        return self.complete and self._hash.hexdigest() == self.pin.sha256

    def close(self) -> None:
        """Keep what is here for another time."""
        if self._file is None:
            return
        try:
            if not self._file.closed:
                self.mark()
        except (OSError, AgentError) as error:  # the disk is full or gone: the marks of before still hold
            log.warning("%s: the last bytes may be fetched again: %s", self.path.name, error)
        finally:
            file, self._file = self._file, None
            with contextlib.suppress(OSError):  # what could not be written is fetched again
                file.close()

    def set_aside(self) -> None:
        """Rename what is here, for it is wrong, and begin anew. One wrong file is kept, no more."""
        assert self._file is not None
        self._file.close()
        self.path.replace(self.target.with_name(self.target.name + WRONG))
        self._notes_path.unlink(missing_ok=True)
        self._file = self.path.open("w+b")
        self.restart()

    def finish(self, target: Path) -> None:
        """Give the complete file its name, which is ``target``'s."""
        assert self._file is not None and self.right
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        self.path.replace(target)
        remove_part(self.target)

    def forget_wrong(self) -> None:
        """Delete what was set aside."""
        self.target.with_name(self.target.name + WRONG).unlink(missing_ok=True)

    def _take_up(self, notes: dict[str, Any], go_on: GoOn) -> None:
        assert self._file is not None
        for end, checksum in notes["marks"]:
            if not self.done < end <= self.pin.bytes:
                break
            stretch, pieces = hashlib.blake2b(digest_size=16), []
            left = end - self.done
            while left and (data := self._file.read(min(left, READ_AT_ONCE))):
                stretch.update(data)
                pieces.append(data)
                left -= len(data)
                go_on(end - left)
            if left or stretch.hexdigest() != checksum:
                log.warning("%s differs from its mark at %d and goes on from %d", self.path.name, end, self.done)
                break
            for data in pieces:
                self._hash.update(data)
            self._marks.append((end, checksum))
            self.done = end
        if self.done:
            self.sources = tuple(str(one) for one in notes["sources"])
            self.validator = str(notes["validator"])


def read_notes(target: Path, pin: Pin) -> dict[str, Any] | None:
    """What is noted of the incomplete ``target``; None when there is nothing, or it is of another file."""
    try:
        notes = json.loads(target.with_name(target.name + NOTES).read_text("utf-8"))
        marks = [(int(end), str(checksum)) for end, checksum in notes["marks"]]
        if (notes["bytes"], notes["sha256"]) != (pin.bytes, pin.sha256) or not isinstance(notes["sources"], list):
            return None
        return {"marks": marks, "sources": notes["sources"], "validator": notes["validator"]}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, LookupError, TypeError) as error:
        log.warning("%s is begun anew: %s", target.name, error)
        return None


def kept_bytes(target: Path, pin: Pin) -> int:
    """How much of ``target`` an earlier download left; a look at the notes alone."""
    notes = read_notes(target, pin)
    try:
        here = target.with_name(target.name + PART).stat().st_size
    except OSError:
        return 0
    return max((end for end, _ in notes["marks"] if end <= here), default=0) if notes else 0


def remove_part(target: Path) -> None:
    """Delete what a download left, if anything: also wrong bytes that were set aside."""
    for ending in (PART, NOTES, WRONG):
        target.with_name(target.name + ending).unlink(missing_ok=True)


def is_right(path: Path, pin: Pin, go_on: GoOn) -> bool:
    """Whether ``path`` is the complete file already."""
    try:
        if path.stat().st_size != pin.bytes:
            return False
        found, done = hashlib.sha256(), 0
        with path.open("rb") as file:
            while data := file.read(READ_AT_ONCE):
                found.update(data)
                done += len(data)
                go_on(done)
        return found.hexdigest() == pin.sha256
    except OSError:
        return False
