"""A model file on this computer as an engine.

All of llama.cpp happens in worker threads, one piece of work at a time; the loop only
waits. What is stopped has really ended when the caller goes on.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from desktop_agent.errors import ModelUnusable, TooLong
from desktop_agent.events import Chunk, EngineEvent, Finished, Loading, Reading
from desktop_agent.inference.engine import Progress, Sampling
from desktop_agent.inference.gguf import Header, read_header
from desktop_agent.inference.llama import LlamaModel, Prompt
from desktop_agent.inference.loading import StopFlag, Stopped, ThreadCounts
from desktop_agent.inference.template import Laid, Layout
from desktop_agent.messages import PromptMessage, Usage
from desktop_agent.runtime.readings import Computer
from desktop_agent.runtime.threads import Emit, Threads

log = logging.getLogger(__name__)

R = TypeVar("R")

LOADING_STEPS = 50
"""Times that loading is reported at most."""
LEAST_REPLY = 16
"""Tokens that must stay free in the context for an answer."""


@dataclass(frozen=True, slots=True)
class _Loaded:
    """Everything that is there while the model is in memory."""

    model: LlamaModel
    layout: Layout
    bytes: int


class LocalEngine:
    """Answers with the model in ``path``; implements ``Engine``.

    ``n_threads`` 0 chooses by itself: all cores read, all but one answer. The KV cache
    stays between answers, so a prompt that begins like the last one costs only the rest.
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
    ) -> None:
        self.path = path
        self.name = name or path.name
        self.label = label or path.stem
        self._threads = threads
        self._wanted_tokens = context_tokens
        self._n_threads = n_threads
        self._stop = StopFlag()
        self._loaded: _Loaded | None = None
        self._queue = asyncio.Lock()
        # The loop's lock lets nobody in too early as a rule; a task that is thrown away leaves before its worker.
        self._working = threading.Lock()

    @property
    def context_tokens(self) -> int:
        """Room for prompt and answer; before loading what was asked for, then what the model has."""
        return self._loaded.model.context_tokens if self._loaded else self._wanted_tokens

    @property
    def memory_bytes(self) -> int:
        return self._loaded.bytes if self._loaded else 0

    @asynccontextmanager
    async def stream(
        self, messages: Sequence[PromptMessage], sampling: Sampling
    ) -> AsyncIterator[AsyncIterator[EngineEvent]]:
        """As ``Engine.stream`` says."""
        begun = time.perf_counter()
        async with (
            self._queue,
            self._threads.stream(
                partial(self._answer, tuple(messages), sampling, begun), f"answer of {self.name}"
            ) as events,
        ):
            yield events

    async def count(self, text: str) -> int:
        """Tokens of ``text`` alone."""
        return await self._done(lambda loaded: len(loaded.model.words.tokens(text.encode("utf-8", "replace"))))

    async def count_messages(self, messages: Sequence[PromptMessage]) -> int:
        """Tokens of the whole prompt made from ``messages``."""
        return await self._done(lambda loaded: len(loaded.model.prompt(loaded.layout.lay(messages).text).tokens))

    async def load(self, progress: Progress | None = None) -> None:
        """As ``Engine.load`` says; ``progress`` is called on the loop."""
        await self._done(lambda _: None, progress)

    async def close(self) -> None:
        """As ``Engine.close`` says."""
        async with self._queue:
            await self._threads.call(self._unload)

    async def _done(self, work: Callable[[_Loaded], R], progress: Progress | None = None) -> R:
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
        self, messages: Sequence[PromptMessage], sampling: Sampling, begun: float, emit: Emit[EngineEvent]
    ) -> None:
        with suppress(Stopped), self._alone(emit):
            self._stream(messages, sampling, begun, emit)

    def _stream(
        self, messages: Sequence[PromptMessage], sampling: Sampling, begun: float, emit: Emit[EngineEvent]
    ) -> None:
        loaded = self._ready(emit)
        model, laid = loaded.model, loaded.layout.lay(messages)
        prompt = self._fitting(model, laid)
        evaluated = model.read(prompt, lambda done, total: emit(Reading(done, total)))
        first_token_ms = 0

        def say(text: str) -> None:
            nonlocal first_token_ms
            first_token_ms = first_token_ms or max(1, round((time.perf_counter() - begun) * 1000))
            emit(Chunk(text))

        written = model.write(replace(sampling, stop=(*sampling.stop, *laid.stop)), say)
        usage = Usage(
            prompt_tokens=len(prompt.tokens),
            evaluated_tokens=evaluated,
            reply_tokens=written.tokens,
            first_token_ms=first_token_ms,
            tokens_per_second=round(written.tokens_per_second, 2),
        )
        emit(Finished(written.ending, usage, self.name))

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

    def _ready(self, emit: Callable[[Loading], None]) -> _Loaded:
        """The loaded model, loaded now if need be."""
        if self._loaded is None:
            self._loaded = self._load(emit)
        return self._loaded

    def _load(self, emit: Callable[[Loading], None]) -> _Loaded:
        begun, told = time.perf_counter(), -1

        def progress(fraction: float) -> None:
            nonlocal told
            if (step := int(fraction * LOADING_STEPS)) > told:
                told = step
                emit(Loading(self.label, fraction))

        progress(0.0)
        header = read_header(self.path)
        computer = Computer()
        _check_memory(header, self._wanted_tokens, computer.read().ram_total)
        counts = _thread_counts(self._n_threads, computer.physical_cores)
        model = LlamaModel.load(
            self.path, context_tokens=self._wanted_tokens, threads=counts, stop=self._stop, progress=progress
        )
        words = model.words
        layout = Layout(
            header.template,
            knows_chatml={"<|im_start|>", "<|im_end|>"} <= set(words.control_texts),
            begins_with=words.begins_with,
            ends_with=words.ends_with,
            control=words.control_texts,
        )
        seconds = time.perf_counter() - begun
        log.info("%s loaded in %.1f s: %d tokens of context, %s", self.name, seconds, model.context_tokens, counts)
        return _Loaded(model, layout, header.needed_bytes(model.context_tokens))

    def _unload(self) -> None:
        with self._working:
            loaded, self._loaded = self._loaded, None
            if loaded is not None:
                loaded.model.close()
                log.info("%s unloaded", self.name)


def _thread_counts(wanted: int, physical_cores: int) -> ThreadCounts:
    if wanted:
        return ThreadCounts(wanted, wanted)
    cores = min(physical_cores, os.cpu_count() or 1)
    # Reading is quick work for all cores; an answer takes long, and the window wants a core meanwhile.
    return ThreadCounts(reading=cores, answering=max(1, cores - 1))


def _check_memory(header: Header, context_tokens: int, ram_bytes: int | None) -> None:
    needed = header.needed_bytes(min(context_tokens, header.context_length))
    if ram_bytes is not None and needed > ram_bytes:
        raise ModelUnusable(
            "{file} needs {needed} MB of memory, but this computer has {total} MB.",
            hint="Choose a smaller model or a smaller context.",
            file=header.path.name,
            needed=needed >> 20,
            total=ram_bytes >> 20,
        )
