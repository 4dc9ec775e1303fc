"""The window itself: tabs, keys, colours, language, what it remembers, and when the program cannot be opened."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMessageBox, QPlainTextEdit, QWidget

from desktop_agent.inference.gguf import read_header
from desktop_agent.runtime.readings import Computer
from desktop_agent.settings import catalogue
from desktop_agent.system import Folder
from desktop_agent.ui import theme
from desktop_agent.ui.conversation_list import ConversationList
from desktop_agent.ui.first_run import Failed
from desktop_agent.ui.settings_dialog import SettingsDialog
from desktop_agent.ui.settings_pages import SettingsPages
from desktop_agent.ui.top_bar import Tab
from desktop_agent.ui.window_state import WindowState
from tests.tiny_model import write_tiny_model
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.echo import EchoEngine


@pytest.mark.parametrize(("keys", "tab"), [("Ctrl+2", "memory"), ("Ctrl+3", "monitor"), ("Ctrl+4", "settings")])
def test_ctrl_and_a_number_brings_a_tab_to_the_front(desk: Desk, keys: str, tab: str) -> None:
    desk.press(keys)
    assert desk.window.state.tab == tab
    assert next(name for name, one in desk.window.bar.tabs.items() if one.isChecked()) == tab
    desk.press("Ctrl+1")
    assert desk.window.focusWidget() is desk.composer.field


def test_ctrl_comma_opens_the_settings_as_a_dialog(desk: Desk) -> None:
    desk.press("Ctrl+,")
    dialog = desk.window.findChild(SettingsDialog)
    assert dialog.isVisible()
    dialog.close()


def test_the_window_opens_where_it_was_with_the_same_tab(open_desk: OpenDesk) -> None:
    first = open_desk()
    first.window.resize(780, 600)
    first.press("Ctrl+3")
    first.close()
    second = open_desk()
    assert second.window.size().width() == 780
    assert second.window.state.tab == "monitor"


def test_a_second_window_on_one_folder_is_told_and_works(open_desk: OpenDesk) -> None:
    first = open_desk()
    assert not first.window.notice.isVisible()
    second = open_desk()
    assert "Another Desktop Agent" in second.window.notice.sentence.text()
    second.ask("hello")
    second.answered()
    assert second.last_reply().text


def test_all_troubles_of_the_start_are_told_at_once(open_desk: OpenDesk, folder: Folder) -> None:
    folder.settings.write_text("theme = [", "utf-8")
    folder.database.write_bytes(b"no database" * 1000)
    told = open_desk().window.notice.sentence.text()
    assert "settings.toml" in told
    assert "database" in told


def test_a_damaged_state_is_as_none(open_desk: OpenDesk, folder: Folder) -> None:
    folder.state.write_text('{"tab": 7, "conversation": true, "draft": ["x"], "geometry": "?"}')
    desk = open_desk()
    assert vars(desk.window.state) == vars(WindowState(geometry="?", list_shown=False))
    assert desk.composer.text() == ""
    folder.state.write_bytes(b"\xff\x00{")
    assert vars(WindowState.read(folder.state)) == vars(WindowState())


def test_the_first_window_greets_and_offers_to_open_a_model(desk: Desk) -> None:
    assert not desk.window.chat.list_shown
    words = [one.text() for one in desk.window.chat.findChildren(QAbstractButton) if one.isVisible()]
    assert "Open file…" in words


def test_every_widget_has_the_font_of_the_program_also_in_the_first_window(
    qapp: QApplication, open_desk: OpenDesk
) -> None:
    qapp.setStyleSheet("")  # as at the start: the sheet comes after the widgets
    desk = open_desk(wait=False)
    wanted = QFontInfo(theme.font()).family()
    other = {
        f"{type(widget).__name__}: {family}"
        for widget in desk.window.findChildren(QWidget)
        if (family := QFontInfo(widget.font()).family()) != wanted
    }
    assert other == set()
    desk.wait_open()


def test_the_theme_changes_while_the_window_is_open(desk: Desk) -> None:
    desk.ask("count to ten")
    desk.answered()
    desk.settings.set(catalogue.THEME, "dark")
    shown = desk.window.grab().toImage()
    assert shown.pixelColor(600, 400) == QColor(theme.DARK.window)
    desk.settings.set(catalogue.THEME, "light")
    assert desk.window.grab().toImage().pixelColor(600, 400) == QColor(theme.LIGHT.window)


def test_the_language_changes_while_the_window_is_open(open_desk: OpenDesk) -> None:
    desk = open_desk()
    desk.ask("count to ten")
    desk.answered()
    desk.composer.write("half a thought")
    desk.settings.set(catalogue.LANGUAGE, "zh_CN")
    desk.wait(lambda: desk.composer.ready and desk.transcript.entries)
    assert desk.composer.text() == "half a thought"
    assert desk.composer.send.text() == "发送"
    assert "one two three" in desk.transcript.text()
    desk.settings.set(catalogue.LANGUAGE, "en")
    desk.wait(lambda: desk.composer.ready and desk.composer.send.text() == "Send")


def test_the_menu_of_a_text_field_speaks_the_language_of_the_window(desk: Desk) -> None:
    def words_of_menu() -> str:
        menu = desk.composer.field.createStandardContextMenu()
        try:
            return " ".join(action.text() for action in menu.actions())
        finally:
            menu.deleteLater()

    assert "&Paste" in words_of_menu()
    desk.settings.set(catalogue.LANGUAGE, "zh_CN")
    desk.wait(lambda: desk.composer.send.text() == "发送")
    assert "粘贴" in words_of_menu() and "Paste" not in words_of_menu()
    desk.settings.set(catalogue.LANGUAGE, "en")
    desk.wait(lambda: desk.composer.send.text() == "Send")
    assert "&Paste" in words_of_menu()


def test_an_answer_goes_on_when_the_language_changes(desk: Desk, echo: EchoEngine) -> None:
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: "three" in desk.transcript.text())
    desk.settings.set(catalogue.LANGUAGE, "zh_CN")
    desk.wait(lambda: desk.transcript.entries and desk.composer.send.text() == "停止")
    echo.go.set()
    desk.answered()
    assert "ten" in desk.transcript.text()


def test_larger_text_makes_larger_messages(desk: Desk) -> None:
    desk.ask("count to ten")
    desk.answered()
    before = desk.transcript.entries[0].height
    desk.settings.set(catalogue.TEXT_SIZE, 150)
    desk.wait(lambda: desk.transcript.entries and desk.transcript.entries[0].height > before * 1.2)
    desk.settings.set(catalogue.TEXT_SIZE, 100)


def test_a_database_of_a_newer_version_leaves_the_window_with_a_sentence(open_desk: OpenDesk, folder: Folder) -> None:
    with sqlite3.connect(folder.database) as database:
        database.execute("CREATE TABLE new (a)")
        database.execute("PRAGMA user_version = 9999")
    database.close()
    desk = open_desk(wait=False)
    desk.wait(lambda: desk.window.findChild(Failed))
    assert "agent.db" in desk.window.findChild(Failed).accessibleName()
    assert desk.window.isVisible()
    assert not any(tab.isVisible() for tab in desk.window.bar.tabs.values())


def test_a_file_that_is_no_model_is_refused_with_its_reason(desk: Desk, tmp_path: Path) -> None:
    wrong = tmp_path / "holiday.gguf"
    wrong.write_bytes(b"JPEG" * 100)
    desk.window.filling.models.use(str(wrong))
    desk.wait(lambda: desk.window.notice.isVisible())
    assert "holiday.gguf" in desk.window.notice.sentence.text()
    assert desk.settings[catalogue.MODEL] == ""


def test_a_model_file_is_chosen_and_named_at_the_top(desk: Desk, tiny_model: Path) -> None:
    desk.window.filling.models.use(str(tiny_model))
    desk.wait(lambda: "tiny" in desk.window.bar.model.text())
    assert desk.settings[catalogue.MODEL] == str(tiny_model)
    desk.window.bar.model.click()
    desk.wait(lambda: desk.window.filling.models.menu and desk.window.filling.models.menu.isVisible())
    offered = [action.text() for action in desk.window.filling.models.menu.actions()]
    assert offered[0] == "Built-in guide" and offered[-1] == "Open file…"
    desk.window.filling.models.menu.close()


def test_the_status_line_tells_what_the_assistant_does(desk: Desk, echo: EchoEngine) -> None:
    assert desk.window.status.text().startswith("Ready")
    echo.waits_after = "three"
    desk.ask("count to ten")
    desk.wait(lambda: desk.window.status.text().startswith("Answering"))
    desk.wait(lambda: "App" in desk.window.status.text() and "MB" in desk.window.status.text())
    echo.go.set()
    desk.answered()
    assert desk.window.status.text().startswith("Ready")


@pytest.mark.parametrize("tab", ["Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"])
def test_everything_that_can_be_used_has_an_accessible_name(desk: Desk, tab: str) -> None:
    desk.ask("count to ten")
    desk.answered()
    desk.press(tab)
    QApplication.processEvents()
    nameless = [
        widget
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit)
        for widget in desk.window.findChildren(kind)
        if widget.isVisible() and widget.focusPolicy() and not name_of(widget)
    ]
    assert [(type(widget).__name__, widget.parent()) for widget in nameless] == []


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    # Qt's own small fields inside spin and combo boxes speak with the name of their box.
    parent = widget.parentWidget()
    return widget.accessibleName() or text or (parent.accessibleName() if parent else "")


def test_text_stands_out_from_every_ground() -> None:
    def light(name: str) -> float:
        parts = [int(name[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        darker, lighter = sorted((light(one), light(other)))
        return (lighter + 0.05) / (darker + 0.05)

    for c in (theme.LIGHT, theme.DARK):
        for ground in (c.window, c.panel, c.side, c.bubble, c.code):
            assert contrast(c.text, ground) >= 4.5
        for text in (c.muted, c.accent, c.warning, c.bad, c.good):
            assert contrast(text, c.window) >= 4.5 and contrast(text, c.panel) >= 4.5
        for ground in (c.side, c.code, c.bubble, c.hover):
            assert contrast(c.quiet, ground) >= 4.5
        assert contrast(c.accent, c.accent_soft) >= 4.5
        assert contrast(c.on_accent, c.accent) >= 4.5 and contrast(c.on_accent, c.accent_hover) >= 4.5
        assert contrast(c.warning_text, c.warning_soft) >= 4.5


def test_the_window_is_painted_before_the_program_is_imported(folder: Folder) -> None:
    program = """
