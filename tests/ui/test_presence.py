"""The window among others: one for a folder, the notification area, answers while nobody looks, logging off."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QWindowStateChangeEvent
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from desktop_agent.messages import Message, Role
from desktop_agent.settings import catalogue
from desktop_agent.system import Folder
from desktop_agent.ui import one_window, presence
from desktop_agent.ui.one_window import CALL, Calls, OneWindow
from tests.ui.conftest import Desk
from tests.ui.echo import EchoEngine

CALLER = """
import sys
from pathlib import Path
from desktop_agent.system import Folder
from desktop_agent.ui import one_window
one_window.ANSWER_SECONDS = 60.0
claim = one_window.OneWindow(Folder(Path(sys.argv[1])))
assert not claim.first
sys.exit(0 if claim.call_first(Path(sys.argv[2]) if sys.argv[2] else None) else 3)
"""


def call(folder: Folder, model: str = "") -> subprocess.Popen[bytes]:
    """A second start, in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", CALLER, str(folder.root), model])


def test_a_second_start_brings_the_first_window_back_and_says_which_model(desk: Desk, folder: Folder) -> None:
    claim = OneWindow(folder)
    assert claim.first
    desk.window.showMinimized()
    second = call(folder)
    desk.wait(lambda: second.poll() is not None)
    assert second.returncode == 0
    assert not desk.window.isMinimized()
    third = call(folder, "/no/such/模型.gguf")
    desk.wait(lambda: third.poll() is not None)
    desk.wait(lambda: "模型.gguf" in desk.window.notice.sentence.text())
    assert not (folder.root / CALL).exists()


def test_a_first_window_that_hangs_is_not_waited_for_long(
    folder: Folder, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = OneWindow(folder)
    assert first.first
    monkeypatch.setattr(one_window, "ANSWER_SECONDS", 0.2)
    assert not OneWindow(folder).call_first(None)
    assert not (folder.root / CALL).exists()


def test_the_lock_of_a_killed_window_means_nothing(folder: Folder, qapp: QApplication) -> None:
    code = "import os,sys\nfrom pathlib import Path\nfrom desktop_agent.system import Folder\n"
    code += "from desktop_agent.ui.one_window import OneWindow\n"
    code += "claim = OneWindow(Folder(Path(sys.argv[1])))\nassert claim.first\nos._exit(0)"
    subprocess.run([sys.executable, "-c", code, str(folder.root)], check=True, timeout=60)
    assert (folder.root / one_window.LOCK).exists()
    assert OneWindow(folder).first


def test_a_call_that_makes_no_sense_only_brings_the_window(folder: Folder, qapp: QApplication) -> None:
    came: list[str] = []
    folder.root.mkdir(parents=True, exist_ok=True)
    for text in ("{broken", "[1]", '{"model": 7}', "null"):
        (folder.root / CALL).write_text(text, "utf-8")
        Calls(folder, came.append, qapp).deleteLater()
    assert came == ["", "", "", ""]


def test_the_tray_follows_its_setting_and_takes_the_minimised_window(desk: Desk) -> None:
    def shown() -> presence.Presence:
        return next(iter(desk.window.findChildren(presence.Presence)))

    assert shown().tray is None
    desk.settings.set(catalogue.TRAY, True)
    tray = shown().tray
    assert tray is not None
    desk.window.showMinimized()
    QApplication.sendEvent(desk.window, QWindowStateChangeEvent(desk.window.windowState()))
    if QSystemTrayIcon.isSystemTrayAvailable():  # a computer without a notification area keeps the window
        desk.wait(lambda: not desk.window.isVisible())
    tray.bring_back()
    assert desk.window.isVisible() and not desk.window.isMinimized()
    desk.settings.set(catalogue.LANGUAGE, "zh_CN")
    texts = [action.text() for action in shown().tray.menu.actions() if action.text()]
    assert texts == ["打开窗口", "新对话", "退出"]
    desk.window.hide()
    desk.settings.set(catalogue.TRAY, False)
    assert shown().tray is None
    assert desk.window.isVisible()


def test_a_long_answer_is_told_of_when_nobody_looks(
    desk: Desk, echo: EchoEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    desk.settings.set(catalogue.TRAY, True)
    tray = next(iter(desk.window.findChildren(presence.Presence))).tray
    monkeypatch.setattr(tray, "tell", lambda title, text: told.append((title, text)))
    desk.window.hide()
    desk.ask("short")
    desk.answered()
    assert told == []
    echo.waits_after = "three"
    desk.ask("count long")
    desk.wait(lambda: "three" in desk.transcript.text())
    turn = desk.window.filling.turns.live[0]
    begun = time.time() - presence.LONG_SECONDS - 1
    turn.question.message = Message(turn.question.message.id, 1, Role.USER, "count long", begun)
    echo.go.set()
    desk.answered()
    desk.wait(lambda: told)
    assert told == [("Your answer is ready", "one two three four five six seven eight nine ten")]


def test_logging_off_keeps_where_the_window_is(desk: Desk, folder: Folder) -> None:
    next(iter(desk.window.findChildren(presence.Presence))).keep()
    kept = json.loads(Path(folder.state).read_text("utf-8"))
    assert kept["tab"] == "chat"
    assert kept["geometry"]


def test_a_hidden_window_measures_nothing(desk: Desk) -> None:
    looked: list[bool] = []
    filling = desk.window.filling
    filling.look = looked.append
    desk.window.hide()
    desk.window.show()
    del filling.look
    assert looked == [False, True]


def test_ctrl_k_goes_to_the_search_through_all_chats_from_anywhere(desk: Desk) -> None:
    desk.ask("hello")
    desk.answered()
    desk.wait(lambda: desk.window.chat.list_shown)
    desk.press("Ctrl+4")
    desk.press("Ctrl+K")
    assert desk.window.focusWidget() is desk.window.chat.list.search
