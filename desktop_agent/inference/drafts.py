"""What an answer may go on with: the tokens that followed the same words before.

An answer that copies (a note, a passage, a program to be changed) repeats stretches of its prompt. Tokens that are
guessed are computed in one step with the one before them, which takes less time than a step for each. The sampler
still chooses every token, so the answer stays the same; a wrong guess only costs time, and few are made.
"""

from __future__ import annotations

from collections.abc import Sequence

MATCH = 6
"""Tokens that must be the same before one is guessed: shorter stretches meet by chance."""
LONGEST = 4
"""Tokens of a guess. One that is wholly wrong takes as long as one and a half tokens more."""
FIRST_PAUSE, LONGEST_PAUSE = 4, 256
"""Tokens without a guess after a wrong one; twice as many each time, until one is right again."""


class Drafts:
    """Guesses for one answer; ``tokens`` are those of the prompt and of the answer so far, and grow.

    Not ``on`` it guesses nothing.
    """

    def __init__(self, tokens: Sequence[int], *, on: bool) -> None:
        self._tokens, self._on = tokens, on
        self._follows: dict[tuple[int, ...], int] = {}
        """Where the tokens behind these six begin; the last place, when there are several."""
        self._known = MATCH
        self._ahead: list[int] = []
        self._right = 0
        self._pause, self._from = FIRST_PAUSE, 0

    @property
    def place(self) -> int:
        """Of the tokens computed last, the one behind which the next is chosen; -1 is the last of them."""
        return self._right if self._ahead else -1

    @property
    def wrong(self) -> bool:
        """Whether guessed tokens were computed that did not come."""
        return self._right < len(self._ahead)

    def takes(self, token: int) -> bool:
        """Whether the ``token`` that was chosen is the one guessed for this place, and so computed already."""
        came = self.wrong and self._ahead[self._right] == token
        self._right += came
        return came

    def guess(self, most: int) -> list[int]:
        """The tokens that may come next, at most ``most``; mostly none."""
        if not self._on:
            return []
        tokens, count = self._tokens, len(self._tokens)
        if self._right:
            self._pause = FIRST_PAUSE
        elif self._ahead:
            self._from = count + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE)
        for place in range(self._known, count):
            self._follows[tuple(tokens[place - MATCH : place])] = place
        self._known = max(self._known, count)
        self._ahead, self._right = [], 0
        if count >= max(MATCH, self._from):
            place = self._follows.get(tuple(tokens[count - MATCH : count]), count)
            self._ahead = list(tokens[place : place + max(0, min(most, LONGEST))])
        return list(self._ahead)
