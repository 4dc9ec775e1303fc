"""Conversations as files: exported to read elsewhere, or whole to be imported again.

``.jsonl`` holds everything, one object a line: a conversation, then its attached files and its messages with
all their versions. ``.md`` and ``.txt`` hold what is shown. A line that is broken costs only itself.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import BadInput
from desktop_agent.memory.archive_lines import USAGE, parsed
from desktop_agent.memory.exchange import ImportReport
from desktop_agent.memory.line_files import LineReader, LineWriter
from desktop_agent.memory.message_rows import get_conversation, messages_of
from desktop_agent.messages import Message, Role
from desktop_agent.words import _

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.memory.database import Database
    from desktop_agent.runtime.threads import Threads

WHOLE, MARKDOWN, TEXT = ".jsonl", ".md", ".txt"
FORMS = (WHOLE, MARKDOWN, TEXT)
_BATCH = 200
"""Messages at a time; others read and write in between."""
_FIELDS = (
    "role, text, created, importance, notes, help, ending, engine, prompt_tokens, evaluated_tokens, reply_tokens, "
    "first_token_ms, tokens_per_second"
)


class Archive:
    """Writes and reads files of conversations."""

    def __init__(self, database: Database, threads: Threads) -> None:
        self._database = database
        self._threads = threads

    async def export(self, path: Path, conversations: Sequence[int]) -> None:
        """Write ``conversations`` to ``path`` in the form that its ending names; it is there whole or not at all.

        Raises:
            BadInput: its ending names no form, or it is a folder.
            NotFound: there is no such conversation.
            StorageError: it cannot be written.
        """
        form = path.suffix.lower()
        if form not in FORMS:
            raise BadInput(
                "{name} does not say how to write it.", hint="Let its name end in .jsonl, .md or .txt.", name=path.name
            )
        write = self._write_whole if form == WHOLE else self._write_shown
        with closing(await self._threads.call(LineWriter, path)) as file:
            for number in conversations:
                await write(file, number, markdown=form == MARKDOWN)
            await self._threads.call(file.finish)

    async def import_(self, path: Path) -> ImportReport:
        """Take the conversations of a ``.jsonl`` file; those that are here already are left alone.

        ``taken`` and ``known`` count conversations.

        Raises:
            NotFound: there is no such file.
            StorageError: it cannot be read, or what it holds cannot be stored.
        """
        arrival = _Arrival()
        with closing(await self._threads.call(LineReader, path, parsed)) as reader:
            while batch := await self._threads.call(_next, reader):

                def take(db: Connection, batch: list[tuple[int, dict[str, Any]]] = batch) -> None:
                    for number, fields in batch:
                        try:
                            arrival.take(db, fields)
                        except BadInput as error:
                            reader.refuse(number, error)

                await self._database.write(take)
        broken = sorted(reader.broken, key=lambda line: line.number)
        return ImportReport(arrival.taken, arrival.known, tuple(broken), reader.broken_lines)

    async def _write_whole(self, file: LineWriter, number: int, *, markdown: bool) -> None:  # noqa: ARG002
        first = await self._database.read(lambda db: _head(db, number))
        await self._threads.call(file.write_lines, [_json(fields) for fields in first])
        last = 0
        while rows := await self._database.read(lambda db, after=last: _some(db, number, after)):  # type: ignore[misc]
            await self._threads.call(file.write_lines, [_json(fields) for fields in rows])
            last = rows[-1]["message"]

    async def _write_shown(self, file: LineWriter, number: int, *, markdown: bool) -> None:
        conversation = await self._database.read(lambda db: get_conversation(db, number))
        title = conversation.title or _("New chat")
        when = datetime.fromtimestamp(conversation.created).astimezone().strftime("%Y-%m-%d %H:%M")
        head = f"# {title}\n\n{when}\n" if markdown else f"{title}\n{when}\n"
        await self._threads.call(file.write_lines, [head])
        query = "SELECT id FROM message WHERE conversation = ? AND hidden = 0 AND id > ? ORDER BY id LIMIT ?"

        def read(db: Connection, after: int) -> list[Message]:
            ids = [row[0] for row in db.execute(query, (number, after, _BATCH))]
            return messages_of(db, number, ids)

        last = 0
        while messages := await self._database.read(lambda db, after=last: read(db, after)):  # type: ignore[misc]
            await self._threads.call(file.write_lines, _shown(messages, markdown=markdown))
            last = messages[-1].id
        await self._threads.call(file.write_lines, ["\n"])


@dataclass(slots=True)
class _Arrival:
    """A file being taken in: which conversation its lines belong to, and the new numbers of what came before."""

    taken: int = 0
    known: int = 0
    conversation: int | None = None
    """The one being taken in; None while one is passed over."""
    messages: dict[int, int] = field(default_factory=dict)
    files: dict[int, int] = field(default_factory=dict)
    last: int = 0
    named: bool = False

    def take(self, db: Connection, fields: dict[str, Any]) -> None:
        """One line.

        Raises:
            BadInput: it cannot be used; the reason.
        """
        if "conversation" in fields:
            self._begin(db, fields)
        elif not self.named:
            raise BadInput("No conversation stands before this line.")
        elif self.conversation is not None:
            (self._file if "file" in fields else self._message)(db, self.conversation, fields)

    def _begin(self, db: Connection, fields: dict[str, Any]) -> None:
        title, created = fields["conversation"], fields["created"]
        self.messages, self.files, self.last, self.named = {}, {}, 0, True
        same = db.execute("SELECT 1 FROM conversation WHERE title = ? AND created = ?", (title, created)).fetchone()
        if same:
            self.conversation = None
            self.known += 1
            return
        row = (title, created, fields["changed"], fields["memory"], fields["pinned"], _dumped(fields["own"]))
        names = "title, created, changed, memory, pinned, own"
        self.conversation = db.execute(f"INSERT INTO conversation ({names}) VALUES (?, ?, ?, ?, ?, ?)", row).lastrowid
        self.taken += 1

    def _file(self, db: Connection, conversation: int, fields: dict[str, Any]) -> None:
        names = "conversation, name, kind, bytes, pages, letters, created, text"
        row = (conversation, *(fields[name] for name in ("name", "kind", "bytes", "pages", "letters", "created")))
        statement = f"INSERT INTO document ({names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        self.files[fields["file"]] = int(db.execute(statement, (*row, fields["text"])).lastrowid or 0)

    def _message(self, db: Connection, conversation: int, fields: dict[str, Any]) -> None:
        follows = fields["follows"]
        # What followed a line that was broken follows the one before it.
        parent = 0 if follows == 0 else self.messages.get(follows, self.last)
        row = (
            conversation, parent, not fields["shown"], fields["role"], fields["text"], fields["created"],
            fields["importance"], _dumped(fields["notes"]), fields["help"], fields["ending"], fields["engine"],
            *(fields["usage"] or [None] * len(USAGE)),
        )  # fmt: skip
        places = ", ".join("?" * len(row))
        statement = f"INSERT INTO message (conversation, parent, hidden, {_FIELDS}) VALUES ({places})"
        new = self.messages[fields["message"]] = self.last = int(db.execute(statement, row).lastrowid or 0)
        for place, number in enumerate(fields["files"]):
            if number in self.files:
                db.execute("INSERT OR IGNORE INTO attached VALUES (?, ?, ?)", (new, self.files[number], place))
        for place, passage in enumerate(fields["passages"]):
            file, name, first, last, text = passage
            placed = (new, place, self.files.get(file, 0), name, first, last, text)
            db.execute("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", placed)


def _next(reader: LineReader[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Some good lines with their numbers; on a worker thread."""
    return [(reader.number, fields) for fields in reader.entries(_BATCH)]


