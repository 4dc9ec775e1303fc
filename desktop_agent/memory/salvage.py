"""What a damaged database still gives: conversations, messages, files and notes that the copy put in its place lacks.

Nothing here trusts the damaged file: it is read by ranges of ids, halved where SQLite finds
damage, and only rows that are whole and make sense are taken. What the copy has is never
changed, except a note that was edited after it.
"""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.messages import Role

if TYPE_CHECKING:
    from sqlite3 import Connection

LONGEST_S = 60.0
"""After that the program starts with what was found so far; the damaged file is kept."""
_STRIDE = 500
"""Ids read at a time."""
_FAILURES = 3000
"""Reads of damaged pages before a table is given up: each may read a few pages."""
_PAGE = 4096

# Parents before children; by the column whose ranges are read.
_TABLES = (
    ("conversation", "id"),
    ("message", "id"),
    ("document", "id"),
    ("attached", "message"),
    ("passage", "message"),
    ("draft", "conversation"),
)

log = logging.getLogger(__name__)

Row = dict[str, Any]


@dataclass(slots=True)
class Salvaged:
    """How many rows came back."""

    conversations: int = 0
    messages: int = 0
    notes: int = 0

    def __bool__(self) -> bool:
        return bool(self.conversations or self.messages or self.notes)


def salvage(damaged: Path, into: Connection, begins_like: Path | None = None) -> Salvaged:
    """Take from ``damaged`` what ``into`` (open, of today's tables) does not have.

    Where the first page is lost, that of ``begins_like`` stands for it: a copy of the same
    database has the same tables in the same places. Never raises for what it finds in the file.
    """
    import sqlite3

    scratch = damaged.with_name(damaged.name + ".reading")
    found = Salvaged()
    try:
        with closing(_opened(damaged, scratch, begins_like)) as source:
            into.execute("BEGIN IMMEDIATE")
            try:
                _take_all(source, into, found, time.monotonic() + LONGEST_S)
                into.execute("COMMIT")
            except BaseException:
                into.execute("ROLLBACK")
                raise
    except (sqlite3.Error, OSError) as error:
        log.warning("nothing could be salvaged from %s: %s", damaged.name, error)
        return Salvaged()
    finally:
        scratch.unlink(missing_ok=True)
    return found


