"""How quickly a model will answer here: from the speed of models that did, else from a short look at the memory.

To say one token a model reads all its weights once, so the speed goes with their size. Both ways give an
estimate and no promise: a busy computer, one on battery or one that is hot is slower.
"""

from __future__ import annotations

import ctypes
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass

from desktop_agent.inference.header import Header
from desktop_agent.runtime.processor import Feature, Processor

WORDS_PER_TOKEN = 0.75
"""Of English; a token is about one Chinese word as well."""
_BUFFER_BYTES, _AT_ONCE = 24 << 20, 128 << 10
"""More than the caches of small processors hold, and less than the smallest does."""
_SECONDS = 0.06
_SHARE = 0.8
"""Of what one core reads from memory, so much becomes weights of an answer, with AVX2."""
_CORES_THAT_HELP = 4


@dataclass(frozen=True, slots=True)
class Pace:
    """``bytes_per_second`` of weights that are read for an answer; ``measured`` with a model, not estimated."""

    bytes_per_second: float
    measured: bool = False

    def words_per_second(self, header: Header) -> float:
        """About so many words a second come from the model."""
        return WORDS_PER_TOKEN * self.bytes_per_second / max(header.weights_bytes, 1)


def measured_pace(speeds: Mapping[str, float], headers: Mapping[str, Header]) -> Pace | None:
    """The pace that answers had: tokens a second by the name of the model's file; None without any that is here."""
    found = [headers[name].weights_bytes * speed for name, speed in speeds.items() if name in headers]
    return Pace(statistics.median(found), measured=True) if found else None


def estimated_pace(here: Processor, cores: int) -> Pace:
    """The pace that this computer should have. Takes a tenth of a second and belongs into a worker."""
    helping = min(max(cores, 1), _CORES_THAT_HELP) ** 0.5
    return Pace(_SHARE * _instructions(here) * helping * _read_bytes_per_second())


def _instructions(here: Processor) -> float:
    """How much of what AVX2 gives this processor gives; from docs/decisions/0001, tokens of one core."""
    if Feature.AVX2 in here.features:
        return 1.0
    if Feature.F16C in here.features:
        return 0.85
    if Feature.AVX in here.features:
        return 0.37
    # Old Windows knows none of its features; a guess that is too low disappoints nobody.
    return 0.35 if Feature.SSE42 in here.features else 0.3


def _read_bytes_per_second() -> float:
    """How quickly one core reads memory, by its own time: other programs do not count."""
    large, small = ctypes.create_string_buffer(_BUFFER_BYTES), ctypes.create_string_buffer(_AT_ONCE)
    ctypes.memset(large, 1, _BUFFER_BYTES)  # else all of it is one page of zeros
    start, rounds, begun = ctypes.addressof(large), 0, time.thread_time()
    while (took := time.thread_time() - begun) < _SECONDS:
        for offset in range(0, _BUFFER_BYTES, _AT_ONCE):
            ctypes.memmove(small, start + offset, _AT_ONCE)
        rounds += 1
    return rounds * _BUFFER_BYTES / took
