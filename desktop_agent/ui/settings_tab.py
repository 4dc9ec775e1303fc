"""The Settings tab: the pages that are made from the catalogue, filling the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_agent.ui.settings_pages import SettingsPages

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work


class SettingsTab(QWidget):
    """Keeps changes that are not applied while the user looks at other tabs."""

    def __init__(self, app: App, work: Work) -> None:
        super().__init__()
        self.pages = SettingsPages(app, work)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)

    def go_to_search(self) -> None:
        """Go to the search field (Ctrl+F in the window)."""
        self.pages.search.take_keyboard()
