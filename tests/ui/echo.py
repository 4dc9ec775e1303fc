"""An engine that answers at once with words a test can foresee, and waits where a test wants it to."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from desktop_agent.events import EngineEvent, Finished, Reading
from desktop_agent.inference.decoder import Thoughts
from desktop_agent.inference.engine import Progress, Sampling
from desktop_agent.messages import Ending, PromptMessage, Role, Usage

NUMBERS = "one two three four five six seven eight nine ten"


class EchoEngine:
    """Answers "count…" with numbers, what stands in ``answers`` with that, anything else with itself."""

    name = "echo"
    label = "Echo"
    context_tokens = 4096
    wants_help = False
    memory_bytes = 0

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.waits_after: str | None = None
        """The word after which an answer waits for ``go``."""
        self.go = asyncio.Event()
        self.prompts: list[tuple[PromptMessage, ...]] = []

    @asynccontextmanager
    async def stream(
        self,
        messages: Sequence[PromptMessage],
        sampling: Sampling,  # noqa: ARG002
        conversation: int | None = None,  # noqa: ARG002
    ) -> AsyncIterator[AsyncIterator[EngineEvent]]:
        self.prompts.append(tuple(messages))
        said = messages[-1].text if messages[-1].role is Role.ASSISTANT else ""
        asked = messages[-2].text if said else messages[-1].text
        answer = self.answers.get(asked) or (NUMBERS if asked.startswith("count") else asked)
        # An answer that goes on begins where it ended.
        events = self._events(answer.removeprefix(said))
        try:
            yield events
        finally:
            await events.aclose()

    async def _events(self, text: str):  # type: ignore[no-untyped-def]
        yield Reading(3, 3)
        words = re.findall(r"\s*\S+\s*", text)
        thoughts = Thoughts()
        for word in words:
            for event in thoughts.feed(word):
                yield event
            await asyncio.sleep(0)
            if self.waits_after == word.strip():
                await self.go.wait()
        yield Finished(Ending.COMPLETE, Usage(3, 3, len(words), 100, 50.0), self.name)

    async def count(self, text: str) -> int:
        return len(text.split())

    async def count_messages(self, messages: Sequence[PromptMessage]) -> int:
        return sum(len(message.content.split()) + 4 for message in messages)

    async def load(self, progress: Progress | None = None) -> None:
        pass

    async def close(self) -> None:
        pass
