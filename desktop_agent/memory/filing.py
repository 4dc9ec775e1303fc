"""Where conversations are kept beside the list: pinned on top of it, or in the trash.

What is in the trash is not listed, not searched and not deleted: it comes back as it was,
until it has been there for too long.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from desktop_agent.memory.message_rows import CONVERSATION
from desktop_agent.memory.message_rows import conversation as conversation_of
from desktop_agent.messages import Conversation

if TYPE_CHECKING:
    from desktop_agent.memory.conversations import Conversations
    from desktop_agent.memory.database import Database

DAY_SECONDS = 86_400.0


class Filing:
    """The pinned and the thrown away conversations of one database.

    Whoever names a conversation that is not there gets ``NotFound``.
    """

    def __init__(self, database: Database, conversations: Conversations) -> None:
        self._database = database
        self._conversations = conversations

    async def pin(self, conversation: int, pinned: bool) -> Conversation:
        """Keep it on top of the list, or no longer."""
        return await self._conversations.change(conversation, "pinned", pinned)

    async def throw_away(self, conversation: int) -> Conversation:
        """Put it into the trash."""
        return await self._conversations.change(conversation, "thrown_away", time.time())

    async def take_back(self, conversation: int) -> Conversation:
        """Take it out of the trash, as it was."""
        return await self._conversations.change(conversation, "thrown_away", None)

    async def thrown_away(self) -> tuple[Conversation, ...]:
        """What is in the trash, the newest there first."""
        query = (
            f"SELECT {CONVERSATION} FROM conversation WHERE thrown_away IS NOT NULL ORDER BY thrown_away DESC, id DESC"
        )
        rows = await self._database.read(lambda db: db.execute(query).fetchall())
        return tuple(conversation_of(row) for row in rows)

    async def empty(self, after_days: float = 0.0) -> int:
        """Delete for good what has been in the trash for ``after_days`` or longer; how many that were."""
        latest = time.time() - after_days * DAY_SECONDS
        old = [one for one in await self.thrown_away() if (one.thrown_away or 0.0) <= latest]
        for conversation in old:
            await self._conversations.delete(conversation.id)
        return len(old)
