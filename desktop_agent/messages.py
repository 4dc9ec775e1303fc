"""The records that all layers share: messages, conversations, notes.

Times are seconds since 1970 (UTC). Ids are SQLite row ids.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST_MESSAGE = 200_000
"""Characters in one message. A 2,048-token context holds about 8,000; the rest is room for larger models."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class Role(StrEnum):
    """Who speaks, in the words that chat templates use."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Ending(StrEnum):
    """How an answer came to its end."""

    COMPLETE = "complete"
    LENGTH = "length"
    """The context or the limit for one answer was full."""
    STOPPED = "stopped"
    """The user stopped it, or the program ended while it ran."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Usage:
    """What one answer cost.

    ``prompt_tokens`` is the whole prompt, ``evaluated_tokens`` the part of it that
    was really read; the rest was still in the KV cache.
    """

    prompt_tokens: int = 0
    evaluated_tokens: int = 0
    reply_tokens: int = 0
    first_token_ms: int = 0
    tokens_per_second: float = 0.0


@dataclass(frozen=True, slots=True)
class Note:
    """One thing the assistant was asked to remember.

    ``source`` is any text that names where it came from; ``message`` the message it
    was made from, where there is one.
    """

    id: int
    text: str
    keywords: tuple[str, ...]
    created: float
    important: bool = False
    source: str = ""
    conversation: int | None = None
    message: int | None = None


@dataclass(frozen=True, slots=True)
class FoundNote:
    """A note that a search found; scores only compare within one search."""

    note: Note
    score: float


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation, as stored.

    ``ending``, ``engine`` and ``usage`` belong to answers. ``notes`` are the notes that
    were placed in a question's prompt, as texts: they stay as they were then, also
    when the note is edited or forgotten later.
    """

    id: int
    conversation: int
    role: Role
    text: str
    created: float
    importance: float = 0.0
    notes: tuple[str, ...] = ()
    help: str = ""
    """The passage of the program's help that was placed in the prompt with this question."""
    ending: Ending | None = None
    engine: str = ""
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list; ``title`` is empty until the first question names it."""

    id: int
    title: str
    created: float
    changed: float
    memory: bool = True
    """Whether notes are found and made in this conversation."""


@dataclass(frozen=True, slots=True)
class PromptMessage:
    """One message as the model reads it."""

    role: Role
    text: str
    notes: tuple[str, ...] = ()
    help: str = ""

    @property
    def content(self) -> str:
        """The text with its notes and help before it, in the language of the text."""
        chinese = is_chinese(self.text)
        parts = []
        if self.notes:
            parts.append("\n".join((NOTES_HEADING[chinese], *(f"- {note}" for note in self.notes))))
        if self.help:
            parts.append(f"{HELP_HEADING[chinese]}\n{self.help}")
        return "\n\n".join((*parts, self.text))


NOTES_HEADING = {False: "What you remember about me:", True: "你记得的关于我的事："}
HELP_HEADING = {False: "From the help of this program:", True: "本程序的帮助："}


def is_chinese(text: str) -> bool:
    """Whether ``text`` should be answered in Chinese: it has at least one Han character per three words."""
    han = sum("\u3400" <= letter <= "\u9fff" for letter in text)
    return han > 0 and han * 3 >= len(re.findall(r"[A-Za-z]+", text))


def clean(text: str) -> str:
    """``text`` without what cannot be stored or shown: lone surrogates become U+FFFD, control characters go.

    Line ends become ``\\n``; tabs stay.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWRITABLE.sub(lambda match: "\ufffd" if match[0] >= "\ud800" else "", text)
