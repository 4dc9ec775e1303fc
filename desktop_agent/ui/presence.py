"""The window among others: second starts, the notification area, answers while nobody looks, logging off."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_agent.errors import StorageError
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting
from desktop_agent.ui.one_window import Calls
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.notification_icon import NotificationIcon
    from desktop_agent.ui.turns import Turn
    from desktop_agent.ui.window import MainWindow

LONG_SECONDS = 10.0
"""Whoever waits longer for an answer may look at something else meanwhile, and is told when it is ready."""

log = logging.getLogger(__name__)


class Presence(QObject):
    """Lives with a filled window; ``close`` before it goes."""

    def __init__(self, app: App, window: MainWindow, *, first: bool) -> None:
        super().__init__(window)
        self._app, self._window = app, window
        self.tray: NotificationIcon | None = None
        """The icon in the notification area, where it is wanted."""
        self._unwatch = app.settings.watch(self._setting_changed)
        if first:
            Calls(app.folder, self._called, self)
        if window.filling is not None:
            window.filling.turns.ended.connect(self._answered)
        window.installEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self._log_off)
        self._fit_tray()

    def close(self) -> None:
        """Listen no more."""
        self._unwatch()
        self._window.removeEventFilter(self)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.disconnect(self._log_off)
        if self.tray is not None:
            self.tray.icon.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in (QEvent.Type.Hide, QEvent.Type.Show) and self._window.filling is not None:
            self._window.filling.look(self._window.isVisible() and not self._window.isMinimized())
        return False

    def _called(self, model: str) -> None:
        """A second start wants this window, perhaps with another model."""
        from desktop_agent.ui.notification_icon import come_to_front

        come_to_front(self._window)
        if model and self._window.filling is not None:
            self._window.filling.models.use(model)

    def _answered(self, turn: Turn) -> None:
        window = self._window
        if window.isActiveWindow() and window.isVisible() and not window.isMinimized():
            return
        if time.time() - turn.question.message.created < LONG_SECONDS:
            return
        QApplication.alert(window)
        if self.tray is not None:
            self.tray.tell(_("Your answer is ready"), turn.answer.text or turn.text)

    def _setting_changed(self, changed: Setting[Any]) -> None:
        if changed is catalogue.TRAY:
            self._fit_tray()
        elif changed is catalogue.LANGUAGE and self.tray is not None:
            self.tray.leave()
            self.tray = None
            self._fit_tray()

    def _fit_tray(self) -> None:
        wanted = self._app.settings[catalogue.TRAY]
        if wanted and self.tray is None:
            from desktop_agent.ui.notification_icon import NotificationIcon

            self.tray = NotificationIcon(self._window)
        elif not wanted and self.tray is not None:
            self.tray.leave()
            self.tray = None

    def keep(self) -> None:
        """Put on the disk what only the window knows; messages are stored as they come."""
        try:
            self._window.look_state().write(self._app.folder.state)
        except StorageError as error:
            log.error("%s", error)

    def _log_off(self, _session: object) -> None:
        # Windows gives a program a few seconds and then ends it, without the window being closed.
        self.keep()
