"""Conversations as files: exported to read elsewhere, or whole to be imported again.

``.jsonl`` holds everything, one object a line: a conversation, then its attached files and its messages with
all their versions. ``.md`` and ``.txt`` hold what is shown. A line that is broken costs only itself.

A file says which server a conversation was sent to. Who imports it has not agreed to that: the conversation
stays on this computer, and ``ArchiveReport.servers`` says what it had.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import BadInput
from desktop_agent.memory.archive_lines import USAGE, Lines, pieces
from desktop_agent.memory.exchange import ImportReport
from desktop_agent.memory.line_files import LineReader, LineWriter
from desktop_agent.memory.message_rows import get_conversation, messages_of
from desktop_agent.messages import Message, Role, ServerModel
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
    "role, text, created, importance, notes, help, ending, engine, trouble, thoughts, prompt_tokens, "
    "evaluated_tokens, reply_tokens, first_token_ms, tokens_per_second"
)


@dataclass(frozen=True, slots=True)
class ArchiveReport(ImportReport):
    """What became of a file of conversations; ``taken`` and ``known`` count these."""

    servers: Mapping[int, ServerModel]
    """For each new conversation that was sent to a server: the one it was sent to where it came from."""


_FILE_NAMES = ("file", "name", "kind", "bytes", "pages", "letters", "created")
_FILE = "SELECT id, name, kind, bytes, pages, letters, created, text FROM document WHERE id = ?"


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

    async def import_(self, path: Path) -> ArchiveReport:
        """Take the conversations of a ``.jsonl`` file; those that are here already are left alone.

        All of them stay on this computer, whatever the file says.

        Raises:
            NotFound: there is no such file.
            StorageError: it cannot be read, or what it holds cannot be stored.
        """
        arrival = _Arrival()
        with closing(await self._threads.call(LineReader, path, Lines())) as reader:
            while batch := await self._threads.call(_next, reader):

                def take(db: Connection, batch: list[tuple[int, dict[str, Any]]] = batch) -> None:
                    for number, fields in batch:
                        try:
                            arrival.take(db, fields)
                        except BadInput as error:
                            reader.refuse(number, error)

                await self._database.write(take)
        broken = sorted(reader.broken, key=lambda line: line.number)
        return ArchiveReport(arrival.taken, arrival.known, tuple(broken), reader.broken_lines, arrival.servers)

    async def _write_whole(self, file: LineWriter, number: int, *, markdown: bool) -> None:  # noqa: ARG002
        head, files = await self._database.read(lambda db: _head(db, number))
        await self._threads.call(file.write_lines, [_json(head)])
        for id_ in files:  # one at a time: each may have megabytes
            row = await self._database.read(lambda db, id_=id_: db.execute(_FILE, (id_,)).fetchone())  # type: ignore[misc]
            if row is not None:
                await self._threads.call(lambda row=row: file.write_lines(_file_lines(row)))  # type: ignore[misc]
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
    servers: dict[int, ServerModel] = field(default_factory=dict)

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
        statement = f"INSERT INTO conversation ({names}) VALUES (?, ?, ?, ?, ?, ?)"
        self.conversation = new = int(db.execute(statement, row).lastrowid or 0)
        if fields["draft"].strip():
            db.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", (new, fields["draft"]))
        if fields["server"]:
            self.servers[new] = fields["server"]
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
            _dumped(fields["trouble"]) if fields["trouble"] else None, fields["thoughts"],
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
    some = []
    for fields in reader.entries(_BATCH):
        some.append((reader.number, fields))
        if "file" in fields:  # it may have megabytes; many of them would not fit
            break
    return some


def _head(db: Connection, number: int) -> tuple[dict[str, Any], list[int]]:
    """The line of the conversation, and the ids of its files with those beside its draft."""
    known = get_conversation(db, number)
    (own,) = db.execute("SELECT own FROM conversation WHERE id = ?", (number,)).fetchone()
    draft = db.execute("SELECT text FROM draft WHERE conversation = ?", (number,)).fetchone()
    head: dict[str, Any] = {
        "conversation": known.title,
        "created": known.created,
        "changed": known.changed,
        "memory": known.memory,
        "pinned": known.pinned,
        "own": json.loads(own),
    }
    if known.server:
        # Its address and no key: those are in the keyring and in no file.
        head["server"] = {"address": known.server.address, "model": known.server.model}
    if draft:
        head["draft"] = draft[0]
    files = db.execute("SELECT id FROM document WHERE conversation = ? ORDER BY id", (number,))
    return head, [row[0] for row in files.fetchall()]


def _file_lines(row: tuple[Any, ...]) -> Iterator[str]:
    known = dict(zip(_FILE_NAMES, row, strict=False))
    for place, piece in enumerate(pieces(row[-1])):
        yield _json({**(known if place == 0 else {"file": row[0]}), **piece})


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
        "trouble": message.trouble.record() if message.trouble else None,
        "thoughts": message.thoughts,
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
        # What went wrong stands below an answer in the window too, and may be all there is of it.
        trouble = f"\n[{message.trouble.told()}]" if message.trouble else ""
        told = f"{message.text}{files}{trouble}".strip("\n")
        yield f"\n## {who}\n\n{told}\n" if markdown else f"\n{who}:\n{told}\n"


def _json(fields: dict[str, Any]) -> str:
    return _dumped(fields) + "\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
