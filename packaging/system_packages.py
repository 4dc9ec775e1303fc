"""What the window needs from Debian or Ubuntu beyond Python: libraries of the system and a Chinese font.

Whether a library is there is found out by loading it: quick, and true on every distribution.
Windows and macOS bring all of this along; there nothing is ever missing.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

from llama_wheel import compiler_missing, say

# Names of libraries and of the packages of Debian 12 to 13 and Ubuntu 22.04 to 26.04 that hold them.
QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11 = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
WAYLAND = {"libwayland-cursor.so.0": "libwayland-cursor0", "libwayland-egl.so.1": "libwayland-egl1"}
CHINESE_FONT = "fonts-wqy-microhei"
COMPILER = "build-essential"


def window_packages() -> list[str]:
    """The packages without which the window cannot open, also the invisible one of the tests."""
    libraries = QT | X11 | (WAYLAND if os.environ.get("WAYLAND_DISPLAY") else {})
    return [package for library, package in libraries.items() if _missing(library)]


def all_packages(compile_llama: bool) -> list[str]:
    """Everything to install: for the window, for reading Chinese and, if ``compile_llama``, for compiling."""
    packages = window_packages()
    if sys.platform.startswith("linux") and not _chinese_font():
        packages.append(CHINESE_FONT)
    if compile_llama and compiler_missing():
        packages.append(COMPILER)
    return packages


def install(packages: list[str]) -> None:
    """Install ``packages`` through apt-get when that needs no password; says what to type when it cannot."""
    if not packages:
        return
    names = " ".join(packages)
    rights = _rights()
    if rights is None or not shutil.which("apt-get"):
        say(f"These system packages are missing: {names}")
        say(f"Install them with: sudo apt-get install --no-install-recommends {names}")
        return
    say(f"Installing system packages: {names}…")
    command = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    # A fresh machine is often still busy with its own updates.
    patience = ("-o", "DPkg::Lock::Timeout=300")
    get = [*command, *patience, "install", "-y", "-q", "--no-install-recommends", *packages]
    # A fresh system has no list of packages, or one too old to be served.
    if not _run(get) and not (_run([*command, "update", "-q"]) and _run(get)):
        say(f"apt-get could not install them. Try it by hand: sudo apt-get install {names}")


def display_found() -> bool:
    """Whether a window can be shown: a screen that really answers, not only a variable that names one."""
    if not sys.platform.startswith("linux"):
        return True
    # Whoever names a platform of Qt has another kind of screen in mind.
    if os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    found = not xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return found


def _rights() -> list[str] | None:
    """What to put before apt-get, or None when it would ask for a password."""
    if not sys.platform.startswith("linux"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    return [sudo, "-n"] if sudo and _run([sudo, "-n", "true"]) else None


def _run(command: list[str]) -> bool:
    answer = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return answer.returncode == 0


def _missing(library: str) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


class _FontSet(ctypes.Structure):
    _fields_ = (("count", ctypes.c_int),)


def _chinese_font() -> bool:
    """Whether fontconfig knows a font for Simplified Chinese; False also when fontconfig itself is missing."""
    try:
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return False
    library.FcNameParse.restype = library.FcObjectSetCreate.restype = ctypes.c_void_p
    library.FcFontList.restype = ctypes.POINTER(_FontSet)
    pattern = ctypes.c_void_p(library.FcNameParse(b":lang=zh-cn"))
    wanted = ctypes.c_void_p(library.FcObjectSetCreate())
    library.FcObjectSetAdd(wanted, b"file")
    fonts = library.FcFontList(None, pattern, wanted)
    return bool(fonts) and fonts.contents.count > 0
