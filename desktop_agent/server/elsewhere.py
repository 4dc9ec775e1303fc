"""Models of connected servers, asked from the service's own loop.

The connections are this loop's; how many a server bears and whether it is left alone after failures is known in
one place for the window and the service together.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from desktop_agent.app import App
from desktop_agent.inference.engine import Engine
from desktop_agent.inference.remote_address import Address, addresses_of
from desktop_agent.messages import ServerModel
from desktop_agent.runtime.loops import elsewhere
from desktop_agent.settings import catalogue

if TYPE_CHECKING:
    from desktop_agent.inference.remote_client import Client


class Elsewhere:
    """Engines that ask servers; use from the service's loop. ``core`` is the loop of ``app``."""

    def __init__(self, app: App, core: asyncio.AbstractEventLoop) -> None:
        self._app = app
        self._core = core
        self._given: str | None = None
        self._connected: tuple[Address, ...] = ()
        self._engines: dict[ServerModel, Engine] = {}
        self._clients: dict[str, Client] = {}

    @property
    def connected(self) -> tuple[Address, ...]:
        """The servers of the settings."""
        given = self._app.settings[catalogue.SERVER_ADDRESS]
        if given != self._given:
            self._given, self._connected = given, addresses_of(given)[0]
        return self._connected

    async def engine(self, chosen: ServerModel) -> Engine:
        """The engine that asks ``chosen``, which is one of the connected servers'.

        Raises:
            ServerFailed: its server is not connected any more.
        """
        if (known := self._engines.get(chosen)) is None:
            client = self._client(chosen.address)

            async def make() -> Engine:
                return self._app.servers.engine(chosen, client)

            known = self._engines[chosen] = await elsewhere(self._core, make)
        return known

    def forget(self) -> None:
        """Make engines anew, because a setting has changed; from any thread."""
        self._engines = {}

    async def close(self) -> None:
        """Hang up."""
        self._engines.clear()
        clients, self._clients = list(self._clients.values()), {}
        await asyncio.gather(*(client.close() for client in clients))

    def _client(self, address: str) -> Client:
        if address not in self._clients:
            self._clients[address] = self._app.servers.client(Address(address))
        return self._clients[address]
