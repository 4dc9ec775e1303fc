"""The rows of notes: how one is stored, read, changed and put back. All of it inside a transaction of the caller."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import NotFound
from desktop_agent.memory import index
from desktop_agent.memory.exchange import Entry
from desktop_agent.messages import Note, clean

if TYPE_CHECKING:
    from sqlite3 import Connection

LONGEST_SAYING = 2_000
"""Letters of a note in which "yesterday" is a day."""
NOTE = "id, text, keywords, created, important, source, conversation, message"


@dataclass(frozen=True, slots=True)
class Was:
    """What a note said before; ``until`` is when it was changed."""

    note: Note
    until: float


def digest(text: str) -> int:
    """64 bits of ``text``, as a number that SQLite can hold: how an equal note is found."""
    from hashlib import blake2b  # it brings OpenSSL, which an idle window does without

    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def equal(db: Connection, entry: Entry, anywhere: bool = False) -> Note | None:
    """The note that says the same and comes from the same place; with ``anywhere``, from any conversation.

    What was said in a conversation has no source, and is then the same as a note with any.
    """
    query = f"SELECT {NOTE}, origin FROM note WHERE digest = ? AND text = ? ORDER BY id"
    for *row, origin in db.execute(query, (digest(entry.text), entry.text)).fetchall():
        held = note(tuple(row))
        if anywhere:
            if not entry.source or held.source in ("", entry.source):
                return held
        elif (held.source, _place(held.conversation, origin)) == (entry.source, entry.conversation):
            return held
    return None


def insert_one(
    db: Connection,
    entry: Entry,
    found: Sequence[str],
    conversation: int | None,
    message: int | None,
    now: float,
    number: int | None = None,
) -> int:
    entered = insert(db, entry, found, conversation, message, now, number)
    index.post(db, [entered])
    return entered[0]


def insert(
    db: Connection,
    entry: Entry,
    found: Sequence[str],
    conversation: int | None,
    message: int | None,
    now: float,
    number: int | None = None,
) -> tuple[int, list[tuple[int, int]]]:
    """The new note's id (``number``, else the next), and the postings that ``index.post`` has to be told."""
    created = now if entry.created is None else entry.created
    held, postings = index.add(db, all_terms(entry.text, found, created, alone=not entry.conversation))
    cursor = db.execute(
        "INSERT INTO note (id, digest, created, changed, important, conversation, message, source, origin, keywords, "
        "terms, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            digest(entry.text),
            created,
            now,
            entry.important,
            conversation,
            message,
            entry.source,
            entry.conversation,
            json.dumps([clean(word) for word in entry.keywords or ()], ensure_ascii=False),
            held,
            entry.text,
        ),
    )
    number = int(cursor.lastrowid or 0)
    if entry.conversation:
        # Here and below, not above: an idle window can do without the patterns of talks and subjects.
        from desktop_agent.memory import talks

        talks.enter(db, number, entry.conversation, entry.text, created)
    return number, postings


def contradicted(db: Connection, text: str) -> Note | None:
    """The newest note that says something else about the same thing ("my sister's name"); None without one."""
    from desktop_agent.memory.subjects import SUBJECT, about

    subject = about(text)
    if subject is None:
        return None
    # By the index: the subject is one of the note's terms.
    found = sorted(index.search(db, {SUBJECT + subject: 1.0}, 1), reverse=True)
    for number in found:
        held = get(db, number)
        if held.text != text and about(held.text) == subject:
            return held
    return None


def change(db: Connection, note: int, entry: Entry, found: Sequence[str], now: float) -> Note:
    """Give a note another text and keywords; what it said before goes into its history."""
    before = get(db, note)
    was = {"keywords": before.keywords, "created": before.created, "important": before.important}
    was |= {"source": before.source, "conversation": before.conversation, "message": before.message}
    db.execute(
        "INSERT INTO note_history (note, changed, was, text) VALUES (?, ?, ?, ?)",
        (note, now, json.dumps(was, ensure_ascii=False), before.text),
    )
    _write(db, note, entry.text, list(entry.keywords or ()), found, now, said=now)
    return get(db, note)


def history(db: Connection, note: int) -> tuple[Was, ...]:
    """What a note said before, newest first."""
    get(db, note)
    rows = db.execute("SELECT changed, was, text FROM note_history WHERE note = ? ORDER BY id DESC", (note,))
    return tuple(_was(note, *row) for row in rows.fetchall())


def replaced(db: Connection, held: Note) -> str:
    """What a note said before the message it was made from contradicted it; empty when that message made it."""
    before = (was.note for was in history(db, held.id))
    return next((was.text for was in before if was.message != held.message), "")


