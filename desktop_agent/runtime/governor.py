"""Keeps the program light when the computer is short of something, in named steps that are undone again.

It looks through the Monitor: while a model is in memory, while a step is in force, and not otherwise. A
reason to act must last ``HOLD_S`` and its end ``CALM_S``; between the two values of a rule nothing changes.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from desktop_agent.runtime.monitor import Monitor, Sample

log = logging.getLogger(__name__)

TICK_S = 10.0
"""How often it looks when nobody else does."""
HOLD_S, CALM_S = 3.0, 30.0
LARGE_BYTES = 8 << 30
"""A computer with more RAM is treated as one with this much: 88 % of 64 GB leaves plenty."""
TIGHT, ROOMY = 88.0, 80.0
"""Percent of the RAM, up to ``LARGE_BYTES`` of it: on a laptop with 4 GB 490 MB free, and 820 MB."""
CRITICAL = 94.0
OTHERS_BUSY, OTHERS_CALM = 75.0, 50.0
"""Percent of the processor that other programs use."""
BATTERY_LOW, BATTERY_ENOUGH = 20.0, 25.0
WINDOW_SLOW_MS, WINDOW_QUICK_MS = 100.0, 40.0


class Step(StrEnum):
    """What is done to stay light, the mildest first."""

    FEWER_THREADS = "fewer_threads"
    SMALLER_CONTEXT = "smaller_context"
    PAUSE_BACKGROUND = "pause_background"
    UNLOAD_MODEL = "unload_model"


class Cause(StrEnum):
    """What there is too little of."""

    RAM = "ram"
    LOAD = "load"
    BATTERY = "battery"
    WINDOW = "window"


class Measures(Protocol):
    """What the model can do to weigh less."""

    def spare_a_core(self, active: bool) -> bool:
        """Whether that changes anything."""

    def lower_context(self, active: bool) -> tuple[int, int] | None:
        """Tokens wanted and given; None when nothing changes."""

    async def unload_idle(self) -> int:
        """Bytes that this freed; 0 while the model is used."""

    async def load_again(self) -> bool:
        """Whether it was done."""


@dataclass(frozen=True, slots=True)
class Rule:
    """``step`` is in force while ``figure`` stays at or above ``high``, until it is at or below ``low``."""

    step: Step
    cause: Cause
    high: float
    low: float
    hold_s: float = HOLD_S


RULES = (
    Rule(Step.FEWER_THREADS, Cause.WINDOW, WINDOW_SLOW_MS, WINDOW_QUICK_MS),
    Rule(Step.FEWER_THREADS, Cause.LOAD, OTHERS_BUSY, OTHERS_CALM),
    Rule(Step.FEWER_THREADS, Cause.BATTERY, 100 - BATTERY_LOW, 100 - BATTERY_ENOUGH),
    Rule(Step.SMALLER_CONTEXT, Cause.RAM, TIGHT, ROOMY),
    # Not for load: work in the background gives way by its low priority anyhow.
    Rule(Step.PAUSE_BACKGROUND, Cause.RAM, TIGHT, ROOMY),
    Rule(Step.PAUSE_BACKGROUND, Cause.BATTERY, 100 - BATTERY_LOW, 100 - BATTERY_ENOUGH),
    # At once: what comes next is swapping, and then nothing reacts any more.
    Rule(Step.UNLOAD_MODEL, Cause.RAM, CRITICAL, ROOMY, 0.0),
)


def figure(cause: Cause, sample: Sample, kept_free: int = 0) -> float | None:
    """How bad it is, larger is worse; None where the computer does not tell.

    ``kept_free`` bytes of the RAM count as used: what a step has freed and undoing it takes back.
    """
    match cause:
        case Cause.RAM:
            if sample.ram_free is None or not sample.ram_total:
                return None
            free = max(0, sample.ram_free - kept_free)
            return max(0.0, 100 * (1 - free / min(sample.ram_total, LARGE_BYTES)))
        case Cause.LOAD:
            if sample.cpu_percent is None or sample.app_cpu_percent is None:
                return None
            return max(0.0, sample.cpu_percent - sample.app_cpu_percent)
        case Cause.BATTERY:
            if sample.on_mains is not False or sample.battery_percent is None:
                return 0.0
            return 100 - sample.battery_percent
        case Cause.WINDOW:
            return sample.window_ms


class _Watcher:
    """One rule over time."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.active = False
        self._since: float | None = None

    def look(self, value: float | None, now: float) -> None:
        rule = self.rule
        turning = value is not None and (value <= rule.low if self.active else value >= rule.high)
        if not turning:
            self._since = None
            return
        if self._since is None:
            self._since = now
        if now - self._since >= (CALM_S if self.active else rule.hold_s):
            self.active, self._since = not self.active, None


