"""The lines of a file of conversations, read with all their fields, each of its kind; what is missing is as usual."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from typing import Any

from desktop_agent.errors import BadInput
from desktop_agent.memory.exchange import moment
from desktop_agent.messages import DocumentKind, Ending, Role, clean

LONGEST_TITLE = 200
USAGE = ("prompt_tokens", "evaluated_tokens", "reply_tokens", "first_token_ms", "tokens_per_second")
"""The order in which a message's line has what it cost."""
_MOST_NUMBER = 2**53


def parsed(fields: dict[str, object]) -> dict[str, Any]:
    """A line with all its fields, each of its kind.

    Raises:
        BadInput: with the reason.
    """
    if "conversation" in fields:
        return _taken(fields, _CONVERSATION)
    if "file" in fields:
        return _taken(fields, _FILE)
    if "message" in fields:
        line = _taken(fields, _MESSAGE)
        if line["role"] is Role.ASSISTANT and line["ending"] is None:
            line["ending"] = Ending.STOPPED  # it grew while the file was written
        return line
    raise BadInput("The line is neither a conversation nor a file nor a message.")


def _taken(fields: dict[str, object], wanted: dict[str, Callable[[object], Any]]) -> dict[str, Any]:
    taken = {}
    for name, read in wanted.items():
        try:
            taken[name] = read(fields.get(name))
        except (TypeError, ValueError, KeyError, zlib.error) as error:
            raise BadInput('"{name}" is not what it should be.', name=name) from error
    return taken


def _said(value: object) -> str:
    if not isinstance(value, str | None):
        raise TypeError
    return clean(value or "")


def _number(value: object) -> int:
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > _MOST_NUMBER:
        raise TypeError
    return value


def _when(value: object) -> float:
    return moment(value) or 0.0


def _truth(default: bool) -> Callable[[object], bool]:
    def read(value: object) -> bool:
        if not isinstance(value, bool | None):
            raise TypeError
        return default if value is None else value

    return read


def _weight(value: object) -> float:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else 0.0


def _list(value: object, item: Callable[[object], Any]) -> list[Any]:
    if not isinstance(value, list | None):
        raise TypeError
    return [item(one) for one in value or []]


def _own(value: object) -> dict[str, Any]:
    if not isinstance(value, dict | None):
        raise TypeError
    return value or {}


def _usage(value: object) -> list[float] | None:
    if value is None:
        return None
    if not isinstance(value, list) or len(value) != len(USAGE):
        raise TypeError
    return [float(one) if name == "tokens_per_second" else _number(one) for name, one in zip(USAGE, value, strict=True)]


def _passage(value: object) -> tuple[int, str, int, int, str]:
    if not isinstance(value, list) or len(value) != 5:
        raise TypeError
    document, name, first, last, text = value
    return _number(document), _said(name), _number(first), _number(last), _said(text)


def _packed(value: object) -> bytes:
    packed = base64.b64decode(_said(value), validate=True)
    if not zlib.decompressobj().decompress(packed, 1):
        raise ValueError
    return packed


def _role(value: object) -> Role:
    role = Role(str(value))
    if role is Role.SYSTEM:
        raise ValueError
    return role


_CONVERSATION: dict[str, Callable[[object], Any]] = {
    "conversation": lambda value: _said(value)[:LONGEST_TITLE],
    "created": _when,
    "changed": _when,
    "memory": _truth(True),
    "pinned": _truth(False),
    "own": _own,
}
_FILE: dict[str, Callable[[object], Any]] = {
    "file": _number,
    "name": _said,
    "kind": lambda value: DocumentKind(str(value)),
    "bytes": _number,
    "pages": _number,
    "letters": _number,
    "created": _when,
    "text": _packed,
}
_MESSAGE: dict[str, Callable[[object], Any]] = {
    "message": _number,
    "follows": lambda value: -1 if value is None else _number(value),
    "shown": _truth(False),
    "role": _role,
    "text": _said,
    "created": _when,
    "importance": _weight,
    "notes": lambda value: _list(value, _said),
    "help": _said,
    "ending": lambda value: None if value is None else Ending(str(value)),
    "engine": _said,
    "usage": _usage,
    "files": lambda value: _list(value, _number),
    "passages": lambda value: _list(value, _passage),
}
