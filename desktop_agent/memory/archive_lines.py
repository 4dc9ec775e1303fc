"""The lines of a file of conversations, read with all their fields, each of its kind; what is missing is as usual.

An attached file may take several lines, because no line may be longer than ``LONGEST_LINE``: ``Lines`` joins them.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from desktop_agent.errors import AgentError, BadInput
from desktop_agent.memory.exchange import moment
from desktop_agent.messages import LONGEST_MESSAGE, DocumentKind, Ending, Role, ServerModel, clean

LONGEST_TITLE = 200
USAGE = ("prompt_tokens", "evaluated_tokens", "reply_tokens", "first_token_ms", "tokens_per_second")
"""The order in which a message's line has what it cost."""
PIECE = 3_000_000
"""Bytes of an attached file in one line: two million Chinese letters with their terms are up to 13 MB, packed."""
_MOST_UNPACKED = 64 << 20
_MOST_NUMBER = 2**53
_LONGEST_SENTENCE = 2_000
_LONGEST_PLACE = 500
"""Characters in the address of a server, and in the name of a model."""


@dataclass(slots=True)
class Lines:
    """Reads one line after the other."""

    _file: dict[str, Any] = field(default_factory=dict)
    """An attached file whose other lines are still to come, with what came of its text."""
    _piece: int = 0

    def __call__(self, fields: dict[str, object]) -> dict[str, Any] | None:
        """A line with all its fields, each of its kind; None for a part of a file that more lines belong to.

        Raises:
            BadInput: with the reason.
        """
        if "conversation" in fields:
            return _taken(fields, _CONVERSATION)
        if "file" in fields:
            return self._joined(_taken(fields, _FILE if fields.get("piece") in (None, 0) else _PIECE))
        if "message" in fields:
            line = _taken(fields, _MESSAGE)
            if line["role"] is Role.ASSISTANT and line["ending"] is None:
                line["ending"] = Ending.STOPPED  # it grew while the file was written
            return line
        raise BadInput("The line is neither a conversation nor a file nor a message.")

    def _joined(self, line: dict[str, Any]) -> dict[str, Any] | None:
        piece, of = line["piece"], line["of"]
        if piece == 0:
            self._file = line
        elif self._file.get("file") != line["file"] or piece != self._piece + 1:
            self._file = {}
            raise BadInput("A line with another part of this attached file is missing.")
        else:
            self._file["text"] += line["text"]
        self._piece = piece
        if piece + 1 < of:
            return None
        whole, self._file = self._file, {}
        if not _sound(whole["text"]):
            raise BadInput('"{name}" is not what it should be.', name="text")
        return whole


def pieces(packed: bytes) -> Iterator[dict[str, object]]:
    """The fields in which the text of an attached file is written, for one line after the other."""
    total = max(1, -(-len(packed) // PIECE))
    for piece in range(total):
        text = base64.b64encode(packed[piece * PIECE : (piece + 1) * PIECE]).decode()
        yield {"piece": piece, "of": total, "text": text} if total > 1 else {"text": text}


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


def _server(value: object) -> ServerModel | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise TypeError
    address, model = _said(value.get("address")), _said(value.get("model"))
    if not 0 < len(address) <= _LONGEST_PLACE or not 0 < len(model) <= _LONGEST_PLACE or "\n" in address + model:
        raise ValueError
    return ServerModel(address, model)


def _trouble(value: object) -> dict[str, Any] | None:
    """The record of an error; None for what is none: the answer it belongs to is worth more."""
    try:
        if not isinstance(value, dict):
            return None
        sentences = {name: _said(value.get(name))[:_LONGEST_SENTENCE] for name in ("what", "hint")}
        for sentence in sentences.values():
            # A field and nothing else: a width of a billion or a way into an object is for no file to say.
            parts = list(Formatter().parse(sentence))
            if any(name is not None and (not name.isidentifier() or form or turned) for _, name, form, turned in parts):
                return None
        return AgentError.again({**value, **sentences}).record() if sentences["what"] else None
    except (ValueError, LookupError, TypeError):
        return None


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
    return base64.b64decode(_said(value), validate=True)


def _sound(packed: bytes) -> bool:
    """Whether it unpacks to the parts of a file, as ``documents.unpacked`` takes them."""
    try:
        # What is longer is cut there, and is no JSON then.
        parts = json.loads(zlib.decompressobj().decompress(packed, _MOST_UNPACKED))
    except (ValueError, RecursionError, zlib.error):
        return False
    kinds = [int, int, str, str]
    return isinstance(parts, list) and all(isinstance(part, list) and list(map(type, part)) == kinds for part in parts)


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
    "server": _server,
    "draft": lambda value: _said(value)[:LONGEST_MESSAGE],
}
_FILE: dict[str, Callable[[object], Any]] = {
    "file": _number,
    "name": _said,
    "kind": lambda value: DocumentKind(str(value)),
    "bytes": _number,
    "pages": _number,
    "letters": _number,
    "created": _when,
    "piece": _number,
    "of": _number,
    "text": _packed,
}
_PIECE: dict[str, Callable[[object], Any]] = {name: _FILE[name] for name in ("file", "piece", "of", "text")}
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
    "trouble": _trouble,
    "thoughts": _said,
    "usage": _usage,
    "files": lambda value: _list(value, _number),
    "passages": lambda value: _list(value, _passage),
}
