"""What a file says, whatever kind of file it is; the kind is told by its first bytes, not by its name.

Files come from anywhere: damaged, encrypted, packed a thousand times over. What can be
known is said in a sentence; what cannot (a reader that dies or never ends) is up to the
process this runs in, which has a limit on its memory and is ended after a time.
"""

from __future__ import annotations

from pathlib import Path

from desktop_agent.documents.pages import Pages, Progress
from desktop_agent.errors import BadInput, reason
from desktop_agent.messages import DocumentKind

LARGEST = 64 << 20
"""Bytes of a file. A book of a thousand pages has 20 MB; what is larger is pictures."""

_OLD_WORD, _RICH_TEXT, _ZIP, _PDF, _GGUF = b"\xd0\xcf\x11\xe0", b"{\\rtf", b"PK\x03\x04", b"%PDF-", b"GGUF"
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")


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


def not_opened(name: str, error: Exception) -> BadInput:
    """The sentence for a file called ``name`` that the computer does not give out."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return BadInput("{file} is not there any more.", hint="Choose it again where it is now.", file=name)
    if isinstance(error, PermissionError):
        return BadInput("This account may not read {file}.", hint="Copy it into a folder of your own.", file=name)
    told = reason(error)
    return BadInput("{file} cannot be opened: {reason}.", hint="Is its disk connected?", file=name, reason=told)
