"""What the program did on its own to stay light, for the Monitor and the log."""

from __future__ import annotations

import logging
import time
from collections import deque
from dataclasses import dataclass

from desktop_agent.words import _

log = logging.getLogger(__name__)

KEPT = 50


@dataclass(frozen=True, slots=True)
class Act:
    """One act: ``what`` is an English template for ``fields``, ``time`` in seconds since 1970."""

    time: float
    what: str
    fields: tuple[tuple[str, object], ...] = ()

    def told(self) -> str:
        """The sentence in the user's language."""
        return _(self.what, **dict(self.fields))


class Acts:
    """The newest acts, at most ``KEPT``; safe from any thread."""

    def __init__(self) -> None:
        self._acts: deque[Act] = deque(maxlen=KEPT)

    def note(self, what: str, **fields: object) -> None:
        """Write down ``what``, a literal English template: ``note("Idle {minutes} min: …", minutes=10)``."""
        self._acts.append(Act(time.time(), what, tuple(fields.items())))
        log.info(what.format(**fields))

    def all(self) -> tuple[Act, ...]:
        """What was written down, newest first."""
        return tuple(reversed(self._acts))
