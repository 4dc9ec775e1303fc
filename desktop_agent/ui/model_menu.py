"""The list of models behind the chip at the top, and a model file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop_agent.runtime.lazy import LazyState
from desktop_agent.settings import catalogue
from desktop_agent.ui.server_choice import ServerChoice
from desktop_agent.ui.too_large import ask_about
from desktop_agent.ui.top_bar import Dot, ModelChip
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.models import ModelFile
    from desktop_agent.ui.work import Work


class ModelMenu(QObject):
    """Shows the model in use on ``chip`` and lets the user choose another."""

    models_wanted = Signal()
    """The page of models is asked for."""
    servers_wanted = Signal()
    """The page of servers is asked for."""

    def __init__(self, app: App, work: Work, chip: ModelChip, parent: QWidget) -> None:
        super().__init__(parent)
        self._app, self._work, self._chip, self._window = app, work, chip, parent
        self._name = ""
        self._checking = False
        self._loading = False
        self.choice = ServerChoice(app, work, parent)
        self.choice.changed.connect(self.show_state)
        self.menu: QMenu | None = None
        """The list, while it is or was last open."""
        chip.clicked.connect(self._clicked)
        self.refresh()

    def refresh(self) -> None:
        """Show the model that the settings name now."""
        self._work.start(self._find_name())

    def show_loading(self, loading: bool) -> None:
        """Whether an answer waits for the model to be loaded."""
        self._loading = loading
        self.show_state()

    def open_file(self) -> None:
        """Let the user choose a model file; it answers from the next question on."""
        from PySide6.QtWidgets import QFileDialog  # an idle window does without it

        dialog = QFileDialog(self._window, _("Choose a model"), str(Path.home()), _("Models (*.gguf);;All files (*)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.use)
        dialog.open()

    def use(self, path: str) -> None:
        """Let the model in ``path`` answer, the built-in guide for an empty text."""
        self._work.start(self._use(path))

    def _clicked(self) -> None:
        self._work.start(self._open_menu())

    async def _find_name(self) -> None:
        chosen = self._app.settings[catalogue.MODEL].strip()
        name = _("Built-in guide")
        if chosen:
            models = await self._app.models.list(chosen)
            name = next((model.name for model in models if str(model.path) == chosen), Path(chosen).stem)
        self._name = name
        self.show_state()

    async def _open_menu(self) -> None:
        chosen = self._app.settings[catalogue.MODEL].strip()
        models = await self._app.models.list(chosen)
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        group = QActionGroup(menu)
        self._add(menu, group, _("Built-in guide"), "", chosen)
        for model in models:
            if not model.builtin:
                action = self._add(menu, group, _listed(model), str(model.path), chosen)
                action.setEnabled(model.problem is None)
                action.setToolTip(model.problem.told() if model.problem else str(model.path))
        self.choice.add_to(menu, group)
        menu.addSeparator()
        menu.addAction(_("Get models…"), self.models_wanted.emit)
        menu.addAction(_("Servers…"), self.servers_wanted.emit)
        menu.addAction(_("Open file…"), self.open_file)
        menu.popup(self._chip.mapToGlobal(QPoint(0, self._chip.height() + 4)))

    def _add(self, menu: QMenu, group: QActionGroup, text: str, path: str, chosen: str) -> QAction:
        action = menu.addAction(text.replace("&", "&&"), lambda: self._use_here(path))
        action.setCheckable(True)
        action.setChecked(path == chosen and self.choice.current is None)
        group.addAction(action)
        return action

    def _use_here(self, path: str) -> None:
        """Let a model on this computer answer, the conversation in view too."""
        self.choice.choose(None)
        self.use(path)

    async def _use(self, path: str) -> None:
        self._checking = True
        self.show_state()
        try:
            fit = await self._app.engines.fit(path) if path else None
            if fit is None or fit.there_is_room or fit.insisted:
                await self._app.engines.select(path)
            else:
                ask_about(
                    self._window,
                    fit,
                    lambda: self._work.start(self._insist(path)),
                    lambda tokens: self._work.start(self._use_smaller(path, tokens)),
                )
        finally:
            self._checking = False
            self.show_state()

    async def _insist(self, path: str) -> None:
        await self._app.engines.insist(path)
        await self._use(path)

    async def _use_smaller(self, path: str, context_tokens: int) -> None:
        self._app.settings.set(catalogue.CONTEXT_TOKENS, context_tokens)
        await self._use(path)

    def show_state(self) -> None:
        """Show whether the model is loaded now."""
        doing, dot = "", Dot.READY
        if self._checking:
            doing, dot = _("checking…"), Dot.BUSY
        elif self._loading:
            doing, dot = _("loading…"), Dot.BUSY
        elif self._app.settings[catalogue.MODEL].strip() and self._app.engines.state is not LazyState.READY:
            dot = Dot.ABSENT
        if server := self.choice.current:
            trouble = self.choice.trouble
            dot = Dot.BUSY if trouble else Dot.READY if self.choice.connected else Dot.ABSENT
            self._chip.show_model(_("{model} on {host}", model=server.model, host=server.host), dot, "", trouble)
            return
        self._chip.show_model(self._name or _("Built-in guide"), dot, doing)


def _listed(model: ModelFile) -> str:
    return f"{model.name}   {model.file_bytes / 2**20:,.0f} MB" if model.file_bytes else model.name
