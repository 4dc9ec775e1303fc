"""A whole program without a face, with a tiny model that answers nonsense."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import pytest

from desktop_agent.app import App, open_app
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder


class Open(Protocol):
    """Opens the program on the folder of the test, with settings given as on the command line."""

    def __call__(self, **settings: str) -> AbstractAsyncContextManager[App]: ...


@pytest.fixture
def opened(folder: Folder, tiny_model: Path) -> Open:
    @asynccontextmanager
    async def opening(**settings: str) -> AsyncIterator[App]:
        # One thread: two that wait for each other on a busy computer stand still most of the time.
        given = {
            "model": str(tiny_model), "threads": "1", "temperature": "0", "reply_tokens": "24", "context_tokens": "512",
        } | settings  # fmt: skip
        async with open_app(folder, Settings.open(folder.settings, {}, given)) as app:
            yield app

    return opening
