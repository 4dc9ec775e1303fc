"""Tokens per second through the program, against a bare loop on llama.cpp in the same run.

Both have a model of their own from the same file (random weights in the shape of half a billion parameters, fewer
layers), the same threads and samplers, and take turns, so that whatever else the computer does meets both.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from desktop_agent.events import Chunk, Finished
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.library import library
from desktop_agent.inference.loading import StopFlag, ThreadCounts, load_file, make_context
from desktop_agent.inference.local import LocalEngine
from desktop_agent.messages import PromptMessage, Role
from desktop_agent.runtime.threads import Threads
from tests.tiny_model import write_tiny_model

GOAL = 0.95
ROUNDS, TOKENS = 9, 40
CORES = 1
SAMPLING = Sampling(temperature=0.8, top_k=40, top_p=0.95, min_p=0.05, repeat_penalty=1.1, reply_tokens=TOKENS, seed=7)
QUESTION = [PromptMessage(Role.USER, "what is the name of my new file")]


class Bare:
    """Nothing but the calls that an answer needs."""

    def __init__(self, path: Path) -> None:
        self.llama: Any = library()
        self.stop = StopFlag()
        self.model = load_file(path, self.stop)
        self.context = make_context(self.model, path, 2048, ThreadCounts(CORES, CORES), self.stop)
        self.vocabulary = self.llama.llama_model_get_vocab(self.model)

    def tokens_per_second(self) -> float:
        llama, context, vocabulary = self.llama, self.context, self.vocabulary
        llama.llama_memory_clear(llama.llama_get_memory(context), True)
        text = b"<|im_start|>user\nwhat is the name of my new file<|im_end|>\n<|im_start|>assistant\n"
        prompt = (ctypes.c_int32 * 256)()
        count = llama.llama_tokenize(vocabulary, text, len(text), prompt, 256, False, True)
        llama.llama_decode(context, llama.llama_batch_get_one(prompt, count))
        chain = llama.llama_sampler_chain_init(llama.llama_sampler_chain_default_params())
        words = llama.llama_vocab_n_tokens(vocabulary)
        for sampler in (
            llama.llama_sampler_init_penalties(words, 64, 1.1, 0.0, 0.0),
            llama.llama_sampler_init_top_k(40),
            llama.llama_sampler_init_top_p(0.95, 1),
            llama.llama_sampler_init_min_p(0.05, 1),
            llama.llama_sampler_init_temp(0.8),
            llama.llama_sampler_init_dist(7),
        ):
            llama.llama_sampler_chain_add(chain, sampler)
        one, piece = (ctypes.c_int32 * 1)(), ctypes.create_string_buffer(256)
        start = done = 0.0
        said = 0
        while said < TOKENS:
            token = llama.llama_sampler_sample(chain, context, -1)
            if llama.llama_vocab_is_eog(vocabulary, token):
                break
            llama.llama_token_to_piece(vocabulary, token, piece, 256, 0, False)
            said += 1
            done = time.perf_counter()
            start = start or done
            one[0] = token
            llama.llama_decode(context, llama.llama_batch_get_one(one, 1))
        llama.llama_sampler_free(chain)
        return (said - 1) / (done - start)


async def through_the_program(engine: LocalEngine) -> float:
    """As a reader on the loop sees it, from the first piece to the last."""
    times: list[float] = []
    async with engine.stream(QUESTION, SAMPLING) as events:
        async for event in events:
            if isinstance(event, Chunk):
                times.append(time.perf_counter())
            if isinstance(event, Finished):
                tokens = event.usage.reply_tokens
    return (tokens - 1) / (times[-1] - times[0])


async def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = write_tiny_model(
            Path(folder) / "m.gguf",
            vocab=32_000, layers=8, width=896, heads=14, kv_heads=2, feed_forward=4864, context=2048,
            quantized=True, architecture="qwen2",
        )  # fmt: skip
        threads = Threads()
        engine = LocalEngine(path, threads, 2048, CORES)
        bare = await threads.call(Bare, path)
        await through_the_program(engine)
        pairs = []
        for turn in range(ROUNDS):
            # Each begins every second round: whoever goes first on a warm cache gains nothing in the end.
            if turn % 2:
                other = await threads.call(bare.tokens_per_second)
            own = await through_the_program(engine)
            if not turn % 2:
                other = await threads.call(bare.tokens_per_second)
            pairs.append((own, other))
        await engine.close()
        await threads.close()
    ratio = statistics.median(own / other for own, other in pairs)
    own, other = (statistics.median(speeds) for speeds in zip(*pairs, strict=True))
    value = f"{ratio:.3f} ({own:.0f} of {other:.0f} tokens a second)"
    name = "tokens per second through the program, against a bare loop"
    print(json.dumps({"name": name, "value": value, "goal": f"at least {GOAL}", "ok": ratio >= GOAL}))
    return 0 if ratio >= GOAL else 1


if __name__ == "__main__":
    status = asyncio.run(main())
    sys.stdout.flush()
    os._exit(status)  # the bare loop's model is not given back
