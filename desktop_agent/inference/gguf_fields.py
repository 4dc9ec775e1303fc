"""The fields of a GGUF header as this program needs them: types and block sizes, and what a model must say.

Block sizes are those of ggml in llama-cpp-python 0.3.36; a test compares them with the library.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_agent.errors import ModelUnusable

Value = int | float | str | tuple[int | float, ...]
"""One field. Lists of texts, and lists too long to keep, are given as their length."""

SCALARS = {
    kind: struct.Struct("<" + letter)
    for kind, letter in zip((0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12), "BbHhIif?Qqd", strict=True)
}
"""Layout of each type of number."""

BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17), 40: (64, 36), 41: (128, 18), 42: (64, 18),
}  # fmt: skip
"""Numbers per block and bytes per block of each tensor type."""

REPACKED = frozenset({2, 12, 20, 39})
"""Q4_0, Q4_K, IQ4_NL and MXFP4."""

_QUANTISATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S",
    12: "Q3_K_M", 13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS",
    20: "IQ2_XS", 21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M",
    28: "IQ2_S", 29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4",
}  # fmt: skip

MOST_LAYERS = 1024
LONGEST_CONTEXT = 1 << 31
NOT_CHAT = frozenset({"clip", "bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "modern-bert"})
"""Architectures that read pictures or compare texts and cannot answer."""


def named_quantisation(file_type: int | None) -> str:
    """What people call a file type: ``Q4_K_M``; empty for one without a name."""
    return _QUANTISATIONS.get(file_type, "") if file_type is not None else ""


def damaged(path: Path, detail: str) -> ModelUnusable:
    """The sentence for a file that contradicts itself; ``detail`` is for the log alone."""
    error = ModelUnusable("{file} is damaged.", hint="Download it again or choose another file.", file=path.name)
    error.add_note(detail)
    return error


@dataclass(frozen=True, slots=True)
class Shape:
    """The numbers that decide what a model costs."""

    context_length: int
    layers: int
    embedding: int
    heads: int
    kv_heads: tuple[int, ...]
    key_length: int
    value_length: int


@dataclass(frozen=True, slots=True)
class Fields:
    """The header's fields, asked for with their types.

    Every method raises ``ModelUnusable`` for a field that llama.cpp would not take.
    """

    path: Path
    values: Mapping[str, Value]

    def text(self, key: str) -> str:
        """A text; empty when it is missing."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self._wrong(key)
        return value

    def whole(self, key: str) -> int | None:
        """A whole number, None when it is missing."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, int):
            raise self._wrong(key)
        return value

    def alignment(self) -> int:
        alignment = self.whole("general.alignment")
        if alignment is None:
            return 32
        if not 0 < alignment <= 1 << 20 or alignment & (alignment - 1):
            raise self._wrong("general.alignment")
        return alignment

    def architecture(self) -> str:
        """The architecture of a model that can answer."""
        architecture = self.text("general.architecture")
        if not architecture:
            raise self._wrong("general.architecture")
        kind = self.text("general.type") or "model"
        if architecture in NOT_CHAT or kind != "model":
            raise ModelUnusable(
                "{file} is not a chat model ({kind}).",
                hint="Choose the .gguf file of a chat model; its name often contains “instruct” or “chat”.",
                file=self.path.name,
                kind=kind if kind != "model" else architecture,
            )
        if (self.whole("split.count") or 0) > 1:
            raise ModelUnusable(
                "{file} is one part of a model in several files.",
                hint="Choose a model that is one file.",
                file=self.path.name,
            )
        return architecture

    def vocabulary(self) -> int:
        """How many words the model knows."""
        words = self.values.get("tokenizer.ggml.tokens")
        if not self.text("tokenizer.ggml.model") or not isinstance(words, int) or words < 1:
            raise self._wrong("tokenizer.ggml.tokens")
        return words

    def shape(self, architecture: str) -> Shape:
        """The numbers of the architecture that decide what it costs."""
        for key, value in self.values.items():
            # llama.cpp ends the process at the first token when one of these is not a number, or below 0.
            if isinstance(value, float) and key.startswith(architecture) and not 0 <= abs(value) < math.inf:
                raise self._wrong(key)
            if key.endswith("_epsilon") and not (isinstance(value, float) and 0 <= value < 1):
                raise self._wrong(key)
        layers = self._positive(f"{architecture}.block_count", MOST_LAYERS)
        embedding = self._positive(f"{architecture}.embedding_length", 1 << 20)
        heads = max(self._per_layer(f"{architecture}.attention.head_count", layers))
        if heads < 1 or heads > embedding:
            raise self._wrong(f"{architecture}.attention.head_count")
        kv_heads = self._per_layer(f"{architecture}.attention.head_count_kv", layers, default=heads)
        if max(kv_heads) > heads:
            raise self._wrong(f"{architecture}.attention.head_count_kv")
        keys = self.whole(f"{architecture}.attention.key_length")
        values = self.whole(f"{architecture}.attention.value_length")
        if keys is None and embedding % heads:
            raise self._wrong(f"{architecture}.attention.head_count")
        return Shape(
            context_length=self._positive(f"{architecture}.context_length", LONGEST_CONTEXT),
            layers=layers,
            embedding=embedding,
            heads=heads,
            kv_heads=kv_heads,
            key_length=embedding // heads if keys is None else keys,
            value_length=embedding // heads if values is None else values,
        )

    def _positive(self, key: str, most: int) -> int:
        value = self.whole(key)
        if value is None or not 0 < value <= most:
            raise self._wrong(key)
        return value

    def _per_layer(self, key: str, layers: int, default: int | None = None) -> tuple[int, ...]:
        value = self.values.get(key, default)
        # One number stands for all layers; some architectures give one for each, 0 for layers without attention.
        given = (value,) * layers if isinstance(value, int) else value
        if not isinstance(given, tuple) or len(given) < layers:
            raise self._wrong(key)
        found = tuple(each for each in given[:layers] if isinstance(each, int) and each >= 0)
        if len(found) < layers:
            raise self._wrong(key)
        return found

    def _wrong(self, key: str) -> ModelUnusable:
        return damaged(self.path, f"the field {key} is missing or wrong: {self.values.get(key)!r:.80}")
