"""Notes: what the assistant was asked to remember, and how it is found again.

Whatever a person types is plain text here: no letter of it means anything to the
search or to SQL. Cutting a text into terms happens on a worker thread, storing and
searching on the database's.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.errors import BadInput
from desktop_agent.memory import backups, note_files, note_rows
from desktop_agent.memory.exchange import Entry, ImportReport
from desktop_agent.memory.note_files import Words, words_of
from desktop_agent.memory.note_rows import Was
from desktop_agent.messages import FoundNote, Note, clean

if TYPE_CHECKING:
    from datetime import date
    from sqlite3 import Connection

    from desktop_agent.memory.database import Database
    from desktop_agent.memory.ranking import Ranking
    from desktop_agent.memory.terms import Reading
    from desktop_agent.runtime.cache import Cache
    from desktop_agent.runtime.threads import Threads

LONGEST_NOTE = 2_000_000
"""Letters; more is a document, not a note."""
CACHED_LETTERS = 2_000
"""The words of longer texts are not kept in the cache: they hardly repeat, and 100 of them would weigh."""


class Notes:
    """All notes of one database.

    Who names a note that is not there gets ``NotFound``; what cannot be stored raises
    ``StorageError`` and changes nothing.
    """

    def __init__(
        self, database: Database, threads: Threads, cache: Cache[str, Words], reading: Reading | None = None
    ) -> None:
        """``reading`` leaves something out of the terms, to measure what it is worth."""
        self._database = database
        self._threads = threads
        self._cache = cache
        self._reading = reading

    async def words(self, text: str) -> Words:
        """Keywords and terms of ``text``; within one turn the same text is asked for several times."""
        if len(text) > CACHED_LETTERS:
            return await self._threads.call(words_of, text, self._reading)
        known = self._cache.get(text)
        if known is None:
            known = await self._threads.call(words_of, text, self._reading)
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

    async def search(
        self, text: str, limit: int = 5, ranking: Ranking | None = None, asked_on: date | None = None
    ) -> tuple[FoundNote, ...]:
        """The notes that fit ``text`` best, best first.

        Each shares a term with it, or stands beside a line of its conversation that does, or is
        of a day that it names ("yesterday", seen from ``asked_on``); a text of stop words only
        finds nothing.
        """
        text = clean(text)
        terms = (await self.words(text)).terms
        # Here and in words_of, not above: their tables and patterns take 1 MB that an idle window can do without.
        from desktop_agent.memory.questions import question
        from desktop_agent.memory.ranking import OURS, search
        from desktop_agent.memory.terms import WHOLE

        chosen = ranking or OURS
        asked = question(
            text,
            terms,
            chosen.synonyms,
            chosen.related,
            chosen.subject,
            asked_on=asked_on,
            reading=self._reading or WHOLE,
        )
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

    async def made_in(self, conversation: int) -> tuple[tuple[Note, str], ...]:
        """The notes made from the messages of a conversation, oldest first, each with what it had said before.

        That is empty for a note that the message did not contradict but make.
        """
        query = f"SELECT {note_rows.NOTE} FROM note WHERE conversation = ? AND message IS NOT NULL ORDER BY id"

        def read(db: Connection) -> tuple[tuple[Note, str], ...]:
            made = [note_rows.note(row) for row in db.execute(query, (conversation,)).fetchall()]
            return tuple((note, note_rows.replaced(db, note)) for note in made)

        return await self._database.read(read)

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

        How many copies still have it: those of a much older version of the program.
        """

        def delete(db: Connection) -> list[str]:
            texts = [note_rows.get(db, note).text, *(was.note.text for was in note_rows.history(db, note))]
            note_rows.delete(db, note)
            return texts

        texts = await self._database.write(delete)
        await self._database.clean_up()
        return await self._database.change_copies(lambda copies: backups.forget_notes(copies, texts))

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
        return await note_files.remove_least_useful(self._database, self._threads, excess, folder) if excess > 0 else 0

    async def export(self, path: Path) -> int:
        """Write all notes to ``path``, one JSON object a line, oldest first; how many there are.

        Raises:
            StorageError: the file cannot be written; one that was there is left as it was.
        """
        return await note_files.export(self._database, self._threads, path)

    async def import_(self, path: Path) -> ImportReport:
        """Take in notes from a file of JSON lines, as ``export`` writes them.

        Good lines are taken, 500 in one transaction; broken ones are in the report. A line
        that is here already is not taken twice.

        Raises:
            StorageError: the file cannot be read, or the disk is full; what was taken
                before that stays.
        """
        return await note_files.take(self._database, self._threads, path, self._reading)


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
