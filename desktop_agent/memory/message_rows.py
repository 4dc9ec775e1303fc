"""Rows of conversations and messages as records, and the outline of a long conversation."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import AgentError, NotFound
from desktop_agent.memory.documents import with_files
from desktop_agent.messages import Conversation, Ending, Message, Role, ServerModel, Usage

if TYPE_CHECKING:
    from sqlite3 import Connection

CONVERSATION = "id, title, created, changed, memory, pinned, thrown_away, server, server_model"
MESSAGE = (
    "id, conversation, role, text, created, importance, notes, help, ending, engine, trouble, thoughts, "
    "prompt_tokens, evaluated_tokens, reply_tokens, first_token_ms, tokens_per_second"
)
NO_NOTES = "[]"
"""In the rows of nearly all messages; a history has many."""
TITLE_LETTERS = 40
"""A title in the list is about so long; a Chinese letter counts as two."""
_AT_ONCE = 500
"""Ids in one query; SQLite takes many more, but never without an end."""


@dataclass(slots=True)
class Outline:
    """The messages of a path without their texts: ``sizes`` in bytes of UTF-8. Ten thousand take 0.2 MB."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    sizes: array[int] = field(default_factory=lambda: array("q"))
    asked: bytearray = field(default_factory=bytearray)
    """1 for a question, 0 for an answer."""
    newest: tuple[Message, ...] = ()
    """The messages at the end, whole."""
    versions: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """For each message that has others in its place: all of them, oldest first."""


def outline(db: Connection, conversation: int, whole: int) -> Outline:
    """The outline of the path that is shown, the last ``whole`` messages with their texts."""
    made = Outline()
    # As bytes: the size stands before the text and the text need not be read.
    query = (
        "SELECT id, length(CAST(text AS BLOB)), role = 'user' FROM message "
        "WHERE conversation = ? AND hidden = 0 ORDER BY id"
    )
    if rows := db.execute(query, (conversation,)).fetchall():
        ids, sizes, asked = zip(*rows, strict=True)
        made.ids, made.sizes, made.asked = array("q", ids), array("q", sizes), bytearray(asked)
    made.newest = tuple(messages_of(db, conversation, made.ids[-whole:]))
    return made


def messages_of(db: Connection, conversation: int, ids: Iterable[int]) -> list[Message]:
    """The messages with these ids in their order, with their files; those that are gone are left out."""
    wanted, found = list(ids), []
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        query = f"SELECT {MESSAGE} FROM message WHERE id IN ({', '.join('?' * len(some))}) ORDER BY id"
        found += [message(row) for row in db.execute(query, some)]
    return with_files(db, conversation, found)


def get_message(db: Connection, number: int) -> Message:
    """
    Raises:
        NotFound: there is none.
    """
    row = db.execute(f"SELECT {MESSAGE} FROM message WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound("There is no message {id}.", hint="Its conversation may have been deleted.", id=number)
    made = message(row)
    return with_files(db, made.conversation, [made])[0]


def get_conversation(db: Connection, number: int) -> Conversation:
    """
    Raises:
        NotFound: there is none.
    """
    row = db.execute(f"SELECT {CONVERSATION} FROM conversation WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound("There is no conversation {id}.", hint="It may have been deleted.", id=number)
    return conversation(row)


def conversation(row: Sequence[Any]) -> Conversation:
    number, title, created, changed, memory, pinned, thrown_away, server, model = row
    chosen = ServerModel(server, model) if server else None
    return Conversation(
        number, title, created, changed, bool(memory), chosen, pinned=bool(pinned), thrown_away=thrown_away
    )


def message(row: Sequence[Any]) -> Message:
    number, conversation, role, text, created, importance, notes, help_, ending, engine, trouble, thoughts, *usage = row
    return Message(
        number,
        conversation,
        Role(role),
        text,
        created,
        importance,
        tuple(json.loads(notes)) if notes != NO_NOTES else (),
        help_,
        Ending(ending) if ending is not None else None,
        engine,
        Usage(*usage) if usage[0] is not None else None,
        trouble=_trouble(trouble),
        thoughts=thoughts,
    )


def _trouble(text: str | None) -> AgentError | None:
    if not text:
        return None
    try:
        return AgentError.again(json.loads(text))
    except (ValueError, LookupError, TypeError):  # of another version; the answer itself is there
        return None


def title_of(text: str) -> str:
    """A title for a conversation that begins with ``text``: its first line, cut at a word."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    line = re.sub(r"\s+", " ", line[: TITLE_LETTERS * 4])
    width = 0
    for end, letter in enumerate(line):
        width += 2 if letter >= "\u2e80" else 1
        if width > TITLE_LETTERS:
            head = line[:end]
            # Back to the last space, unless that would cost more than a third of the title.
            space = head.rfind(" ")
            return (head[:space] if space > end * 2 // 3 else head).rstrip(" ,.;:，。；：、") + "…"
    return line
