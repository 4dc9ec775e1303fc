"""What is remembered: seen, searched, written, starred, forgotten, carried away and brought in."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from desktop_agent import words
from desktop_agent.memory.exchange import ImportReport
from desktop_agent.memory.line_files import BadLine
from desktop_agent.ui import notes_model
from desktop_agent.ui.dates import day
from desktop_agent.ui.memory_dialog import MemoryDialog
from desktop_agent.ui.memory_tab import MemoryTab, told
from desktop_agent.ui.notes_model import PAGE, Column
from desktop_agent.ui.top_bar import Tab
from desktop_agent.ui.widgets import gone
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.parts import app_of, result_of, shown

DAY = 86_400.0
FACTS = ("Grandma's birthday is on 12 March.", "奶奶喜欢京剧，膝盖怕冷。", "She prefers tea to coffee.")


@pytest.fixture
def tab(desk: Desk) -> MemoryTab:
    """The tab with three memories, the first of them the oldest."""
    for age, text in enumerate(reversed(FACTS)):
        result_of(desk, app_of(desk).notes.add(text, created=time.time() - age * DAY))
    page = shown(desk, Tab.MEMORY)
    desk.wait(lambda: page.notes.rowCount() == len(FACTS))
    page.table.setFocus()
    page.table.selectRow(0)
    return page


def texts(tab: MemoryTab) -> list[str]:
    return [tab.notes.note(row).text for row in range(tab.notes.rowCount())]


def cell(tab: MemoryTab, row: int, column: Column) -> str:
    return str(tab.notes.index(row, column).data())


def dialog_of(desk: Desk) -> MemoryDialog:
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), MemoryDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, MemoryDialog)
    return dialog


def test_memories_are_listed_newest_first_with_keywords_and_day(tab: MemoryTab) -> None:
    assert texts(tab) == list(reversed(FACTS))
    assert cell(tab, 0, Column.WHEN) == "Today"
    assert cell(tab, 1, Column.WHEN) == "Yesterday"
    assert "京剧" in cell(tab, 1, Column.KEYWORDS)


def test_a_memory_names_the_conversation_it_came_from(desk: Desk) -> None:
    plan = result_of(desk, app_of(desk).conversations.create("Birthday plan"))
    result_of(desk, app_of(desk).notes.add("The cake is from Li's.", conversation=plan.id))
    result_of(desk, app_of(desk).notes.add("Room 204 has the printer.", source="Office notes"))
    page = shown(desk, Tab.MEMORY)
    desk.wait(lambda: page.notes.rowCount() == 2)
    assert {cell(page, row, Column.SOURCE) for row in range(2)} == {"Birthday plan", "Office notes"}


def test_typing_in_the_search_field_shows_what_matches(desk: Desk, tab: MemoryTab) -> None:
    desk.press("Ctrl+F")
    QTest.keyClicks(tab.search, "TEA")
    desk.wait(lambda: texts(tab) == [FACTS[2]])
    desk.press("Esc")
    desk.wait(lambda: len(texts(tab)) == 3)


def test_signs_with_a_meaning_to_databases_are_plain_text(desk: Desk, tab: MemoryTab) -> None:
    tab.search.setText("%")
    QTest.keyClick(tab.search, Qt.Key.Key_Return)
    desk.wait(lambda: tab.notes.rowCount() == 0)
    assert not tab.table.isVisible()


def test_a_search_that_finds_nothing_says_so(desk: Desk, tab: MemoryTab) -> None:
    tab.search.setText("penguin")
    QTest.keyClick(tab.search, Qt.Key.Key_Return)
    desk.wait(lambda: tab._empty_title.text() == "Nothing found")
    assert "penguin" in tab._empty_text.text()
    desk.wait(lambda: tab._empty_title.height() >= tab._empty_title.fontMetrics().height())


def test_an_empty_memory_says_how_it_is_filled(desk: Desk) -> None:
    page = shown(desk, Tab.MEMORY)
    desk.wait(lambda: page._empty_title.isVisible() and page._empty_title.text())
    assert "Remember that" in page._empty_text.text()


def test_down_goes_from_the_search_to_the_table(desk: Desk, tab: MemoryTab) -> None:
    tab.search.setFocus()
    desk.press("Down")
    assert tab.table.hasFocus()
    assert tab.table.chosen() == 0


def test_space_stars_and_unstars(desk: Desk, tab: MemoryTab) -> None:
    desk.press("Space")
    desk.wait(lambda: tab.notes.note(0).important)
    assert result_of(desk, app_of(desk).notes.get(tab.notes.note(0).id)).important
    desk.press("Space")
    desk.wait(lambda: not tab.notes.note(0).important)


def test_enter_edits(desk: Desk, tab: MemoryTab) -> None:
    desk.press("Return")
    dialog = dialog_of(desk)
    assert dialog.text.toPlainText() == FACTS[2]
    dialog.text.setPlainText("She prefers green tea.")
    QTest.keyClick(dialog.text, Qt.Key.Key_Return)
    desk.wait(lambda: texts(tab)[0] == "She prefers green tea.")
    assert "green" in cell(tab, 0, Column.KEYWORDS)


def test_a_memory_is_added_and_chosen(desk: Desk, tab: MemoryTab) -> None:
    tab.add_button.click()
    dialog = dialog_of(desk)
    assert not dialog.save_button.isEnabled()
    QTest.keyClicks(dialog.text, "The key hangs behind the door.")
    dialog.important.click()
    dialog.save_button.click()
    desk.wait(lambda: tab.notes.rowCount() == 4)
    assert tab.notes.note(tab.table.chosen() or 0).text == "The key hangs behind the door."
    assert tab.notes.note(0).important


def test_esc_leaves_a_memory_as_it_was(desk: Desk, tab: MemoryTab) -> None:
    desk.press("F2")
    dialog = dialog_of(desk)
    dialog.text.setPlainText("nonsense")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    desk.wait(lambda: QApplication.activeModalWidget() is None)
    assert texts(tab)[0] == FACTS[2]


def test_delete_forgets_and_undo_brings_it_back_where_it_was(desk: Desk, tab: MemoryTab) -> None:
    tab.table.selectRow(1)
    before = tab.notes.note(1)
    desk.press("Delete")
    desk.wait(lambda: tab.notes.rowCount() == 2)
    assert result_of(desk, app_of(desk).notes.count()) == 2
    assert before.text in tab.notice.sentence.text()
    assert tab.table.chosen() is not None
    desk.press("Ctrl+Z")
    desk.wait(lambda: texts(tab) == list(reversed(FACTS)))
    again = tab.notes.note(1)
    assert (again.keywords, again.created, again.important) == (before.keywords, before.created, before.important)
    assert not tab.notice.isVisible()


def test_the_mouse_reaches_star_edit_and_forget(desk: Desk, tab: MemoryTab) -> None:
    def click(column: Column, right: int) -> None:
        area: QRect = tab.table.visualRect(tab.notes.index(0, column))
        place = area.center() if right == 0 else QPoint(area.right() - right, area.center().y())
        QTest.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(Column.STAR, 0)
    desk.wait(lambda: tab.notes.note(0).important)
    area = tab.table.visualRect(tab.notes.index(0, Column.ACTIONS))
    QTest.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(area.left() + 12, area.center().y()))
    dialog_of(desk).reject()
    metrics = tab.table.fontMetrics()
    forget = area.left() + 8 + metrics.horizontalAdvance("Edit · ") + 6
    QTest.mouseClick(tab.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(forget, area.center().y()))
    desk.wait(lambda: tab.notes.rowCount() == 2)


def test_what_the_chat_remembers_is_there_when_the_tab_is_shown_again(desk: Desk, tab: MemoryTab) -> None:
    desk.window.show_tab(Tab.CHAT)
    result_of(desk, app_of(desk).notes.add("My sister's name is Li Na."))
    desk.window.show_tab(Tab.MEMORY)
    desk.wait(lambda: tab.notes.rowCount() == 4)
    assert texts(tab)[0] == "My sister's name is Li Na."


def test_memories_are_written_to_a_file_and_read_from_one(desk: Desk, tab: MemoryTab, tmp_path: Path) -> None:
    file = tmp_path / "我的 记忆.jsonl"
    tab._export(file)
    desk.wait(lambda: "3 memories written" in tab.notice.sentence.text())
    assert len(file.read_text("utf-8").splitlines()) == 3
    file.write_text('{"text": "The bus leaves at 7:40."}\nnonsense\n', "utf-8")
    tab._import(file)
    desk.wait(lambda: tab.notes.rowCount() == 4)
    assert tab.notice.sentence.text() == "1 taken, 1 line could not be read: line 2: The line is not JSON."


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_lost(desk: Desk, tab: MemoryTab, tmp_path: Path) -> None:
    tab._export(tmp_path / "no such folder" / "memories.jsonl")
    desk.wait(lambda: desk.window.notice.isVisible())
    assert "There is no folder" in desk.window.notice.sentence.text()
    assert "no such folder" in desk.window.notice.sentence.text()
    assert tab.notes.rowCount() == 3


def test_a_file_that_is_not_there_is_told_and_another_can_be_tried(desk: Desk, tab: MemoryTab, tmp_path: Path) -> None:
    tab._import(tmp_path / "gone.jsonl")
    desk.wait(lambda: desk.window.notice.isVisible())
    assert "gone.jsonl" in desk.window.notice.sentence.text()
    assert tab.import_button.isEnabled()
    assert not tab.notice.isVisible()


def test_the_window_may_be_made_anew_while_memories_are_read(desk: Desk, tab: MemoryTab, tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(f'{{"text": "Fact {number}"}}' for number in range(600)), "utf-8")
    tab._import(file)
    desk.settings.set("text_size", 110)
    desk.wait(lambda: gone(tab))
    desk.wait(lambda: not desk.window.filling.work._tasks)
    assert result_of(desk, app_of(desk).notes.count()) == 603
    assert not desk.window.notice.isVisible()


def test_file_dialogs_do_not_stop_the_program(desk: Desk, tab: MemoryTab) -> None:
    tab.export_button.click()
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    assert result_of(desk, app_of(desk).notes.count()) == 3
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    dialog.reject()


def test_the_report_of_an_import_counts_in_plain_words() -> None:
    assert told(ImportReport(12, 0, (), 0)) == "12 taken."
    assert told(ImportReport(1, 3, (), 0)) == "1 taken, 3 were here already."
    broken = (BadLine(7, "The note has no text."), BadLine(9, "The line is not JSON."))
    assert told(ImportReport(12, 0, broken, 2)) == (
        "12 taken, 2 lines could not be read: line 7: The note has no text."
    )


def test_many_memories_come_page_by_page(desk: Desk, tmp_path: Path) -> None:
    many = 2 * PAGE + 50
    file = tmp_path / "many.jsonl"
    lines = (f'{{"text": "Fact {number}", "keywords": ["fact"], "created": {number + 1}}}' for number in range(many))
    file.write_text("\n".join(lines), "utf-8")
    result_of(desk, app_of(desk).notes.import_(file))
    page = shown(desk, Tab.MEMORY)
    desk.wait(lambda: page.notes.rowCount() == PAGE)
    assert texts(page)[0] == f"Fact {many - 1}"
    while page.notes.rowCount() < many:
        before = page.notes.rowCount()
        page.table.scrollToBottom()
        desk.wait(lambda before=before: page.notes.rowCount() > before)
    assert texts(page) == [f"Fact {number}" for number in reversed(range(many))]
    assert not page.notes.canFetchMore(page.notes.index(-1, -1))


def test_a_search_begun_later_wins_over_a_slower_one(desk: Desk, tab: MemoryTab) -> None:
    tab.notes.search("tea")
    tab.notes.search("京剧")
    desk.wait(lambda: texts(tab) == [FACTS[1]])
    desk.wait(lambda: not tab.notes._fetching)
    assert texts(tab) == [FACTS[1]]


def test_a_screen_reader_hears_stars_and_actions(tab: MemoryTab) -> None:
    spoken = [
        tab.notes.index(0, column).data(Qt.ItemDataRole.AccessibleTextRole) for column in (Column.STAR, Column.ACTIONS)
    ]
    assert spoken == ["Not important", "Enter edits, Delete forgets"]
    assert tab.table.accessibleName() == "What I remember"


def test_the_copied_text_is_the_whole_memory(desk: Desk) -> None:
    long = "word " * 1000
    result_of(desk, app_of(desk).notes.add(long))
    page = shown(desk, Tab.MEMORY)
    desk.wait(lambda: page.notes.rowCount() == 1)
    assert len(cell(page, 0, Column.TEXT)) <= notes_model.SHOWN_LETTERS
    copy = next(action for action in page.menu_of(0).actions() if action.text() == "Copy")
    copy.trigger()
    assert QGuiApplication.clipboard().text() == long.strip()


def test_days_are_written_as_each_language_writes_them() -> None:
    now = datetime(2026, 11, 22, 12).astimezone().timestamp()
    days = [now, now - DAY, now - 10 * DAY, now - 400 * DAY]
    assert [day(each, now) for each in days] == ["Today", "Yesterday", "12 Nov", "18 Oct 2025"]
    words.use("zh_CN")
    assert [day(each, now) for each in days[2:]] == ["11月12日", "2025年10月18日"]
    assert day(-1e12, now) and day(1e15, now)  # an imported note may claim any moment


@pytest.mark.parametrize("percent", ["100", "150", "200"])
def test_the_columns_fill_the_table_at_any_text_size(open_desk: OpenDesk, percent: str) -> None:
    desk = open_desk(text_size=percent)
    result_of(desk, app_of(desk).notes.add(FACTS[0]))
    tab = shown(desk, Tab.MEMORY)
    desk.wait(tab.table.isVisible)
    assert sum(tab.table.columnWidth(column) for column in Column) == tab.table.viewport().width()
    words = tab.table.fontMetrics().horizontalAdvance("Edit · Forget")
    assert tab.table.columnWidth(Column.ACTIONS) >= words + 8


def test_what_a_memory_said_before_is_shown_and_can_be_used_again(desk: Desk, tab: MemoryTab) -> None:
    note = tab.notes.note(0)
    result_of(desk, app_of(desk).notes.edit(note.id, "She prefers green tea."))
    tab.notes.reload()
    desk.wait(lambda: texts(tab)[0] == "She prefers green tea.")
    tab.table.setFocus()
    tab.table.selectRow(0)
    desk.press("Return")
    dialog = dialog_of(desk)
    [again] = dialog.restore_buttons
    assert FACTS[2] in again.accessibleName()
    again.click()
    assert dialog.text.toPlainText() == FACTS[2]
    dialog.text.undo()
    assert dialog.text.toPlainText() == "She prefers green tea."
    again.click()
    dialog.save_button.click()
    desk.wait(lambda: texts(tab)[0] == FACTS[2])
    history = result_of(desk, app_of(desk).notes.history(note.id))
    assert [was.note.text for was in history] == ["She prefers green tea.", FACTS[2]]


def test_a_memory_leads_to_the_message_it_came_from(desk: Desk) -> None:
    app = app_of(desk)
    plan = result_of(desk, app.conversations.create("Birthday plan"))
    question = result_of(desk, app.conversations.add_question(plan.id, "The cake is from Li's, remember that."))
    result_of(desk, app.notes.add("The cake is from Li's.", conversation=plan.id, message=question.id))
    result_of(desk, app.notes.add("Room 204 has the printer.", source="Office notes"))
    page = shown(desk, Tab.MEMORY)
    desk.wait(lambda: page.notes.rowCount() == 2)
    row = next(row for row in range(2) if page.notes.note(row).conversation)
    wanted: list[tuple[int, int]] = []
    page.message_wanted.connect(lambda *place: wanted.append(place))
    for at in range(2):
        place = page.table.visualRect(page.notes.index(at, Column.SOURCE)).center()
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted == [(plan.id, question.id)]
    assert desk.window.pages.currentWidget() is desk.window.chat
    desk.wait(lambda: desk.window.filling.conversation == plan.id)
    desk.window.show_tab(Tab.MEMORY)
    page.table.setFocus()
    page.table.selectRow(row)
    desk.press("Return")
    dialog = dialog_of(desk)
    assert dialog.go_button.text() == "Birthday plan"
    dialog.go_button.click()
    desk.wait(lambda: len(wanted) == 2)
    assert QApplication.activeModalWidget() is None


def test_a_memory_that_changes_another_says_what_that_said_and_undo_brings_it_back(desk: Desk, tab: MemoryTab) -> None:
    result_of(desk, app_of(desk).notes.add("I live in Rome."))
    tab.add_button.click()
    dialog = dialog_of(desk)
    QTest.keyClicks(dialog.text, "I live in Oslo.")
    dialog.save_button.click()
    desk.wait(lambda: tab.notice.isVisible())
    assert "I live in Rome." in tab.notice.sentence.text()
    tab.notice.action.click()
    desk.wait(lambda: "I live in Rome." in texts(tab) and "I live in Oslo." not in texts(tab))
