"""The connected servers on the page Remote models: how each answers, its key, which conversations use it.

Shown, it asks the connected servers for their models and looks for others on this computer; it asks
nobody before it is first seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_agent.inference.breaker import Circuit
from desktop_agent.inference.remote_address import Address
from desktop_agent.inference.servers import Listed
from desktop_agent.messages import Conversation
from desktop_agent.runtime.keys import KeyPlace
from desktop_agent.settings.catalogue import SERVER_ADDRESS
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Source
from desktop_agent.ui.ask import ask
from desktop_agent.ui.elided import Elided
from desktop_agent.ui.notice import Notice
from desktop_agent.ui.server_key import ServerKeyDialog
from desktop_agent.ui.widgets import Kind, Tone, Words, button, card, empty, gone, paragraph, pill
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work

SHOWN_MODELS, SHOWN_TITLES = 6, 5
EXAMPLE = "http://192.168.1.5:8080"


class ServersPanel(QWidget):
    """Cards of servers, and a field for the address of another one."""

    def __init__(self, app: App, work: Work) -> None:
        super().__init__()
        self._app, self._work = app, work
        self._listed: dict[Address, Listed | None] = {}
        self._found: tuple[Listed, ...] = ()
        self._users: dict[str, list[Conversation]] = {}
        self._keys: dict[Address, KeyPlace] = {}
        self._round = 0
        self._unwatch: Callable[[], None] = _nothing
        self.notice = Notice()
        self.address = QLineEdit()
        self.address.setPlaceholderText(EXAMPLE)
        self.address.setAccessibleName(_("Address of a server"))
        self.address.returnPressed.connect(self._connect_typed)
        self.connect_button = button(_("Connect"), Kind.PRIMARY, self._connect_typed)
        self.look_button = button(_("Look on this computer"), on_click=self.look)
        self.cards: list[QFrame] = []
        self._cards = QVBoxLayout()
        self._cards.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(_Row(self.address, self.connect_button, self.look_button))
        layout.addLayout(self._cards)
        layout.addWidget(self.notice)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._unwatch()
        self._unwatch = self._app.settings.watch(self._setting_changed)
        if not event.spontaneous():
            self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._unwatch()
            self._unwatch = _nothing
            self.notice.clear()

    def look(self) -> None:
        """Ask every connected server, and look for others on this computer."""
        self._round += 1
        self._work.start(self._look(self._round))

    async def _look(self, number: int) -> None:
        servers = self._app.servers
        talks = await self._app.conversations.all()
        if gone(self) or number != self._round:
            return
        self._users = {}
        for talk in talks:
            if talk.server is not None:
                self._users.setdefault(talk.server.address, []).append(talk)
        # Those that are not connected any more stay where a conversation has chosen them: there is something to say.
        known = [*servers.connected, *(Address(text) for text in self._users)]
        self._listed = dict.fromkeys(known)
        self._show()
        for address in servers.connected:
            self._work.start(self._test(address, number))
        found = await servers.find_here()
        if not gone(self) and number == self._round:
            self._found = found
            self._show()

    async def _test(self, address: Address, number: int) -> None:
        place = await self._app.servers.key_place(address)
        listed = await self._app.servers.test(address)
        if not gone(self) and number == self._round and address in self._listed:
            self._listed[address], self._keys[address] = listed, place
            self._show()

    def _test_again(self, address: Address) -> None:
        self._listed[address] = None
        self._show()
        self._work.start(self._test(address, self._round))

    def _show(self) -> None:
        had_focus = self.address.hasFocus()
        empty(self._cards)
        connected = self._app.servers.connected
        self.cards = [self._card(address, address in connected) for address in self._listed]
        self.cards += [self._found_card(listed) for listed in self._found if listed.address not in self._listed]
        for one in self.cards:
            self._cards.addWidget(one)
        if had_focus:
            self.address.setFocus()

    def _card(self, address: Address, connected: bool) -> QFrame:
        listed = self._listed[address]
        acts = [button(_("Connect"), on_click=lambda: self._connect(address.text))]
        if connected:
            host = address.host
            acts = [
                button(
                    _("Test connection"), on_click=lambda: self._test_again(address),
                    name=_("Test the connection to {host}", host=host),
                ),
                button(
                    _("Key…"), on_click=lambda: self._ask_key(address), name=_("Key for {host}", host=host)
                ),
                button(
                    _("Disconnect"), on_click=lambda: self._ask_disconnect(address),
                    name=_("Disconnect {host}", host=host),
                ),
            ]  # fmt: skip
        lines = [self._answer(address, listed), self._use(address)]
        if connected:
            lines.append(self._safety(address))
        return _framed(address.host, self._state(address, listed, connected), acts, lines)

    def _state(self, address: Address, listed: Listed | None, connected: bool) -> QWidget:
        if not connected:
            return pill(_("not connected"), Tone.QUIET)
        if self._app.servers.state(address).circuit is not Circuit.CLOSED:
            return pill(_("left alone for a while"), Tone.WARNING)
        if listed is None:
            return pill(_("asking…"), Tone.QUIET)
        if listed.key_wanted:
            return pill(_("wants a key"), Tone.WARNING)
        if listed.error:
            return pill(_("does not answer"), Tone.BAD)
        if self._app.servers.state(address).last_error is not None:
            return pill(_("failed last time"), Tone.WARNING)
        return pill(_("answers"))

    def _answer(self, address: Address, listed: Listed | None) -> str:
        state = self._app.servers.state(address)
        told = []
        if listed is not None and listed.error is not None:
            told.append(listed.error.told())
        elif listed is not None:
            names = [model.name for model in listed.models]
            more = f" (+ {len(names) - SHOWN_MODELS})" if len(names) > SHOWN_MODELS else ""
            shown = ", ".join(names[:SHOWN_MODELS]) + more
            told.append(_("Models: {names}. Answered in {ms} ms.", names=shown, ms=listed.took_ms))
        if state.last_error is not None and (listed is None or listed.error is None):
            told.append(_("The last question to it was not answered: {reason}", reason=state.last_error.told()))
        if state.running or state.waiting:
            told.append(
                _(
                    "{running} running · {waiting} waiting · limit {limit}",
                    running=state.running,
                    waiting=state.waiting,
                    limit=state.limit,
                )
            )
        if state.tried_again:
            told.append(_("Requests that had to be sent again: {count}.", count=state.tried_again))
        return "\n".join(told)

    def _use(self, address: Address) -> str:
        users = self._users.get(address.text, [])
        if not users:
            return _("No conversation uses it. Choose its model at the top right of a conversation.")
        titles = ", ".join(f"“{talk.title or _('New chat')}”" for talk in users[:SHOWN_TITLES])
        more = f" (+ {len(users) - SHOWN_TITLES})" if len(users) > SHOWN_TITLES else ""
        return _("Used by: {titles}", titles=titles + more)

    def _safety(self, address: Address) -> str:
        places = {
            KeyPlace.KEYRING: _("Its key is in the keyring of this computer."),
            KeyPlace.ENVIRONMENT: _("Its key comes from the environment."),
            KeyPlace.RUN: _("Its key is kept until the program ends."),
        }
        told = [places.get(self._keys.get(address, KeyPlace.NOWHERE), "")]
        if not address.here and not address.encrypted:
            told.append(_("What is sent to it can be read on the way: its address begins with http, not https."))
        return " ".join(filter(None, told))

    def _found_card(self, listed: Listed) -> QFrame:
        told = _("It wants a key.") if listed.error else ", ".join(model.name for model in listed.models[:SHOWN_MODELS])
        title = f"{listed.kind} · {listed.address.host}" if listed.kind else listed.address.host
        connect = button(
            _("Connect"), on_click=lambda: self._connect(listed.address.text),
            name=_("Connect {host}", host=listed.address.host),
        )  # fmt: skip
        return _framed(title, pill(_("found on this computer"), Tone.QUIET), [connect], [told])

    # What the buttons do

    def _connect_typed(self) -> None:
        if self.address.text().strip():
            self._connect(self.address.text())

    def _connect(self, address: str) -> None:
        if self._app.settings.source(SERVER_ADDRESS) in (Source.ENVIRONMENT, Source.COMMAND_LINE):
            self.notice.say(_("The environment or the command line decides the servers for this run."))
            return

        async def connect() -> None:
            await self._app.servers.connect(address)
            if not gone(self):
                self.address.clear()
                self.look()

        self._work.start(connect())

    def _ask_key(self, address: Address) -> None:
        safe = address.encrypted or address.here
        ServerKeyDialog(
            address.host, safe, lambda key: self._work.start(self._keep_key(address, key)), self.window()
        ).open()

    async def _keep_key(self, address: Address, key: str) -> None:
        place = await self._app.servers.keys.keep(address.text, key)
        if gone(self):
            return
        if place is KeyPlace.RUN:
            self.notice.say(
                _(
                    "This computer has no keyring that is open: the key is kept until the program ends. "
                    "DESKTOP_AGENT_SERVER_KEY in the environment keeps it for longer."
                )
            )
        self._test_again(address)

    def _ask_disconnect(self, address: Address) -> None:
        ask(
            self.window(),
            _("Disconnect {host}?", host=address.host),
            _("Nothing is sent to it any more, and its key is forgotten. Its conversations are answered here."),
            _("Disconnect"),
            lambda: self._work.start(self._disconnect(address)),
            for_good=True,  # nobody gets the key back
        )

    async def _disconnect(self, address: Address) -> None:
        await self._app.servers.disconnect(address)
        if not gone(self):
            self.look()

    def _setting_changed(self, changed: Setting[Any]) -> None:
        if changed is SERVER_ADDRESS:
            self.look()


def _nothing() -> None:
    pass


def _framed(name: str, state: QWidget, acts: Sequence[QWidget], lines: Sequence[str]) -> QFrame:
    """A card; its buttons have a row of their own, so that it can be narrow."""
    framed = card()
    inside = QVBoxLayout(framed)
    inside.setContentsMargins(16, 12, 14, 12)
    inside.setSpacing(6)
    top = QHBoxLayout()
    top.setSpacing(8)
    top.addWidget(Elided(name, Words.STRONG))
    top.addWidget(state)
    top.addStretch()
    inside.addLayout(top)
    for text in filter(None, lines):
        inside.addWidget(paragraph(text))
    inside.addWidget(_Row(None, *acts))
    return framed


class _Row(QWidget):
    """``first`` takes what the others leave; one below the other where there is no room side by side."""

    def __init__(self, first: QWidget | None, *others: QWidget) -> None:
        super().__init__()
        self._parts = [one for one in (first, *others) if one is not None]
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        if first is None:
            self._row.addStretch()
        for one in self._parts:
            self._row.addWidget(one, int(one is first))

    def minimumSizeHint(self) -> QSize:
        widest = max(one.minimumSizeHint().width() for one in self._parts)
        return QSize(widest, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        needed = sum(one.sizeHint().width() + self._row.spacing() for one in self._parts)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if needed > self.width() else ways.LeftToRight)
