"""The messages of the open conversation on their way from the disk to the screen: the newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_agent.events import Remembered
from desktop_agent.messages import Message, Role
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.rows import Rows

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.transcript import Transcript
    from desktop_agent.ui.turns import Turn
    from desktop_agent.ui.work import Work

Made = Mapping[int, tuple[Remembered, ...]]
"""What was remembered, by the message it was made from."""
AT_ONCE = 40
"""Messages whose texts are read when a conversation is opened: two screens of them."""


class Fetching(QObject):
    """Reads for one transcript."""

    def __init__(self, app: App, work: Work, transcript: Transcript) -> None:
        super().__init__(transcript)
        self._app, self._work, self._transcript = app, work, transcript
        self._conversation: int | None = None
        self._made: Made = {}
        self._versions: Mapping[int, tuple[int, ...]] = {}
        transcript.wanted.connect(self._read)

    async def rows(self, conversation: int | None) -> tuple[Rows, Made, Mapping[int, tuple[int, ...]]]:
        """What ``show`` shows of a conversation, without a turn that runs in it."""
        if conversation is None:
            return Rows(), {}, {}
        outline = await self._app.conversations.outline(conversation, AT_ONCE)
        made: dict[int, tuple[Remembered, ...]] = {}
        for note, before in await self._app.notes.made_in(conversation):
            if note.message is not None:
                made[note.message] = (*made.get(note.message, ()), Remembered(note, before))
        rows = Rows.outlined(outline.ids, outline.sizes, outline.asked, self._transcript.column)
        rows.fill(entries_of(outline.newest, made, outline.versions))
        return rows, made, outline.versions

    def show(
        self,
        conversation: int | None,
        found: tuple[Rows, Made, Mapping[int, tuple[int, ...]]],
        live: Turn | None,
    ) -> None:
        """Show what ``rows`` found, with the turn that runs in it."""
        rows, made, self._versions = found
        self._conversation, self._made = conversation, made
        if live is not None:
            # Whatever is stored of it is behind its question; it is shown as it grows.
            place = rows.place_of(live.question.message.id)
            rows.cut(len(rows) if place is None else place)
            live.answer.take_pending()
            for entry in (live.question, live.answer):
                entry.versions = self._versions.get(entry.message.id, entry.versions)
                entry.guess(self._transcript.column)
                rows.add(entry)
        self._transcript.show_rows(rows)

    async def look_for_versions(self) -> None:
        """Show which messages have others in their place now: one was asked or answered once more."""
        conversation = self._conversation
        if conversation is None:
            return
        self._versions = await self._app.conversations.versions(conversation)
        if conversation == self._conversation:
            for entry in list(self._transcript.entries.loaded()):
                versions = self._versions.get(entry.message.id, ())
                if entry.versions != versions:
                    entry.versions = versions
                    self._transcript.changed(entry)

    def _read(self, ids: Sequence[int]) -> None:
        self._work.start(self.fill(self._conversation, ids))

    async def fill(self, conversation: int | None, ids: Sequence[int]) -> None:
        """Bring the texts of these messages to the transcript, if the conversation is still in view then."""
        if conversation is None:
            return
        before = self._transcript.entries.id_before(ids[0])
        messages = await self._app.conversations.some(conversation, [*([before] if before else []), *ids])
        if conversation == self._conversation:
            wanted = frozenset(ids)
            found = entries_of(messages, self._made, self._versions)
            self._transcript.fill(entry for entry in found if entry.message.id in wanted)


def entries_of(messages: Sequence[Message], made: Made, versions: Mapping[int, tuple[int, ...]]) -> list[Entry]:
    """Stored messages as they are shown, with the notes made from them, by the message they were made from."""
    entries: list[Entry] = []
    notes: tuple[str, ...] = ()
    remembered: tuple[Remembered, ...] = ()
    for message in messages:
        entry = Entry(message)
        entry.versions = versions.get(message.id, ())
        if message.role is Role.USER:
            notes, remembered = message.notes, made.get(message.id, ())
        else:
            entry.notes, entry.remembered = notes, remembered
            notes, remembered = (), ()
        entries.append(entry)
    return entries
