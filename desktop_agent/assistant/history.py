"""What of a conversation the model still sees, and when that changes.

Cutting one old message at each turn would make the model read everything again at
each turn. So history is cut rarely and in large steps: it may grow to
``history_length`` messages (or to the end of the context) and is then halved.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from desktop_agent.assistant.manner import Manner
from desktop_agent.assistant.prompt import Prompt, without_commands
from desktop_agent.errors import TooLong
from desktop_agent.inference.engine import Engine
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.pruning import IMPORTANT, prune
from desktop_agent.memory.turns import Basis
from desktop_agent.messages import Message
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings

_log = logging.getLogger(__name__)

REPLY_SHARE = 4
"""At least one part in so many of the context stays free for the answer."""
NEXT_QUESTION, QUESTION_SHARE = 256, 8
"""Tokens, and at most one part in so many of the context, that are kept free for a question that is not known yet."""


class History:
    """Lays out prompts and remembers, per conversation, what they hold."""

    def __init__(self, settings: Settings, conversations: Conversations) -> None:
        self._settings = settings
        self._conversations = conversations

    async def prompt(
        self, basis: Basis, last: Sequence[Message], engine: Engine, manner: Manner, found_for: Message | None = None
    ) -> Prompt:
        """The prompt that ends with ``last``: a question, and what was said to it when that is to go on.

        ``manner`` says how a conversation without a system prompt begins; ``found_for`` is the
        question when what was found for it is to be stored with the prompt.

        Raises:
            TooLong: ``last`` alone does not fit into the context of ``engine``; nothing is stored.
        """
        conversation = basis.conversation
        earlier = [message for message in without_commands(basis.messages) if message.id < last[0].id]
        system = basis.system_prompt or manner.system
        earlier = self._shortened(earlier)
        room = engine.context_tokens - self._reply_room(engine, manner)
        while True:
            prompt = Prompt.laid(system, [*earlier, *last])
            tokens = await engine.count_messages(prompt.messages)
            if tokens <= room:
                break
            if not earlier:
                raise _too_long(tokens, room)
            earlier = _halved(conversation, earlier, tokens, room)
        ids = [message.id for message in (*earlier, *last)]
        await self._conversations.keep(conversation, ids, system, found_for)
        return prompt

    async def ahead(self, basis: Basis, engine: Engine, manner: Manner) -> Prompt:
        """What the prompt of the next question will begin with; history is cut for it now, if need be.

        So it can be read while nobody waits.
        """
        conversation, before = basis.conversation, without_commands(basis.messages)
        system = basis.system_prompt or manner.system
        earlier = self._shortened(before)
        question_room = min(NEXT_QUESTION, engine.context_tokens // QUESTION_SHARE)
        room = engine.context_tokens - self._reply_room(engine, manner) - question_room
        while True:
            prompt = Prompt.laid(system, earlier)
            if not earlier or (tokens := await engine.count_messages(prompt.messages)) <= room:
                break
            earlier = _halved(conversation, earlier, tokens, room)
        if len(earlier) < len(before):
            if before[-1] not in earlier:
                # All messages after the newest one that is kept come back with the next question.
                earlier = [*earlier, before[-1]]
                prompt = Prompt.laid(system, earlier)
            await self._conversations.keep(conversation, [message.id for message in earlier], system)
        return prompt

    def _shortened(self, messages: list[Message]) -> list[Message]:
        limit = self._settings[catalogue.HISTORY_LENGTH]
        return prune(messages, halved(limit), _important) if len(messages) > limit else messages

    def _reply_room(self, engine: Engine, manner: Manner) -> int:
        return min(manner.sampling.reply_tokens, engine.context_tokens // REPLY_SHARE)


def _too_long(tokens: int, room: int) -> TooLong:
    return TooLong(
        "The message needs about {tokens} tokens; the context has room for {room}.",
        hint="Shorten it, or raise the context length in the settings.",
        tokens=f"{tokens:,}",
        room=f"{room:,}",
    )


def _halved(conversation: int, messages: list[Message], tokens: int, room: int) -> list[Message]:
    _log.info("conversation %d: %d tokens do not fit into %d, history is halved", conversation, tokens, room)
    return prune(messages, len(messages) // 2, _important)


def _important(message: Message) -> bool:
    return message.importance >= IMPORTANT


def halved(limit: int) -> int:
    """How many messages stay when more than ``limit`` are there: half, whole turns where that is possible."""
    half = (limit + 1) // 2
    return min(limit, half + half % 2)
