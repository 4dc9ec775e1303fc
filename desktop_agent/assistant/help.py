"""The program's help: finds the passage that answers a question, by the words they share and by a learned table.

The words decide whether the help has anything on it, the table which of the topics that share them is meant; either
may overrule the other when it is sure. ``packaging/guide/kinds.py`` learns the table from the phrases in
``topics.toml``: a topic that it does not know yet is found by words alone.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from desktop_agent.inference import several
from desktop_agent.inference.kinds import OTHER, Kinds
from desktop_agent.inference.wording import folded, pairs, words
from desktop_agent.messages import is_chinese

LONGEST_QUESTION = 300
"""Characters; longer messages are texts to work on, not questions about the program."""

COMMON = frozenset("怎么样什的我你了吗呢是在有能可以要想一这那不用个")
"""Characters that nearly every question has."""
ENOUGH = {False: 0.55, True: 0.57}
"""Score from which a passage answers, in English and in Chinese. Of questions about the world 2 and 5 in 100 reach it,
of questions about the user 4 and 7, of small talk none; packaging/guide/README.md has the other side."""
UNMATCHED, UNKNOWN = 0.1, 0.7
"""What a word of the question weighs that the topic lacks: one the help knows from elsewhere, and one it never uses.
A question about the world is mostly made of the second kind."""
COVERED = 0.7
"""Share of the score that comes from how much of the question the topic covers; the rest from its nearest phrase."""
ONCE = 0.8
"""Worth of a word that only one phrase of the topic has, against one that three have."""
LEARNED = 0.5
"""What the table's share of a topic counts beside the score of its words when topics compete."""
BOTH, NOT_HELP = 0.9, 0.8
"""Score and share together from which a passage answers whatever else shares its words; and the share of "no help" from
which none does. With every fourth phrase of the topics put aside, in English 65 in 100 of those found their passage
instead of 56, and of 200 questions about the world 5 a passage instead of 11; in Chinese 62 instead of 57, 6 instead of
9."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of the help in the language of the question; ``score`` runs from 0 to about 1."""

    topic: str
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Topic:
    name: str
    text: str
    """Empty for what the help is not for."""
    phrases: tuple[frozenset[str], ...]
    words: dict[str, float]
    """Of all phrases, with how much they belong to the topic: from ``ONCE`` to 1."""


class _Language:
    """The topics in one language, with what each word is worth."""

    def __init__(self, rows: dict[str, dict[str, object]], language: str, synonyms: dict[str, str]) -> None:
        self._chinese = language == "zh"
        self._synonyms = synonyms
        # Longest first, as a reader would: "重新开始" is not "开始".
        self._listed = re.compile("|".join(map(re.escape, sorted(synonyms, key=len, reverse=True))))
        self.topics = [self._topic(name, row, language) for name, row in rows.items()]
        spread = Counter(word for topic in self.topics for word in topic.words)
        self._worth = {word: math.log(1 + len(self.topics) / count) for word, count in spread.items()}
        self._unknown = math.log(1 + len(self.topics))

    def _topic(self, name: str, row: dict[str, object], language: str) -> _Topic:
        asked = row[f"ask_{language}"]
        assert isinstance(asked, list)
        phrases = tuple(frozenset(self.terms(folded(phrase))) for phrase in asked)
        counts = Counter(word for phrase in phrases for word in phrase)
        belonging = {word: min(1.0, ONCE + (1 - ONCE) * count / 3) for word, count in counts.items()}
        return _Topic(name, str(row.get(language, "")), phrases, belonging)

    def terms(self, text: str) -> list[str]:
        """What ``folded`` text is about; synonyms count as one word."""
        if not self._chinese:
            return [self._synonyms.get(word, word) for word in words(text)]
        concepts = [self._synonyms[word] for word in self._listed.findall(text)]
        rest = self._listed.sub(" ", text)
        # Single characters too: where two askers cut their words differently, they still share these.
        single = [f"{letter}…" for letter in text if letter > "\u3400" and letter not in COMMON]
        return [*concepts, *pairs(rest), *words(rest), *single]

    def score(self, asked: frozenset[str], topic: _Topic) -> float:
        """How much of the question the topic covers, and how near its nearest phrase comes."""
        worth = self._worth
        shared = asked & topic.words.keys()
        if not shared:
            return 0.0
        matched = sum(worth[word] * topic.words[word] for word in shared)
        strange = UNKNOWN * self._unknown * sum(word not in worth for word in asked)
        known = sum(worth.get(word, 0.0) for word in asked)
        nearest = max(
            2 * sum(worth[word] for word in shared & phrase) / (known + strange + sum(worth[word] for word in phrase))
            for phrase in topic.phrases
            if phrase
        )
        missing = UNMATCHED * sum(worth.get(word, 0.0) for word in asked - shared)
        return COVERED * matched / (matched + missing + strange) + (1 - COVERED) * nearest


class HelpIndex:
    """The help of this program in both languages."""

    def __init__(
        self, rows: dict[str, dict[str, object]], synonyms: dict[str, list[list[str]]], tables: dict[bool, Path]
    ) -> None:
        stems: dict[str, str] = {}
        for row in synonyms["en"]:
            folded_row = [words(folded(word)) for word in row]
            stems |= {stem[0]: folded_row[0][0] for stem in folded_row if stem}
        chinese = {word: row[0] for row in synonyms["zh"] for word in row}
        self._languages = {False: _Language(rows, "en", stems), True: _Language(rows, "zh", chinese)}
        self._tables = tables

    @classmethod
    def open(cls, folder: Path) -> HelpIndex:
        """The help in ``folder``, indexed in both languages: some 20 ms, for a worker thread."""
        rows = tomllib.loads((folder / "topics.toml").read_text("utf-8"))
        talk = tomllib.loads((folder.parent / "guide" / "talk.toml").read_text("utf-8"))
        synonyms = tomllib.loads((folder / "synonyms.toml").read_text("utf-8"))
        # Small talk is known here so that "I need help" and "who made you" find nothing.
        said = {kind: _said(row) for kind, row in talk.items() if "said_en" in row}
        return cls(rows | said, synonyms, {False: folder / "topics_en.bin", True: folder / "topics_zh.bin"})

    def answer(self, message: str) -> str:
        """What the help says to ``message``: one passage, or of several questions each with its own; empty for none."""
        asked = several.questions(message)
        found = {question: passage.text for question in asked if (passage := self.find(question))}
        if len(asked) > 1 and found:
            return several.joined(found)
        passage = self.find(message) or self.find(several.asking(message))
        return passage.text if passage else next(iter(found.values()), "")

    def find(self, question: str) -> Passage | None:
        """The passage that answers ``question``; ``None`` when none comes near enough."""
        if len(question) > LONGEST_QUESTION:
            return None
        chinese = is_chinese(question)
        language = self._languages[chinese]
        asked = frozenset(language.terms(folded(question)))
        scores = {topic.name: language.score(asked, topic) for topic in language.topics}
        share = Kinds.open(self._tables[chinese]).shares(question)
        texts = {topic.name: topic.text for topic in language.topics if topic.text}
        nearest = max(scores, key=lambda name: scores[name])
        best = max(texts, key=lambda name: scores[name] + LEARNED * share.get(name, 0.0))
        by_words = nearest in texts and scores[nearest] >= ENOUGH[chinese] and share[OTHER] <= NOT_HELP
        if by_words or scores[best] + share.get(best, 0.0) >= BOTH:
            return Passage(best, texts[best], scores[best])
        return None


def _said(row: dict[str, object]) -> dict[str, object]:
    return {"ask_en": row["said_en"], "ask_zh": row["said_zh"]}
