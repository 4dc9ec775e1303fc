"""Which server, if any, answers the conversation in view, and the clear word before one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_agent.errors import NotFound
from desktop_agent.settings import catalogue
from desktop_agent.ui.widgets import gone
from desktop_agent.words import _

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QActionGroup
    from PySide6.QtWidgets import QMenu

    from desktop_agent.app import App
    from desktop_agent.inference.remote_address import Address
    from desktop_agent.inference.servers import Listed
    from desktop_agent.messages import ServerModel
    from desktop_agent.ui.work import Work


class ServerChoice(QObject):
    """``current`` answers ``conversation``; both None for a new chat that stays on this computer."""

    changed = Signal()

    def __init__(self, app: App, work: Work, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._work, self._window = app, work, window
        self.conversation: int | None = None
        self.current: ServerModel | None = None

    @property
    def connected(self) -> bool:
        """Whether the server in use is connected and not left alone for a while."""
        from desktop_agent.inference.breaker import Circuit
        from desktop_agent.inference.remote_address import Address

        if self.current is None:
            return False
        address, servers = Address(self.current.address), self._app.servers
        return address in servers.connected and servers.state(address).circuit is Circuit.CLOSED

    @property
    def trouble(self) -> str:
        """Why the last question to the server in use was not answered; empty when it was, or none was asked."""
        from desktop_agent.inference.remote_address import Address

        if self.current is None:
            return ""
        address, servers = Address(self.current.address), self._app.servers
        error = servers.state(address).last_error if address in servers.connected else None
        return error.told() if error else ""

    def show(self, conversation: int | None) -> None:
        """Be told which conversation is in view now."""
        if conversation is None:
            self._take(None, None)
        else:
            self._work.start(self._look(conversation))

    def choose(self, server: ServerModel | None) -> None:
        """Let ``server`` answer, after asking; None brings the conversation back to this computer at once."""
        if server == self.current:
            return
        if server is None or (self.current is not None and self.current.address == server.address):
            self._work.start(self._choose(server))
        else:
            self._ask(server)

    def add_to(self, menu: QMenu, group: QActionGroup) -> None:
        """List the models of connected servers at the end of ``menu``; those not known yet appear when they come."""
        if not self._app.settings[catalogue.SERVER_ADDRESS].strip():
            return
        servers = self._app.servers
        for address in servers.connected:
            menu.addSeparator()
            title = menu.addAction(_("On {host}: asking…", host=address.host))
            title.setEnabled(False)
            end = menu.addSeparator()
            listed = servers.last_listed(address)
            if listed is not None and listed.models:
                self._fill(menu, group, title, end, listed)
            else:
                self._work.start(self._ask_models(menu, group, title, end, address))

    def _fill(self, menu: QMenu, group: QActionGroup, title: QAction, end: QAction, listed: Listed) -> None:
        """Put the models of one server between ``title`` and ``end``."""
        from PySide6.QtGui import QAction

        from desktop_agent.messages import ServerModel

        host = listed.address.host
        title.setText(_("On {host}: no answer", host=host) if listed.error else _("On {host}", host=host))
        title.setToolTip(listed.error.told() if listed.error else listed.address.text)
        for model in listed.models:
            chosen = ServerModel(listed.address.text, model.name)
            action = QAction(model.name.replace("&", "&&"), menu)
            action.triggered.connect(lambda _checked=False, chosen=chosen: self.choose(chosen))
            action.setCheckable(True)
            action.setChecked(chosen == self.current)
            group.addAction(action)
            menu.insertAction(end, action)

    async def _ask_models(
        self, menu: QMenu, group: QActionGroup, title: QAction, end: QAction, address: Address
    ) -> None:
        listed = await self._app.servers.test(address)
        if not gone(menu) and not gone(title):
            self._fill(menu, group, title, end, listed)

    def _ask(self, server: ServerModel) -> None:
        from desktop_agent.inference.remote_address import Address
        from desktop_agent.ui.ask import ask

        address = Address(server.address)
        where = _("It goes to another program on this computer.") if address.here else _("It leaves this laptop.")
        told = [
            _(
                "What is said in this conversation from its beginning, the memories found for its questions and the "
                "parts of attached files are sent to {model} on {host}.",
                model=server.model,
                host=server.host,
            ),
            where,
            _("Other conversations stay as they are."),
        ]
        if not address.here and not address.encrypted:
            told.append(_("Nothing encrypts it on the way: who is in the same network can read it."))
        question = _("Send this conversation to {host}?", host=server.host)
        told_all = "\n\n".join(told)
        ask(self._window, question, told_all, _("Send it there"), lambda: self._work.start(self._choose(server)))

    async def _choose(self, server: ServerModel | None) -> None:
        conversation = self.conversation
        if conversation is not None:
            await self._app.conversations.set_server(conversation, server)
        if conversation == self.conversation:
            self._take(conversation, server)

    async def _look(self, conversation: int) -> None:
        try:
            known = await self._app.conversations.get(conversation)
        except NotFound:  # deleted meanwhile
            return
        self._take(conversation, known.server)

    def _take(self, conversation: int | None, server: ServerModel | None) -> None:
        if (conversation, server) != (self.conversation, self.current):
            self.conversation, self.current = conversation, server
            self.changed.emit()
