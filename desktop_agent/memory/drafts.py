"""What is written in each conversation and not sent yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_agent.messages import LONGEST_MESSAGE, clean

if TYPE_CHECKING:
    from sqlite3 import Connection

    from desktop_agent.memory.database import Database

_NEW = 0
"""The row of the chat that does not exist yet."""


class Drafts:
    """The drafts of one database; ``conversation`` None is the chat that does not exist yet."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, conversation: int | None) -> str:
        """The draft of a conversation, empty when it has none."""
        query = "SELECT text FROM draft WHERE conversation = ?"
        row = await self._database.read(lambda db: db.execute(query, (conversation or _NEW,)).fetchone())
        return row[0] if row else ""

    async def keep(self, conversation: int | None, text: str) -> None:
        """Store a draft in the place of the one before; an empty one is removed."""
        text = clean(text)[:LONGEST_MESSAGE]
        row = (conversation or _NEW, text)

        def write(db: Connection) -> None:
            if text.strip():
                db.execute("INSERT OR REPLACE INTO draft VALUES (?, ?)", row)
            else:
                db.execute("DELETE FROM draft WHERE conversation = ?", row[:1])
            # Conversations that were deleted meanwhile leave theirs behind.
            db.execute(
                "DELETE FROM draft WHERE conversation <> 0 AND conversation NOT IN (SELECT id FROM conversation)"
            )

        await self._database.write(write)
