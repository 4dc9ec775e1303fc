"""The caret stands still when nobody has written for a while.

Each blink paints what lies behind the field again, twice a second: two thirds of what an idle window takes from the
processor.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

REST_MS = 10_000
"""Other desktops let it blink for as long."""


class Caret(QObject):
    """Watches the caret of whatever field is written in, until ``leave``."""

    def __init__(self, parent: QObject, rest_ms: int = REST_MS) -> None:
        super().__init__(parent)
        self._hints = QGuiApplication.styleHints()
        self._usual = self._hints.cursorFlashTime()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(rest_ms)
        self._rest.timeout.connect(self._stand_still)
        # Told by every field when its caret has moved, and when another one has the keyboard.
        self._moved = QGuiApplication.inputMethod().cursorRectangleChanged
        self._moved.connect(self._blink)
        self._rest.start()

    def leave(self) -> None:
        """Blink as the system has it, and watch no more."""
        self._moved.disconnect(self._blink)
        self._rest.stop()
        self._hints.setCursorFlashTime(self._usual)

    def _blink(self) -> None:
        if self._hints.cursorFlashTime() != self._usual:
            self._hints.setCursorFlashTime(self._usual)
        self._rest.start()

    def _stand_still(self) -> None:
        self._hints.setCursorFlashTime(0)
