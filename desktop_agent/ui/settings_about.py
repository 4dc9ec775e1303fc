"""The About page: which program this is, where its data is, whose work it stands on."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_agent import __version__
from desktop_agent.ui.widgets import Words, button, label, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_agent.app import App

PARTS = (
    ("Qt, PySide6", "LGPL 3"),
    ("llama.cpp, llama-cpp-python", "MIT"),
    ("Python", "PSF"),
    ("jieba", "MIT"),
    ("SQLite", "public domain"),
    ("psutil, Jinja2, qasync", "BSD"),
    ("cachetools, Snowball", "MIT, BSD"),
    ("tenacity", "Apache 2.0"),
)
"""Whose work the program stands on, and under which licence."""

_TOP = Qt.AlignmentFlag.AlignTop


class AboutPage(QWidget):
    """Version, folders and licences."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(16)
        self._grid.setColumnMinimumWidth(0, self.fontMetrics().height() * 11)
        self._grid.setColumnStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(18)
        heading = QVBoxLayout()
        heading.setSpacing(6)
        heading.addWidget(label(_("About"), Words.HEADING))
        heading.addWidget(paragraph(_("An assistant that runs on this laptop; nothing leaves it.")))
        layout.addLayout(heading)
        layout.addLayout(self._grid)
        self.version = self._row(_("Version"), f"Desktop Agent {__version__}")
        self._row(_("Runs on"), f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}")
        self.folder = self._path_row(_("Data folder"), app.folder.root)
        self._path_row(_("Log"), app.folder.logs)
        self._row(_("Licence"), _("MIT: use it, change it, pass it on."))
        self._row(_("Made with"), "\n".join(f"{name}  ({licence})" for name, licence in PARTS))

    def _row(self, title: str, text: str) -> QLabel:
        row = self._grid.rowCount()
        told = paragraph(text, Words.BODY)
        self._grid.addWidget(label(title), row, 0, _TOP)
        self._grid.addWidget(told, row, 1)
        return told

    def _path_row(self, title: str, path: Path) -> QLabel:
        told = self._row(title, str(path))
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(button(_("Open folder"), on_click=lambda: _open(path), name=f"{title}: {_('Open folder')}"))
        buttons.addWidget(button(_("Copy path"), on_click=lambda: QGuiApplication.clipboard().setText(str(path))))
        buttons.addStretch()
        self._grid.addLayout(buttons, self._grid.rowCount(), 1)
        return told


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
