"""A whole fresh program that is used for a while, with an ear on every connection it opens; prints them as JSON.

Qt's own connections are not heard, but its network module is not part of the program.
"""

from __future__ import annotations

import json
import socket
import sys
from pathlib import Path
from typing import Any

OPENED: list[str] = []
WATCHED = frozenset({"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"})
ASKED = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_PAIRS = {("socketpair", "socket"), ("_fallback_socketpair", "socket")}
LONGEST_S, LOOK_S = 60.0, 0.7


def hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in ASKED and (event not in WATCHED or arguments[0].family not in (socket.AF_INET, socket.AF_INET6)):
        return
    if not _own_pair():
        OPENED.append(f"{event} {arguments[1:]}")


def _own_pair() -> bool:
    """Whether Python is just making two ends of one wire for itself: on Windows that is TCP at 127.0.0.1."""
    frame = sys._getframe(2)
    return sys.platform == "win32" and (frame.f_code.co_name, frame.f_globals.get("__name__")) in _PAIRS


async def use(window: Any) -> None:
    """Ask something, look at every page, and close the window."""
    import asyncio

    from desktop_agent.ui.top_bar import Tab

    loop = asyncio.get_running_loop()
    until = loop.time() + LONGEST_S

    async def wait(condition: Any) -> None:
        while not condition():
            assert loop.time() < until
            await asyncio.sleep(0.05)

    await wait(lambda: window.chat.composer.ready)
    window.chat.composer.write("How do I add a memory?")
    window.chat.composer.sent.emit("How do I add a memory?")
    await wait(lambda: window.chat.transcript.entries and not window.chat.transcript.entries[-1].growing)
    for tab in (Tab.MEMORY, Tab.MONITOR, Tab.SETTINGS, Tab.CHAT):
        window.show_tab(tab)
        await asyncio.sleep(LOOK_S)
    window.bar.model.click()
    await wait(lambda: window.filling.models.menu is not None)
    await asyncio.sleep(LOOK_S)
    window.filling.models.menu.close()
    window.close()


def window(folder: Path) -> int:
    from desktop_agent.settings.store import Settings
    from desktop_agent.system import Folder
    from desktop_agent.ui import start
    from desktop_agent.ui.window import MainWindow

    fill = MainWindow.fill

    def filled(self: MainWindow, *given: Any, **more: Any) -> None:
        fill(self, *given, **more)
        self.filling.work.start(use(self))  # type: ignore[union-attr]

    MainWindow.fill = filled  # type: ignore[method-assign]
    place = Folder(folder)
    return start.main(place, Settings.open(place.settings, {}, {}))


def terminal(folder: Path) -> int:
    from desktop_agent.cli import main

    statuses = [
        main(["--folder", str(folder), "--json", *words])
        for words in (["chat", "hello"], ["chat", "remember that my dog is called Rex"], ["model", "list"], ["doctor"])
    ]
    return max(statuses)


if __name__ == "__main__":
    sys.addaudithook(hear)
    real, sys.stdout = sys.stdout, sys.stderr
    status = {"window": window, "terminal": terminal}[sys.argv[1]](Path(sys.argv[2]))
    print(json.dumps({"status": status, "opened": OPENED, "network": "aiohttp" in sys.modules}), file=real)
