"""Bytes of tokens made into text that can be shown."""

from __future__ import annotations

import codecs
from collections.abc import Sequence


class Decoder:
    """Text as early as it is certain.

    A character split between tokens waits for its rest and is dropped if none comes; a
    byte that can never be part of a character becomes U+FFFD and holds nothing back.
    Text that may be the beginning of a stop string waits until it is known.
    """

    def __init__(self, stop: Sequence[str] = ()) -> None:
        self._bytes = codecs.getincrementaldecoder("utf-8")("replace")
        self._stop = tuple(each for each in stop if each)
        self._waiting = ""
        self.stopped = False
        """Whether a stop string was found; nothing comes after it."""

    def feed(self, piece: bytes) -> str:
        """The text that ``piece`` makes certain; often empty."""
        text = self._bytes.decode(piece)
        if not self._stop:
            return text
        if self.stopped:
            return ""
        self._waiting += text
        found = [place for each in self._stop if (place := self._waiting.find(each)) >= 0]
        if found:
            self.stopped = True
            text, self._waiting = self._waiting[: min(found)], ""
            return text
        kept = self._maybe_begun()
        text, self._waiting = self._waiting[: len(self._waiting) - kept], self._waiting[len(self._waiting) - kept :]
        return text

    def rest(self) -> str:
        """What still waits, at the end of the answer."""
        text, self._waiting = self._waiting, ""
        return text

    def _maybe_begun(self) -> int:
        """Length of the longest end of the waiting text that begins a stop string."""
        longest = min(max(map(len, self._stop)) - 1, len(self._waiting))
        for length in range(longest, 0, -1):
            end = self._waiting[-length:]
            if any(each.startswith(end) for each in self._stop):
                return length
        return 0
