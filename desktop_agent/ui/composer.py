"""Where the next message is written.

Enter sends and Shift+Enter starts a new line, but the Enter that ends an input
method's word (Chinese, Japanese) only ends the word. While an answer runs the button
stops it, and Enter lets the message wait for the answer's end.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop_agent.errors import TooLong
from desktop_agent.messages import LONGEST_MESSAGE, clean
from desktop_agent.ui import theme
from desktop_agent.ui.pieces import unbroken
from desktop_agent.ui.widgets import Kind, Words, button, label
from desktop_agent.words import _

MOST_LINES = 6


class Composer(QFrame):
    """A card with the text field, the memory switch and Send or Stop."""

    sent = Signal(str)
    stop_wanted = Signal()
    memory_changed = Signal(bool)
    refused = Signal(str)
    """A sentence: why a text was not taken."""
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._answering = False
        self.ready = False
        """Whether messages can be sent now."""
        self._waiting = False
        self._estimate = ""
        self.field = Field()
        self.field.setAccessibleName(_("Message"))
        self.field.setPlaceholderText(_("Type a message. Enter sends, Shift+Enter starts a new line"))
        self.field.submitted.connect(self._enter)
        self.field.textChanged.connect(self._text_changed)
        self.field.too_long.connect(self._too_long)
        self.memory = button("", on_click=self._toggle_memory)
        self.memory.setCheckable(True)
        self.memory.setChecked(True)
        self.hint = label("", Words.SMALL)
        self.send = button(_("Send"), Kind.PRIMARY, self._press)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.memory)
        row.addStretch(1)
        row.addWidget(self.hint)
        row.addWidget(self.send)
        column = QVBoxLayout(self)
        column.setContentsMargins(13, 12, 13, 11)
        column.setSpacing(10)
        column.addWidget(self.field)
        column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.show_memory(True)
        self._show_state()

    def text(self) -> str:
        """What is written and not sent."""
        return self.field.toPlainText()

    def write(self, text: str) -> None:
        """Put ``text`` into the field, the cursor behind it."""
        self.field.wrap_for(text)
        self.field.setPlainText(text)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def put_back(self, text: str) -> None:
        """Return a message that could not be sent, before what was written since."""
        since = self.text()
        self.write(f"{text}\n{since}" if since.strip() else text)

    def set_ready(self, ready: bool) -> None:
        """Whether a message can be taken at all; before that Enter lets it wait."""
        self.ready = ready
        self._show_state()
        self._send_waiting()

    def set_answering(self, answering: bool) -> None:
        """Show Stop while an answer runs; send what waits when it has ended."""
        self._answering = answering
        self._show_state()
        self._send_waiting()

    def show_memory(self, on: bool) -> None:
        """Show whether notes are used in this conversation."""
        self.memory.setChecked(on)
        self.memory.setText("◆ " + (_("Memory: on") if on else _("Memory: off")))
        self.memory.setAccessibleName(self.memory.text())
        self.memory.setToolTip(_("Whether notes are found and made in this conversation"))

    def show_estimate(self, text: str) -> None:
        """A quiet hint beside Send; empty for none."""
        self._estimate = text
        self._show_state()

    def sizeHint(self) -> QSize:
        return QSize(int(theme.column()), super().sizeHint().height())

    def _enter(self) -> None:
        if not self.text().strip():
            return
        if self._answering or not self.ready:
            self._waiting = True
            self._show_state()
        else:
            self._send()

    def _press(self) -> None:
        if self._answering:
            self.stop_wanted.emit()
        else:
            self._enter()

    def _send(self) -> None:
        text = self.text()
        self._waiting = False
        if len(clean(text).strip()) > LONGEST_MESSAGE:
            self._too_long(len(text))
            return
        self.field.clear()
        self.sent.emit(text)

    def _send_waiting(self) -> None:
        if self._waiting and self.ready and not self._answering and self.text().strip():
            # Not at once: the answer that just ended is still being put away.
            QTimer.singleShot(0, self, self._enter)

    def _too_long(self, letters: int) -> None:
        error = TooLong(
            "The message has {length} characters; {most} is the most.",
            hint="Send it in parts, or only the part that matters.",
            length=f"{letters:,}",
            most=f"{LONGEST_MESSAGE:,}",
        )
        self.refused.emit(error.told())

    def _text_changed(self) -> None:
        if self._waiting and not self.text().strip():
            self._waiting = False
        self._show_state()
        self.edited.emit()

    def _toggle_memory(self) -> None:
        self.show_memory(self.memory.isChecked())
        self.memory_changed.emit(self.memory.isChecked())

    def _show_state(self) -> None:
        text = _("Stop") if self._answering else _("Send")
        if self.send.text() != text:
            self.send.setText(text)
            self.send.setAccessibleName(text)
        self.send.setEnabled(
            self._answering or bool(self.field.document().characterCount() > 1 and self.text().strip())
        )
        if self._waiting:
            self.hint.setText(_("will be sent after this answer") if self._answering else _("one moment…"))
        else:
            self.hint.setText(self._estimate)


class Field(QPlainTextEdit):
    """A text field that grows with its text, up to six lines."""

    submitted = Signal()
    too_long = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bare")
        self._composing = False
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(0)
        self.setFont(theme.font())
        self.textChanged.connect(self._grow)
        self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self._composing:
            event.accept()
        elif enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.accept()
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        # Only text is taken, and never more than one message may have: a line of a megabyte is laid out for seconds.
        text = source.text()
        if len(text) > LONGEST_MESSAGE:
            self.too_long.emit(len(text))
        else:
            self.wrap_for(text)
            self.insertPlainText(clean(text))
            self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()

    def wrap_for(self, text: str) -> None:
        """Break lines so that ``text``, which comes next, is laid out quickly."""
        modes = QTextOption.WrapMode
        anywhere = unbroken(text) or unbroken(self.toPlainText())
        self.setWordWrapMode(modes.WrapAnywhere if anywhere else modes.WrapAtWordBoundaryOrAnywhere)

    def restyle(self) -> None:
        """The text size is another one."""
        self.setFont(theme.font())
        self._grow()

    def _grow(self) -> None:
        # This document counts its height in lines.
        lines = min(MOST_LINES, max(1, int(self.document().size().height())))
        tall = lines * self.fontMetrics().lineSpacing() + 4
        if self.height() != tall or self.minimumHeight() != tall:
            self.setFixedHeight(tall)
