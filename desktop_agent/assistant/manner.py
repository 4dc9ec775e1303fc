"""How a conversation is answered: its instructions and how words are chosen.

Both come from the settings unless the conversation has its own. Instructions are fixed
in the prompt when it is first laid, so other ones mean that it is laid anew; how words
are chosen is felt from the next answer on and costs nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desktop_agent.assistant.prompt import default_system_prompt
from desktop_agent.errors import BadInput
from desktop_agent.inference.engine import Sampling
from desktop_agent.memory.conversations import Conversations
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Settings

_log = logging.getLogger(__name__)

OWN: tuple[Setting[Any], ...] = (
    catalogue.SYSTEM_PROMPT, catalogue.TEMPERATURE, catalogue.REPLY_TOKENS, catalogue.TOP_P, catalogue.TOP_K,
    catalogue.MIN_P, catalogue.REPEAT_PENALTY,
)  # fmt: skip
"""What a conversation may decide for itself."""


@dataclass(frozen=True, slots=True)
class Manner:
    """The system prompt for a conversation that has none yet, and how the next words are chosen."""

    system: str
    sampling: Sampling


class Manners:
    """The manner of each conversation."""

    shown = OWN
    """The settings that a conversation may have for itself, in the order of a dialog."""

    def __init__(self, settings: Settings, conversations: Conversations) -> None:
        self._settings = settings
        self._conversations = conversations

    async def of(self, conversation: int) -> Manner:
        """How ``conversation`` is answered now."""
        return self.with_own(conversation, await self._conversations.own(conversation))

    def with_own(self, conversation: int, stored: Mapping[str, Any]) -> Manner:
        """How ``conversation`` is answered that has ``stored`` for itself."""
        chosen = {setting: self._settings[setting] for setting in OWN} | _parsed(conversation, stored)
        return Manner(
            chosen[catalogue.SYSTEM_PROMPT].strip() or default_system_prompt(),
            Sampling(
                temperature=chosen[catalogue.TEMPERATURE],
                top_p=chosen[catalogue.TOP_P],
                top_k=chosen[catalogue.TOP_K],
                min_p=chosen[catalogue.MIN_P],
                repeat_penalty=chosen[catalogue.REPEAT_PENALTY],
                reply_tokens=chosen[catalogue.REPLY_TOKENS],
            ),
        )

    async def own(self, conversation: int) -> dict[Setting[Any], Any]:
        """What ``conversation`` has for itself; what is no value any more is left out."""
        return _parsed(conversation, await self._conversations.own(conversation))

    async def change(self, conversation: int, values: Mapping[Setting[Any], Any]) -> None:
        """Let ``conversation`` have ``values`` for itself and everything else from the settings.

        Other instructions take the place of those in its prompt, which is read again from its beginning.

        Raises:
            BadInput: a value is out of range.
            NotFound: there is no such conversation.
        """
        told = {setting.name: setting.parse(value) for setting, value in values.items() if setting in OWN}
        await self._conversations.set_own(conversation, told)
        fixed = await self._conversations.system_prompt(conversation)
        wanted = (await self.of(conversation)).system
        if fixed and fixed != wanted:
            await self._conversations.lay_anew(conversation, wanted)


def _parsed(conversation: int, stored: Mapping[str, Any]) -> dict[Setting[Any], Any]:
    found: dict[Setting[Any], Any] = {}
    for setting in OWN:
        if setting.name in stored:
            try:
                found[setting] = setting.parse(stored[setting.name])
            except BadInput as error:
                _log.warning("conversation %d: %s", conversation, error)
    return found
