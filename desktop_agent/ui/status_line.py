"""The line at the bottom of the window."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop_agent.ui import theme
from desktop_agent.ui.widgets import label
from desktop_agent.words import _


class StatusLine(QFrame):
    """One line at the bottom: state, queue, processor, memory, response of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "status")
        self._dot = _StateDot()
        self._state = label(_("Starting…"))
        self._figures = label("")
        self.setFixedHeight(theme.pixels(theme.Size.SMALL) + 14)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(5)
        row.addWidget(self._dot)
        for one in (self._state, self._figures):
            one.setProperty("kind", "small")
        row.addWidget(self._state)
        row.addSpacing(12)
        row.addWidget(self._figures)
        row.addStretch(1)

    def show_state(self, text: str, *, busy: bool) -> None:
        """What the assistant does now."""
        self._state.setText(text)
        self._dot.show_busy(busy)

    def show_figures(self, figures: list[str]) -> None:
        """The rest of the line, from left to right."""
        self._figures.setText("     ".join(figures))

    def text(self) -> str:
        """The whole line."""
        return f"{self._state.text()} {self._figures.text()}"


class _StateDot(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self._busy = False
        self.setFixedSize(10, 10)

    def show_busy(self, busy: bool) -> None:
        self._busy = busy
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        c, painter = theme.colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent if self._busy else c.muted))
        painter.drawEllipse(QRectF(0.5, 0.5, 9, 9))
