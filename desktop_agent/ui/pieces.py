"""An answer cut into pieces that are shown one below the other: prose and code.

While an answer arrives only its last piece changes; the ones before it are closed
and are laid out once. Prose is closed at a blank line, but not inside a list, where
the next item may still belong to it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Any indent: the code may belong to a list item.
_FENCE = re.compile(r"^( {0,12})(`{3,}|~{3,})([^\n]*)$")
_LIST = re.compile(r"^ {0,3}([-*+]|\d{1,9}[.)])\s")
# The beginning of the next item, of which not all has arrived.
_LIST_BEGUN = re.compile(r"^([-*+]|\d{1,9}[.)]?)$")

MOST = 300
"""Pieces of one answer that are shown as they are meant."""


class Piece(NamedTuple):
    """Markdown without code blocks, or the inside of one code block."""

    text: str
    code: bool = False
    language: str = ""
    """The word after the fence, as written: ``python``."""


def pieces(text: str) -> list[Piece]:
    """``text`` cut at its code blocks; a fence that is still open counts as closed at the end.

    Behind ``MOST`` pieces the rest is one of plain text: each has a document of its own.
    """
    found = cut(text)
    if len(found) <= MOST:
        return [piece for _at, piece in found]
    return [*(piece for _at, piece in found[:MOST]), Piece(text[found[MOST][0] :], code=True, language="text")]


def cut(text: str, *, growing: bool = False) -> list[tuple[int, Piece]]:
    """The pieces of ``text``, each with the place in it where its first line begins.

    ``growing`` cuts closed prose at blank lines too, so that all pieces but the last stay
    as they are when more text arrives; cutting may go on at the place of the last one.
    """
    found: list[tuple[int, Piece]] = []
    prose: list[str] = []
    code: list[str] = []
    fence, indent, language = "", 0, ""
    at = begun = 0
    for line in text.split("\n"):
        match = _FENCE.match(line) if "``" in line or "~~" in line else None
        if fence:
            if match and match[2].startswith(fence) and not match[3].strip():
                found.append((begun, Piece("\n".join(code), code=True, language=language)))
                fence, code = "", []
                begun = at + len(line) + 1
            else:
                code.append(line[min(indent, len(line) - len(line.lstrip(" "))) :])
        elif match and not (match[2][0] == "`" and "`" in match[3]):
            _close(found, prose, begun, growing)
            fence, indent, begun = match[2], len(match[1]), at
            language = match[3].strip().split(" ")[0]
        else:
            prose.append(line)
        at += len(line) + 1
    if fence:
        found.append((begun, Piece("\n".join(code), code=True, language=language)))
    else:
        _close(found, prose, begun, growing)
    return found


def _close(found: list[tuple[int, Piece]], prose: list[str], begun: int, growing: bool) -> None:
    lines = prose.copy()
    prose.clear()
    if not any(line.strip() for line in lines):
        return
    if not growing:
        found.append((begun, Piece("\n".join(lines).strip("\n"))))
        return
    part: list[str] = []
    at = begun
    blank = in_list = False
    for line in lines:
        goes_on = line.startswith((" ", "\t")) or (in_list and (_LIST.match(line) or _LIST_BEGUN.match(line)))
        if blank and line.strip() and not goes_on and any(part):
            found.append((begun, Piece("\n".join(part).strip("\n"))))
            part, in_list, begun = [], False, at
        part.append(line)
        in_list = in_list or bool(_LIST.match(line))
        blank = not line.strip()
        at += len(line) + 1
    found.append((begun, Piece("\n".join(part).strip("\n"))))
