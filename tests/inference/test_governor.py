"""What the program does when the computer is short of something, and that it is undone again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_agent.runtime.governor import CALM_S, HOLD_S, Governor, Step
from desktop_agent.runtime.limits import GROUPS
from desktop_agent.runtime.monitor import Monitor, Sample
from desktop_agent.runtime.threads import Threads

GROUP_BYTES = 400 << 20
GB = 1 << 30


def _group() -> Path | None:
    """A new control group with ``GROUP_BYTES`` of memory, where this computer lets us make one."""
    for folder, most in ((GROUPS / "memory", "memory.limit_in_bytes"), (GROUPS, "memory.max")):
        made = folder / f"desktop-agent-test-{os.getpid()}"
        try:
            made.mkdir()
            if (made / most).exists():
                (made / most).write_text(str(GROUP_BYTES))
                return made
            made.rmdir()
        except OSError:
            if made.exists():
                made.rmdir()
    return None


@pytest.fixture(params=["group", "address"])
def limit(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    if sys.platform != "linux":
        pytest.skip("limits of this kind are set on Linux")
    if request.param == "address":
        yield "address", ""
        return
    group = _group()
    if group is None:
        pytest.skip("this computer lets us make no control group")
    yield "group", str(group)
    group.rmdir()


def test_when_the_memory_runs_out_the_idle_model_leaves_and_comes_back(limit: tuple[str, str], tmp_path: Path) -> None:
    from tests.tiny_model import write_tiny_model

    tiny_model = write_tiny_model(tmp_path / "tiny.gguf", context=4096)
    child = [sys.executable, "-m", "tests.inference.squeezed", *limit, str(tiny_model), str(tmp_path)]
    done = subprocess.run(child, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stderr[-2000:] + done.stdout[-2000:]
    told: dict[str, Any] = {record["what"]: record for record in map(json.loads, done.stdout.splitlines())}
    assert told["idle"]["looking"] is False
    assert told["loaded"] == {"what": "loaded", "error": "", "looking": True}
    if limit[0] == "group":
        assert told["squeezed"]["total"] == GROUP_BYTES
    assert {"unload_model", "smaller_context", "pause_background"} <= set(told["acted"]["steps"])
    assert told["acted"]["model"] == "empty"
    assert told["acted"]["waits"] == ["waiting"]
    # Half of what the settings say, or what else fits into what is free.
    assert told["asked"]["error"] == "" and 512 <= told["asked"]["context"] <= 1024
    assert told["undone"]["context"] == 2048
    acts = "\n".join(told["undone"]["acts"])
    for said in ("the idle model left the memory", "instead of 2048", "work in the background waits", "goes on"):
        assert said in acts
    assert told["rest"]["looking"] is False


class Model:
    """What the governor asks of a model, written down."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.busy = False

    def spare_a_core(self, active: bool) -> bool:
        self.asked.append(f"spare {active}")
        return True

    def lower_context(self, active: bool) -> tuple[int, int] | None:
        self.asked.append(f"lower {active}")
        return 2048, 1024

    async def unload_idle(self) -> int:
        self.asked.append("unload")
        return 0 if self.busy else GB

    async def load_again(self) -> bool:
        self.asked.append("load")
        return True


class Desk:
    """A governor and samples of any computer, at any time."""

    def __init__(self, threads: Threads) -> None:
        self.now = 0.0
        self.model, self.monitor = Model(), Monitor(threads)
        self.held: list[bool] = []
        self.governor = Governor(self.monitor, self.model, self.held.append, clock=lambda: self.now)

    async def see(self, seconds: float = 0.0, **figures: Any) -> tuple[Step, ...]:
        self.now += seconds
        calm: dict[str, Any] = {
            "time": self.now, "cpu_percent": 5.0, "app_cpu_percent": 1.0, "cores": 2, "ram_total": 4 * GB,
            "ram_used": 2 * GB, "ram_free": 2 * GB, "app_bytes": 1, "model_bytes": 1, "tokens_per_second": None,
            "window_ms": 2.0, "battery_percent": None, "on_mains": None,
        }  # fmt: skip
        if "ram_free" in figures:
            figures["ram_used"] = calm["ram_total"] - figures["ram_free"]
        await self.governor.take(Sample(**(calm | figures)))
        return self.governor.in_force

    @property
    def said(self) -> list[str]:
        return [act.told() for act in reversed(self.monitor.acts.all())]


