"""The dialog in which one memory is written or edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_agent.messages import Note
from desktop_agent.ui.widgets import Kind, Toggle, button, label, muted
from desktop_agent.words import _


class MemoryDialog(QDialog):
    """Text and importance of one memory; ``save(text, important)`` is called once, when the user saves.

    Shown with ``open()``: a modal ``exec()`` inside the merged loop would stop every coroutine.
    """

    def __init__(self, save: Callable[[str, bool], object], note: Note | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._save = save
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
        layout.addLayout(buttons)
        self.text.textChanged.connect(self._check)
        self._check()
        self.resize(self.minimumSizeHint())
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.setFocus()

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
