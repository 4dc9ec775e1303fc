"""The conversations at the left, by day, with their search.

The list only shows and asks: what is chosen, renamed or deleted is told by signals.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_agent.messages import Conversation
from desktop_agent.ui import theme
from desktop_agent.ui.dates import day
from desktop_agent.ui.theme import Size
from desktop_agent.ui.widgets import Kind, button
from desktop_agent.words import _

Index = QModelIndex | QPersistentModelIndex
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
        self.search.setClearButtonEnabled(True)
        self._model = _Rows()
        self.view = _View()
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Look(self.view))
        self.view.setAccessibleName(_("Chats"))
        self._model.renamed.connect(self.renamed)
        self.view.deleted.connect(lambda: self._with_current(self.delete_wanted.emit))
        self.view.customContextMenuRequested.connect(self._menu)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(lambda: self.search_changed.emit(self.search.text()))
        self.search.textChanged.connect(lambda _text: self._pause.start(SEARCH_PAUSE_MS))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(10)
        column.addWidget(self.new)
        column.addWidget(self.search)
        column.addWidget(self.view, 1)
        self._showing = False

    def show_conversations(self, conversations: Sequence[Conversation]) -> None:
        """Show these, the one changed last first; the chosen one stays chosen."""
        current = self.current
        self._showing = True
        self._model.fill(conversations)
        self._choose(current)
        self._showing = False

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
        return [self._model.data(self._model.index(row, 0)) for row in range(self._model.rowCount())]

    def _choose(self, conversation: int | None) -> None:
        row = self._model.row_of(conversation)
        if row is None:
            self.view.clearSelection()
            self.view.setCurrentIndex(QModelIndex())
        else:
            self.view.setCurrentIndex(self._model.index(row, 0))

    def _current_changed(self, index: QModelIndex) -> None:
        conversation = self._model.conversation(index)
        if not self._showing and conversation is not None and conversation.id != self.current:
            self.current = conversation.id
            self.chosen.emit(conversation.id)

    def _with_current(self, act: Any) -> None:
        if (conversation := self._model.conversation(self.view.currentIndex())) is not None:
            act(conversation.id)

    def _menu(self, where: QPoint) -> None:
        index = self.view.indexAt(where)
        if not index.isValid():
            index = self.view.currentIndex()
        conversation = self._model.conversation(index)
        if conversation is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Rename"), lambda: self.view.edit(index))
        menu.addAction(_("Delete…"), lambda: self.delete_wanted.emit(conversation.id))
        menu.popup(self.view.viewport().mapToGlobal(where))


class _Rows(QAbstractListModel):
    """Headings (text) and conversations, top to bottom."""

    renamed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[str | Conversation] = []

    def fill(self, conversations: Sequence[Conversation]) -> None:
        now = time.time()
        rows: list[str | Conversation] = []
        heading = ""
        for conversation in conversations:
            if (when := day(conversation.changed, now)) != heading:
                rows.append(when)
                heading = when
            rows.append(conversation)
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def conversation(self, index: Index) -> Conversation | None:
        row = self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None
        return row if isinstance(row, Conversation) else None

    def row_of(self, conversation: int | None) -> int | None:
        for number, row in enumerate(self._rows):
            if isinstance(row, Conversation) and row.id == conversation:
                return number
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row if isinstance(row, str) else row.title or (_("New chat") if role == 0 else "")
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Conversation):
            return row.title
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        conversation = self.conversation(index)
        if role != Qt.ItemDataRole.EditRole or conversation is None:
            return False
        title = str(value).strip()
        if title and title != conversation.title:
            self.renamed.emit(conversation.id, title)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.conversation(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable


class _View(QListView):
    deleted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(20)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


class _Look(QStyledItemDelegate):
    """Headings in small letters, conversations as rows, the open one on a panel."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        tall = theme.pixels(Size.CONTROL)
        return QSize(80, tall + (23 if self._is_heading(index) else 29))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        c = theme.colours()
        view: Any = option
        box: QRect = view.rect
        text = str(index.data() or "")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_heading(index):
            painter.setFont(theme.font(Size.SMALL))
            painter.setPen(QColor(c.quiet))
            painter.drawText(box.adjusted(8, 4, -4, 0), int(Qt.AlignmentFlag.AlignVCenter), text)
            painter.restore()
            return
        row = box.adjusted(0, 4, 0, -4)
        chosen = bool(view.state & QStyle.StateFlag.State_Selected)
        if chosen or view.state & QStyle.StateFlag.State_MouseOver:
            focused = bool(view.state & QStyle.StateFlag.State_HasFocus) and self._view.hasFocus()
            painter.setPen(QPen(QColor(c.accent if focused else c.line), 1) if chosen else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.panel if chosen else c.hover))
            painter.drawRoundedRect(row.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        letters = theme.font(Size.CONTROL)
        painter.setFont(letters)
        painter.setPen(QColor(c.text))
        inside = row.adjusted(8, 0, -8, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        editor = QLineEdit(parent)
        editor.setMaxLength(200)
        editor.setAccessibleName(_("New name"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        view: Any = option
        editor.setGeometry(view.rect.adjusted(0, 3, 0, -3))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def __init__(self, view: _View) -> None:
        super().__init__(view)
        self._view = view

    def _is_heading(self, index: Index) -> bool:
        return not index.flags() & Qt.ItemFlag.ItemIsEnabled
