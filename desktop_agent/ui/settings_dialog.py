"""The settings in a dialog of their own (Ctrl+,), over whatever tab is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop_agent.ui.settings_pages import SettingsPages
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work


class SettingsDialog(QDialog):
    """The pages of the settings tab. Apply stores and closes, Esc closes without storing.

    Shown with ``open()``, never ``exec()``: the answer that streams behind it goes on.
    """

    def __init__(self, app: App, work: Work, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Settings"))
        self.pages = SettingsPages(app, work)
        self.pages.applied.connect(self.accept)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.pages.search.take_keyboard)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        room = parent.window().size()
        self.resize(min(940, room.width() - 40), min(640, room.height() - 60))
