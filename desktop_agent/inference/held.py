"""What a model's KV cache holds, as tokens and as the text they stand for.

A next prompt is compared as text: tokens made anew from an answer are often not those
that were generated, and one different token would mean reading everything after it again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(slots=True)
class Held:
    """Tokens in the order of the prompt; the first ``computed`` of them are in the KV cache.

    ``ends`` gives for each token where its text ends in ``text``, in bytes. Where the
    tokenizer changes the text (a space added before the first word), all tokens of that
    stretch end where it ends.
    """

    tokens: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    text: bytes = b""
    computed: int = 0

    def add(self, tokens: Sequence[int], pieces: Sequence[bytes], text: bytes) -> None:
        """Append ``text``, which became ``tokens``; ``pieces`` are the tokens' own texts."""
        start = len(self.text)
        self.text += text
        if b"".join(pieces) == text:
            for piece in pieces:
                start += len(piece)
                self.ends.append(start)
        else:
            self.ends += [len(self.text)] * len(tokens)
        self.tokens += tokens

    def add_said(self, token: int, said: bytes, waiting: int) -> None:
        """Append a token of an answer, which completed ``said`` and left ``waiting`` bytes of a split character.

        As it was shown, so that the answer is found again in the next prompt, whatever bytes
        it was made of.
        """
        self.text += said
        self.tokens.append(token)
        # Beyond the text while a character waits: such a token alone never matches.
        self.ends.append(len(self.text) + waiting)

    def common_tokens(self, text: bytes) -> int:
        """How many of the first tokens stand for the beginning of ``text``."""
        return bisect_right(self.ends, _common_length(self.text, text))

    def end_of(self, count: int) -> int:
        """Where the text of the first ``count`` tokens ends."""
        return self.ends[count - 1] if count else 0

    def after_last(self, wanted: Callable[[int], bool], count: int) -> int:
        """How many tokens up to and with the last of the first ``count`` that is ``wanted``; 0 without one."""
        while count and not wanted(self.tokens[count - 1]):
            count -= 1
        return count

    def first(self, count: int) -> Held:
        """The first ``count`` tokens, as a prompt to add to."""
        return Held(self.tokens[:count], self.ends[:count], self.text[: self.end_of(count)], min(count, self.computed))

    def common_computed(self, tokens: Sequence[int]) -> int:
        """How many of the first ``tokens`` are in the KV cache."""
        most = min(self.computed, len(tokens))
        for place in range(most):
            if self.tokens[place] != tokens[place]:
                return place
        return most


def _common_length(one: bytes, other: bytes) -> int:
    """Bytes that both begin with."""
    low, high = 0, min(len(one), len(other))
    # Halving, with comparisons in C: a prompt may have a hundred thousand bytes.
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
