"""A model server that only waits: one process, a line with milliseconds in, a line out after them.

It runs in a process of its own, so that its work is not taken for the program's. Both sides of an experiment call it
over the same loopback connections: the baseline with a blocking socket, the program without a thread.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from desktop_agent.errors import NotAvailable
from desktop_agent.experiments import children
from desktop_agent.runtime.threads import Threads

HOST = "127.0.0.1"
ROLE = "server"
OPENING_SECONDS = 30.0
ANSWER = b"done\n"


class _Waiting(asyncio.Protocol):
    """One connection of the server."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._transport: asyncio.WriteTransport | None = None
        self._begun = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        *lines, self._begun = (self._begun + data).split(b"\n")
        for line in lines:
            self._loop.call_later(int(line) / 1000, self._answer)

    def _answer(self) -> None:
        if self._transport and not self._transport.is_closing():
            self._transport.write(ANSWER)


def serve() -> None:
    """Be the server until standard input ends; prints its port first."""
    asyncio.run(_serve())


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Waiting(loop), HOST, 0, backlog=4096)
    children.say(server.sockets[0].getsockname()[1])
    # The parent's end of the pipe closes with the parent, however that ends.
    await Threads(1, name="parent").call(sys.stdin.read)
    server.close()


@asynccontextmanager
async def simulated_server() -> AsyncIterator[int]:
    """The port of a server that runs as long as the block.

    Raises:
        NotAvailable: it did not start.
    """
    async with children.child(ROLE) as process:
        assert process.stdout
        try:
            line = await asyncio.wait_for(process.stdout.readline(), OPENING_SECONDS)
            port = int(line)
        except (TimeoutError, ValueError) as error:
            raise NotAvailable(
                "The simulated model server did not start.", hint="Try again, or look into the log."
            ) from error
        yield port


def call_blocking(port: int, milliseconds: int) -> None:
    """One call as a synchronous program makes it: connect, ask, wait."""
    with socket.create_connection((HOST, port)) as connection:
        connection.sendall(b"%d\n" % milliseconds)
        received = b""
        while not received.endswith(b"\n"):
            if not (piece := connection.recv(64)):
                raise ConnectionError("the simulated server hung up")
            received += piece


class _Call(asyncio.Protocol):
    """One kept connection of the program: a call at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.WriteTransport | None = None
        self.waiting: asyncio.Future[None] | None = None
        self.closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if data.endswith(b"\n") and self.waiting and not self.waiting.done():
            self.waiting.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:
        self.closed = True
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(error or ConnectionError("the simulated server hung up"))


class Connections:
    """Kept connections to the server, as an HTTP client keeps them; use from one loop."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._idle: list[_Call] = []

    async def open(self, count: int) -> None:
        """Have at least ``count`` connections at hand, as a program has that called before."""
        while len(self._idle) < count:
            self._idle.append(await self._new())

    async def call(self, milliseconds: int) -> None:
        """One call; no thread waits for it."""
        loop = asyncio.get_running_loop()
        call = self._idle.pop() if self._idle else None
        if call is None or call.closed:
            call = await self._new()
        call.waiting = loop.create_future()
        assert call.transport
        try:
            call.transport.write(b"%d\n" % milliseconds)
            await call.waiting
        except BaseException:
            call.transport.abort()  # an answer that still comes must not be taken for the next one's
            raise
        self._idle.append(call)

    async def _new(self) -> _Call:
        _transport, call = await asyncio.get_running_loop().create_connection(_Call, HOST, self._port)
        return call

    def close(self) -> None:
        """Hang up."""
        for call in self._idle:
            if call.transport:
                call.transport.abort()
        self._idle.clear()


@contextmanager
def connected(port: int) -> Iterator[Connections]:
    """Connections for one block."""
    connections = Connections(port)
    try:
        yield connections
    finally:
        connections.close()
