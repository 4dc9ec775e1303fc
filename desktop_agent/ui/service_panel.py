"""The top of the page Local server: whether the service answers, its address, its token."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_agent.errors import AgentError
from desktop_agent.runtime.serving import Service, ServiceState
from desktop_agent.ui.settings_columns import FIRST_LINE, Columns
from desktop_agent.ui.widgets import Tone, Words, button, gone, paragraph, pill, restyle
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.ui.work import Work

HIDDEN = "0" * 24
"""Stands in for the token while it is hidden: the field shows dots."""


class ServicePanel(QWidget):
    """Shows and copies what a program must be given; the settings below decide the rest."""

    def __init__(self, service: Service, work: Work) -> None:
        super().__init__()
        self._service, self._work = service, work
        self._unwatch: Callable[[], None] = _nothing
        self._token_shown = False
        self.state = pill("")
        self.told = paragraph()
        self.problem = paragraph(kind=Words.BAD)
        self.address, self.token = _field(_("Address")), _field(_("Token"))
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.copy_address = button(_("Copy"), on_click=self._copy_address, name=_("Copy the address"))
        self.show_token = button(_("Show"), on_click=self._turn, name=_("Show the token"))
        self.copy_token = button(_("Copy"), on_click=self._copy_token, name=_("Copy the token"))
        self.new_token = button(_("New token"), on_click=self._renew)
        self.new_token.setToolTip(_("Programs that have the old one are hung up on."))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        state = QHBoxLayout()
        state.setContentsMargins(0, FIRST_LINE - 3, 0, 0)
        state.addWidget(self.state)
        state.addStretch()
        row = self._row(_("State"), state)
        row.right.addWidget(self.problem)
        row.right.addWidget(self.told)
        address = self._row(_("Address"), self._line(self.address, self.copy_address))
        self.network = paragraph(
            _("Other computers use the address of this one in its place. They get through only where the firewall lets "
              "them, and nothing is encrypted on the way.")
        )  # fmt: skip
        address.right.addWidget(self.network)
        token = self._row(_("Token"), self._line(self.token, self.copy_token))
        more = QHBoxLayout()
        more.setSpacing(6)
        more.addWidget(self.show_token)
        more.addWidget(self.new_token)
        more.addStretch()
        token.right.addLayout(more)
        token.right.addWidget(
            paragraph(
                _("Give a program the address and, as its API key, the token; its model is called desktop-agent. "
                  "Whoever has the token can ask whatever you can.")
            )
        )  # fmt: skip
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._unwatch()
        self._unwatch = self._service.watch(self.refresh)
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._unwatch()
        self._unwatch = _nothing
        self._token_shown = False

    def refresh(self) -> None:
        """Show how it is now."""
        if gone(self):
            return
        service, state = self._service, self._service.state
        words, tone = {
            ServiceState.OFF: (_("Off"), Tone.QUIET),
            ServiceState.STARTING: (_("Starting…"), Tone.QUIET),
            ServiceState.ON: (_("On"), Tone.GOOD),
            ServiceState.STOPPING: (_("Stopping…"), Tone.QUIET),
            ServiceState.FAILED: (_("Not started"), Tone.BAD),
        }[state]
        self.state.setText(words)
        self.state.setProperty("kind", tone.value)
        restyle(self.state)
        self.problem.setText(service.error.told() if service.error is not None else "")
        self.problem.setVisible(service.error is not None)
        told = ""
        if state is ServiceState.ON:
            count = service.clients
            several = _("{count} programs are connected.", count=count)
            told = {0: _("No program is connected."), 1: _("One program is connected.")}.get(count, several)
        elif state is ServiceState.OFF:
            told = _("Switch it on below and apply.")
        self.told.setText(told)
        self.told.setVisible(bool(told))
        self.network.setVisible(service.open_to_network)
        # A free port is not known before one is taken.
        known = not service.url.endswith(":0")
        self.address.setText(f"{service.url}/v1" if known else "")
        self.address.setPlaceholderText("" if known else _("is told when it is on"))
        self.copy_address.setEnabled(known)
        self._show_token()

    def _row(self, title: str, beside: QHBoxLayout) -> Columns:
        row = Columns()
        row.left.addWidget(paragraph(title, Words.BODY))
        row.left.addStretch()
        row.right.addLayout(beside)
        self._rows.addWidget(row)
        return row

    def _line(self, field: QLineEdit, beside: QPushButton) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(field, 1)
        line.addWidget(beside)
        return line

    def _show_token(self) -> None:
        shown = self._token_shown
        text = HIDDEN
        if shown:
            try:
                text = self._service.token()
            except AgentError as error:
                text = error.told()
        self.token.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.token.setText(text)
        self.token.setCursorPosition(0)
        self.show_token.setText(_("Hide") if shown else _("Show"))

    def _turn(self) -> None:
        self._token_shown = not self._token_shown
        self._show_token()

    def _copy_address(self) -> None:
        QGuiApplication.clipboard().setText(self.address.text())

    def _copy_token(self) -> None:
        try:
            QGuiApplication.clipboard().setText(self._service.token())
        except AgentError as error:
            self._work.tell(error)

    def _renew(self) -> None:
        try:
            self._service.renew_token()
        except AgentError as error:
            self._work.tell(error)
        self.refresh()


def _field(name: str) -> QLineEdit:
    """A text to be read and copied; one that is too long can be scrolled."""
    field = QLineEdit()
    field.setReadOnly(True)
    field.setAccessibleName(name)
    return field


def _nothing() -> None:
    pass
