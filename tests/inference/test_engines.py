"""Which engine answers, when it is loaded, and when it leaves the memory."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_agent.errors import ModelUnusable
from desktop_agent.events import Chunk, Finished, Loading
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.engines import Engines
from desktop_agent.inference.local import LocalEngine
from desktop_agent.inference.models import Models
from desktop_agent.runtime.lazy import LazyState
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from tests.inference.conftest import user
from tests.tiny_model import write_tiny_model

SHORT = Sampling(reply_tokens=8)


@pytest.fixture
def settings(folder: Folder) -> Settings:
    return Settings.open(folder.settings, {}, {})


@pytest.fixture
def monitor(threads: Threads) -> Monitor:
    return Monitor(threads)


@pytest.fixture
async def engines(
    folder: Folder, settings: Settings, threads: Threads, monitor: Monitor, tmp_path: Path
) -> AsyncIterator[Engines]:
    """No built-in model: the guide answers by rules alone."""
    engines = Engines(settings, threads, monitor, Models(folder.models, tmp_path / "none.gguf", threads))
    yield engines
    await engines.close()


async def who_answers(engines: Engines) -> tuple[str, str]:
    """Name of the engine that ends the answer, and why it is not the chosen one."""
    async with engines.ready() as ready, ready.engine.stream([user("hello")], SHORT) as events:
        async for event in events:
            if isinstance(event, Finished):
                return event.engine, str(ready.fallback_error or "")
    raise AssertionError("no end")


async def until(done) -> None:
    async with asyncio.timeout(60):
        while not done():
            await asyncio.sleep(0.005)


async def test_without_a_chosen_model_the_guide_answers(engines: Engines) -> None:
    assert await who_answers(engines) == ("guide", "")
    assert (engines.label, engines.memory_bytes) == ("", 0)


async def test_the_chosen_model_is_loaded_when_first_needed(
    engines: Engines, tiny_model: Path, monitor: Monitor
) -> None:
    model = await engines.select(tiny_model)
    assert model is not None and model.name == "tiny"
    assert (engines.state, engines.label, monitor.model_bytes) == (LazyState.EMPTY, "tiny", 0)
    told: list[Loading] = []
    async with engines.ready(told.append) as ready:
        assert (ready.engine.name, ready.fallback_error) == ("tiny.gguf", None)
        assert engines.state is LazyState.READY
        assert monitor.model_bytes == engines.memory_bytes == ready.engine.memory_bytes > 0
    assert told[0] == Loading("tiny", 0.0)
    assert [event.fraction for event in told] == sorted(event.fraction for event in told)
    assert await who_answers(engines) == ("tiny.gguf", "")


async def test_a_model_in_the_settings_that_cannot_be_loaded_gives_way_to_the_guide(
    engines: Engines, settings: Settings, tmp_path: Path
) -> None:
    settings.set(catalogue.MODEL, str(tmp_path / "gone.gguf"))
    name, why = await who_answers(engines)
    assert name == "guide"
    assert "There is no model file" in why
    # It is tried again with each question: the disk may be back.
    write_tiny_model(tmp_path / "gone.gguf")
    assert await who_answers(engines) == ("gone.gguf", "")


async def test_choosing_an_unusable_model_changes_nothing(
    engines: Engines, settings: Settings, tiny_model: Path, tmp_path: Path
) -> None:
    await engines.select(tiny_model)
    (tmp_path / "bad.gguf").write_text("no")
    with pytest.raises(ModelUnusable):
        await engines.select(tmp_path / "bad.gguf")
    assert settings[catalogue.MODEL] == str(tiny_model)
    assert await who_answers(engines) == ("tiny.gguf", "")


async def test_another_choice_takes_effect_with_the_next_question(
    engines: Engines, tiny_model: Path, tmp_path: Path
) -> None:
    other = write_tiny_model(tmp_path / "别的 other.gguf", seed=3)
    await engines.select(tiny_model)
    async with engines.ready() as ready:
        old = ready.engine
        await engines.select(other)
        # The answer that runs keeps its model.
        async with old.stream([user("hello")], SHORT) as events:
            assert [event async for event in events if isinstance(event, Chunk)]
    assert await who_answers(engines) == ("别的 other.gguf", "")
    assert old.memory_bytes == 0
    await engines.select("")
    assert await who_answers(engines) == ("guide", "")
    await until(lambda: engines.memory_bytes == 0)


async def test_who_waits_for_a_model_gets_the_one_that_is_chosen_meanwhile(
    engines: Engines, settings: Settings, slow_model: Path, tiny_model: Path
) -> None:
    settings.set(catalogue.MODEL, str(slow_model))
    begun = asyncio.Event()

    async def ask() -> str:
        async with engines.ready(lambda _: begun.set()) as ready:
            return ready.engine.name

    asking = asyncio.create_task(ask())
    await begun.wait()
    settings.set(catalogue.MODEL, str(tiny_model))
    assert await asking == "tiny.gguf"
    async with engines.ready() as ready:
        assert engines.memory_bytes == ready.engine.memory_bytes


async def test_a_larger_context_loads_the_model_again(engines: Engines, settings: Settings, tmp_path: Path) -> None:
    await engines.select(write_tiny_model(tmp_path / "m.gguf", context=4096))
    for tokens in (1024, 2048):
        settings.set(catalogue.CONTEXT_TOKENS, tokens)
        async with engines.ready() as ready:
            assert ready.engine.context_tokens == tokens


async def test_an_idle_model_leaves_the_memory_and_comes_back(
    engines: Engines, tiny_model: Path, monitor: Monitor
) -> None:
    await engines.select(tiny_model)
    await who_answers(engines)
    assert engines.memory_bytes > 0
    engines._local.idle_seconds = 0.01  # the setting counts minutes
    await until(lambda: engines.state is LazyState.EMPTY and monitor.model_bytes == 0)
    await until(lambda: len(monitor.acts.all()) == 1)
    assert "the model left the memory" in monitor.acts.all()[0].told()
    assert await who_answers(engines) == ("tiny.gguf", "")


async def test_stop_while_the_model_is_loaded_ends_the_loading(
    engines: Engines, settings: Settings, slow_model: Path
) -> None:
    settings.set(catalogue.MODEL, str(slow_model))

    async def ask() -> None:
        async with engines.ready(lambda _: asking.cancel()):
            raise AssertionError("it was not stopped")

    asking = asyncio.create_task(ask())
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert (engines.state, engines.memory_bytes) == (LazyState.EMPTY, 0)


async def test_a_damaged_built_in_model_leaves_a_guide_that_answers(
    folder: Folder, settings: Settings, threads: Threads, monitor: Monitor, tmp_path: Path
) -> None:
    (tmp_path / "guide.gguf").write_bytes(b"GGUF")
    engines = Engines(settings, threads, monitor, Models(folder.models, tmp_path / "guide.gguf", threads))
    assert await who_answers(engines) == ("guide", "")
    await engines.close()


async def test_the_built_in_model_is_a_choice_like_no_choice(
    folder: Folder, settings: Settings, threads: Threads, monitor: Monitor, tmp_path: Path, tiny_model: Path
) -> None:
    builtin = Path(shutil.copy(tiny_model, tmp_path / "guide.gguf"))
    engines = Engines(settings, threads, monitor, Models(folder.models, builtin, threads))
    await engines.select(builtin)
    assert settings[catalogue.MODEL] == ""
    assert (await who_answers(engines))[0] == "guide"
    assert engines.memory_bytes > 0
    # One model at a time: the guide's leaves when another is chosen.
    await engines.select(tiny_model)
    async with engines.ready() as ready:
        assert engines.memory_bytes == ready.engine.memory_bytes
    await engines.close()


async def test_computing_ahead_follows_its_setting_without_a_reload(
    engines: Engines, settings: Settings, tiny_model: Path
) -> None:
    await engines.select(tiny_model)
    async with engines.ready() as ready:
        assert isinstance(ready.engine, LocalEngine) and not ready.engine.lookup
        settings.set(catalogue.PROMPT_LOOKUP, True)
        assert ready.engine.lookup
        loaded = ready.engine
    await engines.unload()
    async with engines.ready() as ready:
        assert isinstance(ready.engine, LocalEngine) and ready.engine is not loaded and ready.engine.lookup
