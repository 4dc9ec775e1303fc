"""Two quiet timers of the window: one collects garbage, one measures how late the window is.

Python's own collector runs in whichever thread trips it, and a Qt object that dies
in a worker thread brings the program down. So it is switched off and run from here.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from desktop_agent.system import give_back_heap

COLLECT_MS = 2_000
YOUNG = 700
"""So many new objects are worth a look; Python's own collector takes the same number. An idle window makes none."""
WHOLE_EVERY = 30
"""Each so many rounds everything is collected, not only what is young."""
FROZEN = 10_000
"""Objects; who froze more than these before the window goes on to care for them. Python 3.12 itself freezes 375."""
LAG_MS = 500
"""Twice a second: waking an idle processor costs more than the measuring. A stall of 50 ms is seen one time in ten."""


class Collector(QObject):
    """Collects garbage on the window's thread alone, from its making until ``stop``.

    The automatic collector is off before the program is opened: it runs in whichever
    thread trips it, and opening starts threads.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._was_automatic = gc.isenabled()
        gc.disable()
        self._rounds = 0
        self._froze = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Begin to collect; what exists now is never looked at again."""
        gc.collect()
        self._froze = gc.get_freeze_count() < FROZEN
        if self._froze:
            gc.freeze()
        self._timer.start(COLLECT_MS)

    def stop(self) -> None:
        """Give back to the automatic collector, if that was at work."""
        self._timer.stop()
        if self._froze:
            gc.unfreeze()
        if self._was_automatic:
            gc.enable()

    def _collect(self) -> None:
        self._rounds += 1
        if self._rounds == 1:
            gc.collect()
            give_back_heap()  # what opening the program took and needs no more: 1 MB
        elif self._rounds % WHOLE_EVERY == 0:
            gc.collect()
        elif gc.get_count()[0] >= YOUNG:
            gc.collect(1)


class LagWatch(QObject):
    """Tells how many milliseconds later than due the window came to a timer."""

    def __init__(self, parent: QObject, tell: Callable[[float], object]) -> None:
        super().__init__(parent)
        self._tell = tell
        self._due = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._came)

    def start(self) -> None:
        """Measure from now on."""
        self._due = time.monotonic() + LAG_MS / 1000
        self._timer.start(LAG_MS)

    def stop(self) -> None:
        """Measure no more: nobody sees a minimised window."""
        self._timer.stop()

    def _came(self) -> None:
        self._tell(max(0.0, (time.monotonic() - self._due) * 1000))
        self.start()
