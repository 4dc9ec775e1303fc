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

from desktop_agent.errors import Busy, ServerFailed, TooLong
from desktop_agent.events import EngineEvent, Finished
from desktop_agent.inference.breaker import Breaker, Circuit
from desktop_agent.inference.engine import Progress, Sampling
from desktop_agent.inference.remote_address import Address
from desktop_agent.inference.remote_attempt import Attempt
from desktop_agent.inference.remote_client import Client, KeyWanted, Passing, Refused, TooManyTokens, too_much_to_do
from desktop_agent.messages import PromptMessage, Role, ServerModel
from desktop_agent.runtime.backends import Limiter, Place
from desktop_agent.runtime.retry import Retries, retrying

log = logging.getLogger(__name__)

ATTEMPTS = 4
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.4, 8.0
SILENCE_S = 30.0
"""The longest pause between two pieces of an answer."""
LEAST_REPLY = 16
"""Tokens that are left for an answer in any case."""
MOST_LETTERS = 40
"""Characters of an answer for each token that was allowed: more is a server that does not stop."""
GO_ON = {"continue_final_message": True, "add_generation_prompt": False}
"""Asks for the rest of the answer that stands last. vLLM wants both and begins a new answer without; llama-server goes
on with and without; Ollama goes on by itself and passes over what it does not know."""
BYTES_PER_TOKEN, MARKS = 3, 6
"""A token of the usual vocabularies has 3 to 5 bytes of text; each message has some marks around it."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited: for the first word with all attempts before it, and for each further piece. Seconds."""

    first_word_s: float = 30.0
    silence_s: float = SILENCE_S


@dataclass(slots=True)
class Seen:
    """What requests have shown of a server."""

    last_error: ServerFailed | None = None
    """Why the last request failed; None when it did not."""
    takes_more: bool = True
    """Whether it takes ``GO_ON``, as far as is known."""


class Line:
    """What all requests to one server share: its connections, its circuit breaker, how many it can bear."""

    def __init__(self, address: Address, client: Client, on_circuit: Callable[[Circuit], None]) -> None:
        self.address = address
        self.client = client
        self.breaker = Breaker(on_circuit)
        self.limiter = Limiter(address.host, start=4)
        self.retries = Retries()
        self.seen = Seen()
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
            line.seen.last_error = None
            line.breaker.worked()
        except Refused as error:
            learned = True
            line.seen.last_error = error
            line.breaker.worked()
            if isinstance(error, TooManyTokens):
                # What the server says it can read, or half of what was too much; less than that was in any case.
                told = error.context_tokens or self.context_tokens // 2
                line.contexts[self._model.model] = min(told, self.context_tokens * 3 // 4)
                raise TooLong.again(error.record()) from error
            raise
        except ServerFailed as error:
            learned = True
            line.seen.last_error = error
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
                    answer = await self._that_goes_on(messages, sampling, begun, until, place)
            except TimeoutError:
                place.overloaded()
                raise self._too_slow() from None
            place.responded()
            stack.push_async_callback(answer.aclose)
            most = max(1, sampling.reply_tokens) * MOST_LETTERS
            async for event in answer.events(most, self._patience.silence_s):
                yield event
            yield Finished(answer.ending, answer.usage(), self.name)

    async def _that_goes_on(
        self, messages: Sequence[PromptMessage], sampling: Sampling, begun: float, until: float, place: Place
    ) -> Attempt:
        """As ``_first_that_speaks``; an answer that stands at the end of ``messages`` is gone on with."""
        record, line = self._record(messages, sampling), self._line
        if messages[-1].role is not Role.ASSISTANT or not line.seen.takes_more:
            return await self._first_that_speaks(record, begun, until, place)
        try:
            return await self._first_that_speaks(record | GO_ON, begun, until, place)
        except (KeyWanted, TooManyTokens):
            raise
        except Refused as error:
            log.debug("asked without the words for going on: %s", error)
        # OpenAI's own server refuses whatever it does not know; others go on without being told.
        answer = await self._first_that_speaks(record, begun, until, place)
        line.seen.takes_more = False
        return answer

    async def _first_that_speaks(self, record: dict[str, object], begun: float, until: float, place: Place) -> Attempt:
        """The first attempt that gets a first word."""

        line = self._line

        async def attempt() -> Attempt:
            answer = Attempt(line.client, line.address.host, self._key, record, begun)
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
