"""The notes as rows of a table, fetched a page at a time.

The table's scroll bar covers the rows fetched so far: a hundred thousand notes cost
as much as the ones that were looked at.
"""

from __future__ import annotations

import time
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop_agent.errors import NotFound
from desktop_agent.messages import Note
from desktop_agent.ui.dates import day, moment
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work

PAGE = 100
"""Notes fetched at once: more than a screen shows, 1 to 2 ms of the database."""

RELOADED = 1000
"""The most rows fetched again when the tab is shown once more."""

SHOWN_LETTERS, TOLD_LETTERS = 400, 1500
"""Of a note in its row and in its tool tip; a note may have two million."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Column(IntEnum):
    """The columns, left to right."""

    STAR = 0
    TEXT = 1
    KEYWORDS = 2
    SOURCE = 3
    WHEN = 4
    ACTIONS = 5


class NotesModel(QAbstractTableModel):
    """The notes that match the search, newest first."""

    loaded = Signal()
    """A page arrived, also an empty one."""

    def __init__(self, app: App, work: Work) -> None:
        super().__init__()
        self._app, self._work = app, work
        self._rows: list[Note] = []
        self._titles: dict[int, str] = {}
        self._matching = ""
        self._question = 0  # which search the last one is: pages of older ones are thrown away
        self._fetching = False
        self._complete = False

    @property
    def matching(self) -> str:
        """What is searched for; empty for all notes."""
        return self._matching

    def note(self, row: int) -> Note:
        """The note in ``row``."""
        return self._rows[row]

    def source(self, note: Note) -> str:
        """Where a note is from: the title of its conversation, or what an import says."""
        return self._titles.get(note.conversation or 0) or note.source

    def row_of(self, note_id: int) -> int | None:
        """Where a note stands among the rows fetched so far."""
        return next((row for row, note in enumerate(self._rows) if note.id == note_id), None)

    def search(self, matching: str) -> None:
        """Show the notes that match; the old rows stay until the new ones are there."""
        self._matching = matching.strip()
        self._begin(PAGE)

    def reload(self) -> None:
        """Show what changed elsewhere; rows that are still the same stay as they are."""
        self._begin(min(max(len(self._rows), PAGE), RELOADED))

    def put(self, note: Note) -> None:
        """Show a note that was edited or starred in its row, a new one at the top."""
        row = self.row_of(note.id)
        if row is None:
            self.beginInsertRows(_NOWHERE, 0, 0)
            self._rows.insert(0, note)
            self.endInsertRows()
        else:
            self._rows[row] = note
            self.dataChanged.emit(self.index(row, 0), self.index(row, Column.ACTIONS))

    def take(self, note_id: int) -> None:
        """Remove the row of a note that is forgotten."""
        row = self.row_of(note_id)
        if row is not None:
            self.beginRemoveRows(_NOWHERE, row, row)
            del self._rows[row]
            self.endRemoveRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(Column)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._complete and not self._fetching

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._fetching = True
            self._work.start(self._append(self._question))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        note, column = self._rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(note, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(note, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(note, column)
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return ("", _("What I remember"), _("Keywords"), _("From"), _("When"), "")[section]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (_("Important"), _("What I remember"), _("Keywords"), _("From"), _("When"), _("Actions"))[section]
        return None

    def _shown(self, note: Note, column: Column) -> str:
        match column:
            case Column.TEXT:
                return " ".join(note.text[:SHOWN_LETTERS].split())
            case Column.KEYWORDS:
                return ", ".join(note.keywords)
            case Column.SOURCE:
                return self.source(note)
            case Column.WHEN:
                return day(note.created, time.time())
            case _:
                return ""

    def _told(self, note: Note, column: Column) -> str | None:
        match column:
            case Column.STAR:
                return _("Important notes are preferred when several fit.")
            case Column.WHEN:
                return moment(note.created)
            case Column.ACTIONS:
                return None
            case Column.SOURCE if note.conversation is not None:
                return _("Go to the message")
            case Column.TEXT:
                return note.text[:TOLD_LETTERS]
            case _:
                return self._shown(note, column)

    def _spoken(self, note: Note, column: Column) -> str:
        if column is Column.STAR:
            return _("Important") if note.important else _("Not important")
        if column is Column.ACTIONS:
            return _("Enter edits, Delete forgets")
        return self._shown(note, column)

    def _begin(self, rows: int) -> None:
        self._question += 1
        self._fetching = True
        self._work.start(self._replace(self._question, rows))

    async def _replace(self, question: int, rows: int) -> None:
        page = await self._fetch(question, rows, 0)
        if page is None:
            return
        self._complete = len(page) < rows
        if page != self._rows:
            self.beginResetModel()
            self._rows = page
            self.endResetModel()
        self.loaded.emit()

    async def _append(self, question: int) -> None:
        page = await self._fetch(question, PAGE, len(self._rows))
        if page is None:
            return
        self._complete = len(page) < PAGE
        # A note forgotten or made meanwhile shifts the pages by one: what is shown already stays once.
        shown = {note.id for note in self._rows}
        new = [note for note in page if note.id not in shown]
        if new:
            self.beginInsertRows(_NOWHERE, len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            self.endInsertRows()
        self.loaded.emit()

    async def _fetch(self, question: int, limit: int, offset: int) -> list[Note] | None:
        """A page of notes with the titles they need; ``None`` when another search began."""
        try:
            page = list(await self._app.notes.all(limit, offset, matching=self._matching))
            for conversation in {note.conversation for note in page if note.conversation}:
                try:
                    self._titles[conversation] = (await self._app.conversations.get(conversation)).title
                except NotFound:  # deleted: the note stays, with what it says about its source
                    self._titles[conversation] = ""
        finally:
            if question == self._question:
                self._fetching = False
        return page if question == self._question else None
