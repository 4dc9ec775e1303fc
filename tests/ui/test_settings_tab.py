"""The settings as they are found, changed, refused, applied and taken back in the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget

from desktop_agent import words
from desktop_agent.settings import catalogue
from desktop_agent.settings.catalogue import SETTINGS, of_group
from desktop_agent.settings.setting import Group, Setting
from desktop_agent.settings.store import Source
from desktop_agent.ui.settings_columns import CONTROL_WIDTH, TITLE_WIDTH, Columns
from desktop_agent.ui.settings_controls import (
    ChoiceControl,
    Control,
    NumberControl,
    SwitchControl,
    TextControl,
    stops,
)
from desktop_agent.ui.settings_dialog import SettingsDialog
from desktop_agent.ui.settings_model import ModelControl
from desktop_agent.ui.settings_pages import SettingsPages
from desktop_agent.ui.settings_row import SettingRow, in_words
from desktop_agent.ui.top_bar import Tab
from desktop_agent.ui.widgets import gone
from tests.tiny_model import write_tiny_model
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.parts import app_of, result_of, shown


@pytest.fixture
def pages(desk: Desk) -> SettingsPages:
    return pages_of(desk)


def pages_of(desk: Desk) -> SettingsPages:
    return shown(desk, Tab.SETTINGS).pages


def row_of(pages: SettingsPages, setting: Setting[Any]) -> SettingRow:
    """The row of a setting, on its page, in front."""
    pages.open_group(setting.group)
    section = pages.sections[setting.group]
    row = next(row for row in section.rows if row.setting is setting)
    section.unfold(row)
    return row


def seen(pages: SettingsPages) -> list[str]:
    """The names of the settings that can be seen now."""
    return [row.setting.name for section in pages.sections.values() for row in section.rows if row.isVisible()]


def test_every_setting_of_the_catalogue_appears_exactly_once(pages: SettingsPages) -> None:
    for group in pages.groups:
        pages.open_group(group)
    rows = [row for section in pages.sections.values() for row in section.rows]
    assert sorted(row.setting.name for row in rows) == sorted(setting.name for setting in SETTINGS)
    for row in rows:
        assert row.title.text() == row.setting.title
        assert row.help.text() == row.setting.help
        assert row.control.focus_part().accessibleName() == row.setting.title
        assert row.control.focus_part().accessibleDescription() == row.setting.help


def test_every_group_with_settings_has_a_page_and_about_is_the_last(pages: SettingsPages) -> None:
    titles = [pages.list.item(row).text() for row in range(pages.list.count())]
    assert titles == [*(group.title for group in Group if of_group(group)), "About"]


def test_pages_are_made_when_they_are_first_shown(pages: SettingsPages) -> None:
    assert list(pages.sections) == [pages.groups[0]]


def test_every_control_fits_its_setting_and_reports_nothing_by_itself(pages: SettingsPages) -> None:
    kinds = {bool: SwitchControl, int: (NumberControl, ChoiceControl), float: NumberControl}
    for setting in SETTINGS:
        row = row_of(pages, setting)
        row.control.show_value(setting.default)
        assert not pages.draft.waiting, setting.name
        expected = (ChoiceControl, TextControl, ModelControl) if setting.kind is str else kinds[setting.kind]
        assert isinstance(row.control, expected), setting.name


def test_a_change_waits_until_it_is_applied(desk: Desk, pages: SettingsPages) -> None:
    row = row_of(pages, catalogue.TEMPERATURE)
    assert not pages.apply_button.isEnabled()
    row.control._slider.setFocus()
    QTest.keyClick(row.control._slider, Qt.Key.Key_Right)
    assert row.control._field.text() == "0.8"
    assert row.waiting.isVisible()
    assert desk.settings[catalogue.TEMPERATURE] == 0.7
    pages.apply_button.click()
    assert desk.settings[catalogue.TEMPERATURE] == 0.8
    assert desk.settings.source(catalogue.TEMPERATURE) is Source.FILE
    assert not row.waiting.isVisible()
    assert not pages.apply_button.isEnabled()
    assert "Creativity: From the next answer on." in pages.notice.sentence.text()


def test_changes_that_wait_survive_a_look_at_another_tab(desk: Desk, pages: SettingsPages) -> None:
    row = row_of(pages, catalogue.HISTORY_LENGTH)
    row.control.given.emit(20)
    desk.window.show_tab(Tab.CHAT)
    assert pages_of(desk) is pages
    assert pages.draft.value(catalogue.HISTORY_LENGTH) == 20
    assert pages.apply_button.isEnabled()


def test_a_wrong_number_gets_a_sentence_and_is_not_stored(desk: Desk, pages: SettingsPages) -> None:
    row = row_of(pages, catalogue.CONTEXT_TOKENS)
    row.control._field.selectAll()
    QTest.keyClicks(row.control._field, "99999999")
    assert "from 512 to 32768" in row.problem.text()
    assert row.problem.isVisible()
    pages.open_group(Group.GENERAL)
    pages.apply_button.click()
    assert desk.settings[catalogue.CONTEXT_TOKENS] == 2048
    assert row.isVisible()  # the way to the mistake
    row.control._field.selectAll()
    QTest.keyClicks(row.control._field, "4096")
    assert not row.problem.isVisible()
    assert row.control._slider.value() == stops(catalogue.CONTEXT_TOKENS).index(4096)
    pages.apply_button.click()
    assert desk.settings[catalogue.CONTEXT_TOKENS] == 4096


def test_the_arrow_keys_step_a_number_within_its_range(pages: SettingsPages) -> None:
    row = row_of(pages, catalogue.CONTEXT_TOKENS)
    field = row.control._field
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "2560"
    for _press in range(10):
        QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.text() == "512"


def test_a_changed_setting_finds_its_way_back_to_the_default(desk: Desk, pages: SettingsPages) -> None:
    desk.settings.set(catalogue.RECALL_NOTES, 9)
    row = row_of(pages, catalogue.RECALL_NOTES)
    assert row.reset.text() == "Back to: 5"
    row.reset.click()
    assert pages.draft.value(catalogue.RECALL_NOTES) == 5
    assert not row.reset.isVisible()
    pages.apply_button.click()
    assert desk.settings.source(catalogue.RECALL_NOTES) is Source.DEFAULT


def test_a_value_set_elsewhere_is_shown_at_once(desk: Desk, pages: SettingsPages) -> None:
    row = row_of(pages, catalogue.TEMPERATURE)
    desk.settings.set("temperature", "1.2")
    assert row.control._field.text() == "1.2"
    assert not pages.draft.waiting


def test_a_setting_that_the_command_line_decides_cannot_be_changed_here(open_desk: OpenDesk) -> None:
    pages = pages_of(open_desk(top_k="20"))
    row = row_of(pages, catalogue.TOP_K)
    assert not row.control.isEnabled()
    assert row.decided.text() == "The command line decides this (--set top_k=…)."
    pages.restore_button.click()
    assert not pages.draft.changed(catalogue.TOP_K)


def test_restoring_the_defaults_concerns_the_page_and_can_be_taken_back(desk: Desk, pages: SettingsPages) -> None:
    desk.settings.set_all({catalogue.TEMPERATURE: 1.5, catalogue.RECALL_NOTES: 1})
    pages.open_group(Group.MODEL)
    pages.restore_button.click()
    assert pages.draft.value(catalogue.TEMPERATURE) == 0.7
    assert not pages.draft.changed(catalogue.RECALL_NOTES)
    pages.discard_button.click()
    assert row_of(pages, catalogue.TEMPERATURE).control._field.text() == "1.5"
    assert not pages.draft.waiting


def test_the_search_finds_settings_of_all_groups_also_those_for_experts(desk: Desk, pages: SettingsPages) -> None:
    desk.press("Ctrl+F")
    QTest.keyClicks(pages.search, "repetition")
    assert seen(pages) == ["repeat_penalty"]
    pages.search.setText("notes question")
    assert {"recall_notes", "recall_tokens"} <= set(seen(pages))
    pages.search.setText("penguin")
    assert seen(pages) == []
    assert pages._found_nothing.isVisible()
    pages.search.setText("log_level")
    assert seen(pages) == ["log_level"]
    pages.search.setText("port")  # and not what is important
    assert seen(pages) == ["service_port"]
    desk.press("Esc")
    assert seen(pages) == [setting.name for setting in of_group(Group.GENERAL) if not setting.advanced]


def test_a_click_on_the_page_that_is_chosen_ends_a_search(pages: SettingsPages) -> None:
    pages.search.setText("repetition")
    area = pages.list.visualItemRect(pages.list.item(0))
    QTest.mouseClick(pages.list.viewport(), Qt.MouseButton.LeftButton, pos=area.center())
    assert pages.search.text() == ""
    assert seen(pages) == [setting.name for setting in of_group(Group.GENERAL) if not setting.advanced]


def test_numbers_for_experts_are_folded_away(pages: SettingsPages) -> None:
    pages.open_group(Group.MODEL)
    section = pages.sections[Group.MODEL]
    assert "top_p" not in seen(pages)
    section._more.click()
    assert "top_p" in seen(pages)


def test_a_switch_stands_for_zero_where_zero_is_a_word(pages: SettingsPages) -> None:
    row = row_of(pages, catalogue.UNLOAD_MINUTES)
    row.control._switch.click()
    assert pages.draft.value(catalogue.UNLOAD_MINUTES) == 0
    assert row.control._unit.text() == "Never"
    row.control._switch.click()
    assert pages.draft.value(catalogue.UNLOAD_MINUTES) == 10
    assert not pages.draft.waiting


def test_instructions_of_several_lines_are_kept_as_written(desk: Desk, pages: SettingsPages) -> None:
    row = row_of(pages, catalogue.SYSTEM_PROMPT)
    row.control._field.setPlainText("Be brief.\n请用中文回答。")
    row.control._field.setFocus()
    desk.press("Ctrl+S")
    assert desk.settings[catalogue.SYSTEM_PROMPT] == "Be brief.\n请用中文回答。"


def test_the_models_at_hand_can_be_chosen(desk: Desk, tiny_model: Path) -> None:
    (desk.folder.models / "小 model.gguf").write_bytes(tiny_model.read_bytes())
    (desk.folder.models / "broken.gguf").write_bytes(b"GGUF")
    pages = pages_of(desk)
    row = row_of(pages, catalogue.MODEL)
    combo = row.control._combo
    desk.wait(lambda: combo.count() == 3)
    names = [combo.itemText(place) for place in range(3)]
    assert names[0] == "Built-in guide"
    assert "broken · cannot be used" in names
    place = combo.findData(str(desk.folder.models / "小 model.gguf"))
    combo.setCurrentIndex(place)
    combo.activated.emit(place)
    assert pages.draft.value(catalogue.MODEL) == str(desk.folder.models / "小 model.gguf")
    assert "tokens" in row.control._about.text()
    broken = combo.findData(str(desk.folder.models / "broken.gguf"))
    combo.setCurrentIndex(broken)
    combo.activated.emit(broken)
    assert row.control._trouble.isVisible()


def test_whether_a_model_fits_is_said_before_it_is_loaded(desk: Desk, tiny_model: Path) -> None:
    desk.settings.set(catalogue.MODEL, str(tiny_model))
    pages = pages_of(desk)
    pages.open_group(Group.MODEL)
    fit = pages.sections[Group.MODEL]._fit
    desk.wait(fit.isVisible)
    assert fit.fits.text().endswith("stays free.")
    assert fit.parts.text().startswith("System and other programs ")


def test_whether_it_fits_moves_with_the_sliders_before_anything_is_applied(desk: Desk, tmp_path: Path) -> None:
    path = write_tiny_model(tmp_path / "wide.gguf", width=256, heads=4, kv_heads=4, context=32_768)
    desk.settings.set(catalogue.MODEL, str(path))
    pages = pages_of(desk)
    pages.open_group(Group.MODEL)
    fit = pages.sections[Group.MODEL]._fit
    desk.wait(fit.isVisible)
    small = fit.parts.text()
    slider = row_of(pages, catalogue.CONTEXT_TOKENS).control._slider
    slider.setValue(slider.maximum())
    desk.wait(lambda: fit.parts.text() != small)
    large = fit.parts.text()
    row_of(pages, catalogue.KV_TYPE).control.given.emit("q8_0")
    desk.wait(lambda: fit.parts.text() != large)
    assert desk.settings[catalogue.CONTEXT_TOKENS] == catalogue.CONTEXT_TOKENS.default


def test_a_model_that_is_too_large_is_told_by_how_much(desk: Desk, pages: SettingsPages, tiny_model: Path) -> None:
    fit = result_of(desk, app_of(desk).engines.fit(tiny_model, 512))
    pages.open_group(Group.MODEL)
    row = pages.sections[Group.MODEL]._fit
    row._show(replace(fit, weights_bytes=fit.total_bytes, low_memory=False))
    assert "too much: close other programs" in row.lacks.text()
    row._show(replace(fit, kv_bytes=fit.total_bytes, smaller_context=1024))
    assert "a context of 1024 tokens fits" in row.lacks.text()
    assert row.lacks.isVisible()
    assert not row.fits.isVisible()


def test_a_file_that_is_no_model_is_refused_with_a_sentence(desk: Desk, pages: SettingsPages, tmp_path: Path) -> None:
    row = row_of(pages, catalogue.MODEL)
    file = tmp_path / "没有 model.gguf"
    file.write_text("nonsense")
    result_of(desk, row.control.try_file(str(file)))
    assert "没有 model.gguf" in row.control._trouble.text()
    assert row.control._trouble.isVisible()
    assert row.control.open_button.isEnabled()
    assert not pages.draft.waiting


def test_a_file_of_ones_own_is_chosen_where_it_is(desk: Desk, pages: SettingsPages, tiny_model: Path) -> None:
    row = row_of(pages, catalogue.MODEL)
    result_of(desk, row.control.try_file(str(tiny_model)))
    assert pages.draft.value(catalogue.MODEL) == str(tiny_model)
    pages.apply_button.click()
    desk.wait(lambda: desk.settings[catalogue.MODEL] == str(tiny_model))


def test_about_tells_version_and_data_folder(desk: Desk, pages: SettingsPages) -> None:
    pages.list.setCurrentRow(pages.list.count() - 1)
    told = [label.text() for label in pages.about.findChildren(QLabel)]
    assert any(text.startswith("Desktop Agent ") for text in told)
    assert str(desk.folder.root) in told
    assert not pages.apply_button.isVisible()
    assert not pages.restore_button.isVisible()


def test_a_full_disk_keeps_the_changes_waiting(desk: Desk, pages: SettingsPages) -> None:
    row_of(pages, catalogue.TEMPERATURE).control.given.emit(1.1)
    desk.folder.settings.mkdir()  # as good as a file that cannot be written
    pages.apply_button.click()
    assert "settings.toml" in pages.notice.sentence.text()
    assert pages.draft.value(catalogue.TEMPERATURE) == 1.1
    assert pages.apply_button.isEnabled()


def test_the_dialog_has_the_same_pages_and_closes_when_all_is_stored(desk: Desk) -> None:
    desk.press("Ctrl+,")
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), SettingsDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    row_of(dialog.pages, catalogue.RECALL_NOTES).control.given.emit(7)
    dialog.pages.apply_button.click()
    desk.wait(lambda: QApplication.activeModalWidget() is None)
    assert desk.settings[catalogue.RECALL_NOTES] == 7


def test_a_dialog_that_is_closed_at_once_leaves_no_trouble_behind(desk: Desk) -> None:
    desk.press("Ctrl+,")
    desk.wait(lambda: isinstance(QApplication.activeModalWidget(), SettingsDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SettingsDialog)
    dialog.pages.open_group(Group.MODEL)  # which starts to list the models
    dialog.reject()
    desk.wait(lambda: gone(dialog))
    desk.wait(lambda: not desk.window.filling.work._tasks)
    assert not desk.window.notice.isVisible()


def test_the_language_changes_at_once_and_the_settings_stay_in_front(desk: Desk, pages: SettingsPages) -> None:
    row_of(pages, catalogue.LANGUAGE).control.given.emit("zh_CN")
    pages.apply_button.click()
    desk.wait(lambda: pages_of(desk) is not pages)
    assert row_of(pages_of(desk), catalogue.LANGUAGE).control._combo.currentText() == "中文"


def test_sliders_reach_both_ends_and_the_default() -> None:
    for setting in SETTINGS:
        if setting.kind in (int, float):
            places = stops(setting)
            assert (places[0], places[-1]) == (setting.low, setting.high), setting.name
            assert list(places) == sorted(set(places)), setting.name
            if len(places) <= 110:
                assert any(abs(place - setting.default) < 1e-9 for place in places), setting.name


def test_values_are_said_with_their_unit() -> None:
    assert in_words(catalogue.CONTEXT_TOKENS, 2048) == "2048 tokens"
    assert in_words(catalogue.UNLOAD_MINUTES, 0) == "Never"
    assert in_words(catalogue.MEMORY_ON, True) == "On"
    assert in_words(catalogue.THEME, "system") == "Same as the computer"


def test_a_control_says_nothing_when_a_value_is_shown(desk: Desk) -> None:
    pages = pages_of(desk)
    heard: list[object] = []
    for group in pages.groups:
        pages.open_group(group)
        for row in pages.sections[group].rows:
            control: Control = row.control
            control.given.connect(heard.append)
            value = desk.settings[row.setting]
            control.show_value(value)
    assert heard == []


def test_a_row_with_a_wide_control_is_not_wider_than_the_page_that_became_narrow(qapp: QApplication) -> None:
    row, control = Columns(), QWidget()
    line = row.fontMetrics().height()
    control.setMinimumWidth(line * (CONTROL_WIDTH + 3))
    row.right.addWidget(control)
    page = QScrollArea()
    page.setWidgetResizable(True)
    page.setWidget(row)
    page.show()
    for lines in (60, TITLE_WIDTH + CONTROL_WIDTH + 1, CONTROL_WIDTH + 6):
        page.resize(line * lines, 300)
        qapp.processEvents()
        assert row.width() <= page.viewport().width()
    page.close()


def cut(pages: SettingsPages) -> list[str]:
    """What is not seen whole on the page in front."""
    found = []
    for label in pages.findChildren(QLabel):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.minimumSizeHint().height()
        if label.isVisible() and label.text() and label.height() < needed - 1:  # heights are rounded
            found.append(label.text())
    buttons = (each for each in pages.findChildren(QPushButton) if each.isVisible())
    found += [each.text() for each in buttons if each.width() < each.sizeHint().width()]
    if pages._scroll.widget().width() > pages._scroll.viewport().width():
        found.append("the page")
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("percent", ["100", "150", "200"])
def test_no_sentence_and_no_button_is_cut_in_the_smallest_window(
    open_desk: OpenDesk, language: str, percent: str
) -> None:
    words.use(language)
    desk = open_desk(language=language, text_size=percent)
    desk.window.resize(desk.window.minimumSize())
    pages = pages_of(desk)

    def whole() -> bool:
        assert cut(pages) == []
        return True

    for row in range(pages.list.count()):
        pages.list.setCurrentRow(row)
        desk.wait(whole)
        for section in pages.sections.values():
            if section.isVisible() and section._more.isVisible():
                section._more.click()
                desk.wait(whole)
