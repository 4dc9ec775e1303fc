"""What a command prints: text for people, or one JSON object a line for programs.

Results go to standard output, everything else to standard error.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop_agent.errors import AgentError
    from desktop_agent.messages import FoundNote, Note


class Output:
    """Where a command writes."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def result(self, record: dict[str, Any], text: str) -> None:
        """One result: ``record`` as a JSON line, or ``text``."""
        print(json.dumps(record, ensure_ascii=False) if self.as_json else text, flush=True)

    def event(self, record: dict[str, Any]) -> None:
        """A result that only programs want."""
        if self.as_json:
            print(json.dumps(record, ensure_ascii=False), flush=True)

    def piece(self, text: str) -> None:
        """Part of a longer text for people, without a line end."""
        if not self.as_json:
            print(text, end="", flush=True)

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
            print(json.dumps(record, ensure_ascii=False), flush=True)
        print(error.told(), file=sys.stderr, flush=True)


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
