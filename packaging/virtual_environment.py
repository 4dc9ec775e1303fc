""".venv/: the Python environment of one checkout, made once and then left alone until something it came from changes.

What it was made from is written into it; comparing that takes milliseconds and no pip.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_wheel
from llama_wheel import ROOT, say

FOLDER = ROOT / ".venv"
PYTHON = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
STAMP = FOLDER / "set-up.json"
NEWEST = (3, 14)
"""The last Python that the pinned Qt and qasync are made for; the first one is 3.11."""


class SetUpFailed(Exception):
    """The environment could not be made; the text says why and what to try."""


def ready(groups: Sequence[str]) -> bool:
    """Whether the environment already has the program and the dependency ``groups``, as pyproject.toml has them now."""
    stamp = _stamp()
    return stamp.get("made from") == _made_from() and set(groups) <= set(stamp.get("groups", ())) and PYTHON.exists()


def fill(groups: Sequence[str]) -> None:
    """Install the program and ``groups`` into the environment, making it first when there is none for this Python.

    Raises:
        SetUpFailed: no pip, no network, no space.
        BuildFailed: llama.cpp cannot be compiled.
    """
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:16]
    lock = llama_wheel.cache() / "locks" / name
    with llama_wheel.locked(lock, "Another set-up works in this folder; waiting for it."):
        if ready(groups):
            return
        if _python_of_environment() != sys.version_info[:2]:
            _make()
        before = _stamp()
        STAMP.unlink(missing_ok=True)
        wheel = llama_wheel.wheel(PYTHON)
        if before.get("wheel") != wheel.parent.name:
            # pip takes another build of the same version for the same thing.
            _pip("--no-deps", "--force-reinstall", str(wheel))
        groups = sorted({*groups, *before.get("groups", ())})
        say("Installing the program and the libraries it uses…")
        _pip("--editable", str(ROOT), *_requirements(groups))
        _quicken()
        stamp = {"made from": _made_from(), "groups": groups, "wheel": wheel.parent.name}
        STAMP.write_text(json.dumps(stamp), "utf-8")


def _made_from() -> str:
    parts = (
        (ROOT / "pyproject.toml").read_text("utf-8"),
        Path(__file__).read_text("utf-8"),
        str(ROOT),  # scripts hold the full path of their Python
        sys.version,
        llama_wheel.key(),
    )
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def _stamp() -> dict[str, Any]:
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _requirements(groups: Sequence[str]) -> list[str]:
    """The lines of the dependency ``groups``; read here because pip knows groups only since 25.1."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    return [line for group in groups for line in table[group]]


def _python_of_environment() -> tuple[int, ...] | None:
    """The version of the environment's Python; None when there is none that works, with pip."""
    question = "import sys, pip; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    except OSError:
        return None
    return tuple(map(int, answer.stdout.split())) if answer.returncode == 0 else None


def _make() -> None:
    say("Making the Python environment in .venv…")
    shutil.rmtree(FOLDER, ignore_errors=True)
    # Debian keeps ensurepip in a package of its own; without it venv leaves half an environment behind.
    whole = importlib.util.find_spec("ensurepip") is not None
    made = _quietly(sys.executable, "-m", "venv", *(() if whole else ("--without-pip",)), str(FOLDER))
    if made and not whole:
        made = _quietly(sys.executable, "-m", "pip", "--python", str(PYTHON), "install", "--quiet", "pip")
    if not made or _python_of_environment() != sys.version_info[:2]:
        shutil.rmtree(FOLDER, ignore_errors=True)
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        raise SetUpFailed(
            "The Python environment could not be made in .venv. "
            f"On Debian and Ubuntu, sudo apt-get install {package} usually helps."
        )


def _pip(*arguments: str) -> None:
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    if not sys.stderr.isatty():
        command.append("--quiet")
    if subprocess.run([*command, *arguments], stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
        raise SetUpFailed("The libraries could not be installed; pip says why above. Often the network or a full disk.")


def _quicken() -> None:
    """Do once what Python would do at each start of the window."""
    # PySide6 compiles its signature module at each import unless this switch has once unpacked it.
    question = "import PySide6.QtCore, shiboken6; print(*shiboken6.__path__)"
    answer = subprocess.run(
        [PYTHON, "-c", question],
        env=os.environ | {"SBK_EMBED": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    folders = [answer.stdout.strip()] if answer.returncode == 0 else []
    _quietly(str(PYTHON), "-m", "compileall", "-q", *folders, str(ROOT / "desktop_agent"))


def _quietly(*command: str) -> bool:
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode == 0
