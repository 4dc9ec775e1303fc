"""Word files (.docx): a zip archive with XML in it, read without anything but the standard library.

The archive says how large its parts become; that is believed and limited before anything is unpacked.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from desktop_agent.documents.pages import Pages, damaged, nothing_in
from desktop_agent.errors import BadInput
from desktop_agent.messages import DocumentKind

LARGEST_PART = 64 << 20
"""Bytes of the text part, unpacked; a novel has 2 MB."""

_BODY = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ENCRYPTED = 0x1


def read(path: Path, name: str) -> Pages:
    """The text of a Word file; its pages are those that Word last showed, if it wrote them down.

    Raises:
        BadInput: it is another kind of archive, damaged, or unpacks to far too much.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            body = next((part for part in archive.infolist() if part.filename == _BODY), None)
            if body is None:
                raise BadInput(
                    "{file} is not a text, PDF or Word file.", hint="Attach a .txt, .md, .pdf or .docx file.", file=name
                )
            if body.flag_bits & _ENCRYPTED:
                raise BadInput(
                    "{file} is locked with a password.", hint="Remove the password and attach it.", file=name
                )
            if body.file_size > LARGEST_PART:
                raise BadInput(
                    "{file} unpacks to {size} MB of text, which is far too much.",
                    hint="Attach only the part that matters.",
                    file=name,
                    size=body.file_size >> 20,
                )
            with archive.open(body) as file:
                pages, numbered = _pages(file, name)
    except (
        zipfile.BadZipFile, ElementTree.ParseError, zlib.error, EOFError, OSError, NotImplementedError, UnicodeError,
    ) as error:  # fmt: skip
        raise damaged(name) from error
    if not any(page.strip() for page in pages):
        raise nothing_in(name)
    return Pages(DocumentKind.WORD, numbered).take(pages)


def _pages(file: IO[bytes], name: str) -> tuple[list[str], bool]:
    begin = file.read(2048)
    if b"<!DOCTYPE" in begin:
        raise damaged(name)  # no Word file has one, and what it may hold grows without an end
    file.seek(0)
    pages: list[list[str]] = [[]]
    numbered = False
    for piece in _pieces(file):
        if piece == "\f":
            numbered = True
            pages.append([])
        else:
            pages[-1].append(piece)
    return ["".join(page) for page in pages], numbered


def _pieces(file: IO[bytes]) -> Iterator[str]:
    r"""Text, line ends, and ``\f`` where Word began a new page."""
    cells = 0
    for event, element in ElementTree.iterparse(file, ("start", "end")):
        tag = element.tag.removeprefix(_W)
        if event == "start":
            cells += tag == "tc"
            continue
        match tag:
            case "t":
                yield element.text or ""
            case "tab":
                yield "\t"
            case "lastRenderedPageBreak":
                yield "\f"
            case "br" | "cr":
                yield "\n"
            case "p":
                yield " " if cells else "\n\n"
                element.clear()
            case "tc":
                cells -= 1
                yield "\t"
            case "tr":
                yield "\n"
                element.clear()
            case "tbl":
                yield "\n"
                element.clear()
            case _:
                pass