def put_back(db: Connection, note: int, found: Callable[[str], Sequence[str]], now: float) -> Note | None:
    """Undo the last change of a note; None when it was never changed."""
    row = db.execute(
        "SELECT id, changed, was, text FROM note_history WHERE note = ? ORDER BY id DESC LIMIT 1", (note,)
    ).fetchone()
    if row is None:
        return None
    was = _was(note, *row[1:]).note
    _write(db, note, was.text, list(was.keywords), found(was.text), now, said=was.created)
    db.execute(
        "UPDATE note SET created = ?, important = ?, source = ?, conversation = (SELECT id FROM conversation WHERE "
        "id = ?), message = (SELECT id FROM message WHERE id = ?) WHERE id = ?",
        (was.created, was.important, was.source, was.conversation, was.message, note),
    )
    db.execute("DELETE FROM note_history WHERE id = ?", (row[0],))
    return get(db, note)


def saying(db: Connection, text: str) -> list[int]:
    """Notes with exactly this text."""
    rows = db.execute("SELECT id FROM note WHERE digest = ? AND text = ?", (digest(text), text))
    return [number for (number,) in rows.fetchall()]


def delete(db: Connection, note: int) -> None:
    """Take a note out with all that it ever said."""
    index.remove(db, note, _terms(db, note))
    db.execute("DELETE FROM note WHERE id = ?", (note,))


def _write(
    db: Connection, note: int, text: str, found_keywords: list[str], found: Sequence[str], now: float, said: float
) -> None:
    index.remove(db, note, _terms(db, note))
    held, postings = index.add(db, all_terms(text, found, said))
    db.execute(
        "UPDATE note SET text = ?, digest = ?, keywords = ?, terms = ?, changed = ? WHERE id = ?",
        (text, digest(text), json.dumps(found_keywords, ensure_ascii=False), held, now, note),
    )
    index.post(db, [(note, postings)])


def all_terms(text: str, found: Sequence[str], said: float, alone: bool = True) -> list[str]:
    """What a note is entered under: its terms, the days it names as seen from when it was ``said``, its subject.

    A line of a conversation (not ``alone``) has no subject: it contradicts no note.
    """
    from desktop_agent.memory.dates import terms_from
    from desktop_agent.memory.subjects import SUBJECT, about
    from desktop_agent.memory.terms import fold

    subject = about(text) if alone else None
    day = day_of(said)
    # Of what a person says about their days; a pasted page names many.
    days = terms_from(fold(text), day) if day and len(text) <= LONGEST_SAYING else ()
    return [*found, *days, *([SUBJECT + subject] if subject else [])]


def day_of(said: float) -> date | None:
    """The day of a moment in seconds since 1970; None for one that no clock knows, from an imported file."""
    try:
        return datetime.fromtimestamp(said).astimezone().date()
    except (OverflowError, ValueError, OSError):
        return None


def _was(note: int, changed: float, was: str, text: str) -> Was:
    fields = json.loads(was)
    keywords = tuple(fields.pop("keywords"))
    return Was(Note(id=note, text=text, keywords=keywords, **fields), changed)


def use(db: Connection, notes: Sequence[int], now: float) -> None:
    """Write down that these notes were of use."""
    db.executemany(
        "INSERT INTO note_use (note, last, times) SELECT id, ?, 1 FROM note WHERE id = ? "
        "ON CONFLICT (note) DO UPDATE SET last = excluded.last, times = times + 1",
        ((now, note) for note in notes),
    )


def least_useful(db: Connection, most: int) -> list[tuple[int, Entry]]:
    """Notes without a star: first those that no question brought back, oldest first, then those not for the longest."""
    query = f"""
        SELECT {NOTE}, origin FROM note LEFT JOIN note_use ON note_use.note = note.id WHERE NOT important
        ORDER BY times IS NOT NULL, coalesce(last, changed), id LIMIT ?
    """
    return [_with_place(row) for row in db.execute(query, (most,)).fetchall()]


def get(db: Connection, number: int) -> Note:
    row = db.execute(f"SELECT {NOTE} FROM note WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise _not_there(number)
    return note(row)


def _terms(db: Connection, note: int) -> bytes:
    row = db.execute("SELECT terms FROM note WHERE id = ?", (note,)).fetchone()
    if row is None:
        raise _not_there(note)
    return bytes(row[0])


def _not_there(note: int) -> NotFound:
    return NotFound("There is no note {id}.", hint="It may have been forgotten already.", id=note)


def matching(text: str) -> tuple[str, tuple[str, ...]]:
    wanted = clean(text).strip()
    return ("WHERE instr(lower(text), lower(?))", (wanted,)) if wanted else ("", ())


def page(db: Connection, after: int, most: int) -> list[tuple[int, Entry]]:
    query = f"SELECT {NOTE}, origin FROM note WHERE id > ? ORDER BY id LIMIT ?"
    return [_with_place(row) for row in db.execute(query, (after, most)).fetchall()]


def _with_place(row: tuple[Any, ...]) -> tuple[int, Entry]:
    held = note(row[:-1])
    place = _place(held.conversation, row[-1])
    return held.id, Entry(held.text, held.created, held.keywords, held.important, held.source, place)


def _place(conversation: int | None, origin: str) -> str:
    """The conversation of a note as export files name it."""
    return origin if conversation is None else str(conversation)


def note(row: tuple[Any, ...]) -> Note:
    number, text, found, created, important, source, conversation, message = row
    return Note(number, text, tuple(json.loads(found)), created, bool(important), source, conversation, message)
