"""Whether there is a newer version, asked at an address that the user gave. Nothing about this computer is sent.

The answer is JSON with ``version`` and ``page``, or a release as GitHub tells of it (``tag_name``, ``html_url``). It is
asked for at most once a day, however often the program starts, and whatever is wrong with it is nobody's trouble.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlsplit

log = logging.getLogger(__name__)

BETWEEN_S = 24 * 3600
ANSWER_S = 15.0
LONGEST_ANSWER = 1 << 18
LONGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Update:
    """A newer version, and the page to read about it; always of the web."""

    version: str
    page: str


def newer(address: str, current: str, kept: Path, now: Callable[[], float] = time.time) -> Update | None:
    """What ``address`` says is newer than ``current``, or None.

    Blocks for up to 15 s; ``kept`` is the file that remembers when it was asked last.
    """
    if urlsplit(address).scheme not in ("http", "https") or not _due(kept, now()):
        return None
    # Before asking: an address that hangs must not be asked at every start.
    _remember(kept, now())
    try:
        # The same words for everybody: the version that is in use is nobody's business.
        request = urllib.request.Request(address, headers={"User-Agent": "desktop-agent", "Accept": "application/json"})
        with urllib.request.urlopen(request, timeout=ANSWER_S) as answer:
            told = json.loads(answer.read(LONGEST_ANSWER))
        found = _read(told)
    except (OSError, ValueError, RecursionError, HTTPException) as error:
        log.info("no answer about updates: %s", error)
        return None
    if _numbers(found.version) <= _numbers(current):
        return None
    return found


def _read(told: object) -> Update:
    """What the answer says.

    Raises:
        ValueError: it says nothing that can be used.
    """
    if not isinstance(told, dict):
        raise ValueError("not an object")
    version, page = told.get("version", told.get("tag_name")), told.get("page", told.get("html_url"))
    if not isinstance(version, str) or not isinstance(page, str):
        raise ValueError("neither version nor page")
    parts = urlsplit(page)
    if parts.scheme not in ("http", "https") or not parts.netloc or len(page) > LONGEST_PAGE:
        raise ValueError("a page that is not of the web")
    plain = version.strip().removeprefix("v")
    _numbers(plain)
    return Update(plain, page)


def _numbers(version: str) -> tuple[int, ...]:
    """1.10.2 as numbers that can be compared; what follows them, as in 1.2.0-beta, is ignored."""
    found = re.match(r"\d{1,6}(\.\d{1,6}){0,3}(?![\d.])", version)
    if found is None:
        raise ValueError(f"{version[:40]!r} is no version")
    numbers = [int(number) for number in found[0].split(".")]
    return (*numbers, 0, 0, 0)[:4]


def _due(kept: Path, now: float) -> bool:
    try:
        last = float(kept.read_text("utf-8"))
    except (OSError, ValueError):
        return True
    # A clock that was set back must not end the asking for years.
    return not 0 <= now - last < BETWEEN_S


def _remember(kept: Path, now: float) -> None:
    with contextlib.suppress(OSError):  # then it is asked again at the next start
        kept.write_text(f"{int(now)}\n", "utf-8")  # never later than now: that would count as a clock set back
