"""The guide's vocabulary: byte-level BPE, learned here, used through llama.cpp.

Merges never cross a Chinese character or a digit, so every character is one token (common) or two to three
byte tokens (rare) and can be copied exactly. llama.cpp itself splits the training text: a second splitter
would differ one day.
"""

from __future__ import annotations

import collections
import ctypes
import re
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import gguf
import llama_cpp.llama_cpp as llama
import numpy as np

SPECIAL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
# As llama.cpp splits for "qwen2", but each Chinese character alone: they meet only in the learning.
_PIECES = re.compile(
    r"'(?:s|t|re|ve|m|ll|d)|[\u3400-\u9fff]|\d| ?[^\W\d_\u3400-\u9fff]+| ?[^\s\w\u3400-\u9fff]+|_+|\s+", re.IGNORECASE
)
Pair = tuple[str, str]


def letters() -> list[str]:
    """The printable stand-in of every byte, as GPT-2 numbered them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in plain]
    table = {byte: chr(byte) for byte in plain} | {byte: chr(256 + place) for place, byte in enumerate(rest)}
    return [table[byte] for byte in range(256)]


def learn(texts: Iterable[str], size: int) -> tuple[list[str], list[str]]:
    """``size`` tokens, special ones last, and the merges in their order.

    The most frequent pair is merged again and again; among equals the smaller one, so the result is the same
    everywhere.
    """
    stand_in = letters()
    counted = collections.Counter(piece for text in texts for piece in _PIECES.findall(text))
    words = [[stand_in[byte] for byte in piece.encode("utf-8")] for piece in counted]
    counts = list(counted.values())
    pairs: collections.Counter[Pair] = collections.Counter()
    where: dict[Pair, set[int]] = collections.defaultdict(set)
    for number, word in enumerate(words):
        for pair in pairwise(word):
            pairs[pair] += counts[number]
            where[pair].add(number)
    tokens, merges = list(stand_in), []
    while len(tokens) < size - len(SPECIAL):
        best = min(pairs.items(), key=lambda item: (-item[1], item[0]))[0]
        merges.append(" ".join(best))
        if "".join(best) not in tokens:
            tokens.append("".join(best))
        for number in sorted(where.pop(best)):
            word = words[number]
            for pair in pairwise(word):
                pairs[pair] -= counts[number]
            words[number] = word = _merged(word, best)
            for pair in pairwise(word):
                pairs[pair] += counts[number]
                where[pair].add(number)
        del pairs[best]
    return [*tokens, *SPECIAL], merges


def _merged(word: list[str], pair: Pair) -> list[str]:
    out: list[str] = []
    for letter in word:
        if out and (out[-1], letter) == pair:
            out[-1] += letter
        else:
            out.append(letter)
    return out


def add_vocabulary(writer: gguf.GGUFWriter, tokens: list[str], merges: list[str]) -> None:
    """Everything llama.cpp needs to split text and lay out a chat."""
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
    writer.add_chat_template(CHATML)


class Splitter:
    """Splits text with llama.cpp from a file that holds a vocabulary only."""

    def __init__(self, path: Path, tokens: list[str], merges: list[str]) -> None:
        writer = gguf.GGUFWriter(path, "llama")
        writer.add_context_length(64)
        writer.add_embedding_length(32)
        writer.add_block_count(1)
        writer.add_feed_forward_length(32)
        writer.add_head_count(1)
        writer.add_layer_norm_rms_eps(1e-5)
        add_vocabulary(writer, tokens, merges)
        writer.add_tensor("token_embd.weight", np.zeros((len(tokens), 32), np.float16))
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
        writer.close()
        llama.llama_backend_init()
        llama.llama_log_set(_silent, None)
        parameters = llama.llama_model_default_params()
        parameters.vocab_only = True
        self._model = llama.llama_model_load_from_file(str(path).encode(), parameters)
        self._vocabulary = llama.llama_model_get_vocab(self._model)
        self._room = (ctypes.c_int32 * 8192)()

    def split(self, text: str, special: bool = False) -> list[int]:
        """Token ids of ``text``; ``special`` reads ``<|im_start|>`` as one token."""
        data = text.encode("utf-8")
        count = llama.llama_tokenize(self._vocabulary, data, len(data), self._room, 8192, False, special)
        return list(self._room[:count])


@llama.llama_log_callback
def _silent(level: int, text: bytes, data: object) -> None:
    """llama.cpp tells every detail on standard error."""
