"""What can go wrong outside the program, told so that a person knows what to do.

An error carries its sentence in English with named fields; the face that shows
it (window, terminal, service) translates the sentence first and fills it after.
Mistakes of the program itself are not here: they reach the log with a traceback.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from desktop_agent.words import _, sentences


class AgentError(Exception):
    """Trouble that a person can understand and usually mend.

    ``what`` says which thing and what happened, ``hint`` what to try; both are
    templates for ``fields``. ``str`` is the English sentence, for the log.
    """

    code = "failed"
    """Stable word for programs that read ``--json``."""

    def __init__(self, what: str, *, hint: str = "", **fields: object) -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.fields = fields

    def __str__(self) -> str:
        parts = [part.format(**self.fields) if self.fields else part for part in (self.what, self.hint) if part]
        return " ".join(parts)

    def told(self) -> str:
        """The sentence and its hint in the user's language."""
        return sentences(self.said(), self.advice())

    def said(self) -> str:
        """Which thing and what happened, in the user's language."""
        return _(self.what, **self.fields)

    def advice(self) -> str:
        """What to try, in the user's language; empty when there is nothing to try."""
        return _(self.hint, **self.fields) if self.hint else ""

    def record(self) -> dict[str, Any]:
        """What makes the same error again in another process or on another day."""
        plain = (str, int, float)
        fields = {name: value if isinstance(value, plain) else str(value) for name, value in self.fields.items()}
        return {"what": self.what, "hint": self.hint, "fields": fields}

    @classmethod
    def again(cls, record: Mapping[str, Any]) -> Self:
        """The error that a ``record`` was made of.

        Raises:
            ValueError, LookupError, TypeError: it is not one.
        """
        what, hint, fields = record["what"], record["hint"], record["fields"]
        if not isinstance(what, str) or not isinstance(hint, str) or not isinstance(fields, dict):
            raise ValueError("not the record of an error")
        error = cls(what, hint=hint, **fields)
        str(error)  # a template that misses a field fails here and not on the screen
        return error


class BadInput(AgentError):
    """What the user gave cannot be used: an empty message, a value out of range, a wrong option."""

    code = "bad_input"


class NotFound(AgentError):
    """The thing asked for is not there."""

    code = "not_found"


class NotAvailable(AgentError):
    """Something this needs cannot be had now: a part of the program, memory, a processor feature."""

    code = "not_available"


class ModelUnusable(NotAvailable):
    """A model file that cannot be loaded; the sentence says why."""

    code = "model_unusable"


class ServerFailed(NotAvailable):
    """A server on another computer, or in another program, that could not answer."""

    code = "server_failed"


class TooLong(BadInput):
    """A message that does not fit into the model's context."""

    code = "too_long"


class StorageError(AgentError):
    """The disk or a file on it: full, read-only, damaged, written by a newer version."""

    code = "storage"


class Busy(AgentError):
    """More work than may wait; after ``retry_after_s`` seconds there should be room again."""

    code = "busy"

    def __init__(self, what: str, *, hint: str = "", retry_after_s: int = 1, **fields: object) -> None:
        super().__init__(what, hint=hint, **fields)
        self.retry_after_s = retry_after_s


def reason(error: Exception) -> str:
    """What the system says of an error, to stand inside a sentence: Windows ends its Chinese ones with a full stop."""
    return (getattr(error, "strerror", None) or str(error)).rstrip(" .。")
