"""Many notes at once: written to a file, taken in from one, and the least useful ones put away.

A file has a JSON object a line (``exchange.py``). Cutting texts into terms happens on a
worker thread, in batches between which others read and write.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.memory import exchange, index, note_rows
from desktop_agent.memory.exchange import Entry, ImportReport

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.memory.database import Database
    from desktop_agent.memory.keywords import Keyword
    from desktop_agent.memory.terms import Reading
    from desktop_agent.runtime.threads import Threads

_BATCH = 500
"""Lines imported or exported at a time; others read and write in between."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a text says: its keywords, and the terms it is stored and found under."""

    keywords: tuple[Keyword, ...]
    terms: tuple[str, ...]
    kept: tuple[str, ...]
    """The keywords that a note of this text keeps."""


def words_of(text: str, reading: Reading | None = None) -> Words:
    """Keywords and terms of ``text``, without a cache; takes 0.1 ms for a message, seconds for a megabyte."""
    from desktop_agent.memory.keywords import KEPT, keywords
    from desktop_agent.memory.terms import WHOLE, terms

    found = keywords(text)
    return Words(found, tuple(terms(text, reading or WHOLE)), tuple(word.word for word in found[:KEPT]))


async def remove_least_useful(database: Database, threads: Threads, most: int, folder: Path) -> int:
    """Write the ``most`` least useful notes to a file in ``folder``, then delete them; how many went.

    Raises:
        StorageError: the file could not be written; nothing has gone then.
    """
    going = await database.read(lambda db: note_rows.least_useful(db, most))
    if not going:
        return 0
    name = f"removed-notes-{datetime.now().astimezone():%Y-%m-%d-%H%M%S-%f}.jsonl"
    with closing(await threads.call(exchange.Writer, folder / name)) as writer:
        await threads.call(writer.write, [entry for _, entry in going])
        await threads.call(writer.finish)
    for at in range(0, len(going), _BATCH):

        def delete(db: Connection, some: Sequence[tuple[int, Entry]] = going[at : at + _BATCH]) -> None:
            for number, _ in some:
                note_rows.delete(db, number)

        await database.write(delete)
    await database.clean_up()
    return len(going)


async def export(database: Database, threads: Threads, path: Path) -> int:
    """As ``Notes.export``."""
    count, last = 0, 0
    with closing(await threads.call(exchange.Writer, path)) as writer:
        while batch := await database.read(lambda db, after=last: note_rows.page(db, after, _BATCH)):  # type: ignore[misc]
            last = batch[-1][0]
            await threads.call(writer.write, [entry for _, entry in batch])
            count += len(batch)
        await threads.call(writer.finish)
    return count


async def take(database: Database, threads: Threads, path: Path, reading: Reading | None = None) -> ImportReport:
    """As ``Notes.import_``."""
    taken = known = 0
    with closing(await threads.call(exchange.Reader, path)) as reader:
        while batch := await threads.call(_next_batch, reader, reading):

            def insert(db: Connection, batch: list[tuple[Entry, tuple[str, ...]]] = batch) -> int:
                now = time.time()
                postings = [
                    note_rows.insert(db, entry, found, None, None, now)
                    for entry, found in batch
                    if note_rows.equal(db, entry) is None
                ]
                index.post(db, postings)
                return len(postings)

            new = await database.write(insert)
            taken, known = taken + new, known + len(batch) - new
    return ImportReport(taken, known, tuple(reader.broken), reader.broken_lines)


def _next_batch(file: exchange.Reader, reading: Reading | None) -> list[tuple[Entry, tuple[str, ...]]]:
    """Some entries of a file with their terms; on a worker thread."""
    from desktop_agent.memory.terms import WHOLE, terms

    batch = []
    for entry in file.entries(_BATCH):
        if entry.keywords is None:
            found = words_of(entry.text).kept
            entry = Entry(entry.text, entry.created, found, entry.important, entry.source, entry.conversation)
        batch.append((entry, tuple(terms(entry.text, reading or WHOLE))))
        # Gives the interpreter to whoever waits for it: without this a 5 ms timer of the window
        # came 13 to 47 ms late (p99), with it 4 to 8, for a tenth more CPU time.
        time.sleep(0)
    return batch
