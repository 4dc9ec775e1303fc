"""Notes: what the assistant was asked to remember, and how it is found again.

Whatever a person types is plain text here: no letter of it means anything to the
search or to SQL. Cutting a text into terms happens on a worker thread, storing and
searching on the database's.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.errors import BadInput
from desktop_agent.memory import backups, exchange, index, note_rows
from desktop_agent.memory.exchange import Entry, ImportReport
from desktop_agent.memory.note_rows import Was
from desktop_agent.messages import FoundNote, Note, clean

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.memory.database import Database
    from desktop_agent.memory.keywords import Keyword
    from desktop_agent.memory.ranking import Ranking
    from desktop_agent.runtime.cache import Cache
    from desktop_agent.runtime.threads import Threads

LONGEST_NOTE = 2_000_000
"""Letters; more is a document, not a note."""
CACHED_LETTERS = 2_000
"""The words of longer texts are not kept in the cache: they hardly repeat, and 100 of them would weigh."""
_BATCH = 500
"""Lines imported or exported at a time; others read and write in between."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says: its keywords, and the terms it is stored and found under."""

    keywords: tuple[Keyword, ...]
    terms: tuple[str, ...]
    kept: tuple[str, ...]
    """The keywords that a note of this text keeps."""


class Notes:
    """All notes of one database.

    Who names a note that is not there gets ``NotFound``; what cannot be stored raises
    ``StorageError`` and changes nothing.
    """

    def __init__(self, database: Database, threads: Threads, cache: Cache[str, Words]) -> None:
        self._database = database
        self._threads = threads
        self._cache = cache

    async def words(self, text: str) -> Words:
        """Keywords and terms of ``text``; within one turn the same text is asked for several times."""
        if len(text) > CACHED_LETTERS:
            return await self._threads.call(words_of, text)
        known = self._cache.get(text)
        if known is None:
            known = await self._threads.call(words_of, text)
            self._cache.put(text, known)
        return known

    async def add(
        self,
        text: str,
        *,
        source: str = "",
        conversation: int | None = None,
        message: int | None = None,
        important: bool = False,
        created: float | None = None,
        keywords: Sequence[str] | None = None,
    ) -> Note:
        """The note, once it is on the disk; a text that is noted already gives the note that is there.

        Raises:
            BadInput: there is no text, or more than two million letters.
        """
        text = _checked(text)
        words = await self.words(text)
        kept = tuple(keywords) if keywords is not None else words.kept
        now = time.time()
        entry = Entry(text, now if created is None else created, kept, important, clean(source), "")

        def insert(db: Connection) -> Note:
            equal = note_rows.equal(db, entry, anywhere=True)
            if equal is None:
                return note_rows.get(db, note_rows.insert_one(db, entry, words.terms, conversation, message, now))
            if important and not equal.important:
                db.execute("UPDATE note SET important = 1, changed = ? WHERE id = ?", (now, equal.id))
            return note_rows.get(db, equal.id)

        return await self._database.write(insert)

    async def remember(
        self,
        text: str,
        *,
        source: str = "",
        conversation: int | None = None,
        message: int | None = None,
        important: bool = False,
    ) -> tuple[Note, Note | None]:
        """As ``add``, but a note that says something else about the same thing is changed instead.

        Also gives that note as it was ("My sister's name is Ann." was "… is Anna."); it is
        kept in the history, and ``take_back`` restores it.

        Raises:
            BadInput: there is no text, or more than two million letters.
        """  # fmt: skip
        text = _checked(text)
        words = await self.words(text)
        now = time.time()
        entry = Entry(text, now, words.kept, important, clean(source), "")

        def update(db: Connection) -> Note | None:
            if note_rows.equal(db, entry, anywhere=True) is not None:
                return None
            was = note_rows.contradicted(db, text)
            if was is None:
                return None
            note_rows.change(db, was.id, entry, words.terms, now)
            db.execute(
                "UPDATE note SET created = ?, important = ?, source = ?, conversation = ?, message = ? WHERE id = ?",
                (now, important or was.important, entry.source or was.source, conversation, message, was.id),
            )
            return was

        was = await self._database.write(update)
        if was is not None:
            return await self.get(was.id), was
        return await self.add(
            text, source=source, conversation=conversation, message=message, important=important
        ), None

    async def get(self, note: int) -> Note:
        return await self._database.read(lambda db: note_rows.get(db, note))

    async def search(self, text: str, limit: int = 5, ranking: Ranking | None = None) -> tuple[FoundNote, ...]:
        """The notes that fit ``text`` best, best first.

        Each shares a term with it, or stands beside a line of its conversation that does; a
        text of stop words only finds nothing.
        """
        text = clean(text)
        terms = (await self.words(text)).terms
        # Here and in words_of, not above: their tables and patterns take 1 MB that an idle window can do without.
        from desktop_agent.memory.questions import question
        from desktop_agent.memory.ranking import OURS, search

        chosen = ranking or OURS
        asked = question(text, terms, chosen.synonyms)
        if not asked.terms or limit < 1:
            return ()

        def find(db: Connection) -> tuple[FoundNote, ...]:
            return tuple(FoundNote(note_rows.get(db, note), score) for note, score in search(db, asked, limit, chosen))

        return await self._database.read(find)

    async def all(self, limit: int = 100, offset: int = 0, matching: str = "") -> tuple[Note, ...]:
        """Notes, newest first; with ``matching`` those that have this text in them, as ``Conversations.all`` has it."""
        where, row = note_rows.matching(matching)
        query = f"SELECT {note_rows.NOTE} FROM note {where} ORDER BY created DESC, id DESC LIMIT ? OFFSET ?"
        rows = await self._database.read(lambda db: db.execute(query, (*row, limit, offset)).fetchall())
        return tuple(note_rows.note(row) for row in rows)

    async def count(self, matching: str = "") -> int:
        """How many notes there are, or how many have ``matching`` in them."""
        where, row = note_rows.matching(matching)
        query = f"SELECT count(*) FROM note {where}"
        return await self._database.read(lambda db: int(db.execute(query, row).fetchone()[0]))

    async def of(self, conversation: int) -> tuple[Note, ...]:
        """The notes made in a conversation, oldest first."""
        query = f"SELECT {note_rows.NOTE} FROM note WHERE conversation = ? ORDER BY id"
        rows = await self._database.read(lambda db: db.execute(query, (conversation,)).fetchall())
        return tuple(note_rows.note(row) for row in rows)

    async def edit(self, note: int, text: str) -> Note:
        """Give it another text; its keywords and terms follow, where it came from stays.

        Raises:
            BadInput: there is no text, or more than two million letters.
        """
        text = _checked(text)
        words = await self.words(text)
        kept = list(words.kept)

        now = time.time()
        entry = Entry(text, now, tuple(kept), False, "", "")

        def update(db: Connection) -> Note:
            if note_rows.get(db, note).text == text:
                return note_rows.get(db, note)
            return note_rows.change(db, note, entry, words.terms, now)

        return await self._database.write(update)

    async def history(self, note: int) -> tuple[Was, ...]:
        """What it said before it was edited or contradicted, newest first."""
        return await self._database.read(lambda db: note_rows.history(db, note))

    async def take_back(self, note: int) -> Note | None:
        """Undo what was remembered: the note says again what it said before; a new one is forgotten (None)."""

        from desktop_agent.memory.terms import terms

        def undo(db: Connection) -> Note | None:
            note_rows.get(db, note)
            return note_rows.put_back(db, note, terms, time.time())

        found = await self._database.write(undo)
        if found is None:
            await self.forget(note)
        return found

    async def star(self, note: int, important: bool = True) -> Note:
        """Mark it as important, or not."""

        def update(db: Connection) -> Note:
            db.execute("UPDATE note SET important = ?, changed = ? WHERE id = ?", (important, time.time(), note))
            return note_rows.get(db, note)

        return await self._database.write(update)

    async def forget(self, note: int) -> int:
        """Forget it for good, with all it said before: its bytes are gone from the database's files and their copies.

        How many copies still have it: those of an older version of the program.
        """

        def delete(db: Connection) -> list[str]:
            texts = [note_rows.get(db, note).text, *(was.note.text for was in note_rows.history(db, note))]
            note_rows.delete(db, note)
            return texts

        texts = await self._database.write(delete)
        await self._database.clean_up()
        return await self._threads.call(backups.forget_note, self._database.copies, texts)

    async def used(self, notes: Sequence[int]) -> None:
        """Write down that these notes were placed beside a question."""
        now = time.time()
        await self._database.write(lambda db: note_rows.use(db, notes, now))

    async def prune(self, limit: int, folder: Path) -> int:
        """Keep at most ``limit`` notes (0: any number): the least useful go, those with a star never.

        Before they go they are written to a file in ``folder`` that ``import_`` takes back.
        How many went.

        Raises:
            StorageError: the file could not be written; nothing has gone then.
        """
        excess = await self.count() - limit if limit else 0
        if excess <= 0:
            return 0
        going = await self._database.read(lambda db: note_rows.least_useful(db, excess))
        if not going:
            return 0
        name = f"removed-notes-{datetime.now().astimezone():%Y-%m-%d-%H%M%S-%f}.jsonl"
        with closing(await self._threads.call(exchange.Writer, folder / name)) as writer:
            await self._threads.call(writer.write, [entry for _, entry in going])
            await self._threads.call(writer.finish)
        for at in range(0, len(going), _BATCH):

            def delete(db: Connection, some: Sequence[tuple[int, Entry]] = going[at : at + _BATCH]) -> None:
                for number, _ in some:
                    note_rows.delete(db, number)

            await self._database.write(delete)
        await self._database.clean_up()
        return len(going)

    async def export(self, path: Path) -> int:
        """Write all notes to ``path``, one JSON object a line, oldest first; how many there are.

        Raises:
            StorageError: the file cannot be written; one that was there is left as it was.
        """
        count, last = 0, 0
        with closing(await self._threads.call(exchange.Writer, path)) as writer:
            while batch := await self._database.read(lambda db, after=last: note_rows.page(db, after, _BATCH)):  # type: ignore[misc]
                last = batch[-1][0]
                await self._threads.call(writer.write, [entry for _, entry in batch])
                count += len(batch)
            await self._threads.call(writer.finish)
        return count

    async def import_(self, path: Path) -> ImportReport:
        """Take in notes from a file of JSON lines, as ``export`` writes them.

        Good lines are taken, 250 in one transaction; broken ones are in the report. A line
        that is here already is not taken twice.

        Raises:
            StorageError: the file cannot be read, or the disk is full; what was taken
                before that stays.
        """
        taken = known = 0
        with closing(await self._threads.call(exchange.Reader, path)) as reader:
            while batch := await self._threads.call(_next_batch, reader):

                def insert(db: Connection, batch: list[tuple[Entry, tuple[str, ...]]] = batch) -> int:
                    now = time.time()
                    postings = [
                        note_rows.insert(db, entry, found, None, None, now)
                        for entry, found in batch
                        if note_rows.equal(db, entry) is None
                    ]
                    index.post(db, postings)
                    return len(postings)

                new = await self._database.write(insert)
                taken, known = taken + new, known + len(batch) - new
        return ImportReport(taken, known, tuple(reader.broken), reader.broken_lines)


