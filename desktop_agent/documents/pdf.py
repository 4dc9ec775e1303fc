"""PDF files, through pypdf. A page that cannot be read is an empty page; a file that cannot be opened is a sentence."""

from __future__ import annotations

import logging
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from desktop_agent.documents.pages import Pages, Progress, damaged, nothing_in
from desktop_agent.errors import BadInput
from desktop_agent.messages import DocumentKind

log = logging.getLogger(__name__)
# It says every small oddity of a file in words that nobody sees.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)

_WRONG = (
    PyPdfError, OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError,
    RecursionError, NotImplementedError, struct.error, zlib.error,
)  # fmt: skip
"""What pypdf raises for files that are not as the standard wants them."""


def read(path: Path, name: str, progress: Progress | None = None) -> Pages:
    """The text of a PDF file, page by page.

    Raises:
        BadInput: it is damaged, locked, or has no text.
    """
    try:
        with path.open("rb") as file:
            reader = PdfReader(file)
            # Many are encrypted with an empty password, only so that they cannot be changed.
            if reader.is_encrypted and not reader.decrypt(""):
                raise _locked(name)
            count = len(reader.pages)
            found = Pages(DocumentKind.PDF, numbered=True).take(_texts(reader, count), count, progress)
    except DependencyError as error:
        raise _locked(name) from error
    except _WRONG as error:
        raise damaged(name) from error
    if not any(page.strip() for page in found.pages):
        raise nothing_in(name)
    return found


def _texts(reader: PdfReader, count: int) -> Iterator[str]:
    for number in range(count):
        try:
            yield reader.pages[number].extract_text() or ""
        except _WRONG as error:
            log.info("page %d cannot be read: %s", number + 1, type(error).__name__)
            yield ""


def _locked(name: str) -> BadInput:
    return BadInput("{file} is locked with a password.", hint="Remove the password and attach it.", file=name)
