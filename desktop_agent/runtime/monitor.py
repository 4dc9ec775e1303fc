"""Figures about the program and its computer, sampled only while someone looks.

This program, the model and the rest of the machine are told apart; the model's
share is what its loader says it took, because a mapped model may be in RAM or not.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

from desktop_agent.runtime.acts import Acts
from desktop_agent.runtime.readings import Computer, Reading
from desktop_agent.runtime.threads import Threads

HISTORY = 120
EVERY_SECOND, STATUS_BAR_SECONDS = 1.0, 4.0
SHORTEST_PAUSE_S = 0.2
"""Processor load over less than this is noise; a look so soon gets the sample before."""
SHARED_EVERY_S, SHARED_COST_SHARE = 10.0, 1000.0
"""Walking all pages: at most every 10 s, and at most a thousandth of the time."""
SPEED_SECONDS = 2.0
WINDOW_SECONDS = 60.0

OnSample = Callable[["Sample"], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """The figures of one moment; None for what this computer does not tell.

    ``time`` is seconds since 1970; percentages run from 0 to 100, of all cores.
    """

    time: float
    cpu_percent: float | None
    app_cpu_percent: float | None
    cores: int
    ram_total: int | None
    ram_used: int | None
    ram_free: int | None
    app_bytes: int | None
    """RAM of this program without the model."""
    model_bytes: int
    """The model's part of the RAM; 0 when none is loaded."""
    tokens_per_second: float | None
    """None when no answer is being written."""
    window_ms: float | None
    """The longest that the window waited since the sample before; None without a window."""
    battery_percent: float | None
    on_mains: bool | None

    @property
    def ram_percent(self) -> float | None:
        """How full the RAM is."""
        if self.ram_used is None or not self.ram_total:
            return None
        return 100 * self.ram_used / self.ram_total


@dataclass(frozen=True, slots=True)
class AnswerSpeed:
    """How quick an answer was."""

    tokens_per_second: float | None
    """None where it was too short to tell."""
    first_token_ms: int


