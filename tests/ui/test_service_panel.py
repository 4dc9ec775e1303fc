"""The page Local server: other programs are let in, told how, and put out again."""

from __future__ import annotations

import urllib.request

from PySide6.QtGui import QGuiApplication

from desktop_agent.assistant.direct import Guest
from desktop_agent.runtime.serving import Service, ServiceState
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Group
from desktop_agent.ui.service_panel import HIDDEN, ServicePanel
from desktop_agent.ui.top_bar import Tab
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.parts import app_of, result_of, shown


def page(desk: Desk) -> ServicePanel:
    tab = shown(desk, Tab.SETTINGS)
    tab.pages.open_group(Group.SERVER)
    return tab.pages.sections[Group.SERVER].findChild(ServicePanel)


def service_of(desk: Desk) -> Service:
    service = app_of(desk).service
    assert service is not None
    return service


def test_switching_it_on_shows_where_it_answers_and_off_again_ends_it(open_desk: OpenDesk) -> None:
    desk = open_desk(service_port="0")
    panel = page(desk)
    assert (panel.state.text(), panel.told.text()) == ("Off", "Switch it on below and apply.")
    assert not panel.address.text() and not panel.copy_address.isEnabled()  # any free port: not known yet
    desk.settings.set(catalogue.SERVICE_ON, True)
    desk.wait(lambda: panel.state.text() == "On")
    assert panel.told.text() == "No program is connected."
    assert panel.network.isHidden()
    panel.copy_address.click()
    address = QGuiApplication.clipboard().text()
    assert address == f"{service_of(desk).url}/v1"
    with urllib.request.urlopen(f"{address.removesuffix('/v1')}/health", timeout=60) as answer:
        assert answer.status == 200
    desk.settings.set(catalogue.SERVICE_ON, False)
    desk.wait(lambda: panel.state.text() == "Off")


def test_the_token_is_hidden_until_asked_for_copied_and_renewed(desk: Desk) -> None:
    panel = page(desk)
    assert panel.token.text() == HIDDEN
    panel.copy_token.click()
    token = QGuiApplication.clipboard().text()
    assert token == service_of(desk).token() == (desk.folder.root / "service.token").read_text().strip()
    panel.show_token.click()
    assert panel.token.text() == token
    panel.new_token.click()
    assert panel.token.text() == service_of(desk).token() != token
    panel.show_token.click()
    assert panel.token.text() == HIDDEN


def test_what_keeps_it_from_starting_is_told_on_the_page_and_in_the_banner(open_desk: OpenDesk) -> None:
    desk = open_desk(service_host="192.0.2.1", service_on="on")
    desk.wait(lambda: service_of(desk).state is ServiceState.FAILED)
    panel = page(desk)
    assert panel.state.text() == "Not started"
    assert panel.problem.text().startswith("This computer has no address 192.0.2.1.")
    desk.wait(lambda: "192.0.2.1" in desk.window.notice.sentence.text())


def test_what_another_program_asks_appears_in_the_list_and_in_view(desk: Desk) -> None:
    app = app_of(desk)

    async def ask(conversation: int, text: str) -> None:
        async with app.chat.turn(conversation, text, guest=Guest("another program", 60.0)) as events:
            async for _event in events:
                pass

    talk = result_of(desk, app.conversations.create())
    result_of(desk, ask(talk.id, "What is the weather like?"))
    chat = desk.window.chat
    desk.wait(lambda: "What is the weather like?" in chat.list.titles())
    desk.window.filling.conversing.go_to(talk.id, 0)
    desk.wait(lambda: "weather" in desk.transcript.text())
    result_of(desk, ask(talk.id, "And tomorrow?"))
    desk.wait(lambda: "And tomorrow?" in desk.transcript.text())


def test_a_window_whose_service_is_off_loads_nothing_of_it(desk: Desk) -> None:
    assert app_of(desk).make_service is not None
    closure = app_of(desk).make_service.__closure__
    assert closure is not None
    assert [cell.cell_contents for cell in closure if cell.cell_contents == []] == [[]]
