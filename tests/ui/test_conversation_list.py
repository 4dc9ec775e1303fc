"""Finding, naming and deleting conversations."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from desktop_agent.messages import Conversation, Hit, Message, Role
from desktop_agent.ui import theme
from desktop_agent.ui.conversation_list import ConversationList
from desktop_agent.ui.conversation_rows import paint_hit
from tests.ui.conftest import LIMIT_MS, Desk
from tests.ui.echo import EchoEngine
from tests.ui.parts import app_of, result_of


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
    desk.press("Ctrl+K")
    QTest.keyClicks(desk.window.focusWidget(), "three four")
    found = ["Messages", "count the apples: one two three four five six seven eight nine ten"]
    desk.wait(lambda: desk.window.chat.list.titles() == found)
    desk.window.chat.list.search.setText("生日")
    said = "奶奶的生日是哪天？: 奶奶的生日是哪天？"
    desk.wait(lambda: desk.window.chat.list.titles() == ["Chats", "奶奶的生日是哪天？", "Messages", said, said])
    desk.window.chat.list.search.setText("no such word")
    desk.wait(lambda: desk.window.chat.list.titles() == ["Nothing was found."])
    desk.window.chat.list.search.clear()
    desk.wait(lambda: len(desk.window.chat.list.titles()) == 3)


def test_a_found_message_opens_its_conversation(desk: Desk) -> None:
    two_conversations(desk)
    desk.window.chat.list.search.setText("four five")
    desk.wait(lambda: desk.window.chat.list.titles()[0] == "Messages")
    view = desk.window.chat.list.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    desk.wait(lambda: "apples" in desk.transcript.entries[0].text)


def test_enter_in_the_search_opens_what_is_found_first_and_its_row_stays_chosen(desk: Desk) -> None:
    two_conversations(desk)
    shown = desk.window.chat.list
    desk.press("Ctrl+K")
    QTest.keyClicks(desk.window.focusWidget(), "four five")
    # At once: the list still shows all chats then, of which none is meant.
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Return)
    desk.wait(lambda: "apples" in desk.transcript.entries[0].text)
    desk.wait(lambda: shown.titles()[0] == "Messages" and shown.view.currentIndex().row() == 1)
    assert desk.window.focusWidget() is shown.view


def test_what_was_found_is_in_sight_in_a_narrow_list(qtbot: object, qapp: object) -> None:
    before = "我叫王晓明，我的生日是五月三日，我对"
    for width in (120, 196, 320):
        picture = QPixmap(width, 30)
        picture.fill(QColor("white"))
        hit = Hit(
            Conversation(1, "t", 0.0, 0.0),
            Message(1, 1, Role.USER, "", 0.0),
            before + "花生过敏，我住在杭州，我在学校工作。",
            ((len(before), len(before) + 2),),
        )
        painter = QPainter(picture)
        paint_hit(painter, picture.rect(), hit)
        painter.end()
        image = picture.toImage()
        ground = QColor(theme.colours().accent_soft).rgb()
        marked = [x for x in range(width) for y in range(30) if image.pixelColor(x, y).rgb() == ground]
        assert marked and max(marked) < width - 1, width


def test_a_right_click_on_another_conversation_leaves_the_open_one_in_view(desk: Desk) -> None:
    two_conversations(desk)
    shown = desk.window.chat.list
    view, rows = shown.view, shown.view.model()
    opened = shown.current
    known = [rows.index(row, 0) for row in range(rows.rowCount()) if rows.conversation(rows.index(row, 0))]
    where = view.visualRect(next(one for one in known if rows.conversation(one).id != opened)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=where)
    assert shown.current == opened
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desk.wait(lambda: shown.current != opened)


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
    qtbot.waitUntil(lambda: shown.view.verticalScrollBar().maximum() > 500, timeout=LIMIT_MS)
    shown.view.verticalScrollBar().setValue(400)
    shown.show_conversations([replace(many[0], title="renamed"), *many[1:]])
    assert "renamed" in shown.titles()
    assert shown.view.verticalScrollBar().value() == 400


def press_delete(desk: Desk) -> None:
    view = desk.window.chat.list.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Delete)


def click(desk: Desk, text: str) -> None:
    """Press a button of the question that is asked."""
    desk.wait(lambda: desk.window.findChildren(QMessageBox))
    box = desk.window.findChildren(QMessageBox)[0]
    next(one for one in box.buttons() if one.text() == text).click()
    desk.wait(lambda: not desk.window.findChildren(QMessageBox))


def menu_texts(desk: Desk) -> list[str]:
    """What the menu of the chosen row offers."""
    view = desk.window.chat.list.view
    view.customContextMenuRequested.emit(view.visualRect(view.currentIndex()).center())
    menu = next(menu for menu in desk.window.chat.list.findChildren(QMenu) if menu.isVisible())
    texts = [action.text() for action in menu.actions() if action.text()]
    menu.close()
    return texts


def test_a_deleted_conversation_goes_into_the_trash_and_undo_brings_it_back(desk: Desk) -> None:
    two_conversations(desk)
    press_delete(desk)
    desk.wait(lambda: desk.window.chat.list.titles() == ["Today", "count the apples"])
    assert not desk.transcript.entries
    assert "生日" in desk.window.notice.sentence.text()
    desk.window.notice.act()
    desk.wait(lambda: len(desk.window.chat.list.titles()) == 3)


def test_the_trash_shows_what_was_deleted_and_empties_only_after_asking(desk: Desk) -> None:
    two_conversations(desk)
    shown = desk.window.chat.list
    press_delete(desk)
    desk.wait(lambda: len(shown.titles()) == 2)
    link = next(one for one in shown.findChildren(QPushButton) if one.text() == "Trash (1)")
    link.click()
    desk.wait(lambda: shown.titles() == ["Trash · Today", "奶奶的生日是哪天？"])
    shown.view.setCurrentIndex(shown.view.model().index(1, 0))
    assert menu_texts(desk) == ["Put back", "Delete for good…", "Empty the trash…"]
    shown.empty_wanted.emit()
    desk.wait(lambda: shown.window().findChildren(QMessageBox))
    # Enter empties nothing: what would be gone is gone for good.
    assert shown.window().findChildren(QMessageBox)[0].defaultButton().text() == "Cancel"
    click(desk, "Empty")
    desk.wait(lambda: shown.titles() == ["Today", "count the apples"])
    assert not link.isVisible()
    assert result_of(desk, app_of(desk).filing.thrown_away()) == ()


def test_what_was_remembered_from_a_deleted_conversation_is_asked_about(desk: Desk) -> None:
    desk.ask("Remember that the printer needs the old driver.")
    desk.answered()
    desk.ask("hello")
    desk.answered()
    press_delete(desk)
    click(desk, "Keep the memories")
    desk.wait(lambda: desk.window.chat.list.titles() == [])
    assert result_of(desk, app_of(desk).notes.count()) == 1
    desk.window.notice.act()
    desk.wait(lambda: len(desk.window.chat.list.titles()) == 2)
    desk.window.chat.list.view.setCurrentIndex(desk.window.chat.list.view.model().index(1, 0))
    press_delete(desk)
    click(desk, "Forget them too")
    desk.wait(lambda: desk.window.chat.list.titles() == [])
    assert result_of(desk, app_of(desk).notes.count()) == 0


def test_a_pinned_conversation_stays_on_top(desk: Desk) -> None:
    two_conversations(desk)
    shown = desk.window.chat.list
    first = shown.view.model().index(2, 0)
    shown.view.setCurrentIndex(first)
    assert menu_texts(desk)[0] == "Pin to the top"
    shown.pin_wanted.emit(shown.current, True)
    desk.wait(lambda: shown.titles() == ["Pinned", "count the apples", "Today", "奶奶的生日是哪天？"])
    assert menu_texts(desk)[0] == "Unpin"
    shown.pin_wanted.emit(shown.current, False)
    desk.wait(lambda: "Pinned" not in shown.titles())


def test_conversations_go_to_a_file_and_come_back(desk: Desk, tmp_path: Path) -> None:
    two_conversations(desk)
    shown, file = desk.window.chat.list, tmp_path / "聊天 chats.jsonl"
    shown.export_wanted.emit(0)
    dialog = desk.window.findChild(QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.close()
    desk.wait(file.exists)
    desk.wait(lambda: str(file) in desk.window.notice.sentence.text())
    app = app_of(desk)
    for conversation in result_of(desk, app.conversations.all()):
        result_of(desk, app.conversations.delete(conversation.id))
    shown.import_wanted.emit()
    dialog = desk.window.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(file))
    dialog.close()
    desk.wait(lambda: sorted(shown.titles())[1:] == ["count the apples", "奶奶的生日是哪天？"])
    desk.wait(lambda: "2 chats imported" in desk.window.notice.sentence.text())


def test_deleting_the_conversation_that_is_being_answered_ends_the_answer(desk: Desk, echo: EchoEngine) -> None:
    two_conversations(desk)
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    desk.window.chat.list.delete_wanted.emit(desk.window.filling.conversation)
    desk.wait(lambda: desk.window.chat.list.titles() == ["Today", "count the apples"])
    desk.wait(lambda: not desk.window.filling.turns.live)
    assert "trash" in desk.window.notice.sentence.text()


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
    desk.window.chat.list.chosen.emit(first, 0)
    desk.wait(lambda: "ten" in desk.transcript.text() and "生日" in desk.transcript.text())


def test_coming_back_to_an_answer_that_still_runs_shows_it_growing(desk: Desk, echo: EchoEngine) -> None:
    two_conversations(desk)
    first = desk.window.filling.conversation
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    QTest.keyClick(desk.window.chat.list.view, Qt.Key.Key_Down)
    desk.wait(lambda: "apples" in desk.transcript.text())
    desk.window.chat.list.chosen.emit(first, 0)
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
    assert desk.transcript.entries[-1].remembered == ()
    desk.press("Ctrl+N")
    desk.wait(lambda: not desk.transcript.entries)
    assert "on" in desk.composer.memory.text()
