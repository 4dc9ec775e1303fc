"""What a text is found by: one function for notes and for questions, so that both speak of the same terms.

Case, width, accents, traditional Chinese letters and English word endings are folded away;
a Chinese word is a term as a whole and in its pairs of letters, so that any two letters of
a name are found. What changes here changes the index: old notes need a migration
(``reindexing.py``), or they are no longer found.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import types
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from desktop_agent.memory import segment
from desktop_agent.memory.dates import date_terms
from desktop_agent.memory.scripts import simplified
from desktop_agent.memory.stop_words import SAYING_NOTHING, says_nothing
from desktop_agent.memory.word_forms import IRREGULAR

HAN_RUN = re.compile("([\u3400-\u9fff\uf900-\ufaff]+)")
"""Chinese letters side by side, as a group for ``split``."""
LONGEST_TERM = 64
"""A longer "word" (a key, a picture in base64) is found by its beginning."""
LONGEST_RUN = 2_000
"""No real text has so many Chinese letters side by side, and the segmenter holds all of a run."""

# Words of any script and decimal numbers, never punctuation.
_WORD = re.compile(r"[^\W_]+(?:\.[0-9]+)*")
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_MARKS = dict.fromkeys(range(0x300, 0x370))
"""Accents, when a letter is taken apart."""


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What of a text becomes terms; each part can be left out, so that its worth can be measured."""

    scripts: bool = True
    """Traditional letters are read as simplified ones."""
    stop_words: bool = True
    """Words that say nothing are left out."""
    stems: bool = True
    """English words lose their endings."""
    pairs: bool = True
    """Chinese words are also terms in pairs of letters."""
    dates: bool = True
    """Days are terms, however they are written."""


WHOLE = Reading()


def terms(text: str, reading: Reading = WHOLE) -> list[str]:
    """The terms of ``text`` in its order, repeated as often as they occur; empty when it has stop words only."""
    found: list[str] = []
    folded = fold(text, scripts=reading.scripts)
    for word in _WORD.findall(folded):
        # Every second piece is Han; before, between and after them are other letters, or nothing.
        for at, piece in enumerate(HAN_RUN.split(word)):
            if at % 2:
                found += _han_terms(piece) if reading is WHOLE else _han_words(piece, reading)
            elif piece:
                said = [part[:LONGEST_TERM] for part in _parts(piece) if not (reading.stop_words and _is_empty(part))]
                found += [stem(part) for part in said] if reading.stems else said
    if reading.dates:
        found += date_terms(folded)
    return found


def words(text: str) -> frozenset[str]:
    """All words of ``text`` as they stand, folded; Chinese letters side by side are one."""
    return frozenset(piece for word in _WORD.findall(fold(text)) for piece in HAN_RUN.split(word) if piece)


def fold(text: str, *, scripts: bool = True) -> str:
    """``text`` in one case, width and Chinese writing, without accents: ＣＡＦÉ, Café and cafe become the same."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", text).translate(_MARKS))
        if scripts:
            text = simplified(text)
    return text.casefold()


@lru_cache(20_000)
def stem(word: str) -> str:
    """``word`` without its English ending (27 µs for a new one), went as go; words of other scripts as they are."""
    return _stemmer().stemWord(IRREGULAR.get(word, word)) if word.isascii() and word.isalpha() else word


@lru_cache(1)
def _stemmer() -> _Stemmer:
    # The package's own __init__ would load the stemmers of thirty languages: 11 ms and 2.5 MB.
    found = importlib.util.find_spec("snowballstemmer")
    whole = sys.modules.get("snowballstemmer")
    package = types.ModuleType("snowballstemmer")
    package.__path__ = list((found and found.submodule_search_locations) or ())
    sys.modules["snowballstemmer"] = package
    try:
        from snowballstemmer.english_stemmer import EnglishStemmer
    finally:
        del sys.modules["snowballstemmer"]
        if whole is not None:
            sys.modules["snowballstemmer"] = whole
    stemmer: _Stemmer = EnglishStemmer()
    return stemmer


def _parts(word: str) -> list[str]:
    """A decimal number as one, anything else cut at its points."""
    return [word] if _DECIMAL.fullmatch(word) else [part for part in word.split(".") if part]


def _is_empty(word: str) -> bool:
    return word in SAYING_NOTHING


def _han_words(run: str, reading: Reading) -> list[str]:
    """As ``_han_terms`` without what ``reading`` leaves out; only to measure what that is worth."""
    if reading.pairs and reading.stop_words:
        return list(_han_terms(run))
    words = segment.cut(run, guess=False)
    return [word for word in words if not (reading.stop_words and says_nothing(word))]


def _han_terms(run: str) -> Iterator[str]:
    """The words of a run of Han, the pairs of letters inside longer ones, and pairs of single letters.

    A name that is in no dictionary comes in single letters: its pairs hold it together.
    """
    # Without guessing: the same name must be cut alike in the note and in the question.
    words = [
        word for at in range(0, len(run), LONGEST_RUN) for word in segment.cut(run[at : at + LONGEST_RUN], guess=False)
    ]
    before = ""
    for word in words:
        if says_nothing(word):
            before = ""
            continue
        if len(before) == len(word) == 1:
            yield before + word
        yield word
        if len(word) == 2:
            # 猫叫 (the cat is called) is a word to jieba; what it is about is 猫.
            empty = [letter in SAYING_NOTHING for letter in word]
            if any(empty) and not all(empty):
                yield word[empty.index(False)]
        else:
            yield from (word[at : at + 2] for at in range(len(word) - 1))
        before = word
