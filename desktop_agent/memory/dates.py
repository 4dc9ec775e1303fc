"""Days in a text, written one way: 3月12日, 三月十二号, March 12, 12th of March and 2026-03-12 all hold 03-12.

Only what names a day or a month is taken; "next Friday" depends on when it was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ALL = "january february march april may june july august september october november december"
_MONTHS = _ALL.split()
_NUMBER = {name: at for at, name in enumerate(_MONTHS, 1)} | {name[:3]: at for at, name in enumerate(_MONTHS, 1)}
_NUMBER["sept"] = 9
_NAME = "|".join(sorted(_NUMBER, key=len, reverse=True))
_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))

_CHINESE_NUMBER = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_DAY = re.compile(
    rf"(?:(?P<y1>[12][0-9]{{3}}|[一二][〇零一二三四五六七八九]{{3}})年)?(?P<m1>{_CHINESE_NUMBER})月"
    rf"(?:(?P<d1>{_CHINESE_NUMBER})[日号]?)?"
    rf"|\b(?P<m2>{_NAME})\.?\s+(?:the\s+)?(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<y2>[12][0-9]{{3}})\b)?"
    rf"|\b(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m3>{_NAME})\b\.?(?:,?\s+(?P<y3>[12][0-9]{{3}})\b)?"
    r"|\b(?P<y4>[12][0-9]{3})[-/.](?P<m4>[0-9]{1,2})[-/.](?P<d4>[0-9]{1,2})\b"
    r"|(?<![\w.-])(?P<m5>[0-9]{2})-(?P<d5>[0-9]{2})(?![\w.-])"
    rf"|\b(?P<m6>{'|'.join(name for name in _MONTHS if name not in ('may', 'march'))}|(?<=in )(?:may|march))\b"
    r"(?:,?\s+(?P<y6>[12][0-9]{3})\b)?"
)
_MAY_HOLD = re.compile(rf"[0-9月]|\b(?:{_NAME})")
_YEAR = re.compile("([一二][〇零一二三四五六七八九]{3})年")


def date_terms(folded: str) -> Iterator[str]:
    """For each day of ``folded`` (month-day and month), for each month alone the month; years in Chinese digits."""
    if not _MAY_HOLD.search(folded):
        return
    for found in _DAY.finditer(folded):
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        month, day = _number(parts["m"]), _number(parts.get("d", "0"))
        if 1 <= month <= 12 and day <= 31:
            yield f"{month:02}-"
            if day:
                yield f"{month:02}-{day:02}"
    for found in _YEAR.finditer(folded):
        yield "".join(_DIGITS[letter] for letter in found[1])


def _number(text: str) -> int:
    """Of "12", "mar", "三", "十二", "二十一"."""
    if text.isdecimal() and text.isascii():
        return int(text)
    if text in _NUMBER:
        return _NUMBER[text]
    tens, found, ones = text.rpartition("十")
    if not found:
        return int(_DIGITS.get(text, "99"))
    return 10 * int(_DIGITS.get(tens, "1" if not tens else "99")) + int(_DIGITS.get(ones, "0" if not ones else "99"))
