"""The Settings tab: the pages that are made from the catalogue, filling the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_agent.ui.settings_pages import SettingsPages

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.models_page import ModelsPage
    from desktop_agent.ui.work import Work


class SettingsTab(QWidget):
    """Keeps changes that are not applied while the user looks at other tabs."""

    def __init__(self, app: App, work: Work) -> None:
        super().__init__()
        self.pages = SettingsPages(app, work)
        self.models: ModelsPage | None = None
        """The page of models, once it was seen."""
        self._layout = QStackedLayout(self)
        self._layout.addWidget(self.pages)

    def show_models(self, make: Callable[[], ModelsPage]) -> None:
        """Bring the page of models to the front, made by ``make`` the first time."""
        if self.models is None:
            self.models = make()
            self.models.back_wanted.connect(self.show_settings)
            self._layout.addWidget(self.models)
            QShortcut(QKeySequence("Alt+Left"), self.models, self.show_settings)
        self._layout.setCurrentWidget(self.models)
        self.models.setFocus()

    def show_settings(self) -> None:
        """Bring the settings back to the front."""
        if self._layout.currentWidget() is not self.pages:
            self._layout.setCurrentWidget(self.pages)
            self.pages.list.setFocus()

    def go_to_search(self) -> None:
        """Go to the search field (Ctrl+F in the window)."""
        self.show_settings()
        self.pages.search.take_keyboard()
