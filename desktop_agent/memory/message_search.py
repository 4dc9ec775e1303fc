"""Messages found by their words: an index that is brought up to date when somebody searches.

Storing a message costs nothing for it; the first search after many messages enters them.
Unfinished answers are not in the index and are looked through as they stand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from desktop_agent.memory import index
from desktop_agent.memory.terms import terms
from desktop_agent.messages import Role

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.memory.sought import Sought

BATCH = 50
"""Messages entered at a time; others read and write in between."""
EXCERPT = 120
"""Letters of a message that are shown around a hit."""
_BEFORE = 40
_MORE = 100
"""So many more of these are compared than are wanted."""
_SCANNED = 5_000
"""So many of the newest messages are looked through for a part of a word, which no index has."""


def enter_new(db: Connection) -> int:
    """Enter the next ``BATCH`` messages into the index; how many that were."""
    rows = db.execute(
        "SELECT id, role, ending, text FROM message WHERE id > (SELECT coalesce(max(message), 0) FROM message_index) "
        "ORDER BY id LIMIT ?",
        (BATCH,),
    ).fetchall()
    entries = []
    for message, role, ending, text in rows:
        if role == Role.ASSISTANT and ending is None:
            # It still grows; it and what comes after it wait.
            break
        held, postings = index.add(db, terms(text), index.MESSAGES)
        db.execute("INSERT INTO message_index (message, terms) VALUES (?, ?)", (message, held))
        entries.append((message, postings))
    index.post(db, entries, index.MESSAGES)
    return len(entries)


def forget(db: Connection, conversation: int) -> None:
    """Take the messages of a conversation out of the index."""
    rows = db.execute(
        "SELECT message, terms FROM message_index WHERE message IN (SELECT id FROM message WHERE conversation = ?)",
        (conversation,),
    ).fetchall()
    for message, held in rows:
        index.remove(db, message, held, index.MESSAGES)


def search(db: Connection, text: str, limit: int) -> list[int]:
    """Ids of messages that have the words of ``text``, best first; else of those that have it as it stands."""
    wanted = dict.fromkeys(terms(text), 1.0)
    scores = index.search(db, wanted, limit, index.MESSAGES) if wanted else {}
    found = sorted(scores, key=lambda message: (scores[message], message), reverse=True)[:limit]
    newest = db.execute("SELECT coalesce(max(message), 0) FROM message_index").fetchone()[0]
    # Nothing by words: a part of a word, a sign, or stop words only.
    oldest = newest if found else max(0, newest - _SCANNED)
    scanned = db.execute(
        "SELECT id, text FROM message WHERE id > ? AND instr(lower(text), lower(?)) ORDER BY id DESC LIMIT ?",
        (oldest, text, limit + _MORE),
    ).fetchall()
    # A word of its own before a part of one: "hi" is in every "this".
    word = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)
    scanned.sort(key=lambda row: word.search(row[1]) is None)
    return list(dict.fromkeys([*found, *(message for message, _text in scanned)]))[:limit]


def excerpt(text: str, sought: Sought) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The part of ``text`` around the first hit, on one line, and the places of the hits in it."""
    places = sought.marks(text)
    first = places[0][0] if places else 0
    start = max(0, first - _BEFORE)
    if start:
        # Not in the middle of a word.
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + EXCERPT)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    # One letter for one letter, so that the places stay right.
    shown = before + re.sub(r"\s", " ", text[start:end]) + after
    shift = len(before) - start
    return shown, tuple((at + shift, to + shift) for at, to in places if start <= at and to <= end)
