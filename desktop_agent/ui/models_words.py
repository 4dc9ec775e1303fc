"""What is said of models: sizes, whether one fits, how quickly it answers, how far a download is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_agent.ui.figures import size
from desktop_agent.ui.widgets import Tone
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.inference.downloads import Download
    from desktop_agent.inference.fit import Fit

WELL = 4
"""Times the reserve has to stay free for a model to fit well."""
MOST_WORDS = 100
"""A second; beyond that nobody cares."""


def file_size(count: int) -> str:
    """Bytes as sites and file managers count them: ``398 MB``, ``1.12 GB``."""
    if count >= 999_500_000:
        return f"{count / 1e9:.2f} GB"
    return f"{count / 1e6:.0f} MB" if count >= 9_950_000 else f"{count / 1e6:.1f} MB"


def verdict(fit: Fit) -> tuple[str, Tone]:
    """Whether a model fits, in few words, and how they are coloured."""
    from desktop_agent.inference.fit import Fits

    stays = fit.stays_free_bytes
    if stays is None:
        return _("not known"), Tone.QUIET
    if fit.fits is Fits.YES:
        return (_("fits well") if stays >= WELL * fit.reserve_bytes else _("fits")), Tone.GOOD
    if fit.fits is Fits.TIGHT:
        return _("tight: close other programs"), Tone.WARNING
    return _("needs {needed}, {free} free", needed=size(fit.needed_bytes), free=size(fit.free_bytes)), Tone.BAD


def pace(words_per_second: float, *, measured: bool) -> str:
    """How quickly a model answers here."""
    if words_per_second < 1:
        return _("less than 1 word a second")
    if words_per_second > MOST_WORDS:
        return _("more than {words} words a second", words=MOST_WORDS)
    words = f"{words_per_second:.0f}"
    if measured:
        return _("about {words} words a second, going by earlier answers", words=words)
    return _("about {words} words a second, estimated", words=words)


def progress(download: Download) -> str:
    """How far a download is, in one line."""
    from desktop_agent.inference.downloads import Stage

    if download.stage is Stage.QUEUED:
        return _("waits for the other download")
    figures = _("{done} of {total}", done=_done(download), total=file_size(download.offer.bytes))
    if download.stage is Stage.CHECKING:
        return _("checking what is here …")
    if download.stage is Stage.RETRYING:
        return f"{figures} · " + _("trying again …")
    if download.stage is Stage.PAUSED:
        return f"{figures} · " + _("paused")
    if download.stage is Stage.FAILED:
        return f"{figures} · " + _("stopped")
    speed = _("{size}/s", size=file_size(round(download.bytes_per_second))) if download.bytes_per_second else ""
    parts = (part for part in (figures, speed, download.time_left) if part)
    # A line ends between the parts, not between a number and its unit.
    return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in parts)


def detail(download: Download) -> str:
    """Where it comes from and how quickly, while it comes."""
    if not download.bytes_per_second:
        return download.source
    return _("{source}, {speed} a second", source=download.source, speed=file_size(round(download.bytes_per_second)))


def _done(download: Download) -> str:
    """Without the unit where the whole has the same: ``339 of 808 MB``."""
    if download.offer.bytes < 999_500_000:
        return f"{download.done / 1e6:.0f}"
    return f"{download.done / 1e9:.2f}"
