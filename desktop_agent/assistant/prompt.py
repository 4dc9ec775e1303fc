"""The prompt of a conversation, which only grows at its end.

On an old laptop the worst wait is reading a prompt again, so a ``Prompt`` offers just
two operations: ``followed_by``, which keeps every token that was read, and
``Prompt.laid``, which lays the whole prompt anew. Nothing else can make one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from desktop_agent.messages import Message, PromptMessage, Role
from desktop_agent.system import resources

COMMANDS_ENGINE = "commands"
"""Engine of the answers that run-time commands give; neither question nor answer is shown to a model."""

_MISSING_QUESTION = "…"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model reads: the system prompt first, then questions and answers in turn."""

    messages: tuple[PromptMessage, ...]

    @classmethod
    def laid(cls, system: str, history: Iterable[Message]) -> Prompt:
        """The prompt for ``system`` and ``history`` (oldest first), read from its beginning.

        Models expect questions and answers to alternate, and many templates refuse
        anything else: messages of one side that follow one another, as pruning and
        stopped answers leave them, are joined.
        """
        prompt = cls((PromptMessage(Role.SYSTEM, system),) if system else ())
        for message in history:
            if message.text or message.role is Role.USER:
                prompt = prompt.followed_by(prompt_message(message))
        return prompt

    def followed_by(self, message: PromptMessage) -> Prompt:
        """This prompt with ``message`` at its end."""
        last = self.messages[-1] if self.messages else None
        if last is not None and last.role is message.role is not Role.SYSTEM:
            notes = (*last.notes, *(note for note in message.notes if note not in last.notes))
            joined = PromptMessage(
                message.role,
                f"{last.text}\n\n{message.text}",
                notes,
                message.help or last.help,
                (*last.passages, *message.passages),
            )
            return Prompt((*self.messages[:-1], joined))
        if message.role is Role.ASSISTANT and (last is None or last.role is Role.SYSTEM):
            return Prompt((*self.messages, PromptMessage(Role.USER, _MISSING_QUESTION), message))
        return Prompt((*self.messages, message))


def prompt_message(message: Message) -> PromptMessage:
    """A stored message as the model reads it: with the notes and the help it was given then."""
    return PromptMessage(message.role, message.text, message.notes, message.help, message.passages)


def without_commands(messages: Iterable[Message]) -> list[Message]:
    """The messages a model may see: run-time commands and their answers left out."""
    seen: list[Message] = []
    for message in messages:
        if message.engine == COMMANDS_ENGINE:
            if seen and seen[-1].role is Role.USER:
                seen.pop()
            continue
        seen.append(message)
    return seen


@cache
def default_system_prompt() -> str:
    """What every conversation begins with unless the user wrote something else."""
    return (resources() / "prompts" / "system.txt").read_text("utf-8").strip()


def estimated_tokens(text: str) -> int:
    """About how many tokens ``text`` has, for budgets that may be met roughly and cheaply.

    One per Han character and 1.4 per word of other scripts: within 25 % of the
    byte-level vocabularies of the Qwen family on mixed text.
    """
    han = sum("\u3400" <= letter <= "\u9fff" for letter in text)
    return han + round(1.4 * len(re.findall(r"[^\W\u3400-\u9fff]+|[^\w\s]", text)))
