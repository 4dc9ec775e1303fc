"""What happens in the chat: which conversation is open, what is asked, renamed, deleted, undone."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QTimer, QUrl, Signal
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QMenu

from desktop_agent.errors import NotFound
from desktop_agent.ui.ask import ask
from desktop_agent.ui.chat_tab import ChatTab
from desktop_agent.ui.entry import GUIDE, Entry
from desktop_agent.ui.listing import Listing, Say
from desktop_agent.ui.small_print import Act
from desktop_agent.ui.turns import Turn, Turns, entries_of
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work

OPENED = ("http", "https", "mailto")
"""Addresses that are opened after asking; a file or a program on this computer never is."""
TYPING_MS = 2000
"""Whoever has not pressed a key for this long does not type any more."""


class Conversing(QObject):
    """Runs the chat of one ``ChatTab``."""

    memories_wanted = Signal()
    shown = Signal(object)
    """The number of the conversation that is in view now; None for a new chat."""

    def __init__(self, app: App, work: Work, turns: Turns, tab: ChatTab, say: Say) -> None:
        super().__init__(tab)
        self._app, self._work, self._turns, self._tab = app, work, turns, tab
        self._turn: Turn | None = None
        """The turn in view, also before its conversation exists."""
        self._listing = Listing(app, work, tab.list, say)
        self._opening = 0
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._stopped_typing)
        turns.transcript = tab.transcript
        self._connections: list[tuple[Any, Any]] = [
            (turns.began, self._began),
            (turns.ended, self._ended),
            (turns.refused, self._refused),
            (tab.composer.sent, self._send),
            (tab.composer.stop_wanted, self.stop),
            (tab.composer.edited, self._typed),
            (tab.composer.memory_changed, self._set_memory),
            (tab.list.new_wanted, self.new),
            (self._listing.chosen, self._choose),
            (self._listing.going, self._let_go),
            (self._listing.changed, self._show_page),
            (tab.transcript.acted, self._act),
            (tab.transcript.link_wanted, self._ask_link),
            (tab.transcript.menu_wanted, self._menu),
        ]
        for signal, slot in self._connections:
            signal.connect(slot)

    async def open(self, conversation: int | None) -> None:
        """List the conversations, show this one if it still exists, and take messages from now on."""
        await self._listing.refresh()
        await self._show(conversation if self._listing.known(conversation) else None)
        self._tab.composer.set_ready(True)

    def leave(self) -> None:
        """Stop listening: another chat takes the place of this one."""
        for signal, slot in self._connections:
            signal.disconnect(slot)
        self._listing.leave()
        self._stopped_typing()

    @property
    def conversation(self) -> int | None:
        """The open conversation; None for a new chat."""
        return self._tab.list.current

    def new(self) -> None:
        """A new chat, with the cursor in the composer."""
        self._work.start(self._show(None))
        self._tab.composer.field.setFocus()

    def stop(self) -> bool:
        """End the answer in view; False when none runs."""
        if self._turn is None or not self._turn.answer.growing:
            return False
        self._turns.stop(self._turn)
        return True

    # What is shown

    async def _show(self, conversation: int | None, at: int = 0) -> None:
        """Open a conversation, None for a new one, at the message ``at`` of it; 0 is its end."""
        self._opening += 1
        opening = self._opening
        if at:
            await self._app.conversations.show(at)
        messages = await self._app.conversations.messages(conversation) if conversation is not None else ()
        made = await self._app.notes.of(conversation) if conversation is not None else ()
        if opening != self._opening:
            return  # the user chose another one meanwhile
        if conversation is not None:
            self._app.chat.opened(conversation)
        self._turn = self._turns.of(conversation) if conversation is not None else None
        self._tab.list.choose(conversation)
        self._tab.transcript.show_entries(entries_of(messages, made, self._turn))
        known = self._listing.known(conversation)
        self._tab.composer.show_memory(known.memory if known else True)
        self._show_page()
        self._show_answering()
        self.shown.emit(conversation)
        if conversation is not None:
            self._app.chat.opened(conversation)

    def _show_page(self) -> None:
        messages = bool(self._tab.transcript.entries)
        self._tab.show_page(messages=messages, conversations=self._listing.anything)

    def _show_answering(self) -> None:
        self._tab.composer.set_answering(self._turn is not None and self._turn in self._turns.live)
        answers = (entry.message for entry in reversed(self._tab.transcript.entries) if entry.message.usage)
        usage = next((message.usage for message in answers if message.engine != GUIDE), None)
        estimate = ""
        if usage is not None and usage.first_token_ms > 0:
            estimate = _("answer starts in about {seconds} s", seconds=f"{max(usage.first_token_ms, 100) / 1000:.1f}")
        self._tab.composer.show_estimate(estimate)

    # Asking

    def _send(self, text: str) -> None:
        self._opening += 1
        self._turn = self._turns.ask(self.conversation, self._tab.composer.memory.isChecked(), text)
        self._show_page()
        self._show_answering()

    def _typed(self) -> None:
        """Leave a core more to the window while keys are pressed; what was sent is read with all of them."""
        if not self._tab.composer.text():
            self._stopped_typing()
            return
        if not self._typing.isActive():
            self._app.engines.typing(True)
        self._typing.start()

    def _stopped_typing(self) -> None:
        self._typing.stop()
        self._app.engines.typing(False)

    def _began(self, turn: Turn) -> None:
        if turn is self._turn:
            self._tab.list.choose(turn.conversation)
            self.shown.emit(turn.conversation)
        self._work.start(self._listing.refresh())

    def _ended(self, turn: Turn) -> None:
        if turn is self._turn:
            self._show_answering()
        self._work.start(self._listing.refresh())

    def _refused(self, turn: Turn) -> None:
        if turn is self._turn:
            self._turn = None
            self._tab.composer.put_back(turn.text)
            self._show_page()
            self._show_answering()

    # The list

    def _choose(self, conversation: int, message: int) -> None:
        self._work.start(self._show(conversation, message))

    def _let_go(self, conversation: int) -> None:
        """A conversation leaves the list: an answer in it ends, and if it is open a new chat takes its place."""
        if (turn := self._turns.of(conversation)) is not None:
            self._turns.stop(turn)
        if self.conversation == conversation:
            self._work.start(self._show(None))

    def _set_memory(self, on: bool) -> None:
        async def remember() -> None:
            if self.conversation is not None:
                await self._app.conversations.set_memory(self.conversation, on)
                await self._listing.refresh()

        self._work.start(remember())

    # Words below an answer

    def _act(self, act: Act, entry: Entry) -> None:
        match act:
            case Act.TRY_AGAIN:
                self._try_again(entry)
            case Act.UNDO:
                self._work.start(self._undo(entry))
            case Act.SHOW_NOTES:
                self._show_notes(entry)
            case _:
                self._tab.transcript.act(act, entry)

    def _try_again(self, entry: Entry) -> None:
        entries = self._tab.transcript.entries
        place = entries.index(entry)
        if place and entries[place - 1].question and self._turns.of(self.conversation) is None:
            self._send(entries[place - 1].text)

    async def _undo(self, entry: Entry) -> None:
        if entry.remembered is None or entry.undone:
            return
        with contextlib.suppress(NotFound):  # forgotten in the Memory tab meanwhile: that is what is wanted
            await self._app.notes.take_back(entry.remembered.id)
        entry.undone = True
        self._tab.transcript.changed(entry)

    def _show_notes(self, entry: Entry) -> None:
        menu = QMenu(self._tab)
        notes = entry.notes or ((entry.remembered.text,) if entry.remembered else ())
        for note in notes:
            line = " ".join(note.split())
            menu.addAction("◆ " + (line if len(line) <= 90 else line[:89] + "…").replace("&", "&&"), self._to_memories)
        menu.addSeparator()
        menu.addAction(_("Open the Memory tab"), self._to_memories)
        menu.popup(QCursor.pos())

    def _to_memories(self) -> None:
        self.memories_wanted.emit()

    def _menu(self, entry: Entry, where: QPoint) -> None:
        transcript, menu = self._tab.transcript, QMenu(self._tab)
        copy = menu.addAction(_("Copy"), transcript.copy)
        copy.setEnabled(bool(transcript.selected_text()))
        menu.addAction(_("Copy the whole message"), lambda: transcript.act(Act.COPY, entry))
        for number, text in enumerate(part.piece.text for part in entry.parts if part.piece.code):
            first = text.strip().split("\n")[0][:30].replace("&", "&&")
            menu.addAction(
                _("Copy code: {line}", line=first), lambda number=number: transcript.act(Act.COPY_CODE, entry, number)
            )
        menu.addAction(_("Select all"), lambda: transcript.select_all(entry))
        for spot in entry.spots:
            if spot.act in (Act.SHOW_NOTES, Act.UNDO, Act.TRY_AGAIN, Act.SHOW_ALL, Act.SHOW_THOUGHTS):
                menu.addAction(spot.text.replace("&", "&&"), lambda act=spot.act: self._act(act, entry))
        menu.popup(where)

    def _ask_link(self, address: str) -> None:
        url = QUrl(address)
        if url.scheme().lower() not in OPENED:
            ask(
                self._tab.window(),
                _("This link is not opened, because it does not lead to the web."),
                address[:500],
                _("Close"),
                lambda: None,
            )
            return
        ask(
            self._tab.window(),
            _("Open this address in the browser?"),
            address[:500],
            _("Open"),
            lambda: QDesktopServices.openUrl(url),
        )
