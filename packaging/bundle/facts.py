"""What the finished program is called, which version it is, and where its files lie.

Read from the source without importing it: the machine that only packs may lack the libraries of the program.
"""

from __future__ import annotations

import platform
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent

TITLE = "Desktop Agent"
NAME = "DesktopAgent"
"""Of the folder, the setup file and the program with a window."""
COMMAND = "desktop-agent"
"""The program for a terminal; on Linux the only one."""
PUBLISHER = "Desktop Agent"
"""No company stands behind it: Windows shows the project's name."""
COPYRIGHT = "MIT licence"
DESCRIPTION = "An AI assistant that runs on this laptop"
CONTENTS = "_internal"
"""The folder beside the programs that holds everything else; PyInstaller's usual name."""

DIST = ROOT / "dist"
BUILD = ROOT / "build" / "bundle"


def version() -> str:
    """The version of the program, as in ``desktop_agent/__init__.py``."""
    text = (ROOT / "desktop_agent" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', text, re.MULTILINE)
    if found is None:
        raise ValueError('desktop_agent/__init__.py has no line __version__ = "1.2.3"')
    return found[1]


def four_numbers(text: str) -> tuple[int, int, int, int]:
    """The version as Windows wants it: 1.2.3 becomes (1, 2, 3, 0)."""
    one, two, three = (int(number) for number in text.split("."))
    return one, two, three, 0


def on_windows() -> bool:
    """Whether the program that is being made is one for Windows; so it is under Wine."""
    return sys.platform == "win32"


def programs() -> tuple[str, ...]:
    """The files that are started, as they lie in the program's folder."""
    return (f"{NAME}.exe", f"{COMMAND}.exe") if on_windows() else (COMMAND,)


def system_words() -> str:
    """What tells archives of different systems apart."""
    machine = platform.machine().lower().replace("amd64", "x86_64")
    return f"windows-{machine}" if on_windows() else f"linux-{machine}"
