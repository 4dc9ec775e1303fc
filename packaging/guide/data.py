"""The conversations the guide is trained on: one question with what stands before it, and its answer.

Made by rules from ``values``, ``facts`` and ``talk``; the prompt is laid out by the program's own
``PromptMessage`` and note answers by its own ``retold``, so that training and use cannot differ.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import facts
import talk
import values
from repository import ROOT

from desktop_agent.inference.retelling import retold
from desktop_agent.messages import PromptMessage, Role, is_chinese

_WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))["help"]

SYSTEM = "You are the built-in guide."
"""The system message of every prompt; short, because every training step pays for it."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question as the model reads it and what it has to answer."""

    prompt: str
    answer: str


class Maker:
    """Makes examples; everything random comes from ``chance``."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._talk = talk.talk_table()
        self._small = [row for row in self._talk.values() if row.said["en"]]
        self._topics = _topics()

    def mixed(self) -> Example:
        """Any kind, in the shares of the final training."""
        roll = self._chance.random()
        if roll < 0.42:
            return self.from_notes()
        if roll < 0.49:
            return self.not_in_notes()
        if roll < 0.69:
            return self.from_help()
        return self.talked()

    def copied(self) -> Example:
        """Mostly plain copying, for the first minutes: the skill that everything else stands on."""
        roll = self._chance.random()
        if roll < 0.5:
            return self.from_notes(most=2)
        if roll < 0.95:
            return self.from_help(short=True)
        return self.talked()

    def from_notes(self, most: int = 6) -> Example:
        chance = self._chance
        chinese = chance.random() < 0.5
        # One note in eight is in the other language than its question.
        crossed = chance.random() < 0.12
        asked = facts.some_fact(chance, chinese)
        note = asked.note
        if crossed:
            note = facts.some_fact(chance, not chinese).note
            return _example(asked.question, [note], "", retold(note, chinese=is_chinese(asked.question)))
        others = self._others(asked, chance.choice((0, 0, 0, 1, 1, 2, 3, 5)[: most + 2]), chinese)
        notes = [*others, note]
        chance.shuffle(notes)
        return _example(asked.question, notes, "", retold(note, chinese=is_chinese(asked.question)))

    def not_in_notes(self) -> Example:
        chance = self._chance
        chinese = chance.random() < 0.5
        asked = facts.some_fact(chance, chinese)
        notes = self._others(asked, chance.choice((0, 1, 1, 2, 3, 4)), chinese)
        return _example(asked.question, notes, "", self._answer("unknown", is_chinese(asked.question)))

    def from_help(self, short: bool = False) -> Example:
        chance = self._chance
        chinese = chance.random() < 0.5
        passage = self._passage(chinese, short)
        roll = chance.random()
        if roll < 0.5 and self._topics:
            question = talk.ended(
                chance, chance.choice(chance.choice(self._topics)["ask_zh" if chinese else "ask_en"]), chinese, "?"
            )
        else:
            question = talk.refused(chance, chinese) if roll < 0.75 else facts.some_fact(chance, chinese).question
        if is_chinese(question) != chinese:
            return self.from_help(short)
        return _example(question, [], passage, passage)

    def talked(self) -> Example:
        chance = self._chance
        chinese = chance.random() < 0.5
        roll = chance.random()
        if roll < 0.36:
            text, kind = self._refused(chinese), "refusal"
        elif roll < 0.44:
            text, kind = talk.request(chance, chinese), "noted"
        elif roll < 0.52:
            text, kind = talk.statement(chance, chinese), "told"
        else:
            row = chance.choice(self._small)
            text, kind = talk.said(chance, row, chinese), row.kind
        return _example(text, [], "", self._answer(kind, is_chinese(text)))

    def _refused(self, chinese: bool) -> str:
        """A question about the world, or one about this program that its help has nothing on."""
        chance = self._chance
        if chance.random() < 0.15:
            asked = chance.choice(self._topics)["ask_zh" if chinese else "ask_en"]
            return talk.ended(chance, chance.choice(asked), chinese, "?")
        return talk.refused(chance, chinese)

    def _answer(self, kind: str, chinese: bool) -> str:
        return self._talk[kind].answer["zh" if chinese else "en"]

    def _others(self, asked: facts.Fact, count: int, chinese: bool) -> list[str]:
        others: list[str] = []
        while len(others) < count:
            # A note of the same language nine times in ten, and never one that answers too.
            other = facts.some_fact(self._chance, chinese if self._chance.random() < 0.9 else not chinese)
            if (
                other.kind.split(":")[-1] == "name"
                and asked.kind.split(":")[-1] == "name"
                and self._chance.random() < 0.3
            ):
                continue
            if other.kind != asked.kind and other.note not in others:
                others.append(other.note)
        return others

    def _passage(self, chinese: bool, short: bool) -> str:
        """A help text: the program's own, one with words exchanged, or sentences about anything."""
        chance = self._chance
        roll = chance.random()
        if not short and self._topics and roll < 0.45:
            text = str(chance.choice(self._topics)["zh" if chinese else "en"])
            return text if roll < 0.15 else _changed(chance, text, chinese)
        sentences = 1 if short else chance.choice((1, 1, 2))
        return ("" if chinese else " ").join(_sentence(chance, chinese) for _ in range(sentences))


def _sentence(chance: random.Random, chinese: bool) -> str:
    frames = _WORDS["sentences_zh" if chinese else "sentences"]
    makers = (
        (values.invented_zh, values.thing_zh, values.person_zh, values.code, values.invented)
        if chinese
        else (values.invented, values.thing, values.person, values.code, values.number)
    )
    parts = _WORDS["words_zh" if chinese else "words"]
    fill = [chance.choice(makers)(chance, False) if chance.random() < 0.45 else chance.choice(parts) for _ in range(4)]
    return chance.choice(frames).format(*fill)


def _changed(chance: random.Random, text: str, chinese: bool) -> str:
    """``text`` with some words exchanged for invented ones, so that a later edit of the help needs no training."""
    if chinese:
        letters = list(text)
        for place in range(len(letters)):
            if "\u4e00" <= letters[place] <= "\u9fff" and chance.random() < 0.12:
                letters[place] = values.letter_zh(chance)
        return "".join(letters)
    words = text.split(" ")
    for place in range(len(words)):
        if words[place].isalpha() and chance.random() < 0.15:
            words[place] = values.invented(chance).lower() if chance.random() < 0.5 else chance.choice(_WORDS["words"])
    return " ".join(words)


def _example(question: str, notes: list[str], passage: str, answer: str) -> Example:
    message = PromptMessage(Role.USER, question, tuple(notes), passage)
    return Example(message.content, answer)


def _topics() -> list[dict[str, Any]]:
    path = ROOT / "resources/help/topics.toml"
    return [row for row in tomllib.loads(path.read_text("utf-8")).values() if "en" in row]
