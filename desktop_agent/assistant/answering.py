"""One answer: what is found for the question, who is asked, and what comes of it as it comes.

A conversation that chose a server is asked there first; until the first word a model on this computer may take
its place.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop_agent.assistant.attaching import Attaching, quoted
from desktop_agent.assistant.begun import Begun
from desktop_agent.assistant.finding import Emit, Finding
from desktop_agent.assistant.history import History
from desktop_agent.assistant.manner import Manners
from desktop_agent.assistant.reply import Reply
from desktop_agent.errors import AgentError, NotAvailable, ServerFailed, TooLong
from desktop_agent.events import Chunk, Finished, Loading, Thought, TurnEvent, Waiting
from desktop_agent.inference.engine import Engine
from desktop_agent.inference.engines import Engines
from desktop_agent.memory.conversations import Conversations
from desktop_agent.messages import Ending, FoundNote, ServerModel, is_chinese
from desktop_agent.runtime.lanes import Lane
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.tasks import OnWait, Task, TaskQueue
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.inference.servers import Servers

_log = logging.getLogger(__name__)


class Answering:
    """Asks the engine that is to answer; use from one loop."""

    def __init__(
        self,
        tasks: TaskQueue,
        monitor: Monitor,
        conversations: Conversations,
        engines: Engines,
        servers: Callable[[], Servers],
        finding: Finding,
        history: History,
        manners: Manners,
        attaching: Attaching,
    ) -> None:
        self._tasks = tasks
        self._monitor = monitor
        self._conversations = conversations
        self._engines = engines
        self._servers = servers
        self._finding = finding
        self._history = history
        self._manners = manners
        self._attaching = attaching

    async def answer(self, begun: Begun, reply: Reply, emit: Emit) -> None:
        """Fill ``reply``, telling what comes as it comes.

        Raises:
            AgentError: no engine could answer; what was said until then is in ``reply``.
        """
        talk = begun.talk
        title = talk.title or begun.question.text[:40]
        recalled: tuple[FoundNote, ...] = ()
        try:
            recalled = await self._finding.recall(talk, begun.question, emit) if begun.fresh else ()
        except AgentError as error:
            # Without notes an answer is worse; without an answer there is nothing.
            _log.warning("no notes for this question: %s", error)
            reply.error = error
        name = _("Answer: {title}", title=title)
        failed = None
        if talk.server is not None:
            try:
                async with self._tasks.place(name, begun.priority, lane=Lane.SERVER, owner=begun.owner):
                    await self._ask_server(talk.server, begun, recalled, reply, emit)
                return
            except ServerFailed as error:
                if reply.text != begun.said:
                    raise  # what was said cannot be taken back
                _log.warning("a model here answers in place of the server: %s", error)
                failed = error
        async with (
            self._place(name, begun, lambda ahead: emit(Waiting(ahead))),
            self._engines.ready(emit) as ready,
        ):
            reply.error = failed or ready.fallback_error or reply.error
            if begun.said and ready.engine.wants_help:
                raise reply.error or NotAvailable(
                    "Only a model can go on with an answer.", hint="Choose a model in the top bar."
                )
            await self._ask(ready.engine, begun, recalled, reply, emit)

    async def _ask_server(
        self, server: ServerModel, begun: Begun, recalled: tuple[FoundNote, ...], reply: Reply, emit: Emit
    ) -> None:
        while True:
            engine = self._servers().engine(server)
            try:
                return await self._ask(engine, begun, recalled, reply, emit)
            except TooLong:
                # It can read less than was known: less of the history may fit.
                if self._servers().engine(server).context_tokens >= engine.context_tokens:
                    raise

    async def _ask(
        self, engine: Engine, begun: Begun, recalled: tuple[FoundNote, ...], reply: Reply, emit: Emit
    ) -> None:
        talk, question = begun.talk, begun.question
        reply.engine = engine.name
        basis = await self._conversations.basis(talk.id)
        if begun.fresh:
            question = await self._finding.with_found(question, recalled, engine)
            if basis.files:
                question = replace(question, passages=await self._attaching.place(question, engine))
        if engine.wants_help and question.passages:
            await self._conversations.place(question.id, question.importance, question.notes, question.help)
            reply.ending, reply.text = Ending.COMPLETE, quoted(question.passages, is_chinese(question.text))
            emit(Chunk(reply.text))
            return
        manner = self._manners.with_own(talk.id, basis.own)
        given = [question, replace(reply.row, text=begun.said)] if begun.said else [question]
        try:
            prompt = await self._history.prompt(basis, given, engine, manner, question if begun.fresh else None)
        except AgentError:
            await self._conversations.place(question.id, question.importance, question.notes, question.help)
            raise
        messages = [self._finding.alone(talk, question)] if engine.wants_help else prompt.messages
        async with engine.stream(messages, manner.sampling, talk.id) as events:
            async for event in events:
                await self._take(event, reply, emit)

    def _place(self, name: str, begun: Begun, on_wait: OnWait) -> AbstractAsyncContextManager[Task]:
        wait_s = begun.guest.wait_s if begun.guest else None
        return self._tasks.place(name, begun.priority, on_wait, lane=Lane.MODEL, owner=begun.owner, wait_s=wait_s)

    async def _take(self, event: object, reply: Reply, emit: Emit) -> None:
        if isinstance(event, Finished):
            reply.ending, reply.usage, reply.engine = event.ending, event.usage, event.engine
            self._monitor.note_answer(event.usage.speed, event.usage.first_token_ms)
        elif isinstance(event, Chunk):
            emit(event)
            if speed := await reply.grow(event.text, self._conversations):
                self._monitor.note_speed(speed)
        elif isinstance(event, Loading | TurnEvent):
            if isinstance(event, Thought):
                reply.thoughts += event.text
            emit(event)
