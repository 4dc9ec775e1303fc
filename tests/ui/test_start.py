"""The window as a process: start, Ctrl-C, and what is left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop_agent.system import Folder

LIMIT_S = 60


@contextmanager
def program(folder: Folder, **environment: str) -> Iterator[subprocess.Popen[str]]:
    """The program with its window, painted into memory; ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "desktop_agent", "--folder", str(folder.root)],
        cwd=Path(__file__).resolve().parents[2],
        # Of a locale without UTF-8 Qt complains.
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(condition: object, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + LIMIT_S
    while not condition():  # type: ignore[operator]
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.skipif(
    sys.platform == "win32", reason="Windows sends Ctrl-C to a whole console, and ends by messages to the window"
)
@pytest.mark.parametrize(("sent", "status"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_to_end_closes_the_window_and_keeps_its_state(folder: Folder, sent: str, status: int) -> None:
    folder.state.write_text(json.dumps({"draft": "half a thought"}), "utf-8")
    with program(folder) as process:
        wait_for(lambda: (folder.logs / "agent.log").exists(), process)
        process.send_signal(signal.Signals[sent])
        said, complaints = process.communicate(timeout=LIMIT_S)
        assert process.returncode == status
        assert (said, complaints.replace("This plugin does not support propagateSizeHints()\n", "")) == ("", "")
    assert json.loads(folder.state.read_text("utf-8"))["draft"] == "half a thought"


@pytest.mark.skipif(sys.platform == "win32", reason="without a display there is no Windows")
def test_without_a_display_the_program_says_what_to_do(folder: Folder) -> None:
    bare = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare.pop("QT_QPA_PLATFORM", None)
    answer = subprocess.run(
        [sys.executable, "-m", "desktop_agent", "--folder", str(folder.root)],
        cwd=Path(__file__).resolve().parents[2],
        env=bare | {"LC_ALL": "C"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )
    assert answer.returncode == 1
    assert "desktop-agent chat" in answer.stderr


NOT_AT_START = ("llama_cpp", "jieba", "aiohttp", "numpy", "jinja2", "pypdf", "keyring", "desktop_agent.server")
PRINT_LOADED = """
import linecache, sys
from desktop_agent import cli
status = cli.main(sys.argv[1:])
kept = [name for name in linecache.cache if "desktop_agent" in name]
print(status, len(kept), *sys.modules, sep="\\n")
"""


def test_a_start_loads_nothing_that_only_some_starts_need_and_keeps_no_source(folder: Folder, tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PRINT_LOADED, "--folder", str(folder.root), "--picture", str(tmp_path / "window.png")],
        cwd=Path(__file__).resolve().parents[2],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=True,
    )
    status, kept, *loaded = answer.stdout.splitlines()
    assert (status, kept) == ("0", "0"), answer.stderr
    assert "PySide6.QtWidgets" in loaded
    assert [name for name in loaded if name in NOT_AT_START] == []
