"""Searching and storing among a hundred thousand notes, or a million with --notes 1000000.

Notes are sentences of both languages: thirteen thousand patterns (about as many messages as the public conversations of
both languages have that such notes are usually made from), a third of whose words are drawn as unevenly as in life, so
that words and near-equal notes grow in number as they do in a real history. A question has two to four words of its
note and one common word. The database may be kept (--keep FOLDER) and is then used again.

Many notes of one pattern have all words of a question: which of them was meant nobody can know. So the share that can
be found has a limit, and it is printed beside what was found. Fewer patterns (--patterns) make more such notes.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from math import comb
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_agent.memory import index
from desktop_agent.memory.database import Database
from desktop_agent.memory.notes import Notes
from desktop_agent.memory.terms import terms
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.threads import Threads
from tests.benchmarks.bench_memory import Life, percentile, told

QUESTIONS, STORED, PATTERNS = 1000, 200, 13_000
SEARCH_MS, STORE_MS, OPEN_MS, SIZE_MB = 5, 5, 100, 600
FOUND = {10_000: 0.95, 100_000: 0.9, 1_000_000: 0.7}
COMMON = ["喜欢", "今天", "朋友", "工作", "like", "today", "friend", "work", "time", "last"]
_EVERYDAY = """
喜欢 今天 朋友 工作 觉得 时间 开始 可以 一起 最近 看到 妈妈 孩子 公司 问题 生活 东西 晚上 周末 北京 学习 电影
吃饭 回家 电话 like today friend work time last really think great week year good feel make help family want people
day thing love going started home school new book food trip
"""
EVERYDAY = _EVERYDAY.split()
"""Words that one note in ten or twenty has."""


class Patterns(Life):
    """Notes from patterns; the same seed gives the same notes."""

    def __init__(self, patterns: int) -> None:
        super().__init__()
        self._patterns = [self._pattern() for _ in range(patterns)]

    def _word(self, chinese: bool) -> str:
        if chinese:
            return self._chance.choices(self._chinese, cum_weights=self._weights)[0]
        return self._chance.choices(self._english, cum_weights=self._english_weights)[0]

    def _pattern(self) -> list[tuple[str, bool]]:
        kind = self._chance.random()
        chinese, english = kind < 0.6, kind > 0.5
        length = self._chance.randint(6, 12)
        words = [(self._word(True), True) for _ in range(length)] if chinese else []
        words += [(self._word(False), False) for _ in range(length)] if english else []
        for at in self._chance.sample(range(len(words)), 3):
            # The first ones far more often than the last ones.
            word = EVERYDAY[int(len(EVERYDAY) * self._chance.random() ** 2)]
            words[at] = (word, not word.isascii())
        return words

    def words(self) -> list[tuple[str, bool]]:
        """The words of the next note, and whether each is Chinese."""
        pattern = self._chance.choice(self._patterns)
        return [(self._word(zh), zh) if self._chance.random() < 0.35 else (word, zh) for word, zh in pattern]


def text_of(words: list[tuple[str, bool]]) -> str:
    return "".join(word if chinese else f" {word} " for word, chinese in words).strip()


def notes(count: int, asked: set[int], patterns: int) -> Iterator[tuple[str, str]]:
    """(text, question) of so many notes; a question only for those whose number is in ``asked``."""
    life, chance = Patterns(patterns), random.Random(11)
    for number in range(count):
        words = life.words()
        question = ""
        if number in asked:
            own = list(dict.fromkeys(words))
            picked = chance.sample(own, min(len(own), chance.randint(2, 4)))
            question = " ".join([*(word for word, _ in picked), chance.choice(COMMON)])
        yield text_of(words), question


async def measure(count: int, folder: Path, patterns: int) -> None:
    asked = set(random.Random(5).sample(range(count), min(count, QUESTIONS)))
    path, listed = folder / "agent.db", folder / "questions.json"
    threads = Threads()
    if not listed.exists():
        began, questions = time.process_time(), []
        file = folder / "notes.jsonl"
        with file.open("w", encoding="utf-8") as lines:
            for number, (text, question) in enumerate(notes(count, asked, patterns)):
                lines.write(json.dumps({"text": text, "created": 1_700_000_000 + number * 60}) + "\n")
                if question:
                    questions.append((question, text))
        print(f"# {count:,} notes written in {time.process_time() - began:.0f} s of CPU", flush=True)
        database = await Database.open(path, folder / "backups")
        began = time.process_time()
        report = await Notes(database, threads, Cache(100, 300, "words")).import_(file)
        spent = (time.process_time() - began) * 1e6 / max(1, report.taken)
        told(f"import of {count:,} notes", f"{spent:.0f} µs of CPU a note", "-", True)
        await database.clean_up()
        await database.close()
        file.unlink()
        listed.write_text(json.dumps(questions), "utf-8")
    questions = json.loads(listed.read_text("utf-8"))
    size = path.stat().st_size / 1e6
    told(f"database of {count:,} notes", f"{size:.0f} MB", f"under {SIZE_MB} MB", size < SIZE_MB)
    (folder / "backups").mkdir(exist_ok=True)
    began = time.perf_counter()
    database = await Database.open(path, folder / "backups")
    opened = (time.perf_counter() - began) * 1000
    told(f"opening {count:,} notes", f"{opened:.0f} ms", f"under {OPEN_MS} ms", opened < OPEN_MS)
    await searches(Notes(database, threads, Cache(100, 300, "words")), database, count, questions)
    await database.close()
    await threads.close()


async def searches(notes: Notes, database: Database, count: int, questions: list[list[str]]) -> None:
    for question, _text in questions[:30]:
        await notes.search(question)
    walls, cpus, found, exact = [], [], 0, 0
    for question, text in questions:
        began, cpu = time.perf_counter(), time.process_time()
        hits = await notes.search(question)
        walls.append((time.perf_counter() - began) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
        found += any(hit.note.text == text for hit in hits)
    for question, text in questions[: max(20, 3_000_000 // count)]:
        exact += await best_possible(database, question, text)
    share = found / len(questions)
    goal = FOUND.get(count, 0.7)
    wall, cpu95 = percentile(walls, 0.95), percentile(cpus, 0.95)
    told(
        f"search among {count:,} notes, p95",
        f"{wall:.2f} ms (median {percentile(walls, 0.5):.2f}; CPU p95 {cpu95:.2f})",
        f"under {SEARCH_MS} ms",
        wall < SEARCH_MS,
    )
    asked = min(len(questions), max(20, 3_000_000 // count))
    limit = sum([await can_be_found(database, question) for question, _text in questions]) / len(questions)
    value = (
        f"{share:.1%} (nobody could find more than {limit:.1%}; "
        f"BM25 over all notes, without any limit: {exact / asked:.0%} of {asked})"
    )
    told(f"the asked-for note among the first five of {count:,}", value, f"at least {goal:.0%}", share >= goal)
    life, stores, spent = Patterns(PATTERNS), [], []
    for number in range(STORED):
        text = f"{text_of(life.words())} {time.time_ns()}{number}"
        began, cpu = time.perf_counter(), time.process_time()
        note = await notes.add(text)
        stores.append((time.perf_counter() - began) * 1000)
        spent.append((time.process_time() - cpu) * 1000)
        await database.write(lambda db, note=note: remove(db, note.id))
    value = f"{percentile(stores, 0.95):.2f} ms, {percentile(spent, 0.95):.2f} of them CPU"
    told(f"storing a note among {count:,}, p95", value, f"under {STORE_MS} ms", percentile(stores, 0.95) < STORE_MS)


async def best_possible(database: Database, question: str, text: str) -> bool:
    """Whether BM25 finds the note among the first five when it looks at every note."""

    def find(db):
        limits = index.WHOLE
        index.WHOLE = 10**9
        try:
            scores = index.search(db, dict.fromkeys(terms(question), 1.0), 5)
        finally:
            index.WHOLE = limits
        best = sorted(scores, key=lambda note: (scores[note], note), reverse=True)[:5]
        marks = ",".join("?" * len(best))
        return any(text == said for (said,) in db.execute(f"SELECT text FROM note WHERE id IN ({marks})", best))

    return await database.read(find)


async def can_be_found(database: Database, question: str) -> float:
    """How likely the note is among five for one who knows which word of the question is not from it.

    It may be any note that has the other words, the likelier the fewer words it has to choose from.
    """

    def find(db):
        words = question.split()[:-1]
        wanted = list(dict.fromkeys(terms(" ".join(words))))
        marks = ",".join("?" * len(wanted))
        held = [number for (number,) in db.execute(f"SELECT id FROM term WHERE text IN ({marks})", wanted)]
        lists = [set(index.all_texts(db, term)) for term in held]
        meant = list(set.intersection(*lists)) if lists else []
        chances = []
        for at in range(0, len(meant), 900):
            some = meant[at : at + 900]
            rows = db.execute(f"SELECT length(terms) / 4 FROM note WHERE id IN ({','.join('?' * len(some))})", some)
            chances += [1 / comb(max(count, len(words)), len(words)) for (count,) in rows]
        return sum(sorted(chances, reverse=True)[:5]) / sum(chances) if chances else 0.0

    return await database.read(find)


def remove(db, note: int) -> None:
    held = db.execute("SELECT terms FROM note WHERE id = ?", (note,)).fetchone()[0]
    index.remove(db, note, held)
    db.execute("DELETE FROM note WHERE id = ?", (note,))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notes", type=int, default=100_000, metavar="N")
    parser.add_argument("--patterns", type=int, default=PATTERNS, metavar="N")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    got = parser.parse_args()
    if got.keep:
        got.keep.mkdir(parents=True, exist_ok=True)
        asyncio.run(measure(got.notes, got.keep, got.patterns))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(measure(got.notes, Path(folder), got.patterns))


if __name__ == "__main__":
    main()
