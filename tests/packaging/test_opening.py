"""Ways to open the window: a double-clicked model file, a picture; and what a start does not do: use the network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import png
import pytest

from desktop_agent.arguments import chosen
from desktop_agent.errors import BadInput
from desktop_agent.settings.catalogue import MODEL
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder

ROOT = Path(__file__).resolve().parent.parent.parent

# Runs the program with a listener on everything that opens, names or answers a connection.
_LISTENING = """
import json, sys
seen = []
def hear(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind"):
        seen.append([event, str(arguments[1:])])
sys.addaudithook(hear)
from desktop_agent.cli import main
status = main(sys.argv[2:])
open(sys.argv[1], "w", encoding="utf-8").write(json.dumps(seen))
sys.exit(status)
"""


def started(*words: str, code: str = "", into: Path | None = None) -> subprocess.CompletedProcess[str]:
    program = ["-c", code, str(into)] if code else ["-m", "desktop_agent"]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DESKTOP_AGENT_LANGUAGE": "en", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *program, *words],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=100,
    )


def test_a_fresh_start_of_the_window_opens_no_connection(tmp_path: Path) -> None:
    log = tmp_path / "connections.json"
    words = ("--folder", str(tmp_path / "data"), "--picture", str(tmp_path / "a.png"))
    ended = started(*words, code=_LISTENING, into=log)
    assert ended.returncode == 0, ended.stderr
    # The merged loop of Windows wakes itself through the computer's own address.
    others = [event for event in json.loads(log.read_text("utf-8")) if "127.0.0.1" not in event[1]]
    assert others == []


def test_an_answer_of_the_built_in_model_opens_no_connection(tmp_path: Path) -> None:
    log = tmp_path / "connections.json"
    ended = started("--folder", str(tmp_path / "data"), "chat", "Hello", code=_LISTENING, into=log)
    assert ended.returncode == 0 and ended.stdout.strip()
    assert [event for event in json.loads(log.read_text("utf-8")) if "127.0.0.1" not in event[1]] == []


def test_a_picture_of_the_window_comes_with_a_list_of_its_parts(tmp_path: Path) -> None:
    picture = tmp_path / "图片 a.png"
    ended = started("--folder", str(tmp_path / "data"), "--picture", str(picture))
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    window = json.loads(picture.with_name(picture.name + ".json").read_text("utf-8"))
    shown = png.read(picture.read_bytes())
    assert (shown.width, shown.height) == (window["width"], window["height"])
    assert shown.colours() > 20 and window["ready"] is True
    texts = {part["text"] for part in window["parts"]}
    assert {"Chat", "Memory", "Monitor", "Settings", "Send", "Built-in guide"} <= texts


def test_a_picture_that_cannot_be_written_leaves_no_window_open(tmp_path: Path) -> None:
    ended = started("--folder", str(tmp_path / "data"), "--picture", str(tmp_path / "nowhere" / "a.png"))
    assert ended.returncode == 0
    assert "could not be written" in (tmp_path / "data" / "logs" / "agent.log").read_text("utf-8")


def test_a_model_file_is_opened_when_only_options_stand_before_it() -> None:
    opened = Path("模型 a.GGUF").absolute()
    for before in ([], ["--folder", "data"], ["--set", "theme=dark", "--json"]):
        assert chosen([*before, "模型 a.GGUF"]).opened == opened
    for words in ([], ["--folder", "a.gguf"], ["--set", "model=a.gguf"], ["model", "use", "a.gguf"]):
        assert chosen(words).opened is None
    for words in (["a.gguf", "b.gguf"], ["-a.gguf"], ["a.gguf", "chat"]):
        with pytest.raises(BadInput):
            chosen(words)


def test_a_double_clicked_model_answers_from_then_on(tmp_path: Path, tiny_model: Path) -> None:
    folder = Folder(tmp_path / "data")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "DESKTOP_AGENT_FOLDER": str(folder.root)}
    with subprocess.Popen(
        [sys.executable, "-m", "desktop_agent", str(tiny_model)], cwd=ROOT, env=environment
    ) as window:
        try:
            wait_until(lambda: window.poll() is not None or tiny_model.name in text_of(folder.settings))
            assert window.poll() is None
            assert Settings.open(folder.settings, {}, {})[MODEL] == str(tiny_model)
        finally:
            window.terminate()


def text_of(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.05)
