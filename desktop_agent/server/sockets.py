"""``GET /ws``: chats over a WebSocket, in conversations that the window shows too.

A connection may have several answers running, told apart by the ``id`` that the client gives. What comes in
is checked like everything from outside; a client that keeps sending nonsense is put out.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from desktop_agent.errors import Busy
from desktop_agent.runtime.threads import ended
from desktop_agent.server.chatting import Chatting, error_record
from desktop_agent.server.core import Core
from desktop_agent.server.refusals import INVALID, Rejected, refusal
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings

log = logging.getLogger(__name__)

MOST_FRAME = 1 << 20
MOST_AT_ONCE = 8
"""Answers that one connection may have running or waiting."""
MOST_NONSENSE = 20
MISSED_PONGS = 2
IDLE_S = 3600.0
"""A connection on which nothing is asked for so long is closed; its place may be wanted."""
SEND_S = 30.0
# ASCII: half characters, which a model can write, must not fail here.
_ENCODED = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode


class Sockets:
    """All WebSockets of the service."""

    def __init__(self, core: Core, settings: Settings) -> None:
        self._core = core
        self._settings = settings
        self._open: set[_Connection] = set()
        self._beating: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Watch over the connections from now on."""
        self._beating = asyncio.get_running_loop().create_task(self._beat(), name="heartbeat")

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """One connection, from its handshake to its end."""
        if request.headers.get("Upgrade", "").lower().strip() != "websocket":
            raise Rejected(426, "This address takes WebSockets.", "upgrade_required", headers={"Upgrade": "websocket"})
        # Not compressed: a few bytes could become a megabyte here, and each connection would cost 300 kB.
        socket = web.WebSocketResponse(
            autoping=False, compress=False, max_msg_size=MOST_FRAME, timeout=2.0, protocols=()
        )
        try:
            await socket.prepare(request)
        except web.HTTPException as error:
            raise Rejected(
                error.status, "This is no handshake of a WebSocket.", "bad_handshake", None, INVALID
            ) from error
        connection = _Connection(socket, self._core, f"{request.remote} {id(socket)}")
        self._open.add(connection)
        try:
            await connection.serve()
        finally:
            self._open.discard(connection)
            await connection.end()
        return socket

    async def close(self) -> None:
        """Say goodbye to everybody."""
        if self._beating is not None:
            self._beating.cancel()
            await ended(self._beating)
            self._beating = None
        await asyncio.gather(*(connection.leave() for connection in tuple(self._open)))

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._settings[catalogue.HEARTBEAT_SECONDS])
            now = time.monotonic()
            for connection in tuple(self._open):
                connection.beat(now)


class _Connection:
    """One client."""

    def __init__(self, socket: web.WebSocketResponse, core: Core, owner: str) -> None:
        self._socket = socket
        self._core = core
        self._owner = owner
        self._chats: dict[str, Chatting] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._nonsense = 0
        self._unanswered = 0
        self._asked_at = time.monotonic()
        self._pings: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Read frames until the client goes."""
        async for frame in self._socket:
            self._unanswered = 0
            if frame.type is WSMsgType.PING:
                await self._socket.pong(frame.data)
            elif frame.type is WSMsgType.PONG:
                continue
            elif not await self._took(frame):
                await self._socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"too many frames make no sense")
                return

    async def end(self) -> None:
        """End the answers that run; what was said of them is kept."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        for task in (*tasks, *self._pings):
            await ended(task)

    async def leave(self) -> None:
        """Close because the service ends."""
        with contextlib.suppress(ConnectionError):
            await self._socket.close(code=WSCloseCode.GOING_AWAY, message=b"the service ends", drain=False)

    def beat(self, now: float) -> None:
        """Ask for a sign of life, or hang up on who gave none."""
        if self._unanswered >= MISSED_PONGS or (not self._chats and now - self._asked_at > IDLE_S):
            log.info("a WebSocket without a sign of life is closed")
            self._hang_up()
            return
        self._unanswered += 1
        ping = asyncio.get_running_loop().create_task(self._ping())
        self._pings.add(ping)
        ping.add_done_callback(self._pings.discard)

    async def send(self, record: dict[str, Any]) -> None:
        """Send one message; who does not take it in time is hung up on.

        Raises:
            ConnectionError: the client has gone.
        """
        text = _ENCODED(record)
        try:
            request = self._socket._req
            if request is not None and request.transport and not request.transport.get_write_buffer_size():
                # He has taken everything so far, so nothing here can wait.
                await self._socket.send_str(text)
                return
            async with asyncio.timeout(SEND_S):
                await self._socket.send_str(text)
        except TimeoutError:
            self._hang_up()
            raise ConnectionResetError("the client reads too slowly") from None

    async def _ping(self) -> None:
        with contextlib.suppress(ConnectionError, TimeoutError):
            async with asyncio.timeout(SEND_S):
                await self._socket.ping()

    def _hang_up(self) -> None:
        if (request := self._socket._req) is not None and request.transport is not None:
            request.transport.abort()

    async def _took(self, frame: WSMessage) -> bool:
        """Do what a frame says; False when the client has sent too much nonsense."""
        number: Any = None
        try:
            record = _record(frame)
            number = record.get("id")
            self._do(record)
        except Rejected as refused:
            await self.send(error_record(number, refused))
            self._nonsense += refused.kind == INVALID
        return self._nonsense <= MOST_NONSENSE

    def _do(self, record: dict[str, Any]) -> None:
        number, kind = record.get("id"), record.get("type")
        if kind not in ("chat", "stop"):
            raise Rejected(400, "Messages here are of the type chat or stop.", "unknown_type")
        if not isinstance(number, str) or not 0 < len(number) <= 64:
            raise Rejected(400, "'id' takes a text of 1 to 64 characters.", "bad_input")
        if kind == "stop":
            if number not in self._chats:
                raise Rejected(404, "No answer with this id is running.", "not_found", kind="not_found_error")
            self._chats[number].stop()
            return
        if number in self._chats:
            raise Rejected(400, "An answer with this id is running already.", "bad_input")
        if len(self._tasks) >= MOST_AT_ONCE:
            raise refusal(
                Busy(
                    "This connection waits for {count} answers already.",
                    hint="Wait for one to end.",
                    count=MOST_AT_ONCE,
                )
            )
        self._asked_at = time.monotonic()
        self._chats[number] = chat = Chatting.of(number, record, self._core, self._owner, self.send)
        task = asyncio.get_running_loop().create_task(self._answer(number, chat), name="chat over a WebSocket")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, number: str, chat: Chatting) -> None:
        try:
            last = await chat.run()
        finally:
            del self._chats[number]
        # Only now: whoever reads it may use the id and the conversation again at once.
        if last is not None:
            with contextlib.suppress(ConnectionError):
                await self.send(last)


def _record(frame: WSMessage) -> dict[str, Any]:
    if frame.type is not WSMsgType.TEXT:
        raise Rejected(400, "Only text frames are read.", "bad_input")
    try:
        record = json.loads(frame.data)
    except (ValueError, RecursionError):
        raise Rejected(400, "This is not JSON.", "invalid_json") from None
    if not isinstance(record, dict):
        raise Rejected(400, "This is not a JSON object.", "invalid_json")
    return record
