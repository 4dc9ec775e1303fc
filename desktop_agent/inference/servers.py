"""The servers that are connected, what is known of each, and engines for their models.

A connected server is sent nothing of a conversation that did not choose it, and a server
that is not connected any more is sent nothing at all.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_agent.errors import AgentError, ServerFailed
from desktop_agent.inference.breaker import Circuit
from desktop_agent.inference.remote import Line, Patience, RemoteEngine
from desktop_agent.inference.remote_address import USUAL_PORTS, Address, address_of, addresses_of
from desktop_agent.inference.remote_answer import garbage
from desktop_agent.inference.remote_client import Client, KeyWanted
from desktop_agent.messages import ServerModel, clean
from desktop_agent.runtime.keys import KeyPlace, Keys
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Settings

log = logging.getLogger(__name__)

LIST_S = 8.0
"""How long a list of models is waited for."""
LOCAL_S = 1.5
"""The same when a server on this computer is looked for; one that is there answers in milliseconds."""
MOST_MODELS, MOST_NAME = 500, 200
LEAST_CONTEXT = 256
"""Tokens; a model that can read less is of no use."""


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model that a server offers; ``context_tokens`` is None where the server does not tell."""

    name: str
    context_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """What a server answered when it was asked for its models; ``error`` says why it did not."""

    address: Address
    models: tuple[ServedModel, ...] = ()
    error: ServerFailed | None = None
    took_ms: int = 0
    kind: str = ""
    """Its usual name when it was found at its usual place, such as Ollama."""

    @property
    def key_wanted(self) -> bool:
        """Whether it is there and wants a key, or another one."""
        return isinstance(self.error, KeyWanted)


@dataclass(frozen=True, slots=True)
class LineState:
    """How it stands with a server, for the Monitor and the page of the servers."""

    circuit: Circuit
    opens_in_s: float
    failures: int
    running: int
    waiting: int
    limit: int
    tried_again: int
    last_error: ServerFailed | None
    """Why the last question failed; None when it was answered."""


