"""Text from a model or a file made safe to show: nothing invisible turns it round, and nothing grows without an end.

Letters that change the direction of what follows are written out, so that a name or a
piece of code is read as what it is. Markdown that would take Qt seconds is shown as text.
"""

from __future__ import annotations

import re

LONGEST_PROSE = 20_000
"""Letters of Markdown in one piece; what is longer is no paragraph."""
DEEPEST = 12
"""Quotes and lists within one another."""
MOST_COLUMNS, MOST_ROWS = 40, 400
MOST_MARKS = 3_000
"""Brackets, stars and the like in one piece of Markdown."""

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_QUOTES = re.compile(r"^[ \t]*(?:>[ \t]?){" + str(DEEPEST) + ",}", re.MULTILINE)
_INDENTED = re.compile(r"^[ \t]{" + str(4 * DEEPEST) + r",}(?:[-*+]|\d{1,9}[.)])[ \t]", re.MULTILINE)
_NESTED = re.compile(r"^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+){" + str(DEEPEST) + ",}", re.MULTILINE)
_MARKS = re.compile(r"[\[\]*_~`<>|!\\&]")


def visible(text: str) -> str:
    """``text`` with letters that turn the direction written out, as ``‹U+202E›``."""
    if text.isascii():
        return text
    return _TURNING.sub(lambda letter: f"‹U+{ord(letter[0]):04X}›", text)


def too_much(markdown: str) -> bool:
    """Whether ``markdown`` would be laid out for so long that it is better shown as it stands."""
    if len(markdown) > LONGEST_PROSE:
        return True
    if len(markdown) < 2 * DEEPEST:
        return False
    if _QUOTES.search(markdown) or _INDENTED.search(markdown) or _NESTED.search(markdown):
        return True
    if "|" in markdown and "-|" in markdown.replace(" ", ""):
        rows = [line for line in markdown.split("\n") if "|" in line]
        if len(rows) > MOST_ROWS or any(line.count("|") > MOST_COLUMNS for line in rows):
            return True
    return len(markdown) > MOST_MARKS and len(_MARKS.findall(markdown)) > MOST_MARKS
