"""The conversations at the left, by day, with their search.

The list only shows and asks: what is chosen, renamed or deleted is told by signals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QVBoxLayout

from desktop_agent.messages import Conversation
from desktop_agent.ui.widgets import Kind, button
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.ui.conversation_rows import ListView, Rows

WIDTH = 236
SEARCH_PAUSE_MS = 150
"""Searched this long after the last key: nobody wants the results of half a word."""


class ConversationList(QFrame):
    """New chat, the search, and the list."""

    chosen = Signal(int)
    new_wanted = Signal()
    renamed = Signal(int, str)
    delete_wanted = Signal(int)
    search_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setFixedWidth(WIDTH)
        self.new = button("+  " + _("New chat"), Kind.PRIMARY, self.new_wanted.emit, name=_("New chat"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search chats…"))
        self.search.setAccessibleName(_("Search chats"))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.search_changed.emit(self.search.text()))
        self.search.textChanged.connect(lambda _text: self._pause.start(SEARCH_PAUSE_MS))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(10)
        column.addWidget(self.new)
        column.addWidget(self.search)
        column.addStretch(1)
        self._column = column
        self._showing = False
        self._made: tuple[Rows, ListView] | None = None
        # The button costs a start 5 ms of loading icons, and there is nothing to clear yet.
        self.search.textEdited.connect(lambda _text: self.search.setClearButtonEnabled(True))

    @property
    def view(self) -> ListView:
        """The list itself, made when there is something to list: the window is painted before."""
        return self._parts()[1]

    def _parts(self) -> tuple[Rows, ListView]:
        if self._made is None:
            from desktop_agent.ui.conversation_rows import ListView, Look, Rows

            rows, view = Rows(), ListView()
            view.setModel(rows)
            view.setItemDelegate(Look(view))
            view.setAccessibleName(_("Chats"))
            rows.setParent(view)
            rows.renamed.connect(self.renamed)
            view.deleted.connect(lambda: self._with_current(self.delete_wanted.emit))
            view.customContextMenuRequested.connect(self._menu)
            view.selectionModel().currentChanged.connect(self._current_changed)
            self._column.takeAt(self._column.count() - 1)
            self._column.addWidget(view, 1)
            self.setTabOrder(self.search, view)
            self._made = rows, view
        return self._made

    def show_conversations(self, conversations: Sequence[Conversation]) -> None:
        """Show these, the one changed last first; the chosen one stays chosen."""
        rows, view = self._parts()
        editors: Iterable[QLineEdit] = view.findChildren(QLineEdit)
        if any(editor.isVisible() for editor in editors):
            return  # a name is being written; it brings the next list
        place = view.verticalScrollBar().value()
        self._showing = True
        rows.fill(conversations)
        self._choose(self.current)
        self._showing = False
        view.verticalScrollBar().setValue(place)

    def choose(self, conversation: int | None) -> None:
        """Mark a conversation as the open one, None for a new chat; nothing is told."""
        self._showing = True
        self.current = conversation
        self._choose(conversation)
        self._showing = False

    current: int | None = None
    """The open conversation."""

    def titles(self) -> list[str]:
        """What the list shows, headings included."""
        rows = self._parts()[0]
        return [rows.data(rows.index(row, 0)) for row in range(rows.rowCount())]

    def _choose(self, conversation: int | None) -> None:
        row = self._parts()[0].row_of(conversation)
        if row is None:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        else:
            self.view.setCurrentIndex(self._parts()[0].index(row, 0))

    def _current_changed(self, index: QModelIndex) -> None:
        conversation = self._parts()[0].conversation(index)
        if not self._showing and conversation is not None and conversation.id != self.current:
            self.current = conversation.id
            self.chosen.emit(conversation.id)

    def _with_current(self, act: Callable[[int], object]) -> None:
        if (conversation := self._parts()[0].conversation(self.view.currentIndex())) is not None:
            act(conversation.id)

    def _menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if not index.isValid():
            index = self.view.currentIndex()
        conversation = self._parts()[0].conversation(index)
        if conversation is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Rename"), lambda: self.view.edit(index))
        menu.addAction(_("Delete…"), lambda: self.delete_wanted.emit(conversation.id))
        menu.popup(self.view.viewport().mapToGlobal(where))
