"""The control that chooses the model: a list of those that are here, and a file of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QVBoxLayout, QWidget

from desktop_agent.errors import AgentError
from desktop_agent.inference.models import ModelFile, as_path
from desktop_agent.settings.setting import Setting, Value
from desktop_agent.ui.combo import Combo
from desktop_agent.ui.figures import size
from desktop_agent.ui.models_words import file_size
from desktop_agent.ui.settings_controls import Control
from desktop_agent.ui.widgets import Words, button, gone, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.offers import Offers
    from desktop_agent.ui.work import Work

NAME_LETTERS = 48


class ModelControl(Control):
    """Says the path of the chosen file; the first entry, with no path, is the built-in guide."""

    described = Signal()
    """The list of models arrived, or another one was chosen."""
    models_wanted = Signal()
    """The page of models is asked for."""

    def __init__(self, setting: Setting[Any], app: App, work: Work) -> None:
        self._combo = Combo(_(setting.title))
        super().__init__(setting)
        self._app, self._work = app, work
        self._models: dict[str, ModelFile] = {}
        self._offers: Offers | None = None
        self._refused: AgentError | None = None  # why the file opened last cannot be chosen
        self._combo.setMinimumContentsLength(6)
        self._combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._combo.addItem(_("Built-in guide"), "")
        self.get_button = button(_("Get models…"), on_click=self.models_wanted.emit)
        self.open_button = button(_("Open file…"), on_click=self._choose)
        self._about = paragraph()
        self._trouble = paragraph(kind=Words.BAD)
        self._trouble.hide()
        self._about.hide()
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        top.setSpacing(6)
        top.addWidget(self._combo, 1)
        top.addWidget(self.get_button, alignment=Qt.AlignmentFlag.AlignLeft)
        top.addWidget(self.open_button, alignment=Qt.AlignmentFlag.AlignLeft)
        top.addStretch()
        both = QVBoxLayout()
        both.setSpacing(5)
        both.addLayout(top)
        both.addWidget(self._about)
        both.addWidget(self._trouble)
        self.row.addLayout(both, 1)
        self._combo.activated.connect(lambda place: self._take(str(self._combo.itemData(place))))

    @property
    def model(self) -> ModelFile | None:
        """The model that is shown; None before the list arrived, or when it is not in it."""
        return self._models.get(str(self._combo.currentData()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._work.start(self._list())

    def show_value(self, value: Value) -> None:
        place = self._combo.findData(value)
        if place < 0:
            self._combo.addItem(Path(str(value)).stem, value)
            place = self._combo.count() - 1
        self._combo.setCurrentIndex(place)
        self._describe()

    def focus_part(self) -> QWidget:
        return self._combo

    def _measure(self) -> None:
        super()._measure()
        self._combo.setMaximumWidth(self.fontMetrics().height() * 21)

    def fold(self, tight: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(way)

    async def _list(self) -> None:
        """Fill the list anew: files come and go while the program runs."""
        if gone(self):
            return
        chosen = str(self._combo.currentData())
        models = await self._app.models.list(chosen)
        self._offers = await self._app.shelf.downloads.offers()
        if gone(self):
            return
        self._models = {"" if model.builtin else str(model.path): model for model in models}
        self._combo.clear()
        self._combo.addItem(_("Built-in guide"), "")
        for path, model in self._models.items():
            if path:
                name = " · ".join(part for part in (model.name, _form(model)) if part)
                self._combo.addItem(name if len(name) <= NAME_LETTERS else f"{name[: NAME_LETTERS - 1]}…", path)
                self._combo.setItemData(self._combo.count() - 1, path, Qt.ItemDataRole.ToolTipRole)
        self.show_value(chosen)

    def _describe(self) -> None:
        model = self.model
        trouble = self._refused or (model.problem if model is not None else None)
        self._trouble.setText(trouble.told() if trouble else "")
        self._trouble.setVisible(trouble is not None)
        about = ""
        if model is not None and model.header is not None:
            offer = self._offers.of_file(model.path, model.file_bytes) if self._offers else None
            if offer is not None:
                told = {"size": file_size(model.file_bytes), "languages": offer.speaks, "licence": offer.licence}
                about = _("{size} on disk. {languages}. {licence}.", **told)
            else:
                tokens = model.context_length
                about = _("{size} on disk, made for up to {count} tokens.", size=size(model.file_bytes), count=tokens)
        self._about.setText(about)
        self._about.setVisible(bool(about))
        self.described.emit()

    def _take(self, path: str) -> None:
        self._refused = None
        self._describe()
        self.given.emit(path)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose a model"), str(Path.home()), _("Models (*.gguf);;All files (*)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._work.start(self.try_file(path)))
        dialog.open()

    async def try_file(self, path: str) -> None:
        """Choose the model in ``path`` if it can be used; else say why not and keep the choice."""
        if gone(self):
            return
        self._refused = None
        self._trouble.hide()
        self._about.setText(_("Looking at {file} …", file=Path(path).name))
        self._about.show()
        self.open_button.setEnabled(False)
        try:
            model = await self._app.models.check(as_path(path), held_bytes=self._app.engines.memory_bytes)
        except AgentError as error:
            if gone(self):
                raise  # into the window's banner: whoever chose the file wants to know
            self._refused = error
            self.open_button.setEnabled(True)
            self._describe()
            return
        if gone(self):
            return
        self.open_button.setEnabled(True)
        chosen = "" if model.builtin else str(model.path)
        self._models[chosen] = model
        self.show_value(chosen)
        self.given.emit(chosen)


def _form(model: ModelFile) -> str:
    """How the model is packed; a warning when it cannot be used."""
    if model.header is None:
        return _("cannot be used")
    return model.header.quantisation
