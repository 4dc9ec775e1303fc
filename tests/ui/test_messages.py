"""What can be done with messages: asked otherwise, answered again, gone on with, given files and a manner."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QPushButton

from desktop_agent.messages import Ending, Role
from desktop_agent.settings import catalogue
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.manner_dialog import MannerDialog
from desktop_agent.ui.small_print import Act
from desktop_agent.ui.top_bar import Tab
from tests.documents.files import pdf
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.echo import EchoEngine
from tests.ui.parts import app_of, result_of


def texts(desk: Desk) -> list[str]:
    return [entry.text for entry in desk.transcript.entries]


def point(desk: Desk, entry: Entry, act: Act) -> QPoint:
    """The middle of a word of a message, on the screen."""
    entry.measure(desk.transcript.column)
    spot = next(spot for spot in (*entry.spots, *entry.beside) if spot.act is act)
    return (desk.transcript.corner(entry.place) + spot.box.center()).toPoint()


def click(desk: Desk, entry: Entry, act: Act) -> None:
    """Click a word of a message."""
    where = point(desk, entry, act)
    QTest.mouseMove(desk.transcript.viewport(), where)
    QTest.mouseClick(desk.transcript.viewport(), Qt.MouseButton.LeftButton, pos=where)


def ask_twice(desk: Desk) -> None:
    for text in ("first question", "second question"):
        desk.ask(text)
        desk.answered()


def test_a_question_can_be_asked_otherwise_and_the_old_way_is_kept(desk: Desk) -> None:
    ask_twice(desk)
    desk.composer.write("something else")
    click(desk, desk.transcript.entries[0], Act.EDIT)
    assert desk.composer.text() == "first question"
    QTest.keyClicks(desk.composer.field, " in other words")
    desk.press("Return")
    desk.wait(lambda: len(desk.transcript.entries) == 2)
    desk.answered()
    assert texts(desk) == ["first question in other words"] * 2
    assert desk.composer.text() == "something else"  # what was being written comes back
    desk.wait(lambda: desk.transcript.entries[0].versions)
    click(desk, desk.transcript.entries[0], Act.OLDER)
    desk.wait(lambda: len(desk.transcript.entries) == 4)
    assert texts(desk)[::2] == ["first question", "second question"]
    click(desk, desk.transcript.entries[0], Act.NEWER)
    desk.wait(lambda: texts(desk) == ["first question in other words"] * 2)


def test_changing_a_question_can_be_given_up(desk: Desk) -> None:
    ask_twice(desk)
    desk.composer.write("a draft")
    click(desk, desk.transcript.entries[2], Act.EDIT)
    cancel = next(one for one in desk.composer.tray.editing.findChildren(QPushButton) if one.text() == "Cancel")
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert desk.composer.text() == "a draft"
    assert desk.composer.editing is None


def test_try_again_keeps_both_answers(desk: Desk, echo: EchoEngine) -> None:
    desk.ask("hello")
    desk.answered()
    echo.answers["hello"] = "another answer"
    click(desk, desk.transcript.entries[-1], Act.TRY_AGAIN)
    desk.wait(lambda: texts(desk) == ["hello", "another answer"])
    desk.answered()
    desk.wait(lambda: any(spot.text == "2 / 2" for spot in desk.transcript.entries[-1].spots))
    click(desk, desk.transcript.entries[-1], Act.OLDER)
    desk.wait(lambda: texts(desk) == ["hello", "hello"])
    assert echo.prompts[-1] == echo.prompts[-2]  # the same prompt: nothing is read twice


def test_a_stopped_answer_goes_on_where_it_ended(desk: Desk, echo: EchoEngine) -> None:
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    desk.press("Esc")
    desk.answered()
    echo.waits_after = None
    answer = desk.transcript.entries[-1]
    click(desk, answer, Act.CONTINUE)
    desk.wait(lambda: "ten" in texts(desk)[-1])
    desk.answered()
    assert texts(desk) == ["count to ten", "one two three four five six seven eight nine ten"]
    assert desk.last_reply().ending is Ending.COMPLETE and desk.last_reply().id == answer.message.id
    assert [message.role for message in echo.prompts[-1][-2:]] == [Role.USER, Role.ASSISTANT]


def test_while_an_answer_runs_nothing_else_is_begun_in_its_chat(desk: Desk, echo: EchoEngine) -> None:
    desk.ask("hello")
    desk.answered()
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    click(desk, desk.transcript.entries[0], Act.EDIT)
    assert desk.composer.editing is None
    echo.go.set()
    desk.answered()


def test_words_beside_a_question_are_in_its_menu_for_the_keyboard(desk: Desk) -> None:
    ask_twice(desk)
    desk.transcript.menu_wanted.emit(desk.transcript.entries[0], QPoint(100, 100))
    menu = next(menu for menu in desk.window.findChildren(QMenu) if menu.isVisible())
    next(action for action in menu.actions() if action.text() == "Edit").trigger()
    assert desk.composer.text() == "first question"
    menu.close()


def test_each_chat_keeps_what_is_being_written_in_it(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.ask("hello")
    desk.answered()
    first = desk.window.filling.conversation
    desk.type("half a sentence")
    desk.press("Ctrl+N")
    desk.wait(lambda: desk.window.filling.conversation is None and desk.composer.text() == "")
    desk.type("another thought")
    desk.window.chat.list.chosen.emit(first, 0)
    desk.wait(lambda: desk.composer.text() == "half a sentence")
    desk.close()
    again = open_desk()
    assert again.composer.text() == "half a sentence"
    again.press("Ctrl+N")
    again.wait(lambda: again.composer.text() == "another thought")


def test_a_file_is_read_placed_and_still_there_tomorrow(open_desk: OpenDesk, echo: EchoEngine, tmp_path: Path) -> None:
    path = tmp_path / "会议 plan.txt"
    path.write_text("The meeting is on Friday.", "utf-8")
    desk = open_desk()
    desk.composer.files_given.emit([str(path)])
    desk.wait(lambda: desk.composer.files)
    assert desk.composer.files[0].name == "会议 plan.txt"
    desk.ask("When is it?")
    desk.answered()
    assert desk.composer.files == ()
    question = desk.transcript.entries[0]
    assert [spot.text for spot in question.spots] == ["会议 plan.txt"]
    assert "on Friday" in echo.prompts[-1][-1].content
    desk.close()
    again = open_desk()
    again.wait(lambda: again.transcript.entries)
    click(again, again.transcript.entries[0], Act.SHOW_FILE)
    menu = next(menu for menu in again.window.findChildren(QMenu) if menu.isVisible())
    assert [action.text() for action in menu.actions()] == ["All of it was shown to the model."]
    menu.close()


def test_a_message_waits_for_its_file_and_a_file_that_is_not_sent_stays_with_the_draft(
    open_desk: OpenDesk, tmp_path: Path
) -> None:
    desk = open_desk()
    desk.composer.files_given.emit([str(pdf(tmp_path / "manual.pdf", ["page one", "page two"]))])
    assert desk.composer.tray.reading
    desk.ask("what is it?")
    assert desk.composer.text() == "what is it?"
    desk.wait(lambda: len(desk.transcript.entries) == 2)
    desk.answered()
    assert [file.name for file in desk.transcript.entries[0].message.files] == ["manual.pdf"]
    desk.composer.files_given.emit([str(pdf(tmp_path / "other.pdf", ["three"]))])
    desk.wait(lambda: desk.composer.files)
    desk.close()
    again = open_desk()
    again.wait(lambda: [file.name for file in again.composer.files] == ["other.pdf"])
    close = next(one for one in again.composer.tray.findChildren(QPushButton) if "other.pdf" in one.accessibleName())
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    again.wait(lambda: not again.composer.files)


def test_what_is_written_stays_with_its_conversation_when_another_is_clicked(desk: Desk, tmp_path: Path) -> None:
    desk.ask("the older one")
    desk.answered()
    desk.press("Ctrl+N")
    desk.wait(lambda: not desk.transcript.entries)
    desk.ask("the newer one")
    desk.answered()
    view = desk.window.chat.list.view

    def click_row(title: str) -> None:
        rows = [view.model().index(row, 0) for row in range(view.model().rowCount())]
        row = next(row for row in rows if row.data() == title)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(row).center())
        desk.wait(lambda: texts(desk)[:1] == [title])

    QTest.keyClicks(desk.composer.field, "half a thought")
    desk.composer.files_given.emit([str(pdf(tmp_path / "manual.pdf", ["page one"]))])
    desk.wait(lambda: desk.composer.files)
    click_row("the older one")
    desk.wait(lambda: desk.composer.text() == "" and not desk.composer.files)
    QTest.keyClicks(desk.composer.field, "another thought")
    click_row("the newer one")
    desk.wait(lambda: desk.composer.text() == "half a thought")
    desk.wait(lambda: [file.name for file in desk.composer.files] == ["manual.pdf"])
    click_row("the older one")
    desk.wait(lambda: desk.composer.text() == "another thought")


def test_files_dropped_on_the_window_are_attached_and_a_model_is_offered(desk: Desk, tmp_path: Path) -> None:
    note, model = tmp_path / "note.md", tmp_path / "model.gguf"
    note.write_text("# Note")
    model.write_bytes(b"GGUF")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (note, model, tmp_path)])
    copy, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    desk.window.show_tab(Tab.MONITOR)
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(50, 50), copy, data, button, none))
    assert desk.composer.hint.text() == "drop it to attach it"
    QApplication.sendEvent(desk.window, QDragLeaveEvent())
    assert desk.composer.hint.text() == ""
    QApplication.sendEvent(desk.window, QDragEnterEvent(QPoint(50, 50), copy, data, button, none))
    QApplication.sendEvent(desk.window, QDropEvent(QPointF(50, 50), copy, data, button, none))
    assert desk.composer.hint.text() == ""
    desk.wait(lambda: [file.name for file in desk.composer.files] == ["note.md"])
    assert desk.window.pages.currentWidget() is desk.window.chat
    box = desk.window.findChildren(QMessageBox)[0]
    assert "model.gguf" in box.text()
    box.reject()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", b"", "is empty"),
        ("picture.pdf", b"%PDF-1.4 nothing", "is damaged"),
        ("two\nlines.txt", b"", "two lines.txt is empty"),
    ],
)
def test_a_file_that_cannot_be_read_gets_a_sentence(
    desk: Desk, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    desk.composer.files_given.emit([str(tmp_path / name)])
    desk.wait(lambda: desk.window.notice.isVisible())
    assert sentence in desk.window.notice.sentence.text()
    assert not desk.composer.tray.isVisible()


def test_a_file_that_is_attached_once_more_is_there_once_and_another_of_its_name_beside_it(
    desk: Desk, tmp_path: Path
) -> None:
    first, other = tmp_path / "a.txt", tmp_path / "b" / "a.txt"
    other.parent.mkdir()
    first.write_text("one")
    other.write_text("two")
    for path, names in ((first, ["a.txt"]), (first, ["a.txt"]), (other, ["a.txt", "a.txt"])):
        desk.composer.files_given.emit([str(path)])
        desk.wait(lambda: desk.composer.tray.reading)
        desk.wait(lambda: not desk.composer.tray.reading)
        assert [file.name for file in desk.composer.files] == names


def test_a_file_on_the_clipboard_is_attached(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    QGuiApplication.clipboard().setMimeData(data)
    desk.press("Ctrl+V")
    desk.wait(lambda: desk.composer.files)
    assert desk.composer.text() == ""


def test_a_chat_may_be_answered_in_its_own_manner(desk: Desk, echo: EchoEngine) -> None:
    QTest.mouseClick(desk.composer.manner, Qt.MouseButton.LeftButton)
    dialog = desk.window.findChildren(MannerDialog)[0]
    dialog.rows[catalogue.SYSTEM_PROMPT].control.given.emit("Answer like a sailor.")
    dialog.rows[catalogue.TEMPERATURE].control.given.emit("9")
    assert not dialog.take.isEnabled() and "temperature" in dialog.problem.text()
    dialog.rows[catalogue.TEMPERATURE].control.given.emit("0.2")
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    desk.ask("hello")
    desk.answered()
    assert echo.prompts[-1][0].text == "Answer like a sailor."
    conversation = desk.window.filling.conversation
    manner = result_of(desk, app_of(desk).chat.manners.of(conversation))
    assert manner.sampling.temperature == 0.2
    assert "sailor" in desk.composer.manner.toolTip()
    desk.window.chat.list.new_wanted.emit()
    desk.wait(lambda: desk.window.filling.conversation is None)
    desk.wait(lambda: "sailor" not in desk.composer.manner.toolTip())


def test_the_figures_below_answers_can_be_hidden(desk: Desk) -> None:
    desk.ask("count to ten")
    desk.answered()
    assert any("tokens/s" in spot.text for spot in desk.transcript.entries[-1].spots)
    desk.settings.set(catalogue.ANSWER_FIGURES, False)
    assert not any("tokens/s" in spot.text for spot in desk.transcript.entries[-1].spots)


def test_a_code_block_is_copied_by_one_click_also_while_more_is_said(desk: Desk, echo: EchoEngine) -> None:
    echo.answers["code"] = "```python\nx = 1\n```\n\nthat was it"
    echo.waits_after = "that"
    desk.ask("code")
    desk.wait(lambda: "that" in desk.transcript.entries[-1].text)
    click(desk, desk.transcript.entries[-1], Act.COPY_CODE)
    assert QGuiApplication.clipboard().text() == "x = 1"
    echo.go.set()
    desk.answered()
