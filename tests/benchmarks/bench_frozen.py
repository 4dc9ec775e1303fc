"""What the finished Linux program costs against the same program from its source: start to window, idle memory.

1. Start: from the command to the window on the screen, alternating runs on one display (medians). Goal: at most 1.3
   times as long as from the source.
2. Memory: proportional set of the idle window without a model. Goal: at most 100 MB.

Needs ``make bundle`` before it and Xvfb. The display is asked directly when the window is mapped; both programs are
watched in the same way.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "dist" / "DesktopAgent" / "desktop-agent"
ROUNDS = 9
SETTLE_S, LONGEST_S = 6.0, 60.0
SLOWER, MEGABYTES = 1.3, 100
TITLE = b"Desktop Agent"


def main() -> int:
    if not FROZEN.exists():
        tell("finished program", "not there", "make bundle", True)
        return 0
    source = [sys.executable, "-m", "desktop_agent"]
    with display() as name, tempfile.TemporaryDirectory() as folder:
        os.environ["DISPLAY"] = name
        screen = Screen()
        times: dict[str, list[float]] = {"source": [], "frozen": []}
        memory: list[float] = []
        for number in range(ROUNDS + 1):
            for kind, command in (("source", source), ("frozen", [str(FROZEN)])):
                # Once more at the end, for the memory: then it stays open until it is quiet.
                seconds, megabytes = watched(screen, [*command, "--folder", f"{folder}/{kind}"], number == ROUNDS)
                if 0 < number < ROUNDS:  # the first one compiles and warms the disk's cache
                    times[kind].append(seconds)
                if number == ROUNDS and kind == "frozen":
                    memory.append(megabytes)
    slow, quick = statistics.median(times["frozen"]), statistics.median(times["source"])
    good = [
        tell(
            "finished program: start against its source", round(slow / quick, 2), f"≤ {SLOWER}", slow / quick <= SLOWER
        ),
        tell("finished program: start, ms", round(slow * 1000), "", True),
        tell("source: start, ms", round(quick * 1000), "", True),
        tell("finished program: idle memory, MB", round(memory[0], 1), f"≤ {MEGABYTES}", memory[0] <= MEGABYTES),
    ]
    return 0 if all(good) else 1


def tell(name: str, value: object, goal: str, ok: bool) -> bool:
    print(json.dumps({"name": name, "value": value, "goal": goal, "ok": ok}), flush=True)
    return ok


def watched(screen: Screen, command: list[str], stay: bool) -> tuple[float, float]:
    """Seconds until the window was there, and megabytes when it had become quiet (0 unless ``stay``)."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DESKTOP_", "QT_QPA"))}
    started = time.monotonic()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL) as child:
        while not screen.shows(TITLE) and time.monotonic() - started < LONGEST_S and child.poll() is None:
            time.sleep(0.002)
        seconds, megabytes = time.monotonic() - started, 0.0
        if stay:
            time.sleep(SETTLE_S)
            megabytes = proportional_set(child.pid)
        child.terminate()
        child.wait(10)
    while screen.shows(TITLE):
        time.sleep(0.01)
    return seconds, megabytes


def proportional_set(pid: int) -> float:
    """Megabytes of the process, what it shares with others divided among them."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")) * 1024 / 1e6


class Screen:
    """The display, asked through Xlib."""

    def __init__(self) -> None:
        library = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        library.XOpenDisplay.restype = ctypes.c_void_p
        self._x, self._display = library, ctypes.c_void_p(library.XOpenDisplay(None))
        library.XDefaultRootWindow.restype = ctypes.c_ulong
        self._root = library.XDefaultRootWindow(self._display)
        # Windows that end between two questions must not end this program.
        self._handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _error: 0)
        library.XSetErrorHandler(self._handler)

    def shows(self, title: bytes) -> bool:
        """Whether a window with this title is mapped."""
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        found = (ctypes.byref(part) for part in (root, parent, children, count))
        self._x.XQueryTree(self._display, ctypes.c_ulong(self._root), *found)
        windows = [children[number] for number in range(count.value)]
        if children:
            self._x.XFree(children)
        return any(self._named(window, title) and self._mapped(window) for window in windows)

    def _named(self, window: int, title: bytes) -> bool:
        name = ctypes.c_char_p()
        self._x.XFetchName(self._display, ctypes.c_ulong(window), ctypes.byref(name))
        return name.value is not None and title in name.value

    def _mapped(self, window: int) -> bool:
        attributes = (ctypes.c_int * 64)()
        self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(window), attributes)
        # XWindowAttributes: five ints, Visual*, root, class, bit_gravity, win_gravity, backing_store, two longs,
        # save_under, colormap, map_installed, map_state.
        viewable = 2
        return attributes[_MAP_STATE] == viewable


_MAP_STATE = 23


@contextmanager
def display() -> Iterator[str]:
    """A display of its own; its name."""
    reading, writing = os.pipe()
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as number:
            name = f":{number.readline().strip()}"
        try:
            yield name
        finally:
            server.terminate()


if __name__ == "__main__":
    sys.exit(main())