import json, sys
from pathlib import Path
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from desktop_agent.ui import start
from desktop_agent.ui.window import MainWindow
folder = Folder(Path(sys.argv[1]))
settings = Settings.open(folder.settings)
application = start.new_application()
window = MainWindow(folder, settings)
window.show()
start.wait_for_paint(application, window)
heavy = {"asyncio", "qasync", "psutil", "sqlite3", "jieba", "llama_cpp", "numpy", "aiohttp", "jinja2"}
print(json.dumps([window.painted, sorted(heavy & set(sys.modules)), "desktop_agent.app" in sys.modules]))
"""
    answer = subprocess.run(
        [sys.executable, "-c", program, str(folder.root)], capture_output=True, text=True, timeout=60, check=True
    )
    assert json.loads(answer.stdout) == [True, [], False]


def test_tab_leads_from_the_list_over_the_conversation_to_the_composer(desk: Desk) -> None:
    desk.ask("count to ten")
    desk.answered()
    desk.wait(lambda: desk.window.chat.list_shown)
    chat = desk.window.chat
    chat.list.search.setFocus()
    met = []
    for _step in range(3):
        desk.press("Tab")
        met.append(desk.window.focusWidget())
    assert met == [chat.list.view, chat.transcript, chat.composer.field]
    desk.press("Shift+Tab")
    assert desk.window.focusWidget() is chat.transcript


def test_the_list_is_made_when_there_is_something_to_list(qapp: QApplication) -> None:
    shown = ConversationList()
    assert shown._made is None
    assert shown.titles() == []


@pytest.fixture
def little_memory(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Lets the computer say how many bytes of its RAM are free: no model of gigabytes is here to fill it."""
    measured = Computer.read

    def let(free: int) -> None:
        monkeypatch.setattr(Computer, "read", lambda self: replace(measured(self), ram_free=free))

    return let