class Monitor:
    """Samples of the last minutes, the speed of answers and of the window, and what was done to stay light."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads
        self._computer: Computer | None = None
        self._opening = asyncio.Lock()
        self._history: deque[Sample] = deque(maxlen=HISTORY)
        self._sampled_at = float("-inf")
        self._shared_bytes: int | None = None
        self._shared_next = 0.0
        self._app_bytes_alone: int | None = None
        self._speed: tuple[float, float] | None = None
        self._window: deque[tuple[float, float]] = deque()
        self._window_worst: float | None = None
        self._lookers: list[Watch] = []
        self._sampler: asyncio.Task[None] | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()
        self._model_bytes = 0
        self._told_of_model: list[Callable[[], None]] = []
        self.last_answer: AnswerSpeed | None = None
        self.acts = Acts()

    @property
    def model_bytes(self) -> int:
        """What the loaded model takes; set by whoever loads and unloads it."""
        return self._model_bytes

    @model_bytes.setter
    def model_bytes(self, count: int) -> None:
        self._model_bytes = count
        for told in tuple(self._told_of_model):
            told()

    def on_model(self, told: Callable[[], None]) -> None:
        """Call ``told`` whenever a model came into memory or left it."""
        self._told_of_model.append(told)

    @property
    def history(self) -> tuple[Sample, ...]:
        """The newest samples, oldest first, at most ``HISTORY``."""
        return tuple(self._history)

    @property
    def latest(self) -> Sample | None:
        """The newest sample; None before the first."""
        return self._history[-1] if self._history else None

    def watch(self, seconds: float = EVERY_SECOND, on_sample: OnSample | None = None) -> Watch:
        """Someone who looks: while it is open, samples come at least every ``seconds``.

        The shortest wish of all who look counts. ``on_sample`` is called with each sample once.
        """
        return Watch(self, seconds, on_sample)

    async def sample(self) -> Sample:
        """The figures now, added to the history; within 0.2 s of the last sample that one again."""
        computer = await self._open()
        latest = self.latest
        if latest is not None and time.monotonic() - self._sampled_at < SHORTEST_PAUSE_S:
            return latest
        if time.monotonic() >= self._shared_next:
            started = time.perf_counter()
            # Set first: while the worker walks, the next sample must not send another one.
            self._shared_next = time.monotonic() + SHARED_EVERY_S
            self._shared_bytes = await self._threads.call(computer.shared_bytes)
            cost_s = time.perf_counter() - started
            self._shared_next = time.monotonic() + max(SHARED_EVERY_S, SHARED_COST_SHARE * cost_s)
        self._sampled_at = time.monotonic()
        sample = self._put_together(computer.read(), computer.cores)
        self._history.append(sample)
        return sample

    def note_speed(self, tokens_per_second: float) -> None:
        """Say how quickly the answer is coming; call it a few times a second while it comes."""
        self._speed = (time.monotonic(), tokens_per_second)

    def note_answer(self, tokens_per_second: float | None, first_token_ms: int) -> None:
        """Say how quick an answer was that has ended."""
        self._speed = None
        self.last_answer = AnswerSpeed(tokens_per_second, first_token_ms)

    def note_window(self, ms: float) -> None:
        """Say how long the window just took to react."""
        now = time.monotonic()
        self._window.append((now, ms))
        while self._window[0][0] < now - WINDOW_SECONDS:
            self._window.popleft()
        self._window_worst = max(ms, self._window_worst or 0.0)

    @property
    def slowest_window_ms(self) -> float | None:
        """The slowest reaction of the window in the last minute; None when nobody measured."""
        since = time.monotonic() - WINDOW_SECONDS
        return max((ms for at, ms in self._window if at >= since), default=None)

    async def close(self) -> None:
        """End the sampling, whoever looks."""
        self._lookers.clear()
        self._end_sampler()
        await self._sampler_ended()

    async def _open(self) -> Computer:
        async with self._opening:
            if self._computer is None:
                self._computer = await self._threads.call(Computer)
            return self._computer

    def _put_together(self, reading: Reading, cores: int) -> Sample:
        window_ms, self._window_worst = self._window_worst, None
        if window_ms is None and self._window:
            window_ms = self._window[-1][1]
        app_bytes, model_bytes = self._shares(reading.rss_bytes)
        speed = self._speed
        return Sample(
            time=time.time(),
            cpu_percent=reading.cpu_percent,
            app_cpu_percent=reading.app_cpu_percent,
            cores=cores,
            ram_total=reading.ram_total,
            ram_used=reading.ram_used,
            ram_free=reading.ram_free,
            app_bytes=app_bytes,
            model_bytes=model_bytes,
            tokens_per_second=speed[1] if speed and time.monotonic() - speed[0] < SPEED_SECONDS else None,
            window_ms=window_ms,
            battery_percent=reading.battery_percent,
            on_mains=reading.on_mains,
        )

    def _shares(self, rss_bytes: int | None) -> tuple[int | None, int]:
        """What of the RSS is the program's own and what the model's."""
        if rss_bytes is None:
            return None, self.model_bytes
        own = max(0, rss_bytes - (self._shared_bytes or 0))
        if not self.model_bytes:
            # The least, not the last: while a model is being loaded nobody has said yet what it takes.
            self._app_bytes_alone = min(own, self._app_bytes_alone or own)
            return own, 0
        # Parts of a mapped model may not be in RAM. The program does not shrink by loading one,
        # so what it had without one is its least.
        app = max(own - self.model_bytes, min(own, self._app_bytes_alone or 0))
        return app, own - app

    def _add(self, looker: Watch) -> None:
        self._lookers.append(looker)
        self._changed.set()
        if self._sampler is None or self._sampler.done():
            self._sampler = asyncio.get_running_loop().create_task(self._run())

    def _remove(self, looker: Watch) -> None:
        if looker in self._lookers:
            self._lookers.remove(looker)
        if not self._lookers:
            self._end_sampler()

    def _end_sampler(self) -> None:
        if self._sampler is not None:
            self._sampler.cancel()
            self._ending.add(self._sampler)
            self._sampler.add_done_callback(self._ending.discard)
            self._sampler = None

    async def _sampler_ended(self) -> None:
        if self._ending:
            await asyncio.wait(tuple(self._ending))

    async def _run(self) -> None:
        loop, me = asyncio.get_running_loop(), asyncio.current_task()
        # Asked anew each time: before Python 3.12 wait_for can swallow the cancelling of this task.
        while self._sampler is me:
            self._changed.clear()
            sample = await self.sample()
            for looker in tuple(self._lookers):
                # The sample before comes again when somebody starts to look, and on Windows when its clock, which goes
                # in steps of 16 ms, ends a pause too early.
                if looker.on_sample is not None and looker.had is not sample:
                    looker.had = sample
                    # Through the loop: a callback that fails must not end the sampling.
                    loop.call_soon(looker.on_sample, sample)
            pause_s = min((looker.seconds for looker in self._lookers), default=0.0)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), pause_s)


class Watch:
    """Someone who looks at the Monitor; open it by ``start`` and ``stop`` or by ``async with``."""

    def __init__(self, monitor: Monitor, seconds: float, on_sample: OnSample | None) -> None:
        self._monitor = monitor
        self.seconds = seconds
        self.on_sample = on_sample
        self.had: Sample | None = None
        """The last sample that ``on_sample`` was called with since the start."""
        self._open = False

    @property
    def running(self) -> bool:
        """Whether this one looks now."""
        return self._open

    def start(self) -> None:
        """Look from now on; needs a running loop. A second start changes nothing."""
        if not self._open:
            self._open, self.had = True, None
            self._monitor._add(self)

    def stop(self) -> None:
        """Look away; sampling ends when nobody looks."""
        if self._open:
            self._open = False
            self._monitor._remove(self)

    async def __aenter__(self) -> Watch:
        self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        await self._monitor._sampler_ended()
