"""What a question asks for: its terms with their synonyms, the people it names, and the kind of answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from desktop_agent.memory.dates import Day, days, days_from, terms_from
from desktop_agent.memory.scripts import simplified
from desktop_agent.memory.terms import HAN_RUN, WHOLE, Reading, fold, stem, terms, words
from desktop_agent.memory.word_forms import SYNONYMS

_TIME = re.compile(
    r"\b(?:yesterday|today|tonight|tomorrow|recently|ago|last|next|this (?:week|month|year|morning|weekend)|weekend"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|week|month|year|since|january|february|april|june|july|august"
    r"|september|october|november|december|(?:in|of) (?:march|may)|(?:19|20)\d\d|\d+(?::\d\d|st|nd|rd|th| ?[ap]m))s?\b"
    r"|[昨今明后前][天日晚早年]|上个?[周月]|下个?[周月]|[这本]个?[周月]|星期|周[一二三四五六日末]|[\d一二三四五六七八九十]+[月日号点年]|去年|刚才|最近|之前|以后|周末",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|once|twice|couple|several|half)\b"
    r"|[一二两三四五六七八九十百千万几]+[个岁年月天次只条位块元公米口张本台件点分]",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|at|from|to|near) (?:the |a |my )?[A-Z]|\b(?:here|home|place)\b|[在去到住从]|[省市县区路街村镇国]"
)
# What the question's first words ask, and what a text that answers has.
_ASKS_TIME = re.compile(
    r"\b(?:when|what (?:day|date|time|year|month)|which (?:day|date|year|month)|how long)\b"
    r"|什么时候|何时|哪[天年月一]|几[号月点]|多久|多长时间|日期|生日",
    re.IGNORECASE,
)
_ASKS_AMOUNT = re.compile(
    r"\bhow (?:many|much|old|often|long|far|tall)\b|多少|几[个岁次只条位年天口]|多[大高重远]|号码", re.IGNORECASE
)
_ASKS_PLACE = re.compile(
    r"\b(?:where|what (?:city|country|state|place))\b|哪里|哪儿|什么地方|哪个(?:城市|国家|省)|地址", re.IGNORECASE
)
_KINDS = ((_ASKS_TIME, _TIME), (_ASKS_AMOUNT, _AMOUNT), (_ASKS_PLACE, _PLACE))


_DAYS = 3
"""Days of a question that are looked up."""
_EXPLAINED = 16
"""Terms of a question that related words are looked up for."""
_LONGEST_ASKING = 500
_OF_A_PART = 0.4
"""What a pair of letters of a longer Chinese word counts: 柏拉图 with both of its pairs says no more than Plato."""
_SEEN_FROM_TODAY = 0.4
"""What the date of "yesterday" counts: most who say "today" do not ask for a date."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the index is asked: terms with what each counts, and what else speaks for a note.

    ``near`` are words of nearly the same meaning. Today is no day to look at: who asks for
    today's weather wants no notes of today.
    """

    terms: dict[str, float]
    words: frozenset[str]
    answers: tuple[re.Pattern[str], ...]
    days: tuple[Day, ...] = ()
    near: dict[str, float] = field(default_factory=dict)

    def names(self, speaker: str) -> bool:
        """Whether the question names the one who speaks."""
        return any(
            part in self.words if part.isascii() else any(part in word for word in self.words)
            for part in speaker.split()
            if len(part) > 1
        )

    def answered(self, text: str) -> bool:
        """Whether ``text`` has what the question asks for: a time, an amount, a place."""
        return bool(self.answers) and any(pattern.search(simplified(text)) for pattern in self.answers)


def question(
    text: str,
    found: Sequence[str] | None = None,
    synonyms: float = 0.0,
    related: float = 0.0,
    subjects: float = 0.0,
    *,
    asked_on: date | None = None,
    reading: Reading = WHOLE,
) -> Question:
    """What ``text`` asks; ``found`` are its terms when they are known, ``synonyms`` is what a synonym counts,
    ``related`` what a word of WordNet that is near in meaning counts, ``subjects`` the thing that is asked for
    ("my name"), whatever words a note gives it with.

    Days such as "last Friday" are seen from ``asked_on``, else from today.
    """
    own = list(dict.fromkeys(terms(text, reading) if found is None else found))
    parts = _parts(own)
    wanted = {term: _OF_A_PART if term in parts else 1.0 for term in own}
    folded, today = fold(text), asked_on or datetime.now().astimezone().date()
    # Of a question; a pasted page has many days and asks for none.
    asks_days = reading.dates and len(text) < _LONGEST_ASKING
    if asks_days:
        for term in terms_from(folded, today):
            wanted.setdefault(term, _SEEN_FROM_TODAY)
    if synonyms:
        for term in own:
            for other in _synonyms().get(term, ()):
                wanted.setdefault(other, synonyms)
    if subjects:
        from desktop_agent.memory.subjects import SUBJECT, asked_about

        wanted.update((SUBJECT + subject, subjects) for subject in asked_about(text))
    found_near: dict[str, float] = {}
    if related:
        from desktop_agent.memory.related import related as near

        found_near = {other: related for term in own[:_EXPLAINED] for other in near(term) if other not in wanted}
    simple = simplified(text)
    answers = tuple(answer for asks, answer in _KINDS if asks.search(simple))
    said_today = Day(today.year, today.month, today.day)
    seen = [day for day in days_from(folded, today) if day != said_today] if asks_days else []
    named = tuple(dict.fromkeys([*days(folded), *seen])) if asks_days else ()
    return Question(wanted, words(text), answers, named[:_DAYS], found_near)


def _parts(own: Sequence[str]) -> set[str]:
    """The pairs of letters of the longer Chinese words among the terms."""
    longer = [term for term in own if len(term) > 2 and HAN_RUN.fullmatch(term)]
    return {word[at : at + 2] for word in longer for at in range(len(word) - 1)}


@lru_cache(1)
def _synonyms() -> dict[str, tuple[str, ...]]:
    """The synonyms as terms."""
    return {_term(word): tuple(_term(other) for other in others) for word, others in SYNONYMS.items()}


def _term(word: str) -> str:
    return word if HAN_RUN.search(word) else stem(fold(word))
