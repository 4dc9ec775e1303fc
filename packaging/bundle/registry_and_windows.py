"""What Windows itself says: the registry, special folders, the windows of a process, and keys pressed in a wizard.

Only for Windows; importing it elsewhere fails.
"""

from __future__ import annotations

import ctypes
import time
import winreg
from collections.abc import Callable
from ctypes import wintypes
from pathlib import Path
from typing import Any

WM_CLOSE, WM_COMMAND = 0x10, 0x111
IDOK = 1
"""Of OK, and of Next, Install and Finish in a wizard of NSIS."""
_OWNER = 4
_DIALOG = "#32770"

_user = ctypes.windll.user32  # type: ignore[attr-defined,unused-ignore]
_user.GetWindow.restype = _user.GetDlgItem.restype = wintypes.HWND
_Seen = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)  # type: ignore[attr-defined,unused-ignore]


def value(key: str, name: str) -> Any:
    """A value of the account's registry; None when there is none."""
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:  # type: ignore[attr-defined,unused-ignore]
            return winreg.QueryValueEx(opened, name)[0]  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return None


def key_exists(key: str) -> bool:
    """Whether the account's registry has it."""
    try:
        winreg.OpenKey(winreg.HKEY_CURRENT_USER, key).Close()  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    return True


def special_folder(number: int) -> Path:
    """A folder of the account that Windows knows by a number: 2 the Start menu's programs, 16 the desktop."""
    room = ctypes.create_unicode_buffer(1024)
    ctypes.windll.shell32.SHGetFolderPathW(None, number, None, 0, room)  # type: ignore[attr-defined,unused-ignore]
    return Path(room.value)


def windows_of(process: int, title: str = "") -> list[int]:
    """The visible windows of a process, those in front first; only those with ``title`` when one is given."""
    found: list[int] = []

    def look(window: int, _parameter: int) -> bool:
        owner = wintypes.DWORD()
        _user.GetWindowThreadProcessId(window, ctypes.byref(owner))
        if owner.value == process and _user.IsWindowVisible(window) and (not title or _title(window) == title):
            found.append(window)
        return True

    _user.EnumWindows(_Seen(look), 0)
    return found


def close(window: int) -> None:
    """As its own cross would."""
    _user.PostMessageW(window, WM_CLOSE, 0, 0)


def press_ok(process: int) -> str:
    """Press the first button of what is in front in the wizard of a process; what that said, nothing without one."""
    for window in windows_of(process):
        if _class(window) != _DIALOG or not _user.IsWindowEnabled(window):
            continue
        button = _user.GetDlgItem(window, IDOK)
        if button and _user.IsWindowEnabled(button):
            _user.PostMessageW(window, WM_COMMAND, IDOK, button)
            return _words(window)
    return ""


def wait_for(question: Callable[[], Any], seconds: float) -> Any:
    """The first answer that is true, or the last one."""
    until = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < until:
        time.sleep(0.05)
    return answer


class Decoy:
    """A window of this process with ``title``, which nobody may close; used as a context."""

    def __init__(self, title: str) -> None:
        self._title = title

    def __enter__(self) -> Decoy:
        create = _user.CreateWindowExW
        create.restype = wintypes.HWND
        self._window = create(0, "STATIC", self._title, 0x10000000, 0, 0, 50, 50, None, None, None, None)
        return self

    def __exit__(self, *_error: object) -> None:
        _user.DestroyWindow(self._window)

    @property
    def asked_to_close(self) -> bool:
        """Whether anybody asked it to since the last look."""
        message = wintypes.MSG()
        return bool(_user.PeekMessageW(ctypes.byref(message), self._window, WM_CLOSE, WM_CLOSE, 1))


def _title(window: int) -> str:
    return _text(_user.GetWindowTextW, window)


def _class(window: int) -> str:
    return _text(_user.GetClassNameW, window)


def _text(ask: Any, window: int) -> str:
    room = ctypes.create_unicode_buffer(2048)
    ask(window, room, 2048)
    return room.value


def _words(window: int) -> str:
    """All that stands in a dialog."""
    said: list[str] = []

    def look(child: int, _parameter: int) -> bool:
        said.append(_title(child))
        return True

    _user.EnumChildWindows(window, _Seen(look), 0)
    return "\n".join(said)
