"""Reading: long conversations, selecting, copying, links, code, and what is never loaded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_agent.messages import Ending, Message, Role
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.pieces import Piece
from desktop_agent.ui.sight import LAID_OUT
from desktop_agent.ui.small_print import Act
from desktop_agent.ui.text_piece import TextPiece
from desktop_agent.ui.transcript import Transcript
from tests.ui.conftest import LIMIT_MS, Desk
from tests.ui.echo import EchoEngine


def message(number: int, text: str, role: Role = Role.ASSISTANT) -> Message:
    return Message(number, 1, role, text, 0.0, ending=Ending.COMPLETE if role is Role.ASSISTANT else None)


def long_conversation(count: int) -> list[Entry]:
    roles = (Role.USER, Role.ASSISTANT)
    return [Entry(message(n, f"message {n}\n" + "word " * (n % 90), roles[n % 2])) for n in range(count)]


def seen(transcript: Transcript) -> list[Entry]:
    """The messages on the screen, top to bottom."""
    found = []
    for y in range(0, transcript.viewport().height(), 10):
        entry = transcript.entry_at(y)
        if entry and entry[0] not in found:
            found.append(entry[0])
    return found


def drag(transcript: Transcript, start: QPoint, end: QPoint) -> None:
    viewport = transcript.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(viewport, (start + end) / 2)
    QTest.mouseMove(viewport, end)
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


def point_of(transcript: Transcript, entry: Entry, text: str, *, behind: bool = False) -> QPoint:
    """Where ``text`` stands in the viewport: its beginning, or behind its end."""
    corner = transcript.corner(transcript.entries.index(entry))
    for part, box in zip(entry.parts, entry.boxes, strict=True):
        place = part.text().find(text)
        if place >= 0:
            cursor = QTextCursor(part.document)
            cursor.setPosition(place + (len(text) if behind else 0))
            block = cursor.block()
            line = block.layout().lineForTextPosition(cursor.positionInBlock())
            above = part.document.documentLayout().blockBoundingRect(block).topLeft()
            x = line.cursorToX(cursor.positionInBlock())
            x = x[0] if isinstance(x, tuple) else x
            return (corner + box.topLeft() + above + QPointF(x, line.y() + line.height() / 2)).toPoint()
    raise AssertionError(text)


def spot(transcript: Transcript, entry: Entry, text: str) -> QPoint:
    """The middle of a word of the small print, in the viewport."""
    box = next(spot.box for spot in entry.spots if spot.text == text)
    return (transcript.corner(transcript.entries.index(entry)) + box.center()).toPoint()


def test_a_conversation_opens_at_its_end(transcript: Transcript) -> None:
    transcript.show_entries(long_conversation(300))
    assert seen(transcript)[-1] is transcript.entries[-1]
    assert transcript.at_end


@pytest.mark.parametrize("letters", [10, 78, 80, 82, 84, 86, 88, 90, 400])
def test_code_does_not_run_below_its_copy(transcript: Transcript, letters: int) -> None:
    transcript.show_entries([Entry(message(1, f"```\n{'x' * (letters // 2)} {'y' * (letters // 2)}\nz\n```"))])
    (entry,) = transcript.entries
    copy = next(spot for spot in entry.spots if spot.act is Act.COPY_CODE)
    assert entry.boxes[0].left() + entry.parts[0].first_line_width <= copy.box.left()


def test_ten_thousand_messages_are_not_all_laid_out(transcript: Transcript) -> None:
    transcript.show_entries(long_conversation(10_000))
    bar = transcript.verticalScrollBar()
    for place in range(0, bar.maximum(), bar.maximum() // 50):
        bar.setValue(place)
    assert sum(bool(entry.parts) for entry in transcript.entries) <= LAID_OUT


def test_scrolling_to_the_top_shows_the_first_message(transcript: Transcript) -> None:
    transcript.show_entries(long_conversation(500))
    transcript.setFocus()
    QTest.keyClick(transcript, Qt.Key.Key_Home)
    assert seen(transcript)[0] is transcript.entries[0]
    QTest.keyClick(transcript, Qt.Key.Key_End)
    assert seen(transcript)[-1] is transcript.entries[-1]


def test_scrolling_up_line_by_line_leaves_out_no_message(transcript: Transcript) -> None:
    transcript.show_entries(long_conversation(120))
    met = set(map(id, seen(transcript)))
    for _step in range(1000):
        if transcript.verticalScrollBar().value() == 0:
            break
        QTest.keyClick(transcript, Qt.Key.Key_Up)
        met |= set(map(id, seen(transcript)))
    assert transcript.verticalScrollBar().value() == 0
    assert len(met) == 120


def test_the_text_under_the_eyes_stays_where_it_is_when_the_window_is_resized(transcript: Transcript) -> None:
    transcript.show_entries(long_conversation(200))
    transcript.verticalScrollBar().setValue(transcript.verticalScrollBar().maximum() // 2)
    first = seen(transcript)[0]
    transcript.resize(500, 600)
    assert first in seen(transcript)[:2]


def test_new_text_scrolls_only_for_those_who_are_at_the_end(transcript: Transcript, qtbot: QtBot) -> None:
    answer = Entry(message(1000, ""))
    answer.growing = True
    transcript.show_entries([*long_conversation(60), answer])
    transcript.grow(answer, "line\n\n" * 60)
    qtbot.waitUntil(lambda: "line" in answer.text, timeout=LIMIT_MS)
    assert transcript.at_end
    transcript.verticalScrollBar().setValue(100)
    top = seen(transcript)[0]
    transcript.grow(answer, "more\n\n" * 60)
    qtbot.waitUntil(lambda: "more" in answer.text, timeout=LIMIT_MS)
    assert transcript.verticalScrollBar().value() == 100
    assert seen(transcript)[0] is top


def test_text_is_selected_with_the_mouse_and_copied_with_ctrl_c(transcript: Transcript) -> None:
    entry = Entry(message(1, "The **quick** brown fox\n\njumps over the dog."))
    transcript.show_entries([entry])
    drag(transcript, point_of(transcript, entry, "quick"), point_of(transcript, entry, "jumps", behind=True))
    QTest.keyClick(transcript, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "quick brown fox\njumps"


def test_a_selection_reaches_over_a_code_block(transcript: Transcript) -> None:
    entry = Entry(message(1, "before\n```\ncode()\n```\nafter"))
    transcript.show_entries([entry])
    drag(transcript, point_of(transcript, entry, "before"), point_of(transcript, entry, "after", behind=True))
    assert transcript.selected_text() == "before\n\ncode()\n\nafter"


def test_a_double_click_selects_a_word(transcript: Transcript) -> None:
    entry = Entry(message(1, "The quick brown fox"))
    transcript.show_entries([entry])
    QTest.mouseDClick(
        transcript.viewport(), Qt.MouseButton.LeftButton, pos=point_of(transcript, entry, "brown") + QPoint(6, 0)
    )
    assert transcript.selected_text() == "brown"


def test_ctrl_a_selects_the_message_the_keyboard_is_at(transcript: Transcript) -> None:
    transcript.show_entries([Entry(message(1, "first")), Entry(message(2, "second"))])
    transcript.setFocus()
    QTest.keyClick(transcript, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(transcript, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(transcript, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert transcript.selected_text() == "first"


def test_copy_beside_a_code_block_copies_the_code(transcript: Transcript) -> None:
    entry = Entry(message(1, "See:\n```python\na = 1\n\nb = 2\n```\nand\n```\nc\n```"))
    transcript.show_entries([entry])
    copies = [one for one in entry.spots if one.act is Act.COPY_CODE]
    corner = transcript.corner(0)
    QTest.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=(corner + copies[1].box.center()).toPoint())
    assert QGuiApplication.clipboard().text() == "c"
    QTest.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=(corner + copies[0].box.center()).toPoint())
    assert QGuiApplication.clipboard().text() == "a = 1\n\nb = 2"


def test_copy_below_an_answer_copies_it_as_it_was_written(transcript: Transcript) -> None:
    entry = Entry(message(1, "**bold** and `code`"))
    transcript.show_entries([entry])
    QTest.mouseClick(transcript.viewport(), Qt.MouseButton.LeftButton, pos=spot(transcript, entry, "Copy"))
    assert QGuiApplication.clipboard().text() == "**bold** and `code`"


def test_html_in_an_answer_is_shown_as_text(transcript: Transcript) -> None:
    entry = Entry(message(1, "Look: <b>bold</b> <script>alert(1)</script>\n\n<div>block</div>"))
    transcript.show_entries([entry])
    shown = "\n".join(part.text() for part in entry.parts)
    assert "<b>bold</b>" in shown and "<script>alert(1)</script>" in shown and "<div>block</div>" in shown


def test_a_picture_in_an_answer_is_not_loaded_but_named(qapp: object, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    piece = TextPiece(Piece(f"before ![the cat]({secret.as_uri()}) ![](http://127.0.0.1:9/x.png) after"))
    piece.set_width(400)
    assert "[the cat]" in piece.text()
    assert "\ufffc" not in piece.text()


def test_single_line_ends_of_an_answer_are_kept(qapp: object) -> None:
    piece = TextPiece(Piece("first line\nsecond line"))
    assert piece.text() == "first line\nsecond line"


def test_a_link_is_opened_only_after_asking(desk: Desk, echo: EchoEngine) -> None:
    echo.answers["link"] = "See [this](https://example.org/page) please."
    desk.ask("link")
    desk.answered()
    entry = desk.transcript.entries[-1]
    where = point_of(desk.transcript, entry, "this") + QPoint(5, 0)
    QTest.mouseClick(desk.transcript.viewport(), Qt.MouseButton.LeftButton, pos=where)
    desk.wait(lambda: desk.window.findChildren(QMessageBox))
    box = desk.window.findChildren(QMessageBox)[0]
    assert "https://example.org/page" in box.informativeText()
    box.reject()


def test_a_link_to_a_file_on_this_computer_is_not_opened(desk: Desk, echo: EchoEngine) -> None:
    echo.answers["link"] = "See [this](file:///etc/passwd) please."
    desk.ask("link")
    desk.answered()
    desk.transcript.link_wanted.emit("file:///etc/passwd")
    box = desk.window.findChildren(QMessageBox)[0]
    assert "not opened" in box.text()
    box.reject()


def test_the_menu_of_a_message_offers_what_its_small_print_does(desk: Desk) -> None:
    desk.ask("Remember that she prefers tea to coffee.")
    desk.answered()
    desk.transcript.menu_wanted.emit(desk.transcript.entries[-1], QPoint(100, 100))
    menu = next(menu for menu in desk.window.findChildren(QMenu) if menu.isVisible())
    offered = [action.text() for action in menu.actions()]
    assert {"Copy the whole message", "Select all", "Undo", "Try again"} <= set(offered)
    menu.close()


def test_the_newest_answer_is_told_to_a_screen_reader(desk: Desk) -> None:
    desk.ask("count to ten")
    desk.answered()
    assert "one two three" in desk.transcript.accessibleDescription()


def test_an_answer_shows_how_far_the_model_has_read(transcript: Transcript) -> None:
    answer = Entry(message(1, ""))
    answer.growing, answer.state = True, "Reading 320 of 1,450"
    transcript.show_entries([answer])
    assert [one.text for one in answer.spots] == ["Reading 320 of 1,450"]


def test_a_pasted_file_is_shown_in_part_until_all_of_it_is_wanted(transcript: Transcript) -> None:
    entry = Entry(message(1, "line\n" * 10_000, Role.USER))
    transcript.show_entries([entry])
    assert entry.height < transcript.viewport().height() * 40
    before = entry.height
    place = next(one for one in entry.spots if one.act is Act.SHOW_ALL)
    assert "50,000" in place.text
    transcript.act(place.act, entry)
    assert entry.height > before
    assert entry.parts[0].text().count("line") == 10_000


def test_two_hundred_thousand_letters_without_a_blank_do_not_hold_the_window_up(transcript: Transcript) -> None:
    entry = Entry(message(1, "x" * 200_000))
    started = time.process_time()
    transcript.show_entries([entry])
    transcript.viewport().repaint()
    assert time.process_time() - started < 2.0
