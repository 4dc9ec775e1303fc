"""The line below an answer: chips for notes, figures, and words that act when clicked.

It is painted, not made of widgets: ten thousand messages have no buttons.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from desktop_agent.ui import theme
from desktop_agent.ui.theme import Size

GAP, ROW_GAP, CHIP_PADDING = 12.0, 4.0, 9.0


class Act(Enum):
    """What a click on a word asks for."""

    COPY = auto()
    COPY_CODE = auto()
    TRY_AGAIN = auto()
    SHOW_NOTES = auto()
    UNDO = auto()
    SHOW_ALL = auto()
    SHOW_THOUGHTS = auto()
    EDIT = auto()
    CONTINUE = auto()
    OLDER = auto()
    NEWER = auto()
    SHOW_FILE = auto()


class Sign(Enum):
    """What stands at the left of a chip."""

    MEMORY = auto()
    FILE = auto()


@dataclass(slots=True)
class Spot:
    """One word, figure or chip; ``box`` is where it stands in its message once it is laid out."""

    text: str
    act: Act | None = None
    chip: Sign | None = None
    colour: str = "muted"
    """Name of a colour of ``Colours``."""
    number: int = 0
    """Which code block, for ``COPY_CODE``, or which file, for ``SHOW_FILE``."""
    says: str = ""
    """What a menu calls it when ``text`` is only a sign."""
    box: QRectF = field(default_factory=QRectF)


def lay_out(spots: list[Spot], width: float, top: float) -> float:
    """Place ``spots`` from left to right below ``top``, in as many rows as needed; the bottom of the last row."""
    if not spots:
        return top
    metrics = QFontMetricsF(theme.font(Size.SMALL))
    height = row_height()
    x, y = 0.0, top
    for spot in spots:
        wide = metrics.horizontalAdvance(spot.text) + (2 * CHIP_PADDING + _diamond() if spot.chip else 0)
        if x and x + wide > width:
            x, y = 0.0, y + height + ROW_GAP
        # A sentence may be wider than the column: it gets rows of its own.
        rows = 1 if wide <= width else int(wide // (width * 0.92)) + 1
        if rows > 1 and spot.chip:
            rows, wide = 1, width
        spot.box = QRectF(x, y, min(wide, width), height * rows)
        x += wide + GAP
        if rows > 1:
            y += height * (rows - 1)
    return y + height


def to_the_right(spots: list[Spot], width: float) -> None:
    """Move rows that were laid out to the right edge."""
    for top in {spot.box.top() for spot in spots}:
        row = [spot for spot in spots if spot.box.top() == top]
        by = width - max(spot.box.right() for spot in row)
        for spot in row:
            spot.box.translate(by, 0)


def row_height() -> float:
    """Height of one row."""
    return QFontMetricsF(theme.font(Size.SMALL)).height() + 8


def paint(painter: QPainter, spots: list[Spot], hovered: Spot | None, visible: QRectF) -> None:
    """Draw what of laid-out ``spots`` lies in ``visible``, at the painter's origin."""
    c = theme.colours()
    small = theme.font(Size.SMALL)
    painter.setFont(small)
    for spot in spots:
        if not spot.box.intersects(visible):
            continue
        ink = QColor(c.accent if spot is hovered and spot.act else getattr(c, spot.colour))
        if spot.chip:
            _paint_chip(painter, spot, spot is hovered)
            continue
        painter.setPen(ink)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(spot.box.adjusted(0, 0, 2, 0), int(flags), spot.text)
        if spot is hovered and spot.act:
            metrics = QFontMetricsF(small)
            below = spot.box.center().y() + metrics.ascent() / 2 + 1.5
            painter.drawLine(QPointF(spot.box.left(), below), QPointF(spot.box.right(), below))


def _diamond() -> float:
    """Room for the sign before a chip's text."""
    return theme.pixels(Size.SMALL) * 1.25


def _paint_chip(painter: QPainter, spot: Spot, hovered: bool) -> None:
    c = theme.colours()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPen(QColor(c.accent if hovered else c.line), 1)
    if spot.chip is Sign.MEMORY:
        edge.setDashPattern([3, 2])
    painter.setPen(edge)
    painter.setBrush(QColor(c.panel if not c.dark else c.window))
    painter.drawRoundedRect(spot.box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    half = _diamond() * 0.37
    centre = QPointF(spot.box.left() + CHIP_PADDING + half, spot.box.center().y())
    if spot.chip is Sign.MEMORY:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.accent))
        paint_diamond(painter, centre, half)
    else:
        painter.setPen(QPen(QColor(c.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_sheet(painter, centre, half)
    painter.setPen(QColor(c.accent if spot.chip is Sign.MEMORY else c.text))
    inside = spot.box.adjusted(CHIP_PADDING + _diamond(), 0, -CHIP_PADDING + 1, 0)
    metrics = QFontMetricsF(theme.font(Size.SMALL))
    text = metrics.elidedText(spot.text, Qt.TextElideMode.ElideRight, inside.width() + 1)
    painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), text)


def paint_diamond(painter: QPainter, centre: QPointF, half: float) -> None:
    """The sign of memory, in the painter's brush."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    x, y = centre.x(), centre.y()
    painter.drawPolygon(
        QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)])
    )


def paint_sheet(painter: QPainter, centre: QPointF, half: float) -> None:
    """The sign of a file, in the painter's pen: a sheet with a corner turned down."""
    left, right, top, bottom = centre.x() - half * 0.8, centre.x() + half * 0.8, centre.y() - half, centre.y() + half
    fold = half * 0.6
    painter.drawPolygon(
        QPolygonF(
            [QPointF(left, top), QPointF(right - fold, top), QPointF(right, top + fold), QPointF(right, bottom),
             QPointF(left, bottom)]
        )
    )  # fmt: skip
