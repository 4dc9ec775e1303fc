"""The two columns of the settings pages: a title at the left, what belongs to it at the right.

On a narrow window, or with large text, the title stands above instead.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

TITLE_WIDTH, CONTROL_WIDTH, LINE_WIDTH = 14, 22, 35
"""Of the column of titles, and the least and the most of the other, in heights of a line."""
FIRST_LINE = 8
"""Above a text, so that it stands level with the text in the field beside it."""
LARGEST = 16_777_215
"""Qt's "no limit"."""


class Columns(QWidget):
    """One row: parts are added to ``left`` and ``right``, top down."""

    def __init__(self) -> None:
        super().__init__()
        self._titles, self._told = QWidget(), QWidget()
        self.left, self.right = QVBoxLayout(self._titles), QVBoxLayout(self._told)
        self.left.setSpacing(4)
        self.right.setSpacing(5)
        self.right.setContentsMargins(0, 0, 0, 0)
        self._told.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self._titles)
        self._row.addWidget(self._told, 1)
        self._row.addStretch()
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fold()

    def fold_more(self, tight: bool) -> None:
        """Put parts of the right column below one another, too, while there is no room side by side."""

    def _fold(self) -> None:
        line = self.fontMetrics().height()
        titles = line * TITLE_WIDTH
        # At its least width a row stands side by side only because it cannot become narrower: it must not stay so.
        above = self.width() <= titles + max(line * CONTROL_WIDTH - 1, self._told.minimumSizeHint().width())
        way = QBoxLayout.Direction.TopToBottom if above else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._titles.setMinimumWidth(0 if above else titles)
        self._titles.setMaximumWidth(LARGEST if above else titles)
        # The width is limited here, not at the labels: a box layout asks a label for its height at the
        # width of the column, and a narrower label would wrap into a line that has no room.
        self._told.setMaximumWidth(line * LINE_WIDTH)
        self.fold_more(self.width() < line * CONTROL_WIDTH)
        if above:
            self.left.setContentsMargins(0, 0, 0, 4)
        else:
            self.left.setContentsMargins(0, FIRST_LINE, 12, 0)