class Governor:
    """Takes the steps; ``hold_background`` is called with whether work in the background must wait."""

    def __init__(
        self,
        monitor: Monitor,
        measures: Measures,
        hold_background: Callable[[bool], None],
        *,
        tick_s: float = TICK_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monitor = monitor
        self._measures = measures
        self._hold_background = hold_background
        self._clock = clock
        self._watchers = [_Watcher(rule) for rule in RULES]
        self._taken: dict[Step, bool] = {}
        """Steps in force; False for one that changes nothing here."""
        self._freed = 0
        self._watch = monitor.watch(tick_s, self._seen)
        self._acting: asyncio.Task[None] | None = None
        self._closed = False
        monitor.on_model(self._model_changed)
        self._model_changed()

    @property
    def in_force(self) -> tuple[Step, ...]:
        """The steps that change something now, the mildest first."""
        return tuple(step for step in Step if self._taken.get(step))

    @property
    def looking(self) -> bool:
        """Whether it looks at the computer now."""
        return self._watch.running

    async def take(self, sample: Sample) -> None:
        """Judge ``sample``, and take or undo steps."""
        now = self._clock()
        for watcher in self._watchers:
            kept_free = self._freed if watcher.rule.step is Step.UNLOAD_MODEL else 0
            watcher.look(figure(watcher.rule.cause, sample, kept_free), now)
        for step in Step:
            reasons = [watcher.rule.cause for watcher in self._watchers if watcher.active and watcher.rule.step is step]
            if reasons and step not in self._taken:
                await self._do(step, reasons[0], sample)
            elif not reasons and step in self._taken:
                await self._undo(step)
        self._model_changed()

    async def close(self) -> None:
        """Look no more; what was done stays until the program ends."""
        self._closed = True
        self._watch.stop()
        if self._acting is not None:
            await asyncio.wait((self._acting,))

    def _model_changed(self) -> None:
        if (self._monitor.model_bytes or self._taken) and not self._closed:
            self._watch.start()
        else:
            self._watch.stop()

    def _seen(self, sample: Sample) -> None:
        # One at a time: unloading takes longer than the pause between two looks.
        if self._closed or (self._acting is not None and not self._acting.done()):
            return
        self._acting = asyncio.get_running_loop().create_task(self.take(sample), name="governor")
        self._acting.add_done_callback(_log_mistake)

    async def _do(self, step: Step, cause: Cause, sample: Sample) -> None:
        fields = _fields(cause, sample)
        match step:
            case Step.FEWER_THREADS:
                if self._measures.spare_a_core(True):
                    self._note_threads(cause, fields)
                    self._taken[step] = True
                    return
            case Step.SMALLER_CONTEXT:
                if tokens := self._measures.lower_context(True):
                    self._monitor.acts.note(
                        "RAM {percent} %: the model is loaded with a context of {given} instead of {wanted} next time.",
                        wanted=tokens[0], given=tokens[1], **fields,
                    )  # fmt: skip
                    self._taken[step] = True
                    return
            case Step.PAUSE_BACKGROUND:
                self._hold_background(True)
                self._note_pause(cause, fields)
                self._taken[step] = True
                return
            case Step.UNLOAD_MODEL:
                if freed := await self._measures.unload_idle():
                    self._freed = freed
                    self._monitor.acts.note(
                        "RAM {percent} %: the idle model left the memory, {megabytes} MB freed.",
                        megabytes=f"{freed / 2**20:,.0f}", **fields,
                    )  # fmt: skip
                    self._taken[step] = True
                return  # one that is used now may be idle at the next look
        self._taken[step] = False

    async def _undo(self, step: Step) -> None:
        changed = self._taken.pop(step)
        acts = self._monitor.acts
        match step:
            case Step.FEWER_THREADS:
                self._measures.spare_a_core(False)
                if changed:
                    acts.note("There is room again: the model uses its usual cores.")
            case Step.SMALLER_CONTEXT:
                self._measures.lower_context(False)
                if changed:
                    acts.note("There is room again: the next context is as large as the settings say.")
            case Step.PAUSE_BACKGROUND:
                self._hold_background(False)
                acts.note("There is room again: work in the background goes on.")
            case Step.UNLOAD_MODEL:
                self._freed = 0
                if await self._measures.load_again():
                    acts.note("There is room again: the model is back in the memory.")

    def _note_threads(self, cause: Cause, fields: dict[str, Any]) -> None:
        acts = self._monitor.acts
        if cause is Cause.WINDOW:
            acts.note("The window waited {ms} ms: the model uses one core less.", **fields)
        elif cause is Cause.LOAD:
            acts.note("Other programs use {percent} % of the processor: the model uses one core less.", **fields)
        else:
            acts.note("Battery {percent} %: the model uses one core less.", **fields)

    def _note_pause(self, cause: Cause, fields: dict[str, Any]) -> None:
        acts = self._monitor.acts
        if cause is Cause.RAM:
            acts.note("RAM {percent} %: work in the background waits.", **fields)
        else:
            acts.note("Battery {percent} %: work in the background waits.", **fields)


def _fields(cause: Cause, sample: Sample) -> dict[str, Any]:
    """The figure that a person can compare with what the system shows."""
    match cause:
        case Cause.WINDOW:
            return {"ms": f"{sample.window_ms or 0:.0f}"}
        case Cause.BATTERY:
            return {"percent": f"{sample.battery_percent or 0:.0f}"}
        case Cause.RAM:
            return {"percent": f"{sample.ram_percent or 0:.0f}"}
        case Cause.LOAD:
            return {"percent": f"{figure(cause, sample) or 0:.0f}"}


def _log_mistake(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (mistake := task.exception()):
        log.error("A mistake of the program", exc_info=mistake)
