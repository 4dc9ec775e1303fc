"""Whether a note answers a question, decided by words: whose it is about, and what is asked of them.

The built-in model may only answer from a note that passes here. It errs on the side of showing a note instead of
answering from it, and of saying "not in my notes" instead of showing one about somebody else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from desktop_agent.inference import phrases
from desktop_agent.inference.wording import folded, pairs, words
from desktop_agent.messages import is_chinese
from desktop_agent.system import resources

OF_PEOPLE = frozenset(
    ("name", "birthday", "home", "birthplace", "work", "job", "age", "like", "dislike", "allergy", "learn", "school")
)
"""What only people have: a note on it that names nobody is the user's own, one that names somebody is not."""

OF_KINDS = frozenset(("medicine", "food", "drink", "animal", "sport", "film", "book", "song", "like", "dislike"))
"""What a note names by a name of its own: who takes ramipril takes a medicine."""

OF_LIVES = OF_PEOPLE | {"flight", "train", "exam", "interview", "meeting", "appointment", "party", "haircut"}
"""What is asked of the user with a verb: "where do I live"."""

OF_USERS = frozenset(
    (
        "phone",
        "email",
        "allergy",
        "colour",
        "food",
        "drink",
        "film",
        "book",
        "song",
        "singer",
        "sport",
        "animal",
        "team",
        "season",
        "restaurant",
        "plate",
        "postcode",
        "blood",
        "shoe",
        "key",
        "wedding",
        "meeting",
        "exam",
        "flight",
        "train",
        "interview",
        "appointment",
        "party",
        "passport",
        "bank",
        "medicine",
        "height",
        "weight",
        "password",
    )
)
"""What else belongs to a user and never to this program."""


