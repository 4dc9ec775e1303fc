"""Files of notes: one JSON object a line, with ``text`` and what is known about it.

Reading never stops at a broken line; it remembers the number and the reason.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_agent.errors import BadInput
from desktop_agent.memory.line_files import BadLine, LineReader, LineWriter
from desktop_agent.messages import clean

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
class ImportReport:
    """What became of a file: new notes, lines that were here already, and broken ones.

    ``broken`` lists the first thousand; ``broken_lines`` is their true number.
    """

    taken: int
    known: int
    broken: tuple[BadLine, ...]
    broken_lines: int


class Reader(LineReader[Entry]):
    """Reads a file of notes; ``broken`` grows while ``entries`` are read."""

    def __init__(self, path: Path) -> None:
        """Raises:
        NotFound: there is no such file.
        StorageError: it cannot be read.
        """
        super().__init__(path, _entry)


class Writer(LineWriter):
    """Writes a file of notes; it takes the name's place only when it is ``finish``\\ ed."""

    def write(self, entries: Sequence[Entry]) -> None:
        self.write_lines(_line(entry) for entry in entries)


def _line(entry: Entry) -> str:
    fields: dict[str, object] = {"text": entry.text, "created": entry.created, "keywords": list(entry.keywords or ())}
    if entry.important:
        fields["important"] = True
    if entry.source:
        fields["source"] = entry.source
    if entry.conversation:
        fields["conversation"] = entry.conversation
    return json.dumps(fields, ensure_ascii=False) + "\n"


def _entry(fields: dict[str, object]) -> Entry:
    """The note of a line.

    Raises:
        BadInput: with the reason.
    """
    said = clean(_text(fields, "text")).strip()
    if not said:
        raise BadInput("The note has no text.")
    important = fields.get("important")
    if not isinstance(important, bool | None):
        raise BadInput('"{name}" is neither true nor false.', name="important")
    return Entry(
        said,
        moment(fields.get("created")),
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


def moment(value: object) -> float | None:
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
