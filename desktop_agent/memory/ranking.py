"""The order of the notes that share words with a question.

BM25 alone finds the line that repeats the question's words. In a conversation the answer
often stands beside it, said by the one who was asked about: "When did you move?" "Last
June." So a line gives a part of its score to its neighbours and to its part of the
conversation. Single notes know no neighbours and are ranked by their words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest
from typing import TYPE_CHECKING

from desktop_agent.memory import index, talks
from desktop_agent.memory.questions import Question

if TYPE_CHECKING:
    from sqlite3 import Connection

_CANDIDATES = 60
"""Notes that give to their neighbours and may be found by themselves."""
_READ = 30
"""Of these the text is read, to see whether it holds the kind of answer that is asked for."""


_SAYS_MUCH = 8
"""Terms with which a line gets half of what ``tells`` gives at most: "Really? That's wonderful." has one."""
_ASKED_AT_ONCE = 500
"""Notes in one statement; SQLite has a limit."""
_OF_DAY, _OF_MONTH = 200, 300
"""So many notes of a day are looked at, and of the best ones whether they are of a month or a year."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What counts beside the words; each 0 switches its part off.

    ``neighbour`` is the share of a line's score that the lines beside it get, ``reply``
    what the line after a question gets instead. ``part`` and ``talk`` are shares of the
    best score for the part of a conversation and the whole one that fit best. ``speaker``,
    ``answer``, ``important`` and ``newest`` are shares that a note's own score grows by,
    ``asks`` the share that a line loses for being a question itself, ``tells`` what it grows
    by at most for saying much, ``further`` what the lines two away get. ``day`` is the share
    of the best score for what was written on a day that the question names. ``synonyms`` and
    ``related`` are what a word counts that means the same, or nearly, as one of the question, ``subject``
    what it counts that a note gives the very thing that is asked for.
    """

    neighbour: float = 0.35
    reply: float = 0.6
    part: float = 0.3
    talk: float = 0.3
    speaker: float = 0.4
    answer: float = 0.15
    important: float = 0.15
    newest: float = 0.02
    asks: float = 0.25
    tells: float = 2.0
    further: float = 0.2
    synonyms: float = 0.5
    related: float = 0.2
    day: float = 0.4
    subject: float = 1.0


WORDS_ALONE = Ranking(*[0.0] * 15)
"""BM25 and nothing else."""
OURS = Ranking()


def search(db: Connection, asked: Question, limit: int, ranking: Ranking = OURS) -> list[tuple[int, float]]:
    """Notes with their score, best first; of equal ones the newest."""
    scores = _fitting(db, asked, limit + _CANDIDATES)
    of_day = _of_days(db, asked, scores) if ranking.day and asked.days else {}
    for note in of_day:
        scores.setdefault(note, 0.0)
    if not scores:
        return []
    fitting = {note: score + of_day.get(note, 0.0) for note, score in scores.items()} if of_day else scores
    best = sorted(index.best(fitting, limit + _CANDIDATES), key=lambda note: (fitting[note], note), reverse=True)
    if ranking == WORDS_ALONE:
        return [(note, scores[note]) for note in best[:limit]]
    around = {beside for note in best for beside in range(note - 2, note + 3)}
    lines = talks.lines(db, around)
    total = {note: scores[note] for note in best}
    for note in best:
        if line := lines.get(note):
            _give(db, line, scores[note], total, lines, ranking)
    top = max(total.values())
    for note in of_day.keys() & total.keys():
        # Of a day on which nothing fits by its words, each line is as good.
        total[note] += ranking.day * (top or 1.0) * of_day[note]
    _add_company(total, lines, ranking)
    _add_own(db, total, lines, asked, ranking)
    order = sorted(total, key=lambda note: (total[note], note), reverse=True)[:limit]
    return [(note, total[note]) for note in order]


def _fitting(db: Connection, asked: Question, most: int) -> dict[int, float]:
    """Notes that share words with the question.

    Words of nearly the same meaning help among the lines of a conversation, where many have
    the name; single notes they bring only when none has a word itself: asked for the name of
    the cat, nobody wants the dog beside the other names.
    """
    lines = asked.near and db.execute("SELECT 1 FROM line LIMIT 1").fetchone()
    scores = {} if lines else index.search(db, asked.terms, most)
    return scores or index.search(db, {**asked.near, **asked.terms}, most)


def _of_days(db: Connection, asked: Question, scores: dict[int, float]) -> dict[int, float]:
    """Notes of the days that the question names, 1.0 each; of a longer time those that fit by their words, 0.5 each."""
    newest = db.execute("SELECT max(created) FROM note").fetchone()[0]
    if newest is None:
        return {}
    found: dict[int, float] = {}
    for day in asked.days:
        for begin, end in day.span(datetime.fromtimestamp(newest).astimezone().date()):
            where, row = "created >= ? AND created < ?", (begin, end)
            if day.day:
                rows = db.execute(f"SELECT id FROM note WHERE {where} LIMIT {_OF_DAY}", row)
            else:
                best = nlargest(_OF_MONTH, scores, key=scores.__getitem__)
                marks = ",".join("?" * len(best))
                # The unary plus: by the ids, not by a year of notes.
                rows = db.execute(f"SELECT id FROM note WHERE id IN ({marks}) AND +{where}", (*best, *row))
            for (note,) in rows.fetchall():
                found[note] = max(found.get(note, 0.0), 1.0 if day.day else 0.5)
    return found


def _give(
    db: Connection,
    line: talks.Line,
    score: float,
    total: dict[int, float],
    lines: dict[int, talks.Line],
    ranking: Ranking,
) -> None:
    before, after = talks.beside(db, line, lines)
    for other in (before, after):
        if other is not None:
            share = ranking.reply if other is after and line.asks else ranking.neighbour
            if share:
                total[other.note] = total.get(other.note, 0.0) + share * score
            if ranking.further:
                for far in talks.beside(db, other, lines):
                    if far is not None and far.note != line.note:
                        total[far.note] = total.get(far.note, 0.0) + ranking.further * score


def _add_company(total: dict[int, float], lines: dict[int, talks.Line], ranking: Ranking) -> None:
    """The part of a conversation and the conversation that fit best lift their lines."""
    own = dict(total)
    top = max(own.values())
    for share, place in ((ranking.part, _part), (ranking.talk, _talk)):
        if not share:
            continue
        sums: dict[object, float] = {}
        for note, score in own.items():
            if line := lines.get(note):
                sums[place(line)] = sums.get(place(line), 0.0) + score
        if not sums:
            return
        most = max(sums.values())
        for note, score in own.items():
            line = lines.get(note)
            # A single note is its own company: it must not fall behind for having none.
            total[note] += share * (top * sums[place(line)] / most if line else score)


def _part(line: talks.Line) -> object:
    return line.talk, line.part


def _talk(line: talks.Line) -> object:
    return line.talk


def _add_own(
    db: Connection, total: dict[int, float], lines: dict[int, talks.Line], asked: Question, ranking: Ranking
) -> None:
    newest = db.execute("SELECT max(id) FROM note").fetchone()[0] or 1
    read = sorted(total, key=total.__getitem__, reverse=True)[:_READ]
    marks = ",".join("?" * len(read))
    texts = db.execute(f"SELECT id, important, substr(text, 1, 1000) FROM note WHERE id IN ({marks})", read)
    known = {note: (important, text) for note, important, text in texts}
    said = _terms_said(db, [note for note in total if note in lines]) if ranking.tells else {}
    for note in total:
        line = lines.get(note)
        worth = 1.0 + ranking.newest * note / newest
        if line is not None and line.speaker and asked.names(line.speaker):
            worth += ranking.speaker
        if line is not None and line.asks:
            worth -= ranking.asks
        if found := known.get(note):
            worth += ranking.important * bool(found[0])
            worth += ranking.answer * asked.answered(found[1])
        terms = said.get(note, 0)
        total[note] *= worth * (1 + ranking.tells * terms / (terms + _SAYS_MUCH))


def _terms_said(db: Connection, notes: list[int]) -> dict[int, int]:
    """How many different terms each note has."""
    found: dict[int, int] = {}
    for at in range(0, len(notes), _ASKED_AT_ONCE):
        some = notes[at : at + _ASKED_AT_ONCE]
        marks = ",".join("?" * len(some))
        found.update(db.execute(f"SELECT id, length(terms) / 4 FROM note WHERE id IN ({marks})", some).fetchall())
    return found
