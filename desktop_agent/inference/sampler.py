"""llama.cpp's chain of samplers: which token comes next."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop_agent.inference.engine import Sampling

if TYPE_CHECKING:
    from desktop_agent.inference.constraint import Constraint

PENALISED_TOKENS = 64
"""So far back a repeated token is made less likely."""


@contextlib.contextmanager
def sampler(llama: Any, words: int, sampling: Sampling) -> Iterator[int]:
    """The chain for one answer, of a vocabulary of so many ``words``."""
    chain = llama.llama_sampler_chain_init(llama.llama_sampler_chain_default_params())
    try:
        for step in _steps(llama, words, sampling):
            llama.llama_sampler_chain_add(chain, step)
        yield chain
    finally:
        llama.llama_sampler_free(chain)


def constraint(
    llama: Any, vocabulary: int, words: int, sampling: Sampling
) -> contextlib.AbstractContextManager[Constraint | None]:
    """What holds the answer to a grammar, when one is asked for."""
    grammar = sampling.grammar
    if sampling.json_schema:
        from desktop_agent.inference import schema  # few answers need it

        grammar = schema.grammar(json.loads(sampling.json_schema))
    if not grammar:
        return contextlib.nullcontext()
    from desktop_agent.inference.constraint import Constraint

    return Constraint(llama, vocabulary, words, grammar)


def _steps(llama: Any, words: int, sampling: Sampling) -> Iterator[int]:
    if sampling.repeat_penalty > 0 and sampling.repeat_penalty != 1.0:
        yield llama.llama_sampler_init_penalties(words, PENALISED_TOKENS, sampling.repeat_penalty, 0.0, 0.0)
    if sampling.temperature <= 0:
        yield llama.llama_sampler_init_greedy()
        return
    if sampling.top_k > 0:
        yield llama.llama_sampler_init_top_k(sampling.top_k)
    if sampling.top_p < 1:
        yield llama.llama_sampler_init_top_p(sampling.top_p, 1)
    if sampling.min_p > 0:
        yield llama.llama_sampler_init_min_p(sampling.min_p, 1)
    yield llama.llama_sampler_init_temp(sampling.temperature)
    yield llama.llama_sampler_init_dist(0xFFFFFFFF if sampling.seed is None else sampling.seed & 0x7FFFFFFF)
