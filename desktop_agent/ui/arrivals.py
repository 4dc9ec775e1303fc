"""What the window does when a download ends, whatever page is in view; and the first model of a new program."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_agent.inference.downloads import Download, Stage
from desktop_agent.settings.catalogue import MODEL
from desktop_agent.ui.first_run import FirstRun
from desktop_agent.ui.widgets import gone
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.shelf import Offered
    from desktop_agent.ui.work import Work

Say = Callable[..., object]


class Arrivals(QObject):
    """Watches the downloads of ``app`` as long as it lives. ``use`` lets a model answer, ``say`` fills the banner."""

    def __init__(self, app: App, work: Work, use: Callable[[str], object], say: Say, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._work, self._use, self._say = app, work, use, say
        self._greeting: FirstRun | None = None
        self._suitable: Offered | None = None
        self._last: tuple[str, Stage] | None = None
        self._unwatch = app.shelf.downloads.watch(self._moved)

    def leave(self) -> None:
        """Listen no more."""
        self._unwatch()
        self._greeting = None

    def greet(self, greeting: FirstRun) -> None:
        """Fill the card of ``greeting`` that offers the model which suits this laptop."""
        if greeting is self._greeting:
            return
        self._greeting = greeting
        greeting.get_wanted.connect(self._get)
        greeting.pause_wanted.connect(self._pause)
        self._work.start(self._find())

    async def _find(self) -> None:
        downloads = await self._app.shelf.downloads.all()
        reading = await self._app.monitor.sample()
        total = reading.ram_total
        free = total - reading.ram_used if total and reading.ram_used is not None else None
        suitable = await self._app.shelf.suitable(free, total)
        greeting = self._greeting
        if greeting is None or gone(greeting):
            return
        self._suitable = suitable
        if suitable is None:
            greeting.show_none()
            return
        greeting.show_suitable(suitable, os.cpu_count() or 1)
        for download in downloads:
            if download.offer.name == suitable.offer.name:
                greeting.show_download(download)

    def _get(self) -> None:
        if self._suitable is not None:
            self._app.shelf.downloads.start(self._suitable.offer)

    def _pause(self) -> None:
        if self._suitable is not None:
            self._app.shelf.downloads.pause(self._suitable.offer.name)

    def _moved(self, download: Download) -> None:
        greeting = self._greeting
        mine = self._suitable is not None and self._suitable.offer.name == download.offer.name
        if greeting is not None and not gone(greeting) and mine:
            greeting.show_download(download)
        if (step := (download.offer.name, download.stage)) == self._last:
            return
        self._last = step
        if download.stage is Stage.DONE and download.path is not None:
            self._arrived(download, str(download.path))
        elif download.stage is Stage.FAILED and download.trouble is not None:
            self._say(download.trouble.told())

    def _arrived(self, download: Download, path: str) -> None:
        title = download.offer.title
        if self._app.settings[MODEL].strip():
            self._say(_("{model} is here.", model=title), _("Use it"), lambda: self._use(path))
        else:  # only the guide answered: it was downloaded to answer
            self._use(path)
            self._say(_("{model} is here and answers from now on.", model=title))
