"""The way from the service's loop to the one core, which the window and the service share.

The core has a loop of its own; here is the only place where the service reaches over.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop_agent.app import App
from desktop_agent.assistant.direct import Guest
from desktop_agent.errors import AgentError
from desktop_agent.events import EngineEvent, TurnEvent
from desktop_agent.inference.engine import Sampling
from desktop_agent.messages import AT, ServerModel
from desktop_agent.runtime.loops import across, elsewhere, singly
from desktop_agent.server.asked import Wanted
from desktop_agent.server.elsewhere import Elsewhere
from desktop_agent.server.refusals import Rejected
from desktop_agent.server.told import ANY_MODEL
from desktop_agent.settings import catalogue
from desktop_agent.words import _

GUIDE = "guide"
MOST_KNOWN = 100
LIST_S = 2.0
"""How long a connected server is waited for when programs ask what models there are."""


@dataclass(frozen=True, slots=True)
class Model:
    """Who answers, under the name that was asked for; None is whatever is chosen on this computer."""

    name: str
    server: ServerModel | None = None


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
        self._servers = Elsewhere(app, loop)
        # Known until a setting changes: looking them up is a tenth of the cost of a short request.
        self._usual: Sampling | None = None
        self._models: dict[str, Model] = {}
        self._changes = 0
        self._unwatch = app.settings.watch(self._setting_changed)
        self.since = int(time.time())
        """When the service began, which it tells as the time of its models."""

    @property
    def wait_s(self) -> float:
        """How long a request may wait for its turn."""
        return float(self._app.settings[catalogue.SERVICE_WAIT_SECONDS])

    @property
    def usual(self) -> Sampling:
        """How words are chosen when a request does not say."""
        if (known := self._usual) is not None:
            return known
        changes, chosen = self._changes, self._app.settings
        usual = Sampling(
            temperature=chosen[catalogue.TEMPERATURE],
            top_p=chosen[catalogue.TOP_P],
            top_k=chosen[catalogue.TOP_K],
            min_p=chosen[catalogue.MIN_P],
            repeat_penalty=chosen[catalogue.REPEAT_PENALTY],
            reply_tokens=chosen[catalogue.REPLY_TOKENS],
        )
        if changes == self._changes:  # else it is that of a moment ago
            self._usual = usual
        return usual

    async def models(self) -> tuple[str, ...]:
        """What can be asked for: whatever is chosen here, that by its own name, and what connected servers offered."""

        async def offered() -> tuple[str, ...]:
            servers = self._app.servers
            found: list[str] = []
            for address in servers.connected:
                # Asked once; what the window has asked since counts too.
                listed = servers.last_listed(address) or await servers.test(address, patience_s=LIST_S)
                found += [ServerModel(address.text, model.name).engine for model in listed.models]
            return tuple(found)

        served = await elsewhere(self._loop, offered) if self._servers.connected else ()
        return (ANY_MODEL, self._own, *served)

    @property
    def _own(self) -> str:
        chosen = self._app.settings[catalogue.MODEL].strip()
        return Path(chosen).stem if chosen else GUIDE

    def model(self, name: str) -> Model:
        """Who is asked for as ``name``; whatever is chosen here for an empty one.

        Raises:
            Rejected: nobody of that name answers here.
        """
        if (known := self._models.get(name)) is not None:
            return known
        changes, model = self._changes, self._model(name)
        if changes == self._changes and len(self._models) < MOST_KNOWN:
            self._models[name] = model
        return model

    def _model(self, name: str) -> Model:
        own = self._own
        if name in ("", ANY_MODEL, own, f"{own}.gguf"):
            return Model(name or ANY_MODEL)
        model, at, host = name.rpartition(AT)
        for address in self._servers.connected if at else ():
            if address.host == host:
                return Model(name, ServerModel(address.text, model))
        raise Rejected(
            404, f"The model '{name}' does not answer here; '{ANY_MODEL}' and '{own}' do.", "model_not_found", "model"
        )

    @asynccontextmanager
    async def answer(self, wanted: Wanted, owner: str) -> AsyncIterator[AsyncIterator[list[EngineEvent]]]:
        """The answer to a request that brings its whole conversation; leaving the block ends it.

        Raises, on entering or out of the iterator:
            Rejected: as ``model``.
            AgentError: as ``Direct.answer``. EndedThere: it was ended in the Monitor.
        """
        messages, sampling = wanted.prompt.messages, wanted.sampling
        if (server := self.model(wanted.model).server) is not None:
            engine = await self._servers.engine(server)
            # On the service's own loop: it holds nothing of the core, and a thousand a second must not either.
            async with engine.stream(messages, sampling) as events:
                yield singly(events)
            return
        guest = Guest(owner, self.wait_s)
        name = _("For a program: {title}", title=wanted.title)
        direct = self._app.chat.direct
        async with across(self._loop, lambda: direct.answer(wanted.prompt, sampling, guest, name)) as batches:
            yield batches

    def _setting_changed(self, _changed: object) -> None:
        """On the core's thread; the next request looks again."""
        self._changes += 1
        self._usual = None
        self._models = {}
        self._servers.forget()

    async def close(self) -> None:
        """Hang up on servers, and follow the settings no longer."""
        self._unwatch()
        await self._servers.close()

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
