"""The four experiments: short runs of their parts with a real waiting server, and the report they leave."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import time
from pathlib import Path

import pytest

from desktop_agent.cli import main
from desktop_agent.errors import AgentError
from desktop_agent.experiments import cold_start, keeping, report
from desktop_agent.experiments.arrivals import EVERY_SECONDS, Arrival, arrivals
from desktop_agent.experiments.baseline import serve_in_order
from desktop_agent.experiments.core import Core
from desktop_agent.experiments.load import serve
from desktop_agent.experiments.results import Chart, Kind, Result, Series, Table, Times, Told, median, times
from desktop_agent.experiments.run import EXPERIMENTS
from desktop_agent.experiments.simulated import Connections, call_blocking, connected, simulated_server

EARLY_S = 0.001 + 2 * time.get_clock_info("monotonic").resolution
"""A timer may come so much too soon: the clock of Windows goes in steps of 16 ms."""


async def test_calls_overlap_in_the_program_and_follow_each_other_in_the_baseline() -> None:
    async with simulated_server() as port:
        with connected(port) as connections:
            core = Core(connections, 8)
            calls = [asyncio.create_task(core.call(100)) for _ in range(8)]
            await asyncio.sleep(0)
            assert core._limiter.info.running == 8
            await asyncio.gather(*calls)
        begun = time.monotonic()
        for _ in range(8):
            call_blocking(port, 100)
        assert time.monotonic() - begun >= 8 * (0.1 - EARLY_S)


async def test_a_call_that_is_given_up_does_not_answer_the_next_one() -> None:
    async with simulated_server() as port:
        with connected(port) as connections:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await connections.call(2_000)
            begun = time.monotonic()
            await connections.call(120)
            assert time.monotonic() - begun >= 0.12 - EARLY_S


def test_each_user_sends_every_two_seconds_and_the_same_in_every_run() -> None:
    asked = arrivals(20, 10.0)
    assert asked == arrivals(20, 10.0)
    assert asked == sorted(asked)
    seconds = [arrival.second for arrival in asked if arrival.user == 7]
    gaps = [round(later - earlier, 6) for earlier, later in itertools.pairwise(seconds)]
    assert gaps == [EVERY_SECONDS] * (len(seconds) - 1)
    assert len(asked) == 100


async def test_the_baseline_fails_whom_it_lets_wait_too_long() -> None:
    asked = [Arrival(0.0, milliseconds, user) for user, milliseconds in enumerate((10, 10, 1_400, 10, 10))]
    async with simulated_server() as port:
        step = serve_in_order(port, asked, 5, 0.2, timeout_seconds=1.0)
    assert (step.sent, step.done + step.failed) == (5, 5)
    assert step.done == 2  # at once; the third needs 1.4 s, and then the others have gone


async def test_what_does_not_fit_is_refused_and_all_that_was_let_in_is_answered() -> None:
    # Two calls teach the limiter that one takes 0.4 s; then two places and 1 s to wait hold six of twenty at most.
    asked = [Arrival(0.0, 400, user) for user in range(2)] + [Arrival(0.6, 400, user) for user in range(2, 22)]
    async with simulated_server() as port:
        with connected(port) as connections:
            step = await serve(Core(connections, 2), asked, 22, 0.8, None, wait_s=1.0)
    assert step.failed == 0
    assert step.done + step.refused == 22
    assert 4 <= step.done <= 10
    assert step.refused >= 12


async def test_memory_is_looked_at_each_second_and_the_cache_is_hit() -> None:
    seen: list[int] = []
    async with simulated_server() as port:
        run = await keeping.run_size(port, 400, 1, seen.append)
    assert len(run.rss) == len(seen) == 1
    assert run.rss[0] > 1_000_000
    assert run.hits + run.misses == keeping.PER_SECOND
    assert run.hits > 0
    assert run.miss_s is not None and run.miss_s >= keeping.UNCACHED_MS / 1000 - EARLY_S


async def test_a_start_is_timed_with_and_without_everything_loaded() -> None:
    lazy, lazy_mb = await cold_start.timed_start(cold_start.LAZY)
    eager, eager_mb = await cold_start.timed_start(cold_start.EAGER)
    assert lazy > 0 and eager > 0
    assert 0 < lazy_mb < eager_mb


def test_the_report_has_every_table_and_names_every_picture(tmp_path: Path) -> None:
    chart = Chart(1, "calls", "Calls", Kind.BARS, ("a", "b"), (Series("x", (1.0, None)),), "", "s", logarithmic=True)
    table = Table("1", "calls", "Calls at once", ("workload", "this | that"), (("10 <calls>", "0.2 s"),))
    result = Result(1, "Many calls", ("Closed loop.",), {"ten_calls_s": 0.2}, (table,), (chart,))
    report.write(tmp_path, [result], quick=True)
    text = (tmp_path / report.REPORT).read_text("utf-8")
    assert "| workload | this \\| that |" in text
    assert "**Table 1. Calls at once**" in text
    assert "![Calls](figure-1-calls.png)\n\n**Figure 1. Calls**" in text
    page = (tmp_path / report.PAGE).read_text("utf-8")
    assert "<caption>Table 1. Calls at once</caption>" in page
    assert "<td>10 &lt;calls&gt;</td><td>0.2 s</td>" in page
    assert '<img src="figure-1-calls.png"' in page and "<figcaption>Figure 1. Calls</figcaption>" in page
    record = json.loads((tmp_path / report.FIGURES).read_text("utf-8"))
    assert record["experiments"][0]["figures"] == {"ten_calls_s": 0.2}
    assert record["machine"]["cores"] >= 1


@pytest.mark.parametrize("kind", list(Kind))
def test_a_chart_becomes_a_picture_with_something_in_it(kind: Kind, tmp_path: Path, qapp: object) -> None:
    from PySide6.QtGui import QImage

    from desktop_agent.ui.charts import painter

    series = (Series("x", (0.0, 5.0, -1.0)), Series("y", (2.0,)), Series("z", (None, 1.0), reported=True))
    chart = Chart(1, "c", "Title", kind, ("1", "2", "3"), series, "x", "y")
    painter()(chart, tmp_path / "c.png")
    picture = QImage(str(tmp_path / "c.png"))
    assert (picture.width(), picture.height()) == (1800, 840)
    colours = {picture.pixel(x, y) for x in range(0, 1800, 7) for y in range(0, 840, 7)}
    assert len(colours) > 5


def test_a_chart_that_cannot_be_written_says_which(tmp_path: Path, qapp: object) -> None:
    from desktop_agent.ui.charts import painter

    chart = Chart(1, "c", "Title", Kind.LINES, ("1",), (Series("x", (0.0,)),), "", "")
    with pytest.raises(AgentError, match=r"c\.png"):
        painter()(chart, tmp_path / "missing" / "c.png")


def test_the_command_writes_the_report_where_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, qapp: object
) -> None:
    monkeypatch.setattr(cold_start, "STARTS", 1)
    into = tmp_path / "报告 report"
    assert main(["--json", "--folder", str(tmp_path / "data"), "experiment", "2", "--into", str(into)]) == os.EX_OK
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[-1] == {"event": "reported", "folder": str(into)}
    figures = lines[-2]["figures"]
    assert figures["start_sooner"] == pytest.approx(figures["start_everything_s"] / figures["start_s"])
    assert sorted(path.name for path in into.iterdir()) == [
        "figure-2-start.png",
        "report.html",
        "report.md",
        "results.json",
    ]


def test_a_bar_moves_while_one_experiment_says_the_same_for_a_minute(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def slow(told: Told, *, quick: bool = False) -> Result:
        for hundredth in range(101):
            told(hundredth / 100, "cache of 25")
        return Result(2, "Starting", (), {}, ())

    monkeypatch.setitem(EXPERIMENTS, 2, slow)
    assert main(["--json", "--folder", str(tmp_path / "data"), "experiment", "2", "--into", str(tmp_path / "r")]) == 0
    seen = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    fractions = [record["fraction"] for record in seen if record["event"] == "progress"]
    assert fractions == sorted(set(fractions)) and len(fractions) > 50


def test_percentiles_medians_and_ratios_are_what_their_names_say() -> None:
    some = Times([0.1 * number for number in range(1, 101)])
    assert some.percentile(99) == pytest.approx(9.9)
    assert some.percentile(100) == pytest.approx(10.0)
    assert Times().percentile(50) is None
    assert median([3.0, 1.0, 2.0]) == 2.0
    assert (times(47.3), times(2.345), times(None)) == ("47×", "2.35×", "–")


def test_a_closed_pool_has_hung_up() -> None:
    connections = Connections(1)
    connections.close()
    with pytest.raises(OSError):
        asyncio.run(connections.call(1))
