"""Computing ahead what an answer repeats (prompt_lookup), against doing without, in one run on one core.

An answer that repeats should gain; one that repeats nothing should lose next to nothing. The model has random weights:
its likeliest answer goes in circles, which is repeating, and its unlikeliest one never comes back to anything.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.loading import StopFlag, ThreadCounts
from tests.tiny_model import write_tiny_model

ROUNDS, TOKENS = 9, 200
GAIN, LOSS = 1.1, 0.95
REPEATING = Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=TOKENS)
NEVER_REPEATING = Sampling(
    temperature=3.0, top_k=0, top_p=1.0, min_p=0.0, repeat_penalty=1.0, reply_tokens=TOKENS, seed=4
)


def speed(model: LlamaModel, sampling: Sampling, *, lookup: bool) -> float:
    """Tokens per second of the processor."""
    model.read(model.prompt("<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n"))
    begun = time.process_time()
    tokens = model.write(sampling, lambda _text: None, lookup=lookup).tokens
    return tokens / (time.process_time() - begun)


def ratio(model: LlamaModel, sampling: Sampling) -> float:
    found = []
    for turn in range(ROUNDS):
        first, second = (speed(model, sampling, lookup=bool(turn % 2) == on) for on in (True, False))
        found.append(first / second if turn % 2 else second / first)
    return statistics.median(found)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = write_tiny_model(
            Path(folder) / "m.gguf",
            vocab=32_000, layers=8, width=896, heads=14, kv_heads=2, feed_forward=4864, context=2048,
            quantized=True, architecture="qwen2",
        )  # fmt: skip
        model = LlamaModel.load(path, context_tokens=2048, threads=ThreadCounts(1, 1), stop=StopFlag())
        gain, loss = ratio(model, REPEATING), ratio(model, NEVER_REPEATING)
        model.close()
    for name, value, goal in (("repeats", gain, GAIN), ("repeats nothing", loss, LOSS)):
        told = {"name": f"an answer that {name}, prompt_lookup on against off", "value": round(value, 2)}
        print(json.dumps(told | {"goal": f"at least {goal}", "ok": value >= goal}), flush=True)
    return 0 if gain >= GAIN and loss >= LOSS else 1


if __name__ == "__main__":
    raise SystemExit(main())
