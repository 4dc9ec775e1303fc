"""A card with one figure, what it means, and its last two minutes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from desktop_agent.ui import theme
from desktop_agent.ui.elided import Elided
from desktop_agent.ui.sparkline import Sparkline
from desktop_agent.ui.widgets import Words, label, muted


class Card(QFrame):
    """``title`` and an aside above, the figure and its unit, the chart below."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._title = title
        self.aside, self.figure, self.unit = Elided(), label("", Words.TITLE), Elided()
        self.chart = Sparkline(title)
        top = QHBoxLayout()
        top.addWidget(muted(title))
        top.addStretch()
        top.addWidget(self.aside)
        middle = QHBoxLayout()
        middle.setSpacing(7)
        middle.addWidget(self.figure, alignment=Qt.AlignmentFlag.AlignBottom)
        middle.addWidget(self.unit, alignment=Qt.AlignmentFlag.AlignBottom)
        middle.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addLayout(middle)
        layout.addSpacing(14)
        layout.addWidget(self.chart, 1)
        self._stand_on_one_line()

    def say(self, figure: str, unit: str, aside: str) -> None:
        """Show the figure of now; a screen reader hears all three together."""
        self.figure.setText(figure)
        self.unit.setText(unit)
        self.aside.setText(aside)
        self.chart.setAccessibleDescription(" ".join((figure, unit, aside)).strip())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._stand_on_one_line()

    def _stand_on_one_line(self) -> None:
        """Lift the small text so that it stands on the line of the large one."""
        large, small = (QFontMetrics(theme.font(size)) for size in (theme.Size.TITLE, theme.Size.CONTROL))
        self.unit.setContentsMargins(0, 0, 0, large.descent() - small.descent())