def _head(db: Connection, number: int) -> list[dict[str, Any]]:
    """The lines before the messages: the conversation and its files."""
    known = get_conversation(db, number)
    (own,) = db.execute("SELECT own FROM conversation WHERE id = ?", (number,)).fetchone()
    lines: list[dict[str, Any]] = [
        {
            "conversation": known.title,
            "created": known.created,
            "changed": known.changed,
            "memory": known.memory,
            "pinned": known.pinned,
            "own": json.loads(own),
        }
    ]
    query = (
        "SELECT id, name, kind, bytes, pages, letters, created, text FROM document WHERE conversation = ? "
        "AND id IN (SELECT document FROM attached) ORDER BY id"
    )
    for row in db.execute(query, (number,)):
        file = dict(zip(("file", "name", "kind", "bytes", "pages", "letters", "created"), row[:-1], strict=True))
        lines.append({**file, "text": base64.b64encode(row[-1]).decode()})
    return lines


def _some(db: Connection, number: int, after: int) -> list[dict[str, Any]]:
    """The next messages of all versions."""
    query = f"SELECT id, parent, hidden FROM message WHERE conversation = ? AND id > ? ORDER BY id LIMIT {_BATCH}"
    rows = db.execute(query, (number, after)).fetchall()
    found = {message.id: message for message in messages_of(db, number, [row[0] for row in rows])}
    return [_message_fields(found[id_], parent or 0, shown=not hidden) for id_, parent, hidden in rows]


def _message_fields(message: Message, follows: int, *, shown: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "message": message.id,
        "follows": follows,
        "shown": shown,
        "role": message.role,
        "text": message.text,
        "created": message.created,
        "importance": message.importance,
        "notes": message.notes,
        "help": message.help,
        "ending": message.ending,
        "engine": message.engine,
        "usage": [getattr(message.usage, name) for name in USAGE] if message.usage else None,
        "files": [file.id for file in message.files],
        "passages": [[one.document, one.name, one.first, one.last, one.text] for one in message.passages],
    }
    return {name: value for name, value in fields.items() if value or name in ("message", "follows", "role", "text")}


def _shown(messages: Iterable[Message], *, markdown: bool) -> Iterator[str]:
    """What people read of messages."""
    for message in messages:
        who = _("You") if message.role is Role.USER else message.engine or _("Assistant")
        files = "".join(f"\n[{_('attached')}: {file.name}]" for file in message.files)
        yield f"\n## {who}\n\n{message.text}{files}\n" if markdown else f"\n{who}:\n{message.text}{files}\n"


def _json(fields: dict[str, Any]) -> str:
    return _dumped(fields) + "\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
