"""What is seen before the first message: a greeting and how to get a model."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_agent.ui.widgets import Kind, Words, button, card, label, muted
from desktop_agent.words import _

WIDTH = 620


class FirstRun(QWidget):
    """The page of an empty program, or (``returning``) of a new chat."""

    open_file_wanted = Signal()

    def __init__(self, *, returning: bool = False) -> None:
        super().__init__()
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
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
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 24)
        row.addStretch(1)
        row.addWidget(inside, 100, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)

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
