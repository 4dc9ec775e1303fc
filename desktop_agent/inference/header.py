"""A model as its file describes it, and from that what it will take in memory.

What is counted (weights, KV cache) is exact; what llama.cpp and this program add is an
estimate, within 7 % of the measured growth of whole models.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

BATCH_TOKENS = 128
"""Tokens that are computed together while a prompt is read; a test compares it with what is used."""
CELLS_STEP = 256
"""llama.cpp rounds the context up to this."""
KV_BLOCKS = {"f16": (1, 2), "q8_0": (32, 34)}
"""Numbers per block and bytes per block in which the KV cache can be kept."""
PROGRAM_BYTES, WORD_BYTES, CELL_BYTES = 12 << 20, 165, 170
"""Growth of the program beside weights, KV cache and working buffers: once, per word of the vocabulary, per token of
context. Measured with llama.cpp 0.3.36 on shapes of 0.3 to 330 MB with 600 to 151,936 words."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says; it has been checked against itself and the file's size."""

    path: Path
    architecture: str
    name: str
    size_label: str
    """Such as ``0.5B``: from the file, else from its parameters."""
    quantisation: str
    """Such as ``Q4_K_M``; empty when the file does not say."""
    context_length: int
    """Tokens the model was trained for."""
    layers: int
    embedding: int
    heads: int
    kv_heads: tuple[int, ...]
    """One per layer."""
    key_length: int
    value_length: int
    vocabulary: int
    template: str | None
    """The chat template; None when the file has none."""
    parameters: int
    digest: str
    """A mark of the header: a file of the same name and size with another header has another one."""
    file_bytes: int
    weights_bytes: int
    repacked_bytes: int
    """Matrices that llama.cpp copies into another layout on processors with AVX2."""

    def kv_bytes(self, context_tokens: int, kv_type: str = "f16") -> int:
        """The KV cache for a context of ``context_tokens``, in one of ``KV_BLOCKS``."""
        cells = -(-context_tokens // CELLS_STEP) * CELLS_STEP
        numbers, bytes_ = KV_BLOCKS[kv_type]
        return sum(self.kv_heads) * (self.key_length + self.value_length) * cells * bytes_ // numbers

    def buffers_bytes(self, context_tokens: int, batch_tokens: int = BATCH_TOKENS) -> int:
        """What computing takes beside weights and KV cache."""
        compute = batch_tokens * 4 * min(self.vocabulary + 6 * self.embedding, 24 * self.embedding)
        return compute + PROGRAM_BYTES + WORD_BYTES * self.vocabulary + CELL_BYTES * context_tokens

    def needed_bytes(self, context_tokens: int, batch_tokens: int = BATCH_TOKENS, kv_type: str = "f16") -> int:
        """Growth of the program when the model is loaded without mapping and has answered, estimated."""
        return self.weights_bytes + self.working_bytes(context_tokens, batch_tokens, kv_type)

    def working_bytes(self, context_tokens: int, batch_tokens: int = BATCH_TOKENS, kv_type: str = "f16") -> int:
        """The same without the weights, as when these stay in their file."""
        return self.kv_bytes(context_tokens, kv_type) + self.buffers_bytes(context_tokens, batch_tokens)
