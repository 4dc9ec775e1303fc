"""Bytes of tokens made into text that can be shown."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence

from desktop_agent.events import Chunk, Thought

BEGIN_OF_THOUGHT, END_OF_THOUGHT = "<think>", "</think>"


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


class Thoughts:
    """Parts what a model thinks first from what it says then.

    ``begun`` when its template has opened the thought already. Only the beginning of an
    answer is looked at: later it may speak about such marks.
    """

    def __init__(self, begun: bool = False) -> None:
        self._thinking = begun
        self._over = False
        self._waiting = ""
        self._thought = ""
        self._said = False
        self._thought_first = begun

    def feed(self, text: str) -> Iterator[Thought | Chunk]:
        """The pieces that are certain now; often none."""
        self._waiting += text
        if not self._thinking and not self._over:
            start = self._waiting.lstrip()
            if start.startswith(BEGIN_OF_THOUGHT):
                self._thinking = self._thought_first = True
                self._waiting = start.removeprefix(BEGIN_OF_THOUGHT)
            elif BEGIN_OF_THOUGHT.startswith(start):
                return  # nothing yet, or the beginning of the mark
            else:
                self._over = True
        if self._thinking:
            yield from self._think()
        if self._over:
            # The lines between thought and answer belong to neither.
            said = self._waiting.lstrip() if self._thought_first and not self._said else self._waiting
            self._waiting = ""
            if said:
                self._said = True
                yield Chunk(said)

    def rest(self, complete: bool) -> Iterator[Thought | Chunk]:
        """What still waits. A ``complete`` answer that was all thought is the answer."""
        waiting, self._waiting = self._waiting, ""
        if self._thinking and waiting:
            self._thought += waiting
            yield Thought(waiting)
        elif waiting.strip() or (waiting and self._said):
            self._said = True
            yield Chunk(waiting)
        if complete and not self._said and (answer := self._thought.strip()):
            yield Chunk(answer)

    def _think(self) -> Iterator[Thought]:
        thought, mark, rest = self._waiting.partition(END_OF_THOUGHT)
        if mark:
            self._thinking, self._over, self._waiting = False, True, rest
        else:
            held = next((n for n in range(len(END_OF_THOUGHT) - 1, 0, -1) if thought.endswith(END_OF_THOUGHT[:n])), 0)
            thought, self._waiting = thought[: len(thought) - held], thought[len(thought) - held :]
        thought = thought if self._thought else thought.lstrip()
        if thought:
            self._thought += thought
            yield Thought(thought)
