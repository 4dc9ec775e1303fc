"""A search through the messages of a database: what is new is entered first, as far as that is quickly done."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from desktop_agent.memory import message_search
from desktop_agent.memory.message_rows import get_conversation, get_message
from desktop_agent.memory.sought import Sought, as_read
from desktop_agent.messages import Hit, Role, clean

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.memory.database import Database

ENTERING_S = 0.3
"""A search spends no more on entering: after an import there may be a hundred thousand new messages."""
PAUSE_S = 0.01
"""Between two batches in the background, so that others get to the database at once."""
_MOST_PASSED = 1_000
"""Hits in the trash that a search passes over."""
_THROWN_AWAY = """
    SELECT count(*) FROM message WHERE conversation IN (SELECT id FROM conversation WHERE thrown_away IS NOT NULL)
"""


async def find(database: Database, text: str, limit: int) -> tuple[tuple[Hit, ...], bool]:
    """As ``Conversations.find``, and whether messages remain that are not in the index."""
    wanted = clean(text).strip()
    if not wanted or limit < 1:
        return (), False
    until = time.monotonic() + ENTERING_S
    while behind := await database.write(message_search.enter_new) == message_search.BATCH:
        if time.monotonic() >= until:
            break

    def search(db: Connection) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        sought = Sought(wanted)
        thrown_away = db.execute(_THROWN_AWAY).fetchone()[0]
        for number in message_search.search(db, wanted, limit + min(thrown_away, _MOST_PASSED)):
            message = get_message(db, number)
            conversation = get_conversation(db, message.conversation)
            if conversation.thrown_away is None and len(hits) < limit:
                shown, marks = message_search.excerpt(
                    message.text if message.role is Role.USER else as_read(message.text), sought
                )
                hits.append(Hit(conversation, message, shown, marks))
        return tuple(hits)

    return await database.read(search), behind


async def catch_up(database: Database) -> None:
    """Enter everything."""
    while await database.write(message_search.enter_new) == message_search.BATCH:
        await asyncio.sleep(PAUSE_S)
