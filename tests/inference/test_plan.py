"""How a model is brought into memory, by what is free."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference.gguf import read_header
from desktop_agent.inference.header import Header
from desktop_agent.inference.plan import LEAST_CONTEXT, RESERVE, Plan, Wish, planned
from tests.tiny_model import write_tiny_model

GB = 1 << 30


@pytest.fixture(scope="module")
def header(tmp_path_factory: pytest.TempPathFactory) -> Header:
    """A model of some 40 MB whose conversation takes more than itself."""
    path = tmp_path_factory.mktemp("models") / "m.gguf"
    return read_header(write_tiny_model(path, layers=16, width=512, heads=8, kv_heads=8, context=8192, quantized=True))


def test_with_enough_memory_a_model_is_loaded_as_asked(header: Header) -> None:
    assert planned(header, Wish(4096), 8 * GB, 4 * GB) == Plan(4096)
    assert planned(header, Wish(4096), None, None) == Plan(4096)


def test_the_context_is_no_larger_than_the_model_was_trained_for(header: Header) -> None:
    plan = planned(header, Wish(32768), 8 * GB, 4 * GB)
    assert (plan.context_tokens, plan.lowered_from) == (8192, 0)


def test_when_memory_is_short_the_weights_stay_in_the_file(header: Header) -> None:
    free = RESERVE + header.needed_bytes(4096) - 1
    plan = planned(header, Wish(4096), 8 * GB, free)
    assert plan.low_memory
    assert plan.context_tokens == 4096
    assert not planned(header, Wish(4096, low_memory="off"), 8 * GB, free).low_memory


def test_low_memory_mode_can_be_asked_for(header: Header) -> None:
    plan = planned(header, Wish(2048, low_memory="on"), 64 * GB, 60 * GB)
    assert plan.low_memory
    assert plan.batch_tokens < 128


def test_a_context_that_does_not_fit_is_lowered(header: Header) -> None:
    free = RESERVE + header.kv_bytes(2048) + header.buffers_bytes(2048)
    plan = planned(header, Wish(8192), 8 * GB, free)
    assert plan.low_memory
    assert LEAST_CONTEXT <= plan.context_tokens <= 2048
    assert plan.lowered_from == 8192
    assert plan.context_tokens % 256 == 0
    assert planned(header, Wish(8192, low_memory="off"), 8 * GB, 0).context_tokens == LEAST_CONTEXT


def test_half_precision_leaves_room_for_more(header: Header) -> None:
    free = RESERVE + header.needed_bytes(4096, kv_type="q8_0")
    assert planned(header, Wish(4096, "q8_0"), 8 * GB, free) == Plan(4096, kv_type="q8_0")
    assert planned(header, Wish(4096, "f16"), 8 * GB, free).low_memory


def test_a_model_whose_heads_are_too_small_holds_its_conversation_in_full(tiny_model: Path) -> None:
    assert planned(read_header(tiny_model), Wish(512, "q8_0"), None, None).kv_type == "f16"


def test_a_model_that_this_computer_can_never_hold_is_refused(header: Header) -> None:
    with pytest.raises(ModelUnusable, match="this computer has 30 MB"):
        planned(header, Wish(512), 30 << 20, 20 << 20)
