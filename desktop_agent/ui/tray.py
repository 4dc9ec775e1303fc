"""What lies ready above the text that is being written: its files, and that it takes the place of a question."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_agent.messages import Document
from desktop_agent.ui.elided import Elided
from desktop_agent.ui.widgets import Kind, Words, button, empty, frame, label
from desktop_agent.words import _

IN_ROW = 2
NAME_WIDTH = 170


class Tray(QWidget):
    """Made when there is something to show for the first time."""

    removed = Signal(int)
    """The file of this number is not wanted."""
    reading_given_up = Signal(str)
    editing_given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.files: tuple[Document, ...] = ()
        self._reading: dict[str, str] = {}
        self._chips: dict[str, Elided] = {}
        self._chips_shown: list[QFrame] = []
        self.editing = QWidget()
        given_up = button(_("Cancel"), Kind.LINK, self.editing_given_up.emit, name=_("Leave the question as it is"))
        line = QHBoxLayout(self.editing)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(_("Asked otherwise; what was there before is kept."), Words.SMALL))
        line.addStretch(1)
        line.addWidget(given_up)
        self.editing.hide()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(6)
        self._grid.setColumnStretch(IN_ROW, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.editing)
        column.addLayout(self._grid)

    def show_files(self, files: tuple[Document, ...]) -> None:
        """Show these files as ready."""
        self.files = files
        self._lay()

    def show_reading(self, name: str, state: str | None) -> None:
        """Show how far a file is read; None when that has ended."""
        if state is None:
            self._reading.pop(name, None)
        elif name in self._reading:
            self._reading[name] = state
            self._chips[name].setText(f"{name}  {state}")
            return
        else:
            self._reading[name] = state
        self._lay()

    @property
    def reading(self) -> bool:
        """Whether a file is still being read."""
        return bool(self._reading)

    @property
    def anything(self) -> bool:
        """Whether there is something to see."""
        return bool(self.files or self._reading or not self.editing.isHidden())

    def show_editing(self, editing: bool) -> None:
        """Whether an earlier question is asked otherwise; it has its own files, and those here wait."""
        self.editing.setVisible(editing)
        for chip in self._chips_shown:
            chip.setVisible(not editing)

    def _lay(self) -> None:
        empty(self._grid)
        self._chips.clear()
        chips = [self._file_chip(file) for file in self.files]
        chips += [self._reading_chip(name, state) for name, state in self._reading.items()]
        self._chips_shown = chips
        for number, chip in enumerate(chips):
            chip.setVisible(self.editing.isHidden())
            self._grid.addWidget(chip, number // IN_ROW, number % IN_ROW)

    def _file_chip(self, file: Document) -> QFrame:
        size = _("{count} pages", count=file.pages) if file.pages > 1 else ""
        return _chip(file.name, size, _("Do not attach {file}", file=file.name), lambda: self.removed.emit(file.id))[0]

    def _reading_chip(self, name: str, state: str) -> QFrame:
        chip, self._chips[name] = _chip(
            f"{name}  {state}", "", _("Do not attach {file}", file=name), lambda: self.reading_given_up.emit(name)
        )
        return chip


def _chip(name: str, size: str, close: str, then: Callable[[], object]) -> tuple[QFrame, Elided]:
    chip = frame("chip")
    told = Elided(name, Words.CHIP)
    told.setMaximumWidth(NAME_WIDTH)
    told.setMinimumWidth(min(NAME_WIDTH, told.fontMetrics().horizontalAdvance(name) + 6))
    inside = QHBoxLayout(chip)
    inside.setContentsMargins(9, 3, 5, 3)
    inside.setSpacing(6)
    inside.addWidget(told)
    if size:
        inside.addWidget(label(size, Words.SMALL))
    inside.addWidget(button("✕", Kind.LINK, then, name=close))
    chip.setAccessibleName(name)
    return chip, told
