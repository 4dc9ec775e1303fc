"""Files on their way into a message: chosen, dropped or pasted, read while the window lives on, kept with the draft."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_agent.errors import AgentError
from desktop_agent.ui.ask import choose
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.messages import Document
    from desktop_agent.ui.composer import Composer
    from desktop_agent.ui.work import Work

MODEL = ".gguf"
MOST_FILES = 8
"""Files of one message; more do not fit into any context that runs here."""


class Files(QObject):
    """Attaches files to what is written in one composer; ``conversation`` says where that is."""

    dropped = Signal()
    """Files came from anywhere in the window: what they are for should be seen."""

    def __init__(
        self,
        app: App,
        work: Work,
        composer: Composer,
        conversation: Callable[[], int | None],
        use_model: Callable[[str], object],
    ) -> None:
        super().__init__(composer)
        self._app, self._work, self._composer = app, work, composer
        self._conversation, self._use_model = conversation, use_model
        self._reading: dict[str, asyncio.Task[Any]] = {}
        self._window: QWidget | None = None
        self._connections: list[tuple[Any, Any]] = [
            (composer.file_wanted, self.choose),
            (composer.files_given, self.take),
            (composer.file_removed, self._remove),
            (composer.reading_given_up, self._give_up),
        ]
        for signal, slot in self._connections:
            signal.connect(slot)

    def watch(self, window: QWidget) -> None:
        """Take files that are dropped anywhere on ``window``."""
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def leave(self) -> None:
        """Stop listening; what is being read is given up."""
        for signal, slot in self._connections:
            signal.disconnect(slot)
        for task in self._reading.values():
            task.cancel()
        if self._window is not None:
            self._window.removeEventFilter(self)

    def choose(self) -> None:
        """Let the user choose files."""
        from PySide6.QtWidgets import QFileDialog  # an idle window does without it

        kinds = _(
            "Texts, PDF and Word files ({patterns});;All files (*)", patterns="*.txt *.md *.pdf *.docx *.csv *.log"
        )
        dialog = QFileDialog(self._composer.window(), _("Attach files"), str(Path.home()), kinds)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.take)
        dialog.open()

    def take(self, paths: Sequence[str]) -> None:
        """Attach these files; a model among them is offered as what answers."""
        for path in list(paths)[:MOST_FILES]:
            if path.lower().endswith(MODEL):
                self._offer_model(path)
            else:
                self._begin(Path(path))

    async def show_draft(self) -> None:
        """Show the files of the draft in view."""
        conversation = self._conversation()
        found = await self._app.documents.draft(conversation)
        if conversation == self._conversation():
            self._composer.show_files(found)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002
        if event.type() in (QEvent.Type.DragEnter, QEvent.Type.DragMove) and isinstance(event, QDragMoveEvent):
            if paths := paths_of(event.mimeData()):
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                model = all(path.lower().endswith(MODEL) for path in paths)
                self._composer.show_offer(_("drop it to use the model") if model else _("drop it to attach it"))
                return True
        elif event.type() == QEvent.Type.DragLeave:
            self._composer.show_offer("")
        elif (
            event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent) and (paths := paths_of(event.mimeData()))
        ):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._composer.show_offer("")
            self.take(paths)
            self.dropped.emit()
            return True
        return False

    def _offer_model(self, path: str) -> None:
        choose(
            self._composer.window(),
            _("{file} is a model. Shall it answer from now on?", file=Path(path).name),
            _("It can be changed at any time in the top bar."),
            ((_("Use this model"), lambda: self._use_model(path)),),
        )

    def _begin(self, path: Path) -> None:
        name = " ".join(path.name.split())
        if name in self._reading:
            return
        self._composer.show_reading(name, _("is read…"))
        if (task := self._work.start(self._read(path, name, self._conversation()))) is not None:
            self._reading[name] = task

    async def _read(self, path: Path, name: str, conversation: int | None) -> None:
        def progress(page: int, of: int) -> None:
            if conversation == self._conversation():
                self._composer.show_reading(name, _("page {page} of {of}", page=page, of=of))

        try:
            found = await self._app.chat.attaching.read(path, conversation, progress)
            await self._drop_twin(found.document, conversation)
            if found.cut:
                self._composer.refused.emit(_("{file} is very long: only its beginning was taken.", file=name))
            await self.show_draft()
        except AgentError as error:
            self._work.tell(error)
        finally:
            # Last: a message that waits for the file is sent now.
            self._reading.pop(name, None)
            self._composer.show_reading(name, None)

    async def _drop_twin(self, new: Document, conversation: int | None) -> None:
        """Take ``new`` away again when the same file is in the draft already: the model would be shown it twice."""
        documents = self._app.documents
        for file in await documents.draft(conversation):
            alike = (file.name, file.bytes, file.letters) == (new.name, new.bytes, new.letters)
            if file.id != new.id and alike and await documents.packed(file.id) == await documents.packed(new.id):
                await documents.remove(new.id)
                return

    def _give_up(self, name: str) -> None:
        if (task := self._reading.get(name)) is not None:
            task.cancel()

    def _remove(self, document: int) -> None:
        async def remove() -> None:
            await self._app.documents.remove(document)
            await self.show_draft()

        self._work.start(remove())


def paths_of(data: QMimeData) -> list[str]:
    """The files on this computer that ``data`` names; folders and addresses are left out."""
    if not data.hasUrls():
        return []
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path and not Path(path).is_dir()]
