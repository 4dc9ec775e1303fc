"""Days in a text, written one way: 3月12日, 三月十二号, March 12, 12th of March and 2026-03-12 all hold 03-12.

Only what names a day or a month is taken; "next Friday" depends on when it was said.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
_AGO = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "昨晚": 1, "last night": 1, "前天": 2}
_RELATIVE = re.compile(r"\b(?:today|yesterday|last night)\b|今天|昨天|昨晚|前天")
_YEAR = re.compile("([一二][〇零一二三四五六七八九]{3})年")


@dataclass(frozen=True, slots=True)
class Day:
    """A day or, with ``day`` 0, a month; ``year`` is 0 where the text does not say."""

    year: int
    month: int
    day: int

    def span(self, newest: date) -> list[tuple[float, float]]:
        """From when to when it was, in seconds since 1970, on the clock of this computer.

        Without a year: this time in the three years up to ``newest``.
        """
        years = (self.year,) if self.year else (newest.year, newest.year - 1, newest.year - 2)
        spans = []
        for year in years:
            try:
                first = datetime(year, self.month, self.day or 1)  # noqa: DTZ001 - the computer's clock
                last = first + timedelta(days=1 if self.day else monthrange(year, self.month)[1])
                spans.append((first.timestamp(), last.timestamp()))
            except (ValueError, OverflowError, OSError):  # 29 February, 31 June, before the clock begins
                continue
        return spans


def days(folded: str) -> Iterator[Day]:
    """The days and months that ``folded`` names, in order."""
    if not _MAY_HOLD.search(folded):
        return
    for found in _DAY.finditer(folded):
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        month, day = _number(parts["m"]), _number(parts.get("d", "0"))
        if 1 <= month <= 12 and day <= 31:
            yield Day(int("".join(_DIGITS.get(digit, digit) for digit in parts.get("y", "0"))), month, day)


def days_asked(folded: str, today: date) -> Iterator[Day]:
    """As ``days``, with yesterday and its like too."""
    yield from days(folded)
    for found in _RELATIVE.finditer(folded):
        day = today - timedelta(days=_AGO[found[0]])
        yield Day(day.year, day.month, day.day)


def date_terms(folded: str) -> Iterator[str]:
    """For each day of ``folded`` (month-day and month), for each month alone the month; years in Chinese digits."""
    for day in days(folded):
        yield f"{day.month:02}-"
        if day.day:
            yield f"{day.month:02}-{day.day:02}"
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
