"""The service on a free port, with a tiny real model that answers nonsense, and what asks it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import openai
import pytest

from desktop_agent.app import App, open_app, serving
from desktop_agent.frontends import service
from desktop_agent.runtime.serving import Service
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder

LIMIT_S = 60


class Client:
    """A program that knows the token."""

    def __init__(self, app: App, http: aiohttp.ClientSession) -> None:
        self.app = app
        self.http = http

    @property
    def service(self) -> Service:
        assert self.app.service is not None
        return self.app.service

    @property
    def url(self) -> str:
        return self.service.url

    @property
    def token(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.service.token()}"}

    def openai(self, **how: Any) -> openai.AsyncOpenAI:
        """The official client."""
        given = {"api_key": self.service.token(), "max_retries": 0, "timeout": LIMIT_S} | how
        return openai.AsyncOpenAI(base_url=f"{self.url}/v1", **given)

    async def ask(self, body: Any = None, **how: Any) -> tuple[int, Any, Any]:
        """Status, record and headers of the answer to one request for a completion."""
        given = {"headers": self.token, "json": body} | how
        async with self.http.post(f"{self.url}/v1/chat/completions", **given) as response:
            return response.status, await response.json(), response.headers

    def socket(self, **how: Any) -> Any:
        return self.http.ws_connect(f"{self.url}/ws", **({"headers": self.token} | how))


class Serve(Protocol):
    """Opens the program on the folder of the test with its service on."""

    def __call__(self, **settings: str) -> AbstractAsyncContextManager[Client]: ...


@pytest.fixture
def serve(folder: Folder, tiny_model: Path) -> Serve:
    @asynccontextmanager
    async def opening(**settings: str) -> AsyncIterator[Client]:
        given = {
            "model": str(tiny_model), "threads": "1", "temperature": "0", "reply_tokens": "24", "context_tokens": "512",
            "service_port": "0", "memory_on": "off",
        } | settings  # fmt: skip
        opened = open_app(folder, Settings.open(folder.settings, {}, given))
        async with opened as app, serving(app, service) as served:
            assert served.service is not None
            await served.service.start()
            async with asyncio.timeout(LIMIT_S), aiohttp.ClientSession() as http:
                yield Client(served, http)

    return opening


def question(text: str = "Hello", **more: Any) -> dict[str, Any]:
    """A request for a completion."""
    return {"model": "desktop-agent", "messages": [{"role": "user", "content": text}], **more}


async def until_done(socket: Any) -> list[dict[str, Any]]:
    """The messages of one answer, its last one included."""
    seen = []
    while not seen or seen[-1]["type"] not in ("done", "error"):
        seen.append(await socket.receive_json(timeout=LIMIT_S))
    return seen
