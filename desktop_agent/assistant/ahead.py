"""Work done while nobody waits, so that the next question finds it done: history cut and read again, states kept.

It stops as soon as a question comes, wherever that is asked, and loses nothing that was read.
"""

from __future__ import annotations

import asyncio
import logging

from desktop_agent.assistant.history import History
from desktop_agent.assistant.manner import Manners
from desktop_agent.errors import AgentError
from desktop_agent.inference.engines import Engines
from desktop_agent.memory.conversations import Conversations
from desktop_agent.messages import Role
from desktop_agent.runtime.lanes import Lane
from desktop_agent.runtime.tasks import Priority, TaskQueue
from desktop_agent.runtime.threads import ended
from desktop_agent.words import _

_log = logging.getLogger(__name__)

OPENED_S = 1.0
"""Seconds for which a conversation is in view before it is worth reading: whoever leafs through the list goes on."""
LEAST_UNREAD = 24
"""Tokens that are worth a task of their own."""
IDLE_S = 15.0
"""Seconds without a question before what was read is written to the disk."""


class Ahead:
    """At most one such work at a time, for the conversation that was used last; none without a loaded model."""

    def __init__(
        self, tasks: TaskQueue, conversations: Conversations, engines: Engines, history: History, manners: Manners
    ) -> None:
        self._tasks = tasks
        self._conversations = conversations
        self._engines = engines
        self._history = history
        self._manners = manners
        self._work: asyncio.Task[None] | None = None
        self._swept = False
        self._was_read = asyncio.Event()
        self._was_read.set()

    def begin(self, conversation: int, after_s: float = 0.0) -> None:
        """Make ready for the next question in ``conversation``; what was begun before ends."""
        self._was_read.clear()
        work = asyncio.create_task(self._run(self._work, conversation, after_s), name=f"ahead {conversation}")
        self._work = work

    async def ready(self) -> None:
        """Wait until all is read that will be read before the next question."""
        await self._was_read.wait()

    async def stop(self) -> None:
        """End what runs; returns when the model is free."""
        work, self._work = self._work, None
        if work is not None:
            work.cancel()
            await ended(work)
        self._was_read.set()

    async def _run(self, before: asyncio.Task[None] | None, conversation: int, after_s: float) -> None:
        if before is not None:
            before.cancel()
            await ended(before)
        try:
            await asyncio.sleep(after_s)
            if self._tasks.background_held:  # waiting for the end of that would keep the model in the memory
                self._was_read.set()
                return
            await self._read(conversation)
            self._was_read.set()
            await asyncio.sleep(IDLE_S)
            if not self._tasks.background_held:
                await self._keep(conversation)
        except asyncio.CancelledError:
            if self._work is asyncio.current_task():  # ended by the queue, not for another conversation
                self._was_read.set()
            raise
        except AgentError as error:  # it will be done, or told, when a question comes
            _log.info("nothing was made ready for conversation %d: %s", conversation, error)
            self._was_read.set()

    async def _read(self, conversation: int) -> None:
        if (await self._conversations.get(conversation)).server is not None:
            return  # the model on this computer answers it only when the server fails
        async with self._engines.loaded() as engine:
            if engine is None:
                return
            basis = await self._conversations.basis(conversation)
            manner = self._manners.with_own(conversation, basis.own)
            prompt = await self._history.ahead(basis, engine, manner)
            if not prompt.messages or prompt.messages[-1].role is Role.USER:
                return  # the next question will be joined to one that got no answer
            # More than the marks after an answer: history was cut, thoughts went, another conversation was there.
            if await engine.unread(prompt.messages, conversation) >= LEAST_UNREAD:
                title = (await self._conversations.get(conversation)).title
                name = _("Reading ahead: {title}", title=title)
                async with self._tasks.place(name, Priority.BACKGROUND, lane=Lane.MODEL):
                    await engine.read_ahead(prompt.messages, conversation)

    async def _keep(self, conversation: int) -> None:
        async with self._engines.loaded() as engine:
            if engine is None or engine.conversation != conversation:
                return
            async with self._tasks.place(_("Keeping what was read"), Priority.BACKGROUND, lane=Lane.MODEL):
                await engine.keep()
                if not self._swept:
                    known = {talk.id for talk in await self._conversations.all()}
                    await self._engines.forget_others(known)
                    self._swept = True
