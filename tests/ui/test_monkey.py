"""Two thousand things that nobody would do on purpose, the same ones each time: the window takes them all."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from types import TracebackType

import pytest
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Slot
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMessageBox, QWidget

from tests.ui.conftest import Desk
from tests.ui.echo import EchoEngine

ACTIONS = 2_000
KEYS = (
    *(
        "Return",
        "Shift+Return",
        "Esc",
        "Tab",
        "Shift+Tab",
        "Up",
        "Down",
        "Left",
        "Right",
        "Home",
        "End",
        "PgUp",
        "PgDown",
    ),
    *("Delete", "Backspace", "F2", "Space", "Menu", "Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z"),
    *("Ctrl+N", "Ctrl+F", "F3", "Shift+F3", "Ctrl+K", "Ctrl+,", "Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4"),
)
TEXTS = (
    "hello", "count to ten", "Remember that the cat is called Mimi.", "记住我妹妹叫李娜。", "/set temperature=0.1",
    "/help", "```python\nprint(1)\n```", "| a | b |\n|---|---|\n| 1 | 2 |", "[link](https://example.org)",
    "\u202eabc", "%_'\"", "🙂" * 30,
)  # fmt: skip
OUTSIDE = ("download", "get ", "connect", "look for", "test", "models…")
"""Words of buttons that would leave this computer."""


class Browser(QObject):
    """Takes the addresses that would open a browser."""

    @Slot("QUrl")
    def take(self, _url: object) -> None:
        pass


@pytest.fixture
def mistakes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What escaped from a handler of the window."""
    found: list[str] = []

    def note(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        found.append(f"{kind.__name__}: {error}")

    monkeypatch.setattr(sys, "excepthook", note)
    browser = Browser()
    for scheme in ("http", "https", "mailto"):
        QDesktopServices.setUrlHandler(scheme, browser, "take")
    yield found
    for scheme in ("http", "https", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.mark.timeout(300)
def test_two_thousand_random_actions_break_nothing(desk: Desk, echo: EchoEngine, mistakes: list[str]) -> None:
    chance = random.Random(2026)
    echo.answers = {text: f"{text}\n\n{text}" for text in TEXTS}
    acts: tuple[tuple[int, Callable[[Desk, random.Random], None]], ...] = (
        (30, click), (5, right_click), (25, press), (15, write), (5, wheel), (3, resize), (5, wait)
    )  # fmt: skip
    choices = [act for weight, act in acts for _ in range(weight)]
    for _ in range(ACTIONS):
        chance.choice(choices)(desk, chance)
        QApplication.processEvents()
        settle(desk, chance)
    settle_all(desk)
    desk.window.show_tab(next(iter(desk.window.bar.tabs)))
    desk.wait(lambda: not desk.window.filling.turns.live)
    desk.wait(lambda: desk.composer.ready)
    assert mistakes == []
    desk.press("Ctrl+N")
    desk.wait(lambda: not desk.transcript.entries)
    desk.composer.field.setFocus()
    desk.ask("count once more")
    desk.answered()
    assert desk.last_reply().text.endswith("nine ten")


def target(desk: Desk) -> QWidget:
    """What takes keys and clicks now: a menu, a question, or the window."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget() or desk.window


def some_widget(desk: Desk, chance: random.Random) -> QWidget | None:
    inside = [one for one in target(desk).findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    inside = [one for one in inside if not isinstance(one, QLabel) and not leads_outside(one)]
    return chance.choice(inside) if inside else None


def leads_outside(widget: QWidget) -> bool:
    if not isinstance(widget, QAbstractButton):
        return False
    said = f"{widget.text()} {widget.accessibleName()}".lower()
    return any(word in said for word in OUTSIDE)


def somewhere(widget: QWidget, chance: random.Random) -> QPoint:
    return QPoint(chance.randrange(max(1, widget.width())), chance.randrange(max(1, widget.height())))


def click(desk: Desk, chance: random.Random) -> None:
    if (widget := some_widget(desk, chance)) is not None:
        where = somewhere(widget, chance)
        inside = widget.childAt(where) or widget
        if not leads_outside(inside):
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, where)


def right_click(desk: Desk, chance: random.Random) -> None:
    if (widget := some_widget(desk, chance)) is not None:
        QTest.mouseClick(widget, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, somewhere(widget, chance))


def press(desk: Desk, chance: random.Random) -> None:
    focus = QApplication.focusWidget()
    keys = chance.choice(KEYS)
    if keys in ("Return", "Space") and focus is not None and leads_outside(focus):
        return
    desk.qtbot.keySequence(QApplication.activePopupWidget() or focus or target(desk), keys)


def write(desk: Desk, chance: random.Random) -> None:
    if desk.composer.field.isVisible() and target(desk) is desk.window:
        desk.composer.write(chance.choice(TEXTS))
        if chance.random() < 0.7:
            desk.qtbot.keySequence(desk.composer.field, "Return")


def wheel(desk: Desk, chance: random.Random) -> None:
    if (widget := some_widget(desk, chance)) is not None:
        where = QPointF(somewhere(widget, chance))
        turn = QPoint(0, chance.choice((-120, 120, -960, 960)))
        buttons, keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        event = QWheelEvent(
            where, widget.mapToGlobal(where), QPoint(), turn, buttons, keys, Qt.ScrollPhase.NoScrollPhase, False
        )
        QApplication.sendEvent(widget, event)


def resize(desk: Desk, chance: random.Random) -> None:
    desk.window.resize(chance.randrange(720, 1400), chance.randrange(400, 900))


def wait(_desk: Desk, chance: random.Random) -> None:
    QTest.qWait(chance.randrange(1, 20))


def settle(desk: Desk, chance: random.Random) -> None:
    """Close what a person would close: dialogs for files at once, the others after a while."""
    modal = QApplication.activeModalWidget()
    if isinstance(modal, QFileDialog) or (modal is not None and chance.random() < 0.1):
        modal.reject() if hasattr(modal, "reject") else modal.close()
    popup = QApplication.activePopupWidget()
    if popup is not None and chance.random() < 0.2:
        popup.close()
    if QApplication.activeWindow() is None:
        desk.window.activateWindow()


def settle_all(desk: Desk) -> None:
    for _ in range(20):
        for widget in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if widget is not None:
                widget.close()
        QApplication.processEvents()
        if not any(isinstance(one, QMessageBox) and one.isVisible() for one in QApplication.topLevelWidgets()):
            break
    desk.window.activateWindow()
    desk.wait(lambda: QApplication.activeWindow() is desk.window)
