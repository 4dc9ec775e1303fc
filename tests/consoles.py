"""Ctrl-C and Ctrl-Break for a program that a test started: Windows sends them to whole consoles, never to a process.

So on Windows the program gets a console of its own, and another process sits down at it for a moment and presses the
key; the console of the tests feels nothing.
"""

from __future__ import annotations

import signal
import subprocess
import sys

OWN_CONSOLE: int = getattr(subprocess, "CREATE_NEW_CONSOLE", 0)
"""For ``creationflags`` of a program that will be interrupted."""

_PRESS = """
import ctypes, sys
kernel = ctypes.WinDLL("kernel32", use_last_error=True)
kernel.FreeConsole()
if not kernel.AttachConsole(int(sys.argv[1])):
    sys.exit(f"no console: {ctypes.get_last_error()}")
kernel.SetConsoleCtrlHandler(None, True)
if not kernel.GenerateConsoleCtrlEvent(int(sys.argv[2]), 0):
    sys.exit(f"no event: {ctypes.get_last_error()}")
"""
_CTRL_C, _CTRL_BREAK = 0, 1


def feels_break() -> bool:
    """Whether a program can be told to end: Wine's C library hands only Ctrl-C on to it."""
    if sys.platform != "win32":
        return True
    import ctypes

    return not hasattr(ctypes.windll.ntdll, "wine_get_version")


def interrupt(number: int) -> None:
    """As if the user had pressed Ctrl-C at the program with this number."""
    _send(number, signal.SIGINT, _CTRL_C)


def end(number: int) -> None:
    """Tell the program with this number to end, as the system does."""
    _send(number, signal.SIGTERM, _CTRL_BREAK)


def _send(number: int, sign: signal.Signals, event: int) -> None:
    if sys.platform != "win32":
        import os

        os.kill(number, sign)
        return
    command = [sys.executable, "-c", _PRESS, str(number), str(event)]
    pressed = subprocess.run(command, capture_output=True, text=True, timeout=60)
    # Ctrl-Break ends the one who pressed it too.
    assert "no " not in pressed.stderr, pressed.stderr
