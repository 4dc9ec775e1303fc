"""The table of notes: one delegate paints every cell, no widget per row.

Stars, Edit and Forget are painted words that answer to the mouse; the keyboard has
Space, Enter and Delete for them.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop_agent.ui import theme
from desktop_agent.ui.dates import day
from desktop_agent.ui.notes_model import Column, NotesModel
from desktop_agent.ui.tables import lay_rows
from desktop_agent.words import _

Index = QModelIndex | QPersistentModelIndex

PAD = 8
"""Space left and right inside a cell."""
LEAST_TEXT = 9
"""Width of a memory's text, in heights of a line; other columns go before it gets less."""
_WIDE_DAY = 946_380_000
"""28 December 1999: as wide as a date gets, in either language."""


def _actions() -> tuple[str, str]:
    return _("Edit"), _("Forget")


class NotesDelegate(QStyledItemDelegate):
    """Paints one cell; knows where the words in it stand."""

    def __init__(self, view: NotesView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(0, row_height(self._view.fontMetrics()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        colours = theme.colours()
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide's stubs lack the fields of options
        chosen = self._view.selectionModel().isRowSelected(index.row())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or self._view.hovered_row == index.row():
            painter.fillRect(rect, QColor(colours.panel))
        if chosen and index.column() == Column.STAR and self._view.hasFocus():
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), QColor(colours.accent))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        note = self._view.notes.note(index.row())
        match Column(index.column()):
            case Column.STAR:
                painter.setPen(QColor(colours.accent))
                painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "★" if note.important else "☆")
            case Column.KEYWORDS:
                self._paint_chips(painter, rect, note.keywords)
            case Column.ACTIONS:
                self._paint_actions(painter, rect, index)
            case column:
                muted = column is not Column.TEXT
                hot = column is Column.SOURCE and self._view.hovered_source == index.row()
                painter.setPen(QColor(colours.accent if hot else colours.muted if muted else colours.text))
                text = str(index.data() or "")
                room = rect.adjusted(PAD, 0, -PAD, 0)
                short = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
                painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, short)
        painter.restore()

    def action_at(self, index: QModelIndex, place: QPoint) -> int | None:
        """Which word of the last column stands at ``place``: 0 Edit, 1 Forget."""
        rect = self._view.visualRect(index)
        for number, word in enumerate(self._action_rects(rect)):
            if word.adjusted(-3, 0, 3, 0).contains(place):
                return number
        return None

    def _action_rects(self, rect: QRect) -> tuple[QRect, QRect]:
        metrics = self._view.fontMetrics()
        edit, forget = (metrics.horizontalAdvance(word) for word in _actions())
        dot = metrics.horizontalAdvance(" · ")
        left = rect.left() + PAD
        return (
            QRect(left, rect.top(), edit, rect.height()),
            QRect(left + edit + dot, rect.top(), forget, rect.height()),
        )

    def _paint_actions(self, painter: QPainter, rect: QRect, index: Index) -> None:
        colours = theme.colours()
        rects = self._action_rects(rect)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for number, (word, place) in enumerate(zip(_actions(), rects, strict=True)):
            hot = self._view.hovered_action == (index.row(), number)
            painter.setPen(QColor(colours.accent if hot else colours.muted))
            painter.drawText(place, middle | Qt.TextFlag.TextDontClip, word)
        painter.setPen(QColor(colours.muted))
        between = QRect(rects[0].right() + 1, rects[0].top(), rects[1].left() - rects[0].right(), rects[0].height())
        painter.drawText(between, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, "·")

    def _paint_chips(self, painter: QPainter, rect: QRect, words: tuple[str, ...]) -> None:
        colours = theme.colours()
        font = theme.font(theme.Size.SMALL)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        height = metrics.height() + 2
        left, right = rect.left() + PAD, rect.right() - PAD
        for word in words:
            room = right - left - 14
            if room < metrics.horizontalAdvance("WWW…"):
                break
            text = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room)
            chip = QRectF(left, rect.top() + (rect.height() - height) / 2, metrics.horizontalAdvance(text) + 14, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(chip, 5, 5)
            painter.setPen(QColor(colours.accent))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, text)
            left = round(chip.right()) + 4


