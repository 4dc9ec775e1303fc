"""Numbers, bullets and boxes of lists, drawn as the design has them.

Qt's own stand a blank's width before the text, which in Chinese fonts is next to nothing, too high
where fonts are mixed, and its ticked boxes show no tick. ``take`` takes them out of a document,
``paint`` draws ours at the same height as the text.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPainter,
    QPen,
    QPolygonF,
    QTextBlockFormat,
    QTextCursor,
    QTextListFormat,
)

from desktop_agent.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QTextBlock, QTextDocument, QTextLine, QTextList


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands before an item of a list."""

    position: int
    """Where its paragraph begins."""
    number: str
    """``2.``, empty for a bullet or a box."""
    level: int
    """1 for the outermost list."""
    ticked: bool | None = None
    """Whether its box is ticked; None where there is no box."""


def indent() -> int:
    """Room before the text of an item: for one digit, its point and a gap."""
    return round(theme.pixels(theme.Size.BODY) * 1.3)


def take(document: QTextDocument) -> list[Mark]:
    """Take Qt's marks out of ``document``, making room for numbers of several digits; ours in their order."""
    found: list[Mark] = []
    lists: dict[int, QTextList] = {}
    wider: list[float] = []
    """By level, how much more room the list there needs."""
    room: dict[int, float] = {}
    block = document.begin()
    while block.isValid():
        within = block.textList()
        level = within.format().indent() if within is not None else block.blockFormat().indent()
        if within is not None:
            key = within.objectIndex()
            if key not in lists:
                lists[key] = within
                room[key] = max(0.0, _widest(within) + _gap() - indent())
            del wider[max(0, level - 1) :]
            wider += [0.0] * (level - 1 - len(wider)) + [room[key]]
            found.append(_mark(block, within, level))
        more = math.ceil(sum(wider[:level]))
        if more or (within is not None and found[-1].ticked is not None):
            form = QTextBlockFormat()
            form.setLeftMargin(block.blockFormat().leftMargin() + more)
            form.setMarker(QTextBlockFormat.MarkerType.NoMarker)
            QTextCursor(block).mergeBlockFormat(form)
        block = block.next()
    for each in lists.values():
        form_of_list = each.format()
        form_of_list.setStyle(QTextListFormat.Style.ListStyleUndefined)
        each.setFormat(form_of_list)
    return found


def paint(painter: QPainter, document: QTextDocument, marks: list[Mark], visible: QRectF) -> None:
    """Draw what of ``marks`` lies in ``visible``, in the painter of the document."""
    if not marks:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(theme.font())
    metrics = QFontMetricsF(theme.font())
    layout = document.documentLayout()
    for mark in marks:
        block = document.findBlock(mark.position)
        box = layout.blockBoundingRect(block)
        if box.bottom() < visible.top() or not block.layout().lineCount():
            continue
        if box.top() > visible.bottom():
            break
        line = block.layout().lineAt(0)
        base = box.top() + line.y() + line.ascent()
        _paint(painter, mark, _edge(block, box, line), base, metrics)
    painter.restore()


def _gap() -> float:
    return theme.pixels(theme.Size.BODY) * 0.43


def _widest(within: QTextList) -> float:
    if within.format().style() is not QTextListFormat.Style.ListDecimal:
        return 0.0
    metrics = QFontMetricsF(theme.font())
    return max(metrics.horizontalAdvance(within.itemText(within.item(at))) for at in (0, within.count() - 1))


def _mark(block: QTextBlock, within: QTextList, level: int) -> Mark:
    marker, kinds = block.blockFormat().marker(), QTextBlockFormat.MarkerType
    if marker is not kinds.NoMarker:
        return Mark(block.position(), "", level, marker is kinds.Checked)
    numbered = within.format().style() is QTextListFormat.Style.ListDecimal
    return Mark(block.position(), within.itemText(block) if numbered else "", level)


def _edge(block: QTextBlock, box: QRectF, line: QTextLine) -> tuple[float, int]:
    """Where the text of an item begins, and in which direction its mark lies."""
    text = line.naturalTextRect().translated(box.left(), 0)
    if block.textDirection() is Qt.LayoutDirection.RightToLeft:
        return text.right() + _gap(), 1
    return text.left() - _gap(), -1


def _paint(painter: QPainter, mark: Mark, edge: tuple[float, int], base: float, metrics: QFontMetricsF) -> None:
    c = theme.colours()
    x, side = edge
    middle = base - metrics.capHeight() / 2  # of Latin capitals and of Chinese letters
    painter.setPen(QColor(c.text))
    if mark.number:
        left = x if side > 0 else x - metrics.horizontalAdvance(mark.number)
        painter.drawText(QPointF(left, base), mark.number)
        return
    if mark.ticked is not None:
        _paint_box(painter, QPointF(x, middle), side, ticked=mark.ticked)
        return
    radius = theme.pixels(theme.Size.BODY) * 0.18
    centre = QPointF(x + side * (radius + theme.pixels(theme.Size.BODY) * 0.14), middle)
    if mark.level == 2:
        painter.setPen(QPen(QColor(c.text), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(c.text))
    if mark.level > 2:
        painter.drawRect(QRectF(centre.x() - radius * 0.9, centre.y() - radius * 0.9, radius * 1.8, radius * 1.8))
    else:
        painter.drawEllipse(centre, radius, radius)


def _paint_box(painter: QPainter, at: QPointF, side: int, *, ticked: bool) -> None:
    c = theme.colours()
    size = round(theme.pixels(theme.Size.BODY) * 0.8)
    left = round(at.x() if side > 0 else at.x() - size) + 0.5
    box = QRectF(left, round(at.y() - size / 2) + 0.5, size, size)
    painter.setPen(QPen(QColor(c.accent if ticked else c.muted), 1))
    painter.setBrush(QColor(c.accent) if ticked else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, 2, 2)
    if ticked:
        painter.setPen(QPen(QColor(c.on_accent), max(1.5, size * 0.14)))
        parts = ((0.22, 0.52), (0.42, 0.72), (0.78, 0.3))
        painter.drawPolyline(QPolygonF([box.topLeft() + QPointF(x * size, y * size) for x, y in parts]))
