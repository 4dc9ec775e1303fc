"""The guide's network: a small qwen2 transformer that starts with a copying circuit already wired.

Without the wiring the same data and time gave no exact copy at all; with it copying works after minutes. The wiring:
layer 0 has heads that look one and two tokens back and write what they saw beside the token; layer 1 has heads that
find an earlier place whose *preceding* tokens are the current ones, and favour the token there as the next one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

LONGEST = 512


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes as GGUF names them; ``width`` is divided among ``heads``."""

    vocabulary: int
    width: int = 192
    layers: int = 4
    feed_forward: int = 512
    heads: int = 6
    kv_heads: int = 3
    epsilon: float = 1e-5
    rope_base: float = 1e6
    context: int = 1024

    @property
    def head_width(self) -> int:
        return self.width // self.heads


def turned(states: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
    """Rotary positions on halves, as llama.cpp does for qwen2."""
    first, second = states.chunk(2, -1)
    return torch.cat((first * cosine - second * sine, first * sine + second * cosine), -1)


class Block(nn.Module):
    """Attention and feed-forward of one layer."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        narrow = shape.kv_heads * shape.head_width
        self.attention_norm = nn.Parameter(torch.ones(shape.width))
        self.forward_norm = nn.Parameter(torch.ones(shape.width))
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, narrow)
        self.value = nn.Linear(shape.width, narrow)
        self.output = nn.Linear(shape.width, shape.width, bias=False)
        self.gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, states: Tensor, cosine: Tensor, sine: Tensor) -> Tensor:
        rows, length, width = states.shape
        heads, kv_heads, head_width = self.shape.heads, self.shape.kv_heads, self.shape.head_width
        normal = functional.rms_norm(states, (width,), self.attention_norm, self.shape.epsilon)
        query = turned(self.query(normal).view(rows, length, heads, head_width), cosine, sine).transpose(1, 2)
        key = turned(self.key(normal).view(rows, length, kv_heads, head_width), cosine, sine).transpose(1, 2)
        value = self.value(normal).view(rows, length, kv_heads, head_width).transpose(1, 2)
        key, value = (part.repeat_interleave(heads // kv_heads, 1) for part in (key, value))
        seen = functional.scaled_dot_product_attention(query, key, value, is_causal=True)
        states = states + self.output(seen.transpose(1, 2).reshape(rows, length, width))
        normal = functional.rms_norm(states, (width,), self.forward_norm, self.shape.epsilon)
        return states + self.down(functional.silu(self.gate(normal)) * self.up(normal))


class Network(nn.Module):
    """Tokens in, last hidden states out; the embedding is the output matrix too."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.norm = nn.Parameter(torch.ones(shape.width))
        for name, parameter in self.named_parameters():
            if name.endswith("bias"):
                nn.init.zeros_(parameter)
            elif parameter.dim() == 2:
                nn.init.normal_(parameter, 0, self._spread(name, parameter.shape[1]))
        angles = torch.outer(torch.arange(LONGEST).float(), self.frequencies())
        self.register_buffer("cosine", angles.cos()[None, :, None], persistent=False)
        self.register_buffer("sine", angles.sin()[None, :, None], persistent=False)

    def _spread(self, name: str, inputs: int) -> float:
        if "embedding" in name:
            return 0.05
        writes_back = name.endswith(("output.weight", "down.weight"))
        return 0.6 / math.sqrt(inputs) / (math.sqrt(2 * self.shape.layers) if writes_back else 1)

    def frequencies(self) -> Tensor:
        width = self.shape.head_width
        return torch.as_tensor(self.shape.rope_base) ** (-torch.arange(0, width, 2).float() / width)

    def forward(self, tokens: Tensor) -> Tensor:
        states = self.embedding(tokens)
        length = tokens.shape[1]
        cosine, sine = self.cosine[:, :length].to(states.dtype), self.sine[:, :length].to(states.dtype)
        for block in self.blocks:
            states = block(states, cosine, sine)
        return functional.rms_norm(states, (self.shape.width,), self.norm, self.shape.epsilon)


@torch.no_grad()
def wire(network: Network) -> None:
    """Give the first two layers their copying circuit.

    Four orthogonal parts of the residual stream are used: the token read as ``name``, the same one token back in
    ``before``, two back in ``earlier``, and what to say next in ``reply``. Positions enter only through the six
    fastest rotations; matching uses the slow rest, so that distance hardly matters.
    """
    shape = network.shape
    width, head = shape.width, shape.head_width
    group = shape.heads // shape.kv_heads
    fast = 6
    frequencies = network.frequencies()
    basis, _ = torch.linalg.qr(torch.randn(width, width))
    name, before, earlier, reply = (basis[:, part * head : (part + 1) * head].T for part in range(4))
    strength = (torch.arange(head // 2) < fast).float() * 6.3
    slow = (torch.arange(head) % (head // 2) >= fast).float()[:, None]

    looking, matching = network.blocks[0], network.blocks[1]
    for place, (back, kept) in enumerate(((1, before), (2, earlier))):
        queries = slice(place * group * head, (place + 1) * group * head)
        keys = slice(place * head, (place + 1) * head)
        looking.query.weight[queries] *= 0.05
        looking.query.bias[queries] = torch.cat((strength, 0 * strength)).repeat(group)
        looking.key.weight[keys] *= 0.05
        turn = back * frequencies
        looking.key.bias[keys] = torch.cat((strength * turn.cos(), strength * turn.sin()))
        looking.value.weight[keys] = name
        first = place * group * head
        looking.output.weight[:, first : first + head] = 0.3 * kept.T

    for place, (current, preceding, scales) in enumerate(((name, before, (3.0, 2.0)), (before, earlier, (1.2, 1.0)))):
        keys = slice(place * head, (place + 1) * head)
        matching.key.weight[keys] = scales[1] * preceding * slow
        matching.value.weight[keys] = reply
        for copy in range(group):
            first = (place * group + copy) * head
            matching.query.weight[first : first + head] = scales[0] * current * slow
            matching.output.weight[:, first : first + head] = (0.4 if copy == 0 else 0.2) * reply.T
