"""The way from the service's loop to the one core, which the window and the service share.

The core has a loop of its own; here is the only place where the service reaches over.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_agent.app import App
from desktop_agent.assistant.direct import Guest
from desktop_agent.errors import AgentError
from desktop_agent.events import EngineEvent, TurnEvent
from desktop_agent.inference.engine import Sampling
from desktop_agent.runtime.loops import across, elsewhere
from desktop_agent.server.asked import Wanted
from desktop_agent.server.refusals import Refused
from desktop_agent.server.told import ANY_MODEL
from desktop_agent.settings import catalogue
from desktop_agent.words import _

GUIDE = "guide"


@dataclass(frozen=True, slots=True)
class Conversing:
    """A turn that runs in a conversation, with its events."""

    conversation: int
    events: AsyncIterator[list[TurnEvent]]


class Core:
    """``app``, whose loop is ``loop``, as the service sees it from its own."""

    def __init__(self, app: App, loop: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._loop = loop
        self.since = int(time.time())
        """When the service began, which it tells as the time of its models."""

    @property
    def wait_s(self) -> float:
        """How long a request may wait for its turn."""
        return float(self._app.settings[catalogue.SERVICE_WAIT_SECONDS])

    @property
    def usual(self) -> Sampling:
        """How words are chosen when a request does not say."""
        chosen = self._app.settings
        return Sampling(
            temperature=chosen[catalogue.TEMPERATURE],
            top_p=chosen[catalogue.TOP_P],
            top_k=chosen[catalogue.TOP_K],
            min_p=chosen[catalogue.MIN_P],
            repeat_penalty=chosen[catalogue.REPEAT_PENALTY],
            reply_tokens=chosen[catalogue.REPLY_TOKENS],
        )

    @property
    def models(self) -> tuple[str, ...]:
        """Names under which what is chosen now can be asked for, the one that always works first."""
        chosen = self._app.settings[catalogue.MODEL].strip()
        return (ANY_MODEL, Path(chosen).stem if chosen else GUIDE)

    def check_model(self, name: str) -> str:
        """The name to answer under.

        Raises:
            Refused: it is not what is chosen here.
        """
        any_model, own = self.models
        if not name or name == any_model:
            return name or any_model
        if name in (own, f"{own}.gguf"):
            return name
        raise Refused(
            404, f"The model '{name}' does not answer here; '{any_model}' and '{own}' do.", "model_not_found", "model"
        )

    def answer(self, wanted: Wanted, owner: str) -> AbstractAsyncContextManager[AsyncIterator[list[EngineEvent]]]:
        """The answer to a request that brings its whole conversation; leaving the block ends it.

        Raises, out of the iterator:
            AgentError: as ``Direct.answer``. EndedThere: it was ended in the Monitor.
        """
        guest = Guest(owner, self.wait_s)
        name = _("For a program: {title}", title=wanted.title)
        return across(self._loop, lambda: self._app.chat.direct.answer(wanted.prompt, wanted.sampling, guest, name))

    @asynccontextmanager
    async def turn(self, conversation: int | None, text: str, owner: str) -> AsyncIterator[Conversing]:
        """Ask ``text`` in ``conversation``, or in a new one, as the window does; leaving the block ends the answer.

        Raises, on entering or out of the iterator:
            AgentError: as ``Chat.turn``; a new conversation is gone again then.
        """
        guest = Guest(owner, self.wait_s)
        made = None
        if conversation is None:
            made = conversation = (await elsewhere(self._loop, self._app.conversations.create)).id
        begun = False

        async def watched(events: AsyncIterator[list[TurnEvent]]) -> AsyncIterator[list[TurnEvent]]:
            nonlocal begun
            async for batch in events:
                begun = True
                yield batch

        number = conversation
        try:
            async with across(self._loop, lambda: self._app.chat.turn(number, text, guest=guest)) as events:
                yield Conversing(number, watched(events))
        except AgentError:
            if made is not None and not begun:
                unwanted = made
                await elsewhere(self._loop, lambda: self._app.conversations.delete(unwanted))
            raise

    async def stop(self, conversation: int) -> None:
        """End the answer of ``conversation``; its turn still tells its end."""

        async def stop() -> None:
            self._app.chat.stop(conversation)

        await elsewhere(self._loop, stop)