class Servers:
    """Connections to the servers of the settings; use from one loop."""

    def __init__(self, settings: Settings, threads: Threads, monitor: Monitor, keys: Keys | None = None) -> None:
        self._settings = settings
        self._threads = threads
        self._monitor = monitor
        self.keys = keys or Keys(threads)
        self._lines: dict[Address, Line] = {}
        self._known: dict[Address, Listed] = {}
        self._closing: set[asyncio.Task[None]] = set()
        self._unwatch = settings.watch(self._follow)

    @property
    def connected(self) -> tuple[Address, ...]:
        """The servers of the settings, in their order."""
        return addresses_of(self._settings[catalogue.SERVER_ADDRESS])[0]

    @property
    def problems(self) -> tuple[AgentError, ...]:
        """What is wrong with the other addresses in the settings."""
        return addresses_of(self._settings[catalogue.SERVER_ADDRESS])[1]

    def engine(self, chosen: ServerModel, client: Client | None = None) -> RemoteEngine:
        """The engine that asks ``chosen``; with ``client`` through that, for use on the loop of that.

        Raises:
            ServerFailed: its server is not connected any more.
        """
        address = Address(chosen.address)
        if address not in self.connected:
            raise ServerFailed(
                "The server {host} of this conversation is not connected any more.",
                hint="Connect it again, or choose another model for this conversation.",
                host=chosen.host,
            )
        context = self._context_of(address, chosen.model)
        patience = Patience(first_word_s=float(self._settings[catalogue.SERVER_WAIT_SECONDS]))
        line = self._line(address) if client is None else self._line(address).through(client)
        return RemoteEngine(chosen, line, lambda: self.key(address), context, patience)

    def client(self, address: Address) -> Client:
        """New connections to ``address``, for use on one loop; whoever asked closes them."""
        return Client(address, self._threads, lambda: self._settings[catalogue.SERVER_CERTIFICATE])

    async def key(self, address: Address) -> str:
        """The key for ``address``; the one of the environment is for the first server of the settings."""
        return await self.keys.get(address.text, environment=self._first(address))

    async def key_place(self, address: Address) -> KeyPlace:
        """Where the key for ``address`` comes from."""
        return await self.keys.place(address.text, environment=self._first(address))

    async def connect(self, address: str) -> Address:
        """Let conversations choose the server at ``address`` from now on.

        Raises:
            BadInput: it is no address. StorageError: it cannot be kept.
        """
        new = address_of(address)
        self._keep([*self.connected, new] if new not in self.connected else list(self.connected))
        return new

    async def disconnect(self, address: Address) -> None:
        """Send nothing to ``address`` any more, and forget its key; conversations keep their choice."""
        self._keep([other for other in self.connected if other != address])
        await self.keys.keep(address.text, "")

    async def test(self, address: Address, key: str | None = None, patience_s: float = LIST_S) -> Listed:
        """Ask ``address`` for its models, with ``key`` in place of the one that is kept. Nothing else is sent.

        A server that was left alone after failures is asked again from now on when it answers.
        """
        line = self._lines.get(address)
        client = line.client if line else self.client(address)
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(patience_s):
                models = await self._models(client, address, await self.key(address) if key is None else key)
        except TimeoutError:
            error = ServerFailed(
                "The server {host} did not answer in time.",
                hint="Check that it runs, that the address is right, and that no firewall is between.",
                host=address.host,
            )
            return self._learn(Listed(address, error=error))
        except ServerFailed as failed:
            return self._learn(Listed(address, error=failed))
        finally:
            if line is None:
                await client.close()
        if line:
            line.breaker.worked()
        return self._learn(Listed(address, models, took_ms=max(1, round((time.perf_counter() - begun) * 1000))))

    async def models(self) -> tuple[Listed, ...]:
        """What each connected server offers now; asks them all at once."""
        return tuple(await asyncio.gather(*(self.test(address) for address in self.connected)))

    def last_listed(self, address: Address) -> Listed | None:
        """What ``address`` answered last; None when it was not asked in this run."""
        return self._known.get(address)

    async def find_here(self, ports: Sequence[int] = tuple(USUAL_PORTS)) -> tuple[Listed, ...]:
        """Servers on this computer at their usual ports that are not connected; leaves this computer for nothing.

        One that wants a key is found too, with its error.
        """
        places = [address_of(f"127.0.0.1:{port}") for port in ports]
        others = [place for place in places if place not in self.connected and _by_name(place) not in self.connected]
        # Without any key: nobody connected them.
        answers = await asyncio.gather(*(self.test(place, "", LOCAL_S) for place in others))
        kinds = {f"127.0.0.1:{port}": kind for port, kind in USUAL_PORTS.items()}
        there = [each for each in answers if each.models or isinstance(each.error, KeyWanted)]
        return tuple(replace(each, kind=kinds.get(each.address.host, "")) for each in there)

    def state(self, address: Address) -> LineState:
        """How it stands with ``address`` in this run."""
        line = self._line(address)
        breaker, places, retries = line.breaker, line.limiter.info, line.retries
        return LineState(
            breaker.state, breaker.opens_in_s, breaker.failures, places.running, places.waiting, places.limit,
            retries.attempts - retries.calls, line.seen.last_error,
        )  # fmt: skip

    async def close(self) -> None:
        """Hang up everywhere, and follow the settings no longer."""
        self._unwatch()
        lines, self._lines = list(self._lines.values()), {}
        await asyncio.gather(*(line.client.close() for line in lines), *self._closing)

    def _line(self, address: Address) -> Line:
        line = self._lines.get(address)
        if line is None:
            client = self.client(address)
            line = self._lines[address] = Line(address, client, lambda circuit: self._note(address, circuit))
        return line

    def _note(self, address: Address, circuit: Circuit) -> None:
        if circuit is Circuit.OPEN:
            self._monitor.acts.note(
                "The server {host} failed several times: it is left alone for {seconds} s.",
                host=address.host,
                seconds=round(self._line(address).breaker.opens_in_s),
            )
        elif circuit is Circuit.CLOSED:
            self._monitor.acts.note("The server {host} answers again.", host=address.host)

    def _first(self, address: Address) -> bool:
        return self.connected[:1] == (address,)

    def _keep(self, addresses: list[Address]) -> None:
        self._settings.set(catalogue.SERVER_ADDRESS, " ".join(address.text for address in addresses))

    def _follow(self, changed: Setting[Any]) -> None:
        if changed is not catalogue.SERVER_ADDRESS:
            return
        for address in [address for address in self._lines if address not in self.connected]:
            line = self._lines.pop(address)
            task = asyncio.get_running_loop().create_task(line.client.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    def _context_of(self, address: Address, model: str) -> int:
        listed = self._known.get(address)
        found = next((each.context_tokens for each in listed.models if each.name == model), None) if listed else None
        known = self._line(address).contexts.get(model)
        told = found or self._settings[catalogue.SERVER_CONTEXT_TOKENS]
        return max(LEAST_CONTEXT, min(known, told) if known else told)

    def _learn(self, listed: Listed) -> Listed:
        self._known[listed.address] = listed
        return listed

    async def _models(self, client: Client, address: Address, key: str) -> tuple[ServedModel, ...]:
        async with client.request("GET", "models", key=key) as response:
            record = await client.read(response)
        listed = record.get("data") if isinstance(record, dict) else None
        if not isinstance(listed, list):
            raise garbage(address.host)
        models = [model for each in listed[:MOST_MODELS] if (model := _served(each))]
        if not models:
            raise ServerFailed(
                "The server {host} has no model.",
                hint="Load or download one there first, with Ollama for example: ollama pull NAME",
                host=address.host,
            )
        return tuple(models)


def _served(record: object) -> ServedModel | None:
    if not isinstance(record, dict):
        return None
    name, meta = record.get("id"), record.get("meta")
    if not isinstance(name, str) or not name or len(name) > MOST_NAME or clean(name) != name or "\n" in name:
        return None
    # vLLM says it here; llama-server says what was asked for at its start, where it does.
    told = record.get("max_model_len") or (meta.get("n_ctx") if isinstance(meta, dict) else None)
    context = told if isinstance(told, int) and 256 <= told <= 1 << 24 else None
    return ServedModel(name, context)


def _by_name(address: Address) -> Address:
    return Address(address.text.replace("//127.0.0.1", "//localhost"))
