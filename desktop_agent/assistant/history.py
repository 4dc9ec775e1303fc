"""What of a conversation the model still sees, and when that changes.

Cutting one old message at each turn would make the model read everything again at
each turn. So history is cut rarely and in large steps: it may grow to
``history_length`` messages (or to the end of the context) and is then halved.
"""

from __future__ import annotations

import logging

from desktop_agent.assistant.prompt import Prompt, without_commands
from desktop_agent.errors import TooLong
from desktop_agent.inference.engine import Engine
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.pruning import IMPORTANT, prune
from desktop_agent.messages import Message, PromptMessage, Role
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings

_log = logging.getLogger(__name__)

REPLY_SHARE = 4
"""At least one part in so many of the context stays free for the answer."""


class History:
    """Lays out prompts and remembers, per conversation, what they hold."""

    def __init__(self, settings: Settings, conversations: Conversations) -> None:
        self._settings = settings
        self._conversations = conversations

    async def prompt(self, conversation: int, question: Message, engine: Engine, system: str) -> Prompt:
        """The prompt that ends with ``question``; ``system`` counts for a conversation without one.

        Raises:
            TooLong: the question alone does not fit into the context of ``engine``.
        """
        earlier = await self._earlier(conversation, question)
        system = await self._conversations.system_prompt(conversation) or system
        limit = self._settings[catalogue.HISTORY_LENGTH]
        if len(earlier) > limit:
            earlier = prune(earlier, halved(limit), _important)
        room = engine.context_tokens - self._reply_room(engine)
        while True:
            prompt = Prompt.laid(system, [*earlier, question])
            tokens = await engine.count_messages(prompt.messages)
            if tokens <= room:
                break
            if not earlier:
                raise await self._too_long(engine, question, tokens, room)
            _log.info("conversation %d: %d tokens do not fit into %d, history is halved", conversation, tokens, room)
            earlier = prune(earlier, len(earlier) // 2, _important)
        await self._conversations.keep(conversation, [message.id for message in (*earlier, question)], system)
        return prompt

    async def _earlier(self, conversation: int, question: Message) -> list[Message]:
        """The messages before ``question`` that the last prompt held or that came after it."""
        messages = without_commands(await self._conversations.messages(conversation))
        kept = await self._conversations.kept(conversation)
        before = [message for message in messages if message.id < question.id]
        if not kept:
            return before
        held, last = frozenset(kept), max(kept)
        return [message for message in before if message.id in held or message.id > last]

    def _reply_room(self, engine: Engine) -> int:
        return min(self._settings[catalogue.REPLY_TOKENS], engine.context_tokens // REPLY_SHARE)

    async def _too_long(self, engine: Engine, question: Message, tokens: int, room: int) -> TooLong:
        alone = await engine.count_messages((PromptMessage(Role.USER, question.text),))
        return TooLong(
            "The message needs about {tokens} tokens; the context has room for {room}.",
            hint="Shorten it, or raise the context length in the settings.",
            tokens=f"{max(alone, tokens):,}",
            room=f"{room:,}",
        )


def _important(message: Message) -> bool:
    return message.importance >= IMPORTANT


def halved(limit: int) -> int:
    """How many messages stay when more than ``limit`` are there: half, whole turns where that is possible."""
    half = (limit + 1) // 2
    return min(limit, half + half % 2)
