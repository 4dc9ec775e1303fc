"""How good the built-in guide is: ``python packaging/guide/evaluate.py [--model FILE] [--count N] [--show N]``.

Asks through everything the program uses: finding the help, choosing the notes, the model through llama.cpp, the check.
Help questions, refusals and small talk are those of ``held_out.toml``, written without looking at the phrasings of the
help or of the training; names in notes are made of syllables and characters that no training value contains. "Model
alone" is what the model says with all notes before it, unchecked.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tomllib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import facts
from repository import ROOT

from desktop_agent.assistant.help import HelpIndex
from desktop_agent.events import Chunk
from desktop_agent.inference.engine import Engine
from desktop_agent.inference.guide import SHOWN, SYSTEM, GuideEngine, exact_sampling
from desktop_agent.inference.local import LocalEngine
from desktop_agent.inference.retelling import retold
from desktop_agent.inference.smalltalk import REFUSAL, UNKNOWN, SmallTalk
from desktop_agent.messages import PromptMessage, Role, is_chinese
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import resources

HERE = Path(__file__).parent
GOALS = {"help": 85, "notes": 85, "not in notes": 95, "refusal": 90, "small talk": 95}

FLOORS = {"help": 78, "notes": 88, "not in notes": 95, "refusal": 86, "small talk": 91}
"""Below these a quick run with 40 questions shows that something broke: the lower of both languages with all questions,
less two standard errors of 40, or the goal where that is less. The goals are for the whole set, see README.md."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the notes that were found for it, and what a right answer is."""

    text: str
    right: frozenset[str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: percent right in one language."""

    name: str
    language: str
    asked: int
    right: int
    wrong: tuple[tuple[Question, str], ...]

    @property
    def percent(self) -> float:
        return 100 * self.right / self.asked if self.asked else 0.0


class Examination:
    """Questions of every kind, asked one after the other."""

    def __init__(
        self, engine: Engine, guide: GuideEngine, seed: int = 7, held_out: Path = HERE / "held_out.toml"
    ) -> None:
        self._engine = engine
        self._guide = guide
        self._chance = random.Random(seed)
        self._help = HelpIndex.open(resources() / "help")
        self._topics = tomllib.loads((resources() / "help/topics.toml").read_text("utf-8"))
        self._talk = SmallTalk.open()
        self._held_out = tomllib.loads(held_out.read_text("utf-8"))

    async def run(self, count: int, *, alone: bool = True) -> list[Row]:
        """All rows with at most ``count`` questions each; ``alone`` adds what the model says unchecked."""
        rows = []
        for language in ("en", "zh"):
            rows.append(await self._row("help", language, self.about_help(language), count))
            for notes in (1, 3, 6):
                rows.append(await self._row(f"notes, {notes}", language, self.about_notes(language, notes), count))
            rows.append(await self._row("real notes, told back", language, self.about_real_notes(language), count))
            rows.append(await self._row("real notes, told or shown", language, self.about_shown(language), count))
            rows.append(await self._row("not in notes", language, self.about_nothing(language), count))
            rows.append(await self._row("refusal", language, self.refused(language), count))
            rows.append(await self._row("small talk", language, self.talked(language), count))
            if alone:
                for notes in (1, 3, 6):
                    name = f"model alone: notes, {notes}"
                    rows.append(
                        await self._row(name, language, self.about_notes(language, notes), count, self.unchecked)
                    )
                rows.append(
                    await self._row("model alone: help text", language, self.about_help(language), count, self.repeated)
                )
        return rows

    async def answer(self, question: Question) -> str:
        """What the program says."""
        message = PromptMessage(Role.USER, question.text, question.notes, self._help.answer(question.text))
        async with self._guide.stream([message], exact_sampling()) as events:
            return "".join([event.text async for event in events if isinstance(event, Chunk)])

    async def unchecked(self, question: Question) -> str:
        """What the model says to the question with all its notes."""
        return await self._raw(PromptMessage(Role.USER, question.text, question.notes))

    async def repeated(self, question: Question) -> str:
        """What the model makes of the right passage."""
        (text,) = question.right
        return await self._raw(PromptMessage(Role.USER, question.text, help=text))

    async def _raw(self, message: PromptMessage) -> str:
        async with self._engine.stream([SYSTEM, message], exact_sampling()) as events:
            return "".join([event.text async for event in events if isinstance(event, Chunk)]).strip()

    async def _row(
        self,
        name: str,
        language: str,
        questions: Iterator[Question],
        count: int,
        answer: Callable[[Question], Awaitable[str]] | None = None,
    ) -> Row:
        asked, wrong = 0, []
        for question in questions:
            if asked == count:
                break
            asked += 1
            said = await (answer or self.answer)(question)
            if said not in question.right:
                wrong.append((question, said))
        return Row(name, language, asked, asked - len(wrong), tuple(wrong))

    def about_help(self, language: str) -> Iterator[Question]:
        asked = [
            Question(text, frozenset({self._topics[topic][language]}))
            for topic, row in self._held_out["help"].items()
            for text in row[language]
        ]
        self._chance.shuffle(asked)
        return iter(asked)

    def about_notes(self, language: str, count: int) -> Iterator[Question]:
        chinese = language == "zh"
        while True:
            fact = facts.some_fact(self._chance, chinese, held_out=True)
            if is_chinese(fact.question) != chinese or is_chinese(fact.note) != chinese:
                continue
            notes = [fact.note, *self._others(fact, count - 1, chinese)]
            self._chance.shuffle(notes)
            yield Question(fact.question, frozenset({retold(fact.note, chinese=chinese)}), tuple(notes))

    def about_real_notes(self, language: str) -> Iterator[Question]:
        """Notes in people's own words, each with five others beside it."""
        pairs = self._held_out.get("notes", {}).get(language, [])
        for note, question in pairs:
            others = self._chance.sample([other for other, _question in pairs if other != note], 5)
            notes = [note, *others]
            self._chance.shuffle(notes)
            yield Question(question, frozenset({retold(note, chinese=language == "zh")}), tuple(notes))

    def about_shown(self, language: str) -> Iterator[Question]:
        """The same; showing the note counts too, but not showing another one."""
        for question in self.about_real_notes(language):
            (told,) = question.right
            note = next(note for note in question.notes if retold(note, chinese=language == "zh") == told)
            shown = SHOWN[language == "zh"].format(notes=f"- {note}")
            yield Question(question.text, frozenset({told, shown}), question.notes)

    def about_nothing(self, language: str) -> Iterator[Question]:
        chinese = language == "zh"
        while True:
            fact = facts.some_fact(self._chance, chinese, held_out=True)
            # "The flight?" may be about the user's or about any: only the clear ones are asked.
            asked = fact.question.replace("告诉我", "")
            if "my" not in asked.lower().split() and not any(word in asked for word in ("我", " I ", "I'm")):
                continue
            notes = self._others(fact, self._chance.choice((0, 1, 3, 5)), chinese)
            if is_chinese(fact.question) == chinese:
                yield Question(fact.question, frozenset({self._talk.sentence(UNKNOWN, chinese=chinese)}), tuple(notes))

    def refused(self, language: str) -> Iterator[Question]:
        right = frozenset({self._talk.sentence(REFUSAL, chinese=language == "zh")})
        return iter([Question(text, right) for text in self._held_out["refusal"][language]])

    def talked(self, language: str) -> Iterator[Question]:
        asked = [
            Question(text, frozenset({self._talk.sentence(kind, chinese=language == "zh")}))
            for kind, row in self._held_out["talk"].items()
            for text in row[language]
        ]
        self._chance.shuffle(asked)
        return iter(asked)

    def _others(self, asked: facts.Fact, count: int, chinese: bool) -> list[str]:
        """Notes about other things; never two that answer the same question."""
        others: dict[str, str] = {}
        while len(others) < count:
            other = facts.some_fact(self._chance, chinese, held_out=True)
            if other.kind != asked.kind and not _same_matter(other.kind, asked.kind):
                others[other.kind] = other.note
        return list(others.values())


def _same_matter(one: str, other: str) -> bool:
    # "What do I like?" is answered by a favourite song as well, "my company" by the place of work.
    return any(
        one.startswith(a) and other.startswith(b) for a, b in (("me:likes", "favourite"), ("favourite", "me:likes"))
    )


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table, both languages beside one another."""
    lines = ["| right, % | English | Chinese | questions | goal |", "|---|---|---|---|---|"]
    english = [row for row in rows if row.language == "en"]
    chinese = {row.name: row for row in rows if row.language == "zh"}
    for row in english:
        goal = GOALS.get(row.name.split(",")[0], "")
        other = chinese[row.name]
        asked = f"{row.asked} + {other.asked}"
        lines.append(f"| {row.name} | {row.percent:.1f} | {other.percent:.1f} | {asked} | {goal} |")
    return "\n".join(lines)


async def examine(model: Path, count: int, seed: int, held_out: Path, *, alone: bool = True) -> list[Row]:
    """The rows for the model in ``model``."""
    threads = Threads()
    engine = LocalEngine(model, threads, context_tokens=1024, n_threads=1)
    try:
        return await Examination(engine, GuideEngine(engine), seed, held_out).run(count, alone=alone)
    finally:
        await engine.close()
        await threads.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=ROOT / "resources/models/guide.gguf")
    parser.add_argument("--count", type=int, default=200, help="questions in a row, at most")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--held-out", type=Path, default=HERE / "held_out.toml")
    parser.add_argument("--quick", action="store_true", help="leave out what the model says unchecked")
    parser.add_argument("--strict", action="store_true", help="fail below the floors")
    parser.add_argument("--show", type=int, default=0, help="wrong answers shown of each row")
    wanted = parser.parse_args()
    rows = asyncio.run(examine(wanted.model, wanted.count, wanted.seed, wanted.held_out, alone=not wanted.quick))
    for row in rows:
        for question, said in row.wrong[: wanted.show]:
            print(f"[{row.name}, {row.language}] {question.text!r} {list(question.notes)}")
            print(f"   said {said!r}\n   not  {sorted(question.right)}")
    print(table(rows))
    missed = [row for row in rows if row.percent < FLOORS.get(row.name.split(",")[0], 0)]
    if wanted.strict and missed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
