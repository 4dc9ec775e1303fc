"""Answers for other programs: whoever asks brings the whole conversation, and nothing of it is kept.

They wait in the same line for the same model as the window's questions, behind those.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from desktop_agent.assistant.ahead import Ahead
from desktop_agent.assistant.finding import Finding
from desktop_agent.assistant.prompt import Prompt
from desktop_agent.errors import NotAvailable
from desktop_agent.events import EngineEvent, Finished
from desktop_agent.inference.engine import Engine, Sampling
from desktop_agent.inference.engines import Engines
from desktop_agent.messages import PromptMessage, Role
from desktop_agent.runtime.lanes import Lane
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.tasks import Priority, TaskQueue

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Guest:
    """Another program that asks: ``owner`` tells it from others, and it waits at most ``wait_s`` for its turn."""

    owner: str
    wait_s: float


class Direct:
    """Answers prompts as they come."""

    def __init__(self, tasks: TaskQueue, monitor: Monitor, engines: Engines, ahead: Ahead, finding: Finding) -> None:
        self._tasks = tasks
        self._monitor = monitor
        self._engines = engines
        self._ahead = ahead
        self._finding = finding

    @asynccontextmanager
    async def answer(
        self, prompt: Prompt, sampling: Sampling, guest: Guest, name: str
    ) -> AsyncIterator[AsyncIterator[EngineEvent]]:
        """One answer to ``prompt``, as ``Engine.stream`` gives it; ``name`` is what the Monitor shows.

        Raises:
            Busy: its turn will not come, or did not come, in time.
            NotAvailable: the answer cannot be held to what ``sampling`` demands.
            AgentError: as ``Engine.stream``.
        """
        # Before the line: what is read ahead has the model, and gives it up for whoever asks.
        await self._ahead.stop()
        place = self._tasks.place(name, Priority.CLIENT, lane=Lane.MODEL, owner=guest.owner, wait_s=guest.wait_s)
        async with place, self._engines.ready() as ready:
            engine = ready.engine
            _check(engine, sampling)
            if ready.fallback_error:
                _log.warning("%s answers another program: %s", engine.name, ready.fallback_error)
            messages = await self._with_help(prompt.messages) if engine.wants_help else prompt.messages
            async with engine.stream(messages, sampling) as events:
                yield self._noted(events)

    async def _with_help(self, messages: Sequence[PromptMessage]) -> Sequence[PromptMessage]:
        """``messages`` with the passage of the help that fits the last question; nothing is noted from it."""
        last = messages[-1]
        if last.role is not Role.USER:
            return messages
        return (*messages[:-1], replace(last, help=await self._finding.passage(last.text), made=()))

    async def _noted(self, events: AsyncIterator[EngineEvent]) -> AsyncIterator[EngineEvent]:
        async for event in events:
            if isinstance(event, Finished):
                self._monitor.note_answer(event.usage.speed, event.usage.first_token_ms)
            yield event


def _check(engine: Engine, sampling: Sampling) -> None:
    if engine.wants_help and (sampling.json_schema or sampling.grammar):
        raise NotAvailable(
            "The built-in guide cannot hold its answers to a form.",
            hint="Choose a model: desktop-agent model use FILE.",
        )
