"""Measuring the computer from the Monitor: begun, watched, ended."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from desktop_agent.runtime import child
from desktop_agent.ui.measure_dialog import MeasureDialog
from desktop_agent.ui.top_bar import Tab
from tests.ui.conftest import Desk
from tests.ui.parts import shown


@pytest.fixture
def dialog(desk: Desk) -> MeasureDialog:
    shown(desk, Tab.MONITOR).measure.click()
    found = desk.window.findChild(MeasureDialog)
    desk.wait(found.isVisible)
    return found


def test_enter_takes_the_quick_form(dialog: MeasureDialog) -> None:
    assert dialog.quick.isDefault()
    assert dialog.focusWidget() is dialog.quick


def test_measuring_can_be_ended_and_leaves_no_report(desk: Desk, dialog: MeasureDialog) -> None:
    dialog.quick.click()
    desk.wait(lambda: "10" in dialog.state.text())  # ten calls: the first experiment runs
    assert not dialog.quick.isVisible()
    assert dialog.bar.isVisible()
    process = dialog._process
    assert process is not None
    dialog.close_button.click()
    assert process.state() == process.ProcessState.NotRunning
    assert not dialog.isVisible()
    assert list((desk.folder.root / "experiments").rglob("report.md")) == []


def test_the_end_leads_to_the_report(desk: Desk, dialog: MeasureDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        {"event": "progress", "fraction": 0.5, "what": "100 users"},
        {"event": "reported", "folder": str(desk.folder.root / "报告")},
    ]
    say(monkeypatch, "\n".join(json.dumps(line) for line in lines), 0)
    dialog.quick.click()
    desk.wait(dialog.open_report.isVisible)
    assert dialog.report == Path(desk.folder.root / "报告")
    assert "报告" in dialog.state.text()


def test_what_fails_says_so_and_can_be_tried_again(
    desk: Desk, dialog: MeasureDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(monkeypatch, "no JSON at all", 3)
    dialog.exact.click()
    desk.wait(lambda: "could not be measured" in dialog.state.text())
    assert dialog.quick.isVisible()


def test_what_the_command_says_about_its_failure_is_shown(
    desk: Desk, dialog: MeasureDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = {"event": "error", "message": "The disk is full.", "hint": "Free some space."}
    say(monkeypatch, json.dumps(record), 1)
    dialog.quick.click()
    desk.wait(lambda: "The disk is full. Free some space." in dialog.state.text())
    assert dialog.quick.isVisible()


def say(monkeypatch: pytest.MonkeyPatch, text: str, status: int) -> None:
    """Let the process be one that says ``text`` and ends with ``status``."""
    code = f"import sys\nsys.stdout.reconfigure(encoding='utf-8')\nprint({text!r})\nsys.exit({status})"
    monkeypatch.setattr(child, "command", lambda _word, _arguments: [sys.executable, "-c", code])
