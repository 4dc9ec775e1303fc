"""The rows of the conversation list: headings by day, conversations below them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_agent.messages import Conversation
from desktop_agent.ui import theme
from desktop_agent.ui.dates import day
from desktop_agent.ui.theme import Size
from desktop_agent.words import _

Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel):
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


class ListView(QListView):
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


class Look(QStyledItemDelegate):
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
        chosen = index == self._view.currentIndex()
        if chosen or index == self._view.indexAt(self._view.viewport().mapFromGlobal(QCursor.pos())):
            focused = chosen and self._view.hasFocus()
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

    def __init__(self, view: ListView) -> None:
        super().__init__(view)
        self._view = view

    def _is_heading(self, index: Index) -> bool:
        return not index.flags() & Qt.ItemFlag.ItemIsEnabled
