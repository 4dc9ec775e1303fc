"""The chat as it looks: conversations at the left, the open one with its composer at the right.

It is painted before the program is open: text can be written at once. What happens
with it is decided in ``conversing.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop_agent.ui import theme
from desktop_agent.ui.composer import Composer
from desktop_agent.ui.conversation_list import ConversationList
from desktop_agent.ui.first_run import FirstRun
from desktop_agent.ui.theme import SIDE

if TYPE_CHECKING:
    from desktop_agent.ui.find_bar import FindBar
    from desktop_agent.ui.transcript import Transcript


class ChatTab(QWidget):
    """The list, the transcript or a greeting, and the composer.

    What the first paint does not show is made when it is first asked for.
    """

    open_file_wanted = Signal()
    connect_wanted = Signal()
    models_wanted = Signal()
    find_wanted = Signal()
    """Something is to be looked for in the open conversation."""
    greeted = Signal(object)
    """The page of an empty program was made."""

    def __init__(self, *, list_shown: bool = False) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.list = ConversationList()
        self.composer = Composer()
        self.composer.setMaximumWidth(int(theme.column()))
        self._transcript: Transcript | None = None
        self._find_bar: FindBar | None = None
        self._greetings: dict[bool, FirstRun] = {}
        self._pages = QStackedLayout()
        below = QHBoxLayout()
        below.setContentsMargins(int(SIDE), 0, int(SIDE), 12)
        below.addWidget(self.composer, 0, Qt.AlignmentFlag.AlignHCenter)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(4)
        self._right = right
        right.addLayout(self._pages, 1)
        right.addLayout(below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self.list.setVisible(list_shown)
        if list_shown:
            self._pages.addWidget(QWidget())
        else:
            self._greeting(returning=False)

    @property
    def transcript(self) -> Transcript:
        """The open conversation."""
        if self._transcript is None:
            from desktop_agent.ui.transcript import Transcript

            self._transcript = Transcript()
            self._pages.addWidget(self._transcript)
            # Made late, yet read before the composer.
            self.setTabOrder(self.list.view, self._transcript)
            self.setTabOrder(self._transcript, self.composer.field)
        return self._transcript

    @property
    def find_bar(self) -> FindBar:
        """The search in the open conversation, above it; hidden until somebody looks for something."""
        if self._find_bar is None:
            from desktop_agent.ui.find_bar import FindBar

            self._find_bar = FindBar()
            self._find_bar.hide()
            self._right.insertWidget(0, self._find_bar)
            self.setTabOrder(self.list.view, self._find_bar)
            self.setTabOrder(self._find_bar, self.transcript)
        return self._find_bar

    def go_to_search(self) -> None:
        """Ctrl+F: look for something in the open conversation, or through all when none is open."""
        if self._transcript is not None and self._pages.currentWidget() is self._transcript:
            self.find_wanted.emit()
        elif self.list.search.isVisible():
            self.list.search.take_keyboard()

    @property
    def greeting(self) -> FirstRun | None:
        """The page of an empty program, if it was ever seen."""
        return self._greetings.get(False)

    @property
    def list_shown(self) -> bool:
        """Whether the conversations are listed at the left."""
        return not self.list.isHidden()

    def show_page(self, *, messages: bool, conversations: bool) -> None:
        """Show the transcript when there are messages, otherwise the greeting for an empty program or a new chat."""
        self.list.setVisible(conversations)
        self._pages.setCurrentWidget(self.transcript if messages else self._greeting(returning=conversations))

    def restyle(self) -> None:
        """The theme or the text size is another one."""
        self.composer.setMaximumWidth(int(theme.column()))
        self.composer.field.restyle()
        if self._transcript is not None:
            self._transcript.restyle()

    def _greeting(self, *, returning: bool) -> FirstRun:
        if returning not in self._greetings:
            made = FirstRun(returning=returning)
            made.open_file_wanted.connect(self.open_file_wanted)
            made.connect_wanted.connect(self.connect_wanted)
            made.models_wanted.connect(self.models_wanted)
            self._greetings[returning] = made
            self._pages.addWidget(made)
            if not returning:
                self.greeted.emit(made)
        return self._greetings[returning]
