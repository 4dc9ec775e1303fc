"""One attempt to get an answer from a server: a request and its response, up to the last word.

What is told of an answer belongs to ``remote_answer.py``, what is done when there is none to ``remote.py``.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import ServerFailed
from desktop_agent.events import Chunk, Thought
from desktop_agent.inference.remote_answer import Answer, EventLines, garbage
from desktop_agent.inference.remote_client import Client, Passing
from desktop_agent.messages import Ending, Usage

if TYPE_CHECKING:
    import aiohttp

AFTER_THE_END_S = 3.0
"""How long the figures are waited for that come after the last word."""


class Attempt:
    """A response, read up to its first word by ``open`` and to its end by ``events``."""

    def __init__(
        self, client: Client, host: str, key: Callable[[], Awaitable[str]], record: Mapping[str, Any], begun: float
    ) -> None:
        self._client, self._host, self._key, self._record = client, host, key, record
        self._answer = Answer(host, begun)
        self._first: list[Thought | Chunk] = []
        self._read = self._reading()

    @property
    def ending(self) -> Ending:
        """How it ended."""
        return self._answer.ending or Ending.COMPLETE

    def usage(self) -> Usage:
        """What it cost."""
        return self._answer.final_usage()

    async def open(self) -> None:
        """Wait for the first word, or for an end without one."""
        async for event in self._read:
            self._first.append(event)
            return

    async def events(self, most: int, silence_s: float) -> AsyncIterator[Thought | Chunk]:
        """The answer, cut after ``most`` characters.

        Raises:
            ServerFailed: it broke off, or nothing came for ``silence_s``.
        """
        answer = self._answer
        for event in self._first:
            yield event
        while True:
            try:
                async with asyncio.timeout(silence_s):
                    event = await anext(self._read)
            except StopAsyncIteration:
                return
            except (TimeoutError, Passing) as error:
                raise self._broken() from error
            yield event
            if answer.said > most:
                answer.ending = Ending.LENGTH
                return

    async def aclose(self) -> None:
        """Hang up."""
        await self._read.aclose()

    async def _reading(self) -> AsyncGenerator[Thought | Chunk, None]:
        answer, client = self._answer, self._client
        key = await self._key()
        async with client.request("POST", "chat/completions", key=key, record=self._record) as response:
            if response.content_type == "application/json":
                # A server that does not stream says all at once.
                whole = await client.read(response)
                for event in self._whole(whole):
                    yield event
            elif response.content_type == "text/event-stream":
                async with aclosing(self._stream(response)) as events:
                    async for event in events:
                        yield event
            else:
                raise garbage(self._host)
        for event in answer.rest():
            yield event
        if not answer.said:
            raise ServerFailed(
                "The server {host} sent an empty answer.", hint="Ask again, or choose another model.", host=self._host
            )

    def _whole(self, whole: object) -> list[Thought | Chunk]:
        events = list(self._answer.take(json.dumps(whole)))
        if self._answer.ending is None:
            raise garbage(self._host)
        return events

    async def _stream(self, response: aiohttp.ClientResponse) -> AsyncGenerator[Thought | Chunk, None]:
        answer, lines = self._answer, EventLines(self._host)
        async with aclosing(self._client.pieces(response)) as pieces:
            while not answer.over:
                try:
                    # After the last word only figures come; they are not worth a long wait.
                    async with asyncio.timeout(AFTER_THE_END_S if answer.ending else None):
                        piece = await anext(pieces)
                except StopAsyncIteration:
                    break
                except (TimeoutError, Passing):
                    if answer.ending:
                        return
                    raise
                for data in lines.feed(piece):
                    for event in answer.take(data):
                        yield event
        for data in lines.rest():
            for event in answer.take(data):
                yield event
        if answer.ending is None and not answer.over:
            raise (
                self._broken()
                if answer.said
                else Passing(
                    "The server {host} hung up.",
                    hint="Ask again. If it stays so, look at its log.",
                    host=self._host,
                )
            )

    def _broken(self) -> ServerFailed:
        return ServerFailed(
            "The server {host} stopped in the middle of the answer.",
            hint="What it had said is kept. Try again, or ask the model on this laptop.",
            host=self._host,
        )
