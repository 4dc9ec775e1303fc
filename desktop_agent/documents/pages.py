"""The text of a file as its reader collects it, up to the limits, and the sentences for files that give none."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from desktop_agent.errors import BadInput
from desktop_agent.messages import DocumentKind

MOST_LETTERS = 2_000_000
"""Letters that are taken from one file: four thick books. What comes after them is left out."""
MOST_SECONDS = 60.0
"""After so long the pages that were read are what is taken."""

Progress = Callable[[int, int], None]
"""Told how many pages of how many were read."""


@dataclass(slots=True)
class Pages:
    """The text of a file as it is collected; ``cut`` once something had to be left out."""

    kind: DocumentKind
    numbered: bool = False
    """Whether the pages are those that a person would count."""
    pages: list[str] = field(default_factory=list)
    cut: bool = False
    _letters: int = 0

    def take(self, pages: Iterable[str], total: int = 0, progress: Progress | None = None) -> Pages:
        """Collect ``pages`` up to the limits."""
        until = time.monotonic() + MOST_SECONDS
        for number, page in enumerate(pages, 1):
            room = MOST_LETTERS - self._letters
            self.cut = self.cut or len(page) > room
            self.pages.append(page[:room])
            self._letters += len(page)
            if progress is not None and total:
                progress(number, total)
            if (self._letters >= MOST_LETTERS or time.monotonic() > until) and number != total:
                self.cut = True
                break
        return self


def damaged(name: str) -> BadInput:
    """The sentence for a file that begins like one of its kind and is none."""
    return BadInput(
        "{file} is damaged and cannot be read.",
        hint="Get it once more, or save it again where it comes from.",
        file=name,
    )


def nothing_in(name: str) -> BadInput:
    """The sentence for a file that has no text."""
    return BadInput(
        "There is no text in {file}, only pictures.",
        hint="It was probably scanned. A program that recognises text (OCR) can add it.",
        file=name,
    )
