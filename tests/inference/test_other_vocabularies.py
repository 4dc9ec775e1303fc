"""Models whose vocabulary changes the text: a space before the first word, a mark before the whole prompt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gguf
import numpy as np
import pytest

from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.loading import StopFlag, ThreadCounts

BEGIN, END = "<s>", "</s>"
WORDS = ("▁the", "▁name", "▁is", "▁my", "▁a", "▁b", "▁what", "▁file", "th", "na", "me", "is", "fi", "le", "wh", "at")


@pytest.fixture(scope="module")
def sentencepiece_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Random weights under a vocabulary as Llama 2 has it, without a chat template."""
    path = tmp_path_factory.mktemp("models") / "spm.gguf"
    letters = [chr(code) for code in range(33, 127)] + ["▁"]
    long = "▁" + "very" * 30
    tokens = ["<unk>", BEGIN, END, *(f"<0x{byte:02X}>" for byte in range(256)), *letters, *WORDS, long]
    kinds = [gguf.TokenType.UNKNOWN, *[gguf.TokenType.CONTROL] * 2, *[gguf.TokenType.BYTE] * 256]
    kinds += [gguf.TokenType.NORMAL] * (len(tokens) - len(kinds))
    width, layers = 64, 2
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("spm")
    writer.add_context_length(512)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(128)
    writer.add_head_count(4)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(16)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores([-float(place) for place in range(len(tokens))])
    writer.add_token_types(kinds)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_add_bos_token(True)
    chance = np.random.default_rng(0)

    def add(name: str, *shape: int) -> None:
        values = np.ones(shape) if len(shape) == 1 else chance.standard_normal(shape) / np.sqrt(shape[-1])
        writer.add_tensor(name, values.astype(np.float32))

    add("token_embd.weight", len(tokens), width)
    for layer in range(layers):
        for part in ("attn_norm", "ffn_norm"):
            add(f"blk.{layer}.{part}.weight", width)
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            add(f"blk.{layer}.{part}.weight", width, width)
        for part in ("ffn_gate", "ffn_up"):
            add(f"blk.{layer}.{part}.weight", 128, width)
        add(f"blk.{layer}.ffn_down.weight", width, 128)
    add("output_norm.weight", width)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@pytest.fixture
def model(sentencepiece_model: Path) -> Iterator[LlamaModel]:
    model = LlamaModel.load(sentencepiece_model, context_tokens=512, threads=ThreadCounts(1, 1), stop=StopFlag())
    yield model
    model.close()


def test_a_prompt_begins_with_the_mark_that_the_model_wants_once(model: LlamaModel) -> None:
    mark = model.words.tokens(BEGIN.encode())
    assert model.words.begins_with == BEGIN
    assert model.prompt("my name").tokens[:1] == mark
    assert model.prompt(f"{BEGIN}my name").tokens.count(mark[0]) == 1


def test_a_follow_up_reads_only_its_own_tokens(model: LlamaModel) -> None:
    talk = f"{BEGIN}what is my name{END}"
    for turn in range(4):
        prompt = model.prompt(talk)
        read = model.read(prompt)
        if turn:
            assert read <= len(model.words.tokens(f"{END}the file is b{END}".encode())) + 1
        pieces: list[str] = []
        model.write(Sampling(temperature=1.0, seed=turn, reply_tokens=20), pieces.append)
        talk += "".join(pieces) + f"{END}the file is b{END}"


def test_a_word_of_any_length_is_told_whole(model: LlamaModel) -> None:
    assert model.words.piece(model.words.count - 1) == b" " + b"very" * 30


def test_bytes_without_a_word_of_their_own_come_back(model: LlamaModel) -> None:
    tokens = model.words.tokens("你好".encode())
    assert b"".join(map(model.words.piece, tokens)).decode() == " 你好"