def question_about(desk: Desk, model: Path) -> QMessageBox:
    """What the window asks when ``model`` is chosen."""
    desk.window.filling.models.use(str(model))
    desk.wait(lambda: desk.window.findChildren(QMessageBox))
    return desk.window.findChildren(QMessageBox)[0]


def test_a_model_that_is_too_large_is_loaded_when_the_user_insists(
    desk: Desk, tiny_model: Path, little_memory: Callable[[int], None]
) -> None:
    little_memory(0)
    box = question_about(desk, tiny_model)
    assert "tiny.gguf needs" in box.text()
    assert [one.text() for one in box.buttons()] == ["Load anyway", "Cancel"]
    assert desk.settings[catalogue.MODEL] == ""
    box.buttons()[0].click()
    desk.wait(lambda: desk.settings[catalogue.MODEL] == str(tiny_model))


def test_a_smaller_context_is_offered_when_it_makes_the_model_fit(
    desk: Desk, tmp_path: Path, little_memory: Callable[[int], None]
) -> None:
    model = write_tiny_model(tmp_path / "m.gguf", context=8192, layers=16, width=256, kv_heads=4)
    desk.settings.set(catalogue.CONTEXT_TOKENS, 8192)
    little_memory(read_header(model).needed_bytes(3072))
    box = question_about(desk, model)
    next(one for one in box.buttons() if one.text() == "Use a context of 3072 tokens").click()
    desk.wait(lambda: desk.settings[catalogue.MODEL] == str(model))
    assert desk.settings[catalogue.CONTEXT_TOKENS] == 3072


def test_a_model_that_is_too_large_is_left_alone_when_the_user_cancels(
    desk: Desk, tiny_model: Path, little_memory: Callable[[int], None]
) -> None:
    little_memory(0)
    box = question_about(desk, tiny_model)
    next(one for one in box.buttons() if one.text() == "Cancel").click()
    desk.wait(lambda: not desk.window.findChildren(QMessageBox))
    assert desk.settings[catalogue.MODEL] == ""


def test_the_settings_ask_about_a_model_that_is_too_large_as_well(
    desk: Desk, tiny_model: Path, little_memory: Callable[[int], None]
) -> None:
    little_memory(0)
    desk.window.show_tab(Tab.SETTINGS)
    pages = desk.window.findChildren(SettingsPages)[0]
    pages.draft.put(catalogue.MODEL, str(tiny_model))
    pages.apply()
    desk.wait(lambda: pages.findChildren(QMessageBox))
    box = pages.findChildren(QMessageBox)[0]
    assert "tiny.gguf needs" in box.text()
    assert desk.settings[catalogue.MODEL] == ""
    next(one for one in box.buttons() if one.text() == "Load anyway").click()
    desk.wait(lambda: desk.settings[catalogue.MODEL] == str(tiny_model))
    assert not pages.draft.waiting
