"""The rows of the conversation list: headings by day, conversations below them; found messages with what was found."""

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
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop_agent.messages import Conversation, Hit
from desktop_agent.ui import theme
from desktop_agent.ui.dates import day
from desktop_agent.ui.theme import Size
from desktop_agent.words import _

Index = QModelIndex | QPersistentModelIndex
Row = str | Conversation | Hit
_AFTER = 3
"""Letters that are shown behind what was found, where there are as many."""


class Rows(QAbstractListModel):
    """Headings (text) and conversations, top to bottom."""

    renamed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    def fill(self, conversations: Sequence[Conversation]) -> None:
        """Pinned conversations first, the others under their days, those of the trash under the day they went there."""
        now = time.time()
        rows: list[Row] = []
        heading = ""
        for conversation in conversations:
            if conversation.thrown_away is not None:
                when = _("Trash · {day}", day=day(conversation.thrown_away, now))
            else:
                when = _("Pinned") if conversation.pinned else day(conversation.changed, now)
            if when != heading:
                rows.append(when)
                heading = when
            rows.append(conversation)
        self._set(rows)

    def fill_found(self, conversations: Sequence[Conversation], hits: Sequence[Hit]) -> None:
        """Conversations found by their name, then messages found by their words."""
        rows: list[Row] = []
        if conversations:
            rows += [_("Chats"), *conversations]
        if hits:
            rows += [_("Messages"), *hits]
        self._set(rows or [_("Nothing was found.")])

    def _set(self, rows: list[Row]) -> None:
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def conversation(self, index: Index) -> Conversation | None:
        """The conversation of a row, also when it is there for one of its messages."""
        row = self._row(index)
        return row if isinstance(row, Conversation) else row.conversation if isinstance(row, Hit) else None

    def message(self, index: Index) -> int:
        """The message that a row is there for; 0 for none."""
        row = self._row(index)
        return row.message.id if isinstance(row, Hit) else 0

    def hit(self, index: Index) -> Hit | None:
        """The found message of a row."""
        row = self._row(index)
        return row if isinstance(row, Hit) else None

    def _row(self, index: Index) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def row_of(self, conversation: int | None, message: int = 0) -> int | None:
        """The row of a found message; without one, the row of the conversation."""
        for number, row in enumerate(self._rows):
            if isinstance(row, Hit) and row.message.id == message:
                return number
            if isinstance(row, Conversation) and row.id == conversation and not message:
                return number
        return None

    def first(self) -> int | None:
        """The uppermost row that can be chosen."""
        return next((number for number, row in enumerate(self._rows) if not isinstance(row, str)), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if isinstance(row, Hit):
                return f"{row.conversation.title}: {row.excerpt}"
            return row if isinstance(row, str) else row.title or (_("New chat") if role == 0 else "")
        if role == Qt.ItemDataRole.ToolTipRole and not isinstance(row, str):
            return row.title if isinstance(row, Conversation) else row.conversation.title
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
        if self.message(index):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        # A right click asks what can be done with a conversation; it does not leave the open one for it.
        if event.button() is not Qt.MouseButton.RightButton:
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


class Look(QStyledItemDelegate):
    """Headings in small letters, conversations as rows, the open one on a panel, found messages on two lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        tall = theme.pixels(Size.CONTROL)
        if self._hit(index) is not None:
            return QSize(80, tall + theme.pixels(Size.SMALL) + 34)
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
        inside = row.adjusted(8, 0, -8, 0)
        hit = self._hit(index)
        if hit is not None:
            text = hit.conversation.title or _("New chat")
            inside.setHeight(inside.height() // 2 + 2)
        painter.setFont(theme.font(Size.CONTROL))
        painter.setPen(QColor(c.text))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter), shown)
        if hit is not None:
            inside.moveTop(inside.bottom() - 3)
            paint_hit(painter, inside, hit)
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

    def _hit(self, index: Index) -> Hit | None:
        model: Any = index.model()
        return model.hit(index) if isinstance(model, Rows) else None


def paint_hit(painter: QPainter, box: QRect, hit: Hit) -> None:
    """The part of a message that was found, what was looked for on a soft ground; the first mark stays in sight."""
    c = theme.colours()
    painter.setFont(theme.font(Size.SMALL))
    metrics = painter.fontMetrics()
    first, end = hit.marks[0] if hit.marks else (0, 0)
    # Room for what stands for the parts left out, and for a little of what follows.
    end = min(len(hit.excerpt), end + _AFTER)
    room = box.width() - 2 * metrics.horizontalAdvance("…")
    start = 0
    while start < first and metrics.horizontalAdvance(hit.excerpt[start:end]) > room:
        start += 1
    text = ("…" if start else "") + hit.excerpt[start:]
    shift = start - (1 if start else 0)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(c.accent_soft))
    for at, to in hit.marks:
        if start <= at and to - shift <= len(text):
            left = metrics.horizontalAdvance(text[: at - shift])
            wide = metrics.horizontalAdvance(text[at - shift : to - shift])
            tall = metrics.height()
            ground = QRect(box.left() + left - 1, box.center().y() - tall // 2, wide + 2, tall)
            painter.drawRoundedRect(ground.toRectF(), 3, 3)
    painter.setPen(QColor(c.quiet))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
