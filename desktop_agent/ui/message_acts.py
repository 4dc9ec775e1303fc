"""What a click on a word of a message does, its menu, and its links; what needs a turn is asked for by a signal."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QUrl, Signal
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from desktop_agent.errors import NotFound
from desktop_agent.messages import Passage
from desktop_agent.ui.ask import ask
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.harmless import visible
from desktop_agent.ui.small_print import Act
from desktop_agent.ui.words_below import one_line
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.transcript import Transcript
    from desktop_agent.ui.work import Work

OPENED = ("http", "https", "mailto")
"""Addresses that are opened after asking; a file or a program on this computer never is."""
IN_MENU = (
    Act.EDIT, Act.CONTINUE, Act.TRY_AGAIN, Act.OLDER, Act.NEWER, Act.SHOW_FILE, Act.SHOW_NOTES, Act.UNDO, Act.SHOW_ALL,
    Act.SHOW_THOUGHTS,
)  # fmt: skip


class MessageActs(QObject):
    """Listens to one transcript."""

    memories_wanted = Signal()
    edit_wanted = Signal(object)
    """A question (``Entry``) is to be asked otherwise."""
    again_wanted = Signal(object)
    go_on_wanted = Signal(object)
    version_wanted = Signal(int)
    """The path through this message is to be shown."""

    def __init__(self, app: App, work: Work, transcript: Transcript, tab: QWidget) -> None:
        super().__init__(tab)
        self._app, self._work, self._transcript, self._tab = app, work, transcript, tab
        self._connections: list[tuple[Any, Any]] = [
            (transcript.acted, self._act),
            (transcript.link_wanted, self._ask_link),
            (transcript.menu_wanted, self._menu),
        ]
        for signal, slot in self._connections:
            signal.connect(slot)

    def leave(self) -> None:
        """Stop listening."""
        for signal, slot in self._connections:
            signal.disconnect(slot)

    def _act(self, act: Act, entry: Entry) -> None:
        match act:
            case Act.TRY_AGAIN:
                self.again_wanted.emit(entry)
            case Act.CONTINUE:
                self.go_on_wanted.emit(entry)
            case Act.EDIT:
                self.edit_wanted.emit(entry)
            case Act.OLDER | Act.NEWER:
                at = entry.versions.index(entry.message.id) + (1 if act is Act.NEWER else -1)
                if 0 <= at < len(entry.versions):
                    self.version_wanted.emit(entry.versions[at])
            case Act.UNDO:
                self._work.start(self._undo(entry, self._transcript.act_number))
            case Act.SHOW_NOTES:
                self._show_notes(entry)
            case Act.SHOW_FILE:
                self._show_file(entry, self._transcript.act_number)
            case _:
                self._transcript.act(act, entry)

    async def _undo(self, entry: Entry, number: int) -> None:
        """Take back the note with this number among those made from a message."""
        if number >= len(entry.remembered) or (note := entry.remembered[number].note.id) in entry.undone:
            return
        restored = None
        with contextlib.suppress(NotFound):  # forgotten in the Memory tab meanwhile: that is what is wanted
            restored = await self._app.notes.take_back(note)
        entry.undone[note] = restored.text if restored is not None else ""
        self._transcript.changed(entry)

    def _show_notes(self, entry: Entry) -> None:
        menu = QMenu(self._tab)
        notes = entry.notes or tuple(made.note.text for made in entry.remembered)
        for note in notes:
            menu.addAction("◆ " + _in_menu(note, 90), self.memories_wanted.emit)
        menu.addSeparator()
        menu.addAction(_("Open the Memory tab"), self.memories_wanted.emit)
        menu.popup(QCursor.pos())

    def _show_file(self, entry: Entry, number: int) -> None:
        """Say what of a file the model was shown with this question."""
        file = entry.message.files[number]
        menu = QMenu(self._tab)
        told = [passage for passage in entry.message.passages if passage.document == file.id]
        if not told:
            menu.addAction(_("No part of it was shown to the model with this question.")).setEnabled(False)
        elif not told[0].first and len(told) == 1 and len(told[0].text) >= file.letters:
            menu.addAction(_("All of it was shown to the model.")).setEnabled(False)
        else:
            menu.addAction(_("Shown to the model with this question:")).setEnabled(False)
            for passage in told:
                menu.addAction(_in_menu(_named(passage), 100)).setEnabled(False)
        menu.popup(QCursor.pos())

    def _menu(self, entry: Entry, where: QPoint) -> None:
        transcript, menu = self._transcript, QMenu(self._tab)
        copy = menu.addAction(_("Copy"), transcript.copy)
        copy.setEnabled(bool(transcript.selected_text()))
        menu.addAction(_("Copy the whole message"), lambda: transcript.act(Act.COPY, entry))
        for number, text in enumerate(part.piece.text for part in entry.parts if part.piece.code):
            first = _in_menu(text.strip().split("\n")[0], 30)
            menu.addAction(
                _("Copy code: {line}", line=first), lambda number=number: transcript.act(Act.COPY_CODE, entry, number)
            )
        menu.addAction(_("Select all"), lambda: transcript.select_all(entry))
        for spot in (*entry.beside, *entry.spots):
            if spot.act in IN_MENU:
                words = _in_menu(spot.says or spot.text, 90)
                menu.addAction(words, lambda spot=spot: transcript.act(spot.act, entry, spot.number))
        menu.popup(where)

    def _ask_link(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme().lower() not in OPENED:
            ask(
                self._tab.window(),
                _("This link is not opened, because it does not lead to the web."),
                visible(address[:500]),
                _("Close"),
                lambda: None,
            )
            return
        ask(
            self._tab.window(),
            _("Open this address in the browser?"),
            visible(address[:500]),
            _("Open"),
            lambda: QDesktopServices.openUrl(url),
        )


def _in_menu(text: str, most: int) -> str:
    """``text`` on one line of a menu, where ``&`` would be a key."""
    return one_line(visible(text), most).replace("&", "&&")


def _named(passage: Passage) -> str:
    if not passage.first:
        return passage.text
    if passage.first == passage.last:
        return _("Page {page}: {text}", page=passage.first, text=passage.text)
    return _("Pages {first} to {last}: {text}", first=passage.first, last=passage.last, text=passage.text)
