"""jieba with its dictionary and its model of unknown words on the mapped image.

Importing this imports jieba; only ``segment`` does so, at the first Chinese text. The
words are the same as stock jieba's to the last one, user words included
(``tests/memory/test_segment.py`` compares them).
"""

from __future__ import annotations

import contextlib
import logging
import sys
import types
import warnings
from collections.abc import Iterator, Sequence
from math import log
from operator import itemgetter
from typing import Any

from desktop_agent.memory.dictionary import EMITTED, FREQUENCY_MASK, PARENT, STATES, VALUE, Dictionary

_EMISSIONS = "jieba.finalseg.prob_emit"


@contextlib.contextmanager
def _lightly() -> Iterator[None]:
    """While jieba is imported: without what it does not need here.

    Its table of emissions (35,000 floats in dicts) is replaced before it is read; and
    pkg_resources, which it tries first, would cost more than all the rest.
    """
    hidden = {name: sys.modules.get(name) for name in ("pkg_resources", _EMISSIONS)}
    emissions = types.ModuleType(_EMISSIONS)
    emissions.P = {state: {} for state in STATES}  # type: ignore[attr-defined]
    sys.modules["pkg_resources"] = None  # type: ignore[assignment]
    sys.modules[_EMISSIONS] = emissions
    try:
        with warnings.catch_warnings():
            # Its regular expressions are written with invalid escapes.
            warnings.simplefilter("ignore")
            yield
    finally:
        for name, module in hidden.items():
            if module is not None:
                sys.modules[name] = module
            else:
                del sys.modules[name]


with _lightly():
    import jieba
    import jieba.finalseg

# It logs to standard error, and always.
jieba.default_logger.setLevel(logging.ERROR)

_NEVER = -3.14e100
"""The log probability that jieba gives to what it has never seen."""
_JIEBAS_STOP_WORDS = """
the of is and to in that we for an are by be as on with can if from which you it this then at have all not one has or
"""
_STOP_WORDS = frozenset(_JIEBAS_STOP_WORDS.split())
_BEFORE = {"B": "ES", "M": "MB", "S": "SE", "E": "BM"}


class _Candidates(dict[int, list[int]]):
    """What ``get_DAG`` gives: for each place the ends of the words that begin there, and their frequencies."""

    __slots__ = ("frequencies",)

    frequencies: list[list[int]]


class Frequencies:
    """jieba's FREQ: the image below, the user's words on top. Nothing can be listed or removed."""

    def __init__(self, dictionary: Dictionary) -> None:
        self._dictionary = dictionary
        self.own: dict[str, int] = {}
        self.own_letters: set[str] = set()
        """First letters of the user's words."""

    def get(self, word: str, default: int | None = None) -> int | None:
        found = self.own.get(word)
        if found is None:
            found = self._dictionary.frequency(word)
        return default if found is None else found

    def __getitem__(self, word: str) -> int:
        found = self.get(word)
        if found is None:
            raise KeyError(word)
        return found

    def __contains__(self, word: str) -> bool:
        return self.get(word) is not None

    def __setitem__(self, word: str, frequency: int) -> None:
        self.own[word] = frequency
        self.own_letters.add(word[:1])


