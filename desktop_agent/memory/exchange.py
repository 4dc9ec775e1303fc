"""Files of notes: one JSON object a line, with ``text`` and what is known about it.

Reading never stops at a broken line; it remembers the number and the reason.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_agent.errors import AgentError, BadInput, NotFound
from desktop_agent.messages import clean
from desktop_agent.system import storage_error

LONGEST_LINE = 8_000_000
"""Bytes. A longer line is broken, and read in pieces of this size to its end."""
LISTED = 1_000
"""Broken lines that are listed one by one; the rest (of a picture taken for notes) is only counted."""
_LAST_MOMENT = 253_402_300_799
"""The end of the year 9999, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One note of a file. ``keywords`` and ``created`` are None when the file does not say."""

    text: str
    created: float | None
    keywords: tuple[str, ...] | None
    important: bool
    source: str
    conversation: str


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be taken; numbers begin with 1, the reason is in the user's language."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file: new notes, lines that were here already, and broken ones.

    ``broken`` lists the first thousand; ``broken_lines`` is their true number.
    """

    taken: int
    known: int
    broken: tuple[BadLine, ...]
    broken_lines: int


class Reader:
    """Reads a file of notes; ``broken`` grows while ``entries`` are read."""

    def __init__(self, path: Path) -> None:
        """Raises:
        NotFound: there is no such file.
        StorageError: it cannot be read.
        """
        self._path = path
        self._number = 0
        self.broken: list[BadLine] = []
        self.broken_lines = 0
        try:
            self._file = path.open("rb")
        except FileNotFoundError:
            raise NotFound("{path} is not there.", hint="Check the name.", path=path) from None
        except OSError as error:
            raise storage_error(error, path) from error

    def entries(self, most: int) -> Iterator[Entry]:
        """The next ``most`` good lines; none at the end of the file."""
        while most and (line := self._line()):
            self._number += 1
            try:
                entry = _entry(line)
            except AgentError as error:
                self.broken_lines += 1
                if len(self.broken) < LISTED:
                    self.broken.append(BadLine(self._number, error.told()))
                continue
            if entry is not None:
                most -= 1
                yield entry

    def close(self) -> None:
        self._file.close()

    def _line(self) -> bytes:
        try:
            line = self._file.readline(LONGEST_LINE + 1)
            if len(line) > LONGEST_LINE:
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = self._file.readline(LONGEST_LINE)
        except OSError as error:
            raise storage_error(error, self._path) from error
        return line


class Writer:
    """Writes a file of notes; it takes the name's place only when it is ``finish``\\ ed."""

    def __init__(self, path: Path) -> None:
        """Raises:
        StorageError: it cannot be written there.
        """
        self._path = path
        self._draft = path.with_name(path.name + ".new")
        if path.is_dir():
            raise BadInput("{path} is a folder.", hint="Name a file in it.", path=path)
        try:
            self._file = self._draft.open("w", encoding="utf-8", newline="\n")
        except OSError as error:
            raise storage_error(error, path) from error

    def write(self, entries: Sequence[Entry]) -> None:
        try:
            self._file.writelines(_line(entry) for entry in entries)
        except OSError as error:
            raise storage_error(error, self._path) from error

    def finish(self) -> None:
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._draft.replace(self._path)
        except OSError as error:
            raise storage_error(error, self._path) from error

    def close(self) -> None:
        """End without a file, unless it is finished."""
        try:
            self._file.close()
            self._draft.unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, self._path) from error


def _line(entry: Entry) -> str:
    fields: dict[str, object] = {"text": entry.text, "created": entry.created, "keywords": list(entry.keywords or ())}
    if entry.important:
        fields["important"] = True
    if entry.source:
        fields["source"] = entry.source
    if entry.conversation:
        fields["conversation"] = entry.conversation
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _entry(line: bytes) -> Entry | None:
    """The note of a line; None for an empty line.

    Raises:
        BadInput: with the reason.
    """
    if len(line) > LONGEST_LINE:
        raise BadInput("The line is longer than {most} bytes.", most=f"{LONGEST_LINE:,}")
    try:
        # -sig: some editors put a mark before the first line.
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise BadInput("The line is not UTF-8 text.") from None
    if not text:
        return None
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("The line is not JSON.") from None
    if not isinstance(fields, dict):
        raise BadInput("The line is not a JSON object.")
    said = clean(_text(fields, "text")).strip()
    if not said:
        raise BadInput("The note has no text.")
    important = fields.get("important")
    if not isinstance(important, bool | None):
        raise BadInput('"{name}" is neither true nor false.', name="important")
    return Entry(
        said,
        _moment(fields.get("created")),
        _keywords(fields.get("keywords")),
        bool(important),
        clean(_text(fields, "source")),
        clean(_text(fields, "conversation")),
    )


def _text(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    if value is None:
        return ""
    if name == "conversation" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise BadInput('"{name}" is not a text.', name=name)
    return value


def _keywords(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise BadInput('"{name}" is not a list of words.', name="keywords")
    return tuple(clean(word) for word in value)


def _moment(value: object) -> float | None:
    """Seconds since 1970; also from a date as ISO 8601 writes it (without a zone: the computer's)."""
    if value is None:
        return None
    try:
        if isinstance(value, str):
            value = datetime.fromisoformat(value).timestamp()
        if isinstance(value, int | float) and not isinstance(value, bool):
            moment = float(value)
            if math.isfinite(moment) and 0 <= moment <= _LAST_MOMENT:
                return moment
    except (ValueError, OverflowError, OSError):
        pass
    raise BadInput('"{name}" is not a moment in time.', name="created")
