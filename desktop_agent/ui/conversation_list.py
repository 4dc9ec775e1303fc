"""The conversations at the left, by day, with their search.

The list only shows and asks: what is chosen, renamed or deleted is told by signals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QVBoxLayout

from desktop_agent.ui.search_field import SearchField
from desktop_agent.ui.widgets import Kind, button
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.messages import Conversation, Hit
    from desktop_agent.ui.conversation_rows import ListView, Rows

WIDTH = 236
SEARCH_PAUSE_MS = 150
"""Searched this long after the last key: nobody wants the results of half a word."""


class ConversationList(QFrame):
    """New chat, the search, and the list."""

    chosen = Signal(int, int)
    """A conversation, and the message in it that was searched for; 0 without one."""
    new_wanted = Signal()
    renamed = Signal(int, str)
    pin_wanted = Signal(int, bool)
    delete_wanted = Signal(int)
    take_back_wanted = Signal(int)
    export_wanted = Signal(int)
    """0 stands for all conversations."""
    import_wanted = Signal()
    trash_wanted = Signal()
    """The trash is to be shown, or no longer."""
    empty_wanted = Signal()
    search_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "side")
        self.setFixedWidth(WIDTH)
        self.new = button("+  " + _("New chat"), Kind.PRIMARY, self.new_wanted.emit, name=_("New chat"))
        self.search = SearchField(_("Search chats…"), _("Search chats"))
        self.search.left_down.connect(self._go_down)
        self.search.returnPressed.connect(self._go_down)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.search_changed.emit(self.search.text()))
        self.search.textChanged.connect(self._search_edited)
        self._listed_for = ("", False)
        """What the list answers, as ``asked`` tells it."""
        self._goes_down = False
        """Whether Enter or Down was pressed before there was an answer."""
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(10)
        column.addWidget(self.new)
        column.addWidget(self.search)
        column.addStretch(1)
        self._column = column
        self._showing = False
        self.in_trash = False
        """Whether the trash is shown in the place of the conversations."""
        self._foot: QPushButton | None = None
        self._made: tuple[Rows, ListView] | None = None

    def _search_edited(self, _text: str) -> None:
        self._goes_down = False
        self._pause.start(SEARCH_PAUSE_MS)

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
            view.activated.connect(self._open_again)
            view.customContextMenuRequested.connect(self._menu)
            view.selectionModel().currentChanged.connect(self._current_changed)
            self._column.takeAt(self._column.count() - 1)
            self._column.addWidget(view, 1)
            self.setTabOrder(self.search, view)
            self._made = rows, view
        return self._made

    def show_conversations(self, conversations: Sequence[Conversation]) -> None:
        """Show these under their headings; the chosen one stays chosen."""
        self._show(lambda rows: rows.fill(conversations))

    def show_found(self, conversations: Sequence[Conversation], hits: Sequence[Hit]) -> None:
        """Show what a search found: conversations by their name, messages by their words."""
        self._show(lambda rows: rows.fill_found(conversations, hits))

    def _show(self, fill: Callable[[Rows], None]) -> None:
        rows, view = self._parts()
        editors: Iterable[QLineEdit] = view.findChildren(QLineEdit)
        if any(editor.isVisible() for editor in editors):
            return  # a name is being written; it brings the next list
        place = view.verticalScrollBar().value()
        self._showing = True
        fill(rows)
        self._choose(self.current)
        self._showing = False
        view.verticalScrollBar().setValue(place)
        self._listed_for = self.asked()
        if self._goes_down:
            self._go_down()

    def choose(self, conversation: int | None) -> None:
        """Mark a conversation as the open one, None for a new chat; nothing is told."""
        self._showing = True
        if conversation != self.current:
            self._message = 0
        self.current = conversation
        self._choose(conversation)
        self._showing = False

    current: int | None = None
    """The open conversation."""
    _message = 0
    """The found message that it was opened at; 0 for none."""

    @property
    def listed_for(self) -> str:
        """The words whose search the list shows; empty while it shows all."""
        return self._listed_for[0]

    def asked(self) -> tuple[str, bool]:
        """What the list should show: the words of the search, and whether it is the trash."""
        return self.search.text().strip(), self.in_trash

    def show_trash(self, count: int) -> None:
        """Offer the trash while something is in it, and the way back while it is shown."""
        if not count and self.in_trash:
            self.in_trash = False
        if not count and self._foot is None:
            return
        if self._foot is None:
            self._foot = button("", Kind.LINK, self._toggle_trash)
            self._column.addWidget(self._foot)
        text = _("← Back to the chats") if self.in_trash else _("Trash ({count})", count=count)
        self._foot.setText(text)
        self._foot.setAccessibleName(text)
        self._foot.setVisible(bool(count))
        self.search.setEnabled(not self.in_trash)

    def leave_trash(self) -> None:
        """Show the conversations again."""
        self.in_trash = False

    def _toggle_trash(self) -> None:
        self.in_trash = not self.in_trash
        self.trash_wanted.emit()

    def titles(self) -> list[str]:
        """What the list shows, headings included."""
        rows = self._parts()[0]
        return [rows.data(rows.index(row, 0)) for row in range(rows.rowCount())]

    def _choose(self, conversation: int | None) -> None:
        rows = self._parts()[0]
        row = rows.row_of(conversation, self._message)
        if row is None and self._message:
            row = rows.row_of(conversation)
        if row is None:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        else:
            self.view.setCurrentIndex(rows.index(row, 0))

    def _current_changed(self, index: QModelIndex) -> None:
        rows = self._parts()[0]
        conversation, message = rows.conversation(index), rows.message(index)
        if self._showing or self.in_trash or conversation is None:
            return
        self._message = message
        if message or conversation.id != self.current:
            self.current = conversation.id
            self.chosen.emit(conversation.id, message)

    def _go_down(self) -> None:
        """From the search into the list, when that shows what was searched for: to its chosen row, else the first."""
        self._goes_down = self._listed_for != self.asked()
        if self._goes_down:
            return
        rows, view = self._parts()
        view.setFocus(Qt.FocusReason.ShortcutFocusReason)
        first = rows.first()
        if not view.currentIndex().isValid() and first is not None:
            view.setCurrentIndex(rows.index(first, 0))

    def _open_again(self, index: QModelIndex) -> None:
        """Enter goes to the message once more, also when it is the current row already."""
        rows = self._parts()[0]
        if (conversation := rows.conversation(index)) is not None and not self.in_trash:
            self.current, self._message = conversation.id, rows.message(index)
            self.chosen.emit(conversation.id, self._message)

    def _with_current(self, act: Callable[[int], object]) -> None:
        if (conversation := self._parts()[0].conversation(self.view.currentIndex())) is not None:
            act(conversation.id)

    def _menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if not index.isValid():
            index = self.view.currentIndex()
        conversation = self._parts()[0].conversation(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.in_trash:
            self._trash_menu(menu, conversation)
        else:
            self._list_menu(menu, conversation, index)
        menu.popup(self.view.viewport().mapToGlobal(where))

    def _list_menu(self, menu: QMenu, conversation: Conversation | None, index: QModelIndex) -> None:
        if conversation is not None:
            number, pinned = conversation.id, conversation.pinned
            text = _("Unpin") if pinned else _("Pin to the top")
            menu.addAction(text, lambda: self.pin_wanted.emit(number, not pinned))
            if not self._parts()[0].message(index):
                menu.addAction(_("Rename"), lambda: self.view.edit(index))
            menu.addAction(_("Export…"), lambda: self.export_wanted.emit(number))
            menu.addAction(_("Delete"), lambda: self.delete_wanted.emit(number))
            menu.addSeparator()
        menu.addAction(_("Export all chats…"), lambda: self.export_wanted.emit(0))
        menu.addAction(_("Import chats…"), self.import_wanted.emit)

    def _trash_menu(self, menu: QMenu, conversation: Conversation | None) -> None:
        if conversation is not None:
            number = conversation.id
            menu.addAction(_("Put back"), lambda: self.take_back_wanted.emit(number))
            menu.addAction(_("Delete for good…"), lambda: self.delete_wanted.emit(number))
            menu.addSeparator()
        menu.addAction(_("Empty the trash…"), self.empty_wanted.emit)
