"""How well notes are found: a file of notes and questions, three ways of searching, the shares that were found.

The file is one that ``memory import`` takes, with further lines that hold a ``question``
and the ``sources`` of the notes that answer it. Everything happens in a database of its
own that is gone afterwards.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as fields_of
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.errors import BadInput, NotFound
from desktop_agent.memory.database import Database
from desktop_agent.memory.keywords import KEPT, keywords
from desktop_agent.memory.note_files import Words
from desktop_agent.memory.notes import Notes
from desktop_agent.memory.ranking import OURS, WORDS_ALONE, Ranking
from desktop_agent.memory.terms import WHOLE, Reading
from desktop_agent.messages import clean
from desktop_agent.runtime.cache import Cache
from desktop_agent.system import storage_error

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.runtime.threads import Threads

LIMITS = (1, 3, 5, 10)
"""Recall is measured among so many of the first notes."""
PAPER = "paper"
BM25 = "bm25"
OURS_NAME = "ours"


@dataclass(frozen=True, slots=True)
class Case:
    """A question and where the notes come from that answer it; ``asked_on`` is the day from which it is asked."""

    question: str
    sources: frozenset[str]
    asked_on: date | None = None


@dataclass(frozen=True, slots=True)
class Method:
    """A way of searching; ``name`` is what its line of the report is called."""

    name: str
    ranking: Ranking = OURS
    reading: Reading = WHOLE


PLAIN = (Method(BM25, WORDS_ALONE), Method(OURS_NAME))


def without_each() -> tuple[Method, ...]:
    """Ours with one part left out at a time: each share of the ranking, then each part of reading."""
    shares = [Method(f"-{part.name}", ranking=replace(OURS, **{part.name: 0.0})) for part in fields_of(Ranking)]
    parts = [Method(f"-{part.name}", reading=replace(WHOLE, **{part.name: False})) for part in fields_of(Reading)]
    return (*shares, *parts)


@dataclass(frozen=True, slots=True)
class Score:
    """What a method reached. ``recall`` is for each of ``LIMITS`` the share of a question's sources that were found,
    ``reciprocal_rank`` 1 for the first place down to 0 beyond the tenth, both averaged over the questions."""

    method: str
    questions: int
    recall: tuple[float, ...]
    reciprocal_rank: float
    median_ms: float


def read_cases(path: Path) -> list[Case]:
    """The questions of a file.

    Raises:
        BadInput: a line with a question names no sources, or there is no question at all.
        NotFound: there is no such file.
        StorageError: it cannot be read.
    """
    cases = []
    for number, fields in read_questions(path):
        sources = fields.get("sources")
        if not isinstance(sources, list) or not sources or not all(isinstance(source, str) for source in sources):
            raise BadInput(
                "Line {number} of {path} has a question without sources.",
                hint='It needs "sources": a list of the "source" of each note that answers.',
                number=number,
                path=path,
            )
        cases.append(Case(str(fields["question"]), frozenset(sources), _day(fields.get("asked"), number, path)))
    if not cases:
        raise BadInput("{path} has no questions.", hint='Add lines with "question" and "sources".', path=path)
    return cases


def _day(said: object, line: int, path: Path) -> date | None:
    if said is None:
        return None
    try:
        return date.fromisoformat(str(said)[:10])
    except ValueError:
        raise BadInput(
            'Line {number} of {path} has "asked" that is no day.',
            hint='Write it as "2026-03-12", or leave it out.',
            number=line,
            path=path,
        ) from None


def read_questions(path: Path) -> list[tuple[int, dict[str, object]]]:
    """(line number, fields) of the lines that hold a ``question``; a line that is no JSON is a question as it stands.

    Raises:
        NotFound: there is no such file.
        StorageError: it cannot be read.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
    except FileNotFoundError:
        raise NotFound("{path} is not there.", hint="Check the name.", path=path) from None
    except OSError as error:
        raise storage_error(error, path) from error
    found = []
    for number, line in enumerate(lines, 1):
        try:
            fields = json.loads(line)
        except (ValueError, RecursionError):
            fields = {"question": line.strip()}
        if isinstance(fields, str):
            fields = {"question": fields}
        if isinstance(fields, dict) and isinstance(asked := fields.get("question"), str) and asked.strip():
            found.append((number, fields | {"question": clean(asked).strip()}))
    return found


async def evaluate(path: Path, threads: Threads, methods: Sequence[Method] = PLAIN) -> list[Score]:
    """The paper's method and each of ``methods`` on the notes and questions of ``path``.

    Raises:
        BadInput, NotFound, StorageError: as ``read_cases`` has it.
    """
    cases = await threads.call(read_cases, path)
    scores: dict[str, Score] = {}
    # Each way of reading has an index of its own.
    for reading in dict.fromkeys([WHOLE, *(method.reading for method in methods)]):
        some = [method for method in methods if method.reading == reading]
        for score in await _evaluate(path, threads, cases, reading, some):
            scores[score.method] = score
    return [scores[name] for name in (PAPER, *(method.name for method in methods))]


async def _evaluate(
    path: Path, threads: Threads, cases: Sequence[Case], reading: Reading, methods: Sequence[Method]
) -> list[Score]:
    scores = []
    with tempfile.TemporaryDirectory(prefix="desktop-agent-") as folder:
        database = await Database.open(Path(folder) / "agent.db", Path(folder) / "backups")
        try:
            # No cache: each question is cut anew for each method, so that the times compare.
            notes = Notes(database, threads, Cache[str, Words](1, 1.0, "evaluation"), reading)
            await notes.import_(path)
            if reading == WHOLE:
                scores.append(await _measured(PAPER, cases, lambda case: _as_in_the_paper(database, threads, case)))
            for method in methods:

                async def ask(case: Case, ranking: Ranking = method.ranking) -> list[str]:
                    found = await notes.search(case.question, LIMITS[-1], ranking, case.asked_on)
                    return [hit.note.source for hit in found]

                scores.append(await _measured(method.name, cases, ask))
        finally:
            await database.close()
    return scores


async def _measured(method: str, cases: Sequence[Case], ask: Callable[[Case], Awaitable[list[str]]]) -> Score:
    recalls = [0.0] * len(LIMITS)
    ranks, spent = 0.0, []
    for case in cases:
        began = time.perf_counter()
        found = await ask(case)
        spent.append(time.perf_counter() - began)
        for at, limit in enumerate(LIMITS):
            recalls[at] += len(case.sources.intersection(found[:limit])) / len(case.sources)
        first = next((place for place, source in enumerate(found, 1) if source in case.sources), 0)
        ranks += 1 / first if first else 0.0
    count = len(cases)
    median = sorted(spent)[count // 2] * 1000
    return Score(method, count, tuple(recall / count for recall in recalls), ranks / count, median)


async def _as_in_the_paper(database: Database, threads: Threads, case: Case) -> list[str]:
    """Keywords of the question looked for with LIKE in the keywords of the notes, newest first."""
    wanted = [word.word for word in (await threads.call(keywords, case.question))[:KEPT]]
    if not wanted:
        return []
    where = " OR ".join("keywords LIKE ?" for _ in wanted)
    row = [f"%{word}%" for word in wanted]

    def find(db: Connection) -> list[str]:
        query = f"SELECT source FROM note WHERE {where} ORDER BY created DESC, id DESC LIMIT {LIMITS[-1]}"
        return [source for (source,) in db.execute(query, row)]

    return await database.read(find)
