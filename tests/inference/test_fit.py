"""Whether a model fits is known from its header, before anything is loaded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference.engines import Engines
from desktop_agent.inference.fit import DoesNotFit, Fits, fit
from desktop_agent.inference.gguf import Header, read_header
from desktop_agent.inference.judge import Judge
from desktop_agent.inference.models import Models
from desktop_agent.inference.plan import RESERVE, Wish
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.readings import Computer, Reading
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from tests.inference.test_engines import who_answers
from tests.tiny_model import write_tiny_model

MB = 1 << 20
RAM = 4096 * MB


@pytest.fixture
def header(tmp_path: Path) -> Header:
    """A small model whose conversations take much memory: 16 MB for 512 tokens."""
    return read_header(write_tiny_model(tmp_path / "m.gguf", context=32768, width=512, heads=8, kv_heads=8, layers=16))


@pytest.fixture
async def engines(folder: Folder, threads: Threads, tmp_path: Path) -> AsyncIterator[Engines]:
    settings = Settings.open(folder.settings, {}, {})
    models = Models(folder.models, tmp_path / "none.gguf", threads)
    engines = Engines(settings, threads, Monitor(threads), models)
    yield engines
    await engines.close()


def free(monkeypatch: pytest.MonkeyPatch, count: int, total: int = RAM) -> None:
    """Let the computer say that ``count`` bytes of RAM are free."""
    monkeypatch.setattr(Computer, "read", lambda _: Reading(ram_total=total, ram_free=count, ram_used=total - count))


def test_what_a_model_takes_is_told_in_parts(header: Header) -> None:
    found = fit(header, Wish(2048), 1000 * MB, RAM)
    assert found.weights_bytes == header.weights_bytes
    assert found.kv_bytes == 64 * MB
    assert found.needed_bytes == found.weights_bytes + found.kv_bytes + found.buffers_bytes == header.needed_bytes(2048)
    assert found.stays_free_bytes == 1000 * MB - found.needed_bytes
    assert (found.fits, found.smaller_context) == (Fits.YES, None)


def test_a_context_larger_than_the_model_knows_is_not_counted(tiny_model: Path) -> None:
    assert fit(read_header(tiny_model), Wish(32768), RAM, RAM) == fit(read_header(tiny_model), Wish(512), RAM, RAM)


def test_what_leaves_little_memory_is_tight(header: Header) -> None:
    needed = header.needed_bytes(2048)
    assert fit(header, Wish(2048), needed + RESERVE + 1, RAM).fits is Fits.YES
    assert fit(header, Wish(2048), needed + RESERVE - 1, RAM).fits is Fits.TIGHT
    assert fit(header, Wish(2048), needed, RAM).fits is Fits.TIGHT
    assert fit(header, Wish(2048), needed - 1, RAM).fits is Fits.NO


def test_the_largest_context_that_fits_is_offered(header: Header) -> None:
    found = fit(header, Wish(32768), header.needed_bytes(4096) + 10, RAM)
    assert (found.fits, found.smaller_context) == (Fits.NO, 4096)
    assert fit(header, Wish(4096), header.needed_bytes(4096) + 10, RAM).fits is not Fits.NO
    assert fit(header, Wish(32768), header.needed_bytes(512) - 1, RAM).smaller_context is None
    assert "a context of 4096 tokens" in str(found.error())


def test_half_the_precision_takes_about_half_the_memory_for_the_conversation(header: Header) -> None:
    full, half = (fit(header, Wish(32768, kind), RAM, RAM) for kind in ("f16", "q8_0"))
    assert half.kv_bytes / full.kv_bytes == pytest.approx(34 / 64)
    assert (half.weights_bytes, half.buffers_bytes) == (full.weights_bytes, full.buffers_bytes)


def test_weights_that_stay_in_their_file_need_no_room(header: Header) -> None:
    low = fit(header, Wish(2048, low_memory="on"), RAM, RAM)
    assert low.needed_bytes == low.kv_bytes + low.buffers_bytes


def test_a_computer_that_does_not_say_what_is_free_has_enough(header: Header) -> None:
    found = fit(header, Wish(32768), None, None)
    assert (found.fits, found.stays_free_bytes, found.far_too_large) == (Fits.YES, None, False)


async def test_a_model_far_too_large_is_not_even_tried(
    engines: Engines, header: Header, monkeypatch: pytest.MonkeyPatch, folder: Folder
) -> None:
    large = replace(header, weights_bytes=2000 * MB)
    free(monkeypatch, 1000 * MB)
    judge = Judge(folder.models / "verdicts.json", engines._threads)
    with pytest.raises(DoesNotFit, match=r"m.gguf needs \d+ MB of memory, but only 1000 MB are free"):
        await judge.judge(large, Wish())
    # In a moment there will be room: the trial waits for that.
    await judge.judge(large, Wish(), held_bytes=1200 * MB)
    assert not (folder.models / "verdicts.json").exists()


async def test_the_guide_answers_for_a_model_that_does_not_fit_until_the_user_insists(
    engines: Engines, header: Header, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_agent.inference.fit.FAR_BYTES", MB)
    monkeypatch.setattr("desktop_agent.inference.fit.FAR_SHARE", 0)
    free(monkeypatch, 50 * MB)
    engines._settings.set(catalogue.MODEL, str(header.path))
    name, why = await who_answers(engines)
    assert name == "guide"
    assert "but only 50 MB are free" in why
    await engines.insist(header.path)
    assert (await who_answers(engines))[0] == "m.gguf"


async def test_a_model_that_is_tight_is_never_refused(
    engines: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_tiny_model(tmp_path / "small.gguf")
    free(monkeypatch, read_header(path).needed_bytes(512) - 100)
    assert (await engines.fit(path)).fits is Fits.NO
    await engines.select(path)
    assert (await who_answers(engines))[0] == "small.gguf"


async def test_what_could_never_fit_is_refused_however_much_the_user_insists(
    engines: Engines, header: Header, monkeypatch: pytest.MonkeyPatch
) -> None:
    free(monkeypatch, 50 * MB, total=60 * MB)
    engines._settings.set(catalogue.MODEL, str(header.path))
    await engines.insist(header.path)
    assert (await who_answers(engines))[0] == "guide"


async def test_memory_of_the_model_in_use_counts_as_free(engines: Engines, tiny_model: Path) -> None:
    await engines.select(tiny_model)
    before = await engines._models.fit(tiny_model, Wish())
    async with engines.ready():
        held = engines.memory_bytes
        during = await engines.fit(tiny_model, 512)
    assert held > 0
    assert during.free_bytes is not None and before.free_bytes is not None
    # Other programs move some memory meanwhile.
    assert during.free_bytes > before.free_bytes + held - 500 * MB


async def test_a_file_that_is_no_model_fits_nowhere(engines: Engines, tmp_path: Path) -> None:
    (tmp_path / "no.gguf").write_text("no")
    with pytest.raises(ModelUnusable, match="not a GGUF model"):
        await engines.fit(tmp_path / "no.gguf")
