"""The search in the open conversation: marks every hit, counts them all, and goes from one to the next.

Most messages of a long conversation are not even read. Their hits are counted in a worker from
what is stored and made exact when the message is laid out: an address in a link is not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop_agent.messages import Role
from desktop_agent.ui.hits import Hits
from desktop_agent.ui.widgets import gone

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.memory.sought import Sought
    from desktop_agent.ui.chat_tab import ChatTab
    from desktop_agent.ui.entry import Entry
    from desktop_agent.ui.fetching import Fetching
    from desktop_agent.ui.work import Work

AT_ONCE = 500
"""Messages that are read and counted at a time."""
LONGEST = 200
"""Letters that a selection may have to be looked for."""


class SearchInChat(QObject):
    """Runs the find bar of one ``ChatTab``."""

    def __init__(self, app: App, work: Work, tab: ChatTab, fetching: Fetching) -> None:
        super().__init__(tab)
        self._app, self._work, self._tab, self._fetching = app, work, tab, fetching
        self._transcript, self._bar = tab.transcript, tab.find_bar
        self._conversation: int | None = None
        self._turn = 0
        """Counts what was asked: an older answer is not shown any more."""
        self._hits: Hits | None = None
        self._counts: dict[int, int] = {}
        """How many hits there are in a message, by its place; only those that have some."""
        self._counted = False
        self._from = 0
        """The place of the message from which on the next search looks."""
        self._steps = 0
        self._stepping = False
        self.of_list = False
        """Whether it shows what the search through all chats found."""
        bar = self._bar
        bar.wanted.connect(self._typed)
        bar.stepped.connect(self._step)
        bar.left.connect(self.leave)
        # Not the keys that each system has for it: without a desktop Qt takes Ctrl+G, and docs name F3.
        for keys, by in (("F3", 1), ("Shift+F3", -1)):
            shortcut = QShortcut(QKeySequence(keys), tab)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=by: self._go_on(by))

    @property
    def shown(self) -> bool:
        """Whether the bar is there."""
        return not self._bar.isHidden()

    def ask(self) -> None:
        """Ctrl+F: take the keyboard to the bar; what is selected is looked for."""
        if not self.shown:
            self._open_bar()
            self.of_list = False
        selected = self._transcript.selected_text()
        fits = selected and len(selected) <= LONGEST and "\n" not in selected
        before = self._bar.field.text()
        self._bar.take_keyboard(selected if fits else "")
        if self._hits is None and self._bar.field.text() and self._bar.field.text() == before:
            self._begin(before, None)

    def turned_to(self, conversation: int | None, message: int, wanted: str) -> None:
        """Another conversation is in view, or the same one anew; ``wanted`` was found in ``message`` of it."""
        same = conversation == self._conversation
        self._conversation = conversation
        if wanted:
            self.of_list = True
            self._bar.show_wanted(wanted)
            self._open_bar()
            self._begin(wanted, message)
        elif not self.shown:
            return
        elif same and self._hits is not None:
            self._begin(self._hits.sought.wanted, None, go=False)
        elif not same:
            self.leave(keyboard=False)

    def ended(self) -> None:
        """An answer has ended: it counts now."""
        if self.shown and self._hits is not None:
            self._begin(self._hits.sought.wanted, None, go=False)

    def search_cleared(self) -> None:
        """Nothing is searched for in the list any more."""
        if self.of_list and self.shown:
            self.leave(keyboard=False)

    def leave(self, *, keyboard: bool = True) -> None:
        """Mark nothing and hide the bar; what was looked for stays in it for the next time."""
        had = self._bar.field.hasFocus()
        self._forget()
        self.of_list = False
        self._bar.hide()
        self._bar.show_found(0, None)
        self._transcript.mark(None)
        if keyboard or had:
            self._tab.composer.field.setFocus()

    def _open_bar(self) -> None:
        self._conversation = self._tab.list.current
        self._from = self._transcript.first_in_view
        self._bar.show()

    def _forget(self) -> None:
        self._turn += 1
        self._hits, self._counts, self._counted, self._steps = None, {}, False, 0

    def _go_on(self, by: int) -> None:
        if self.shown and self._hits is not None:
            self._step(by)
        elif self._transcript.isVisible():
            self.ask()

    # Looking

    def _typed(self, text: str) -> None:
        self.of_list = False
        self._begin(text, None)

    def _begin(self, wanted: str, message: int | None, *, go: bool = True) -> None:
        at = self._hits.at if self._hits is not None and not go else None
        self._forget()
        if wanted.strip():
            self._work.start(self._look(wanted, message, self._turn, go=go, at=at))
        else:
            self._transcript.mark(None)
            self._bar.show_found(0, None)

    async def _look(self, wanted: str, message: int | None, turn: int, *, go: bool, at: tuple[int, int] | None) -> None:
        sought = await self._app.threads.call(_sought, wanted)
        if self._stale(turn):
            return
        place = self._transcript.entries.place_of(message) if message else None
        if place is not None:
            # What it was opened for is seen before the rest is counted.
            entry = await self._bring(place)
            if self._stale(turn) or entry is None:
                return
            if sought.several and sought.whole(entry.text):
                sought = await self._app.threads.call(_sought, wanted, whole_only=True)
            self._mark(sought, at)
            self._from = place
            await self._go_to(place, 0, 1, turn)
        else:
            sought = await self._narrow(sought, turn)
        if self._stale(turn):
            return
        if self._hits is None:
            self._mark(sought, at)
        counts = await self._count(sought, turn)
        if self._stale(turn):
            return
        self._counts, self._counted = counts, True
        if go and self._hits is not None and self._hits.at is None and self._counts:
            after = [one for one in self._counts if one >= self._from]
            if after:
                await self._go_to(min(after), 0, 1, turn)
            else:
                await self._go_to(max(self._counts), -1, -1, turn)
        if not self._stale(turn):
            self._tell()

    def _stale(self, turn: int) -> bool:
        return gone(self) or turn != self._turn

    def _mark(self, sought: Sought, at: tuple[int, int] | None) -> None:
        self._hits = Hits(sought)
        self._hits.at = at
        self._transcript.mark(self._hits)

    async def _narrow(self, sought: Sought, turn: int) -> Sought:
        """As it stands wherever one message has it so; then the same words apart in others are no hits."""
        if sought.several:
            whole = await self._app.threads.call(_sought, sought.wanted, whole_only=True)
            if await self._count(whole, turn):
                return whole
        return sought

    async def _count(self, sought: Sought, turn: int) -> dict[int, int]:
        """How many hits each message has, as it is stored; as it is read where it is laid out."""
        rows, found = self._transcript.entries, dict[int, int]()
        for first in range(0, len(rows), AT_ONCE):
            texts: dict[int, tuple[str, bool]] = {}
            blank: dict[int, int] = {}
            for place in range(first, min(len(rows), first + AT_ONCE)):
                entry = rows.read(place)
                if entry is None:
                    blank[rows.id_at(place)] = place
                elif entry.parts and self._hits is not None and self._hits.sought is sought and not entry.folded:
                    found[place] = self._hits.count(entry)
                else:
                    texts[place] = entry.text, entry.question
            if blank and self._conversation is not None:
                for message in await self._app.conversations.some(self._conversation, blank):
                    texts[blank[message.id]] = message.text, message.role is Role.USER
            if texts:
                found |= await self._app.threads.call(_numbers, sought, texts)
            if self._stale(turn):
                return {}
        return {place: count for place, count in sorted(found.items()) if count}

    # Going

    def _step(self, by: int) -> None:
        if self._hits is None:
            self._begin(self._bar.field.text(), None)
        elif self._counts:
            self._steps += by
            if not self._stepping:
                self._work.start(self._walk(self._turn))

    async def _walk(self, turn: int) -> None:
        """Go as far as was asked for meanwhile: a key may be held down."""
        self._stepping = True
        try:
            while self._steps and not self._stale(turn) and self._hits is not None:
                by = 1 if self._steps > 0 else -1
                self._steps -= by
                place, number = self._hits.at or (self._from, -1 if by > 0 else 0)
                await self._go_to(place, number + by, by, turn)
        finally:
            self._stepping = False

    async def _go_to(self, place: int, number: int, by: int, turn: int) -> None:
        """Go to a hit of a message, or on in the direction ``by`` when it has no such hit; -1 begins at its last."""
        last = number == -1 and self._hits is not None and self._hits.at is None
        for _tried in range(len(self._counts) + 2):
            entry = await self._bring(place)
            if self._stale(turn) or self._hits is None:
                return
            count = self._exact(place, entry, number)
            number = count - 1 if last else number
            if 0 <= number < count:
                self._from = place
                self._transcript.show_hit(place, number)
                self._tell()
                return
            others = [one for one in self._counts if (one > place if by > 0 else one < place)]
            if not others and not self._counts:
                break
            ends = (min, max) if by > 0 else (max, min)
            place = ends[0](others) if others else ends[0](self._counts)
            number, last = 0, by < 0
        self._tell()

    async def _bring(self, place: int) -> Entry | None:
        """The message at ``place`` with its text, laid out."""
        rows = self._transcript.entries
        if not 0 <= place < len(rows):
            return None
        if rows.read(place) is None:
            await self._fetching.fill(self._conversation, [rows.id_at(place)])
            if gone(self) or self._transcript.entries is not rows:
                return None
        entry = rows.read(place)
        if entry is not None:
            self._transcript.lay_out(entry)
        return entry

    def _exact(self, place: int, entry: Entry | None, number: int) -> int:
        """How many hits a message really has; one that shows only its beginning shows more when more is wanted."""
        if entry is None or self._hits is None:
            return 0
        count = self._hits.count(entry)
        while entry.folded and (number >= count or number < 0) and self._counts.get(place, 1) > count:
            entry.unfold()
            self._transcript.lay_out(entry)
            count = self._hits.count(entry)
        if not entry.folded:
            self._counts.pop(place, None)
            if count:
                self._counts[place] = count
        return count

    def _tell(self) -> None:
        if self._hits is None or not self._counted:
            return
        at = self._hits.at
        before = sum(count for place, count in self._counts.items() if at is not None and place < at[0])
        self._bar.show_found(0 if at is None else before + at[1] + 1, sum(self._counts.values()))


def _sought(wanted: str, *, whole_only: bool = False) -> Sought:
    # In a worker, and here: the first Chinese word opens the dictionary.
    from desktop_agent.memory.sought import Sought

    return Sought(wanted, whole_only=whole_only)


def _numbers(sought: Sought, texts: Mapping[int, tuple[str, bool]]) -> dict[int, int]:
    """How many hits there are in each text, of which it is also told whether it is a question: that is no Markdown."""
    from desktop_agent.memory.sought import as_read

    return {place: len(sought.marks(text if plain else as_read(text))) for place, (text, plain) in texts.items()}