def _opened(damaged: Path, scratch: Path, begins_like: Path | None) -> Connection:
    import sqlite3

    try:
        return _read_only(damaged)
    except sqlite3.Error:
        if begins_like is None:
            raise
    shutil.copyfile(damaged, scratch)
    with begins_like.open("rb") as good, scratch.open("r+b") as patched:
        page = bytearray(good.read(_PAGE))
        # How many pages there are; the write-ahead log of the damaged file is not part of this one.
        page[28:32] = (scratch.stat().st_size // _PAGE).to_bytes(4, "big")
        page[18:20] = b"\1\1"
        patched.write(page)
    return _read_only(scratch)


def _read_only(path: Path) -> Connection:
    import sqlite3

    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    connection.row_factory = sqlite3.Row
    return connection


def _take_all(source: Connection, into: Connection, found: Salvaged, until: float) -> None:
    import sqlite3

    for table, key in _TABLES:
        columns = _shared_columns(source, into, table)
        if key not in columns:
            continue
        marks = ", ".join("?" * len(columns))
        insert = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        for row in _rows(source, into, table, key, columns, until):
            if not _makes_sense(table, row):
                continue
            if table == "message":
                _keep_place(into, row, found)
            try:
                taken = into.execute(insert, [row[column] for column in columns]).rowcount
            except sqlite3.IntegrityError:  # what it belongs to was lost, or a field that must be there
                continue
            found.conversations += taken * (table == "conversation")
            found.messages += taken * (table == "message")
    # A message whose own question or answer before it was lost goes on after the one that is left.
    into.execute(
        "UPDATE message SET parent = coalesce((SELECT max(before.id) FROM message AS before "
        "WHERE before.conversation = message.conversation AND before.id < message.id), 0) "
        "WHERE parent <> 0 AND parent NOT IN (SELECT id FROM message)"
    )
    found.notes = _take_notes(source, into, until)


def _keep_place(into: Connection, message: Row, found: Salvaged) -> None:
    """A conversation for a message whose own was lost."""
    found.conversations += into.execute(
        "INSERT OR IGNORE INTO conversation (id, title, created, changed, memory) VALUES (?, '', ?, ?, 1)",
        (message["conversation"], message["created"], message["created"]),
    ).rowcount


def _makes_sense(table: str, row: Row) -> bool:
    if table == "message":
        return row["role"] in set(Role) and isinstance(row["text"], str) and isinstance(row["conversation"], int)
    if table == "conversation":
        return isinstance(row["title"], str) and isinstance(row["created"], float)
    return True


def _take_notes(source: Connection, into: Connection, until: float) -> int:
    """Notes that are new or were changed after the copy; their index is made anew."""
    from desktop_agent.memory import note_rows
    from desktop_agent.memory.exchange import Entry
    from desktop_agent.memory.terms import terms

    columns = [column for column in _shared_columns(source, into, "note") if column != "terms"]
    if "id" not in columns:
        return 0
    count = 0
    for row in _rows(source, into, "note", "id", columns, until):
        try:
            text, keywords = row["text"], tuple(json.loads(row["keywords"]))
            if not isinstance(text, str) or row["digest"] != note_rows.digest(text):
                continue
            entry = Entry(text, row["created"], keywords, bool(row["important"]), row["source"], row["origin"])
        except (ValueError, TypeError):
            continue
        known = into.execute("SELECT text, changed FROM note WHERE id = ?", (row["id"],)).fetchone()
        if known is not None:
            if known[0] != text and known[1] < row["changed"]:
                note_rows.change(into, row["id"], entry, terms(text), row["changed"])
                count += 1
            continue
        if note_rows.equal(into, entry) is None:
            note_rows.insert_one(into, entry, terms(text), *_places(into, row), row["changed"], number=row["id"])
            count += 1
    return count


def _places(into: Connection, note: Row) -> tuple[int | None, int | None]:
    """The conversation and the message that a note came from, where they are still there."""
    rows = ((table, note[table]) for table in ("conversation", "message"))
    conversation, message = (
        number if into.execute(f"SELECT 1 FROM {table} WHERE id = ?", (number,)).fetchone() else None
        for table, number in rows
    )
    return conversation, message


def _shared_columns(source: Connection, into: Connection, table: str) -> list[str]:
    """Columns of a table in both files; the damaged one may be of an older version."""
    there = {row[1] for row in source.execute(f"PRAGMA table_info({table})").fetchall()}
    return [row[1] for row in into.execute(f"PRAGMA table_info({table})").fetchall() if row[1] in there]


def _rows(
    source: Connection, into: Connection, table: str, key: str, columns: list[str], until: float
) -> Iterator[Row]:
    """The rows of a table that can be read, by rising ``key``."""
    query = f"SELECT {', '.join(columns)} FROM {table} WHERE {key} BETWEEN ? AND ?"

    def read(first: int, last: int) -> list[Row]:
        return [dict(row) for row in source.execute(query, (first, last)).fetchall()]

    last = _last_key(source, into, table, key)
    left = [_FAILURES]
    for first in range(0, last + 1, _STRIDE):
        if time.monotonic() > until or left[0] <= 0:
            log.warning("salvage stopped in %s at %d of %d", table, first, last)
            return
        yield from _halved(read, first, min(first + _STRIDE - 1, last), left)


def _halved(read: Callable[[int, int], list[Row]], first: int, last: int, left: list[int]) -> Iterator[Row]:
    import sqlite3

    try:
        yield from read(first, last)
    except (sqlite3.Error, UnicodeDecodeError):
        left[0] -= 1
        if first == last or left[0] <= 0:
            return
        middle = (first + last) // 2
        yield from _halved(read, first, middle, left)
        yield from _halved(read, middle + 1, last, left)


def _last_key(source: Connection, into: Connection, table: str, key: str) -> int:
    """The highest key; where the end of the table is damaged, of its indexes, or some way beyond the copy's."""
    import sqlite3

    indexes = source.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,))
    named = [row[0] for row in indexes.fetchall() if not row[0].startswith("sqlite_")]
    # Of the table its end alone is read, of an index all.
    for query in (f"max({key}) FROM {table}", *(f"max(+{key}) FROM {table} INDEXED BY {name}" for name in named)):
        try:
            return int(source.execute(f"SELECT {query}").fetchone()[0] or 0)
        except (sqlite3.Error, TypeError, ValueError):
            continue
    return int(into.execute(f"SELECT max({key}) FROM {table}").fetchone()[0] or 0) + 10 * _STRIDE
