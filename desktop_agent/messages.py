"""The records that all layers share: messages, conversations, notes.

Times are seconds since 1970 (UTC). Ids are SQLite row ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop_agent.errors import AgentError
from desktop_agent.letters import LONGEST_MESSAGE as LONGEST_MESSAGE
from desktop_agent.letters import clean as clean
from desktop_agent.letters import is_chinese as is_chinese


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


LEAST_TOKENS, LEAST_SECONDS = 8, 0.05
"""A speed over less says nothing: the built-in guide's "You're welcome." came at 1,011 tokens a second."""


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

    @property
    def speed(self) -> float | None:
        """``tokens_per_second`` as it may be shown; None where too little was measured to say."""
        if self.reply_tokens < LEAST_TOKENS or self.tokens_per_second <= 0:
            return None
        seconds = (self.reply_tokens - 1) / self.tokens_per_second
        return self.tokens_per_second if seconds >= LEAST_SECONDS else None


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


class DocumentKind(StrEnum):
    """What an attached file is, as far as it can be read."""

    TEXT = "text"
    MARKDOWN = "markdown"
    PDF = "pdf"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Document:
    """An attached file: ``bytes`` of the file, ``letters`` of the text that was read from it.

    ``pages`` is 0 where a file has none that a person would count.
    """

    id: int
    name: str
    kind: DocumentKind
    bytes: int
    pages: int
    letters: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of an attached file as it stands in a prompt; pages ``first`` to ``last``, 0 for the whole file
    or for one without pages."""

    document: int
    name: str
    first: int
    last: int
    text: str


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
    files: tuple[Document, ...] = ()
    """What was attached to a question."""
    passages: tuple[Passage, ...] = ()
    """The parts of attached files that were placed in the prompt with this question."""
    trouble: AgentError | None = None
    """Why an answer failed, or came from another engine than the chosen one."""
    thoughts: str = ""
    """What the model thought before it answered."""


@dataclass(frozen=True, slots=True)
class ServerModel:
    """A model on a server; ``address`` is the base of its requests, as ``inference/remote_address.py`` writes it."""

    address: str
    model: str

    @property
    def host(self) -> str:
        """``192.168.1.5:8080``, as it is shown to people."""
        return self.address.partition("//")[2].partition("/")[0]

    @property
    def engine(self) -> str:
        """What is stored with its answers."""
        return f"{self.model}{AT}{self.host}"


AT = " @ "
"""Parts model and host in the engine of an answer that came from a server; no file of a model has it in its name."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in the list; ``title`` is empty until the first question names it."""

    id: int
    title: str
    created: float
    changed: float
    memory: bool = True
    """Whether notes are found and made in this conversation."""
    server: ServerModel | None = None
    """The only one that may be sent this conversation; None when it stays on this computer."""
    pinned: bool = False
    """Whether it stays on top of the list."""
    thrown_away: float | None = None
    """Since when it is in the trash; None when it is not there."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found. ``excerpt`` is the part of its text around the first hit, on one line;
    ``marks`` are the (start, end) in it of what was looked for."""

    conversation: Conversation
    message: Message
    excerpt: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PromptMessage:
    """One message as the model reads it."""

    role: Role
    text: str
    notes: tuple[str, ...] = ()
    help: str = ""
    passages: tuple[Passage, ...] = ()
    made: tuple[str, ...] | None = None
    """What was noted from this message; ``None`` when that is not known."""

    @property
    def content(self) -> str:
        """The text with its notes, help and parts of files before it, in the language of the text."""
        chinese = is_chinese(self.text)
        parts = []
        if self.notes:
            parts.append("\n".join((NOTES_HEADING[chinese], *(f"- {note}" for note in self.notes))))
        if self.help:
            parts.append(f"{HELP_HEADING[chinese]}\n{self.help}")
        parts += [f"{passage_heading(passage, chinese)}\n{passage.text}" for passage in self.passages]
        return "\n\n".join((*parts, self.text))


NOTES_HEADING = {False: "What you remember about me:", True: "你记得的关于我的事："}
HELP_HEADING = {False: "From the help of this program:", True: "本程序的帮助："}


def passage_heading(passage: Passage, chinese: bool) -> str:
    """The line before a part of a file in a prompt: ``From the file report.pdf, page 12:``."""
    name = " ".join(passage.name.split())
    if not passage.first:
        return f"文件 {name}：" if chinese else f"From the file {name}:"
    if passage.first == passage.last:
        return f"文件 {name} 第 {passage.first} 页：" if chinese else f"From the file {name}, page {passage.first}:"
    if chinese:
        return f"文件 {name} 第 {passage.first} 至 {passage.last} 页："
    return f"From the file {name}, pages {passage.first} to {passage.last}:"
