"""Files that were attached: what was read from them, and which parts stand in which question's prompt.

The text of a file is kept once, packed, in parts with their terms; a file that no question has is part of a draft.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import NotFound
from desktop_agent.memory.passages import Part
from desktop_agent.messages import Document, DocumentKind, Message, Passage, clean

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.memory.database import Database

_DOCUMENT = "document.id, document.name, document.kind, document.bytes, document.pages, document.letters"


class Documents:
    """The attached files of one database. ``conversation`` None stands for the chat that does not exist yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, name: str, kind: DocumentKind, size: int, pages: int, parts: Sequence[Part], conversation: int | None
    ) -> Document:
        """Keep what was read from a file of ``size`` bytes; it belongs to the draft of ``conversation``."""
        letters = sum(len(part.text) for part in parts)
        told = [[part.first, part.last, clean(part.text), part.terms] for part in parts]
        packed = zlib.compress(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"), 1)

        def insert(db: Connection) -> int:
            fields = "conversation, name, kind, bytes, pages, letters, created, text"
            row = (conversation, clean(name), kind, size, pages, letters, time.time(), packed)
            return int(
                db.execute(f"INSERT INTO document ({fields}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid or 0
            )

        return Document(await self._database.write(insert), clean(name), kind, size, pages, letters)

    async def packed(self, document: int) -> bytes:
        """The parts of a file as they are stored; ``unpacked`` makes them readable, in a worker if they are many.

        Raises:
            NotFound: there is no such file.
        """

        def read(db: Connection) -> bytes:
            row = db.execute("SELECT text FROM document WHERE id = ?", (document,)).fetchone()
            if row is None:
                raise NotFound("There is no attached file {id}.", hint="Attach it again.", id=document)
            return bytes(row[0])

        return await self._database.read(read)

    async def draft(self, conversation: int | None) -> tuple[Document, ...]:
        """Files that were attached and not sent yet."""
        query = (
            f"SELECT {_DOCUMENT} FROM document WHERE conversation IS ? AND NOT EXISTS "
            "(SELECT 1 FROM attached WHERE attached.document = document.id) ORDER BY id"
        )
        rows = await self._database.read(lambda db: db.execute(query, (conversation,)).fetchall())
        return tuple(_document(row) for row in rows)

    async def of(self, conversation: int) -> tuple[Document, ...]:
        """Files of the questions that are shown in ``conversation``, oldest first."""
        query = (
            f"SELECT DISTINCT {_DOCUMENT} FROM document JOIN attached ON attached.document = document.id "
            "JOIN message ON message.id = attached.message WHERE document.conversation = ? AND message.hidden = 0 "
            "ORDER BY document.id"
        )
        rows = await self._database.read(lambda db: db.execute(query, (conversation,)).fetchall())
        return tuple(_document(row) for row in rows)

    async def remove(self, document: int) -> None:
        """Take a file out of a draft; one that was sent stays with its question."""
        statement = (
            "DELETE FROM document WHERE id = ? AND NOT EXISTS (SELECT 1 FROM attached WHERE document = document.id)"
        )
        await self._database.write(lambda db: db.execute(statement, (document,)).rowcount)

    async def place(self, message: int, passages: Sequence[Passage]) -> None:
        """Store which parts of files stand in the prompt of a question."""
        rows = [
            (message, place, one.document, one.name, one.first, one.last, clean(one.text))
            for place, one in enumerate(passages)
        ]

        def write(db: Connection) -> None:
            db.execute("DELETE FROM passage WHERE message = ?", (message,))
            db.executemany("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

        await self._database.write(write)


def unpacked(packed: bytes) -> list[Part]:
    """The parts of a file in order."""
    return [Part(*row) for row in json.loads(zlib.decompress(packed))]


def attach(db: Connection, conversation: int, message: int, documents: Iterable[int]) -> None:
    """Give a question its files; they belong to its conversation from now on."""
    for place, document in enumerate(documents):
        db.execute("UPDATE document SET conversation = ? WHERE id = ?", (conversation, document))
        db.execute("INSERT OR IGNORE INTO attached VALUES (?, ?, ?)", (message, document, place))


def copy(db: Connection, message: int, to: int) -> None:
    """Give the question ``to`` the files of ``message``."""
    db.execute("INSERT INTO attached SELECT ?, document, place FROM attached WHERE message = ?", (to, message))


def has_files(db: Connection, conversation: int) -> bool:
    """Whether files were attached in ``conversation``, or lie beside its draft."""
    return db.execute("SELECT 1 FROM document WHERE conversation = ? LIMIT 1", (conversation,)).fetchone() is not None


def with_files(db: Connection, conversation: int, messages: Sequence[Message]) -> list[Message]:
    """``messages`` of one conversation with their files and the parts of them in their prompts."""
    if not messages or not has_files(db, conversation):
        return list(messages)
    found = list(messages)
    for place, message in enumerate(found):
        files = _files(db, message.id)
        passages = _passages(db, message.id)
        if files or passages:
            found[place] = replace(message, files=files, passages=passages)
    return found


def _files(db: Connection, message: int) -> tuple[Document, ...]:
    query = (
        f"SELECT {_DOCUMENT} FROM attached JOIN document ON document.id = attached.document "
        "WHERE attached.message = ? ORDER BY place"
    )
    return tuple(_document(row) for row in db.execute(query, (message,)))


def _passages(db: Connection, message: int) -> tuple[Passage, ...]:
    query = "SELECT document, name, first, last, text FROM passage WHERE message = ? ORDER BY place"
    return tuple(Passage(*row) for row in db.execute(query, (message,)))


def _document(row: tuple[Any, ...]) -> Document:
    number, name, kind, size, pages, letters = row
    return Document(number, name, DocumentKind(kind), size, pages, letters)
