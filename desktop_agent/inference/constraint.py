"""A grammar that an answer is held to: only tokens that can go on in it are written.

The token is sampled first and only that one is checked, because checking a whole vocabulary takes 12 ms a token with
151,000 words; the rest is looked at when the first choice does not fit. llama.cpp ends the process when a token is
accepted that does not fit or when a grammar is wrong, so both are found out before.
"""

from __future__ import annotations

import ctypes
import math
from types import TracebackType
from typing import Any

from desktop_agent.errors import BadInput
from desktop_agent.inference.library import forget_errors, last_errors

_FIELDS = 3
"""Of ``llama_token_data``, each of four bytes: the token, its logit, its probability."""


class Constraint:
    """The state of one grammar in one answer; to be left as a context.

    Raises:
        BadInput: llama.cpp does not understand ``grammar``.
    """

    def __init__(self, llama: Any, vocabulary: int, words: int, grammar: str) -> None:
        self._llama = llama
        self._count = words
        forget_errors()
        # To C the text ends at a zero byte, and what is left may be empty, which llama.cpp takes for no grammar at all.
        text = b"" if "\0" in grammar else grammar.encode("utf-8", "replace").strip()
        sampler = llama.llama_sampler_init_grammar(vocabulary, text, b"root") if text else None
        if not sampler:
            raise BadInput(
                "The grammar for this answer is not understood: {reason}.",
                hint="Check its rules.",
                reason=last_errors() or "it is not well formed",
            )
        self._sampler: int = sampler
        self._one = (llama.llama_token_data * 1)()
        self._all: Any = None

    def __enter__(self) -> Constraint:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._llama.llama_sampler_free(self._sampler)

    def held_to(self, token: int, chain: int, context: int) -> int | None:
        """``token`` if it can come next, else what ``chain`` chooses among those that can; None when none can."""
        if not self._fits(token):
            found = self._among_all(chain, context)
            if found is None or not self._fits(found):
                return None
            token = found
            self._llama.llama_sampler_accept(chain, token)
        self._llama.llama_sampler_accept(self._sampler, token)
        return token

    def _fits(self, token: int) -> bool:
        one = self._one[0]
        one.id, one.logit, one.p = token, 1.0, 0.0
        self._apply(self._sampler, self._one, 1)
        return not math.isinf(one.logit)

    def _among_all(self, chain: int, context: int) -> int | None:
        """A token that the grammar allows, chosen as ``chain`` does."""
        words = self._count
        if self._all is None:
            self._all = (self._llama.llama_token_data * words)()
            self._tokens = memoryview((ctypes.c_int32 * words)(*range(words))).cast("B").cast("i")
        numbers = memoryview(self._all).cast("B")
        logits = self._llama.llama_get_logits_ith(context, -1)
        given = memoryview((ctypes.c_float * words).from_address(ctypes.addressof(logits.contents)))
        # By strides and not one by one: 1 ms and not 60 with 151,000 words. Sampling has moved them about.
        numbers.cast("i")[0::_FIELDS] = self._tokens
        numbers.cast("f")[1::_FIELDS] = given.cast("B").cast("f")
        array = self._apply(self._sampler, self._all, words)
        if all(map(math.isinf, numbers.cast("f")[1::_FIELDS])):
            return None
        self._llama.llama_sampler_apply(chain, ctypes.byref(array))
        return int(array.data[array.selected].id) if array.selected >= 0 else None

    def _apply(self, sampler: int, data: Any, size: int) -> Any:
        array = self._llama.llama_token_data_array(data=data, size=size, selected=-1, sorted=False)
        self._llama.llama_sampler_apply(sampler, ctypes.byref(array))
        return array
