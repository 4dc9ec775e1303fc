"""The icon in the notification area, for those who want it: the window goes there when it is minimised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop_agent.ui.icon import window_icon
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.ui.window import MainWindow

SHOWN_LETTERS = 120
"""Of an answer, in a notification."""


class NotificationIcon(QObject):
    """Shows the icon for as long as it lives. Where there is no notification area nothing happens."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.icon = QSystemTrayIcon(window_icon(), self)
        self.icon.setToolTip(_("Desktop Agent"))
        self.menu = QMenu(window)
        self.menu.addAction(_("Open the window"), self.bring_back)
        self.menu.addAction(_("New chat"), self._new_chat)
        self.menu.addSeparator()
        self.menu.addAction(_("Quit"), window.close)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(self.bring_back)
        self.icon.show()
        window.installEventFilter(self)

    def leave(self) -> None:
        """Take the icon away; a window that was hidden comes back, or nobody would find it again."""
        self._window.removeEventFilter(self)
        self.icon.hide()
        self.menu.deleteLater()
        if not self._window.isVisible():
            self.bring_back()
        self.deleteLater()

    def bring_back(self) -> None:
        """Show the window and bring it to the front."""
        come_to_front(self._window)

    def tell(self, title: str, text: str) -> None:
        """A notification of the system."""
        short = " ".join(text.split())
        shown = short if len(short) <= SHOWN_LETTERS else short[: SHOWN_LETTERS - 1] + "…"
        self.icon.showMessage(title, shown, window_icon())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        minimised = event.type() is QEvent.Type.WindowStateChange and self._window.isMinimized()
        if minimised and QSystemTrayIcon.isSystemTrayAvailable():
            # Later: hidden within its own event, a window stays in the task bar on some systems.
            QTimer.singleShot(0, self._window, self._window.hide)
        return False

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason is not QSystemTrayIcon.ActivationReason.Context:
            self.bring_back()

    def _new_chat(self) -> None:
        self.bring_back()
        if self._window.filling is not None:
            self._window.filling.new_chat()


def come_to_front(window: MainWindow) -> None:
    """Show ``window`` where it was, in front of the others."""
    if window.isMinimized():
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
