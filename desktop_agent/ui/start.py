"""Start and end of the window.

The window is painted first and the rest of the program imported after: on an old
laptop that is the difference between seeing something at once and waiting for it.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QApplication

from desktop_agent import __version__, words
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from desktop_agent.ui.one_window import OneWindow
from desktop_agent.ui.window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from desktop_agent.app import App
    from desktop_agent.runtime.serving import Service

LONGEST_PAINT_S = 2.0
"""A window that is started minimised, or on a display that is off, is never painted."""


def main(
    folder: Folder,
    settings: Settings,
    *,
    model: Path | None = None,
    picture: Path | None = None,
    make_service: Callable[[App], Service] | None = None,
) -> int:
    """Show the window until it is closed; the exit status.

    ``model`` is a file that is to answer from now on; with ``picture`` the window is photographed and closed.
    ``make_service`` makes what answers other programs: the window does not know what that is made of.
    """
    words.use(settings[catalogue.LANGUAGE])
    application = new_application()
    claim = OneWindow(folder)
    if not claim.first and picture is None and claim.call_first(model):
        return 0
    window = MainWindow(folder, settings)
    window.show()
    wait_for_paint(application, window)
    # Here, not above: these cost more than the window.
    import asyncio

    import qasync

    from desktop_agent.ui.running import log_mistake, run

    sys.excepthook = log_mistake
    with (
        asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner,
        _interrupts(window) as interrupted,
    ):
        life = run(folder, settings, window, model=model, picture=picture, first=claim.first, make_service=make_service)
        runner.run(life)
    return 128 + interrupted[0] if interrupted else 0


def new_application() -> QApplication:
    """Qt, named after this program; the loop and not the last window ends it."""
    QCoreApplication.setApplicationName("desktop-agent")
    QCoreApplication.setApplicationVersion(__version__)
    # Windows' own styles overrule parts of the style sheet. Not by setStyle: it returns a QStyle, which makes Python
    # build that class with its 564 constants (6 ms and 0.4 MB).
    application = QApplication([*sys.argv[:1], "-style", "Fusion"])
    application.setApplicationDisplayName(words._("Desktop Agent"))
    application.setQuitOnLastWindowClosed(False)
    return application


def wait_for_paint(application: QApplication, window: MainWindow) -> None:
    """Let Qt paint the window once."""
    until = time.monotonic() + LONGEST_PAINT_S
    while not window.painted and time.monotonic() < until:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


@contextlib.contextmanager
def _interrupts(window: MainWindow) -> Iterator[list[int]]:
    """Close the window, all kept, at Ctrl-C and when the system ends the program; the list gets the signal's number."""
    import socket  # asyncio has brought it along by now

    seen: list[int] = []
    told, tells = socket.socketpair()
    with told, tells:
        tells.setblocking(False)
        # Only noted here: Python runs this between any two steps, also in the middle of painting.
        for ends in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ends, lambda number, _frame: seen.append(number))
        # Qt waits in C, where Python sees no signal. A byte that is written at once wakes it; nothing has to tick.
        signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)
        notifier = QSocketNotifier(told.fileno(), QSocketNotifier.Type.Read)

        def came() -> None:
            told.recv(64)
            if seen:
                window.close()

        notifier.activated.connect(came)
        yield seen
        notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
