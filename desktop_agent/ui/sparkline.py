"""A small chart of the last two minutes, painted with QPainter.

Not a chart library: QtCharts costs 11 MB at start, this 1 MB for all four.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_agent.ui import theme

SAMPLES = 120
"""Points across the chart: two minutes at one a second."""


class Sparkline(QWidget):
    """The newest values, right-aligned; a missing value leaves a gap."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._values: tuple[float | None, ...] = ()
        self._shares: tuple[float | None, ...] = ()
        self._ceiling = 1.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_values(self, values: Sequence[float | None], ceiling: float, shares: Sequence[float | None] = ()) -> None:
        """Paint ``values``, oldest first, on a scale from 0 to ``ceiling``; larger values stay at the top.

        ``shares`` is the part of each value that is this program's own, painted deeper below it.
        """
        self._values = tuple(values)[-SAMPLES:]
        self._shares = tuple(shares)[-SAMPLES:]
        self._ceiling = max(ceiling, 1e-9)
        self.update()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height * 14, height * 4)

    def minimumSizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height * 6, height * 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        colours = theme.colours()
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(0, 1.5, 0, -0.5)
        painter.setPen(QPen(QColor(colours.line), 1))
        for third in range(4):
            y = round(area.top() + area.height() * third / 3) + 0.5
            if third < 3:
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(colours.accent)
        fill.setAlphaF(0.12)
        pen = QPen(QColor(colours.accent), 1.8)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for run in self._runs(area, self._values):
            line = QPolygonF(run)
            below = QPolygonF([*run, QPointF(run[-1].x(), area.bottom()), QPointF(run[0].x(), area.bottom())])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(below)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(line)
        fill.setAlphaF(0.3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        for run in self._runs(area, self._shares):
            painter.drawPolygon(
                QPolygonF([*run, QPointF(run[-1].x(), area.bottom()), QPointF(run[0].x(), area.bottom())])
            )
        painter.end()

    def _runs(self, area: QRectF, values: Sequence[float | None]) -> list[list[QPointF]]:
        """The points of each stretch without a gap."""
        step = area.width() / (SAMPLES - 1)
        start = area.right() - step * (len(values) - 1)
        runs: list[list[QPointF]] = [[]]
        for place, value in enumerate(values):
            if value is None:
                runs.append([])
                continue
            height = area.height() * min(max(value / self._ceiling, 0.0), 1.0)
            runs[-1].append(QPointF(start + step * place, area.bottom() - height))
        return [run for run in runs if run]