def row_height(metrics: QFontMetrics) -> int:
    """The height of a row of a table, also for Chinese, whose letters are taller."""
    return metrics.height() + 14


class NotesView(QTableView):
    """The table; says which note is to be edited, forgotten or starred by its row."""

    edit_asked = Signal(int)
    forget_asked = Signal(int)
    star_asked = Signal(int)
    source_asked = Signal(int)

    def __init__(self, notes: NotesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes = notes
        self.hovered_row = -1
        self.hovered_action: tuple[int, int] | None = None
        self.hovered_source = -1
        self._delegate = NotesDelegate(self)
        self.setModel(notes)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("What I remember"))
        self.setObjectName("notes")
        lay_rows(self)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setHighlightSections(False)
        columns.setSectionsClickable(False)
        columns.setMinimumSectionSize(1)  # Qt's own is wider than a star: the columns would not fit
        self._measure()

    def chosen(self) -> int | None:
        """The row that the keyboard acts on."""
        index = self.currentIndex()
        return index.row() if index.isValid() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.chosen()
        asked = {
            Qt.Key.Key_Return: self.edit_asked,
            Qt.Key.Key_Enter: self.edit_asked,
            Qt.Key.Key_F2: self.edit_asked,
            Qt.Key.Key_Delete: self.forget_asked,
            Qt.Key.Key_Space: self.star_asked,
        }.get(Qt.Key(event.key()))
        if row is None or asked is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        asked.emit(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        if index.column() == Column.STAR:
            self.star_asked.emit(index.row())
        elif self._leads_back(index):
            self.source_asked.emit(index.row())
        elif index.column() == Column.ACTIONS:
            action = self._delegate.action_at(index, event.position().toPoint())
            if action is not None:
                (self.edit_asked, self.forget_asked)[action].emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and Column.STAR < index.column() < Column.ACTIONS and not self._leads_back(index):
            self.edit_asked.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        action = None
        if index.isValid() and index.column() == Column.ACTIONS:
            action = self._delegate.action_at(index, event.position().toPoint())
        source = index.row() if index.isValid() and self._leads_back(index) else -1
        self._hover(index.row(), None if action is None else (index.row(), action), source)
        hot = action is not None or (index.isValid() and (index.column() == Column.STAR or self._leads_back(index)))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hot else Qt.CursorShape.ArrowCursor)

    def _leads_back(self, index: QModelIndex) -> bool:
        """Whether the cell names the conversation that its memory was made in."""
        return index.column() == Column.SOURCE and self.notes.note(index.row()).conversation is not None

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1, None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _hover(self, row: int, action: tuple[int, int] | None, source: int = -1) -> None:
        if (row, action, source) != (self.hovered_row, self.hovered_action, self.hovered_source):
            self.hovered_row, self.hovered_action, self.hovered_source = row, action, source
            self.viewport().update()

    def _measure(self) -> None:
        """Give every column its share of the width; what is left belongs to the text."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(row_height(metrics))
        width = self.viewport().width()
        words = " · ".join(_actions())
        sizes = {
            Column.STAR: metrics.height() + 14,
            Column.KEYWORDS: width * 26 // 100,
            Column.SOURCE: width * 15 // 100,
            Column.WHEN: metrics.horizontalAdvance(day(_WIDE_DAY, time.time())) + 2 * PAD,
            Column.ACTIONS: metrics.horizontalAdvance(words) + 2 * PAD + 4,
        }
        # On a narrow window, or with large text, what can be done without goes first.
        for column in (Column.SOURCE, Column.KEYWORDS, Column.WHEN):
            self.setColumnHidden(column, width - sum(sizes.values()) < metrics.height() * LEAST_TEXT)
            if self.isColumnHidden(column):
                del sizes[column]
        sizes[Column.TEXT] = max(width - sum(sizes.values()), 0)
        for column, size in sizes.items():
            self.setColumnWidth(column, size)
