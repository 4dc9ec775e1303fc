"""A server on this computer that speaks as llama-server, Ollama and vLLM do, and misbehaves where a test wants it to.

It runs in a thread of its own: a client that blocks its loop must not make the server look slow.
"""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiohttp import web

Handler = Callable[[web.Request, "Loopback"], Awaitable[web.StreamResponse]]


class Loopback:
    """What it was asked, and how it answers: one handler of ``answers`` per request, the last one for ever."""

    def __init__(self) -> None:
        self.answers: list[Handler] = [say("Hello", " there", ".")]
        self.listing: Handler = models("tiny", "big")
        self.asked: list[dict[str, Any]] = []
        """The bodies of requests for an answer."""
        self.listed = 0
        self.keys: list[str] = []
        self.hung_up = threading.Event()
        """Set when a client leaves in the middle."""
        self.go = threading.Event()
        self.port = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        self.keys.append(request.headers.get("Authorization", ""))
        self.asked.append(await request.json())
        handler = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
        try:
            return await handler(request, self)
        except (ConnectionError, asyncio.CancelledError):
            self.hung_up.set()
            raise

    async def _models(self, request: web.Request) -> web.StreamResponse:
        self.keys.append(request.headers.get("Authorization", ""))
        self.listed += 1
        return await self.listing(request, self)

    async def waits(self) -> None:
        """Wait for ``go`` without holding up the server."""
        while not self.go.is_set():
            await asyncio.sleep(0.01)


@contextmanager
def loopback(port: int = 0) -> Iterator[Loopback]:
    """The server while the block runs, at a free port unless one is named."""
    server, loop, ready = Loopback(), asyncio.new_event_loop(), threading.Event()

    async def serve() -> web.AppRunner:
        app = web.Application(client_max_size=1 << 26)
        app.router.add_post("/v1/chat/completions", server._chat)
        app.router.add_get("/v1/models", server._models)
        runner = web.AppRunner(app, handler_cancellation=True, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", port)
        await site.start()
        server.port = runner.addresses[0][1]
        return runner

    def run() -> None:
        asyncio.set_event_loop(loop)
        runner = loop.run_until_complete(serve())
        ready.set()
        loop.run_forever()
        loop.run_until_complete(runner.cleanup())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(60)
    try:
        yield server
    finally:
        server.go.set()
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        assert not thread.is_alive()


def event(record: object) -> bytes:
    return b"data: " + json.dumps(record).encode() + b"\n\n"


def delta(**message: Any) -> bytes:
    return event({"choices": [{"index": 0, "delta": message, "finish_reason": None}]})


def finished(reason: str = "stop") -> bytes:
    return event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})


USAGE = event(
    {
        "choices": [],
        "usage": {"prompt_tokens": 20, "completion_tokens": 3, "prompt_tokens_details": {"cached_tokens": 15}},
    }
)
DONE = b"data: [DONE]\n\n"


async def stream(request: web.Request, *pieces: bytes, kind: str = "text/event-stream") -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": kind})
    await response.prepare(request)
    for piece in pieces:
        await response.write(piece)
    return response


def say(*words: str, reason: str = "stop") -> Handler:
    async def handler(request: web.Request, server: Loopback) -> web.StreamResponse:
        return await stream(request, *(delta(content=word) for word in words), finished(reason), USAGE, DONE)

    return handler


def send(*pieces: bytes, kind: str = "text/event-stream") -> Handler:
    """A stream of these bytes, properly ended as HTTP."""

    async def handler(request: web.Request, server: Loopback) -> web.StreamResponse:
        return await stream(request, *pieces, kind=kind)

    return handler


def status(code: int, text: str = "", **headers: str) -> Handler:
    async def handler(request: web.Request, server: Loopback) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(status=code, text=text, headers=named, content_type="application/json")

    return handler


def models(*names: str, **more: Any) -> Handler:
    async def handler(request: web.Request, server: Loopback) -> web.StreamResponse:
        return web.json_response(
            {"object": "list", "data": [{"id": name, "object": "model", **more} for name in names]}
        )

    return handler


def torn(*pieces: bytes) -> Handler:
    """These bytes, and then the connection is cut."""

    async def handler(request: web.Request, server: Loopback) -> web.StreamResponse:
        response = await stream(request, *pieces)
        assert request.transport is not None
        request.transport.abort()
        return response

    return handler


def hangs(*pieces: bytes) -> Handler:
    """These bytes, and then nothing until the test is over."""

    async def handler(request: web.Request, server: Loopback) -> web.StreamResponse:
        response = await stream(request, *pieces)
        await server.waits()
        return response

    return handler


async def never(request: web.Request, server: Loopback) -> web.StreamResponse:
    """No answer at all."""
    await server.waits()
    return web.Response()


async def endless(request: web.Request, server: Loopback) -> web.StreamResponse:
    """An answer that never ends."""
    response = await stream(request)
    while not server.go.is_set():
        await response.write(delta(content="again and " * 100))
    return response


async def long_line(request: web.Request, server: Loopback) -> web.StreamResponse:
    """One event of 10 MB."""
    response = await stream(request, b'data: {"choices":[{"delta":{"content":"')
    for _ in range(160):
        await response.write(b"x" * 65536)
    await response.write(b'"}}]}\n\n')
    return response
