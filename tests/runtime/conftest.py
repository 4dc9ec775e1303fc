"""Loops to run on, threads that end with the test, and the log as a list."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest

from desktop_agent.runtime.threads import Threads

R = TypeVar("R")
Run = Callable[[Coroutine[Any, Any, R]], R]
LONGEST_S = 60.0


async def until(condition: Callable[[], object], seconds: float = LONGEST_S) -> None:
    """Wait until ``condition`` holds; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "what was waited for never came"
        await asyncio.sleep(0.002)


@pytest.fixture(params=["asyncio", "qasync"])
def run(request: pytest.FixtureRequest) -> Iterator[Run[Any]]:
    """Runs a coroutine to its end, on a plain loop and on the window's."""
    if request.param == "asyncio":
        yield lambda work: asyncio.run(asyncio.wait_for(work, LONGEST_S))
        return
    import qasync

    app = request.getfixturevalue("qapp")

    def on_qt(work: Coroutine[Any, Any, R]) -> R:
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
            return runner.run(asyncio.wait_for(work, LONGEST_S))

    yield on_qt


@pytest.fixture
async def threads() -> AsyncIterator[Threads]:
    threads = Threads()
    yield threads
    assert await threads.close(wait_seconds=60) == ()


class _Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def logged() -> Iterator[list[logging.LogRecord]]:
    """What the program logs; at the end of a test that uses this there is no other trace of it."""
    logger, handler = logging.getLogger("desktop_agent"), _Kept()
    level, kept = logger.level, logger.propagate
    logger.addHandler(handler)
    logger.propagate = False
    logger.setLevel(logging.INFO)
    yield handler.records
    logger.removeHandler(handler)
    logger.setLevel(level)
    logger.propagate = kept
