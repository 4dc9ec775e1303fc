"""What this computer says about itself: processor, RAM, battery, this process.

In a container the processor is the host's, the memory what the container may have. Broken performance
counters make single questions fail on some Windows machines: whatever cannot be read is None.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from desktop_agent.runtime.limits import Limits, address_space_left

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Reading:
    """One look at the computer; percentages run from 0 to 100, of all cores together.

    The two processor loads are averages since the reading before, None at the first.
    ``rss_bytes`` counts pages shared with other programs in full.
    """

    cpu_percent: float | None = None
    app_cpu_percent: float | None = None
    ram_total: int | None = None
    ram_used: int | None = None
    ram_free: int | None = None
    """What a program can still get without swapping."""
    rss_bytes: int | None = None
    battery_percent: float | None = None
    on_mains: bool | None = None
    """None on a computer without a battery."""


class Computer:
    """Opening it imports psutil (40 to 60 ms, so do it in a worker); each reading costs about 0.3 ms."""

    def __init__(self) -> None:
        import psutil

        self._psutil = psutil
        self._troubles = (psutil.Error, OSError, RuntimeError, AttributeError, ValueError, KeyError)
        self._process = self._ask(psutil.Process)
        self._first = True
        self._limits = Limits()
        self.cores = os.cpu_count() or 1
        self.physical_cores: int = self._ask(lambda: psutil.cpu_count(logical=False) or 0) or self.cores

    def read(self) -> Reading:
        """The figures now."""
        ask, psutil, process = self._ask, self._psutil, self._process
        cpu = ask(lambda: psutil.cpu_percent(None))
        app_cpu = ask(lambda: process.cpu_percent(None) / self.cores) if process else None
        if self._first:  # nothing to compare with: psutil says 0.0
            self._first, cpu, app_cpu = False, None, None
        memory = ask(psutil.virtual_memory)
        own = ask(process.memory_info) if process else None
        battery = ask(lambda: psutil.sensors_battery())
        total, free = (memory.total, memory.available) if memory else (None, None)
        if (limit := self._limits.group()) is not None:
            total = min(limit.total, total or limit.total)
            free = min(limit.free, total if free is None else free)
        if free is not None and own and (left := address_space_left(own.vms)) is not None:
            free = min(free, left)
        return Reading(
            cpu_percent=cpu,
            app_cpu_percent=min(app_cpu, 100.0) if app_cpu is not None else None,
            ram_total=total,
            ram_used=total - free if total is not None and free is not None else None,
            ram_free=free,
            rss_bytes=own.rss if own else None,
            battery_percent=battery.percent if battery else None,
            on_mains=battery.power_plugged if battery else None,
        )

    def shared_bytes(self) -> int | None:
        """How much of the RSS belongs to other programs too; None where the system does not say.

        Walks all pages: 0.3 ms for an empty window, several with a model.
        """
        if self._process is None:
            return None
        full = self._ask(self._process.memory_full_info)
        proportional = getattr(full, "pss", None)
        return None if full is None or proportional is None else max(0, full.rss - proportional)

    def _ask(self, question: Callable[[], R]) -> R | None:
        try:
            return question()
        except self._troubles:
            return None
