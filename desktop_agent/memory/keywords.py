"""Keywords of a text: TF-IDF over jieba's words, as the paper has it.

jieba knows no English: to it all English words are equally rare, and its "keywords"
are the first words of the sentence. So English words are weighed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_agent.memory import segment
from desktop_agent.memory.dates import places
from desktop_agent.memory.scripts import simplified
from desktop_agent.memory.stop_words import says_nothing
from desktop_agent.memory.terms import HAN_RUN, LONGEST_TERM, fold, stem

EXTRACTED = 5
"""Keywords taken from a message."""
KEPT = 3
"""Of these the heaviest that a note keeps. Both from the paper."""

# Letters of any script and what jieba takes for a part of a word, in pieces of at most 5,000.
_BLOCK = re.compile(r"[\w+#&.%\-]{1,5000}")
_FOREIGN = re.compile(r"[0-9]+(?:\.[0-9]+)+|[^\W_]+")

_WHOLE = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"
    r"|(?<![0-9])[0-9]{1,20}(?:[-/:.][0-9]{1,20}){1,20}"
)
"""An address, a time, a number in groups: its parts say nothing."""

MEDIAN_RARITY = 11.9547675029
"""The median of jieba's IDF table; written here so that an English text loads no dictionary."""


@dataclass(frozen=True, slots=True)
class Keyword:
    """A word as it stands in the text, and its weight: 1.0 for the heaviest, then down."""

    word: str
    weight: float


def keywords(text: str, most: int = EXTRACTED) -> tuple[Keyword, ...]:
    """Words that say what ``text`` is about, heaviest first.

    Equal weights keep the order of the text; forms of one English word (note, notes)
    count together under the first; a day, a time or an address is one word. A text of
    stop words only has none.

    Source: TF-IDF with jieba's IDF for Chinese; an English word is the rarer the longer
    it is, up to the median of jieba's table.
    """
    weights: dict[str, float] = {}
    shown: dict[str, str] = {}
    for word in _whole_and_words(text):
        folded = fold(word)
        if says_nothing(folded) or (len(folded) < 2 and not folded.isdigit()):
            continue
        key = stem(folded[:LONGEST_TERM])
        shown.setdefault(key, word[:LONGEST_TERM])
        weights[key] = weights.get(key, 0.0) + _rarity(word, folded)
    heaviest = sorted(weights, key=weights.__getitem__, reverse=True)[:most]
    return tuple(Keyword(shown[key], weights[key] / weights[heaviest[0]]) for key in heaviest)


def _whole_and_words(text: str) -> Iterator[str]:
    """Days, times, numbers in groups and addresses as they stand, and the words between them."""
    end = 0
    for at, to in sorted(
        [*places(text), *(each.span() for each in _WHOLE.finditer(text))], key=lambda place: (place[0], -place[1])
    ):
        if at >= end:
            yield from _words(text[end:at])
            yield text[at:to]
            end = to
    yield from _words(text[end:])


def _words(text: str) -> Iterator[str]:
    for block in _BLOCK.findall(text):
        pieces = HAN_RUN.split(block)
        if len(pieces) > 1 and "".join(pieces[::2]).isascii():
            # As a whole: T恤 and 卡拉OK are words.
            pieces = ["", block]
        # Every second piece has Han. A text without Han never loads the dictionary.
        for at, piece in enumerate(pieces):
            for word in _cut(piece) if at % 2 else (piece,):
                yield from (word,) if HAN_RUN.search(word) else _FOREIGN.findall(word)


def _cut(text: str) -> Iterator[str]:
    """Words of ``text`` as they stand in it; jieba knows them in simplified letters."""
    at = 0
    for word in segment.cut(simplified(text)):
        yield text[at : at + len(word)]
        at += len(word)


def _rarity(word: str, folded: str) -> float:
    """IDF on jieba's scale, which runs from 1.5 to 13.9."""
    if HAN_RUN.search(word) and not any(letter.isdigit() for letter in word):
        return segment.rarity(simplified(word))
    return min(MEDIAN_RARITY, 6.0 + 0.6 * len(folded))
