"""An open database in a folder of its own, with conversations and notes."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.note_files import Words
from desktop_agent.memory.notes import Notes
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder


@pytest.fixture
async def database(folder: Folder) -> AsyncIterator[Database]:
    database = await Database.open(folder.database, folder.backups)
    yield database
    await database.close()


@pytest.fixture
async def threads() -> AsyncIterator[Threads]:
    threads = Threads()
    yield threads
    await threads.close()


@pytest.fixture
def cache() -> Cache[str, Words]:
    return Cache(100, 300, "words")


@pytest.fixture
def notes(database: Database, threads: Threads, cache: Cache[str, Words]) -> Notes:
    return Notes(database, threads, cache)


@pytest.fixture
def conversations(database: Database) -> Conversations:
    return Conversations(database)
