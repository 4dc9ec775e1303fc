"""What a text is found by: one function for notes and for questions, so that both speak of the same terms.

Case, width, accents and English word endings are folded away; a Chinese word is a term
as a whole and in its pairs of letters, so that any two letters of a name are found.
"""

from __future__ import annotations

import importlib.util
import re
import sys
import types
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from desktop_agent.memory import segment
from desktop_agent.memory.stop_words import SAYING_NOTHING, says_nothing

HAN = "\u3400-\u9fff\uf900-\ufaff"
LONGEST_TERM = 64
"""A longer "word" (a key, a picture in base64) is found by its beginning."""

# Decimal numbers; runs of Han; words of every other script. Never punctuation.
# A run of Han ends after 2,000: no real text has one, and the segmenter holds the whole run.
_WORD = re.compile(rf"[0-9]+(?:\.[0-9]+)+|[{HAN}]{{1,2000}}|[^\W_{HAN}]+")
_ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_MARKS = re.compile("[\u0300-\u036f]")
_HAN = re.compile(f"[{HAN}]")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


def terms(text: str) -> list[str]:
    """The terms of ``text`` in its order, repeated as often as they occur; empty when it has stop words only."""
    found = []
    for word in _words(fold(text)):
        if _HAN.match(word):
            found.append(word)
        elif word not in SAYING_NOTHING:
            found.append(stem(word)[:LONGEST_TERM])
    return found


def fold(text: str) -> str:
    """``text`` in one case and width and without accents: ＣＡＦÉ, Café and cafe become the same."""
    if text.isascii():
        return text.casefold()
    if _ACCENTED.search(text):
        text = _MARKS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKC", text).casefold()


@lru_cache(20_000)
def stem(word: str) -> str:
    """``word`` without its English ending (27 µs for a new one); words of other scripts come back as they are."""
    return _stemmer().stemWord(word) if word.isascii() and word.isalpha() else word


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


def _words(folded: str) -> Iterator[str]:
    for match in _WORD.finditer(folded):
        word = match[0]
        if _HAN.match(word):
            # Without guessing: the same name must be cut alike in the note and in the question.
            yield from _han_terms(segment.cut(word, guess=False))
        else:
            yield word


def _han_terms(words: list[str]) -> Iterator[str]:
    """The words of a run of Han, the pairs of letters inside longer ones, and pairs of single letters.

    A name that is in no dictionary comes in single letters: its pairs hold it together.
    """
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
