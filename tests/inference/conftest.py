"""Engines for tests: threads that end with the test, and a model that is slow enough to be interrupted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from desktop_agent.events import Chunk, EngineEvent, Finished
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.local import LocalEngine
from desktop_agent.messages import PromptMessage, Role
from desktop_agent.runtime.threads import Threads


@pytest.fixture
async def threads() -> AsyncIterator[Threads]:
    threads = Threads()
    yield threads
    assert await threads.close(wait_seconds=60) == ()


@pytest.fixture
async def engine(tiny_model: Path, threads: Threads) -> AsyncIterator[LocalEngine]:
    """The tiny model, not loaded yet."""
    engine = LocalEngine(tiny_model, threads, n_threads=1)
    yield engine
    await engine.close()


@pytest.fixture(scope="session")
def slow_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 MB that take seconds to read 2,000 tokens."""
    from tests.tiny_model import write_tiny_model

    path = tmp_path_factory.mktemp("models") / "slow.gguf"
    return write_tiny_model(
        path, layers=16, width=512, heads=8, kv_heads=8, context=4096, quantized=True, architecture="qwen2"
    )


def user(text: str) -> PromptMessage:
    return PromptMessage(Role.USER, text)


def assistant(text: str) -> PromptMessage:
    return PromptMessage(Role.ASSISTANT, text)


def system(text: str) -> PromptMessage:
    return PromptMessage(Role.SYSTEM, text)


async def answered(engine: LocalEngine, messages: Sequence[PromptMessage], sampling: Sampling) -> tuple[str, Finished]:
    """The whole answer, and how it ended."""
    events: list[EngineEvent] = []
    async with engine.stream(messages, sampling) as stream:
        async for event in stream:
            events.append(event)
    assert isinstance(events[-1], Finished)
    return "".join(event.text for event in events if isinstance(event, Chunk)), events[-1]


def works(engine: LocalEngine) -> bool:
    """Whether a worker is inside the engine now."""
    return engine._working.locked()
