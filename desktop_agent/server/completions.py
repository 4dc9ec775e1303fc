"""``POST /v1/chat/completions``: one answer, in one piece or as it comes.

Until the first sign of an answer a failure has a status of its own; in a stream that has begun it can only
be told as an event.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

from aiohttp import HttpVersion11, web

from desktop_agent.events import Chunk, EngineEvent, Finished, Loading, Thought
from desktop_agent.messages import Ending, Usage
from desktop_agent.runtime.loops import EndedThere
from desktop_agent.server.asked import Wanted, parsed, wanted
from desktop_agent.server.core import Core
from desktop_agent.server.refusals import Rejected, ended_here, refusal
from desktop_agent.server.told import Completion, dumped

log = logging.getLogger(__name__)

MOST_BODY = 1 << 20
"""Bytes. Reading the JSON of more would hold up the window: one lock is shared with it."""
BODY_S = 20.0
WRITE_S = 30.0
"""Who takes nothing of his answer for so long does not get the rest."""


class Completions:
    """Answers requests out of ``core``."""

    def __init__(self, core: Core) -> None:
        self._core = core

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """The response to one request."""
        asked = wanted(parsed(await body(request)), self._core.usual)
        completion = Completion(self._core.model(asked.model).name)
        owner = f"{request.remote} {asked.user or request.headers.get('User-Agent', '')}"
        try:
            async with self._core.answer(asked, owner) as batches:
                if asked.stream:
                    return await _stream(request, asked, completion, batches)
                return await _whole(completion, batches)
        except EndedThere:
            raise ended_here() from None


async def body(request: web.BaseRequest) -> bytes:
    """The whole body.

    Raises:
        Rejected: it is too large, or comes too slowly.
    """
    if (request.content_length or 0) > MOST_BODY:
        raise _too_large()
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Rejected(415, "Compressed bodies are not read.", "unsupported_encoding")
    if request.headers.get("Expect", "").lower() == "100-continue" and request.version >= HttpVersion11:
        # The low-level server leaves this to us; without it curl waits a second before it sends a long question.
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        request.writer.output_size = 0  # aiohttp takes what was written for the beginning of the response
    found = bytearray()
    try:
        async with asyncio.timeout(BODY_S):
            async for piece in request.content.iter_any():
                found += piece
                if len(found) > MOST_BODY:
                    raise _too_large()
    except TimeoutError:
        raise Rejected(408, "The body did not arrive in time.", "timeout") from None
    return bytes(found)


def _too_large() -> Rejected:
    return Rejected(413, f"The body has more than {MOST_BODY} bytes.", "too_large")


async def _whole(completion: Completion, batches: AsyncIterator[list[EngineEvent]]) -> web.StreamResponse:
    said: list[str] = []
    thought: list[str] = []
    finished = Finished(Ending.STOPPED, Usage(), "")
    async for batch in batches:
        for event in batch:
            if isinstance(event, Chunk):
                said.append(event.text)
            elif isinstance(event, Thought):
                thought.append(event.text)
            elif isinstance(event, Finished):
                finished = event
    record = completion.whole("".join(said), "".join(thought), finished.ending, finished.usage)
    return web.Response(body=dumped(record), content_type="application/json")


async def _stream(
    request: web.BaseRequest, asked: Wanted, completion: Completion, batches: AsyncIterator[list[EngineEvent]]
) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    begun = False
    try:
        async for batch in batches:
            # Loading can still fail in a way that deserves a status.
            lines = [line for event in batch for line in _lines(event, asked, completion)]
            if not begun and any(not isinstance(event, Loading) for event in batch):
                begun = True
                await response.prepare(request)
                lines.insert(0, _line(dumped(completion.first())))
            if lines:
                async with asyncio.timeout(WRITE_S):
                    await response.write(b"".join(lines))
    except TimeoutError:
        # Not told: whoever reads nothing reads no reason either.
        log.info("a program did not take its answer in time")
        request.protocol.force_close()
        return response
    except Exception as error:
        if not begun:
            raise
        refused = ended_here() if isinstance(error, EndedThere) else refusal(error)
        await response.write(_line(dumped(refused.record())))
    await response.write(b"data: [DONE]\n\n")
    await response.write_eof()
    return response


def _lines(event: EngineEvent, asked: Wanted, completion: Completion) -> list[bytes]:
    match event:
        case Chunk(text):
            return [_line(dumped(completion.piece(text)))]
        case Thought(text):
            return [_line(dumped(completion.thought(text)))]
        case Finished(ending, usage):
            last = [_line(dumped(completion.last(ending)))]
            return [*last, _line(dumped(completion.cost(usage)))] if asked.include_usage else last
        case _:
            return []


def _line(data: bytes) -> bytes:
    return b"data: " + data + b"\n\n"
