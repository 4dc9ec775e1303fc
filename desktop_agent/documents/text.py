"""Text files, in whatever encoding a program of the last thirty years wrote them."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from desktop_agent.errors import BadInput

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # Before UTF-16: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOKED_AT = 64 << 10
_FOREIGN = re.compile("[^\x00-\x7f]+")


def read(path: Path, name: str) -> str:
    """The text of ``path``.

    Raises:
        BadInput: it is no text.
    """
    data = path.read_bytes()
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    if b"\0" in data[:_LOOKED_AT]:
        raise BadInput(
            "{file} is not a text, PDF or Word file.", hint="Attach a .txt, .md, .pdf or .docx file.", file=name
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        # What Chinese Windows wrote; it takes almost any bytes.
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
    return text if _chinese(text[:_LOOKED_AT]) else data.decode("cp1252", "replace")


def _chinese(text: str) -> bool:
    """Whether letters beyond ASCII stand side by side, as in Chinese; umlauts taken for it stand alone."""
    runs = [len(run) for run in _FOREIGN.findall(text)]
    return sum(length for length in runs if length > 1) * 2 >= sum(runs)
