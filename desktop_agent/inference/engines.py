"""Which engine answers: the model of the settings, or the built-in guide when there is none or it fails.

At most one chosen model is in memory. It is loaded when first needed and given back
after ``unload_minutes`` without a question; another choice takes effect with the next one.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import AgentError
from desktop_agent.events import Loading
from desktop_agent.inference import VARIANT_LIMIT
from desktop_agent.inference.engine import Engine
from desktop_agent.inference.models import ModelFile, Models, as_path
from desktop_agent.inference.states import States
from desktop_agent.runtime.lazy import Lazy, LazyState
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Settings

if TYPE_CHECKING:
    from desktop_agent.inference.fit import Fit
    from desktop_agent.inference.header import Header
    from desktop_agent.inference.local import LocalEngine
    from desktop_agent.inference.plan import Wish
    from desktop_agent.inference.variants import Chosen

log = logging.getLogger(__name__)

GUIDE_CONTEXT = 2048
TRIAL_SHARE = 0.5
"""Of what is told as loading; trying a model takes as long as loading it, and happens once."""
OnLoading = Callable[[Loading], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """An engine that is loaded; ``fallback_error`` says why it is not the chosen one, if it is not."""

    engine: Engine
    fallback_error: AgentError | None = None


@dataclass(frozen=True, slots=True)
class _Choice:
    """What decides which model is loaded and how."""

    path: str
    context_tokens: int
    n_threads: int
    kv_type: str
    low_memory: str


class AnotherChosen(Exception):
    """The settings name another model than the one that was to be loaded."""


class Engines:
    """Gives the engine that answers now; use from one loop."""

    def __init__(
        self, settings: Settings, threads: Threads, monitor: Monitor, models: Models, states: States | None = None
    ) -> None:
        self._settings = settings
        self._threads = threads
        self._monitor = monitor
        self._models = models
        self._states = states
        self._listeners: list[OnLoading] = []
        self._drops: set[asyncio.Task[None]] = set()
        self._shrinks: set[asyncio.Task[None]] = set()
        self._guide: Lazy[Engine] = Lazy(self._make_guide, self._unload, self._idle_seconds(), on_idle=self._note_idle)
        self._typing = self._sparing = False
        # Counts for the library that the first model brings along, here and in the children that try models.
        os.environ[VARIANT_LIMIT] = settings[catalogue.PROCESSOR_VARIANT]
        self.variant: Chosen | None = None
        """How llama.cpp computes; None until it is loaded."""
        self.most_context: int | None = None
        """Tokens of context that a model is loaded with at most, to stay light; None for what the settings say."""
        self._choice = self._chosen()
        self._local = self._lazy(self._choice)
        if states:
            states.most_bytes = settings[catalogue.STATE_MEGABYTES] << 20
        self._unwatch = settings.watch(self._follow)

    @asynccontextmanager
    async def ready(self, on_loading: OnLoading | None = None) -> AsyncIterator[Ready]:
        """The engine that answers, loaded for as long as the block runs.

        ``on_loading`` is called on the loop while it is being loaded. Cancelling stops the
        loading. When the chosen model cannot be loaded the guide comes in its place.
        """
        if on_loading:
            self._listeners.append(on_loading)
        try:
            async with AsyncExitStack() as stack:
                engine: Engine | None = None
                error: AgentError | None = None
                while self._choice.path and engine is None and error is None:
                    try:
                        engine = await stack.enter_async_context(self._local.use())
                    except AnotherChosen:
                        log.info("another model was chosen while one was loaded")
                    except AgentError as failed:
                        error = failed
                        log.warning("%s cannot answer: %s %s", self._choice.path, failed, _notes(failed))
                if engine is None:
                    engine = await stack.enter_async_context(self._guide.use())
                yield Ready(engine, error)
        finally:
            if on_loading:
                self._listeners.remove(on_loading)

    @asynccontextmanager
    async def loaded(self) -> AsyncIterator[LocalEngine | None]:
        """The chosen model for work beside the questions; None when it is not in memory: that work may wait."""
        if self._choice.path and self._local.state is LazyState.READY:
            async with self._local.use() as engine:
                yield engine
        else:
            yield None

    async def forget(self, conversation: int) -> None:
        """Remove from the disk what models have read of ``conversation``."""
        if self._states:
            await self._threads.call(self._states.forget, conversation)

    async def forget_others(self, conversations: Collection[int]) -> None:
        """Remove what models have read of all but ``conversations``."""
        if self._states:
            await self._threads.call(self._states.keep_only, frozenset(conversations))

    async def select(self, path: str | Path) -> ModelFile | None:
        """Let the model in ``path`` answer from the next question on, or the guide for an empty text (None).

        Raises:
            ModelUnusable: it cannot be used; the model before stays chosen.
        """
        if not str(path).strip():
            self._settings.set(catalogue.MODEL, "")
            return None
        model = await self.check(path)
        self._settings.set(catalogue.MODEL, "" if model.builtin else str(model.path))
        return model

    async def check(self, path: str | Path) -> ModelFile:
        """The model in ``path``, which could take the place of the one in memory now.

        Raises:
            ModelUnusable: it could not; the sentence says why. DoesNotFit: for want of memory.
        """
        return await self._models.check(as_path(path), self._wish(), held_bytes=self.memory_bytes)

    async def fit(
        self, path: str | Path, context_tokens: int | None = None, *, kv_type: str = "", low_memory: str = ""
    ) -> Fit:
        """Whether the model in ``path`` fits when it takes the place of the one in memory now.

        What is not given is as the settings say.

        Raises:
            ModelUnusable: its header says nothing that can be used.
        """
        wish = self._wish(context_tokens)
        wish = replace(wish, kv_type=kv_type or wish.kv_type, low_memory=low_memory or wish.low_memory)
        return await self._models.fit(as_path(path), wish, self.memory_bytes)

    async def fit_of(self, header: Header) -> Fit:
        """As ``fit``, for a model that need not be here."""
        return await self._models.fit_of(header, self._wish(), self.memory_bytes)

    async def released(self) -> None:
        """Wait until a model that is chosen no more has left the memory: then its file can be deleted."""
        while begun := tuple(self._drops):
            await asyncio.wait(begun)

    async def insist(self, path: str | Path) -> None:
        """Load the model in ``path`` from now on however little memory is free, short of all there is.

        Raises:
            ModelUnusable: its header says nothing that can be used.
        """
        await self._models.insist(as_path(path))

    @property
    def state(self) -> LazyState:
        """Of the engine that is chosen."""
        return self._current.state

    @property
    def label(self) -> str:
        """What the screen calls the model that is chosen; empty for the guide."""
        return Path(self._choice.path).stem

    @property
    def memory_bytes(self) -> int:
        """What all engines hold in memory now."""
        return sum(lazy.thing.memory_bytes for lazy in (self._local, self._guide) if lazy.thing)

    def typing(self, active: bool) -> None:
        """Whether the user types now: then the chosen model leaves a core more to the window."""
        self._typing = active
        self._use_cores()

    def spare(self, active: bool) -> None:
        """Whether the chosen model leaves a core more to everything else."""
        self._sparing = active
        self._use_cores()

    @property
    def chosen(self) -> Lazy[LocalEngine] | None:
        """The chosen model; None when that is the guide."""
        return self._local if self._choice.path else None

    @property
    def context_wanted(self) -> int:
        """What the settings want the chosen model to see, in tokens."""
        return self._choice.context_tokens

    async def unload(self) -> None:
        """Give back all memory, after the answers that run."""
        await asyncio.gather(self._local.drop(), self._guide.drop())

    async def close(self) -> None:
        """Unload, and follow the settings no longer."""
        self._unwatch()
        await self.unload()
        if begun := (*self._drops, *self._shrinks):
            await asyncio.wait(begun)

    def _use_cores(self) -> None:
        if engine := self._local.thing:
            engine.typing(self._typing or self._sparing)

    @property
    def _current(self) -> Lazy[LocalEngine] | Lazy[Engine]:
        return self._local if self._choice.path else self._guide

    def _chosen(self) -> _Choice:
        chosen = self._settings
        return _Choice(
            chosen[catalogue.MODEL].strip(),
            chosen[catalogue.CONTEXT_TOKENS],
            chosen[catalogue.THREADS],
            chosen[catalogue.KV_TYPE],
            chosen[catalogue.LOW_MEMORY],
        )

    def _follow(self, changed: Setting[Any] | None = None) -> None:
        """Do what the settings say now."""
        if changed is catalogue.STATE_MEGABYTES:
            self._bound_states()
        self._local.idle_seconds = self._guide.idle_seconds = self._idle_seconds()
        if engine := self._local.thing:
            engine.lookup = self._settings[catalogue.PROMPT_LOOKUP]
        choice = self._chosen()
        if choice == self._choice:
            return
        # The new model is loaded when the old one has gone: both together may be too much.
        self._start(self._current.drop(), self._drops)
        self._choice, self._local = choice, self._lazy(choice)

    def _bound_states(self) -> None:
        """Keep no more states on the disk than the settings allow."""
        if self._states:
            self._states.most_bytes = self._settings[catalogue.STATE_MEGABYTES] << 20
            self._start(self._threads.call(self._states.shrink), self._shrinks)

    def _start(self, work: Coroutine[Any, Any, None], among: set[asyncio.Task[None]]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        among.add(task)
        task.add_done_callback(among.discard)

    def _wish(self, context_tokens: int | None = None) -> Wish:
        from desktop_agent.inference.plan import Wish

        chosen = self._settings
        context = context_tokens or chosen[catalogue.CONTEXT_TOKENS]
        return Wish(context, chosen[catalogue.KV_TYPE], chosen[catalogue.LOW_MEMORY])

    def _idle_seconds(self) -> float:
        return self._settings[catalogue.UNLOAD_MINUTES] * 60.0

    def _lazy(self, choice: _Choice) -> Lazy[LocalEngine]:
        return Lazy(partial(self._make_local, choice), self._unload, self._idle_seconds(), on_idle=self._note_idle)

    async def _make_local(self, choice: _Choice) -> LocalEngine:
        from desktop_agent.inference.local import LocalEngine

        if choice != self._choice:
            # Dropping begins the load anew for who waits; they shall wait for the new choice instead.
            raise AnotherChosen
        for drop in tuple(self._drops):
            await asyncio.shield(drop)
        path = as_path(choice.path)
        tried = False

        def tell(fraction: float) -> None:
            nonlocal tried
            tried = True
            self._tell(path.stem, fraction * TRIAL_SHARE)

        context = min(choice.context_tokens, self.most_context or choice.context_tokens)
        await self._models.let_in(path, self._wish(context), tell)
        engine = LocalEngine(
            path,
            self._threads,
            context,
            choice.n_threads,
            kv_type=choice.kv_type,
            low_memory=choice.low_memory,
            states=self._states,
        )
        engine.lookup = self._settings[catalogue.PROMPT_LOOKUP]
        engine.typing(self._typing or self._sparing)
        await self._loaded(engine, TRIAL_SHARE if tried else 0.0)
        self._note_plan(engine, choice)
        return engine

    async def _make_guide(self) -> Engine:
        # Imported here and below: the window is painted before any engine is needed.
        from desktop_agent.inference.guide import GuideEngine
        from desktop_agent.inference.local import LocalEngine

        model: LocalEngine | None = None
        if self._models.builtin.exists():
            model = LocalEngine(self._models.builtin, self._threads, GUIDE_CONTEXT, name="guide")
            try:
                await self._loaded(model)
            except AgentError as error:
                log.warning("the built-in model cannot be loaded: %s %s", error, _notes(error))
                model = None
        return GuideEngine(model, self._threads)

    async def _loaded(self, engine: LocalEngine, done: float = 0.0) -> LocalEngine:
        """Load ``engine``, telling how far that is from ``done`` on."""
        await engine.load(lambda fraction: self._tell(engine.label, done + (1 - done) * fraction))
        self._monitor.model_bytes = self.memory_bytes + engine.memory_bytes
        from desktop_agent.inference.library import variant  # loaded by now

        self.variant = variant()
        return engine

    def _tell(self, label: str, fraction: float) -> None:
        for listener in tuple(self._listeners):
            listener(Loading(label, fraction))

    async def _unload(self, engine: Engine) -> None:
        await engine.close()
        self._monitor.model_bytes = self.memory_bytes

    def _note_plan(self, engine: LocalEngine, choice: _Choice) -> None:
        plan, note = engine.plan, self._monitor.acts.note
        if plan is None:
            return
        if plan.low_memory and choice.low_memory == "automatic":
            note("Little memory is free: {model} was loaded in low-memory mode.", model=engine.label)
        if plan.lowered_from:
            note(
                "Little memory is free: {model} sees {tokens} tokens instead of {wanted}.",
                model=engine.label,
                tokens=plan.context_tokens,
                wanted=plan.lowered_from,
            )

    def _note_idle(self) -> None:
        minutes = self._settings[catalogue.UNLOAD_MINUTES]
        self._monitor.acts.note("No question for {minutes} minutes: the model left the memory.", minutes=minutes)


def _notes(error: AgentError) -> str:
    return " ".join(getattr(error, "__notes__", ()))
