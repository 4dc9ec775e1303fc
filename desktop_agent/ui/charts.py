"""The charts of the experiments as PNG files, painted with QPainter on a picture in memory.

Works without a window: where no application runs yet, ``painter`` makes one that needs no display.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QGuiApplication, QImage, QPainter, QPen, QPolygonF

from desktop_agent.errors import StorageError
from desktop_agent.experiments.results import Chart, Kind, Series
from desktop_agent.ui import theme
from desktop_agent.ui.theme import LIGHT, Size

WIDTH, HEIGHT, SHARPNESS = 900, 420, 2
"""Logical pixels, and how many of the picture's stand for one."""
LEFT, RIGHT, TOP, BOTTOM = 78.0, 24.0, 76.0, 62.0
STEPS = 5
"""Lines across, about."""
MOST_LABELS = 15
BAR_SHARE = 0.7
MARK, SIGN = 3.0, 18.0
"""A point of a line, and the width of what stands before a name in the legend."""

_COLOURS = (LIGHT.muted, LIGHT.accent, LIGHT.warning, LIGHT.bad)
# Beside the colours, so that a line is found without seeing them.
_STROKES = (Qt.PenStyle.SolidLine, Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
_REPORTED = Qt.BrushStyle.BDiagPattern


def painter() -> Callable[[Chart, Path], None]:
    """What paints charts, in whatever process this is."""
    application = QGuiApplication.instance() or QGuiApplication(["desktop-agent"])

    def paint(chart: Chart, path: Path) -> None:
        assert application  # kept: without it Qt has no fonts
        _save(chart, path)

    return paint


def _save(chart: Chart, path: Path) -> None:
    image = QImage(WIDTH * SHARPNESS, HEIGHT * SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(SHARPNESS)
    image.fill(QColor(LIGHT.panel))
    brush = QPainter(image)
    brush.setRenderHint(QPainter.RenderHint.Antialiasing)
    _Picture(brush, chart).paint()
    brush.end()
    if not image.save(str(path)):
        raise StorageError("The figure {path} could not be written.", hint="Choose another folder.", path=path)


class _Picture:
    """One chart on one painter."""

    def __init__(self, brush: QPainter, chart: Chart) -> None:
        self._brush = brush
        self._chart = chart
        self._area = QRectF(LEFT, TOP, WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM)
        values = [value for series in chart.series for value in series.values if value is not None]
        self._logarithmic = chart.logarithmic and any(value > 0 for value in values)
        if self._logarithmic:
            above = [value for value in values if value > 0]
            self._low = math.floor(math.log10(min(above)))
            self._high = max(math.ceil(math.log10(max(above))), self._low + 1)
        else:
            least, most = min([0.0, *values]), max([0.0, *values])
            self._step = _round_step((most - least) / STEPS)
            self._low = math.floor(least / self._step)
            self._high = max(self._low + 1, math.ceil(most / self._step))

    def paint(self) -> None:
        """Everything, from the ground up."""
        self._titles()
        self._grid()
        for number, series in enumerate(self._chart.series):
            (self._bars if self._chart.kind is Kind.BARS else self._line)(series, number)
        self._legend()

    def _colour(self, number: int) -> QColor:
        """Of that series; bars that were reported elsewhere have the colours of those that were measured here."""
        measured = sum(not series.reported for series in self._chart.series)
        if self._chart.series[number].reported and self._chart.kind is Kind.BARS:
            number -= measured
        if measured == 1:
            number += 1  # this program alone: in its own colour
        return QColor(_COLOURS[number % len(_COLOURS)])

    def _titles(self) -> None:
        brush, area = self._brush, self._area
        brush.setPen(QColor(LIGHT.text))
        brush.setFont(theme.font(Size.HEADING))
        brush.drawText(QRectF(LEFT, 14, area.width(), 26), Qt.AlignmentFlag.AlignLeft, self._chart.title)
        brush.setFont(theme.font(Size.SMALL))
        brush.setPen(QColor(LIGHT.muted))
        below = QRectF(LEFT, area.bottom() + 30, area.width(), 22)
        brush.drawText(below, Qt.AlignmentFlag.AlignHCenter, self._chart.x_title)
        brush.drawText(QRectF(8, TOP - 26, LEFT - 16, 20), Qt.AlignmentFlag.AlignRight, self._chart.y_title)

    def _grid(self) -> None:
        brush, area = self._brush, self._area
        for number in range(int(self._low), int(self._high) + 1):
            value = 10.0**number if self._logarithmic else number * self._step
            y = self._height(value)
            brush.setPen(QPen(QColor(LIGHT.line), 1))
            brush.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            brush.setPen(QColor(LIGHT.muted))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            brush.drawText(QRectF(4, y - 10, LEFT - 12, 20), side, f"{value:,g}")
        labels = self._chart.labels
        every = math.ceil(len(labels) / MOST_LABELS)
        room = area.width() / max(1, len(labels)) * every
        metrics = QFontMetricsF(brush.font())
        for number, label in enumerate(labels):
            if number % every == 0:
                text = metrics.elidedText(label, Qt.TextElideMode.ElideRight, room - 4)
                place = QRectF(self._middle(number) - room / 2, area.bottom() + 8, room, 20)
                brush.drawText(place, Qt.AlignmentFlag.AlignHCenter, text)

    def _fill(self, number: int) -> None:
        """Paint what follows as the bars of that series: hatched when they were reported elsewhere."""
        colour = self._colour(number)
        reported = self._chart.series[number].reported
        self._brush.setPen(QPen(colour, 1) if reported else Qt.PenStyle.NoPen)
        self._brush.setBrush(QBrush(colour, _REPORTED if reported else Qt.BrushStyle.SolidPattern))

    def _bars(self, series: Series, number: int) -> None:
        slot = self._area.width() / max(1, len(self._chart.labels))
        width = slot * BAR_SHARE / len(self._chart.series)
        self._fill(number)
        for place, value in enumerate(series.values):
            if value is not None:
                top = self._height(value)
                left = self._middle(place) - slot * BAR_SHARE / 2 + number * width
                self._brush.drawRect(QRectF(left, top, width - 2, self._area.bottom() - top))

    def _stroke(self, number: int) -> None:
        pen = QPen(self._colour(number), 2, _STROKES[number % len(_STROKES)])
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._brush.setPen(pen)

    def _line(self, series: Series, number: int) -> None:
        points = [
            QPointF(self._middle(place), self._height(value))
            for place, value in enumerate(series.values)
            if value is not None
        ]
        self._stroke(number)
        self._brush.setBrush(Qt.BrushStyle.NoBrush)
        self._brush.drawPolyline(QPolygonF(points))
        if len(points) <= MOST_LABELS:
            self._brush.setPen(QPen(self._colour(number), 2))
            self._brush.setBrush(QColor(LIGHT.panel) if series.reported else self._colour(number))
            for point in points:
                self._brush.drawEllipse(point, MARK, MARK)

    def _legend(self) -> None:
        brush, left = self._brush, LEFT
        metrics = QFontMetricsF(brush.font())
        for number, series in enumerate(self._chart.series):
            self._sign(number, series, left)
            brush.setPen(QColor(LIGHT.text))
            width = metrics.horizontalAdvance(series.name) + 8
            brush.drawText(QRectF(left + SIGN + 6, 43, width, 20), Qt.AlignmentFlag.AlignVCenter, series.name)
            left += width + SIGN + 24

    def _sign(self, number: int, series: Series, left: float) -> None:
        """What stands before a name in the legend: a piece of the series as it is painted."""
        if self._chart.kind is Kind.BARS:
            self._fill(number)
            self._brush.drawRect(QRectF(left + 6, 48, 10, 10))
        elif series.reported:
            self._brush.setPen(QPen(self._colour(number), 2))
            self._brush.setBrush(QColor(LIGHT.panel))
            self._brush.drawEllipse(QPointF(left + SIGN / 2, 53), MARK, MARK)
        else:
            self._stroke(number)
            self._brush.drawLine(QPointF(left, 53), QPointF(left + SIGN, 53))

    def _height(self, value: float) -> float:
        """Where ``value`` stands, in logical pixels from above."""
        if self._logarithmic:
            share = (math.log10(max(value, 10.0**self._low)) - self._low) / (self._high - self._low)
        else:
            share = (value / self._step - self._low) / (self._high - self._low)
        return self._area.bottom() - share * self._area.height()

    def _middle(self, place: int) -> float:
        return self._area.left() + self._area.width() * (place + 0.5) / max(1, len(self._chart.labels))


def _round_step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20 … from ``least`` on."""
    if least <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= least)
