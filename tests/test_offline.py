"""The promise that nothing leaves this computer unless the user connects a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_agent.system import Folder

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("face", ["window", "terminal"])
def test_a_fresh_program_that_is_used_opens_no_connection(folder: Folder, face: str) -> None:
    child = [sys.executable, "-m", "tests.offline_child", face, str(folder.root)]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        child, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=110, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"status": 0, "opened": [], "network": False}, done.stderr[-3000:]


def test_a_connection_would_be_noticed() -> None:
    code = (
        "import sys, socket; sys.path.insert(0, '.'); import tests.offline_child as child;"
        "sys.addaudithook(child.hear);"
        "one = socket.socket(); one.settimeout(1); one.connect_ex(('127.0.0.1', 9));"
        "socket.getaddrinfo('localhost', 80); one.close(); print(len(child.OPENED))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert int(done.stdout) == 2
