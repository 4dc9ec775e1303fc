"""What a file says, whatever kind of file it is; the kind is told by its first bytes, not by its name.

Files come from anywhere: damaged, encrypted, packed a thousand times over. What can be
known is said in a sentence; what cannot (a reader that dies or never ends) is up to the
process this runs in, which has a limit on its memory and is ended after a time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from desktop_agent.errors import BadInput
from desktop_agent.messages import DocumentKind

LARGEST = 64 << 20
"""Bytes of a file. A book of a thousand pages has 20 MB; what is larger is pictures."""
MOST_LETTERS = 2_000_000
"""Letters that are taken from one file: four thick books. What comes after them is left out."""
MOST_SECONDS = 60.0
"""After so long the pages that were read are what is taken."""

Progress = Callable[[int, int], None]
"""Told how many pages of how many were read."""

_OLD_WORD, _RICH_TEXT, _ZIP, _PDF, _GGUF = b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04", b"%PDF-", b"GGUF"
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


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


def read(path: Path, progress: Progress | None = None) -> Pages:
    """The text of ``path``, page by page.

    Raises:
        BadInput: it is empty, too large, no text, locked by a password, or damaged.
    """
    name = shown_name(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise BadInput(
                "{file} is too large to be read: {size} MB. {most} MB is the most.",
                hint="Attach only the part that matters.",
                file=name, size=f"{size / 2**20:.0f}", most=LARGEST >> 20,
            )  # fmt: skip
        if path.is_dir():
            raise BadInput("{file} is a folder.", hint="Attach the files in it one by one.", file=name)
        if size == 0:
            raise BadInput("{file} is empty.", hint="Choose another file.", file=name)
        with path.open("rb") as file:
            begin = file.read(1024)
    except OSError as error:
        raise not_opened(name, error) from error
    if _PDF in begin:
        from desktop_agent.documents import pdf

        return pdf.read(path, name, progress)
    if begin.startswith(_ZIP):
        from desktop_agent.documents import word

        return word.read(path, name)
    if begin.startswith(_GGUF):
        raise BadInput("{file} is a model, not a text.", hint="Choose it as the model in the top bar.", file=name)
    if begin.startswith((_OLD_WORD, _RICH_TEXT)):
        raise BadInput(
            "{file} is in an older format of Word, which cannot be read.",
            hint="Open it in Word or WPS, save it as .docx and attach that.",
            file=name,
        )
    from desktop_agent.documents import text

    kind = DocumentKind.MARKDOWN if path.suffix.lower() in _MARKDOWN else DocumentKind.TEXT
    return Pages(kind).take([text.read(path, name)])


def shown_name(path: Path) -> str:
    """The name of a file on one line and not too long: a name may have line ends in it."""
    name = " ".join(path.name.encode("utf-8", "replace").decode().split())
    return name if len(name) <= 120 else f"{name[:80]}…{name[-30:]}"


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


def not_opened(name: str, error: Exception) -> BadInput:
    """The sentence for a file called ``name`` that the computer does not give out."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return BadInput("{file} is not there any more.", hint="Choose it again where it is now.", file=name)
    if isinstance(error, PermissionError):
        return BadInput("This account may not read {file}.", hint="Copy it into a folder of your own.", file=name)
    reason = getattr(error, "strerror", None) or str(error)
    return BadInput("{file} cannot be opened: {reason}.", hint="Is its disk connected?", file=name, reason=reason)
