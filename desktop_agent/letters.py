"""The letters of what people write: how many may be in a message, which can be stored, and of which language they are.

Apart from ``messages.py`` because the first paint needs these and none of the records there, which take 8 ms to make.
"""

from __future__ import annotations

import re

LONGEST_MESSAGE = 200_000
"""Characters in one message. A 2,048-token context holds about 8,000; the rest is room for larger models."""

UNBROKEN = 1000
"""So many letters without a blank: lines are then broken anywhere. A better place would take Qt 2 s for 200,000."""

_UNWRITABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]"


def is_chinese(text: str) -> bool:
    """Whether ``text`` should be answered in Chinese: it has at least one Han character per three words."""
    han = sum("\u3400" <= letter <= "\u9fff" for letter in text)
    return han > 0 and han * 3 >= len(re.findall(r"[A-Za-z]+", text))


def clean(text: str) -> str:
    """``text`` without what cannot be stored or shown: lone surrogates become U+FFFD, control characters go.

    Line ends become ``\\n``; tabs stay.
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(_UNWRITABLE, lambda match: "\ufffd" if match[0] >= "\ud800" else "", text)


def unbroken(text: str) -> bool:
    """Whether somewhere in ``text`` no blank comes for so long that its lines must be broken anywhere."""
    return len(text) >= UNBROKEN and re.search(f"[!-~]{{{UNBROKEN}}}", text) is not None
