"""What a message is, learned from many: which kind of small talk, which topic of the help, or anything else.

A table knows some thousand parts of sentences (words, their neighbours, letters in a row), each with a short vector;
the sum of those a message has says what it is. ``packaging/guide/kinds.py`` learns the tables. Scoring is plain Python
and takes a tenth of a millisecond. The trap: ``parts`` belongs to the tables; after a change of it learn them again.
"""

from __future__ import annotations

import math
import re
import struct
import sys
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from desktop_agent.inference.wording import folded
from desktop_agent.messages import is_chinese
from desktop_agent.system import resources

OTHER = "other"
"""None of what the table knows."""
LONGEST = 120
"""Characters; longer texts are always ``OTHER``."""

_SHORTENED = (
    *(("let's", "let us"), ("can't", "cannot"), ("won't", "will not"), ("n't", " not"), ("'re", " are"), ("'m", " am")),
    *(("'s", " is"), ("'ll", " will"), ("'ve", " have"), ("'d", " would")),
)
_WRITTEN = {
    "u": "you", "ur": "your", "r": "are", "im": "i am", "youre": "you are", "whats": "what is", "thats": "that is",
    "hows": "how is", "whos": "who is", "dont": "do not", "doesnt": "does not", "didnt": "did not", "cant": "can not",
    "isnt": "is not", "pls": "please", "plz": "please", "okay": "ok", "cannot": "can not", "wanna": "want to",
    "gonna": "going to", "gotta": "have to", "n": "and", "ya": "you", "smth": "something", "its": "it is",
}  # fmt: skip
_TOKEN = re.compile(r"[a-z0-9à-öø-ÿ]+|[\u3400-\u9fff]|[?!]|[^\w\s.,;:，。；：、'\"“”‘’!?()…~-]")
_HEAD = struct.Struct("<IIf")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")


def tokens(text: str) -> list[str]:
    """Words, Chinese characters, signs and question marks of ``text``, in one spelling."""
    text = folded(text)
    for short, full in _SHORTENED:
        text = text.replace(short, full)
    text = _DRAWN_OUT.sub(r"\1\1", text)
    found: list[str] = []
    for token in _TOKEN.findall(text):
        found += _WRITTEN.get(token, token).split()
    return found


def parts(text: str) -> Iterator[str]:
    """What is weighed: tokens, neighbours, those with one between, and in English the letters of words."""
    found = tokens(text)
    chinese = is_chinese(text)
    around = ["^", *found, "$"]
    yield "#"
    for place, token in enumerate(found):
        yield token
        if not chinese and len(token) > 3:
            whole = f"<{token}>"
            for size in (3, 4):
                for start in range(len(whole) - size + 1):
                    yield f"<{whole[start : start + size]}"
        if place + 2 < len(found):
            yield f"{token}_{found[place + 2]}"
    for size in (2, 3, 4) if chinese else (2, 3):
        for start in range(len(around) - size + 1):
            yield " ".join(around[start : start + size])
    yield f"^{min(len(found) // (3 if chinese else 2), 6)}"


def checksums(text: str) -> set[int]:
    """The parts of ``text`` as the table names them."""
    return {zlib.crc32(part.encode("utf-8", "replace")) for part in parts(text)}


class Kinds:
    """A learned table for one language."""

    def __init__(self, data: bytes) -> None:
        names, data = data.split(b"\n", 1)
        self._names = names.decode("ascii").split()
        rows, self._width, self._scale = _HEAD.unpack_from(data)
        # Checksums of the known parts in ascending order, their vectors, and from the sum to the names.
        self._known, self._vectors, self._last = array("I"), array("b"), array("f")
        counts = (rows, rows * self._width, len(self._names) * (self._width + 1))
        place = _HEAD.size
        arrays: tuple[array[int] | array[float], ...] = (self._known, self._vectors, self._last)
        for part, count in zip(arrays, counts, strict=True):
            part.frombytes(data[place : place + count * part.itemsize])
            if sys.byteorder == "big":
                part.byteswap()
            place += count * part.itemsize

    @staticmethod
    @cache
    def open(path: Path) -> Kinds:
        """The table in ``path``; each is read once."""
        return Kinds(path.read_bytes())

    def shares(self, text: str) -> dict[str, float]:
        """How likely ``text`` is each of the names, ``OTHER`` among them; the sum is 1."""
        if len(text) > LONGEST:
            return {OTHER: 1.0}
        found = checksums(text)
        sums = [0] * self._width
        for checksum in found:
            row = bisect_left(self._known, checksum)
            if row < len(self._known) and self._known[row] == checksum:
                vector = self._vectors[row * self._width : (row + 1) * self._width]
                sums = [one + other for one, other in zip(sums, vector, strict=True)]
        factor = self._scale / math.sqrt(len(found))
        inner = [math.tanh(factor * value) for value in sums] + [1.0]
        step = self._width + 1
        scores = [
            sum(weight * value for weight, value in zip(self._last[start : start + step], inner, strict=True))
            for start in range(0, len(self._last), step)
        ]
        highest = max(scores)
        likely = [math.exp(score - highest) for score in scores]
        return {name: share / sum(likely) for name, share in zip(self._names, likely, strict=True)}


def written(names: list[str], known: list[int], vectors: list[int], scale: float, last: list[float]) -> bytes:
    """A table as ``Kinds`` reads it: the names in a line, then numbers with their low bytes first.

    ``known`` are checksums in ascending order, ``vectors`` theirs one after the other (-127 to 127, times ``scale``),
    ``last`` for each name the weights of the sum and a constant.
    """
    arrays: tuple[array[int] | array[float], ...] = (array("I", known), array("b", vectors), array("f", last))
    if sys.byteorder == "big":
        for part in arrays:
            part.byteswap()
    head = _HEAD.pack(len(known), len(vectors) // len(known), scale)
    return " ".join(names).encode("ascii") + b"\n" + head + b"".join(part.tobytes() for part in arrays)


def shares(text: str) -> dict[str, float]:
    """How likely ``text`` is each kind of small talk, or anything else."""
    return Kinds.open(resources() / "guide" / f"kinds_{'zh' if is_chinese(text) else 'en'}.bin").shares(text)
