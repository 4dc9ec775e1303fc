"""How a model is brought into memory: how much context, how exact, in memory or left in its file.

Decided before llama.cpp is asked, from the file's header and what is free now. The reasons
and the measured figures are in docs/decisions/0006-how-a-model-fits.md.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference.header import BATCH_TOKENS, CELLS_STEP, Header

log = logging.getLogger(__name__)

RESERVE = 256 << 20
"""Bytes of RAM that stay free for the rest of the computer."""
LEAST_CONTEXT = 512
SMALL_BATCH_TOKENS = 64
"""Tokens computed together in low-memory mode: half the working buffers. Below this reading gets slower."""
QUANTIZED_HEADS = 32
"""A KV cache of q8_0 needs heads whose size is a multiple of this."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the settings ask for; ``low_memory`` is ``automatic``, ``on`` or ``off``."""

    context_tokens: int = 2048
    kv_type: str = "f16"
    low_memory: str = "automatic"


@dataclass(frozen=True, slots=True)
class Plan:
    """How the model is loaded.

    With ``low_memory`` the weights stay in the file, mapped and not repacked.
    ``lowered_from`` is the context that was asked for when it does not fit into the RAM, else 0.
    """

    context_tokens: int
    batch_tokens: int = BATCH_TOKENS
    kv_type: str = "f16"
    low_memory: bool = False
    lowered_from: int = 0


def planned(header: Header, wish: Wish, ram_total: int | None, ram_free: int | None) -> Plan:
    """The best way to load the model that fits into what is free: as asked, in low-memory mode, with less context.

    What is not known (None) is taken to be enough.

    Raises:
        ModelUnusable: this computer can never hold the model.
    """
    kv_type = wish.kv_type
    if kv_type != "f16" and (header.key_length % QUANTIZED_HEADS or header.value_length % QUANTIZED_HEADS):
        log.info("%s cannot hold its conversation as %s", header.path.name, kv_type)
        kv_type = "f16"
    context = max(1, min(wish.context_tokens, header.context_length))
    whole = header.needed_bytes(context, SMALL_BATCH_TOKENS, kv_type)
    if ram_total is not None and header.needed_bytes(min(context, LEAST_CONTEXT), SMALL_BATCH_TOKENS) > ram_total:
        raise _too_large(header, whole, ram_total)
    room = None if ram_free is None else ram_free - RESERVE
    low_memory = wish.low_memory == "on" or (
        wish.low_memory == "automatic"
        and room is not None
        and header.needed_bytes(context, BATCH_TOKENS, kv_type) > room
    )
    batch = SMALL_BATCH_TOKENS if low_memory else BATCH_TOKENS
    weights = 0 if low_memory else header.weights_bytes
    fitting = context
    while room is not None and fitting > LEAST_CONTEXT:
        if weights + header.kv_bytes(fitting, kv_type) + header.buffers_bytes(fitting, batch) <= room:
            break
        fitting = max(LEAST_CONTEXT, (fitting * 3 // 4) // CELLS_STEP * CELLS_STEP)
    return Plan(fitting, batch, kv_type, low_memory, lowered_from=context if fitting < context else 0)


def _too_large(header: Header, needed: int, total: int) -> ModelUnusable:
    return ModelUnusable(
        "{file} needs {needed} MB of memory, but this computer has {total} MB.",
        hint="Choose a smaller model or a smaller context.",
        file=header.path.name,
        needed=needed >> 20,
        total=total >> 20,
    )
