"""A process of the program's own for work that may die, never end, or want all memory; it ends with its parent.

The parent hears it line by line through its standard output and never writes to it; the
end of that pipe tells the child that nobody waits any more.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import desktop_agent

INPUT, OUTPUT = 0, 1


def command(word: str, arguments: Sequence[str]) -> list[str]:
    """What starts this program for ``word``, one of the words that ``cli.py`` looks for first."""
    program = [] if getattr(sys, "frozen", False) else ["-m", "desktop_agent"]
    return [sys.executable, *program, word, *arguments]


def started(words: Sequence[str], *, errors: bool = False) -> subprocess.Popen[bytes]:
    """The process, behind everything else where the system can do that; with ``errors`` what it says of them is heard.

    Raises:
        OSError, ValueError: there is none.
    """
    apart: dict[str, Any] = {"start_new_session": True}  # Ctrl+C is for the parent
    if sys.platform == "win32":
        quiet, group = subprocess.CREATE_NO_WINDOW, subprocess.CREATE_NEW_PROCESS_GROUP
        apart = {"creationflags": quiet | group | subprocess.BELOW_NORMAL_PRIORITY_CLASS}
    if not getattr(sys, "frozen", False):
        # From where this program was imported, not from wherever it was started.
        apart["cwd"] = Path(desktop_agent.__file__).parent.parent
    told = subprocess.STDOUT if errors else subprocess.DEVNULL
    return subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told, **apart)


def ender(child: subprocess.Popen[bytes]) -> Callable[[], None]:
    """What ends ``child``, from any thread."""

    def end() -> None:
        with contextlib.suppress(OSError):
            child.kill()
        # A frozen program may have become two processes; this ends the other one.
        if child.stdin is not None:
            with contextlib.suppress(OSError):
                child.stdin.close()

    return end


# In the child


def stand_alone(most_bytes: int = 0) -> None:
    """Die quietly and alone, when nobody waits any more, and of wanting more than ``most_bytes`` of memory if given."""
    if sys.platform == "win32":
        import ctypes

        no_critical_box, no_fault_box = 0x0001, 0x0002
        ctypes.windll.kernel32.SetErrorMode(no_critical_box | no_fault_box)
        if most_bytes:
            _limit_on_windows(most_bytes)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if most_bytes:
            resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
            os.nice(5)
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")
    # A thread outside of threads.py: the process is its own and ends with it.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def say(line: bytes) -> None:
    """Tell the parent one line."""
    # Not print: in a program without a console sys.stdout is None, while the pipe is there.
    left = memoryview(line + b"\n")
    with contextlib.suppress(OSError):  # nobody listens any more
        while left:
            left = left[os.write(OUTPUT, left) :]


def _limit_on_windows(most_bytes: int) -> None:
    """Put this process into a job object that gives it no more memory."""
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = [  # noqa: RUF012 - ctypes wants a list
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class Extended(ctypes.Structure):
        _fields_ = [  # noqa: RUF012
            ("Basic", Basic),
            ("Io", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    process_memory, extended_limits = 0x100, 9
    kernel: Any = getattr(ctypes, "WinDLL")("kernel32")  # noqa: B009 - there is none elsewhere
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    limits = Extended()
    limits.Basic.LimitFlags = process_memory
    limits.ProcessMemoryLimit = most_bytes
    job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
    kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits))
    # Where a job around us forbids another one the limit is missing; the time limit is still there.
    kernel.AssignProcessToJobObject(job, wintypes.HANDLE(kernel.GetCurrentProcess()))


def _end_with_parent() -> None:
    try:
        while os.read(INPUT, 1):
            pass
    except OSError:  # started by hand, without a pipe
        return
    os._exit(1)
