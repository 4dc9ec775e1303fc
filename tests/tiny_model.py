"""A model with random weights, written in a moment: for tests where the words do not matter.

The file is a real GGUF that llama.cpp loads: llama or qwen2 layout, byte-level vocabulary with a few dozen
merges of its own, ChatML template. The same arguments give the same file. It answers with noise and hardly ever
ends by itself, so a test has to give ``reply_tokens``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import gguf
import numpy as np

CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
WORDS = (
    *("the", "and", "you", "are", "is", "in", "to", "of", "that", "what", "my", "name", "remember", "new", "chat"),
    *("model", "file", "memory", "help", "answer", "question"),
)


def write_tiny_model(
    path: Path,
    *,
    vocab: int = 600,
    layers: int = 2,
    width: int = 64,
    context: int = 512,
    seed: int = 0,
    architecture: str = "llama",
    name: str = "tiny",
    heads: int = 4,
    kv_heads: int = 2,
    feed_forward: int | None = None,
    quantized: bool = False,
    template: str = CHATML,
) -> Path:
    """Write the model to ``path`` and return it: about 0.3 MB in a few milliseconds as it stands.

    ``quantized`` stores the matrices as Q4_0 and the embedding as Q8_0, as a model of half a billion parameters
    comes: ``vocab=151_936, layers=24, width=896, heads=14, kv_heads=2, feed_forward=4864, context=4096,
    architecture="qwen2"`` gives its shape for measuring speed. ``width`` is a multiple of ``heads`` and, when
    quantized, of 32. ``vocab`` tokens without a meaning are muted, so that the answer is plain text.
    """
    tokens, merges = vocabulary(vocab)
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_name(name)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_0 if quantized else gguf.LlamaFileType.MOSTLY_F16)
    writer.add_context_length(context)
    writer.add_embedding_length(width)
    writer.add_block_count(layers)
    writer.add_feed_forward_length(feed_forward or width * 5 // 2)
    writer.add_head_count(heads)
    writer.add_head_count_kv(kv_heads)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_freq_base(10_000.0)
    writer.add_rope_dimension_count(width // heads)
    writer.add_vocab_size(len(tokens))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list([token.encode("utf-8") for token in tokens])
    writer.add_token_types([gguf.TokenType.CONTROL if token in SPECIAL else gguf.TokenType.NORMAL for token in tokens])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(tokens.index("<|endoftext|>"))
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_pad_token_id(tokens.index("<|endoftext|>"))
    writer.add_add_bos_token(False)
    writer.add_chat_template(template)
    sizes = (layers, width, feed_forward or width * 5 // 2, kv_heads * (width // heads))
    for tensor, values, kind in _tensors(tokens, sizes, architecture, quantized, np.random.default_rng(seed)):
        writer.add_tensor(tensor, values, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def vocabulary(size: int) -> tuple[list[str], list[str]]:
    """``size`` tokens, the three special ones last, and the merges that make words of bytes.

    llama.cpp refuses an empty list of merges. What the words leave free is filled with pairs of letters, then with
    tokens that no text can give.
    """
    tokens = list(_letters().values())
    merges: list[str] = []
    known = set(tokens)
    for word in [*("\u0120" + word for word in WORDS), *(a + b for a in "aeioubcdfg" for b in "nrtslmky")]:
        whole = word[0]
        for letter in word[1:]:
            if whole + letter not in known and len(tokens) < size - len(SPECIAL):
                merges.append(f"{whole} {letter}")
                tokens.append(whole + letter)
                known.add(whole + letter)
            whole += letter
    tokens += [f"<unused{number}>" for number in range(size - len(SPECIAL) - len(tokens))]
    return [*tokens, *SPECIAL], merges


def _letters() -> dict[int, str]:
    # The printable stand-ins that GPT-2 gave to bytes, in the order of its vocabulary.
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + place) for place, byte in enumerate(rest)}


def _tensors(
    tokens: list[str], sizes: tuple[int, int, int, int], architecture: str, quantized: bool, random: np.random.Generator
) -> Iterator[tuple[str, np.ndarray, gguf.GGMLQuantizationType]]:
    layers, width, feed_forward, kv_width = sizes
    f32, f16 = gguf.GGMLQuantizationType.F32, gguf.GGMLQuantizationType.F16
    q4, q8 = gguf.GGMLQuantizationType.Q4_0, gguf.GGMLQuantizationType.Q8_0

    def matrix(rows: int, columns: int, kind: gguf.GGMLQuantizationType) -> np.ndarray:
        if not quantized:
            return (random.standard_normal((rows, columns), dtype=np.float32) / np.sqrt(columns)).astype(np.float16)
        # Random blocks are as good as quantized random numbers and a hundred times quicker to make.
        size, spread = (18, 4.6) if kind is q4 else (34, 74.0)
        blocks = random.integers(0, 256, (rows, columns // 32, size), dtype=np.uint8)
        blocks[..., :2] = np.full((rows, columns // 32, 1), 1 / (spread * np.sqrt(columns)), np.float16).view(np.uint8)
        return blocks.reshape(rows, -1)

    small, large = (q4, q8) if quantized else (f16, f16)
    embedding = matrix(len(tokens), width, large)
    # A row of zeros has the same middling chance at every step: no control token, no broken byte, no placeholder wins.
    muted = [place for place, token in enumerate(tokens) if not token.replace("\u0120", " ").isascii() or "<" in token]
    embedding[muted] = 0
    yield "token_embd.weight", embedding, large
    for layer in range(layers):
        block = f"blk.{layer}."
        yield block + "attn_norm.weight", np.ones(width, np.float32), f32
        yield block + "ffn_norm.weight", np.ones(width, np.float32), f32
        for part, rows in (("attn_q", width), ("attn_k", kv_width), ("attn_v", kv_width)):
            yield f"{block}{part}.weight", matrix(rows, width, small), small
            if architecture == "qwen2":
                yield f"{block}{part}.bias", np.zeros(rows, np.float32), f32
        yield block + "attn_output.weight", matrix(width, width, small), small
        yield block + "ffn_gate.weight", matrix(feed_forward, width, small), small
        yield block + "ffn_up.weight", matrix(feed_forward, width, small), small
        yield block + "ffn_down.weight", matrix(width, feed_forward, small), small
    yield "output_norm.weight", np.ones(width, np.float32), f32