def words_of(text: str) -> Words:
    """Keywords and terms of ``text``, without a cache; takes 0.1 ms for a message, seconds for a megabyte."""
    from desktop_agent.memory.keywords import KEPT, keywords
    from desktop_agent.memory.terms import terms

    found = keywords(text)
    return Words(found, tuple(terms(text)), tuple(word.word for word in found[:KEPT]))


def _next_batch(reader: exchange.Reader) -> list[tuple[Entry, tuple[str, ...]]]:
    """Some entries of a file with their terms; on a worker thread."""
    from desktop_agent.memory.terms import terms

    batch = []
    for entry in reader.entries(_BATCH):
        if entry.keywords is None:
            found = words_of(entry.text).kept
            entry = Entry(entry.text, entry.created, found, entry.important, entry.source, entry.conversation)
        batch.append((entry, tuple(terms(entry.text))))
        # Gives the interpreter to whoever waits for it: without this a 5 ms timer of the window
        # came 13 to 47 ms late (p99), with it 4 to 8, for a tenth more CPU time.
        time.sleep(0)
    return batch


def _checked(text: str) -> str:
    text = clean(text).strip()
    if not text:
        raise BadInput("A note needs some text.")
    if len(text) > LONGEST_NOTE:
        raise BadInput(
            "This note has {letters} letters; the longest has {most}.",
            hint="Split it, or keep it in a file.",
            letters=f"{len(text):,}",
            most=f"{LONGEST_NOTE:,}",
        )
    return text
