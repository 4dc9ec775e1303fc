"""A model file on this computer as an engine.

All of llama.cpp happens in worker threads, one piece of work at a time; the loop only
waits. What is stopped has really ended when the caller goes on.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from desktop_agent.errors import TooLong
from desktop_agent.events import EngineEvent, Finished, Loading, Reading
from desktop_agent.inference.decoder import Thoughts
from desktop_agent.inference.engine import Progress, Sampling
from desktop_agent.inference.llama import LlamaModel, Prompt
from desktop_agent.inference.loaded import Loaded, load
from desktop_agent.inference.loading import StopFlag, Stopped, ThreadCounts
from desktop_agent.inference.plan import Plan, Wish
from desktop_agent.inference.states import States
from desktop_agent.inference.template import Laid
from desktop_agent.messages import Ending, PromptMessage, Role, Usage
from desktop_agent.runtime.threads import Emit, Threads

log = logging.getLogger(__name__)

R = TypeVar("R")

LOADING_STEPS = 50
"""Times that loading is reported at most."""
LEAST_REPLY = 16
"""Tokens that must stay free in the context for an answer."""


class LocalEngine:
    """Answers with the model in ``path``; implements ``Engine``.

    ``n_threads`` 0 chooses by itself: all cores read, all but one answer. The KV cache
    stays between answers, so a prompt that begins like the last one costs only the rest;
    with ``states`` it also comes back after other conversations and in a later program.
    ``kv_type`` and ``low_memory`` are what the settings of these names say.
    """

    wants_help = False

    def __init__(
        self,
        path: Path,
        threads: Threads,
        context_tokens: int = 2048,
        n_threads: int = 0,
        label: str = "",
        name: str = "",
        *,
        kv_type: str = "f16",
        low_memory: str = "automatic",
        states: States | None = None,
    ) -> None:
        self.path = path
        self.name = name or path.name
        self.label = label or path.stem
        self._threads = threads
        self._wish = Wish(context_tokens, kv_type, low_memory)
        self._states = states
        self._n_threads = n_threads
        self.lookup = False
        """Whether answers compute ahead what the text so far suggests; from the next answer on."""
        self._typing = False
        self._stop = StopFlag()
        self._loaded: Loaded | None = None
        self._queue = asyncio.Lock()
        # The loop's lock lets nobody in too early as a rule; a task that is thrown away leaves before its worker.
        self._working = threading.Lock()

    @property
    def context_tokens(self) -> int:
        """Room for prompt and answer; before loading what was asked for, then what the model has."""
        return self._loaded.model.context_tokens if self._loaded else self._wish.context_tokens

    @property
    def memory_bytes(self) -> int:
        return self._loaded.bytes if self._loaded else 0

    @property
    def plan(self) -> Plan | None:
        """How it is loaded; None while it is not."""
        return self._loaded.plan if self._loaded else None

    @property
    def conversation(self) -> int | None:
        """The conversation whose beginning is in the KV cache."""
        return self._loaded.keeper.conversation if self._loaded else None

    def typing(self, active: bool) -> None:
        """Leave one core more to whoever types, from the next step on. A number of threads that was asked for stays."""
        self._typing = active
        if loaded := self._loaded:
            loaded.model.use_threads(self._counts(loaded))

    @asynccontextmanager
    async def stream(
        self, messages: Sequence[PromptMessage], sampling: Sampling, conversation: int | None = None
    ) -> AsyncIterator[AsyncIterator[EngineEvent]]:
        """As ``Engine.stream`` says."""
        work = functools.partial(self._answer, tuple(messages), sampling, conversation, time.perf_counter())
        async with self._queue, self._threads.stream(work, f"answer of {self.name}") as events:
            yield events

    async def count(self, text: str) -> int:
        """Tokens of ``text`` alone."""
        return await self._done(lambda loaded: len(loaded.model.words.tokens(text.encode("utf-8", "replace"))))

    async def count_messages(self, messages: Sequence[PromptMessage]) -> int:
        """Tokens of the whole prompt made from ``messages``."""
        return await self._done(lambda loaded: len(loaded.model.prompt(loaded.layout.lay(messages).text).tokens))

    async def read_ahead(self, messages: Sequence[PromptMessage], conversation: int) -> int:
        """Read what a next question in ``conversation`` will follow; how many tokens had to be read.

        Cancelling stops at once, and what was read until then is not read again. Leaves a core
        to whoever types.
        """
        given = tuple(messages)
        return await self._done(lambda loaded: self._read_ahead(loaded, given, conversation))

    async def unread(self, messages: Sequence[PromptMessage], conversation: int) -> int:
        """How many tokens ``read_ahead`` would bring into the KV cache, from the disk or by reading."""
        given = tuple(messages)
        return await self._done(lambda loaded: self._unread(loaded, given, conversation))

    async def keep(self) -> bool:
        """Write what was read of the conversation to the disk; whether it is there now. Cancelling is safe."""
        if self._loaded is None:
            return False
        return await self._done(lambda loaded: loaded.keeper.keep(self._stop.__bool__))

    async def load(self, progress: Progress | None = None) -> None:
        """As ``Engine.load`` says; ``progress`` is called on the loop."""
        await self._done(lambda _: None, progress)

    async def close(self) -> None:
        """As ``Engine.close`` says."""
        async with self._queue:
            await self._threads.call(self._unload)

    async def _done(self, work: Callable[[Loaded], R], progress: Progress | None = None) -> R:
        """What ``work`` gives, done in a worker with the model loaded; a cancelled one has ended before this does."""

        found: list[R] = []

        def do(emit: Emit[Loading]) -> None:
            with suppress(Stopped), self._alone(emit):
                found.append(work(self._ready(emit)))

        async with self._queue, self._threads.stream(do, f"work of {self.name}") as events:
            async for event in events:
                if progress:
                    progress(event.fraction)
        return found[0]

    # In the worker

    def _answer(
        self,
        messages: Sequence[PromptMessage],
        sampling: Sampling,
        conversation: int | None,
        begun: float,
        emit: Emit[EngineEvent],
    ) -> None:
        with suppress(Stopped), self._alone(emit):
            loaded = self._ready(emit)
            loaded.keeper.turn_to(conversation, self._stop.__bool__)
            self._stream(loaded, messages, sampling, begun, emit)

    def _stream(
        self,
        loaded: Loaded,
        messages: Sequence[PromptMessage],
        sampling: Sampling,
        begun: float,
        emit: Emit[EngineEvent],
    ) -> None:
        model, laid = loaded.model, loaded.layout.lay(messages)
        prompt = self._fitting(model, laid)
        loaded.keeper.change()
        evaluated = model.read(prompt, lambda done, total: emit(Reading(done, total)))
        thoughts, first_token_ms = Thoughts(laid.thinking), 0

        def say(text: str) -> None:
            nonlocal first_token_ms
            first_token_ms = first_token_ms or max(1, round((time.perf_counter() - begun) * 1000))
            for event in thoughts.feed(text):
                emit(event)

        written = model.write(replace(sampling, stop=(*sampling.stop, *laid.stop)), say, lookup=self.lookup)
        for event in thoughts.rest(written.ending is Ending.COMPLETE):
            emit(event)
        usage = Usage(
            prompt_tokens=len(prompt.tokens),
            evaluated_tokens=evaluated,
            reply_tokens=written.tokens,
            first_token_ms=first_token_ms,
            tokens_per_second=round(written.tokens_per_second, 2),
        )
        emit(Finished(written.ending, usage, self.name))

    def _read_ahead(self, loaded: Loaded, messages: Sequence[PromptMessage], conversation: int) -> int:
        model = loaded.model
        loaded.keeper.turn_to(conversation, self._stop.__bool__)
        prompt = self._beginning(loaded, messages)
        if not prompt.held.computed < len(prompt.tokens) < model.context_tokens:
            return 0
        loaded.keeper.change()
        answering = self._counts(loaded).answering
        model.use_threads(ThreadCounts(answering, answering))
        try:
            return model.read(prompt)
        finally:
            model.use_threads(self._counts(loaded))

    def _counts(self, loaded: Loaded) -> ThreadCounts:
        counts = loaded.counts
        if self._n_threads or not self._typing:
            return counts
        return ThreadCounts(max(1, counts.reading - 1), max(1, counts.answering - 1))

    def _beginning(self, loaded: Loaded, messages: Sequence[PromptMessage]) -> Prompt:
        # What two different questions have in common before them does not depend on the question.
        one, other = (loaded.layout.lay((*messages, PromptMessage(Role.USER, text))).text for text in ("1", "2"))
        return loaded.model.beginning(os.path.commonprefix((one, other)))

    def _unread(self, loaded: Loaded, messages: Sequence[PromptMessage], conversation: int) -> int:
        prompt = self._beginning(loaded, messages)
        held = prompt.held.computed if loaded.keeper.conversation == conversation else 0
        return len(prompt.tokens) - held

    def _fitting(self, model: LlamaModel, laid: Laid) -> Prompt:
        prompt = model.prompt(laid.text)
        room = model.context_tokens - LEAST_REPLY
        if len(prompt.tokens) > room:
            raise TooLong(
                "This needs {tokens} tokens, but {model} has room for {room}.",
                hint="Shorten the message, or choose a larger context (context_tokens).",
                tokens=len(prompt.tokens),
                model=self.label,
                room=room,
            )
        return prompt

    @contextmanager
    def _alone(self, emit: Emit[R]) -> Iterator[None]:
        with self._working:
            self._stop.clear()
            emit.on_stop(self._stop.set)
            yield

    def _ready(self, emit: Callable[[Loading], None]) -> Loaded:
        """The loaded model, loaded now if need be."""
        if self._loaded is None:
            self._loaded = self._load(emit)
            self.typing(self._typing)
        return self._loaded

    def _load(self, emit: Callable[[Loading], None]) -> Loaded:
        told = -1

        def progress(fraction: float) -> None:
            nonlocal told
            if (step := int(fraction * LOADING_STEPS)) > told:
                told = step
                emit(Loading(self.label, fraction))

        return load(self.path, self._wish, self._n_threads, self._states, self._stop, progress)

    def _unload(self) -> None:
        with self._working:
            loaded, self._loaded = self._loaded, None
            if loaded is not None:
                loaded.keeper.keep()
                loaded.model.close()
                log.info("%s unloaded", self.name)
