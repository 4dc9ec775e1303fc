"""The HTTP server: where requests arrive, what keeps them small and few, who answers which.

aiohttp's low-level server and not its application: four paths need no router, and half of the
time of a request was spent in it. Everything here runs on the service's own loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import time
from collections.abc import Awaitable, Callable
from socket import socket as Socket  # noqa: N812
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_protocol import RequestHandler

from desktop_agent.app import App
from desktop_agent.server.access import Access
from desktop_agent.server.completions import Completions
from desktop_agent.server.core import Core
from desktop_agent.server.refusals import SERVER, Rejected, refusal
from desktop_agent.server.sockets import Sockets
from desktop_agent.server.told import dumped, model_record
from desktop_agent.settings import catalogue

log = logging.getLogger(__name__)

HEAD_S = 15.0
"""Within this a connection has sent a whole head, and between two requests it may be idle so long."""
SPARE = 32
"""Connections beyond ``max_connections`` that are told so; further ones are hung up on at once."""
RETRY_AFTER_S = 5
CLOSE_S = 3.0
QUIET_S = 60.0
"""The same refusal is logged once in this time."""

_FULL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: %d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    % RETRY_AFTER_S
)

Handler = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]


class Site:
    """Answers on ``sockets`` from ``open`` to ``close``; ``told`` hears when programs come and go."""

    def __init__(self, app: App, core: Core, access: Access, told: Callable[[], None]) -> None:
        self._app = app
        self._core = core
        self._access = access
        self._told = told
        self._busy = 0
        self._refused_at: dict[str, float] = {}
        self._completions = Completions(core)
        self._sockets = Sockets(core, app.settings)
        self._routes: dict[tuple[str, str], Handler] = {
            ("GET", "/v1/models"): self._models,
            ("POST", "/v1/chat/completions"): self._completions.handle,
            ("GET", "/ws"): self._sockets.handle,
        }
        self._server: web.Server | None = None
        self._listening: list[asyncio.Server] = []

    async def open(self, sockets: list[Socket]) -> None:
        """Begin to answer on these bound sockets."""
        self._server = _Counted(
            self._handle, self._room, handler_cancellation=True, keepalive_timeout=HEAD_S, lingering_time=2.0,
            access_log=None, auto_decompress=False, logger=_Quiet(self._noted),
        )  # fmt: skip
        loop = asyncio.get_running_loop()
        # A line of a thousand that are not accepted yet: who comes then is answered late, and not by the system.
        self._listening = [await loop.create_server(self._server, sock=each, backlog=1024) for each in sockets]
        self._sockets.begin()

    async def close(self) -> None:
        """Answer nobody any more; what runs is ended and what was said is kept."""
        for listening in self._listening:
            listening.close()
        await self._sockets.close()
        if self._server is not None:
            self._server.pre_shutdown()
            await self._server.shutdown(CLOSE_S)
        for listening in self._listening:
            await listening.wait_closed()
        await self._core.close()

    async def put_out(self) -> None:
        """Hang up on every program: the token is another one now."""
        # Those of now: who comes meanwhile has the new one.
        connections = self._server.connections if self._server is not None else []
        await self._sockets.close()
        self._sockets.begin()
        for connection in connections:
            connection.force_close()

    @property
    def clients(self) -> int:
        """Programs that are being answered or hold a WebSocket."""
        return self._busy

    def _room(self) -> int:
        return self._app.settings[catalogue.MAX_CONNECTIONS] + SPARE

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        origin: str | None = None
        try:
            path = request.path.rstrip("/") or "/"
            self._access.allow(self._app.settings[catalogue.ALLOWED_ORIGINS])
            origin = self._access.check_place(request.headers)
            if path == "/health":
                return self._health(request)
            if origin is not None and request.method == "OPTIONS":
                return _allowed(web.Response(status=204), origin)
            self._access.check_token(request.headers, request.query.get("token", "") if path == "/ws" else "")
            response = await self._answered(request, path)
            if origin is not None and not response.prepared:
                _allowed(response, origin)
            return response
        except ConnectionError:
            return web.Response(status=400)  # the client has gone: nobody reads it
        except Exception as error:
            return self._refuse(request, refusal(error), origin)

    async def _answered(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        handler = self._routes.get((request.method, path))
        if handler is None:
            if path.startswith("/v1/models/") and request.method == "GET":
                handler = self._model
            elif others := sorted(method for method, other in self._routes if other == path):
                raise Rejected(
                    405,
                    f"{path} takes {', '.join(others)}.",
                    "method_not_allowed",
                    headers={"Allow": ", ".join(others)},
                )
            else:
                raise Rejected(404, "There is nothing at this address.", "unknown_url")
        if self._busy >= self._app.settings[catalogue.MAX_CONNECTIONS]:
            raise Rejected(
                503, "As many programs are connected as may be.", "too_many_connections", None, SERVER,
                {"Retry-After": str(RETRY_AFTER_S)},
            )  # fmt: skip
        self._busy += 1
        self._told()
        try:
            return await handler(request)
        finally:
            self._busy -= 1
            self._told()

    def _health(self, request: web.BaseRequest) -> web.Response:
        if request.method not in ("GET", "HEAD"):
            raise Rejected(405, "/health takes GET.", "method_not_allowed", headers={"Allow": "GET"})
        return json_response({"status": "ok"})

    async def _models(self, _request: web.BaseRequest) -> web.StreamResponse:
        models = [model_record(name, self._core.since) for name in await self._core.models()]
        return json_response({"object": "list", "data": models})

    async def _model(self, request: web.BaseRequest) -> web.StreamResponse:
        name = self._core.model(request.path.removeprefix("/v1/models/")).name
        return json_response(model_record(name, self._core.since))

    def _noted(self, kind: str) -> bool:
        """Whether it is time to write a line about ``kind``."""
        now = time.monotonic()
        if now - self._refused_at.get(kind, -math.inf) <= QUIET_S:
            return False
        self._refused_at[kind] = now
        return True

    def _refuse(self, request: web.BaseRequest, refused: Rejected, origin: str | None) -> web.StreamResponse:
        kind = refused.code or str(refused.status)
        if self._noted(kind):
            log.warning("a request was refused: %d %s", refused.status, kind)
        response = json_response(refused.record(), refused.status, dict(refused.headers))
        if request.body_exists and not request.content.is_eof():
            response.force_close()  # what it still sends is not read
        return response if origin is None else _allowed(response, origin)


class _Quiet(logging.LoggerAdapter[logging.Logger]):
    """The log for what aiohttp says: a line for each kind of bad request now and then, everything for our mistakes."""

    def __init__(self, noted: Callable[[str], bool]) -> None:
        super().__init__(log, {})
        self._noted = noted

    def exception(self, msg: object, *args: object, exc_info: Any = True, **more: Any) -> None:
        if not isinstance(exc_info, HttpProcessingError):
            super().exception(msg, *args, exc_info=exc_info, **more)
        elif self._noted("no HTTP"):
            log.warning("a request was refused: it is no HTTP that can be understood")


class _Counted(web.Server):
    """Hangs up on connections beyond what ``room`` allows, before they cost anything."""

    def __init__(self, handler: Handler, room: Callable[[], int], **how: Any) -> None:
        super().__init__(handler, **how)
        self._room = room

    def connection_made(self, handler: RequestHandler, transport: asyncio.Transport) -> None:
        super().connection_made(handler, transport)
        transport.set_write_buffer_limits(high=64 << 10)
        if len(self._connections) > self._room():
            with contextlib.suppress(OSError):
                transport.write(_FULL)
            handler.force_close()


def json_response(record: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """A whole response with ``record`` as its body."""
    return web.Response(body=dumped(record), status=status, headers=headers, content_type="application/json")


def _allowed(response: web.StreamResponse, origin: str) -> web.StreamResponse:
    """Let the page of ``origin`` read ``response``."""
    response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
    response.headers["Access-Control-Allow-Methods"] = "GET, POST"
    response.headers["Vary"] = "Origin"
    return response
