"""What is seen before the first message: a greeting and how to get a model; or why there will be none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_agent.errors import AgentError
from desktop_agent.ui.widgets import Kind, Words, button, card, label, muted
from desktop_agent.words import _

WIDTH = 620


class FirstRun(QWidget):
    """The page of an empty program, or (``returning``) of a new chat."""

    open_file_wanted = Signal()

    def __init__(self, *, returning: bool = False) -> None:
        super().__init__()
        column = _column(self)
        column.addWidget(label(_("Hello. This assistant runs on your laptop."), Words.TITLE, wrap=True))
        column.addWidget(label(_("Nothing you write leaves this computer."), Words.MUTED_BODY, wrap=True))
        if not returning:
            column.addSpacing(14)
            column.addWidget(self._file_card())
            column.addSpacing(8)
            guide = _(
                "Or just start typing: the built-in guide answers questions about this program and remembers "
                "what you ask it to."
            )
            column.addWidget(muted(guide, wrap=True))

    def _file_card(self) -> QWidget:
        panel = card(chosen=True)
        row = QHBoxLayout(panel)
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(label(_("Use a model file you already have"), Words.STRONG, wrap=True))
        words.addWidget(muted(_("Any .gguf file, from a folder or a USB stick."), wrap=True))
        row.addLayout(words, 1)
        row.addWidget(button(_("Open file…"), Kind.PRIMARY, self.open_file_wanted.emit))
        return panel


class Failed(QWidget):
    """The page of a program that could not be opened: what happened, what to try."""

    close_wanted = Signal()

    def __init__(self, error: AgentError) -> None:
        super().__init__()
        column = _column(self)
        column.addWidget(label(_("This could not be opened."), Words.TITLE, wrap=True))
        column.addWidget(label(error.said(), Words.BODY, wrap=True))
        column.addWidget(label(error.advice(), Words.MUTED_BODY, wrap=True))
        column.addSpacing(14)
        column.addWidget(button(_("Close"), Kind.PLAIN, self.close_wanted.emit), 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(error.told())


def _column(page: QWidget) -> QVBoxLayout:
    """A column in the middle of ``page``."""
    inside = QWidget()
    inside.setMaximumWidth(WIDTH)
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    row = QHBoxLayout(page)
    row.setContentsMargins(24, 24, 24, 24)
    row.addStretch(1)
    row.addWidget(inside, 100, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return column
