"""What all tests share: a clean environment, a folder of the program in a place that is hard on paths, a tiny model."""

from __future__ import annotations

import gc
import itertools
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_agent import words
from desktop_agent.system import Folder, stop_log

# Before anything loads Qt: windows of tests are painted into memory, on the developer's screen they would flicker.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
if sys.platform == "win32":
    # Painted into memory, Qt finds no fonts of Windows by itself.
    os.environ.setdefault("QT_QPA_FONTDIR", str(Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"))
# What the developer has set for himself must not decide what is tested.
for _name in tuple(os.environ):
    # Without its buffer a program loses the end of a long line to a pipe when it is interrupted.
    if _name.startswith("DESKTOP_AGENT_") or _name.lower().endswith("_proxy") or _name == "PYTHONUNBUFFERED":
        del os.environ[_name]


# Who starts the tests in the background of a shell starts them deaf to Ctrl+C, and every program they start with them.
signal.signal(signal.SIGINT, signal.default_int_handler)

# As in the window: a Qt object that Python's cyclic collector frees in a worker brings the process down, and after the
# first test with Qt any test may hold one. So the collector runs between tests, on this thread, and nowhere else.
gc.disable()
_FULL_EVERY = 25
_tests = itertools.count(1)


def pytest_collection_finish() -> None:
    _collect_all()


def _collect_all() -> None:
    """What is left then is there for all tests: 200,000 objects that each window would look through when it opens."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """English, and no log file kept open, whatever the test before did."""
    words.use("en")
    yield
    stop_log()
    words.use("en")
    if next(_tests) % _FULL_EVERY == 0:
        _collect_all()
    else:
        gc.collect(1)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder of the program whose name has Chinese characters and a space, made and empty."""
    folder = Folder(tmp_path / "李娜 的文件")
    folder.make()
    return folder


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real GGUF of 0.3 MB with random weights: it loads and answers nonsense. Not to be changed; copy it."""
    # Imported here: numpy is only needed to write a model.
    from tests.tiny_model import write_tiny_model

    return write_tiny_model(tmp_path_factory.mktemp("模型 files") / "tiny.gguf")
