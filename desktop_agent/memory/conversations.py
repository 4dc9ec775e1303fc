"""Conversations and their messages, as stored.

A message has its row from the moment it exists; an answer's row comes first and is
filled while the model speaks, its ``ending`` None until then.
"""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import AgentError, BadInput
from desktop_agent.memory import branches, turns
from desktop_agent.memory.message_rows import (
    CONVERSATION,
    Outline,
    get_conversation,
    get_message,
    messages_of,
    outline,
)
from desktop_agent.memory.message_rows import conversation as conversation_of
from desktop_agent.memory.turns import Basis, Stored
from desktop_agent.messages import Conversation, Ending, Hit, Message, ServerModel, Usage, clean

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.memory.database import Database


class Conversations:
    """All conversations of one database.

    Whoever names a conversation or message that is not there gets ``NotFound``; what
    cannot be stored raises ``StorageError``.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._behind: Callable[[], object] | None = None
        self._told: list[Callable[[int], Awaitable[None]]] = []

    def on_behind(self, told: Callable[[], object]) -> None:
        """Let ``told`` see to it that ``catch_up`` is done: there were more new messages than one search enters."""
        self._behind = told

    async def catch_up(self) -> None:
        """Enter every message that is not in the index; others read and write in between."""
        from desktop_agent.memory import message_finding

        await message_finding.catch_up(self._database)

    def on_delete(self, told: Callable[[int], Awaitable[None]]) -> None:
        """Let ``told`` put away what it has of a conversation that was deleted."""
        self._told.append(told)

    async def create(self, title: str = "", memory: bool = True, server: ServerModel | None = None) -> Conversation:
        """A new, empty conversation."""
        now = time.time()

        def insert(db: Connection) -> int:
            row = (clean(title), now, now, memory, *_place(server))
            fields = "title, created, changed, memory, server, server_model"
            return turns.new_id(db, f"INSERT INTO conversation ({fields}) VALUES (?, ?, ?, ?, ?, ?)", row)

        return Conversation(await self._database.write(insert), clean(title), now, now, memory, server)

    async def all(self) -> tuple[Conversation, ...]:
        """The conversations that are not in the trash: pinned ones first, then the one changed last."""
        query = (
            f"SELECT {CONVERSATION} FROM conversation WHERE thrown_away IS NULL "
            "ORDER BY pinned DESC, changed DESC, id DESC"
        )
        rows = await self._database.read(lambda db: db.execute(query).fetchall())
        return tuple(conversation_of(row) for row in rows)

    async def find(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """Messages outside the trash that have the words of ``text``, best first, with the place of the hit.

        All text is plain text; a part of a word is found among the newest messages only. Messages that
        are not in the index yet are found by the text as it stands.
        """
        # Here, not above: an idle window can do without what cuts text into terms.
        from desktop_agent.memory import message_finding

        found, behind = await message_finding.find(self._database, text, limit)
        if behind and self._behind is not None:
            self._behind()
        return found

    async def get(self, conversation: int) -> Conversation:
        return await self._database.read(lambda db: get_conversation(db, conversation))

    async def rename(self, conversation: int, title: str) -> Conversation:
        """Give it another title; an empty one is named anew by its next question."""
        return await self.change(conversation, "title", clean(title).strip())

    async def set_memory(self, conversation: int, memory: bool) -> Conversation:
        """Whether notes are found and made in it."""
        return await self.change(conversation, "memory", memory)

    async def set_server(self, conversation: int, server: ServerModel | None) -> Conversation:
        """Let it be sent to ``server`` and nowhere else; None keeps it on this computer."""
        await self.change(conversation, "server_model", _place(server)[1])
        return await self.change(conversation, "server", _place(server)[0])

    async def delete(self, conversation: int) -> None:
        """Forget it for good with its messages, in the copies too.

        Notes made in it stay and no longer say where they came from.
        """
        from desktop_agent.memory import backups, message_search

        def delete(db: Connection) -> float:
            created = get_conversation(db, conversation).created
            message_search.forget(db, conversation)
            db.execute("DELETE FROM conversation WHERE id = ?", (conversation,))
            # Not by itself: the draft of the chat that does not exist yet belongs to no conversation.
            db.execute("DELETE FROM draft WHERE conversation = ?", (conversation,))
            return created

        created = await self._database.write(delete)
        for told in self._told:
            await told(conversation)
        await self._database.clean_up()
        await self._database.change_copies(lambda copies: backups.forget_conversation(copies, conversation, created))

    async def messages(self, conversation: int, after: int = 0) -> tuple[Message, ...]:
        """The messages that are shown of a conversation, in order; empty for one that is not there.

        With ``after`` only those behind this message.
        """
        return tuple(await self._database.read(lambda db: turns.messages_after(db, conversation, after)))

    async def outline(self, conversation: int, whole: int = 60) -> Outline:
        """What is shown of a conversation without its texts, but for the last ``whole`` messages."""

        def read(db: Connection) -> Outline:
            made = outline(db, conversation, whole)
            made.versions = branches.versions(db, conversation)
            return made

        return await self._database.read(read)

    async def versions(self, conversation: int) -> dict[int, tuple[int, ...]]:
        """For each message that has others in its place: all of them, oldest first."""
        return await self._database.read(lambda db: branches.versions(db, conversation))

    async def some(self, conversation: int, ids: Iterable[int]) -> tuple[Message, ...]:
        """The messages with these ids, oldest first; those that are gone are left out."""
        wanted = sorted(ids)
        return tuple(await self._database.read(lambda db: messages_of(db, conversation, wanted)))

    async def message(self, message: int) -> Message:
        return await self._database.read(lambda db: get_message(db, message))

    async def add_question(
        self,
        conversation: int,
        text: str,
        importance: float = 0.0,
        notes: Sequence[str] = (),
        help_text: str = "",
        *,
        files: Sequence[int] = (),
        instead_of: int | None = None,
    ) -> Message:
        """Store what the user said; the first question gives the conversation its title.

        ``files`` are attached documents. With ``instead_of`` it takes the place of that question, whose
        files it has as well; the question and what followed it are kept and hidden.
        """
        return await self._database.write(
            lambda db: turns.add_question(
                db, conversation, text, importance, notes, help_text, files=files, instead_of=instead_of
            )
        )

    async def ask(
        self, conversation: int, text: str, *, files: Sequence[int] = (), instead_of: int | None = None
    ) -> Stored:
        """As ``add_question``, with the row that waits for the answer, as ``add_answer`` makes it."""
        return await self._database.write(
            lambda db: turns.ask(db, conversation, text, files=files, instead_of=instead_of)
        )

    async def place(self, message: int, importance: float, notes: Sequence[str] = (), help_text: str = "") -> Message:
        """Store what was found for a question after it was stored: what it weighs and what is placed in its prompt."""

        def update(db: Connection) -> Message:
            get_message(db, message)
            turns.place(db, message, importance, notes, help_text)
            return get_message(db, message)

        return await self._database.write(update)

    async def add_answer(self, conversation: int, to: int | None = None) -> Message:
        """An empty answer, its ``ending`` still None; ``to`` a question that is answered once more.

        What followed that question is kept and hidden. When the program is killed before ``finish``,
        the next start marks the answer as stopped.
        """
        return await self._database.write(lambda db: turns.add_answer(db, conversation, to))

    async def show(self, message: int) -> bool:
        """Make the path through ``message`` the shown one; False when it is shown already."""

        def write(db: Connection) -> bool:
            return branches.show(db, get_message(db, message).conversation, message)

        return await self._database.write(write)

    async def question_of(self, answer: int) -> Message:
        """The question that an answer is for.

        Raises:
            NotFound: there is no such answer, or it has no question.
        """
        return await self._database.read(lambda db: get_message(db, branches.parent(db, answer)))

    async def reopen(self, answer: int) -> Message:
        """An answer that is to go on, its ``ending`` None again.

        Raises:
            BadInput: it has no text, or something was said since.
            NotFound: there is no such message.
        """

        def update(db: Connection) -> Message:
            found = get_message(db, answer)
            if not found.text or branches.last_shown(db, found.conversation) != answer:
                raise BadInput("Only the last answer can go on.", hint="Try again gives another answer.")
            db.execute("UPDATE message SET ending = NULL WHERE id = ?", (answer,))
            return get_message(db, answer)

        return await self._database.write(update)

    async def progress(self, message: int, text: str) -> None:
        """Store how far an answer has come; a finished one is left alone."""
        row = (clean(text), message)
        await self._database.write(
            lambda db: db.execute("UPDATE message SET text = ? WHERE id = ? AND ending IS NULL", row).rowcount
        )

    async def finish(
        self, message: int, text: str, ending: Ending, engine: str, usage: Usage | None,
        trouble: AgentError | None = None, thoughts: str = "",
    ) -> Message:  # fmt: skip
        """Store an answer as it was shown, with how it ended, what it cost, what went wrong and what was thought."""
        return await self._database.write(
            lambda db: turns.finish(db, message, text, ending, engine, usage, trouble, thoughts)
        )

    async def end_open(self, conversation: int) -> None:
        """Mark the answers of a conversation that nobody fills any more as stopped."""
        await self._database.write(lambda db: turns.end_open(db, conversation))

    async def basis(self, conversation: int) -> Basis:
        """What the next prompt of a conversation is laid from; an empty one when it is not there."""
        return await self._database.read(lambda db: turns.basis(db, conversation))

    async def kept(self, conversation: int) -> tuple[int, ...] | None:
        """Ids of the messages that its prompt holds, in order; None before its first prompt."""
        query = "SELECT kept FROM conversation WHERE id = ?"
        row = await self._database.read(lambda db: db.execute(query, (conversation,)).fetchone())
        return None if row is None or row[0] is None else tuple(json.loads(row[0]))

    async def system_prompt(self, conversation: int) -> str:
        """The first message of its prompt, fixed when ``keep`` first stored it; empty before that."""
        query = "SELECT system_prompt FROM conversation WHERE id = ?"
        row = await self._database.read(lambda db: db.execute(query, (conversation,)).fetchone())
        return row[0] if row else ""

    async def keep(
        self, conversation: int, ids: Sequence[int], system_prompt: str, found_for: Message | None = None
    ) -> None:
        """Store what its prompt holds: the first message and the ids of those after it.

        ``found_for`` is a question with what was found for it, stored with the rest as ``place`` does.
        """
        row = (json.dumps(list(ids)), clean(system_prompt), conversation)

        def write(db: Connection) -> None:
            db.execute("UPDATE conversation SET kept = ?, system_prompt = ? WHERE id = ?", row)
            if (question := found_for) is not None:
                turns.place(db, question.id, question.importance, question.notes, question.help)

        await self._database.write(write)

    async def lay_anew(self, conversation: int, system_prompt: str) -> None:
        """Let the next prompt begin with ``system_prompt``, and everything be read again."""
        row = (clean(system_prompt), conversation)
        await self._database.write(
            lambda db: db.execute("UPDATE conversation SET system_prompt = ? WHERE id = ?", row).rowcount
        )

    async def own(self, conversation: int) -> dict[str, Any]:
        """Names and values of the settings that a conversation has for itself."""
        query = "SELECT own FROM conversation WHERE id = ?"
        row = await self._database.read(lambda db: db.execute(query, (conversation,)).fetchone())
        return dict(json.loads(row[0])) if row else {}

    async def set_own(self, conversation: int, values: Mapping[str, Any]) -> None:
        """Give a conversation settings for itself, in the place of those it had."""
        row = (json.dumps(dict(values), ensure_ascii=False), conversation)

        def write(db: Connection) -> None:
            get_conversation(db, conversation)
            db.execute("UPDATE conversation SET own = ? WHERE id = ?", row)

        await self._database.write(write)

    async def change(self, conversation: int, column: str, value: str | float | None) -> Conversation:
        """Store one column of its row; the conversation as it is then."""

        def update(db: Connection) -> Conversation:
            db.execute(f"UPDATE conversation SET {column} = ? WHERE id = ?", (value, conversation))
            return get_conversation(db, conversation)

        return await self._database.write(update)


def _place(server: ServerModel | None) -> tuple[str, str]:
    return (server.address, clean(server.model)) if server else ("", "")
