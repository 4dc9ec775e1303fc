"""Where the next message is written.

Enter sends and Shift+Enter starts a new line, but the Enter that ends an input
method's word (Chinese, Japanese) only ends the word. While an answer runs the button
stops it, and Enter lets the message wait for the answer's end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QSizePolicy, QVBoxLayout

from desktop_agent.errors import TooLong
from desktop_agent.letters import LONGEST_MESSAGE, clean, unbroken
from desktop_agent.ui import theme
from desktop_agent.ui.elided import Elided
from desktop_agent.ui.widgets import Kind, Words, button, restyle
from desktop_agent.words import _

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtGui import QDragEnterEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from desktop_agent.messages import Document
    from desktop_agent.ui.tray import Tray

MOST_LINES = 6


class Composer(QFrame):
    """A card with the text field, the memory switch and Send or Stop."""

    sent = Signal(str)
    stop_wanted = Signal()
    memory_changed = Signal(bool)
    refused = Signal(str)
    """A sentence: why a text was not taken."""
    edited = Signal()
    file_wanted = Signal()
    files_given = Signal(object)
    """Paths of files that were pasted."""
    file_removed = Signal(int)
    reading_given_up = Signal(str)
    manner_wanted = Signal()
    """How this conversation is answered is to be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._tray: Tray | None = None
        self._editing: object | None = None
        self._put_aside = ""
        self._answering = False
        self.ready = False
        """Whether messages can be sent now."""
        self._waiting = False
        self._estimate = ""
        self._offer = ""
        self.field = Field()
        self.field.setAccessibleName(_("Message"))
        self.field.setPlaceholderText(_("Type a message. Enter sends, Shift+Enter starts a new line"))
        self.field.submitted.connect(self._enter)
        self.field.textChanged.connect(self._text_changed)
        self.field.too_long.connect(self._too_long)
        self.field.files_given.connect(self.files_given)
        # Signs that Inter has: for any other the Chinese font is opened, 2.5 MB that an English window can do without.
        self.attach = button("+ " + _("File"), on_click=self.file_wanted.emit, name=_("Attach a file"))
        self.manner = button("…", on_click=self.manner_wanted.emit, name=_("How this chat is answered"))
        self.manner.setToolTip(_("How this chat is answered"))
        self.memory = button("", on_click=self._toggle_memory)
        self.memory.setCheckable(True)
        self.memory.setChecked(True)
        self.hint = Elided("", Words.SMALL)
        self.send = button(_("Send"), Kind.PRIMARY, self._press)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.attach)
        row.addWidget(self.memory)
        row.addWidget(self.manner)
        row.addStretch(1)
        row.addWidget(self.hint)
        row.addWidget(self.send)
        self._column = column = QVBoxLayout(self)
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

    # Beside the text

    @property
    def tray(self) -> Tray:
        """What lies ready above the text; made when there is something."""
        if self._tray is None:
            from desktop_agent.ui.tray import Tray

            self._tray = Tray()
            self._tray.removed.connect(self.file_removed)
            self._tray.reading_given_up.connect(self.reading_given_up)
            self._tray.editing_given_up.connect(self.stop_editing)
            self._column.insertWidget(0, self._tray)
        return self._tray

    @property
    def files(self) -> tuple[Document, ...]:
        """The files that go with the message."""
        return self._tray.files if self._tray is not None else ()

    def show_files(self, files: tuple[Document, ...]) -> None:
        """Show which files go with the message."""
        if files or self._tray is not None:
            self.tray.show_files(files)
            self._show_tray()

    def show_reading(self, name: str, state: str | None) -> None:
        """Show how far a file is read; None when that has ended. The message waits for it."""
        self.tray.show_reading(name, state)
        self._show_tray()
        self._send_waiting()

    @property
    def editing(self) -> object | None:
        """The question that what is written takes the place of, None for a new message."""
        return self._editing

    def edit(self, question: object, text: str) -> None:
        """Let ``text`` be changed and sent in the place of ``question``; what was written is put aside."""
        if self._editing is None:
            self._put_aside = self.text()
        self._editing = question
        self.tray.show_editing(True)
        self._show_tray()
        self.write(text)
        self.field.setFocus()

    def stop_editing(self) -> None:
        """Write what was put aside again."""
        if self._editing is not None:
            self._editing = None
            self.tray.show_editing(False)
            self._show_tray()
            self.write(self._put_aside)

    def show_manner(self, told: str) -> None:
        """Show whether the conversation has something for itself; ``told`` says what."""
        name = _("How this chat is answered")
        self.manner.setText("… ●" if told else "…")
        self.manner.setToolTip(f"{name}\n{told}" if told else name)

    def draft(self) -> str:
        """What is written as a new message, also while an earlier one is changed."""
        return self._put_aside if self._editing is not None else self.text()

    def _show_tray(self) -> None:
        self.tray.setVisible(self.tray.anything)
        self._show_state()

    @property
    def _busy(self) -> bool:
        return self._answering or not self.ready or (self._tray is not None and self._tray.reading)

    # Sending

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

    def show_offer(self, text: str) -> None:
        """Say what letting go of a dragged file does; empty when none is over the window."""
        if text != self._offer:
            self._offer = text
            self.setProperty("kind", "card-chosen" if text else "card")
            restyle(self)
            self._show_state()

    def sizeHint(self) -> QSize:
        return QSize(int(theme.column()), super().sizeHint().height())

    def _enter(self) -> None:
        if not self.text().strip():
            return
        if self._busy:
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
        if self._editing is None:
            self.field.clear()
        self.sent.emit(text)

    def _send_waiting(self) -> None:
        if self._waiting and not self._busy and self.text().strip():
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
        if self._offer:
            self.hint.setText(self._offer)
        elif self._waiting:
            reading = self._tray is not None and self._tray.reading and not self._answering
            waits = _("will be sent when the file is read") if reading else _("one moment…")
            self.hint.setText(_("will be sent after this answer") if self._answering else waits)
        else:
            self.hint.setText(self._estimate)


class Field(QPlainTextEdit):
    """A text field that grows with its text, up to six lines."""

    submitted = Signal()
    too_long = Signal(int)
    files_given = Signal(object)

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
        if paths := [url.toLocalFile() for url in source.urls() if url.isLocalFile()]:
            self.files_given.emit(paths)
            return
        text = source.text()
        if len(text) > LONGEST_MESSAGE:
            self.too_long.emit(len(text))
        else:
            self.wrap_for(text)
            self.insertPlainText(clean(text))
            self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or source.hasUrls()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Files are for the window, which takes them wherever they are dropped.
        if event.mimeData().hasUrls():
            event.ignore()
        else:
            super().dragEnterEvent(event)

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
        # As high as its lines are: Chinese letters come from another font and may stand higher than the field's own.
        tall, lines, block = 0.0, 0, self.document().firstBlock()
        while block.isValid() and lines < MOST_LINES:
            count = max(1, block.layout().lineCount())
            shown = min(count, MOST_LINES - lines)
            tall += self.blockBoundingRect(block).height() * shown / count
            lines, block = lines + shown, block.next()
        high = round(max(tall, self.fontMetrics().lineSpacing() * lines)) + 4
        if self.height() != high or self.minimumHeight() != high:
            self.setFixedHeight(high)
