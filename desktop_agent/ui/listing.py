"""What happens in the list of conversations: searching, pinning, naming, throwing away and taking back, files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from desktop_agent.messages import Conversation, ServerModel
from desktop_agent.ui.ask import ask, choose
from desktop_agent.ui.conversation_list import ConversationList
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.memory.archive import Archive, ArchiveReport
    from desktop_agent.ui.work import Work

HITS = 50
"""Messages that a search shows at most."""
SHORTEST_WORDS = 2
"""Latin letters from which the messages are searched: one is in all of them. One Chinese character is a word."""

Say = Callable[[str, str, Callable[[], object] | None], None]
"""Shows a sentence with an action, as ``Notice.say`` does."""


class Listing(QObject):
    """Runs one ``ConversationList``."""

    chosen = Signal(int, int)
    """A conversation was chosen, at this message of it; 0 for its end."""
    going = Signal(int)
    """A conversation is about to leave the list; an answer in it is stopped by whoever hears this."""
    changed = Signal()
    """The list is another one."""
    moved = Signal()
    """Some conversations are answered elsewhere from now on."""

    def __init__(self, app: App, work: Work, shown: ConversationList, say: Say) -> None:
        super().__init__(shown)
        self._app, self._work, self._shown, self._say = app, work, shown, say
        self.all: tuple[Conversation, ...] = ()
        """Every conversation outside the trash, also while only some are shown."""
        self.anything = False
        """Whether there is something to list, be it in the trash."""
        self._connections: list[tuple[Any, Any]] = [
            (shown.chosen, self.chosen.emit),
            (shown.renamed, self._rename),
            (shown.pin_wanted, self._pin),
            (shown.delete_wanted, self._ask_delete),
            (shown.take_back_wanted, self._take_back),
            (shown.export_wanted, self._ask_export),
            (shown.import_wanted, self._ask_import),
            (shown.empty_wanted, self._ask_empty),
            (shown.trash_wanted, lambda: work.start(self.refresh())),
            (shown.search_changed, lambda _text: work.start(self.refresh())),
        ]
        for signal, slot in self._connections:
            signal.connect(slot)

    def leave(self) -> None:
        """Stop listening: another list takes the place of this one."""
        for signal, slot in self._connections:
            signal.disconnect(slot)

    def known(self, conversation: int | None) -> Conversation | None:
        """The conversation of that number, if there is one outside the trash."""
        return next((one for one in self.all if one.id == conversation), None)

    async def refresh(self) -> None:
        """Show what there is now: the conversations, what was searched for, or the trash."""
        asked = self._shown.asked()
        self.all = await self._app.conversations.all()
        thrown_away = await self._app.filing.thrown_away()
        wanted = self._shown.search.text().strip()
        enough = len(wanted) >= SHORTEST_WORDS or not wanted.isascii()
        hits = await self._app.conversations.find(wanted, HITS) if enough else ()
        if asked != self._shown.asked():
            return  # the next look is on its way
        self.anything = bool(self.all or thrown_away)
        self._shown.show_trash(len(thrown_away))
        if self._shown.in_trash:
            self._shown.show_conversations(thrown_away)
        elif wanted:
            low = wanted.lower()
            self._shown.show_found([one for one in self.all if low in one.title.lower()], hits)
        else:
            self._shown.show_conversations(self.all)
        self.changed.emit()

    # One conversation

    def _rename(self, conversation: int, title: str) -> None:
        async def rename() -> None:
            await self._app.conversations.rename(conversation, title)
            await self.refresh()

        self._work.start(rename())

    def _pin(self, conversation: int, pinned: bool) -> None:
        async def pin() -> None:
            await self._app.filing.pin(conversation, pinned)
            await self.refresh()

        self._work.start(pin())

    def _ask_delete(self, conversation: int) -> None:
        self._work.start(self._offer_delete(conversation))

    async def _offer_delete(self, conversation: int) -> None:
        """Into the trash, with a word about the notes; from the trash for good."""
        title = _title(await self._app.conversations.get(conversation))
        if self._shown.in_trash:
            ask(
                self._shown.window(),
                _("Delete “{title}” for good?", title=title),
                _("Its messages cannot be brought back. What was remembered from it stays in the Memory tab."),
                _("Delete"),
                lambda: self._work.start(self._delete(conversation)),
                for_good=True,
            )
            return
        notes = await self._app.notes.of(conversation)
        if not notes:
            await self._throw_away(conversation, title)
            return
        choose(
            self._shown.window(),
            _("“{title}” goes into the trash.", title=title),
            _("Remembered from it: {count}. What shall become of that?", count=len(notes)),
            (
                (_("Keep the memories"), lambda: self._work.start(self._throw_away(conversation, title))),
                (_("Forget them too"), lambda: self._work.start(self._throw_away(conversation, title, forget=True))),
            ),
        )

    async def _throw_away(self, conversation: int, title: str, *, forget: bool = False) -> None:
        self.going.emit(conversation)
        if forget:
            for note in await self._app.notes.of(conversation):
                await self._app.notes.forget(note.id)
        await self._app.filing.throw_away(conversation)
        await self.refresh()
        self._say(_("“{title}” is in the trash.", title=title), _("Undo"), lambda: self._take_back(conversation))

    def _take_back(self, conversation: int) -> None:
        async def take_back() -> None:
            await self._app.filing.take_back(conversation)
            await self.refresh()

        self._work.start(take_back())

    async def _delete(self, conversation: int) -> None:
        self.going.emit(conversation)
        await self._app.conversations.delete(conversation)
        await self.refresh()

    def _ask_empty(self) -> None:
        async def empty() -> None:
            await self._app.filing.empty()
            self._shown.leave_trash()
            await self.refresh()

        ask(
            self._shown.window(),
            _("Empty the trash?"),
            _("The conversations in it cannot be brought back. What was remembered from them stays."),
            _("Empty"),
            lambda: self._work.start(empty()),
            for_good=True,
        )

    # Files

    def _ask_export(self, conversation: int) -> None:
        """Ask for a file; ``conversation`` 0 stands for all."""
        known = self.known(conversation)
        name = "".join("_" if letter in '\\/:*?"<>|' or letter < " " else letter for letter in _title(known)[:60])
        forms = ";;".join((f"{_('Everything, to import again')} (*.jsonl)", "Markdown (*.md)", f"{_('Text')} (*.txt)"))
        if conversation and known is None:
            return
        dialog = QFileDialog(self._shown.window(), _("Export"), _place(name if known else _("Chats")), forms)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("jsonl")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition("*.")[2].rstrip(")")))
        wanted = [conversation] if conversation else [one.id for one in self.all]
        dialog.fileSelected.connect(lambda path: self._work.start(self._export(Path(path), wanted)))
        dialog.open()

    async def _export(self, path: Path, conversations: list[int]) -> None:
        await self._archive().export(path, conversations)
        self._say(_("Written to {path}.", path=path), "", None)

    def _archive(self) -> Archive:
        from desktop_agent.memory.archive import Archive  # rarely needed, and idle memory is dear

        return Archive(self._app.database, self._app.threads)

    def _ask_import(self) -> None:
        dialog = QFileDialog(self._shown.window(), _("Import chats"), "", f"{_('Exported chats')} (*.jsonl *.json)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._work.start(self._import(Path(path))))
        dialog.open()

    async def _import(self, path: Path) -> None:
        report = await self._archive().import_(path)
        await self.refresh()
        sent = report.servers
        connected = {address.text for address in self._app.servers.connected} if sent else set()
        there = {talk: server for talk, server in sent.items() if server.address in connected}
        if there:
            again = _("Send them there again")
            self._say(told(report, path), again, lambda: self._work.start(self._choose(there)))
        else:
            self._say(told(report, path), "", None)

    async def _choose(self, servers: Mapping[int, ServerModel]) -> None:
        for conversation, server in servers.items():
            await self._app.conversations.set_server(conversation, server)
        self.moved.emit()


def told(report: ArchiveReport, path: Path) -> str:
    """What became of a file of conversations, in a few sentences."""
    parts = [_("{file}: {taken} chats imported.", file=path.name, taken=report.taken)]
    if report.known:
        parts.append(_("{known} were here already.", known=report.known))
    if report.servers:
        hosts = ", ".join(sorted({server.host for server in report.servers.values()}))
        parts.append(
            _(
                "{count} of them were sent to a server ({hosts}); they stay on this computer now.",
                count=len(report.servers),
                hosts=hosts,
            )
        )
    if report.broken_lines:
        first = report.broken[0]
        parts.append(
            _(
                "{count} lines could not be used; the first is line {number}: {reason}",
                count=report.broken_lines,
                number=first.number,
                reason=first.reason,
            )
        )
    return " ".join(parts)


def _title(conversation: Conversation | None) -> str:
    return conversation.title if conversation and conversation.title else _("New chat")


def _place(name: str) -> str:
    """``name`` in the user's folder for documents, where there is one."""
    from PySide6.QtCore import QStandardPaths

    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(folder) / name) if folder else name
