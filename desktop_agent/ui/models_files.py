"""Model files that are copied from a stick, used where they are, or moved with their whole folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_agent.ui.ask import choose
from desktop_agent.ui.carrying import Carrying, Progress
from desktop_agent.ui.widgets import gone
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work


class ModelFiles(QObject):
    """Asks which file or folder and carries it, seen in ``carrying``; ``parent`` is where its dialogs open."""

    changed = Signal(str)
    """Files came or went; what to say of it."""

    def __init__(self, app: App, work: Work, use: Callable[[str], object], carrying: Carrying, parent: QWidget) -> None:
        super().__init__(parent)
        self._app, self._work, self._use, self._parent = app, work, use, parent
        self.carrying = carrying

    def choose_file(self) -> None:
        """Let the user choose a model file, then whether it is copied or used where it is."""
        self._choose(self._ask_how)

    def choose_copy(self) -> None:
        """Let the user choose a model file that is copied."""
        self._choose(lambda path: self._work.start(self.copy(path)))

    def _choose(self, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._parent, _("Choose a model"), str(Path.home()), _("Models (*.gguf);;All files (*)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        dialog.open()

    def _ask_how(self, path: Path) -> None:
        copy, use = _("Copy into the folder for models"), _("Use where it is")
        detail = _("A file on a stick can only be used while the stick is connected.")
        choices = ((copy, lambda: self._work.start(self.copy(path))), (use, lambda: self._use(str(path))))
        choose(self._parent.window(), _("What shall be done with {file}?", file=path.name), detail, choices)

    async def copy(self, path: Path) -> None:
        """Copy the model in ``path`` to the folder for models, seen and cancellable."""
        if self._busy():
            return
        copied: list[str] = []

        async def work(progress: Progress) -> None:
            copied.append((await self._app.models.import_(path, progress)).name)

        if await self.carrying.carry(_("Copying {file} …", file=path.name), work) and not gone(self):
            self.changed.emit(_("{model} is here.", model=copied[0]))

    def choose_folder(self) -> None:
        """Let the user choose another folder for models; the files go with it."""
        start = str(self._app.models.folder)
        dialog = QFileDialog(self._parent, _("Choose the folder for models"), start)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda path: self._work.start(self.carry_folder(Path(path))))
        dialog.open()

    async def carry_folder(self, folder: Path) -> None:
        """Move the models to ``folder``, seen and cancellable."""
        if self._busy():
            return
        stayed: list[Path] = []

        async def work(progress: Progress) -> None:
            stayed.extend(await self._app.shelf.move(folder, progress))

        if await self.carrying.carry(_("Moving the models to {folder} …", folder=folder), work) and not gone(self):
            said = [_("The models are in {folder} now.", folder=folder)]
            said += [_("{file} could not be deleted at its old place.", file=path) for path in stayed]
            self.changed.emit("\n".join(said))

    def _busy(self) -> bool:
        if self.carrying.busy:
            self.changed.emit(_("Something is being copied already. Wait until it is there."))
        return self.carrying.busy
