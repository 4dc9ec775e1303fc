"""Other programs come first while a model computes."""

from __future__ import annotations

import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.local import LocalEngine
from desktop_agent.runtime.threads import NICE, Threads
from tests.inference.conftest import answered, user


@pytest.fixture
async def background() -> AsyncIterator[Threads]:
    threads = Threads(background=True)
    yield threads
    assert await threads.close(wait_seconds=60) == ()


def threads_now() -> set[int]:
    return {int(entry.name) for entry in Path("/proc/self/task").iterdir()}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the priority of each thread")
async def test_all_threads_that_compute_let_other_programs_go_first(background: Threads, tiny_model: Path) -> None:
    before, own = threads_now(), os.getpriority(os.PRIO_PROCESS, 0)
    engine = LocalEngine(tiny_model, background, n_threads=3)
    try:
        await answered(engine, [user("Hello")], Sampling(temperature=0, reply_tokens=8))
        # Those that llama.cpp started stay and wait for the next answer: the worker and two helpers at least.
        started = threads_now() - before
        assert len(started) >= 3
        assert {os.getpriority(os.PRIO_PROCESS, thread) for thread in started} == {min(own + NICE, 19)}
        assert os.getpriority(os.PRIO_PROCESS, 0) == own
    finally:
        await engine.close()
