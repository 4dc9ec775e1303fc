"""Headers of model files: what they say, and a sentence for every kind of damage."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference.gguf import read_header
from desktop_agent.inference.gguf_fields import BLOCKS
from desktop_agent.inference.library import library
from tests.tiny_model import write_tiny_model


@pytest.fixture
def damaged(tiny_model: Path, tmp_path: Path):
    """A function that writes the tiny model changed by another function."""

    def write(change) -> Path:
        path = tmp_path / "模型 damaged.gguf"
        path.write_bytes(change(tiny_model.read_bytes()))
        return path

    return write


def refusal(path: Path) -> str:
    with pytest.raises(ModelUnusable) as refused:
        read_header(path)
    assert refused.value.hint
    return refused.value.told()


def test_the_header_says_what_a_model_is_and_needs(tiny_model: Path) -> None:
    header = read_header(tiny_model)
    assert (header.architecture, header.name, header.quantisation) == ("llama", "tiny", "F16")
    assert (header.layers, header.embedding, header.heads, header.kv_heads) == (2, 64, 4, (2, 2))
    assert (header.context_length, header.vocabulary, header.size_label) == (512, 600, "125K")
    assert header.template is not None and "im_start" in header.template
    assert header.file_bytes == tiny_model.stat().st_size


def test_the_kv_cache_is_computed_from_the_header(tmp_path: Path) -> None:
    # 24 layers x 2 KV heads x (64 + 64) x 2 bytes = 12 KiB a token, the figure measured for this shape.
    path = write_tiny_model(tmp_path / "m.gguf", layers=24, width=896, heads=14, kv_heads=2, quantized=True)
    header = read_header(path)
    assert header.kv_bytes(2048) == 24 << 20
    assert header.kv_bytes(2000) == header.kv_bytes(2048)
    assert header.needed_bytes(2048) > header.weights_bytes + header.kv_bytes(2048)
    # The embedding is stored as Q8_0 and not repacked.
    assert 0 < header.repacked_bytes < header.weights_bytes


def test_a_vocabulary_of_151_thousand_words_is_read_in_a_moment(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "m.gguf", vocab=151_936, width=64, quantized=True, heads=2, kv_heads=1)
    start = time.thread_time()
    assert read_header(path).vocabulary == 151_936
    assert time.thread_time() - start < 2


def test_block_sizes_are_those_of_the_library() -> None:
    bindings = library()
    # On Windows a library gives its own functions only.
    windows = sys.platform == "win32"
    ggml = ctypes.CDLL(str(Path(bindings._base_path) / "ggml-base.dll")) if windows else bindings._lib
    ggml.ggml_blck_size.restype = ctypes.c_int64
    ggml.ggml_type_size.restype = ctypes.c_size_t
    known = {kind: (ggml.ggml_blck_size(kind), ggml.ggml_type_size(kind)) for kind in range(43)}
    assert {kind: sizes for kind, sizes in known.items() if sizes[0]} == BLOCKS


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    for content in (b"hello world\n" * 50, b"PK\x03\x04" * 50, b"GG", b"\x00" * 64):
        path = tmp_path / "note.gguf"
        path.write_bytes(content)
        assert "note.gguf is not a GGUF model" in refusal(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "空 的.gguf"
    path.touch()
    assert refusal(path).startswith("空 的.gguf is empty.")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder, not a model file" in refusal(tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "There is no model file" in refusal(tmp_path / "gone.gguf")
    (tmp_path / "link.gguf").symlink_to(tmp_path / "gone.gguf")
    assert "There is no model file" in refusal(tmp_path / "link.gguf")
    assert "There is no model file" in refusal(Path("a\0b"))


def test_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("Windows has no pipes in folders")
    os.mkfifo(tmp_path / "pipe.gguf")
    assert "is not an ordinary file" in refusal(tmp_path / "pipe.gguf")


def test_a_file_without_permission_is_refused(tiny_model: Path, tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("this account may read everything")
    path = shutil.copy(tiny_model, tmp_path / "secret.gguf")
    path.chmod(0)
    assert "This account may not read secret.gguf" in refusal(path)


def test_a_link_with_chinese_characters_and_spaces_is_followed(tiny_model: Path, tmp_path: Path) -> None:
    link = tmp_path / "我的 模型.gguf"
    link.symlink_to(tiny_model)
    if not link.exists():
        pytest.skip("links to files do not work here")
    assert read_header(link).name == "tiny"


@pytest.mark.parametrize("missing", [1, 2, 100, 100_000, 200_000])
def test_a_file_that_was_cut_is_refused_even_by_one_byte(damaged, missing: int) -> None:
    assert "is cut off" in refusal(damaged(lambda data: data[:-missing]))


def test_other_versions_are_refused(damaged) -> None:
    def version(number: int, order: str = "<"):
        return lambda data: data[:4] + struct.pack(order + "I", number) + data[8:]

    assert "GGUF version 1" in refusal(damaged(version(1)))
    assert "GGUF version 99" in refusal(damaged(version(99)))
    assert "big-endian" in refusal(damaged(version(3, ">")))


@pytest.mark.parametrize("place", [8, 16, 24], ids=["tensors", "fields", "first key"])
@pytest.mark.parametrize("number", [1 << 60, (1 << 64) - 1, 1 << 30])
def test_absurd_counts_and_lengths_are_refused(damaged, place: int, number: int) -> None:
    path = damaged(lambda data: data[:place] + struct.pack("<Q", number) + data[place + 8 :])
    assert "is damaged" in refusal(path) or "is cut off" in refusal(path)


def test_a_number_format_from_the_future_is_refused(damaged) -> None:
    def change(data: bytes) -> bytes:
        name = b"output_norm.weight"
        place = data.index(name) + len(name) + 4 + 8
        return data[:place] + struct.pack("<I", 77) + data[place + 4 :]

    assert "number format 77" in refusal(damaged(change))


def test_a_value_of_an_unknown_type_is_refused(damaged) -> None:
    def change(data: bytes) -> bytes:
        place = data.index(b"general.name") + len(b"general.name")
        return data[:place] + struct.pack("<I", 99) + data[place + 4 :]

    assert "is damaged" in refusal(damaged(change))


def test_heads_that_do_not_divide_the_width_are_refused(damaged) -> None:
    def change(data: bytes) -> bytes:
        key = b"llama.attention.head_count"
        place = data.index(key) + len(key) + 4
        return data[:place] + struct.pack("<I", 0) + data[place + 4 :]

    assert "is damaged" in refusal(damaged(change))


def test_a_model_that_reads_pictures_is_refused(tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "eyes.gguf", architecture="clip")
    assert "eyes.gguf is not a chat model (clip)" in refusal(path)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads the process's size from /proc")
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="measured by /proc")
@pytest.mark.parametrize(
    ("context", "kv_type", "shape"),
    [
        (2048, "f16", {"layers": 8, "width": 512, "heads": 8, "kv_heads": 8, "quantized": True}),
        (2048, "f16", {"layers": 2, "width": 256, "heads": 4, "kv_heads": 1, "vocab": 120_000, "quantized": True}),
        (4096, "f16", {"layers": 24, "width": 256, "heads": 8, "kv_heads": 8, "architecture": "qwen2"}),
        (4096, "q8_0", {"layers": 24, "width": 256, "heads": 8, "kv_heads": 8, "architecture": "qwen2"}),
        (2048, "q8_0", {"layers": 12, "width": 768, "heads": 12, "kv_heads": 4, "quantized": True}),
        (8192, "q8_0", {"layers": 6, "width": 512, "heads": 8, "kv_heads": 4, "vocab": 30_000}),
    ],
    ids=["much KV", "many words", "many layers", "many layers in q8_0", "wide", "long"],
)
def test_what_a_model_needs_is_known_within_a_tenth(
    tmp_path: Path, context: int, kv_type: str, shape: dict[str, int]
) -> None:
    path = write_tiny_model(tmp_path / "m.gguf", context=context, **shape)
    code = f"""
from pathlib import Path
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.gguf import read_header
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.loading import StopFlag, ThreadCounts
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
before = resident()
header = read_header(Path({str(path)!r}))
counts = ThreadCounts(1, 1)
model = LlamaModel.load(
    header.path, context_tokens={context}, threads=counts, stop=StopFlag(), kv_type={kv_type!r}
)
model.read(model.prompt("what is my name " * 60))  # the cache was filled with zeros when it was made
model.write(Sampling(reply_tokens=4), lambda _: None)
print(header.needed_bytes({context}, kv_type={kv_type!r}), resident() - before)
"""
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=100, check=True)
    needed, grown = map(int, child.stdout.split())
    print(f"{needed / 2**20:.1f} MB foretold, {grown / 2**20:.1f} MB measured, {needed / grown - 1:+.1%}")
    assert abs(needed - grown) < 0.1 * grown, f"{needed >> 20} MB foretold, {grown >> 20} MB measured"
