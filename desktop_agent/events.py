"""What happens in one turn, in order, the same for window, server and command line.

``Asked`` first; then any of ``Remembered``, ``Recalled``, ``Waiting``, ``Loading``,
``Reading``, ``Thought`` and ``Chunk``; ``Answered`` last, whatever happened.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_agent.errors import AgentError
from desktop_agent.messages import Ending, FoundNote, Message, Note, Usage


@dataclass(frozen=True, slots=True)
class Asked:
    """The question is stored."""

    message: Message


@dataclass(frozen=True, slots=True)
class Remembered:
    """A note was made from the question, or changed because the question contradicts it."""

    note: Note
    replaced: str = ""
    """What the note said before."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """Notes found for the question and placed in the prompt, best first."""

    notes: tuple[FoundNote, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The turn waits for its place; ``ahead`` tasks come first."""

    ahead: int


@dataclass(frozen=True, slots=True)
class Loading:
    """The model is being loaded; ``fraction`` runs from 0.0 to 1.0."""

    engine: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The prompt is being read: ``done`` of ``total`` tokens that were not in the KV cache."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Thought:
    """The next piece of what the model thinks before it answers; stored beside the answer, in no prompt."""

    text: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """The next piece of the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The engine has ended; its last event. ``engine`` is who really answered."""

    ending: Ending
    usage: Usage
    engine: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer as stored; the last event of a turn. ``error`` says why it failed."""

    message: Message
    error: AgentError | None = None


EngineEvent = Loading | Reading | Thought | Chunk | Finished
TurnEvent = Asked | Remembered | Recalled | Waiting | Loading | Reading | Thought | Chunk | Answered
