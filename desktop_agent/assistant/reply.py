"""The answer of one turn as it grows, and how it is kept."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field, replace

from desktop_agent.assistant.prompt import estimated_tokens
from desktop_agent.errors import AgentError, StorageError
from desktop_agent.events import Answered
from desktop_agent.memory.conversations import Conversations
from desktop_agent.messages import Ending, Message, Usage
from desktop_agent.runtime.retry import Retries, retrying

_log = logging.getLogger(__name__)

SAVE_SECONDS = 2.0
"""How often the part of an answer that exists is written down: all that a power cut can lose."""
STORE_ATTEMPTS = 4
"""Tries to store an answer, over about 2 s; the database itself waits 5 s for another program each time."""
SPEED_SECONDS = 1.0
"""A speed over less than this says nothing."""
SPEED_EVERY_SECONDS = 0.5


@dataclass(slots=True)
class Reply:
    """What was said so far in the row that waits for it; ``error`` says what went wrong, also beside an answer."""

    row: Message
    text: str = ""
    thoughts: str = ""
    ending: Ending = Ending.STOPPED
    engine: str = ""
    usage: Usage | None = None
    error: AgentError | None = None
    begun_at: float = 0.0
    told_at: float = 0.0
    begun_with: int = 0
    """Characters that were there before: an answer may go on."""
    saved_at: float = field(default_factory=time.monotonic)
    closed: bool = False
    """Whether its end is stored, or on its way there."""

    async def grow(self, piece: str, conversations: Conversations) -> float | None:
        """Add ``piece``, and save what is there now and then; tokens a second, estimated, once that can be said."""
        self.text += piece
        now = time.monotonic()
        if now - self.saved_at > SAVE_SECONDS:
            self.saved_at = now
            try:
                await conversations.progress(self.row.id, self.text)
            except StorageError as error:
                # The answer goes on; storing it at its end is tried several times.
                _log.warning("an answer could not be saved on the way: %s", error)
        if not self.begun_at:
            self.begun_at, self.begun_with = now, len(self.text)
        seconds = now - self.begun_at
        # Not with every piece: counting a long answer for each of its words takes more than showing them.
        if seconds <= SPEED_SECONDS or now - self.told_at < SPEED_EVERY_SECONDS:
            return None
        self.told_at = now
        return estimated_tokens(self.text[self.begun_with :]) / seconds

    async def stored(self, conversations: Conversations, retries: Retries) -> Answered:
        """The end of the turn: the answer in its row, or, when it cannot be stored, with the reason."""
        self.closed = True

        async def finish() -> Message:
            return await conversations.finish(
                self.row.id, self.text, ending=self.ending, engine=self.engine, usage=self.usage, trouble=self.error,
                thoughts=self.thoughts,
            )  # fmt: skip

        try:
            # Another program may be writing, or the user may be making room on the disk.
            message = await retrying(
                finish, StorageError, name="storing an answer", attempts=STORE_ATTEMPTS, first_pause_s=0.3,
                counter=retries,
            )  # fmt: skip
        except StorageError as error:
            # It stays readable, with the reason; what was saved on the way stays on the disk.
            self.error = error
            message = replace(self.row, text=self.text, ending=self.ending, engine=self.engine, usage=self.usage)
        return Answered(message, self.error)
