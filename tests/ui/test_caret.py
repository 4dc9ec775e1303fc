"""The caret rests when nobody writes, and blinks again at the first key."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from desktop_agent.ui.caret import Caret
from tests.ui.conftest import Desk


def flash() -> int:
    return QGuiApplication.styleHints().cursorFlashTime()


def test_the_caret_stands_still_after_a_while_and_blinks_when_somebody_writes(desk: Desk) -> None:
    usual = flash()
    assert usual > 0
    caret = Caret(desk.window, rest_ms=1)
    desk.wait(lambda: flash() == 0)
    caret._rest.setInterval(100_000)
    desk.type("a")
    desk.wait(lambda: flash() == usual)
    caret.leave()


def test_a_closed_window_leaves_the_caret_as_the_system_has_it(desk: Desk) -> None:
    usual = flash()
    desk.window.filling._caret._rest.setInterval(0)
    desk.type("a")
    desk.wait(lambda: flash() == 0)
    desk.window.close()
    desk.wait(lambda: flash() == usual)
