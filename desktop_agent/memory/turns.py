"""What one turn reads and writes, each in one transaction: every one is a way to the database's thread and back.

An answer's row is there from the moment its question is, its ``ending`` None until it is filled.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import AgentError
from desktop_agent.memory import branches, documents
from desktop_agent.memory.message_rows import (
    MESSAGE,
    get_conversation,
    get_message,
    message,
    messages_of,
    title_of,
)
from desktop_agent.messages import Conversation, Ending, Message, Role, Usage, clean

if TYPE_CHECKING:
    from sqlite3 import Connection


@dataclass(frozen=True, slots=True)
class Stored:
    """A question that was stored, the row that waits for its answer, and their conversation as it was before."""

    talk: Conversation
    question: Message
    answer: Message


@dataclass(frozen=True, slots=True)
class Basis:
    """What the next prompt of a conversation is laid from."""

    conversation: int
    messages: tuple[Message, ...] = ()
    """Those that the last prompt held, and those that were said since."""
    system_prompt: str = ""
    """The first message of the prompt, fixed when it was first laid; empty before that."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """Names and values of the settings that it has for itself."""
    files: bool = False
    """Whether files were attached in it."""


def add_question(
    db: Connection,
    conversation: int,
    text: str,
    importance: float = 0.0,
    notes: Sequence[str] = (),
    help_text: str = "",
    *,
    files: Sequence[int] = (),
    instead_of: int | None = None,
) -> Message:
    """Store what the user said, as ``Conversations.add_question`` has it."""
    now, text = time.time(), clean(text)
    known = get_conversation(db, conversation)
    before = branches.last_shown(db, conversation)
    if instead_of is not None:
        get_message(db, instead_of)
        branches.show(db, conversation, instead_of)
        before = branches.parent(db, instead_of)
        branches.end_after(db, conversation, before)
    fields = "conversation, role, text, created, importance, notes, help, parent"
    row = (conversation, Role.USER, text, now, importance, _json(notes), clean(help_text), before)
    new = new_id(db, f"INSERT INTO message ({fields}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    if instead_of is not None:
        documents.copy(db, instead_of, new)
    documents.attach(db, conversation, new, files)
    title = known.title or title_of(text)
    db.execute("UPDATE conversation SET changed = ?, title = ? WHERE id = ?", (now, title, conversation))
    return get_message(db, new)


def add_answer(db: Connection, conversation: int, to: int | None = None) -> Message:
    """An empty answer, as ``Conversations.add_answer`` has it."""
    now = time.time()
    get_conversation(db, conversation)
    if to is not None:
        branches.show(db, conversation, to)
        branches.end_after(db, conversation, to)
    answer = _answer(db, conversation, branches.last_shown(db, conversation), now)
    db.execute("UPDATE conversation SET changed = ? WHERE id = ?", (now, conversation))
    return answer


def ask(
    db: Connection, conversation: int, text: str, *, files: Sequence[int] = (), instead_of: int | None = None
) -> Stored:
    """Store what the user said, with the row that waits for its answer."""
    talk = get_conversation(db, conversation)
    question = add_question(db, conversation, text, files=files, instead_of=instead_of)
    return Stored(talk, question, _answer(db, conversation, question.id, question.created))


def place(db: Connection, question: int, importance: float, notes: Sequence[str], help_text: str) -> None:
    """Store what was found for a question."""
    row = (importance, _json(notes), clean(help_text), question)
    db.execute("UPDATE message SET importance = ?, notes = ?, help = ? WHERE id = ?", row)


def basis(db: Connection, conversation: int) -> Basis:
    """What the next prompt of ``conversation`` is laid from; an empty one when it is not there."""
    query = "SELECT kept, system_prompt, own FROM conversation WHERE id = ?"
    row = db.execute(query, (conversation,)).fetchone()
    if row is None:
        return Basis(conversation)
    # Only these: a conversation may have ten thousand messages, and its prompt holds ten.
    kept, system_prompt, own = sorted(json.loads(row[0] or "[]")), row[1], json.loads(row[2])
    held = messages_of(db, conversation, kept) if kept else []
    messages = (*held, *messages_after(db, conversation, kept[-1] if kept else 0))
    return Basis(conversation, messages, system_prompt, own, documents.has_files(db, conversation))


def messages_after(db: Connection, conversation: int, after: int) -> list[Message]:
    """The messages that are shown of a conversation behind ``after`` (0: all), in order."""
    query = f"SELECT {MESSAGE} FROM message WHERE conversation = ? AND id > ? AND hidden = 0 ORDER BY id"
    return documents.with_files(db, conversation, [message(row) for row in db.execute(query, (conversation, after))])


def finish(
    db: Connection, answer: int, text: str, ending: Ending, engine: str, usage: Usage | None,
    trouble: AgentError | None = None, thoughts: str = "",
) -> Message:  # fmt: skip
    """Store an answer as it was shown, as ``Conversations.finish`` has it."""
    cost = (
        (usage.prompt_tokens, usage.evaluated_tokens, usage.reply_tokens, usage.first_token_ms)
        if usage
        else (None, None, None, None)
    )
    speed = usage.tokens_per_second if usage else None
    told = json.dumps(trouble.record(), ensure_ascii=False) if trouble else None
    db.execute(
        "UPDATE message SET text = ?, ending = ?, engine = ?, prompt_tokens = ?, evaluated_tokens = ?, "
        "reply_tokens = ?, first_token_ms = ?, tokens_per_second = ?, trouble = ?, thoughts = ? WHERE id = ?",
        (clean(text), ending, engine, *cost, speed, told, clean(thoughts), answer),
    )
    stored = get_message(db, answer)
    db.execute("UPDATE conversation SET changed = ? WHERE id = ?", (time.time(), stored.conversation))
    return stored


def end_open(db: Connection, conversation: int) -> None:
    """Mark the answers of ``conversation`` that nobody fills as stopped; what they said stays."""
    statement = "UPDATE message SET ending = ? WHERE conversation = ? AND role = ? AND ending IS NULL"
    db.execute(statement, (Ending.STOPPED, conversation, Role.ASSISTANT))


def new_id(db: Connection, statement: str, row: tuple[object, ...]) -> int:
    """Run an INSERT; the id of the new row."""
    return int(db.execute(statement, row).lastrowid or 0)


def _answer(db: Connection, conversation: int, before: int, now: float) -> Message:
    row = (conversation, Role.ASSISTANT, "", now, before)
    new = new_id(db, "INSERT INTO message (conversation, role, text, created, parent) VALUES (?, ?, ?, ?, ?)", row)
    return Message(new, conversation, Role.ASSISTANT, "", now)


def _json(texts: Sequence[str]) -> str:
    return json.dumps([clean(text) for text in texts], ensure_ascii=False)
