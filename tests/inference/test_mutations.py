"""Damaged and hostile model files: each gets a sentence or loads, and the program lives."""

from __future__ import annotations

import json
import random
import re
import struct
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference.gguf import read_header
from desktop_agent.inference.models import Models
from desktop_agent.inference.plan import Wish
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder

CHILD = textwrap.dedent("""
    import json, sys
    from pathlib import Path
    from desktop_agent.errors import AgentError
    from desktop_agent.inference.engine import Sampling
    from desktop_agent.inference.llama import LlamaModel
    from desktop_agent.inference.loading import StopFlag, ThreadCounts
    for name in sys.argv[1:]:
        print(name, "begins", flush=True)
        try:
            model = LlamaModel.load(Path(name), context_tokens=256, threads=ThreadCounts(1, 1), stop=StopFlag())
            model.read(model.prompt("hello"))
            model.write(Sampling(reply_tokens=4), lambda _: None)
            model.close()
            said = "answers"
        except AgentError as error:
            said = error.told()
        print(json.dumps(said), flush=True)
""")


def mutations(data: bytes) -> Iterator[bytes]:
    """The file with one thing wrong, in more than 200 ways; always the same ones."""
    chance = random.Random(1)
    tensors = data.index(b"token_embd.weight")
    metadata = len(data) - 250_112  # where the weights begin
    for length in (0, 3, 4, 7, 8, 23, 24, 31, 200, 5_000, tensors, metadata - 1, metadata, metadata + 1, len(data) - 1):
        yield data[:length]
    for place in (4, 8, 16, 24):  # version, counts, first key
        for value in (0, 1, 2**16, 2**31, 2**63, 2**64 - 1):
            yield data[:place] + struct.pack("<Q", value) + data[place + 8 :]
    for key in (
        *("llama.context_length", "llama.embedding_length", "llama.block_count", "llama.feed_forward_length"),
        *("llama.attention.head_count", "llama.attention.head_count_kv", "llama.rope.dimension_count"),
        *("llama.attention.layer_norm_rms_epsilon", "llama.vocab_size", "tokenizer.ggml.eos_token_id"),
        "tokenizer.ggml.bos_token_id",
    ):
        place = data.index(key.encode()) + len(key) + 4
        for value in (0, 1, 3, 2**31 - 1, 2**32 - 1):
            yield data[:place] + struct.pack("<I", value) + data[place + 4 :]
    for _ in range(60):  # one byte of the metadata
        place = chance.randrange(24, tensors)
        yield data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
    for _ in range(60):  # one byte of the table of tensors
        place = chance.randrange(tensors, metadata)
        yield data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
    yield data[:metadata] + bytes(len(data) - metadata)
    yield data[:metadata] + b"\xff" * (len(data) - metadata)
    yield data[:24] + chance.randbytes(20_000)


@pytest.fixture(scope="module")
def passed(tiny_model: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The mutations that the check of the header lets through; the others got a sentence."""
    folder = tmp_path_factory.mktemp("mutations")
    passed: list[Path] = []
    refused = 0
    for number, data in enumerate(mutations(tiny_model.read_bytes())):
        path = folder / f"{number}.gguf"
        path.write_bytes(data)
        try:
            read_header(path)
            passed.append(path)
        except ModelUnusable as error:
            assert error.told()
            refused += 1
    assert refused > 90
    assert refused + len(passed) > 200
    return passed


async def test_a_damaged_file_gets_a_sentence_or_answers(passed: list[Path], folder: Folder, threads: Threads) -> None:
    models = Models(folder.models, folder.root / "none.gguf", threads)
    # A third of a second for each child, so only a part of them.
    for path in random.Random(2).sample(passed, 24):
        try:
            await models.check(path)
        except ModelUnusable as error:
            assert error.told()
            with pytest.raises(ModelUnusable, match=re.escape(error.said())):
                await models.let_in(path, Wish())


def test_no_damaged_file_that_passes_the_check_brings_llama_cpp_down(passed: list[Path]) -> None:
    # What the header check lets through must not kill llama.cpp either; if it does, it is a child that dies.
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *map(str, passed)], capture_output=True, text=True, timeout=100, check=False
    )
    lines = child.stdout.splitlines()
    assert child.returncode == 0, f"died at {lines[-1:]}: {child.stderr[-2000:]}"
    ended = [json.loads(line) for line in lines if not line.endswith(" begins")]
    assert len(ended) == len(passed)
    assert all(ended)


@pytest.mark.parametrize("seed", range(3))
def test_random_bytes_are_no_model(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "random.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + random.Random(seed).randbytes(50_000))
    with pytest.raises(ModelUnusable):
        read_header(path)
