"""Finding, naming and deleting conversations."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_agent.messages import Conversation
from desktop_agent.ui.conversation_list import ConversationList
from tests.ui.conftest import Desk
from tests.ui.echo import EchoEngine


def two_conversations(desk: Desk) -> None:
    desk.ask("count the apples")
    desk.answered()
    desk.press("Ctrl+N")
    desk.wait(lambda: not desk.transcript.entries)
    desk.ask("奶奶的生日是哪天？")
    desk.answered()
    desk.wait(lambda: len(desk.window.chat.list.titles()) == 3)


def test_conversations_stand_below_their_day(qtbot: object, qapp: object) -> None:
    shown = ConversationList()
    now, day = time.time(), 86_400
    shown.show_conversations([Conversation(1, "new", now, now), Conversation(2, "", now - day, now - day)])
    assert shown.titles() == ["Today", "new", "Yesterday", "New chat"]


def test_the_list_appears_with_the_first_conversation(desk: Desk) -> None:
    assert not desk.window.chat.list_shown
    desk.ask("hello")
    desk.answered()
    desk.wait(lambda: desk.window.chat.list_shown)
    assert desk.window.chat.list.titles() == ["Today", "hello"]


def test_a_conversation_is_opened_with_the_keyboard(desk: Desk) -> None:
    two_conversations(desk)
    desk.window.chat.list.view.setFocus()
    QTest.keyClick(desk.window.chat.list.view, Qt.Key.Key_Down)
    desk.wait(lambda: "apples" in desk.transcript.entries[0].text)


def test_the_search_looks_into_the_messages(desk: Desk) -> None:
    two_conversations(desk)
    desk.press("Ctrl+F")
    QTest.keyClicks(desk.window.focusWidget(), "three four")
    desk.wait(lambda: desk.window.chat.list.titles() == ["Today", "count the apples"])
    desk.window.chat.list.search.setText("生日")
    desk.wait(lambda: desk.window.chat.list.titles() == ["Today", "奶奶的生日是哪天？"])
    desk.window.chat.list.search.clear()
    desk.wait(lambda: len(desk.window.chat.list.titles()) == 3)


def test_f2_renames_a_conversation(desk: Desk) -> None:
    two_conversations(desk)
    view = desk.window.chat.list.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_F2)
    editor = view.findChild(QLineEdit)
    editor.setText("Birthday")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.wait(lambda: "Birthday" in desk.window.chat.list.titles())


def test_the_list_stays_where_it_is_when_an_answer_ends(qtbot: QtBot, qapp: object) -> None:
    shown = ConversationList()
    qtbot.addWidget(shown)
    shown.resize(236, 300)
    shown.show()
    now = time.time()
    many = [Conversation(n, f"chat {n}", now - n, now - n) for n in range(60)]
    shown.show_conversations(many)
    shown.choose(0)
    qtbot.waitUntil(lambda: shown.view.verticalScrollBar().maximum() > 500)
    shown.view.verticalScrollBar().setValue(400)
    shown.show_conversations([replace(many[0], title="renamed"), *many[1:]])
    assert "renamed" in shown.titles()
    assert shown.view.verticalScrollBar().value() == 400


def test_delete_asks_first_and_then_deletes(desk: Desk) -> None:
    two_conversations(desk)
    view = desk.window.chat.list.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    box = desk.window.findChildren(QMessageBox)[0]
    assert "生日" in box.text()
    assert len(desk.window.chat.list.titles()) == 3
    next(one for one in box.buttons() if one.text() == "Delete").click()
    desk.wait(lambda: desk.window.chat.list.titles() == ["Today", "count the apples"])
    assert desk.transcript.entries == []


def test_deleting_the_conversation_that_is_being_answered_ends_the_answer(desk: Desk, echo: EchoEngine) -> None:
    two_conversations(desk)
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    desk.window.chat.list.delete_wanted.emit(desk.window.filling.conversation)
    box = desk.window.findChildren(QMessageBox)[0]
    next(one for one in box.buttons() if one.text() == "Delete").click()
    desk.wait(lambda: desk.window.chat.list.titles() == ["Today", "count the apples"])
    assert not desk.window.notice.isVisible()


def test_an_answer_goes_on_while_another_conversation_is_read(desk: Desk, echo: EchoEngine) -> None:
    two_conversations(desk)
    first = desk.window.filling.conversation
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    QTest.keyClick(desk.window.chat.list.view, Qt.Key.Key_Down)
    desk.wait(lambda: "apples" in desk.transcript.text())
    assert desk.composer.send.text() == "Send"
    echo.go.set()
    desk.wait(lambda: not desk.window.filling.turns.live)
    desk.window.chat.list.chosen.emit(first)
    desk.wait(lambda: "ten" in desk.transcript.text() and "生日" in desk.transcript.text())


def test_coming_back_to_an_answer_that_still_runs_shows_it_growing(desk: Desk, echo: EchoEngine) -> None:
    two_conversations(desk)
    first = desk.window.filling.conversation
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    QTest.keyClick(desk.window.chat.list.view, Qt.Key.Key_Down)
    desk.wait(lambda: "apples" in desk.transcript.text())
    desk.window.chat.list.chosen.emit(first)
    desk.wait(lambda: desk.transcript.entries[-1].growing)
    assert desk.transcript.entries[-1].text.strip() == "one two three"
    assert desk.composer.send.text() == "Stop"
    desk.press("Esc")
    desk.answered()


def test_notes_can_be_switched_off_for_one_conversation(desk: Desk) -> None:
    desk.ask("hello")
    desk.answered()
    desk.composer.memory.click()
    assert "off" in desk.composer.memory.text()
    desk.ask("Remember that the printer needs the old driver.")
    desk.answered()
    assert desk.transcript.entries[-1].remembered is None
    desk.press("Ctrl+N")
    desk.wait(lambda: not desk.transcript.entries)
    assert "on" in desk.composer.memory.text()
