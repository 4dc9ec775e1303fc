"""The program's icon, painted: a diamond, the sign of memory, on the accent colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from desktop_agent.ui.small_print import paint_diamond
from desktop_agent.ui.theme import LIGHT

SIZES = (16, 24, 32, 48, 64, 128, 256)


def window_icon() -> QIcon:
    """The icon in all sizes that desktops ask for."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(picture(size))
    return icon


def picture(size: int) -> QPixmap:
    """The icon, ``size`` pixels wide and high."""
    pixels = QPixmap(size, size)
    pixels.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixels)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
    painter.setBrush(QColor(LIGHT.on_accent))
    paint_diamond(painter, QPointF(size / 2, size / 2), size * 0.3)
    painter.setBrush(QColor(LIGHT.accent))
    paint_diamond(painter, QPointF(size / 2, size / 2), size * 0.12)
    painter.end()
    return pixels
