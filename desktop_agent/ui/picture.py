"""``--picture FILE``: the window as a picture and its parts as a list, for manuals and for the proof that it opens."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from desktop_agent import __version__
from desktop_agent.errors import StorageError
from desktop_agent.system import write_atomically

if TYPE_CHECKING:
    from desktop_agent.ui.window import MainWindow

LONGEST_S, STEP_S = 30.0, 0.05
QUIET_S = 0.5
"""The last conversation is laid out by now."""


async def take(window: MainWindow, path: Path) -> None:
    """Write the picture to ``path`` and the parts to ``path`` with ``.json`` behind, then close the window.

    Raises:
        StorageError: one of them could not be written; the window is closed all the same.
    """
    try:
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST_S
        while not window.chat.composer.ready and loop.time() < until:
            await asyncio.sleep(STEP_S)
        await asyncio.sleep(QUIET_S)
        if not window.grab().save(str(path), "PNG"):
            raise StorageError("The picture {path} could not be written.", hint="Choose another folder.", path=path)
        write_atomically(path.with_name(path.name + ".json"), json.dumps(description(window), ensure_ascii=False))
    finally:
        window.close()


def description(window: MainWindow) -> dict[str, Any]:
    """The window's size and scale, and every part of it that is seen: what it is, what it says, where."""
    inside: Any = window.findChildren(QWidget)
    parts = [_part(window, widget) for widget in inside if widget.isVisible()]
    return {
        "version": __version__,
        "title": window.windowTitle(),
        "ready": window.chat.composer.ready,
        "width": window.width(),
        "height": window.height(),
        "scale": window.devicePixelRatioF(),
        "parts": parts,
    }


def _part(window: QWidget, widget: QWidget) -> dict[str, Any]:
    said = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    place = widget.mapTo(window, QPoint(0, 0))
    return {
        "kind": type(widget).__name__,
        "name": widget.accessibleName() or widget.objectName(),
        "text": said,
        "box": [place.x(), place.y(), widget.width(), widget.height()],
    }
