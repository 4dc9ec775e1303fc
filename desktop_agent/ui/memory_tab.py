"""The Memory tab: what the assistant remembers, to search, star, edit, forget, carry away and bring in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from desktop_agent.errors import AgentError
from desktop_agent.memory.exchange import ImportReport
from desktop_agent.messages import Note
from desktop_agent.ui.memory_dialog import MemoryDialog
from desktop_agent.ui.notes_model import NotesModel
from desktop_agent.ui.notes_view import NotesView
from desktop_agent.ui.notice import SHORT, Notice
from desktop_agent.ui.search_field import SearchField
from desktop_agent.ui.widgets import Kind, Words, button, gone, label, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work

PAUSE_MS = 150
"""After the last letter, until the search starts."""


class MemoryTab(QWidget):
    """Search field, table and buttons; everything it changes goes through ``app.notes``."""

    message_wanted = Signal(int, int)
    """A conversation is to be opened at a message: the one a memory was made from; 0 is its end."""

    def __init__(self, app: App, work: Work) -> None:
        super().__init__()
        self._app, self._work = app, work
        self._forgotten: Note | None = None
        self.notes = NotesModel(app, work)
        self.table = NotesView(self.notes)
        self.search = SearchField(_("Search what I remember…"), _("Search what I remember"))
        self.notice = Notice()
        self.export_button = button(_("Export…"), on_click=self._choose_export)
        self.import_button = button(_("Import…"), on_click=self._choose_import)
        self.add_button = button(_("+ Add a memory"), Kind.PRIMARY, self._add, name=_("Add a memory"))
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._arrange()
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.notes.reload()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():  # another tab, not a window that is minimised
            self.notice.clear()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        self.search.setMaximumWidth(420)
        top.addWidget(self.search, 1)
        top.addStretch()
        for button_ in (self.export_button, self.import_button, self.add_button):
            top.addWidget(button_)
        self._empty_title = label("", Words.HEADING)
        self._empty_text = paragraph()
        self._empty = QWidget()
        nothing = QVBoxLayout(self._empty)
        nothing.setContentsMargins(8, 40, 8, 16)
        nothing.setSpacing(8)
        for one in (self._empty_title, self._empty_text):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            nothing.addWidget(one)
        rows = QWidget()
        self._pages = QStackedLayout(rows)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(rows, 1000)
        layout.addWidget(self.notice)
        layout.addWidget(paragraph(_("Everything here stays on this laptop, in one file that you can copy or delete.")))
        layout.addStretch(1)
        self._rows = rows

    def _connect(self) -> None:
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.search.textChanged.connect(lambda text: None if text else self._search_now())
        self.search.returnPressed.connect(self._search_now)
        self._pause.timeout.connect(self._search_now)
        self.table.edit_asked.connect(self._edit)
        self.table.forget_asked.connect(self._forget)
        self.table.star_asked.connect(self._star)
        self.table.source_asked.connect(self._go_to_source)
        self.table.customContextMenuRequested.connect(self._show_menu)
        for signal in (self.notes.loaded, self.notes.rowsInserted, self.notes.rowsRemoved):
            signal.connect(self._fit)
        self.search.left_down.connect(self._enter_table)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self.table, self.notice.act)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def go_to_search(self) -> None:
        """Go to the search field (Ctrl+F in the window)."""
        self.search.take_keyboard()

    def _enter_table(self) -> None:
        if self.notes.rowCount():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if self.table.chosen() is None:
                self.table.selectRow(0)

    def _search_now(self) -> None:
        self._pause.stop()
        if self.search.text().strip() != self.notes.matching:
            self.notes.search(self.search.text())

    def _fit(self) -> None:
        """As high as its rows, so that the sentence below stands right under them; or the empty page."""
        count = self.notes.rowCount()
        self._pages.setCurrentWidget(self.table if count else self._empty)
        if count:
            rows = self.table.verticalHeader().defaultSectionSize() * count
            self._rows.setMaximumHeight(min(rows + self.table.horizontalHeader().sizeHint().height() + 2, 1_000_000))
            return
        if self.notes.matching:
            self._empty_title.setText(_("Nothing found"))
            self._empty_text.setText(_("No memory matches “{text}”.", text=self.notes.matching))
        else:
            self._empty_title.setText(_("Nothing remembered yet"))
            self._empty_text.setText(_("Write “Remember that …” in a chat, or add a memory here."))
        # Behind the words, and with the room that their font takes: the hint of an empty line is lower.
        self._empty_title.ensurePolished()
        self._empty_text.ensurePolished()
        self._rows.setMaximumHeight(self._empty.sizeHint().height())

    def _show_menu(self, place: QPoint) -> None:
        row = self.table.indexAt(place).row()
        if row >= 0:
            self.menu_of(row).popup(self.table.viewport().mapToGlobal(place))

    def menu_of(self, row: int) -> QMenu:
        """What can be done with the memory in ``row``."""
        note = self.notes.note(row)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("Edit"), lambda: self._edit(row))
        menu.addAction(_("Not important") if note.important else _("Important"), lambda: self._star(row))
        menu.addAction(_("Copy"), lambda: QGuiApplication.clipboard().setText(note.text))
        if note.conversation is not None:
            menu.addAction(_("Go to the message"), lambda: self._go_to_source(row))
        menu.addSeparator()
        menu.addAction(_("Forget"), lambda: self._forget(row))
        return menu

    def _add(self) -> None:
        MemoryDialog(lambda *told: self._work.start(self._write(*told)), None, self).open()

    def _edit(self, row: int) -> None:
        self._work.start(self._open(self.notes.note(row)))

    async def _open(self, note: Note) -> None:
        before = await self._app.notes.history(note.id)
        if gone(self):
            return
        MemoryDialog(
            lambda *told: self._work.start(self._rewrite(note, *told)),
            note,
            self,
            before=before,
            source=self.notes.source(note),
            go=None if note.conversation is None else lambda: self._go_to(note),
        ).open()

    def _go_to_source(self, row: int) -> None:
        self._go_to(self.notes.note(row))

    def _go_to(self, note: Note) -> None:
        if note.conversation is not None:
            self.message_wanted.emit(note.conversation, note.message or 0)

    async def _write(self, text: str, important: bool) -> None:
        note, was = await self._app.notes.remember(text, important=important)
        if gone(self):
            return
        self.notice.clear()
        if was is not None:
            said = shorten(was.text[:SHORT], SHORT - 20, placeholder="…")
            self.notice.say(
                _("Before, it said: {text}", text=said), _("Undo"), lambda: self._work.start(self._take_back(note))
            )
        self.notes.put(note)
        row = self.notes.row_of(note.id)
        if row is not None:
            self.table.selectRow(row)

    async def _take_back(self, note: Note) -> None:
        if await self._app.notes.take_back(note.id) is not None:
            self.notes.reload()

    async def _rewrite(self, note: Note, text: str, important: bool) -> None:
        if text != note.text:
            note = await self._app.notes.edit(note.id, text)
        if important != note.important:
            note = await self._app.notes.star(note.id, important)
        self.notes.put(note)

    def _star(self, row: int) -> None:
        self._work.start(self._star_note(self.notes.note(row)))

    async def _star_note(self, note: Note) -> None:
        self.notes.put(await self._app.notes.star(note.id, not note.important))

    def _forget(self, row: int) -> None:
        self._work.start(self._forget_note(self.notes.note(row)))

    async def _forget_note(self, note: Note) -> None:
        await self._app.notes.forget(note.id)
        if gone(self):
            return
        self.notes.take(note.id)
        short = shorten(note.text[:SHORT], SHORT - 20, placeholder="…")
        self.notice.say(
            _("Forgotten: {text}", text=short), _("Undo"), lambda: self._work.start(self._remember_again(note))
        )

    async def _remember_again(self, note: Note) -> None:
        await self._app.notes.add(
            note.text,
            source=note.source,
            conversation=note.conversation,
            message=note.message,
            important=note.important,
            created=note.created,
            keywords=note.keywords,
        )
        self.notes.reload()  # it returns to its place by date, not to the top

    def _choose_export(self) -> None:
        self._choose(QFileDialog.AcceptMode.AcceptSave, _("Export memories"), self._export)

    def _choose_import(self) -> None:
        self._choose(QFileDialog.AcceptMode.AcceptOpen, _("Import memories"), self._import)

    def _choose(self, way: QFileDialog.AcceptMode, title: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self, title, str(Path.home()), _("Memories, one a line (*.jsonl);;All files (*)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(way)
        if way is QFileDialog.AcceptMode.AcceptSave:
            dialog.setDefaultSuffix("jsonl")
            dialog.selectFile("memories.jsonl")
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def _export(self, path: Path) -> None:
        self._work.start(self._write_file(path))

    async def _write_file(self, path: Path) -> None:
        count = await self._app.notes.export(path)
        if not gone(self):
            self.notice.say(_("{count} memories written to {file}.", count=count, file=path.name))

    def _import(self, path: Path) -> None:
        self.notice.say(_("Reading {file} …", file=path.name))
        self.import_button.setEnabled(False)
        self._work.start(self._read_file(path))

    async def _read_file(self, path: Path) -> None:
        try:
            report = await self._app.notes.import_(path)
        except AgentError:
            if not gone(self):
                self.notice.clear()
            raise
        finally:
            if not gone(self):
                self.import_button.setEnabled(True)
                self.notes.reload()
        if not gone(self):
            self.notice.say(told(report))


def told(report: ImportReport) -> str:
    """What an import did, in one sentence; of the lines that could not be read the first with its reason."""
    parts = [_("1 taken") if report.taken == 1 else _("{count} taken", count=report.taken)]
    if report.known:
        parts.append(_("{count} were here already", count=report.known))
    if report.broken_lines and report.broken:
        first = _("line {number}: {reason}", number=report.broken[0].number, reason=report.broken[0].reason)
        count = report.broken_lines
        lines = _("1 line could not be read") if count == 1 else _("{count} lines could not be read", count=count)
        return _(", ").join([*parts, lines]) + _(": ") + first
    return _(", ").join(parts) + _(".")
