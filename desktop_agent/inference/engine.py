"""What every engine can do, whoever answers: a model on this computer, the built-in guide, a server.

An engine keeps no conversation: each call brings the whole prompt, and an engine that
still holds its beginning reads only the rest.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from desktop_agent.events import EngineEvent
from desktop_agent.messages import PromptMessage

Progress = Callable[[float], None]
"""Told how far loading is, 0.0 to 1.0; may be called from any thread."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen, and when an answer ends.

    ``temperature`` 0 always takes the likeliest token; 0 switches ``top_k`` off, 1.0
    ``top_p`` and ``repeat_penalty``, 0.0 ``min_p``. The same ``seed`` gives the same
    answer; ``None`` a new one each time. An answer ends before the first of the
    ``stop`` strings in it. ``grammar`` (GBNF) or ``json_schema`` (JSON text, which wins)
    is what the answer must fit; an engine that cannot hold to it refuses.
    """

    temperature: float = 0.7
    top_p: float = 0.95
    top_k: int = 40
    min_p: float = 0.05
    repeat_penalty: float = 1.1
    reply_tokens: int = 512
    seed: int | None = None
    stop: tuple[str, ...] = ()
    grammar: str = ""
    json_schema: str = ""


class Engine(Protocol):
    """Answers prompts."""

    @property
    def name(self) -> str:
        """Stable word that is stored with an answer: a file name, ``guide``."""

    @property
    def label(self) -> str:
        """What the screen calls it, in the language in use."""

    @property
    def context_tokens(self) -> int:
        """Room for prompt and answer together."""

    @property
    def wants_help(self) -> bool:
        """Whether passages of the program's help should be placed in its prompts."""

    @property
    def memory_bytes(self) -> int:
        """What it holds in memory now; 0 while nothing is loaded."""

    def stream(
        self, messages: Sequence[PromptMessage], sampling: Sampling, conversation: int | None = None
    ) -> AbstractAsyncContextManager[AsyncIterator[EngineEvent]]:
        """One answer: any of ``Loading``, ``Reading``, ``Thought``, ``Chunk``, and ``Finished`` last.

        When the last message is an answer, it goes on where that ends.

        Leaving the block early stops the engine, whatever it does, and returns when it
        has really ended. Loads first what is not loaded. One answer at a time: a second
        one waits for the first. An engine that keeps what it has read keeps it for
        ``conversation``.

        Raises, out of the iterator:
            TooLong: the prompt does not fit into the context.
            AgentError: the engine cannot be had, or failed.
        """

    async def count(self, text: str) -> int:
        """Tokens of ``text`` alone; may load the engine."""

    async def count_messages(self, messages: Sequence[PromptMessage]) -> int:
        """Tokens of the whole prompt made from ``messages``; may load the engine."""

    async def load(self, progress: Progress | None = None) -> None:
        """Make ready to answer; a cancelled load leaves nothing behind.

        Raises:
            AgentError: it cannot be loaded; the sentence says why.
        """

    async def close(self) -> None:
        """Give back all memory, after the answer that runs. It may be loaded again."""
