"""An answer cut into pieces that are shown one below the other: prose and code.

While an answer arrives only its last piece changes; the ones before it are closed
and are laid out once. Prose is closed at a blank line, but not inside a list, where
the next item may still belong to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Any indent: the code may belong to a list item.
_FENCE = re.compile(r"^( {0,12})(`{3,}|~{3,})([^\n]*)$")
_LIST = re.compile(r"^ {0,3}([-*+]|\d{1,9}[.)])\s")
# The beginning of the next item, of which not all has arrived.
_LIST_BEGUN = re.compile(r"^([-*+]|\d{1,9}[.)]?)$")
# So many letters without a blank: lines are then broken anywhere. Looking for a better place takes Qt 2 s for 200,000.
_UNBROKEN = re.compile(r"[!-~]{1000}")


@dataclass(frozen=True, slots=True)
class Piece:
    """Markdown without code blocks, or the inside of one code block."""

    text: str
    code: bool = False
    language: str = ""
    """The word after the fence, as written: ``python``."""


def pieces(text: str, *, growing: bool = False) -> list[Piece]:
    """``text`` cut at its code blocks; a fence that is still open counts as closed at the end.

    ``growing`` cuts closed prose at blank lines too, so that all pieces but the last stay
    as they are when more text arrives.
    """
    found: list[Piece] = []
    prose: list[str] = []
    code: list[str] = []
    fence, indent, language = "", 0, ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if fence:
            if match and match[2].startswith(fence) and not match[3].strip():
                found.append(Piece("\n".join(code), code=True, language=language))
                fence, code = "", []
            else:
                code.append(line[min(indent, len(line) - len(line.lstrip(" "))) :])
        elif match and not (match[2][0] == "`" and "`" in match[3]):
            _close(found, prose, growing)
            fence, indent = match[2], len(match[1])
            language = match[3].strip().split(" ")[0]
        else:
            prose.append(line)
    if fence:
        found.append(Piece("\n".join(code), code=True, language=language))
    else:
        _close(found, prose, growing)
    return found


def unbroken(text: str) -> bool:
    """Whether somewhere in ``text`` no blank comes for so long that its lines must be broken anywhere."""
    return _UNBROKEN.search(text) is not None


def _close(found: list[Piece], prose: list[str], growing: bool) -> None:
    text = "\n".join(prose).strip("\n")
    prose.clear()
    if not text.strip():
        return
    if not growing:
        found.append(Piece(text))
        return
    part: list[str] = []
    blank = False
    in_list = False
    for line in text.split("\n"):
        goes_on = line.startswith((" ", "\t")) or (in_list and (_LIST.match(line) or _LIST_BEGUN.match(line)))
        if blank and line.strip() and not goes_on and part:
            found.append(Piece("\n".join(part).strip("\n")))
            part, in_list = [], False
        part.append(line)
        in_list = in_list or bool(_LIST.match(line))
        blank = not line.strip()
    found.append(Piece("\n".join(part).strip("\n")))