class Bearing(IntEnum):
    """How a note stands to a question."""

    NONE = 0
    NEAR = 1
    """It speaks of something asked, not surely of all: worth showing, not worth answering from."""
    ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is about.

    ``who`` are the people in it, ``owners`` those it is said of (before the first verb); nobody means the user.
    ``what`` is what is said or asked, ``rest`` all other telling words, ``subject`` those before the first verb.
    """

    who: frozenset[str]
    owners: frozenset[str]
    what: frozenset[str]
    rest: frozenset[str]
    subject: frozenset[str]


class Relations:
    """The words of ``relations.toml``, ready to read texts with."""

    def __init__(self, path: Path) -> None:
        table = tomllib.loads(path.read_text("utf-8"))
        self._who = {word: row for row, listed in table["who"].items() for word in listed}
        self._what = {word: row for row, listed in table["what"].items() for word in listed}
        every = sorted({*self._who, *self._what}, key=len, reverse=True)
        english = "|".join(re.escape(word) for word in every if word.isascii())
        chinese = "|".join(re.escape(word) for word in every if not word.isascii())
        self._pattern = re.compile(rf"\b({english})(?:'s)?\b|({chinese})")
        people = "|".join(re.escape(word) for word in sorted(self._who, key=len, reverse=True))
        self._owner = re.compile(rf"\b(?:my|our) (?:{people})\b|我(?:们|家)?的?(?:{people})?")
        self._possessed = re.compile(
            rf"\b(?:my|our) (?:[\w-]+ ){{0,2}}?(?:{english})\b"
            rf"|(?:我|我们|我家)的?(?:[\u3400-\u9fff]{{1,4}}的)?(?:{chinese}|{english})"
        )
        self._two = re.compile(
            rf"(?P<lead>\b(?:(?:my|our) (?:(?:{people})'s )?)?(?:[\w-]+ )??)\b(?P<first>{english})"
            r"(?: and(?: also)?| or|,) "
            rf"(?P<mine>(?:my|our) (?:(?:{people})'s )?(?:[\w-]+ )??)?(?P<second>{english})\b"
        )
        self._two_zh = re.compile(
            rf"(?P<lead>我(?:们|家)?的?(?:(?:{people})的?)??(?:喜欢的?|最喜欢的?|爱吃的?)?)(?P<first>{chinese})"
            rf"(?:以及|还有|和|跟|与|及|、)(?P<mine>我(?:们|家)?的?(?:(?:{people})的?)??)?(?P<second>{chinese})"
        )

    @classmethod
    def open(cls) -> Relations:
        """The relations that come with the program."""
        return cls(resources() / "guide" / "relations.toml")

    def read(self, text: str) -> Reading:
        """What ``text``, a note or a question, is about."""
        text = _plain(text)
        implied = {meaning for meaning, pattern in phrases.IMPLIED if pattern.search(text)}
        text = phrases.WHICH.sub(" ", text)
        what = set()
        who, owners, rest, end = set(), set(), [], 0
        verb = phrases.VERB.search(text)
        for match in self._pattern.finditer(text):
            word = match[1] or match[2]
            rest.append(text[end : match.start()])
            end = match.end()
            if word in self._who:
                who.add(self._who[word])
                if not verb or match.start() < verb.start():
                    owners.add(self._who[word])
            else:
                what.add(self._what[word])
        rest.append(text[end:])
        remaining = phrases.ASKING.sub(" ", " | ".join(rest))
        # "My favourite song is a waltz" says nothing about a trade.
        what |= implied - {"job"} if what else implied
        telling = frozenset([*words(remaining), *pairs(remaining)]) - {"born", "出生"}
        opening = text[: verb.start()] if verb else text
        subject = frozenset([*words(opening), *pairs(opening)])
        return Reading(frozenset(who), frozenset(owners), frozenset(what), telling, subject)

    def choose(self, question: str, notes: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The notes that answer ``question``, and those that come near, in their order.

        Of several that answer, only those are kept that say least besides: "my dog is Rex" before "my dog's
        birthday is in May" for "what about my dog?".
        """
        asked = self.read(question)
        graded = [(self.bearing(question, note), note) for note in notes]
        answering = [note for grade, note in graded if grade is Bearing.ANSWERS]
        besides = {note: len(self._about(note) - asked.what) for note in answering}
        least = min(besides.values(), default=0)
        best = tuple(note for note in answering if besides[note] == least)
        return best, tuple(note for grade, note in graded if grade is Bearing.NEAR)

    def bearing(self, question: str, note: str) -> Bearing:
        """How ``note`` stands to ``question``; they may be in different languages."""
        asked, told = self.read(question), self.read(note)
        about = self._about(note)
        wanted = asked.what - {"job"} if len(asked.what) > 1 and "work" in asked.what else asked.what
        if phrases.WHO_AM_I.search(_plain(question)):
            wanted = wanted | {"name"}
        elif not asked.who and len(wanted) > 1:
            wanted = wanted - {"name"}  # "what is my company called" asks for the company
        if not asked.who and "name" in wanted and not asked.rest and not phrases.MY_NAME.search(_plain(note)):
            return Bearing.NONE
        if not asked.who and not wanted and not asked.rest:
            return Bearing.NONE
        own = bool(asked.who or phrases.SOMEONE.search(_plain(question)))
        # "What is tea?" is no question about "I like tea", "when does the plumber come?" one about his visit.
        one = bool(phrases.ASKS_ONE.search(_plain(question)))
        if not own and not wanted and not asked.rest <= told.subject:
            return Bearing.NEAR if one and asked.rest & told.subject else Bearing.NONE
        mine = bool(told.who or phrases.SOMEONE.search(_plain(note)))
        if own and not asked.who and wanted & OF_PEOPLE and told.subject and not mine:
            return Bearing.NONE  # "Tom likes jazz" says nothing of the user
        missing = asked.rest - told.rest
        covered = 1 - len(missing) / len(asked.rest) if asked.rest else 1.0
        crossed = is_chinese(question) != is_chinese(note) and bool(wanted)
        # A question that only names somebody ("my sister?") is answered by all that is known of them.
        if asked.who in (told.who, told.owners) and wanted <= about and (covered > 0.5 or crossed):
            return Bearing.ANSWERS
        somebody = bool(told.who & {"he", "she"}) and bool(wanted) and wanted <= about
        if asked.who and not asked.who & told.who:
            return Bearing.NEAR if somebody else Bearing.NONE
        if (own or one) and asked.rest and covered > 0 and wanted <= about:
            return Bearing.NEAR
        if own and not asked.who and mine and self._of_that_kind(question, asked, wanted, missing, about):
            return Bearing.NEAR
        if asked.who and asked.who == told.who and not wanted and phrases.WHEN.search(_plain(question)):
            return Bearing.NEAR if phrases.TIME.search(_plain(note)) else Bearing.NONE
        work = {"work", "job"}
        return Bearing.NEAR if somebody or (asked.who == told.who and wanted & work and about & work) else Bearing.NONE

    @staticmethod
    def _of_that_kind(
        question: str, asked: Reading, wanted: frozenset[str], missing: frozenset[str], about: frozenset[str]
    ) -> bool:
        """Whether a note may name one of the kind that a question asks for: a cello for "which instrument"."""
        found = phrases.KIND.search(_plain(question))
        named = frozenset([*words(found[0]), *pairs(found[0])]) if found else frozenset()
        if wanted and wanted <= about:
            return bool(named) and missing <= named
        return wanted <= OF_KINDS and bool(asked.rest) and 2 * len(missing) <= len(asked.rest)

    def _about(self, note: str) -> frozenset[str]:
        told = self.read(note)
        named = {"name"} if told.who and told.what <= {"job", "age"} and phrases.NAMED.search(_plain(note)) else set()
        return told.what | named | ({"name"} if phrases.MY_NAME.search(_plain(note)) else set())

    def personal(self, question: str) -> bool:
        """Whether ``question`` asks about the user or the user's people, so that only a note can answer it."""
        text = _plain(question)
        if phrases.PROGRAM.search(text) or not phrases.SOMEONE.search(phrases.TELL_ME.sub("", text)):
            return False
        if phrases.HOW_TO.search(text) and not phrases.POSSESSED.search(text):
            return False
        if not (phrases.ASKS.search(folded(question)) or phrases.ONE_NOUN.search(text)):
            return False
        reading = self.read(question)
        return bool(reading.who or reading.what or phrases.POSSESSED.search(text) or phrases.WHO_AM_I.search(text))

    def surely_of_someone(self, question: str) -> bool:
        """Whether ``question`` can hardly be about anything but the user's people and what is theirs."""
        text = _plain(question)
        lives = phrases.LIVES.search(text) and self.read(question).what & OF_LIVES
        return bool(
            phrases.ONE_NOUN.search(text) or (self.of_someone(question) and (self._possessed.search(text) or lives))
        )

    def owner(self, text: str) -> str:
        """Whom ``text`` names first as somebody of the user's: "my sister", 我妹妹; in Chinese at least 我."""
        found = self._owner.search(folded(text))
        return found[0] if found else ""

    def names_matter(self, text: str) -> bool:
        """Whether ``text`` begins with a word for what can be known of somebody."""
        found = self._pattern.match(folded(text))
        return found is not None and (found[1] or found[2]) in self._what

    def two(self, question: str) -> tuple[str, str, str, str] | None:
        """Two matters or people that one question names beside one another, between what stands before and behind.

        "What is my sister's name and age?" gives "What is ", "my sister's name", "my sister's age", "?"; a question
        that is not the user's own gives ``None``.
        """
        text = folded(question)
        found = (self._two_zh if is_chinese(question) else self._two).search(text)
        asks = phrases.ASKS.search(text) or phrases.ONE_NOUN.search(_plain(question))
        if found is None or not asks or not phrases.SOMEONE.search(phrases.TELL_ME.sub("", text)):
            return None
        kinds = [self._who.get(found[name], self._what.get(found[name])) for name in ("first", "second")]
        if kinds[0] == kinds[1]:
            return None
        if len(text) == len(question):
            text = question  # with its capitals
        lead, before = text[slice(*found.span("lead"))], re.sub(r"\bare $", "is ", text[: found.start()])
        return before, lead + found["first"], (found["mine"] or lead) + found["second"], text[found.end() :]

    def of_someone(self, question: str) -> bool:
        """Whether ``question`` names one of the user's people, or what only people have."""
        reading = self.read(question)
        return bool(reading.who or reading.what & (OF_PEOPLE | OF_USERS))


def _plain(note: str) -> str:
    return folded(note).strip(" .。!！?？")
