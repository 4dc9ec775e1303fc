"""A model's words: text into tokens and back."""

from __future__ import annotations

import ctypes
import functools
from collections.abc import Sequence
from typing import Any


class Vocabulary:
    """The vocabulary of a loaded model; lives no longer than the model."""

    def __init__(self, llama: Any, vocabulary: int) -> None:
        self._llama = llama
        self._vocabulary = vocabulary
        self._room = ctypes.create_string_buffer(64)
        # A prompt repeats a few thousand words; asking the library takes longer than remembering.
        self._pieces: dict[int, bytes] = {}
        self._special_pieces: dict[int, bytes] = {}
        self.count = int(llama.llama_vocab_n_tokens(vocabulary))
        self._first = int(llama.llama_vocab_bos(vocabulary)) if llama.llama_vocab_get_add_bos(vocabulary) else -1

    @property
    def begins_with(self) -> str:
        """The text of the token that begins every prompt; empty when the model wants none."""
        return self._text(self._first)

    @property
    def ends_with(self) -> str:
        """The text of the token that ends an answer."""
        return self._text(int(self._llama.llama_vocab_eos(self._vocabulary)))

    @functools.cached_property
    def control_texts(self) -> tuple[str, ...]:
        """Texts that mean something to the model beside what they say, such as ``<|im_end|>``."""
        found = [self._text(token) for token in range(self.count) if self.is_control(token)]
        return tuple(text for text in found if text)

    def tokens(self, text: bytes, *, special: bool = True) -> list[int]:
        """``text`` alone as tokens; texts of control tokens become those when ``special``, else they stay words."""
        room = len(text) + 8
        while True:
            found = (ctypes.c_int32 * room)()
            count = self._llama.llama_tokenize(self._vocabulary, text, len(text), found, room, False, special)
            if count >= 0:
                return list(found[:count])
            room = -count

    def piece(self, token: int, *, special: bool = False) -> bytes:
        """The text of ``token``, often a part of a word or of a character; of control tokens only when ``special``."""
        known = self._special_pieces if special else self._pieces
        if token not in known:
            known[token] = self._asked(token, special)
        return known[token]

    def is_control(self, token: int) -> bool:
        """Whether ``token`` is a mark, not a word."""
        return bool(self._llama.llama_vocab_is_control(self._vocabulary, token))

    def ends(self, token: int) -> bool:
        """Whether an answer ends with ``token``."""
        return bool(self._llama.llama_vocab_is_eog(self._vocabulary, token))

    def first_token(self, rest: Sequence[int]) -> int | None:
        """The token to put before the whole prompt ``rest``; None when it has it or the model wants none."""
        return None if self._first < 0 or (rest and rest[0] == self._first) else self._first

    def _asked(self, token: int, special: bool) -> bytes:
        while True:
            room = len(self._room)
            length = self._llama.llama_token_to_piece(self._vocabulary, token, self._room, room, 0, special)
            if length >= 0:
                return self._room.raw[:length]
            self._room = ctypes.create_string_buffer(-length)

    def _text(self, token: int) -> str:
        return self.piece(token, special=True).decode("utf-8", "replace") if token >= 0 else ""
