"""The chat as it looks: conversations at the left, the open one with its composer at the right.

It is painted before the program is open: text can be written at once. What happens
with it is decided in ``conversing.py``.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop_agent.ui.composer import Composer
from desktop_agent.ui.conversation_list import ConversationList
from desktop_agent.ui.first_run import FirstRun
from desktop_agent.ui.transcript import COLUMN, SIDE, Transcript


class ChatTab(QWidget):
    """The list, the transcript or a greeting, and the composer."""

    def __init__(self, *, list_shown: bool = False) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = ConversationList()
        self.transcript = Transcript()
        self.composer = Composer()
        self.composer.setMaximumWidth(int(COLUMN))
        self.first_run = FirstRun()
        self.new_chat = FirstRun(returning=True)
        self._pages = QStackedLayout()
        for shown in (self.transcript, self.first_run, self.new_chat):
            self._pages.addWidget(shown)
        below = QHBoxLayout()
        below.setContentsMargins(int(SIDE), 0, int(SIDE), 12)
        below.addWidget(self.composer, 0, Qt.AlignmentFlag.AlignHCenter)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        right.addLayout(self._pages, 1)
        right.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self.setFocusProxy(self.composer.field)
        self.list.setVisible(list_shown)
        self._pages.setCurrentWidget(self.transcript if list_shown else self.first_run)

    @property
    def list_shown(self) -> bool:
        """Whether the conversations are listed at the left."""
        return not self.list.isHidden()

    def show_page(self, *, messages: bool, conversations: bool) -> None:
        """Show the transcript when there are messages, otherwise the greeting for an empty program or a new chat."""
        self.list.setVisible(conversations)
        greeting = self.new_chat if conversations else self.first_run
        self._pages.setCurrentWidget(self.transcript if messages else greeting)

    def restyle(self) -> None:
        """The theme or the text size is another one."""
        self.transcript.restyle()
        self.composer.field.restyle()
