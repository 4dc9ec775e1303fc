"""Downloading a model on the command line: progress for people, or one JSON object for each step."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import NotAvailable
from desktop_agent.terminal.models import verdict
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.downloads import Download

LINE_EVERY = 0.1
"""Where nothing can be overwritten, a line for each tenth."""


async def get(app: App, output: Output, name: str) -> int:
    """Download a model of the list, or go on with it; what came is kept however it ends.

    Raises:
        NotFound: there is none of that name. NotAvailable, StorageError: it could not be had.
    """
    # Here, not above: it brings asyncio, 25 ms that the window must not wait for.
    from desktop_agent.inference.downloads import Stage

    offer = (await app.shelf.downloads.offers()).named(name)
    fit = await app.engines.fit_of(offer.header)
    output.aside(f"{offer.title}, {_megabytes(offer.bytes)} MB, {offer.licence}. {verdict(fit)}.")
    await app.shelf.downloads.all()  # an earlier run may have left some of it
    shown = _Progress(output)
    unwatch = app.shelf.downloads.watch(shown.show)
    try:
        app.shelf.downloads.start(offer)
        ended = await app.shelf.downloads.ended(offer.name)
    finally:
        unwatch()
        shown.end()
    if ended.trouble is not None:
        raise ended.trouble
    if ended.stage is not Stage.DONE or ended.path is None:
        raise NotAvailable("The download was stopped.", hint="What came is kept: the same command goes on with it.")
    output.result(
        {"event": "downloaded", "name": offer.name, "path": str(ended.path)},
        _("{name} is here. Use it with: desktop-agent model use {short}", name=offer.title, short=offer.name),
    )
    return 0


class _Progress:
    """Says how far a download is: a line that is written over in a terminal, else few lines."""

    def __init__(self, output: Output) -> None:
        self._output = output
        self._over = sys.stderr.isatty() and not output.as_json
        self._next = 0.0
        self._last = ""
        self._width = 0

    def show(self, download: Download) -> None:
        """Show one step."""
        self._output.event(record(download))
        trouble = download.trouble.said() if download.trouble and download.moving else ""
        text = f"{trouble} " + _("Trying again …") if trouble else told(download)
        share = download.done / download.offer.bytes
        if self._over:
            self._write("\r" + text.ljust(self._width))
            self._width = len(text)
        elif (share >= self._next or trouble) and text != self._last:
            self._output.aside(text)
            self._next = max(self._next, share // LINE_EVERY * LINE_EVERY + LINE_EVERY)
            self._last = text

    def end(self) -> None:
        """Leave the line."""
        if self._over and self._width:
            self._write("\n")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()


def told(download: Download) -> str:
    """How far it is, in one line."""
    figures = {"done": _megabytes(download.done), "total": _megabytes(download.offer.bytes)}
    parts = [_("{done} of {total} MB", **figures)]
    if download.bytes_per_second:
        parts.append(_("{speed} MB/s", speed=f"{download.bytes_per_second / 1e6:.1f}"))
    if download.time_left:
        parts.append(download.time_left)
    if download.source:
        parts.append(download.source)
    return " · ".join(parts)


def record(download: Download) -> dict[str, Any]:
    """One step as ``--json`` prints it."""
    return {
        "event": "download",
        "name": download.offer.name,
        "stage": str(download.stage),
        "done": download.done,
        "total": download.offer.bytes,
        "bytes_per_second": round(download.bytes_per_second) if download.bytes_per_second else None,
        "seconds_left": round(download.seconds_left) if download.seconds_left is not None else None,
        "source": download.source,
        "message": download.trouble.said() if download.trouble else None,
    }


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f}"