@pytest.fixture
async def desk(threads: Threads) -> AsyncIterator[Desk]:
    desk = Desk(threads)
    yield desk
    await desk.governor.close()
    await desk.monitor.close()


BUSY = {"cpu_percent": 95.0, "app_cpu_percent": 5.0}
BETWEEN = {"cpu_percent": 65.0, "app_cpu_percent": 5.0}


async def test_a_moment_of_load_is_no_reason_and_a_moment_of_calm_no_end(desk: Desk) -> None:
    assert await desk.see(**BUSY) == ()
    assert await desk.see(HOLD_S / 2) == ()
    assert await desk.see(HOLD_S, **BUSY) == ()
    one = (Step.FEWER_THREADS,)
    assert await desk.see(HOLD_S, **BUSY) == one
    assert await desk.see(1) == one
    assert await desk.see(CALM_S - 2) == one
    assert await desk.see(1, **BETWEEN) == one
    assert await desk.see(10 * CALM_S, **BETWEEN) == one
    assert await desk.see(1) == one
    assert await desk.see(CALM_S) == ()
    assert desk.held == []
    assert desk.model.asked == ["spare True", "spare False"]


async def test_each_step_says_why_once_and_when_it_ends(desk: Desk) -> None:
    for _ in range(5):
        await desk.see(HOLD_S, battery_percent=14.0, on_mains=False)
    assert desk.said == ["Battery 14 %: the model uses one core less.", "Battery 14 %: work in the background waits."]
    await desk.see(1, battery_percent=14.0, on_mains=True)
    await desk.see(CALM_S, battery_percent=15.0, on_mains=True)
    assert desk.said[2:] == [
        "There is room again: the model uses its usual cores.",
        "There is room again: work in the background goes on.",
    ]
    assert desk.held == [True, False]


async def test_a_slow_window_gets_a_core(desk: Desk) -> None:
    await desk.see(window_ms=180.0)
    assert await desk.see(HOLD_S, window_ms=160.0) == (Step.FEWER_THREADS,)
    assert desk.said == ["The window waited 160 ms: the model uses one core less."]


async def test_full_memory_is_answered_at_once_and_an_idle_model_comes_back_only_when_there_is_room_for_it(
    desk: Desk,
) -> None:
    assert Step.UNLOAD_MODEL in await desk.see(ram_free=GB // 10)
    assert any("the idle model left the memory, 1,024 MB freed" in said for said in desk.said)
    # What is free now is what the model had.
    assert Step.UNLOAD_MODEL in await desk.see(CALM_S, ram_free=GB + GB // 10)
    assert Step.UNLOAD_MODEL in await desk.see(10 * CALM_S, ram_free=GB + GB // 10)
    await desk.see(1, ram_free=2 * GB)
    assert Step.UNLOAD_MODEL not in await desk.see(CALM_S, ram_free=2 * GB)
    assert desk.model.asked.count("load") == 1


async def test_a_model_that_is_used_leaves_when_it_is_idle(desk: Desk) -> None:
    desk.model.busy = True
    assert Step.UNLOAD_MODEL not in await desk.see(ram_free=GB // 10)
    desk.model.busy = False
    assert Step.UNLOAD_MODEL in await desk.see(1, ram_free=GB // 10)


async def test_much_free_memory_is_never_tight_however_small_its_share(desk: Desk) -> None:
    await desk.see(ram_total=64 * GB, ram_free=4 * GB)
    assert await desk.see(CALM_S, ram_total=64 * GB, ram_free=4 * GB) == ()


async def test_a_computer_that_tells_nothing_is_left_alone(desk: Desk) -> None:
    unknown = {"cpu_percent": None, "app_cpu_percent": None, "ram_total": None, "ram_free": None, "window_ms": None}
    for _ in range(3):
        sample = Sample(
            time=0.0, cores=1, ram_used=None, app_bytes=None, model_bytes=0, tokens_per_second=None,
            battery_percent=None, on_mains=None, **unknown,
        )  # fmt: skip
        desk.now += CALM_S
        await desk.governor.take(sample)
    assert desk.governor.in_force == () and desk.said == []


async def test_nobody_looks_while_no_model_is_loaded(desk: Desk) -> None:
    assert not desk.governor.looking
    desk.monitor.model_bytes = GB
    assert desk.governor.looking
    await desk.see(ram_free=GB // 10)
    desk.monitor.model_bytes = 0
    assert desk.governor.looking, "steps in force are to be undone"
    await desk.see(1)
    await desk.see(CALM_S)
    assert not desk.governor.looking
