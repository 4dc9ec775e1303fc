"""Tells the user of a newer version, when they wished to be told; only a link, which is opened when they say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop_agent import __version__
from desktop_agent.runtime.threads import Threads
from desktop_agent.runtime.update import newer
from desktop_agent.settings.catalogue import UPDATE_ADDRESS
from desktop_agent.ui.ask import ask
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.window import MainWindow

KEPT = "update-asked.txt"


async def look(app: App, window: MainWindow) -> None:
    """Ask the address of the settings, unless it was asked today, and show what it says."""
    address = app.settings[UPDATE_ADDRESS].strip()
    # A thread of its own: a computer that does not answer must not hold up the closing of the program.
    threads = Threads(name="update")
    try:
        found = await threads.call(newer, address, __version__, app.folder.root / KEPT)
    finally:
        await threads.close(wait_seconds=0)
    if found is None:
        return
    url = QUrl(found.page)
    window.notice.say(
        _(
            "Version {version} of Desktop Agent is there; this is {current}.",
            version=found.version,
            current=__version__,
        ),
        _("See the page…"),
        lambda: ask(
            window,
            _("Open this address in the browser?"),
            found.page,
            _("Open"),
            lambda: QDesktopServices.openUrl(url),
        ),
    )
