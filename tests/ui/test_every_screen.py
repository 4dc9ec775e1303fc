"""Every screen as a whole: named for a screen reader, reached by the keyboard, nothing cut off, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from desktop_agent.settings import catalogue
from desktop_agent.ui.elided import Elided
from desktop_agent.ui.top_bar import Tab
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.parts import app_of, result_of

USED = (QAbstractButton, QAbstractItemView, QAbstractSlider, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit)
SCREEN = (1366, 728)
"""An old laptop's, less the task bar."""
LARGER = (910, 485)
"""The same at a scale of 150 %, in the pixels that Qt counts."""

MARGIN = 60
"""Pixels below the last thing on a page."""

Screen = Callable[[Desk], QWidget]


def first_run(desk: Desk) -> QWidget:
    return desk.window


def chat(desk: Desk) -> QWidget:
    desk.ask("Remember that the printer needs the old driver.")
    desk.answered()
    desk.wait(lambda: desk.window.chat.list_shown)
    desk.press("Ctrl+F")
    QTest.keyClicks(desk.window.focusWidget(), "printer")
    desk.wait(lambda: desk.window.chat.find_bar.after.isEnabled())
    return desk.window


def trash(desk: Desk) -> QWidget:
    desk.ask("hello")
    desk.answered()
    desk.window.chat.list.delete_wanted.emit(desk.window.filling.conversation)
    desk.wait(lambda: desk.window.notice.isVisible())
    return desk.window


def tab(name: Tab) -> Screen:
    def show(desk: Desk) -> QWidget:
        result_of(desk, app_of(desk).notes.add("Grandma prefers tea to coffee."))
        desk.window.show_tab(name)
        QTest.qWait(50)
        return desk.window

    return show


def models(desk: Desk) -> QWidget:
    desk.window.filling.open_models()
    QTest.qWait(50)
    return desk.window


def settings_dialog(desk: Desk) -> QWidget:
    from desktop_agent.ui.settings_dialog import SettingsDialog

    desk.press("Ctrl+,")
    dialog = desk.window.findChild(SettingsDialog)
    desk.wait(dialog.isVisible)
    return dialog


SCREENS: dict[str, Screen] = {
    "first run": first_run,
    "chat": chat,
    "trash": trash,
    "memory": tab(Tab.MEMORY),
    "monitor": tab(Tab.MONITOR),
    "settings": tab(Tab.SETTINGS),
    "models": models,
    "settings dialog": settings_dialog,
}


def seen(screen: QWidget) -> Iterator[QWidget]:
    """Everything that is shown on ``screen``."""
    return (widget for widget in screen.findChildren(QWidget) if widget.isVisible())


def used(screen: QWidget) -> list[QWidget]:
    """What a person can do something with; parts of a larger control count as that control."""
    return [
        widget
        for widget in seen(screen)
        if isinstance(widget, USED) and not isinstance(widget, QScrollBar) and widget.focusPolicy()
        and not (isinstance(widget, QLineEdit) and isinstance(widget.parent(), QAbstractSpinBox | QComboBox))
    ]  # fmt: skip


def in_language(desk: Desk, language: str) -> Desk:
    desk.settings.set(catalogue.LANGUAGE, language)
    desk.wait(lambda: desk.composer.ready)
    return desk


@pytest.fixture(params=SCREENS, ids=lambda name: name.replace(" ", "-"))
def show(request: pytest.FixtureRequest) -> Screen:
    return SCREENS[request.param]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_that_can_be_used_has_a_name_a_screen_reader_can_say(
    open_desk: OpenDesk, show: Screen, language: str
) -> None:
    screen = show(in_language(open_desk(), language))
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in used(screen)
        if not any(letter.isalnum() for letter in spoken(widget))
    ]
    assert ", ".join(nameless) == ""


@pytest.mark.parametrize("name", [name for name in SCREENS if "dialog" not in name])
def test_everything_that_can_be_used_is_reached_by_tab(desk: Desk, name: str) -> None:
    screen = SCREENS[name](desk)
    wanted = {
        widget for widget in used(screen) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
    }
    reached: set[QWidget] = set()
    for _ in range(4 * len(wanted) + 40):
        focus = QApplication.focusWidget() or screen
        reached.add(focus)
        reached.update(parent for parent in parents(focus))
        QTest.keyClick(
            focus,
            Qt.Key.Key_Tab,
            Qt.KeyboardModifier.ControlModifier if takes_tab(focus) else Qt.KeyboardModifier.NoModifier,
        )
    missed = {one for one in wanted - reached if not beside(one, reached)}
    assert ", ".join(sorted(f"{type(one).__name__} {one.accessibleName()}" for one in missed)) == ""


def beside(widget: QWidget, reached: set[QWidget]) -> bool:
    """Whether the arrow keys lead to ``widget`` from one of ``reached``: both are of one group."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and any(one in reached for one in group.buttons())


def spoken(widget: QWidget) -> str:
    """What a screen reader says of it."""
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def parents(widget: QWidget) -> Iterator[QWidget]:
    while (parent := widget.parentWidget()) is not None:
        yield parent
        widget = parent


def takes_tab(widget: QWidget) -> bool:
    return isinstance(widget, QPlainTextEdit) and not widget.tabChangesFocus()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_text_is_cut_off_at_one_and_a_half_times_the_size(open_desk: OpenDesk, show: Screen, language: str) -> None:
    desk = in_language(open_desk(text_size="150"), language)
    desk.window.resize(*SCREEN)
    screen = show(desk)
    QTest.qWait(100)
    assert "; ".join(cut for widget in seen(screen) if (cut := cut_off(widget))) == ""


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_at_one_and_a_half_times_the_scale_no_text_is_cut_off_and_no_page_scrolls_into_nothing(
    open_desk: OpenDesk, show: Screen, language: str
) -> None:
    desk = in_language(open_desk(), language)
    desk.window.resize(*LARGER)
    screen = show(desk)
    QTest.qWait(100)
    assert "; ".join(cut for widget in seen(screen) if (cut := cut_off(widget))) == ""
    assert [empty for one in seen(screen) if isinstance(one, QScrollArea) and (empty := emptiness(one)) > MARGIN] == []


def emptiness(area: QScrollArea) -> int:
    """Pixels that can be scrolled to below everything that there is."""
    inside = area.widget()
    lowest = max(
        (
            one.mapTo(inside, one.rect().bottomLeft()).y()
            for one in inside.findChildren(QWidget)
            if one.isVisible() and not one.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        ),
        default=0,
    )
    return inside.height() - max(lowest, area.viewport().height())


def cut_off(widget: QWidget) -> str:
    """Why the text of ``widget`` is not wholly seen; empty when it is."""
    if isinstance(widget, Elided) or not isinstance(widget, QLabel | QAbstractButton) or not widget.text():
        return ""
    wide, tall = widget.sizeHint().width(), widget.sizeHint().height()
    if isinstance(widget, QLabel) and widget.wordWrap():
        wide, tall = widget.minimumSizeHint().width(), widget.heightForWidth(widget.width())
    if wide > widget.width() + 1 or tall > widget.height() + 1:
        return f"{widget.text()!r}: {widget.width()} x {widget.height()} for {wide} x {tall}"
    return ""
