"""The dialog in which one memory is written or edited."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_agent.messages import Note
from desktop_agent.ui.dates import day, moment
from desktop_agent.ui.widgets import Kind, Toggle, Words, button, label, muted
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.memory.note_rows import Was

SHOWN_BEFORE = 5
"""Old texts that are shown; `desktop-agent memory history` lists all."""
_LETTERS = 60
"""Of an old text in its row; the whole is in the tool tip."""


class MemoryDialog(QDialog):
    """Text and importance of one memory; ``save(text, important)`` is called once, when the user saves.

    ``before`` is what it said until it was changed, newest first; ``source`` names where it is
    from, and ``go`` leads there. Shown with ``open()``: a modal ``exec()`` inside the merged
    loop would stop every coroutine.
    """

    def __init__(
        self,
        save: Callable[[str, bool], object],
        note: Note | None,
        parent: QWidget,
        *,
        before: Sequence[Was] = (),
        source: str = "",
        go: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self._save = save
        self._go = go
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Edit a memory") if note else _("Add a memory"))
        self.text = QPlainTextEdit(note.text if note else "")
        self.text.setAccessibleName(_("What to remember"))
        self.text.setPlaceholderText(_("Grandma's birthday is on 12 March."))
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.text.setMinimumSize(self.fontMetrics().height() * 30, self.fontMetrics().height() * 5)
        self.important = Toggle(_("Important: preferred when several fit"), on=bool(note and note.important))
        self.save_button = button(_("Save"), Kind.PRIMARY, self._done)
        self.save_button.setDefault(True)
        cancel = button(_("Cancel"), on_click=self.reject)

        star = QHBoxLayout()
        star.addWidget(self.important)
        star.addWidget(label(_("Important: preferred when several fit")))
        star.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(muted(_("Enter saves, Shift+Enter starts a new line")))
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(label(_("One fact in one sentence is found best.")))
        layout.addWidget(self.text)
        layout.addLayout(star)
        if note is not None:
            layout.addLayout(self._origin(note, source))
        self.restore_buttons = [button(_("Use again"), Kind.LINK) for _was in before[:SHOWN_BEFORE]]
        if before:
            layout.addLayout(self._history(before))
        layout.addLayout(buttons)
        self.text.textChanged.connect(self._check)
        self._check()
        self.resize(self.minimumSizeHint())
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus()

    def _origin(self, note: Note, source: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self.go_button = button(source or _("the chat"), Kind.LINK, self._leave, name=_("Go to the message"))
        self.go_button.setToolTip(_("Go to the message"))
        if self._go or source:
            row.addWidget(muted(_("From")))
            row.addWidget(self.go_button if self._go else muted(source))
            row.addWidget(muted("·"))
        row.addWidget(muted(moment(note.created)))
        row.addStretch()
        return row

    def _history(self, before: Sequence[Was]) -> QGridLayout:
        """What it said before, each with a button that brings it into the field: saved only by Save."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label(_("What it said before"), Words.STRONG), 0, 0, 1, 3)
        shown = zip(before, self.restore_buttons, strict=False)
        for row, (was, again) in enumerate(shown, 1):
            text = " ".join(was.note.text.split())
            said = label(text if len(text) <= _LETTERS else text[:_LETTERS] + "…")
            said.setToolTip(was.note.text[:1500])
            until = muted(day(was.until, time.time()))
            until.setToolTip(moment(was.until))
            again.setAccessibleName(_("Use again: {text}", text=text[:_LETTERS]))
            again.clicked.connect(partial(self._use_again, was.note.text))
            for column, widget in enumerate((until, said, again)):
                grid.addWidget(widget, row, column)
        return grid

    def _use_again(self, text: str, _checked: bool = False) -> None:
        # As if it were written: Ctrl+Z brings back what stood there.
        cursor = self.text.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.text.setFocus()

    def _leave(self) -> None:
        if self._go is not None:
            self.reject()
            self._go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # As in the chat: Enter is done, Shift+Enter goes on.
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shifted = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shifted:
                self._done()
                return True
        return super().eventFilter(watched, event)

    def _check(self) -> None:
        self.save_button.setEnabled(bool(self.text.toPlainText().strip()))

    def _done(self) -> None:
        if self.save_button.isEnabled():
            self._save(self.text.toPlainText().strip(), self.important.isChecked())
            self.accept()
