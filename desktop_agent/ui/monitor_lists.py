"""The two lists of the Monitor tab: tasks that run or wait, and what was done to stay light."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop_agent.runtime.tasks import TaskInfo, TaskState
from desktop_agent.ui import theme
from desktop_agent.ui.tables import lay_rows
from desktop_agent.words import _

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_STATE = 1


class TasksModel(QAbstractTableModel):
    """One row per task; kept in place while only the seconds change."""

    def __init__(self) -> None:
        super().__init__()
        self._tasks: tuple[TaskInfo, ...] = ()

    def show_tasks(self, tasks: Sequence[TaskInfo]) -> None:
        """Show these tasks, in their order."""
        same = [task.number for task in tasks] == [task.number for task in self._tasks]
        if same:
            self._tasks = tuple(tasks)
            if tasks:
                self.dataChanged.emit(self.index(0, 0), self.index(len(tasks) - 1, 2))
            return
        self.beginResetModel()
        self._tasks = tuple(tasks)
        self.endResetModel()

    def task(self, row: int) -> TaskInfo:
        """The task in ``row``."""
        return self._tasks[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._tasks)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        task = self._tasks[index.row()]
        state = _("running") if task.state is TaskState.RUNNING else _("waiting")
        return (task.name, state, _("{seconds} s", seconds=f"{task.seconds:.1f}"))[index.column()]

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (_("Task"), _("State"), _("Time"))[section]
        if way is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class ActsModel(QAbstractTableModel):
    """One row per step that was taken, newest first: time of day and what was done."""

    def __init__(self) -> None:
        super().__init__()
        self._acts: tuple[tuple[str, str], ...] = ()

    def show_acts(self, acts: Sequence[tuple[str, str]]) -> None:
        """Show these steps, in their order."""
        if tuple(acts) != self._acts:
            self.beginResetModel()
            self._acts = tuple(acts)
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._acts)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 2

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._acts[index.row()][index.column()]
        return None


class _Pills(QStyledItemDelegate):
    """Paints the state of a running task on a soft ground."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, TasksModel) or model.task(index.row()).state is not TaskState.RUNNING:
            super().paint(painter, option, index)
            return
        rect: QRect = option.rect  # type: ignore[attr-defined]  # PySide's stubs lack the fields of options
        super().paint(painter, option, _NOWHERE)
        colours, letters = theme.colours(), theme.font(theme.Size.SMALL)
        metrics = QFontMetrics(letters)
        text = str(index.data())
        height = metrics.height() + 3
        place = QRectF(
            rect.left() + 8, rect.top() + (rect.height() - height) / 2, metrics.horizontalAdvance(text) + 14, height
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(letters)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent_soft))
        painter.drawRoundedRect(place, 5, 5)
        painter.setPen(QColor(colours.accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()


class List(QTableView):
    """A table as the cards of this tab have it; ``end_asked`` says the row on which Delete was pressed."""

    end_asked = Signal(int)

    def __init__(self, name: str, model: QAbstractTableModel, stretched: int, widest: dict[int, str]) -> None:
        """``stretched`` is the column that takes what is left, ``widest`` the widest text of the others."""
        super().__init__()
        self._widest = widest
        self.setModel(model)
        self.setAccessibleName(name)
        lay_rows(self)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.setItemDelegateForColumn(_STATE, _Pills(self))
        self._measure()

    def sizeHint(self) -> QSize:
        return QSize(200, self.verticalHeader().defaultSectionSize() * 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.verticalHeader().defaultSectionSize() * 3)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def _measure(self) -> None:
        """Rows and the columns of short words follow the size of the text; the first or last one stretches."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() + 14)
        for column, widest in self._widest.items():
            self.setColumnWidth(column, metrics.horizontalAdvance(widest) + 32)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentIndex().isValid():
            self.end_asked.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)
