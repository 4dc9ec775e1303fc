"""Writing, sending, stopping, and what is there when the window opens again."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_agent.messages import LONGEST_MESSAGE, Ending
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.echo import EchoEngine
from tests.ui.parts import app_of, result_of


def test_enter_sends_and_the_answer_appears(desk: Desk) -> None:
    desk.type("count to ten")
    desk.press("Return")
    desk.answered()
    assert "one two three" in desk.transcript.text()
    assert desk.composer.text() == ""
    assert desk.last_reply().ending is Ending.COMPLETE


def test_shift_enter_starts_a_new_line(desk: Desk) -> None:
    desk.type("one")
    desk.press("Shift+Return")
    desk.type("two")
    assert desk.composer.text() == "one\ntwo"
    assert not desk.transcript.entries


def test_while_keys_are_pressed_the_model_leaves_a_core_to_the_window(desk: Desk) -> None:
    engines = app_of(desk).engines
    desk.type("hello")
    assert engines._typing
    desk.press("Return")
    assert not engines._typing  # what was sent is read with all cores
    desk.answered()
    desk.type("and")
    assert engines._typing
    desk.wait(lambda: not engines._typing)


def test_an_empty_message_cannot_be_sent(desk: Desk) -> None:
    desk.composer.write("  \n ")
    assert not desk.composer.send.isEnabled()
    desk.press("Return")
    assert not desk.transcript.entries


def test_the_enter_that_ends_a_chinese_word_does_not_send(desk: Desk) -> None:
    field = desk.composer.field
    QApplication.sendEvent(field, QInputMethodEvent("nihao", []))
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
    assert not desk.transcript.entries
    commit = QInputMethodEvent()
    commit.setCommitString("你好")
    QApplication.sendEvent(field, commit)
    assert desk.composer.text() == "你好"
    desk.press("Return")
    desk.answered()
    assert desk.transcript.entries[0].text == "你好"


def test_esc_keeps_what_was_already_said(desk: Desk, echo: EchoEngine) -> None:
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    desk.press("Esc")
    desk.answered()
    assert desk.last_reply().ending is Ending.STOPPED
    assert desk.last_reply().text.strip() == "one two three"


def test_send_is_stop_while_an_answer_runs(desk: Desk, echo: EchoEngine) -> None:
    echo.waits_after = "two"
    desk.ask("count to ten")
    desk.wait(lambda: desk.composer.send.text() == "Stop" and "two" in desk.transcript.text())
    QTest.mouseClick(desk.composer.send, Qt.MouseButton.LeftButton)
    desk.answered()
    assert desk.composer.send.text() == "Send"
    assert desk.last_reply().ending is Ending.STOPPED


def test_a_message_written_while_an_answer_runs_is_sent_after_it(desk: Desk, echo: EchoEngine) -> None:
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    desk.ask("and then?")
    assert desk.composer.text() == "and then?"
    assert "after" in desk.composer.hint.text()
    echo.go.set()
    desk.wait(lambda: len(desk.transcript.entries) == 4)
    desk.answered()
    assert desk.transcript.entries[2].text == "and then?"
    assert desk.composer.text() == ""


def test_closing_and_opening_again_shows_the_same_conversation(open_desk: OpenDesk) -> None:
    first = open_desk()
    first.ask("count to ten")
    first.answered()
    shown = first.transcript.text()
    first.composer.write("half a thought")
    first.close()
    second = open_desk()
    assert second.transcript.text() == shown
    assert second.composer.text() == "half a thought"


def test_what_is_being_written_survives_a_power_cut(desk: Desk) -> None:
    desk.type("half a thought")
    desk.wait(lambda: desk.folder.state.exists() and "half a thought" in desk.folder.state.read_text("utf-8"))


def test_closing_while_an_answer_runs_keeps_the_part_that_was_said(open_desk: OpenDesk, echo: EchoEngine) -> None:
    first = open_desk()
    echo.waits_after = "three"
    first.ask("count to ten")
    first.wait(lambda: "three" in first.transcript.text())
    first.close()
    second = open_desk()
    assert second.last_reply().text.strip() == "one two three"
    assert second.last_reply().ending is Ending.STOPPED


def test_a_megabyte_on_the_clipboard_is_refused_and_what_was_written_stays(desk: Desk) -> None:
    desk.composer.write("my words ")
    data = QMimeData()
    data.setText("x" * 1_000_000)
    QGuiApplication.clipboard().setMimeData(data)
    desk.press("Ctrl+V")
    assert desk.composer.text() == "my words "
    assert "200,000" in desk.window.notice.sentence.text()


def test_a_message_that_is_too_long_is_not_sent_and_not_lost(desk: Desk) -> None:
    text = "word\n" * (LONGEST_MESSAGE // 5 + 1)
    desk.composer.write(text)
    desk.press("Return")
    assert desk.composer.text() == text
    assert not desk.transcript.entries
    assert desk.window.notice.isVisible()


def test_a_lone_surrogate_is_shown_as_a_sign_and_answered(desk: Desk) -> None:
    desk.ask("broken \ud83d letter")
    desk.answered()
    asked = desk.transcript.entries[0].text
    assert asked.startswith("broken ") and asked.endswith(" letter")
    assert asked.encode()


def test_a_message_that_cannot_be_stored_comes_back_into_the_field(desk: Desk) -> None:
    desk.ask("first")
    desk.answered()
    conversation = desk.window.filling.conversation
    gone = desk.window.filling.work.start(desk.window.filling.app.conversations.delete(conversation))
    desk.wait(gone.done)
    desk.ask("second")
    desk.wait(lambda: desk.composer.text() == "second")
    assert desk.window.notice.isVisible()
    assert [entry.text for entry in desk.transcript.entries][-1] != "second"


def test_what_was_remembered_is_shown_and_can_be_undone(desk: Desk) -> None:
    desk.ask("Remember that she prefers tea to coffee.")
    desk.answered()
    texts = [spot.text for spot in desk.transcript.entries[-1].spots]
    assert any("tea" in text and text.startswith("Remembered") for text in texts)
    undo = next(spot for spot in desk.transcript.entries[-1].spots if spot.text == "Undo")
    desk.transcript.act(undo.act, desk.transcript.entries[-1])
    desk.wait(lambda: any(spot.text == "Not remembered" for spot in desk.transcript.entries[-1].spots))


def test_each_of_several_facts_is_shown_and_can_be_taken_back_by_itself(desk: Desk) -> None:
    desk.ask("My name is Li Na, I live in Xi'an and I'm allergic to peanuts.")
    desk.answered()
    entry = desk.transcript.entries[-1]
    shown = [spot.text for spot in entry.spots if spot.text.startswith("Remembered")]
    assert [text.removeprefix("Remembered: ") for text in shown] == [
        "My name is Li Na.",
        "I live in Xi'an.",
        "I'm allergic to peanuts.",
    ]
    undo = [spot for spot in entry.spots if spot.text == "Undo"]
    assert "Xi'an" in undo[1].says
    desk.transcript.act(undo[1].act, entry, undo[1].number)
    desk.wait(lambda: any(spot.text == "Not remembered" for spot in entry.spots))
    assert sum(spot.text.startswith("Remembered") for spot in entry.spots) == 2


def test_what_takes_the_place_of_an_older_note_says_so_and_undo_brings_that_back(desk: Desk) -> None:
    desk.ask("Remember that my sister's name is Ann.")
    desk.answered()
    desk.ask("Remember that my sister's name is Anna.")
    desk.answered()
    told = "Remembered: my sister's name is Anna (instead of: my sister's name is Ann)"

    def newest() -> list[str]:
        return [spot.text for spot in desk.transcript.entries[-1].spots]

    assert told.lower() in [text.lower() for text in newest()]
    conversation = desk.window.filling.conversation
    desk.window.filling.conversing.new()
    desk.wait(lambda: not desk.transcript.entries)
    desk.window.filling.conversing.go_to(conversation, 0)
    desk.wait(lambda: desk.transcript.entries)
    assert told.lower() in [text.lower() for text in newest()]
    undo = next(spot for spot in desk.transcript.entries[-1].spots if spot.text == "Undo")
    desk.transcript.act(undo.act, desk.transcript.entries[-1])
    desk.wait(lambda: "again: my sister's name is ann." in [text.lower() for text in newest()])
    (note,) = result_of(desk, app_of(desk).notes.all())
    assert note.text.lower() == "my sister's name is ann."


def test_what_a_model_thinks_first_is_folded_away(desk: Desk, echo: EchoEngine) -> None:
    echo.answers["why"] = "<think>They ask why. I say so.</think>\n\nBecause."
    desk.ask("why")
    desk.answered()
    entry = desk.transcript.entries[-1]
    assert (entry.text, entry.thoughts) == ("Because.", "They ask why. I say so.")
    assert "They ask" not in "".join(part.piece.text for part in entry.parts)
    spot = next(spot for spot in entry.spots if spot.text == "Show the thoughts")
    desk.transcript.act(spot.act, entry)
    entry.measure(desk.transcript.column)
    assert "They ask why." in "".join(part.piece.text for part in entry.parts)
    desk.transcript.act(spot.act, entry)
    entry.measure(desk.transcript.column)
    assert "They ask" not in "".join(part.piece.text for part in entry.parts)


def test_thoughts_are_still_there_when_the_chat_is_opened_again(desk: Desk, echo: EchoEngine) -> None:
    echo.answers["why"] = "<think>They ask why. I say so.</think>\n\nBecause."
    desk.ask("why")
    desk.answered()
    filling = desk.window.filling
    assert filling is not None and filling.conversation is not None
    talk = filling.conversation
    filling.new_chat()
    desk.wait(lambda: not len(desk.transcript.entries))
    filling.work.start(filling.conversing.open(talk))
    desk.wait(lambda: len(desk.transcript.entries) == 2)
    entry = desk.transcript.entries[-1]
    assert (entry.text, entry.thoughts, entry.thoughts_shown) == ("Because.", "They ask why. I say so.", False)
    entry.measure(desk.transcript.column)
    assert "Show the thoughts" in [spot.text for spot in entry.spots]
