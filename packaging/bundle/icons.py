"""The program's icon as files, from the one drawing in ``desktop_agent/ui/icon.py``: .ico for Windows, .png for Linux;
and the picture at the side of the setup program.

Run with the Python that has the program's libraries; paints into memory, no display is needed.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""Pixels; those that Windows asks for at 100, 125, 150, 200 and 250 %."""
PNG_SIZE = 256
SIDE = (328, 628)
"""Twice what the setup shows at 100 %; it scales it."""


def main() -> None:
    """Write ``program.ico`` and ``program.png`` into the folder named on the command line."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = Path(sys.argv[1])
    from PySide6.QtGui import QGuiApplication

    from desktop_agent.ui.icon import picture

    application = QGuiApplication(sys.argv[:1])
    (folder / "program.png").write_bytes(_png(picture(PNG_SIZE).toImage()))
    (folder / "program.ico").write_bytes(ico([(size, _image(picture(size).toImage())) for size in ICO_SIZES]))
    side(*SIDE).save(str(folder / "side.bmp"), "BMP")
    del application


def side(width: int, height: int) -> QImage:
    """The picture beside the first and the last page of the setup: diamonds that rise from the accent colour."""
    from PySide6.QtCore import QPointF, QRectF, Qt
    from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

    from desktop_agent.ui.icon import picture
    from desktop_agent.ui.small_print import paint_diamond
    from desktop_agent.ui.theme import LIGHT

    image = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ground = QLinearGradient(0, 0, 0, height)
    ground.setColorAt(0, QColor(LIGHT.accent))
    ground.setColorAt(1, QColor(LIGHT.accent).darker(150))
    painter.fillRect(QRectF(0, 0, width, height), ground)
    painter.setPen(Qt.PenStyle.NoPen)
    for across, down, half in ((0.2, 0.93, 0.34), (0.85, 0.76, 0.22), (0.3, 0.6, 0.13), (0.72, 0.5, 0.07)):
        painter.setBrush(QColor(255, 255, 255, 26))
        paint_diamond(painter, QPointF(across * width, down * height), half * width)
    drawn = picture(width * 3 // 8)
    frame = QRectF(width * 0.12, width * 0.12, drawn.width() + 8, drawn.height() + 8)
    painter.setBrush(QColor(255, 255, 255, 60))
    painter.drawRoundedRect(frame, frame.width() * 0.22, frame.width() * 0.22)
    painter.drawPixmap(QPointF(frame.x() + 4, frame.y() + 4), drawn)
    painter.end()
    return image


def ico(images: list[tuple[int, bytes]]) -> bytes:
    """An icon file of ``images``, each its size in pixels and its bytes, PNG or headerless bitmap."""
    head = struct.pack("<HHH", 0, 1, len(images))
    place, entries, bodies = len(head) + 16 * len(images), [], []
    for size, body in images:
        byte = size % 256  # 256 is written as 0
        entries.append(struct.pack("<BBBBHHII", byte, byte, 0, 0, 1, 32, len(body), place))
        bodies.append(body)
        place += len(body)
    return b"".join((head, *entries, *bodies))


def _image(image: object) -> bytes:
    # The setup program reads bitmaps only; a bitmap of 256 pixels would take 270 kB, and Windows itself uses PNG there.
    return _png(image) if image.width() >= 256 else _bitmap(image)  # type: ignore[attr-defined]


def _png(image: object) -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[attr-defined]
    return bytes(kept.data())


def _bitmap(image: object) -> bytes:
    """A bitmap as icons hold it: no file header, twice the height, rows from below, a mask that nobody reads."""
    from PySide6.QtGui import QImage

    image = image.convertToFormat(QImage.Format.Format_ARGB32)  # type: ignore[attr-defined]
    size, line = image.width(), image.bytesPerLine()
    pixels = bytes(image.constBits())
    rows = b"".join(pixels[row * line : row * line + 4 * size] for row in reversed(range(size)))
    mask = bytes((size + 31) // 32 * 4 * size)
    return struct.pack("<IiiHHIIiiII", 40, size, 2 * size, 1, 32, 0, len(rows) + len(mask), 0, 0, 0, 0) + rows + mask


if __name__ == "__main__":
    main()
