"""What a command prints: text for people, or one JSON object a line for programs.

Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from desktop_agent.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_agent.errors import AgentError
    from desktop_agent.memory.exchange import ImportReport
    from desktop_agent.messages import FoundNote, Note


class Output:
    """Where a command writes."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, record: dict[str, Any], text: str) -> None:
        """One result: ``record`` as a JSON line, or ``text``."""
        _write(json.dumps(record, ensure_ascii=False) if self.as_json else text)

    def event(self, record: dict[str, Any]) -> None:
        """A result that only programs want."""
        if self.as_json:
            _write(json.dumps(record, ensure_ascii=False))

    def piece(self, text: str) -> None:
        """Part of a longer text for people, without a line end."""
        if not self.as_json:
            _write(text, end="")

    def aside(self, text: str) -> None:
        """Something to know that is no result; programs do not get it."""
        if not self.as_json:
            print(text, file=sys.stderr, flush=True)

    def warning(self, text: str) -> None:
        """Something to know, for programs and people alike."""
        print(text, file=sys.stderr, flush=True)

    def error(self, error: AgentError) -> None:
        """Why it could not be done."""
        if self.as_json:
            record = {"event": "error", "code": error.code, "message": error.said(), "hint": error.advice()}
            with contextlib.suppress(OSError):  # that it cannot be written may be the very error
                print(json.dumps(record, ensure_ascii=False), flush=True)
        print(error.told(), file=sys.stderr, flush=True)


def _write(text: str, end: str = "\n") -> None:
    """Raises:
    BrokenPipeError: the reader has gone.
    StorageError: the file that standard output is cannot take it.
    """
    try:
        print(text, end=end, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        from desktop_agent.errors import StorageError, reason

        # What could not be written would be tried once more at the end of the process, and fail once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise StorageError(
            "The output could not be written: {reason}.",
            hint="Free some space, or send it elsewhere.",
            reason=reason(error),
        ) from error


def tell_broken(output: Output, file: Path, report: ImportReport) -> None:
    """Say which lines of an imported file could not be used; of a file without a good one only the first."""
    if not report.broken_lines:
        return
    listed = report.broken if report.taken or report.known else report.broken[:1]
    if len(listed) < len(report.broken):
        output.aside(_("{file} is probably another kind of file: no line of it could be used.", file=file.name))
    for line in listed:
        output.aside(_("Line {number}: {reason}", number=line.number, reason=line.reason))
    if report.broken_lines > len(listed):
        output.aside(_("… and {count} more lines.", count=report.broken_lines - len(listed)))


def note_record(note: Note) -> dict[str, Any]:
    """A note as ``--json`` prints it."""
    return {
        "id": note.id,
        "text": note.text,
        "keywords": list(note.keywords),
        "created": moment(note.created),
        "important": note.important,
        "source": note.source,
        "conversation": note.conversation,
    }


def found_record(found: FoundNote) -> dict[str, Any]:
    """A found note as ``--json`` prints it; a higher score fits better."""
    return {**note_record(found.note), "score": round(found.score, 4)}


def moment(seconds: float) -> str:
    """A time as ISO 8601 in UTC, to the second."""
    # Imported here: the window starts with this module and tells no times before its paint.
    from datetime import UTC, datetime

    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
