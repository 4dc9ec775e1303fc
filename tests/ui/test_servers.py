"""Servers in the window: connected on their page, chosen for one conversation, never without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)

from desktop_agent.inference import servers as servers_
from desktop_agent.memory.archive import Archive
from desktop_agent.messages import ServerModel
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Group
from desktop_agent.ui.servers_panel import ServersPanel
from desktop_agent.ui.top_bar import Dot, Tab
from tests.inference import loopback as lo
from tests.inference.loopback import Loopback, loopback
from tests.inference.test_servers import Drawer
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.parts import app_of, result_of


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    # What else listens on this computer is not asked by a test.
    monkeypatch.setattr(servers_.Servers.find_here, "__defaults__", ((),))
    before = keyring.get_keyring()
    keyring.set_keyring(Drawer())
    with loopback() as server:
        yield server
    keyring.set_keyring(before)


def texts(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels)


def open_panel(desk: Desk) -> ServersPanel:
    desk.window.filling.open_servers()
    desk.wait(lambda: desk.window.findChildren(ServersPanel))
    (panel,) = desk.window.findChildren(ServersPanel)
    return panel


def press(widget: QWidget, text: str) -> None:
    """Click the button with this text."""
    (button,) = [one for one in widget.findChildren(QAbstractButton) if one.text() == text and one.isVisible()]
    assert button.isEnabled()
    button.click()


def menu(desk: Desk, *words: str) -> list[QAction]:
    """The menu of models, opened anew, once all of ``words`` stand in it."""
    models = desk.window.filling.models
    old = models.menu
    desk.window.bar.model.click()
    desk.wait(lambda: models.menu is not None and models.menu is not old)
    desk.wait(lambda: set(words) <= {action.text() for action in models.menu.actions()})
    return models.menu.actions()


def choose(desk: Desk, name: str, *, say: str | None) -> None:
    """Choose a model in the menu; ``say`` is the button that answers the question, None when there is none."""
    models = desk.window.filling.models
    (action,) = [one for one in menu(desk, name) if one.text() == name]
    action.trigger()
    models.menu.close()
    if say is not None:
        box = desk.window.findChild(QMessageBox)
        assert box is not None and box.isVisible()
        press(box, say)
        desk.wait(lambda: not [one for one in desk.window.findChildren(QMessageBox) if one.isVisible()])


def chip(desk: Desk) -> str:
    return desk.window.bar.model.accessibleName()


def test_a_server_is_connected_tested_and_disconnected_on_its_page(desk: Desk, server: Loopback) -> None:
    panel = open_panel(desk)
    panel.address.setText(server.host)
    QTest.keyClick(panel.address, "\r")
    desk.wait(lambda: "Models: tiny, big." in texts(panel))
    assert "answers" in texts(panel) and "No conversation uses it." in texts(panel)
    assert panel.address.text() == ""
    server.listing = lo.status(500)
    press(panel, "Test connection")
    desk.wait(lambda: "does not answer" in texts(panel) and "failed (500)" in texts(panel))
    server.listing = lo.status(401)
    press(panel, "Test connection")
    desk.wait(lambda: "wants a key" in texts(panel) and "does not accept the key" in texts(panel))
    assert "does not answer" not in texts(panel)
    press(panel, "Disconnect")
    box = desk.window.findChild(QMessageBox)
    assert box.defaultButton().text() == "Cancel"  # its key would be gone
    press(box, "Disconnect")
    desk.wait(lambda: server.host not in texts(panel))
    assert server.asked == []


def test_an_address_that_is_none_is_told(desk: Desk, server: Loopback) -> None:
    panel = open_panel(desk)
    panel.address.setText("ftp://nowhere")
    press(panel, "Connect")
    desk.wait(lambda: "is not the address of a server" in desk.window.notice.sentence.text())
    assert panel.address.text() == "ftp://nowhere"


def test_a_server_on_this_computer_is_found_and_connected_with_one_click(
    desk: Desk, server: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers_.Servers.find_here, "__defaults__", ((server.port,),))
    panel = open_panel(desk)
    desk.wait(lambda: "found on this computer" in texts(panel))
    assert "tiny, big" in texts(panel)
    (button,) = [one for one in panel.findChildren(QPushButton) if one.accessibleName() == f"Connect {server.host}"]
    button.click()
    desk.wait(lambda: "Models: tiny, big." in texts(panel))
    desk.wait(lambda: "found on this computer" not in texts(panel))


def test_a_key_is_given_in_a_dialog_and_never_shown(desk: Desk, server: Loopback) -> None:
    panel = open_panel(desk)
    panel.address.setText(server.host)
    QTest.keyClick(panel.address, "\r")
    desk.wait(lambda: "Models:" in texts(panel))
    press(panel, "Key…")
    dialog = desk.window.findChild(QDialog)
    field = dialog.findChild(QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    QTest.keyClicks(field, "s3cret")
    press(dialog, "Save")
    desk.wait(lambda: "Its key is in the keyring of this computer." in texts(panel))
    assert server.keys[-1] == "Bearer s3cret"
    assert "s3cret" not in texts(desk.window)


def test_a_conversation_goes_to_a_server_only_after_a_word(open_desk: OpenDesk, server: Loopback) -> None:
    desk = open_desk(server_address=server.address)
    assert server.listed == 0
    choose(desk, "tiny", say="Cancel")
    desk.ask("stays here")
    desk.answered()
    assert desk.last_reply().engine == "echo"
    choose(desk, "tiny", say="Send it there")
    desk.wait(lambda: f"tiny on {server.host}" in chip(desk))
    desk.ask("goes there")
    desk.answered()
    assert desk.last_reply().engine == f"tiny @ {server.host}"
    assert [one["content"] for one in server.asked[0]["messages"][1:]] == ["stays here", "stays here", "goes there"]
    assert f"tiny on {server.host}" in [spot.text for spot in desk.transcript.entries[-1].spots]
    # A new chat stays on this computer until it is asked to go there.
    desk.window.filling.new_chat()
    desk.wait(lambda: server.host not in chip(desk))
    desk.ask("a new one")
    desk.answered()
    assert desk.last_reply().engine == "echo"
    assert len(server.asked) == 1


def test_a_new_chat_may_begin_on_a_server(open_desk: OpenDesk, server: Loopback) -> None:
    desk = open_desk(server_address=server.address)
    choose(desk, "big", say="Send it there")
    desk.wait(lambda: f"big on {server.host}" in chip(desk))
    desk.ask("hello")
    desk.answered()
    assert desk.last_reply().engine == f"big @ {server.host}"
    panel = open_panel(desk)
    desk.wait(lambda: "Used by: “hello”" in texts(panel))
    desk.window.show_tab(Tab.CHAT)
    choose(desk, "Built-in guide", say=None)
    desk.wait(lambda: server.host not in chip(desk))
    desk.ask("back here")
    desk.answered()
    assert desk.last_reply().engine == "echo"


def test_the_choice_is_there_when_the_conversation_is_opened_again(open_desk: OpenDesk, server: Loopback) -> None:
    desk = open_desk(server_address=server.address)
    choose(desk, "tiny", say="Send it there")
    desk.ask("hello")
    desk.answered()
    desk.close()
    desk = open_desk(server_address=server.address)
    desk.wait(lambda: f"tiny on {server.host}" in chip(desk))
    assert desk.window.filling.models.choice.current == ServerModel(server.address, "tiny")


def test_the_small_print_says_who_answered_instead_and_why(open_desk: OpenDesk, server: Loopback) -> None:
    desk = open_desk(server_address=server.address)
    choose(desk, "tiny", say="Send it there")
    server.answers = [lo.status(404, '{"error": "model is gone"}')]
    desk.ask("hello")
    desk.answered()
    small = [spot.text for spot in desk.transcript.entries[-1].spots]
    assert any("model is gone" in text for text in small)
    assert "answered by echo" in small
    # One failure is enough to be told: at the top, and on the page of the servers.
    model = desk.window.bar.model
    desk.wait(lambda: model.dot is Dot.BUSY)
    assert "model is gone" in model.toolTip() and "model is gone" in model.accessibleDescription()
    panel = open_panel(desk)
    desk.wait(lambda: "failed last time" in texts(panel))
    assert "The last question to it was not answered: " in texts(panel)
    desk.window.show_tab(Tab.CHAT)
    server.answers = [lo.say("Well again.")]
    desk.ask("hello?")
    desk.answered()
    desk.wait(lambda: model.dot is Dot.READY)
    assert "model is gone" not in model.toolTip() + model.accessibleDescription()


def test_the_page_is_found_in_the_settings_and_its_search(desk: Desk, server: Loopback) -> None:
    panel = open_panel(desk)
    pages = desk.window.pages.currentWidget().pages
    assert pages.groups[pages.list.currentRow()] is Group.REMOTE
    pages.search.setText("server wait")
    assert not panel.isVisible()
    pages.search.clear()
    desk.wait(panel.isVisible)


def test_a_long_name_does_not_make_the_page_wider_than_the_window(open_desk: OpenDesk, server: Loopback) -> None:
    long = "https://a-very-long-host-name.of-some-department.of-a-large-institution.example.org:8443/openai/v1"
    server.listing = lo.models(*(f"a-model-with-a-long-name-{number}-instruct-q4_k_m" for number in range(30)))
    desk = open_desk(server_address=server.address)
    # One that is not connected any more is shown and not asked: nothing of a test leaves this computer.
    result_of(desk, app_of(desk).conversations.create("Earlier", server=ServerModel(long, "big")))
    desk.window.resize(desk.window.minimumSize())
    panel = open_panel(desk)
    desk.wait(lambda: "(+ 24)" in texts(panel) and "not connected" in texts(panel))
    assert panel.minimumSizeHint().width() < desk.window.width() - 250


def test_servers_that_the_command_line_decides_are_not_changed_here(open_desk: OpenDesk, server: Loopback) -> None:
    desk = open_desk(server_address=server.address)
    panel = open_panel(desk)
    panel.address.setText("10.9.8.7")
    press(panel, "Connect")
    assert "decides the servers for this run" in panel.notice.sentence.text()
    assert app_of(desk).settings.stored(catalogue.SERVER_ADDRESS) is None


def test_imported_chats_go_to_their_server_again_only_when_that_is_pressed(
    desk: Desk, server: Loopback, tmp_path: Path
) -> None:
    app = app_of(desk)
    address = result_of(desk, app.servers.connect(server.address))
    chosen, file = ServerModel(address.text, "tiny"), tmp_path / "a.jsonl"
    talk = result_of(desk, app.conversations.create("Garden", server=chosen))
    result_of(desk, Archive(app.database, app.threads).export(file, [talk.id]))
    result_of(desk, app.conversations.delete(talk.id))
    desk.window.chat.list.import_wanted.emit()
    dialog = desk.window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(file))
    dialog.close()
    desk.wait(lambda: "stay on this computer" in desk.window.notice.sentence.text())
    (arrived,) = result_of(desk, app.conversations.all())
    assert arrived.server is None
    desk.window.chat.list.chosen.emit(arrived.id, 0)
    desk.wait(lambda: desk.window.filling.conversation == arrived.id)
    assert "tiny" not in chip(desk)
    assert desk.window.notice.action.text() == "Send them there again"
    desk.window.notice.act()
    desk.wait(lambda: "tiny" in chip(desk))
    assert result_of(desk, app.conversations.get(arrived.id)).server == chosen
