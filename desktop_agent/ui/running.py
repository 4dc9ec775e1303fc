"""The window's life between its first paint and its end: the program is opened, shown, and closed again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from desktop_agent.app import App, open_app, serving
from desktop_agent.errors import AgentError, StorageError
from desktop_agent.installation import part_missing
from desktop_agent.settings.catalogue import UPDATE_ADDRESS, UPDATE_CHECK
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from desktop_agent.ui.presence import Presence
from desktop_agent.ui.switching import switched
from desktop_agent.ui.upkeep import Collector
from desktop_agent.ui.window import MainWindow
from desktop_agent.ui.work import Work

if TYPE_CHECKING:
    from desktop_agent.runtime.serving import Service

log = logging.getLogger(__name__)


async def run(
    folder: Folder,
    settings: Settings,
    window: MainWindow,
    *,
    model: Path | None = None,
    picture: Path | None = None,
    first: bool = True,
    make_service: Callable[[App], Service] | None = None,
) -> None:
    """Open the program, fill ``window``, and return when the window is closed and everything is put away.

    ``model`` is a file that is to answer from now on; with ``picture`` the window is photographed and closed.
    The ``first`` window of a folder hears later starts. ``make_service`` makes what answers other programs.
    """
    closed = asyncio.Event()
    window.closed.connect(closed.set)
    application = QApplication.instance()
    if application is not None:
        application.aboutToQuit.connect(closed.set)
    if not window.isVisible():
        return  # closed again before anybody listened
    collector = Collector(window)
    try:
        async with open_app(folder, settings) as opened, serving(opened, make_service) as app:
            work, presence = Work(window.say), None
            try:
                window.fill(app, work)
                presence = Presence(app, window, first=first)
                collector.start()
                _begin(app, window, work, model, picture)
                with switched(app, work):
                    await closed.wait()
            finally:
                if presence is not None:
                    presence.close()
                if window.filling is not None:
                    window.filling.close()
                await work.close()
    except (AgentError, ImportError) as error:
        failure = error if isinstance(error, AgentError) else part_missing(error)
        # The window stays: a sentence in it is read, one in a log is not.
        log.error("%s", failure, exc_info=failure.__cause__)
        window.show_failure(failure)
        await closed.wait()
    finally:
        # Last: a worker that was keeping the draft has ended by now.
        try:
            window.state.write(folder.state)
        except StorageError as error:
            log.error("%s", error)
        collector.stop()
        if application is not None:
            application.aboutToQuit.disconnect(closed.set)
        window.closed.disconnect(closed.set)


def _begin(app: App, window: MainWindow, work: Work, model: Path | None, picture: Path | None) -> None:
    """What this start was asked for, beside the window itself."""
    # The modules are imported here: most starts need none of them.
    if model is not None and window.filling is not None:
        window.filling.models.use(str(model))
    if picture is not None:
        from desktop_agent.ui.picture import take

        work.start(take(window, picture))
    elif app.settings[UPDATE_CHECK] and app.settings[UPDATE_ADDRESS]:
        from desktop_agent.ui.update_notice import look

        work.start(look(app, window))


def log_mistake(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Write what escaped from a handler of the window to the log; the window goes on."""
    log.error("A mistake of the program", exc_info=(kind, error, trace))
