"""The About page: which program this is, where its data is, whose work it stands on."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_agent import __version__
from desktop_agent.ui.settings_columns import FIRST_LINE, Columns
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
    ("aiohttp, tenacity", "Apache 2.0"),
    ("pypdf, keyring", "BSD, MIT"),
)
"""Whose work the program stands on, and under which licence."""


class AboutPage(QWidget):
    """Version, folders and licences."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(10)
        heading = QVBoxLayout()
        heading.setSpacing(6)
        heading.addWidget(label(_("About"), Words.HEADING))
        heading.addWidget(
            paragraph(_("An assistant that runs on this laptop. Nothing leaves it unless you connect a server."))
        )
        self._rows.addLayout(heading)
        self._row(_("Version"), f"Desktop Agent {__version__}")
        self._row(_("Runs on"), f"Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}")
        self._folder(_("Data folder"), app.folder.root)
        self._folder(_("Log"), app.folder.logs)
        self._row(_("Licence"), _("MIT: use it, change it, pass it on."))
        self._row(_("Made with"), "\n".join(f"{name} ({licence})" for name, licence in PARTS))

    def _row(self, title: str, text: str) -> Columns:
        row = Columns()
        row.left.addWidget(paragraph(title, Words.BODY))
        row.left.addStretch()
        row.right.addSpacing(FIRST_LINE)
        told = paragraph(text, Words.BODY)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.right.addWidget(told)
        self._rows.addWidget(row)
        return row

    def _folder(self, title: str, path: Path) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        opened, copied = _("Open folder"), _("Copy path")
        buttons.addWidget(button(opened, on_click=lambda: _open(path), name=f"{title}: {opened}"))
        buttons.addWidget(button(copied, on_click=lambda: _copy(path), name=f"{title}: {copied}"))
        buttons.addStretch()
        self._row(title, str(path)).right.addLayout(buttons)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _copy(folder: Path) -> None:
    QGuiApplication.clipboard().setText(str(folder))
