"""A model on a server as an engine: any server that speaks the chat completions of OpenAI.

Until its first word a request may be tried again; after it never: what was said cannot be taken back. Whoever
asks an engine of this kind sends the whole prompt to another computer.
"""

from __future__ import annotations

import asyncio
import copy
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_agent.errors import Busy, ServerFailed, TooLong
from desktop_agent.events import Chunk, EngineEvent, Finished, Thought
from desktop_agent.inference.breaker import Breaker, Circuit
from desktop_agent.inference.engine import Progress, Sampling
from desktop_agent.inference.remote_address import Address
from desktop_agent.inference.remote_answer import Answer, EventLines, garbage
from desktop_agent.inference.remote_client import Client, Passing, Refused, TooManyTokens, too_much_to_do
from desktop_agent.messages import Ending, PromptMessage, ServerModel
from desktop_agent.runtime.backends import Limiter, Place
from desktop_agent.runtime.retry import Retries, retrying

if TYPE_CHECKING:
    import aiohttp

log = logging.getLogger(__name__)

ATTEMPTS = 4
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.4, 8.0
SILENCE_S = 30.0
"""The longest pause between two pieces of an answer."""
AFTER_THE_END_S = 3.0
"""How long the figures are waited for that come after the last word."""
LEAST_REPLY = 16
"""Tokens that are left for an answer in any case."""
MOST_LETTERS = 40
"""Characters of an answer for each token that was allowed: more is a server that does not stop."""
BYTES_PER_TOKEN, MARKS = 3, 6
"""A token of the usual vocabularies has 3 to 5 bytes of text; each message has some marks around it."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited: for the first word with all attempts before it, and for each further piece. Seconds."""

    first_word_s: float = 30.0
    silence_s: float = SILENCE_S


class Line:
    """What all requests to one server share: its connections, its circuit breaker, how many it can bear."""

    def __init__(self, address: Address, client: Client, on_circuit: Callable[[Circuit], None]) -> None:
        self.address = address
        self.client = client
        self.breaker = Breaker(on_circuit)
        self.limiter = Limiter(address.host, start=4)
        self.retries = Retries()
        self.last_error: ServerFailed | None = None
        self.contexts: dict[str, int] = {}
        """What was learned of how much a model can read, in tokens."""

    def through(self, client: Client) -> Line:
        """The same line with other connections, for requests of another loop."""
        other = copy.copy(self)
        other.client = client
        return other


