"""Bytes of tokens made into text that can be shown."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class Decoder:
    """Characters out of the bytes of tokens.

    A character split between tokens waits for its rest and is dropped if none comes; a
    byte that can never be part of a character becomes U+FFFD and holds nothing back.
    """

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, piece: bytes) -> str:
        """The characters that ``piece`` completes; often none."""
        return self._decoder.decode(piece)

    @property
    def waiting(self) -> int:
        """Bytes of a character that is not complete."""
        return len(self._decoder.getstate()[0])


class StopStrings:
    """Text up to the first of some strings; what may be the beginning of one waits until it is known."""

    def __init__(self, stop: Sequence[str] = ()) -> None:
        self._stop = tuple(each for each in stop if each)
        self._waiting = ""
        self.found = False
        """Whether one was found; nothing comes after it."""

    def feed(self, text: str) -> str:
        """The text that is certain now; often empty."""
        if not self._stop:
            return text
        if self.found:
            return ""
        waiting = self._waiting + text
        places = [place for each in self._stop if (place := waiting.find(each)) >= 0]
        if places:
            self.found, self._waiting = True, ""
            return waiting[: min(places)]
        certain = len(waiting) - self._maybe_begun(waiting)
        self._waiting = waiting[certain:]
        return waiting[:certain]

    def rest(self) -> str:
        """What still waits, at the end of the answer."""
        text, self._waiting = self._waiting, ""
        return text

    def _maybe_begun(self, text: str) -> int:
        """Length of the longest end of ``text`` that begins a stop string."""
        longest = min(max(map(len, self._stop)) - 1, len(text))
        for length in range(longest, 0, -1):
            if any(each.startswith(text[-length:]) for each in self._stop):
                return length
        return 0
