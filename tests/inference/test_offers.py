"""The list of models to download: complete, pinned, and honest about what they need."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from desktop_agent import words
from desktop_agent.errors import NotFound
from desktop_agent.inference.fit import Fits, fit
from desktop_agent.inference.gguf import read_header
from desktop_agent.inference.offers import Offer, Offers, catalogue_path
from desktop_agent.inference.pace import Pace, estimated_pace, measured_pace
from desktop_agent.inference.plan import Wish
from desktop_agent.runtime.processor import Feature, Processor

GB = 1 << 30


@pytest.fixture(scope="module")
def offers() -> Offers:
    return Offers.read(catalogue_path())


def test_every_model_is_pinned_and_described_in_both_languages(offers: Offers) -> None:
    assert len({offer.name for offer in offers.models}) == len({offer.file for offer in offers.models}) >= 6
    for offer in offers.models:
        assert re.fullmatch(r"[0-9a-f]{64}", offer.sha256), offer.name
        assert offer.bytes > 50_000_000, offer.name
        assert re.fullmatch(r"[a-z0-9.-]+", offer.name)
        assert set(offer.good_for) == set(offer.languages) == set(words.LANGUAGES), offer.name
        assert offer.licence
        assert offer.file.endswith(".gguf")


def test_words_come_in_the_language_in_use(offers: Offers) -> None:
    offer = offers.named("qwen2.5-0.5b")
    assert offer.speaks.startswith("Chinese, English")
    words.use("zh_CN")
    assert offer.speaks.startswith("中文、英文")


def test_every_source_has_an_encrypted_address_for_every_model(offers: Offers) -> None:
    assert [source.name for source in offers.order()] == ["modelscope", "hf-mirror", "huggingface"]
    assert [source.name for source in offers.order("huggingface")] == ["huggingface", "modelscope", "hf-mirror"]
    for source in offers.sources:
        for offer in offers.models:
            parts = urlsplit(offer.address(source))
            assert parts.scheme == "https"
            assert parts.path.endswith(f"/{offer.file}")
    assert "/OpenBMB/" in offers.named("minicpm5-1b").address(offers.sources[0])
    assert "/openbmb/" in offers.named("minicpm5-1b").address(offers.sources[2])


def test_a_model_is_found_by_each_of_its_names(offers: Offers) -> None:
    assert {offers.named(name).name for name in ("QWEN3-0.6B ", "Qwen3 0.6B", "qwen3-0.6b-q4_k_m.gguf")} == {
        "qwen3-0.6b"
    }
    with pytest.raises(NotFound, match=r"no model named gpt-5 to download. These can be downloaded: qwen2.5-0.5b, "):
        offers.named("gpt-5")


def test_a_file_that_is_here_is_recognised_by_name_and_size(offers: Offers) -> None:
    offer = offers.models[0]
    assert offers.of_file(Path("/m") / offer.file, offer.bytes) is offer
    assert offers.of_file(Path("/m") / offer.file.replace(".gguf", "-2.gguf"), offer.bytes) is offer
    assert offers.of_file(Path("/m") / offer.file, offer.bytes - 1) is None
    assert offers.of_file(Path("/m/another.gguf"), offer.bytes) is None


@pytest.mark.parametrize(
    ("name", "megabytes"), [("qwen2.5-0.5b", 24), ("qwen2.5-1.5b", 56), ("llama-3.2-1b", 64), ("minicpm5-1b", 48)]
)
def test_the_need_of_a_conversation_is_known_before_the_download(offers: Offers, name: str, megabytes: int) -> None:
    # 1.5B: another catalogue measured 112 MiB for 4,096 tokens.
    assert offers.named(name).header.kv_bytes(2048) == megabytes << 20


def test_a_shape_says_what_the_file_itself_would(offers: Offers, tmp_path: Path) -> None:
    """The need of memory from the list is that from the header of a file of the same shape."""
    from tests.tiny_model import write_tiny_model

    shape = offers.named("qwen2.5-0.5b").header
    path = write_tiny_model(
        tmp_path / "m.gguf", vocab=2000, layers=shape.layers, width=shape.embedding, heads=shape.heads,
        kv_heads=shape.kv_heads[0], feed_forward=256, context=4096, quantized=True, architecture="qwen2",
    )  # fmt: skip
    header = read_header(path)
    assert header.kv_bytes(2048) == shape.kv_bytes(2048)
    assert header.kv_bytes(2048, "q8_0") == shape.kv_bytes(2048, "q8_0")


def test_a_laptop_with_4_gb_is_told_what_fits(offers: Offers) -> None:
    def verdict(offer: Offer) -> Fits:
        return fit(offer.header, Wish(), int(1.9 * GB), int(3.9 * GB)).fits

    assert {offer.name: verdict(offer) for offer in offers.models} == {
        "qwen2.5-0.5b": Fits.YES,
        "qwen3-0.6b": Fits.YES,
        "minicpm5-1b": Fits.YES,
        "llama-3.2-1b": Fits.YES,
        "qwen2.5-1.5b": Fits.YES,
        "qwen3-1.7b": Fits.YES,
        "qwen3-4b": Fits.NO,
    }


def test_the_recommended_model_follows_memory_and_speed(offers: Offers) -> None:
    quick, old = Pace(20e9), Pace(2.4e9)

    def suits(free_gb: float, pace: Pace) -> str:
        return offers.suitable(int(free_gb * GB), 4 * GB, pace).name

    assert offers.suitable(6 * GB, 8 * GB, quick).name == "qwen3-4b"
    assert suits(2.5, quick) == "qwen2.5-1.5b"
    assert suits(1.5, quick) == "minicpm5-1b"
    assert suits(0.9, quick) == "qwen2.5-0.5b"
    assert suits(2.5, old) == "qwen2.5-0.5b"
    assert suits(0.1, quick) == "qwen2.5-0.5b"  # close other programs; a smaller one there is not


def test_the_speed_is_estimated_from_models_that_answered(offers: Offers) -> None:
    here = {offer.file: offer.header for offer in offers.models[:2]}
    pace = measured_pace({offers.models[0].file: 10.0, "gone.gguf": 99.0}, here)
    assert pace is not None and pace.measured
    assert pace.words_per_second(offers.models[0].header) == pytest.approx(7.5)
    assert pace.words_per_second(offers.named("qwen2.5-1.5b").header) == pytest.approx(7.5 * 397.8 / 986, rel=1e-3)
    assert measured_pace({"gone.gguf": 99.0}, here) is None


def test_without_a_model_the_speed_follows_the_processor() -> None:
    def pace(*features: Feature) -> float:
        return estimated_pace(Processor("", frozenset(features), True), 2).bytes_per_second

    old, new = pace(Feature.SSE42), pace(Feature.SSE42, Feature.AVX, Feature.F16C, Feature.AVX2)
    assert 0 < old < new