class RemoteEngine:
    """Answers with one model of one server; implements ``Engine``. ``key`` is asked for before each request."""

    wants_help = False
    memory_bytes = 0

    def __init__(
        self,
        model: ServerModel,
        line: Line,
        key: Callable[[], Awaitable[str]],
        context_tokens: int,
        patience: Patience,
    ) -> None:
        self._model = model
        self._line = line
        self._key = key
        self._patience = patience
        self.context_tokens = context_tokens
        self.name = model.engine
        self.label = model.model

    @asynccontextmanager
    async def stream(
        self,
        messages: Sequence[PromptMessage],
        sampling: Sampling,
        conversation: int | None = None,  # noqa: ARG002 - servers keep what they have read as they like
    ) -> AsyncIterator[AsyncIterator[EngineEvent]]:
        """As ``Engine.stream`` says; several answers may run at once."""
        events = self._events(messages, sampling)
        async with aclosing(events):
            yield events

    async def count(self, text: str) -> int:
        """About how many tokens ``text`` has, rather too many than too few: the vocabulary is not here."""
        return estimated(text)

    async def count_messages(self, messages: Sequence[PromptMessage]) -> int:
        """As ``count``, for the whole prompt."""
        return sum(estimated(message.content) + MARKS for message in messages)

    async def load(self, progress: Progress | None = None) -> None:
        """A server has nothing to load here."""

    async def close(self) -> None:
        """The connections belong to the line, not to one engine."""

    async def _events(self, messages: Sequence[PromptMessage], sampling: Sampling) -> AsyncGenerator[EngineEvent, None]:
        line = self._line
        if not line.breaker.let_through():
            raise self._left_alone()
        learned = False
        try:
            async with aclosing(self._in_a_place(messages, sampling)) as events:
                async for event in events:
                    yield event
            learned = True
            line.breaker.worked()
        except Refused as error:
            learned = True
            line.last_error = error
            line.breaker.worked()
            if isinstance(error, TooManyTokens):
                # What the server says it can read, or half of what was too much; less than that was in any case.
                told = error.context_tokens or self.context_tokens // 2
                line.contexts[self._model.model] = min(told, self.context_tokens * 3 // 4)
                raise TooLong.again(error.record()) from error
            raise
        except ServerFailed as error:
            learned = True
            line.last_error = error
            line.breaker.failed()
            raise
        finally:
            if not learned:
                line.breaker.nothing_learned()

    async def _in_a_place(
        self, messages: Sequence[PromptMessage], sampling: Sampling
    ) -> AsyncGenerator[EngineEvent, None]:
        begun, wait_s = time.perf_counter(), self._patience.first_word_s
        until = asyncio.get_running_loop().time() + wait_s
        async with AsyncExitStack() as stack:
            try:
                place = await stack.enter_async_context(self._line.limiter.place(wait_s=wait_s))
            except Busy as error:
                raise too_much_to_do(self._line.address.host) from error
            try:
                async with asyncio.timeout_at(until):
                    answer = await self._first_that_speaks(self._record(messages, sampling), begun, until, place)
            except TimeoutError:
                place.overloaded()
                raise self._too_slow() from None
            place.responded()
            stack.push_async_callback(answer.aclose)
            async for event in answer.events(sampling):
                yield event

    async def _first_that_speaks(self, record: dict[str, object], begun: float, until: float, place: Place) -> _Opened:
        """The first attempt that gets a first word."""

        async def attempt() -> _Opened:
            answer = _Opened(self, record, begun)
            try:
                await answer.open()
            except BaseException as error:
                await answer.aclose()
                if isinstance(error, Passing) and error.overloaded:
                    place.overloaded()
                if isinstance(error, Passing) and error.pause_s > until - asyncio.get_running_loop().time():
                    # It would be over before the server wants to hear of us again.
                    raise ServerFailed.again(error.record()) from error
                raise
            return answer

        return await retrying(
            attempt,
            Passing,
            name=f"the request to {self._line.address.host}",
            attempts=ATTEMPTS,
            first_pause_s=FIRST_PAUSE_S,
            longest_pause_s=LONGEST_PAUSE_S,
            least_pause_s=lambda failure: failure.pause_s if isinstance(failure, Passing) else 0.0,
            counter=self._line.retries,
            level=logging.DEBUG,  # whoever asked tells how it ended
        )

    def _record(self, messages: Sequence[PromptMessage], sampling: Sampling) -> dict[str, object]:
        """The body of the request. Only what OpenAI's own server takes too: some refuse what they do not know."""
        prompt = sum(estimated(message.content) + MARKS for message in messages)
        record: dict[str, object] = {
            "model": self._model.model,
            "messages": [{"role": str(message.role), "content": message.content} for message in messages],
            "temperature": sampling.temperature,
            "top_p": sampling.top_p,
            # vLLM refuses what could become longer than the context with the longest answer.
            "max_tokens": max(LEAST_REPLY, min(sampling.reply_tokens, self.context_tokens - prompt)),
            "stream": True,
            "stream_options": {"include_usage": True},
        }
        if sampling.seed is not None:
            record["seed"] = sampling.seed
        if sampling.stop:
            record["stop"] = list(sampling.stop)
        return record

    def _too_slow(self) -> ServerFailed:
        return ServerFailed(
            "The server {host} gave no answer within {seconds} s.",
            hint="It may be busy or still loading the model. server_wait_seconds says how long is waited.",
            host=self._line.address.host,
            seconds=f"{self._patience.first_word_s:g}",
        )

    def _left_alone(self) -> ServerFailed:
        return ServerFailed(
            "The server {host} failed {count} times in a row; it is tried again in {seconds} s.",
            hint="Test the connection on the page of the servers.",
            host=self._line.address.host,
            count=self._line.breaker.failures,
            seconds=max(1, round(self._line.breaker.opens_in_s)),
        )


def estimated(text: str) -> int:
    """About how many tokens ``text`` has, rather too many than too few."""
    return -(-len(text.encode("utf-8", "replace")) // BYTES_PER_TOKEN)


class _Opened:
    """One attempt: a response, read up to its first word by ``open`` and to its end by ``events``."""

    def __init__(self, engine: RemoteEngine, record: dict[str, object], begun: float) -> None:
        self._engine = engine
        self._line = engine._line
        self._record = record
        self._answer = Answer(self._line.address.host, begun)
        self._first: list[Thought | Chunk] = []
        self._read = self._reading()

    async def open(self) -> None:
        """Wait for the first word, or for an end without one."""
        async for event in self._read:
            self._first.append(event)
            return

    async def events(self, sampling: Sampling) -> AsyncIterator[EngineEvent]:
        """The answer with its end."""
        answer, most = self._answer, max(1, sampling.reply_tokens) * MOST_LETTERS
        for event in self._first:
            yield event
        while True:
            try:
                async with asyncio.timeout(self._engine._patience.silence_s):
                    event = await anext(self._read)
            except StopAsyncIteration:
                break
            except (TimeoutError, Passing) as error:
                raise self._broken() from error
            yield event
            if answer.said > most:
                answer.ending = Ending.LENGTH
                break
        yield Finished(answer.ending or Ending.COMPLETE, answer.final_usage(), self._engine.name)

    async def aclose(self) -> None:
        """Hang up."""
        await self._read.aclose()

    async def _reading(self) -> AsyncGenerator[Thought | Chunk, None]:
        answer, client, host = self._answer, self._line.client, self._line.address.host
        key = await self._engine._key()
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
                raise garbage(host)
        for event in answer.rest():
            yield event
        if not answer.said:
            raise ServerFailed(
                "The server {host} sent an empty answer.", hint="Ask again, or choose another model.", host=host
            )

    def _whole(self, whole: object) -> list[Thought | Chunk]:
        import json

        events = list(self._answer.take(json.dumps(whole)))
        if self._answer.ending is None:
            raise garbage(self._line.address.host)
        return events

    async def _stream(self, response: aiohttp.ClientResponse) -> AsyncGenerator[Thought | Chunk, None]:
        answer, lines = self._answer, EventLines(self._line.address.host)
        async with aclosing(self._line.client.pieces(response)) as pieces:
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
                    host=self._line.address.host,
                )
            )

    def _broken(self) -> ServerFailed:
        return ServerFailed(
            "The server {host} stopped in the middle of the answer.",
            hint="What it had said is kept. Try again, or ask the model on this laptop.",
            host=self._line.address.host,
        )
