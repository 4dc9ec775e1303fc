"""What happens in the chat: which conversation is open, what is asked, renamed, deleted, undone."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting
from desktop_agent.ui.chat_tab import ChatTab
from desktop_agent.ui.drafts import DraftKeeper
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.fetching import Fetching
from desktop_agent.ui.files import Files
from desktop_agent.ui.listing import Listing, Say
from desktop_agent.ui.message_acts import MessageActs
from desktop_agent.ui.turns import Turn, Turns
from desktop_agent.ui.words_below import GUIDE
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.search_in_chat import SearchInChat
    from desktop_agent.ui.work import Work

KEEP_MS = 3000
"""What was written is kept so much later at most."""
GUESTS_MS = 200
"""How long the list waits for what else other programs ask: it is read and made as a whole each time."""
TYPING_MS = 2000
"""Whoever has not pressed a key for this long does not type any more."""


class Conversing(QObject):
    """Runs the chat of one ``ChatTab``."""

    memories_wanted = Signal()
    files_dropped = Signal()
    model_given = Signal(str)
    """The path of a model that shall answer."""
    shown = Signal(object)
    """The number of the conversation that is in view now; None for a new chat."""

    def __init__(self, app: App, work: Work, turns: Turns, tab: ChatTab, say: Say) -> None:
        super().__init__(tab)
        self._app, self._work, self._turns, self._tab = app, work, turns, tab
        self._turn: Turn | None = None
        """The turn in view, also before its conversation exists."""
        self._listing = Listing(app, work, tab.list, say)
        self._opening = 0
        self._own: dict[Setting[Any], Any] = {}
        """What the chat in view has for itself."""
        self._fetching = Fetching(app, work, tab.transcript)
        self._acts = MessageActs(app, work, tab.transcript, tab)
        self._files = Files(app, work, tab.composer, lambda: self.conversation, self.model_given.emit)
        self._files.watch(tab.window())
        self._files.dropped.connect(self.files_dropped)
        self._search: SearchInChat | None = None
        self._drafts = DraftKeeper(app, tab.composer)
        self._opened = False
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MS)
        self._keep.timeout.connect(lambda: work.start(self._drafts.keep()))
        self._unwatch = app.settings.watch(self._setting_changed)
        self._unwatch_guests = app.chat.watch_guests(self._guest_asked)
        self._guests = QTimer(self)
        self._guests.setSingleShot(True)
        self._guests.setInterval(GUESTS_MS)
        self._guests.timeout.connect(lambda: work.start(self._listing.refresh()))
        tab.transcript.figures = app.settings[catalogue.ANSWER_FIGURES]
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
            (self._listing.moved, lambda: self.shown.emit(self.conversation)),
            (tab.composer.manner_wanted, self._show_manner),
            (tab.find_wanted, lambda: self.search.ask()),
            (tab.list.search_changed, self._search_changed),
            (self._acts.edit_wanted, self._edit),
            (self._acts.again_wanted, self._try_again),
            (self._acts.go_on_wanted, self._go_on),
            (self._acts.version_wanted, self._show_version),
            (self._acts.memories_wanted, self.memories_wanted),
        ]
        for signal, slot in self._connections:
            signal.connect(slot)

    async def open(self, conversation: int | None) -> None:
        """List the conversations, show this one if it still exists, and take messages from now on."""
        await self._listing.refresh()
        await self._show(conversation if self._listing.known(conversation) else None)
        self._tab.composer.set_ready(True)

    def close(self) -> None:
        """The window closes: keep nothing more by a timer; the draft in view is kept with the window's state."""
        for timer in (self._keep, self._guests, self._typing):
            timer.stop()
        self._unwatch()
        self._unwatch_guests()

    def leave(self) -> None:
        """Stop listening: another chat takes the place of this one."""
        for signal, slot in self._connections:
            signal.disconnect(slot)
        self._listing.leave()
        self._acts.leave()
        self._files.leave()
        self.close()
        self._app.engines.typing(False)

    @property
    def conversation(self) -> int | None:
        """The open conversation; None for a new chat."""
        return self._tab.list.current

    def new(self) -> None:
        """A new chat, with the cursor in the composer."""
        self._work.start(self._show(None))
        self._tab.composer.field.setFocus()

    def go_to(self, conversation: int, message: int) -> None:
        """Open a conversation at one of its messages; 0 is its end."""
        self._work.start(self._show(conversation, message))

    @property
    def search(self) -> SearchInChat:
        """The search in the open conversation, made when somebody looks for something."""
        if self._search is None:
            from desktop_agent.ui.search_in_chat import SearchInChat

            self._search = SearchInChat(self._app, self._work, self._tab, self._fetching)
        return self._search

    def stop(self) -> bool:
        """End the answer in view, or else changing an earlier question or the search; False when there is none."""
        if self._turn is None or not self._turn.answer.growing:
            editing = self._tab.composer.editing is not None
            self._tab.composer.stop_editing()
            searching = self._search is not None and self._search.shown
            if searching and not editing:
                self.search.leave()
            return editing or searching
        self._turns.stop(self._turn)
        return True

    # What is shown

    def _show(self, conversation: int | None, at: int = 0, wanted: str = "") -> Coroutine[Any, Any, None]:
        """Open a conversation, None for a new one, at the message ``at`` of it; 0 is its end.

        ``wanted`` was searched for and found in that message.
        """
        # Counted now and not when the coroutine begins: what is sent meanwhile must not be swept away.
        self._opening += 1
        return self._open(conversation, at, wanted, self._opening)

    async def _open(self, conversation: int | None, at: int, wanted: str, opening: int) -> None:
        if at:
            await self._app.conversations.show(at)
        found = await self._fetching.rows(conversation)
        own = await self._app.chat.manners.own(conversation) if conversation is not None else {}
        if opening != self._opening:
            return  # the user chose another one meanwhile
        # The drafts say which one was in view: a click in the list has made its row the current one already.
        moved = not self._opened or conversation != self._drafts.conversation
        self._turn = self._turns.of(conversation) if conversation is not None else None
        self._tab.list.choose(conversation)
        self._fetching.show(conversation, found, self._turn)
        if at:
            self._tab.transcript.show_message(at)
        if wanted or self._search is not None:
            self.search.turned_to(conversation, at, wanted)
        known = self._listing.known(conversation)
        self._tab.composer.show_memory(known.memory if known else True)
        self._take_own(own)
        self._show_page()
        self._show_answering()
        self.shown.emit(conversation)
        if conversation is not None:
            self._app.chat.opened(conversation)
        if moved:
            first, self._opened = not self._opened, True
            self._tab.composer.stop_editing()
            await self._drafts.turn_to(conversation, first=first)
            await self._files.show_draft()

    def _show_page(self) -> None:
        messages = bool(self._tab.transcript.entries)
        self._tab.show_page(messages=messages, conversations=self._listing.anything)

    def _show_answering(self) -> None:
        self._tab.composer.set_answering(self._turn is not None and self._turn in self._turns.live)
        newest = reversed(self._tab.transcript.entries[-8:])
        answers = (entry.message for entry in newest if entry.message.usage)
        usage = next((message.usage for message in answers if message.engine != GUIDE), None)
        estimate = ""
        if usage is not None and usage.first_token_ms > 0:
            estimate = _("answer starts in about {seconds} s", seconds=f"{max(usage.first_token_ms, 100) / 1000:.1f}")
        self._tab.composer.show_estimate(estimate)

    # Asking

    def _send(self, text: str) -> None:
        composer = self._tab.composer
        self._opening += 1
        if isinstance(composer.editing, Entry):
            question = composer.editing.message
            composer.stop_editing()
            self._turn = self._turns.edit(question, text)
        else:
            files, own = composer.files, self._own if self.conversation is None else None
            self._turn = self._turns.ask(self.conversation, composer.memory.isChecked(), text, files, own)
            composer.show_files(())
            self._work.start(self._drafts.keep())
        self._show_page()
        self._show_answering()

    def _edit(self, entry: Entry) -> None:
        """Let a question be asked otherwise."""
        if self._turns.of(self.conversation) is None:
            self._tab.composer.edit(entry, entry.text)

    def _try_again(self, entry: Entry) -> None:
        self._work.start(self._from_answer(entry, go_on=False))

    def _go_on(self, entry: Entry) -> None:
        self._work.start(self._from_answer(entry, go_on=True))

    async def _from_answer(self, entry: Entry, *, go_on: bool) -> None:
        question = await self._app.conversations.question_of(entry.message.id)
        if self._turns.of(self.conversation) is not None or question.conversation != self.conversation:
            return
        self._opening += 1
        again = self._turns.go_on(entry, question) if go_on else self._turns.again(entry.message, question)
        self._turn = again
        self._show_answering()

    def _show_version(self, message: int) -> None:
        async def show() -> None:
            if self._turns.of(self.conversation) is None and await self._app.conversations.show(message):
                await self._show(self.conversation, message)

        self._work.start(show())

    def _typed(self) -> None:
        """Leave a core more to the window while keys are pressed; what was sent is read with all of them."""
        if not self._keep.isActive():
            self._keep.start()
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
            if self.conversation is None and turn.conversation is not None:
                self._drafts.moved(turn.conversation)
            self._tab.list.choose(turn.conversation)
            self.shown.emit(turn.conversation)
            if not turn.fresh:
                self._work.start(self._show(turn.conversation))
        self._work.start(self._listing.refresh())

    def _ended(self, turn: Turn) -> None:
        if turn is self._turn:
            self._show_answering()
            if self._search is not None:
                self._search.ended()
            if not turn.fresh:
                self._work.start(self._fetching.look_for_versions())
        self._work.start(self._listing.refresh())

    def _guest_asked(self, conversation: int) -> None:
        """Another program has asked in a conversation, or was answered there."""
        if not self._guests.isActive():
            self._guests.start()
        if conversation == self.conversation and self._turn is None:
            self._work.start(self._show(conversation))

    def _refused(self, turn: Turn) -> None:
        if turn is self._turn:
            self._turn = None
            if turn.text:
                self._tab.composer.put_back(turn.text)
                self._work.start(self._files.show_draft())
            self._show_page()
            self._show_answering()

    # The list

    def _choose(self, conversation: int, message: int) -> None:
        self._work.start(self._show(conversation, message, self._tab.list.listed_for if message else ""))

    def _search_changed(self, text: str) -> None:
        if not text.strip() and self._search is not None:
            self._search.search_cleared()

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

    # How it is answered

    def _show_manner(self) -> None:
        from desktop_agent.ui.manner_dialog import MannerDialog

        conversation = self.conversation

        def take(own: dict[Setting[Any], Any]) -> None:
            if conversation == self.conversation:
                self._take_own(own)
            if conversation is not None:
                self._work.start(self._app.chat.manners.change(conversation, own))

        MannerDialog(self._app.settings, self._app.chat.manners.shown, self._own, take, self._tab).open()

    def _take_own(self, own: dict[Setting[Any], Any]) -> None:
        self._own = own
        told = ""
        if own:
            from desktop_agent.ui.manner_dialog import told as told_of

            told = told_of(own)
        self._tab.composer.show_manner(told)

    def _setting_changed(self, changed: Setting[Any]) -> None:
        if changed is catalogue.ANSWER_FIGURES:
            self._tab.transcript.show_figures(self._app.settings[catalogue.ANSWER_FIGURES])
