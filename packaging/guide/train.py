"""Training: a short stage of plain copying, then the mixture. Steps, not time, so that a run can be repeated.

Only the answer counts for the loss. Everything is computed in 32 bits: bfloat16 halved the speed of these small
matrices (5,400 against 3,000 tokens a second on a Xeon with AVX-512), and 32 bits are easier to repeat.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as functional
from data import SYSTEM, Example
from network import LONGEST, Network, Shape, wire
from tokenizer import Splitter


@dataclass(frozen=True, slots=True)
class Stage:
    """One stretch of training: how many examples are made, how many steps of how many tokens.

    The learning rate falls from ``rate`` along a half cosine that is laid out for ``curve`` steps.
    """

    name: str
    examples: int
    steps: int
    tokens_per_step: int
    rate: float
    curve: int

    def shortened(self, share: float) -> Stage:
        """The same stage with this share of examples and steps."""
        examples, steps, curve = (round(share * whole) for whole in (self.examples, self.steps, self.curve))
        return replace(self, examples=examples, steps=steps, curve=curve)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Examples as tokens, one after the other: number n is ``starts[n]:starts[n + 1]``; ``answer`` marks its answer."""

    tokens: np.ndarray
    answer: np.ndarray
    starts: np.ndarray


def corpus(splitter: Splitter, make: Callable[[], Example], count: int) -> Corpus:
    """``count`` examples in ChatML; longer ones than the training window are left out."""
    tokens: list[int] = []
    answer: list[int] = []
    starts = [0]
    opening = splitter.split(f"<|im_start|>system\n{SYSTEM}<|im_end|>\n<|im_start|>user\n", special=True)
    between = splitter.split("<|im_end|>\n<|im_start|>assistant\n", special=True)
    closing = splitter.split("<|im_end|>", special=True)
    for _ in range(count):
        example = make()
        prompt = opening + splitter.split(example.prompt) + between
        said = splitter.split(example.answer) + closing
        if len(prompt) + len(said) < LONGEST // 2:
            tokens += prompt + said
            answer += [0] * len(prompt) + [1] * len(said)
            starts.append(len(tokens))
    return Corpus(np.array(tokens, np.uint16), np.array(answer, np.uint8), np.array(starts, np.int64))


def batches(
    data: Corpus, tokens_per_step: int, random: np.random.Generator
) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Examples of like length together, in random order, for ever."""
    lengths = np.diff(data.starts)
    while True:
        groups: list[list[int]] = [[]]
        longest = 0
        for number in np.argsort(lengths + random.uniform(0, 12, len(lengths))):
            longest = max(longest, int(lengths[number]))
            if groups[-1] and longest * (len(groups[-1]) + 1) > tokens_per_step:
                groups.append([])
                longest = int(lengths[number])
            groups[-1].append(int(number))
        for place in random.permutation(len(groups)):
            group = groups[place]
            size = (len(group), max(int(lengths[number]) for number in group))
            tokens, answer = np.zeros(size, np.int64), np.zeros(size, bool)
            for row, number in enumerate(group):
                part = slice(data.starts[number], data.starts[number + 1])
                tokens[row, : lengths[number]] = data.tokens[part]
                answer[row, : lengths[number]] = data.answer[part]
            yield torch.from_numpy(tokens), torch.from_numpy(answer)


def new_network(vocabulary: int, seed: int) -> Network:
    """A wired network, the same for the same seed."""
    torch.manual_seed(seed)
    network = Network(Shape(vocabulary))
    wire(network)
    return network


def train(network: Network, stage: Stage, data: Corpus, seed: int, keep: Path | None = None) -> None:
    """Train ``network`` for one stage, saving it to ``keep`` now and then."""
    random = np.random.default_rng(seed)
    matrices = [parameter for parameter in network.parameters() if parameter.dim() == 2]
    vectors = [parameter for parameter in network.parameters() if parameter.dim() < 2]
    optimizer = torch.optim.AdamW(
        [{"params": matrices, "weight_decay": 0.05}, {"params": vectors, "weight_decay": 0.0}],
        lr=stage.rate,
        betas=(0.9, 0.97),
        foreach=True,
    )
    losses: list[float] = []
    began, seen = time.process_time(), 0
    source = batches(data, stage.tokens_per_step, random)
    for step in range(stage.steps):
        tokens, answer = next(source)
        warm = min(1.0, (step + 1) / 150)
        rate = stage.rate * warm * (0.03 + 0.97 * 0.5 * (1 + math.cos(math.pi * step / stage.curve)))
        for group in optimizer.param_groups:
            group["lr"] = rate
        states = network(tokens[:, :-1])
        counted = answer[:, 1:]
        guesses = states[counted] @ network.embedding.weight.T
        loss = functional.cross_entropy(guesses, tokens[:, 1:][counted])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.item())
        seen += tokens.numel()
        if (step + 1) % 100 == 0:
            spent = time.process_time() - began
            recent = float(np.mean(losses[-100:]))
            print(
                f"{stage.name} {step + 1}/{stage.steps} loss {recent:.4f} {seen / spent:.0f} tokens/s {spent:.0f} s",
                flush=True,
            )
        if keep and (step + 1) % 500 == 0:
            torch.save(network.state_dict(), keep)
