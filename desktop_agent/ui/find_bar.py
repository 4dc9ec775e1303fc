"""The slim bar above the open conversation: what is looked for in it, which hit this is, and the way to the others."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from desktop_agent.ui.widgets import Kind, Words, button, label
from desktop_agent.words import _

FIELD = 280
PAUSE_MS = 150
"""Looked for this long after the last key."""


class FindBar(QFrame):
    """Shows and asks; what is found is told by ``show_found``."""

    wanted = Signal(str)
    """The text to look for; empty for none."""
    stepped = Signal(int)
    """To the next hit (1) or the one before (-1)."""
    left = Signal()
    """Nothing is looked for any more."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.setAccessibleName(_("Find in this chat"))
        self.field = FindField()
        self.field.setPlaceholderText(_("Find in this chat…"))
        self.field.setAccessibleName(_("Find in this chat"))
        self.field.setMaximumWidth(FIELD)
        self.found = label("", Words.SMALL)
        self.before = button("↑", on_click=lambda: self.step(-1), name=_("Previous hit"))
        self.after = button("↓", on_click=lambda: self.step(1), name=_("Next hit"))
        self.close_button = button("✕", Kind.LINK, self.left.emit, name=_("Close the search"))
        self.before.setToolTip(_("Previous hit") + " (Shift+Enter)")
        self.after.setToolTip(_("Next hit") + " (Enter)")
        self.close_button.setToolTip(_("Close the search") + " (Esc)")
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 6, 24, 7)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.found)
        row.addWidget(self.field, 2)
        row.addWidget(self.before)
        row.addWidget(self.after)
        row.addWidget(self.close_button)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.wanted.emit(self.field.text()))
        self.field.textEdited.connect(lambda _text: self._pause.start(PAUSE_MS))
        self.field.stepped.connect(self.step)
        self.field.left.connect(self.left)
        self.show_found(0, None)

    def step(self, by: int) -> None:
        """Go on, first of all to what was typed just now."""
        if self._pause.isActive():
            self._pause.stop()
            self.wanted.emit(self.field.text())
        else:
            self.stepped.emit(by)

    def take_keyboard(self, text: str = "") -> None:
        """Take the keyboard; ``text`` is looked for, and what is typed replaces it."""
        if text and text != self.field.text():
            self.show_wanted(text)
            self.wanted.emit(text)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_wanted(self, text: str) -> None:
        """Show what is looked for; nothing is told."""
        self._pause.stop()
        self.field.setText(text)

    def show_found(self, at: int, count: int | None) -> None:
        """Show which of how many hits this is; None while they are counted, or nothing is looked for."""
        text = ""
        if count is not None:
            text = _("{at} of {count}", at=f"{at:,}", count=f"{count:,}") if count else _("Nothing was found.")
        self.before.setEnabled(bool(count))
        self.after.setEnabled(bool(count))
        if text == self.found.text():
            return
        self.found.setText(text)
        if text and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, text))


class FindField(QLineEdit):
    """Enter goes on, Shift+Enter back, Esc leaves; taken here and not as shortcuts, for the window has its own Esc."""

    stepped = Signal(int)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        overrides = event.type() is QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                self.left.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.stepped.emit(-1 if shifted else 1)
            case Qt.Key.Key_Down:
                self.stepped.emit(1)
            case Qt.Key.Key_Up:
                self.stepped.emit(-1)
            case _:
                super().keyPressEvent(event)