class MappedTokenizer(jieba.Tokenizer):  # type: ignore[misc]
    """A ``jieba.Tokenizer``; only what touches the dictionary is its own."""

    def __init__(self, dictionary: Dictionary) -> None:
        super().__init__()
        self._image = dictionary
        self._logs: dict[int, float] = {}
        self._logs_total = 0
        self.FREQ = Frequencies(dictionary)
        self.total = dictionary.total
        self.initialized = True

    def initialize(self, dictionary: str | None = None) -> None:
        if dictionary is not None:
            raise ValueError("this tokenizer has one dictionary")

    def get_DAG(self, sentence: str) -> _Candidates:
        image = self._image
        trie, frequencies, code, own_letters = image.trie, image.frequencies, image.code, self.FREQ.own_letters
        size = len(trie)
        codes = [code[number] if number < 65536 else 0 for number in map(ord, sentence)]
        candidates = _Candidates()
        candidates.frequencies = weights = []
        for start in range(len(sentence)):
            if sentence[start] in own_letters:
                ends, found = self._with_own_words(sentence, start)
            else:
                ends, found = [], []
                cell = 0
                for end in range(start, len(sentence)):
                    if not codes[end]:
                        break
                    child = trie[cell] + codes[end]
                    if child >= size or trie[child + PARENT] != cell:
                        break
                    cell = child
                    if (kind := trie[cell + VALUE] & FREQUENCY_MASK) > 1:
                        ends.append(end)
                        found.append(frequencies[kind - 2])
                    elif not kind:
                        break
            if not ends:
                ends, found = [start], [1]
            candidates[start] = ends
            weights.append(found)
        return candidates

    def _with_own_words(self, sentence: str, start: int) -> tuple[list[int], list[int]]:
        """As jieba does it, look-up by look-up: only where one of the user's words may begin."""
        ends, found = [], []
        for end in range(start, len(sentence)):
            frequency = self.FREQ.get(sentence[start : end + 1])
            if frequency is None:
                break
            if frequency:
                ends.append(end)
                found.append(frequency)
        return ends, found

    def calc(self, sentence: str, DAG: _Candidates, route: dict[int, tuple[float, int]]) -> None:  # noqa: N803
        """The most probable way from each place to the end; of equal ones the one with the longer word."""
        if self._logs_total != self.total:
            self._logs, self._logs_total = {}, self.total
        logs, log_total = self._logs, log(self.total)
        route[len(sentence)] = (0, 0)
        for start in range(len(sentence) - 1, -1, -1):
            best: tuple[float, int] | None = None
            for end, frequency in zip(DAG[start], DAG.frequencies[start], strict=True):
                weight = logs.get(frequency)
                if weight is None:
                    weight = logs[frequency] = log(frequency) - log_total
                way = (weight + route[end + 1][0], end)
                if best is None or way > best:
                    best = way
            if best is not None:
                route[start] = best

    def extract_tags(self, text: str, most: int) -> list[tuple[str, float]]:
        """What ``jieba.analyse.extract_tags`` gives, with weights.

        That module is not imported: it loads tables for parts of speech, 50 MB.
        """
        counts: dict[str, float] = {}
        for word in self.cut(text):
            if len(word.strip()) >= 2 and word.lower() not in _STOP_WORDS:
                counts[word] = counts.get(word, 0.0) + 1.0
        total = sum(counts.values())
        weights = {word: count * (self._image.rarity(word) / total) for word, count in counts.items()}
        return sorted(weights.items(), key=itemgetter(1), reverse=True)[:most]


def use_model(dictionary: Dictionary) -> None:
    """Have jieba find unknown words with the emissions of ``dictionary``."""
    rows = dict(zip(STATES, dictionary.emissions, strict=True))
    first = EMITTED.start

    def viterbi(letters: str, states: str, start: Any, step: Any, _emit: Any) -> tuple[float, Sequence[str]]:
        """The most probable state for each letter.

        Stock jieba copies the way so far at every letter: a paste of 100,000 unknown
        letters took hours. Sums and ties are the same.
        """
        # NaN is the only number that differs from itself: it stands for "never seen".
        seen = [
            {state: (p if (p := rows[state][ord(letter) - first]) == p else _NEVER) for state in states}
            for letter in letters
        ]
        weight = {state: start[state] + seen[0][state] for state in states}
        ways: list[dict[str, str]] = []
        for emitted in seen[1:]:
            now, way = {}, {}
            for state in states:
                now[state], way[state] = max(
                    (weight[before] + step[before].get(state, _NEVER) + emitted[state], before)
                    for before in _BEFORE[state]
                )
            weight = now
            ways.append(way)
        probability, state = max((weight[state], state) for state in "ES")
        return probability, _back(ways, state)

    jieba.finalseg.viterbi = viterbi


def _back(ways: list[dict[str, str]], state: str) -> list[str]:
    states = [state]
    for way in reversed(ways):
        state = way[state]
        states.append(state)
    states.reverse()
    return states
