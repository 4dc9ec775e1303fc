"""What the assistant costs, as it is shown while somebody looks."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_agent.messages import Usage
from desktop_agent.runtime.governor import Step
from desktop_agent.runtime.tasks import Priority, Task
from desktop_agent.ui.figures import GB, MB, milliseconds, percent, size
from desktop_agent.ui.monitor_tab import MonitorTab
from desktop_agent.ui.sparkline import SAMPLES, Sparkline
from desktop_agent.ui.top_bar import Tab
from tests.ui.conftest import Desk
from tests.ui.echo import EchoEngine
from tests.ui.parts import app_of, result_of, shown


@pytest.fixture
def tab(desk: Desk) -> MonitorTab:
    page = shown(desk, Tab.MONITOR)
    desk.wait(lambda: page.ram.figure.text())
    return page


@pytest.fixture
def busy(desk: Desk) -> Iterator[asyncio.Event]:
    """Five tasks for three places; they end when the event is set."""
    end = asyncio.Event()

    async def hold(_task: Task) -> None:
        await end.wait()

    for number in range(5):
        app_of(desk).tasks.start(f"Keywords: {number + 1} messages", hold, Priority.BACKGROUND)
    desk.wait(lambda: app_of(desk).tasks.counts.waiting == 2)
    yield end
    end.set()


def cells(tab: MonitorTab, column: int) -> list[str]:
    return [str(tab.tasks.index(row, column).data()) for row in range(tab.tasks.rowCount())]


def test_the_figures_are_those_of_this_computer(desk: Desk, tab: MonitorTab) -> None:
    sample = app_of(desk).monitor.latest
    assert sample is not None
    assert tab.ram.figure.text() == size(sample.ram_used)
    assert tab.ram.aside.text() == f"{size(sample.ram_total)} in this laptop"
    assert tab.ram.unit.text().startswith("app ")
    assert tab.processor.aside.text().endswith(("cores", "core"))


def test_it_samples_every_second_only_while_it_is_looked_at(desk: Desk, tab: MonitorTab) -> None:
    assert tab._watch._open
    desk.window.show_tab(Tab.CHAT)
    assert not tab._watch._open
    desk.window.show_tab(Tab.MONITOR)
    assert tab._watch._open
    before = len(app_of(desk).monitor.history)
    desk.wait(lambda: len(app_of(desk).monitor.history) > before)


def test_tasks_that_run_and_wait_are_listed(desk: Desk, tab: MonitorTab, busy: asyncio.Event) -> None:
    desk.wait(lambda: tab.tasks.rowCount() == 5)
    assert tab._counts.text() == "3 running · 2 waiting · limit 3"
    assert cells(tab, 0)[0] == "Keywords: 1 messages"
    assert cells(tab, 1) == ["running"] * 3 + ["waiting"] * 2
    assert all(time.endswith(" s") for time in cells(tab, 2))
    busy.set()
    desk.wait(lambda: tab.tasks.rowCount() == 0)
    assert tab._no_tasks.isVisible()


def test_delete_takes_a_waiting_task_out(desk: Desk, tab: MonitorTab, busy: asyncio.Event) -> None:
    desk.wait(lambda: tab.tasks.rowCount() == 5)
    tab.task_list.selectRow(4)
    QTest.keyClick(tab.task_list, Qt.Key.Key_Delete)
    desk.wait(lambda: tab.tasks.rowCount() == 4)
    assert "Keywords: 5 messages" not in cells(tab, 0)
    assert app_of(desk).tasks.counts.cancelled == 1


def test_the_chosen_row_stays_while_the_seconds_run(desk: Desk, tab: MonitorTab, busy: asyncio.Event) -> None:
    desk.wait(lambda: tab.tasks.rowCount() == 5)
    tab.task_list.selectRow(1)
    before = cells(tab, 2)
    desk.wait(lambda: cells(tab, 2) != before)
    assert tab.task_list.currentIndex().row() == 1


def test_what_was_done_to_stay_light_is_listed_newest_first(desk: Desk, tab: MonitorTab) -> None:
    assert tab._no_acts.isVisible()
    app_of(desk).monitor.acts.note("first")
    app_of(desk).monitor.acts.note("second")
    desk.wait(lambda: tab.acts.rowCount() == 2)
    assert [tab.acts.index(row, 1).data() for row in range(2)] == ["second", "first"]
    assert tab.act_list.isVisible()


def test_the_speed_of_the_last_answer_is_shown(desk: Desk, tab: MonitorTab) -> None:
    assert tab.speed.aside.text() == "no answer yet"
    app_of(desk).monitor.note_answer(8.64, 900)
    desk.wait(lambda: tab.speed.figure.text() == "8.6")
    assert "first word after 900 ms" in tab.speed.unit.text()


def test_an_answer_too_short_to_measure_has_no_speed(desk: Desk, tab: MonitorTab, echo: EchoEngine) -> None:
    for usage, told in (
        (Usage(9, 9, 2, 12, 1011.0), None),
        (Usage(9, 9, 40, 12, 1011.0), None),
        (Usage(9, 9, 1, 12, 0.0), None),
        (Usage(9, 9, 8, 12, 100.0), 100.0),
    ):
        assert usage.speed == told
    echo.answers["hi"] = "Hi."
    desk.window.show_tab(Tab.CHAT)
    desk.ask("hi")
    desk.answered()
    desk.window.show_tab(Tab.MONITOR)
    desk.wait(lambda: "the last answer was too short to tell" in tab.speed.unit.text())
    assert tab.speed.figure.text() == "–"
    assert "first word after" in tab.speed.unit.text()


def test_cache_hits_are_counted_from_real_searches(desk: Desk, tab: MonitorTab) -> None:
    notes = app_of(desk).notes
    for _again in range(2):
        result_of(desk, notes.search("grandma"))
    stats = app_of(desk).cache.stats
    desk.wait(lambda: tab._hits.text() == f"cache hits {percent(100 * stats.hit_rate)}")
    assert stats.hits >= 1


def test_a_screen_reader_hears_the_figures_of_a_chart(tab: MonitorTab) -> None:
    assert tab.ram.chart.accessibleName() == "RAM"
    assert tab.ram.figure.text() in tab.ram.chart.accessibleDescription()


def test_a_chart_keeps_the_last_two_minutes_and_leaves_gaps(desk: Desk) -> None:
    chart = Sparkline("test")
    desk.qtbot.addWidget(chart)
    chart.resize(240, 60)
    chart.show_values([*range(150), None, None, 5.0], 100)
    assert len(chart._values) == SAMPLES
    runs = chart._runs(chart.rect().toRectF(), chart._values)
    assert [len(run) for run in runs] == [SAMPLES - 3, 1]
    assert all(0 <= point.y() <= 60 for run in runs for point in run)
    chart.show_values([], 0)
    assert chart._runs(chart.rect().toRectF(), chart._values) == []
    assert not chart.grab().isNull()


def test_amounts_are_short() -> None:
    assert [size(count) for count in (0, 0.3 * MB, 86 * MB, 2.4 * GB, None)] == [
        "0 MB", "0.3 MB", "86 MB", "2.4 GB", "–",
    ]  # fmt: skip
    assert (percent(34.4), percent(None)) == ("34 %", "–")
    assert (milliseconds(0.2), milliseconds(14.4), milliseconds(None)) == ("1 ms", "14 ms", "–")


def test_the_ram_is_parted_into_this_program_the_model_and_the_rest(desk: Desk, tab: MonitorTab) -> None:
    monitor = app_of(desk).monitor
    sample = monitor.latest
    assert sample is not None
    tab.show_sample(replace(sample, ram_used=3 * GB, app_bytes=90 * MB, model_bytes=410 * MB))
    assert tab.ram.unit.text() == f"app 90 MB + model 410 MB + rest {size(3 * GB - 500 * MB)}"
    tab.show_sample(replace(sample, ram_used=3 * GB, app_bytes=90 * MB, model_bytes=0))
    assert tab.ram.unit.text() == f"app 90 MB + rest {size(3 * GB - 90 * MB)}"
    tab.show_sample(replace(sample, ram_used=None, app_bytes=None))
    assert tab.ram.unit.text() == ""


def test_a_battery_is_told_where_there_is_one(desk: Desk, tab: MonitorTab) -> None:
    sample = app_of(desk).monitor.latest
    assert sample is not None
    tab.show_sample(replace(sample, battery_percent=62.4, on_mains=False))
    assert tab.processor.aside.text().endswith("battery 62 %")
    tab.show_sample(replace(sample, battery_percent=62.4, on_mains=True))
    assert tab.processor.aside.text().endswith("battery 62 %, on mains")


def test_steps_that_are_in_force_stand_above_what_was_done(desk: Desk, tab: MonitorTab) -> None:
    app, sample = app_of(desk), app_of(desk).monitor.latest
    assert sample is not None and not tab._in_force.isVisible()
    low = replace(sample, battery_percent=11.0, on_mains=False, ram_free=sample.ram_total, window_ms=1.0)
    now = 0.0
    app.governor._clock = lambda: now
    result_of(desk, app.governor.take(low))
    now = 60.0
    result_of(desk, app.governor.take(low))
    assert Step.PAUSE_BACKGROUND in app.governor.in_force
    desk.wait(lambda: "work in the background waits" in tab._in_force.text())
    assert "Battery 11 %: work in the background waits." in [str(tab.acts.index(row, 1).data()) for row in range(2)]
