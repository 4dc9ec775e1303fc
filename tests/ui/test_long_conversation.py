"""A conversation of thousands of messages: what is read, what is laid out, and what is given back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_agent.messages import Message, Role
from desktop_agent.ui import theme
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.rows import BETWEEN, Rows
from desktop_agent.ui.sight import KEPT
from desktop_agent.ui.transcript import Transcript

COUNT = 10_000


def entry(number: int) -> Entry:
    role = Role.USER if number % 2 else Role.ASSISTANT
    return Entry(Message(number, 1, role, f"message {number}\n" + "word " * (number % 70), 0.0))


@pytest.fixture
def transcript(qtbot: QtBot, qapp: object) -> Transcript:
    theme.use(qapp, dark=False)
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(900, 600)
    transcript.wanted.connect(lambda ids: transcript.fill(entry(number) for number in ids))
    transcript.show()
    return transcript


def opened(transcript: Transcript) -> Rows:
    ids = range(1, COUNT + 1)
    rows = Rows.outlined(ids, [200] * COUNT, [number % 2 for number in ids], transcript.column)
    rows.fill(entry(number) for number in ids[-40:])
    transcript.show_rows(rows)
    return rows


def seen(transcript: Transcript) -> list[str]:
    """The first lines of the messages on the screen."""
    found: list[str] = []
    for y in range(0, transcript.viewport().height(), 10):
        at = transcript.entry_at(y)
        if at and at[0].text.split("\n")[0] not in found:
            found.append(at[0].text.split("\n")[0])
    return found


def test_only_what_comes_near_the_screen_is_read(transcript: Transcript) -> None:
    rows = opened(transcript)
    assert seen(transcript)[-1] == f"message {COUNT}"
    assert sum(1 for _ in rows.loaded()) <= 60
    transcript.setFocus()
    QTest.keyClick(transcript, Qt.Key.Key_Home)
    assert seen(transcript)[0] == "message 1"
    QTest.keyClick(transcript, Qt.Key.Key_End)
    assert seen(transcript)[-1] == f"message {COUNT}"
    assert sum(1 for _ in rows.loaded()) <= 200


def test_what_was_scrolled_past_is_given_back(transcript: Transcript) -> None:
    rows = opened(transcript)
    bar = transcript.verticalScrollBar()
    for place in range(bar.maximum(), 0, -bar.maximum() // 200):
        bar.setValue(place)
        assert all(seen(transcript))
    assert sum(1 for one in rows.loaded() if not one.blank) <= KEPT + 60


def test_page_by_page_no_message_is_left_out(transcript: Transcript) -> None:
    opened(transcript)
    transcript.setFocus()
    met = []
    for _page in range(60):
        met += [int(line.split()[1]) for line in reversed(seen(transcript))]
        QTest.keyClick(transcript, Qt.Key.Key_PageUp)
    assert set(range(min(met), COUNT + 1)) == set(met)


def test_heights_add_up_however_they_change() -> None:
    rows = Rows(entry(number) for number in range(1, 78))
    for place in (0, 76, 31, 32, 63, 64, 31):
        rows.set_height(place, 10.0 + place)
    rows.cut(70)
    rows.add(entry(99))
    rows.set_height(70, 5.0)
    tops = [0.0]
    for place in range(len(rows)):
        tops.append(tops[-1] + rows.height(place) + BETWEEN)
    for place in range(len(rows)):
        assert rows.top(place) == pytest.approx(tops[place])
        assert rows.at(tops[place] + 0.5) == place
        assert rows.at(tops[place + 1] - 0.5) == place
    assert rows.total == pytest.approx(tops[-1] - BETWEEN)
    assert rows.at(-50) == 0 and rows.at(10**9) == len(rows) - 1
