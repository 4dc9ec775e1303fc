"""The trained network as a GGUF file with 8-bit weights."""

from __future__ import annotations

from pathlib import Path

import gguf
import numpy as np
from network import Network
from tokenizer import add_vocabulary

NAME = "Built-in guide"
_NAMES = {
    "query": "attn_q",
    "key": "attn_k",
    "value": "attn_v",
    "output": "attn_output",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}


def write(network: Network, tokens: list[str], merges: list[str], path: Path) -> None:
    """Write ``path``: matrices as Q8_0, vectors as they are."""
    shape = network.shape
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_name(NAME)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q8_0)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(shape.epsilon)
    writer.add_rope_freq_base(shape.rope_base)
    writer.add_rope_dimension_count(shape.head_width)
    add_vocabulary(writer, tokens, merges)
    weights = {name: value.float().numpy() for name, value in network.state_dict().items()}
    _matrix(writer, "token_embd.weight", weights["embedding.weight"])
    for layer in range(shape.layers):
        here, there = f"blocks.{layer}.", f"blk.{layer}."
        writer.add_tensor(there + "attn_norm.weight", weights[here + "attention_norm"])
        writer.add_tensor(there + "ffn_norm.weight", weights[here + "forward_norm"])
        for ours, theirs in _NAMES.items():
            _matrix(writer, f"{there}{theirs}.weight", weights[f"{here}{ours}.weight"])
            if f"{here}{ours}.bias" in weights:
                writer.add_tensor(f"{there}{theirs}.bias", weights[f"{here}{ours}.bias"])
    writer.add_tensor("output_norm.weight", weights["norm"])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _matrix(writer: gguf.GGUFWriter, name: str, values: np.ndarray) -> None:
    kind = gguf.GGMLQuantizationType.Q8_0
    writer.add_tensor(name, gguf.quants.quantize(values, kind), raw_dtype=kind)
