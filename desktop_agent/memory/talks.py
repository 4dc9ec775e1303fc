"""Notes that are lines of one conversation: who said them, and what stands beside them.

Lines come from an import that names their ``conversation``. They are neighbours in the
order of the file; a pause of half an hour begins another part of the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_agent.memory.terms import HAN_RUN, fold, words

if TYPE_CHECKING:
    from sqlite3 import Connection

PAUSE_S = 1800
"""Lines further apart than this are not neighbours."""

LONGEST_PART = 50
"""Lines; a conversation without times would else be all one part. A pause counts parts up by two, this by one, so
that the lines on both sides stay neighbours."""

# "Caroline: …", "Dr. Li Na: …", "张三：…"; not "http://…" nor "12:30".
_SPEAKER = re.compile(r"\s*\[?([^\W\d_][\w.'’ \-]{0,30}?)\]?\s?[:：](?!//)(?!\d)\s*(?=\S)")
_SENTENCE = re.compile(r"[^.!?。！？…]+[.!?。！？…]*")
_ASKING = re.compile(r"[?？]")
_LOOKED_AT = 1_000
_ASKED_AT_ONCE = 500
"""Notes in one statement; SQLite has a limit."""
_SAYS_LITTLE = 4
"""Words (or two Chinese letters each) beside its questions that do not yet make a statement of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A note as a line. ``speaker`` is the name, folded; ``asks`` says that it only asks."""

    note: int
    talk: int
    part: int
    speaker: str
    asks: bool


def speaker(text: str) -> str:
    """The name that ``text`` begins with ("Li Na: …" gives "li na"); empty without one."""
    found = _SPEAKER.match(text)
    return " ".join(fold(found[1]).split()) if found and len(found[1].split()) <= 4 else ""


def only_asks(text: str) -> bool:
    """Whether ``text`` is a question, perhaps with a word before it; "I moved. And you?" tells something."""
    asked, told = False, 0.0
    for sentence in _SENTENCE.findall(text[:_LOOKED_AT].removeprefix(_prefix(text))):
        if _ASKING.search(sentence):
            asked = True
        else:
            told += sum(0.5 * len(word) if HAN_RUN.match(word) else 1 for word in words(sentence))
    return asked and told <= _SAYS_LITTLE


def _prefix(text: str) -> str:
    found = _SPEAKER.match(text)
    return found[0] if found else ""


def enter(db: Connection, note: int, conversation: str, text: str, created: float) -> None:
    """Put a new note at the end of an imported conversation."""
    row = db.execute("SELECT id FROM talk WHERE name = ?", (conversation,)).fetchone()
    talk: int = (
        row[0] if row else db.execute("INSERT INTO talk (name) VALUES (?) RETURNING id", (conversation,)).fetchone()[0]
    )
    last = db.execute(
        "SELECT part, created FROM line JOIN note ON note.id = line.note WHERE talk = ? "
        "ORDER BY line.note DESC LIMIT 1",
        (talk,),
    ).fetchone()
    part = 0
    if last is not None:
        part = last[0]
        if abs(created - last[1]) > PAUSE_S:
            part += 2
        elif _is_full(db, talk, part):
            part += 1
    db.execute(
        "INSERT INTO line (note, talk, part, speaker, asks) VALUES (?, ?, ?, ?, ?)",
        (note, talk, part, speaker(text), only_asks(text)),
    )


def _is_full(db: Connection, talk: int, part: int) -> bool:
    row = db.execute(
        "SELECT part FROM line WHERE talk = ? ORDER BY note DESC LIMIT 1 OFFSET ?", (talk, LONGEST_PART - 1)
    ).fetchone()
    return row is not None and bool(row[0] == part)


def lines(db: Connection, notes: Iterable[int]) -> dict[int, Line]:
    """The lines among ``notes``."""
    wanted = list(notes)
    found: dict[int, Line] = {}
    for at in range(0, len(wanted), _ASKED_AT_ONCE):
        some = wanted[at : at + _ASKED_AT_ONCE]
        marks = ",".join("?" * len(some))
        rows = db.execute(f"SELECT note, talk, part, speaker, asks FROM line WHERE note IN ({marks})", some)
        found.update((row[0], _line(row)) for row in rows)
    return found


def beside(db: Connection, line: Line, known: dict[int, Line]) -> tuple[Line | None, Line | None]:
    """The lines before and after one in its part of the conversation; what is looked up goes into ``known``."""
    before = _next(db, line, known, -1, "note < ? ORDER BY note DESC")
    return before, _next(db, line, known, 1, "note > ? ORDER BY note")


def _next(db: Connection, line: Line, known: dict[int, Line], step: int, where: str) -> Line | None:
    found = known.get(line.note + step)
    # Nearly always the note beside; else the file had other lines in between, or one was forgotten.
    if found is None or found.talk != line.talk:
        row = db.execute(
            f"SELECT note, talk, part, speaker, asks FROM line WHERE talk = ? AND {where} LIMIT 1",
            (line.talk, line.note),
        ).fetchone()
        if row is None:
            return None
        found = known[row[0]] = _line(row)
    return found if abs(found.part - line.part) <= 1 else None


def _line(row: tuple[int, int, int, str, int]) -> Line:
    return Line(row[0], row[1], row[2], row[3], bool(row[4]))
