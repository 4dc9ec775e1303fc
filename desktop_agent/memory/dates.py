"""Days in a text, written one way: 3月12日, 三月十二号, March 12, 12th of March and 2026-03-12 all hold 03-12.

``days`` takes what names a day or a month by itself; ``days_from`` what depends on the day it was
said: yesterday, last Friday, three weeks ago, 上周五, 去年.
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
_SPACED = re.compile(r"(?:[0-9]{4}\s?年\s?)?[0-9]{1,2}\s?月(?:\s?[0-9]{1,2}\s?[日号號])?|[0-9]{4}\s?年")
_MAY_HOLD = re.compile(rf"[0-9月]|\b(?:{_NAME})")
_SAID = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "yesterday": -1, "last night": -1, "tomorrow": 1,
    "the day before yesterday": -2, "the day after tomorrow": 2,
    "今天": 0, "今晚": 0, "今早": 0, "昨天": -1, "昨晚": -1, "昨日": -1, "前天": -2, "大前天": -3,
    "明天": 1, "明晚": 1, "明早": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = {name: at for at, name in enumerate(_WEEKDAYS)} | {day: at for at, day in enumerate("一二三四五六日")}
_WEEKDAY["天"] = 6
_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTED = {word: at for at, word in enumerate(_COUNTS, 1)} | {"a": 1, "an": 1, "a couple of": 2, "两": 2}
_WEEK_ZH = "(?:周|星期|礼拜)"
_RELATIVE = re.compile(
    rf"(?P<said>{'|'.join(sorted((word for word in _SAID if not word.isascii()), key=len, reverse=True))}"
    rf"|\b(?:{'|'.join(sorted((word for word in _SAID if word.isascii()), key=len, reverse=True))})\b)"
    rf"|\b(?P<way1>last|this past|this coming|next)\s+(?P<weekday1>{'|'.join(_WEEKDAYS)})"
    r"(?:[a-z]*day|s|rs?|nes)?\b"
    rf"|(?P<way2>上上?|这|本|下)个?{_WEEK_ZH}(?P<weekday2>[一二三四五六日天])"
    r"|\b(?P<way3>last|this past|this|next)\s+(?P<unit3>weekend|week|month|year)\b"
    rf"|(?P<way4>上上?|这|本|下)个?(?P<unit4>周末|周|星期|礼拜|月)"
    r"|(?<![目以之从])(?P<unit5>[去前今明后]年)(?![轻龄])"
    rf"|\b(?P<count6>[0-9]{{1,3}}|{'|'.join(_COUNTED)})\s+(?P<unit6>day|week|month|year)s?\s+ago\b"
    r"|(?P<count7>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})个?(?P<unit7>天|周|星期|礼拜|月|年)(?:以|之)?前"
)
_MAY_BE_RELATIVE = re.compile("[天昨晚早周拜期月年]|ago|last |next |this |yesterday|to(?:day|night|morrow)")
_YEARS = {"去年": -1, "前年": -2, "今年": 0, "明年": 1, "后年": 2}
_WAYS = {
    "last": -1,
    "this past": -1,
    "this": 0,
    "this coming": 1,
    "next": 1,
    "上": -1,
    "上上": -2,
    "这": 0,
    "本": 0,
    "下": 1,
}
_UNITS = {"周": "week", "星期": "week", "礼拜": "week", "周末": "weekend", "月": "month", "天": "day", "年": "year"}
_YEAR = re.compile("([一二][〇零一二三四五六七八九]{3})年")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or ``days`` from it on; with ``day`` 0 a month, with ``month`` 0 too a year.

    ``year`` is 0 where the text does not say.
    """

    year: int
    month: int
    day: int
    days: int = 1

    def span(self, newest: date) -> list[tuple[float, float]]:
        """From when to when it was, in seconds since 1970, on the clock of this computer.

        Without a year: this time in the three years up to ``newest``.
        """
        years = (self.year,) if self.year else (newest.year, newest.year - 1, newest.year - 2)
        spans = []
        for year in years:
            try:
                first = datetime(year, self.month or 1, self.day or 1)  # noqa: DTZ001 - the computer's clock
                if self.day:
                    last = first + timedelta(days=self.days)
                elif self.month:
                    last = first + timedelta(days=monthrange(year, self.month)[1])
                else:
                    last = datetime(year + 1, 1, 1)  # noqa: DTZ001
                spans.append((first.timestamp(), last.timestamp()))
            except (ValueError, OverflowError, OSError):  # 29 February, 31 June, before the clock begins
                continue
        return spans


def places(text: str) -> list[tuple[int, int]]:
    """Where ``text`` names a day by itself, be it with blanks (3 月 12 日), in no order; they may overlap.

    An English month alone is a word like any other.
    """
    low = text.lower()
    if len(low) != len(text) or not _MAY_HOLD.search(low):
        return []
    found = [each for each in _DAY.finditer(low) if not each["m6"]]
    return [(each.start(), each.start() + len(each[0].rstrip("."))) for each in (*found, *_SPACED.finditer(low))]


def days(folded: str) -> Iterator[Day]:
    """The days and months that ``folded`` names, in order."""
    if not _MAY_HOLD.search(folded):
        return
    for found in _DAY.finditer(folded):
        parts = {name[0]: value for name, value in found.groupdict().items() if value}
        month, day = _number(parts["m"]), _number(parts.get("d", "0"))
        if 1 <= month <= 12 and day <= 31:
            yield Day(int("".join(_DIGITS.get(digit, digit) for digit in parts.get("y", "0"))), month, day)


def may_be_relative(folded: str) -> bool:
    """Whether it is worth looking closer for ``days_from``; takes a twentieth of the time."""
    return bool(_MAY_BE_RELATIVE.search(folded))


def days_from(folded: str, said: date) -> Iterator[Day]:
    """The days, weeks, months and years that ``folded`` names as seen from the day it was said, in order."""
    if not may_be_relative(folded):
        return
    for found in _RELATIVE.finditer(folded):
        parts = {name[:-1] if name[-1].isdigit() else name: value for name, value in found.groupdict().items() if value}
        try:
            yield _seen_from(said, parts)
        except (OverflowError, ValueError):  # 900 years ago, in a text that says it is of the year 12
            continue


def _seen_from(said: date, parts: dict[str, str]) -> Day:
    if "said" in parts:
        return _day(said + timedelta(days=_SAID[parts["said"]]))
    unit = parts.get("unit", "")
    unit = _UNITS.get(unit, unit)
    if "count" in parts:
        count = parts["count"]
        return _moved(said, unit, -(_COUNTED.get(count) or _number(count)))
    if unit in _YEARS:
        return _moved(said, "year", _YEARS[unit])
    way = parts["way"]
    if "weekday" not in parts:
        return _moved(said, unit, _WAYS[way])
    weekday = _WEEKDAY[parts["weekday"]]
    if way.isascii():
        # "Last Friday" is the one before, on whatever day it is said; 上周五 is that of the last week.
        step = -1 if _WAYS[way] < 0 else 1
        ahead = (weekday - said.weekday()) * step % 7 or 7
        return _day(said + timedelta(days=step * ahead))
    return _day(_monday(said) + timedelta(weeks=_WAYS[way], days=weekday))


def _moved(said: date, unit: str, count: int) -> Day:
    """The day, week, weekend, month or year that is ``count`` of them away from ``said``."""
    if unit == "day":
        return _day(said + timedelta(days=count))
    if unit in ("week", "weekend"):
        monday = _monday(said) + timedelta(weeks=count)
        return _day(monday, 7) if unit == "week" else _day(monday + timedelta(days=5), 2)
    if unit == "year":
        return Day(date(said.year + count, 1, 1).year, 0, 0)
    years, month = divmod(said.month - 1 + count, 12)
    return Day(date(said.year + years, 1, 1).year, month + 1, 0)


def _day(day: date, days: int = 1) -> Day:
    return Day(day.year, day.month, day.day, days)


def _monday(said: date) -> date:
    return said - timedelta(days=said.weekday())


def date_terms(folded: str) -> Iterator[str]:
    """For each day of ``folded`` (month-day and month), for each month alone the month; years in Chinese digits."""
    for day in days(folded):
        yield from _terms(day)
    for found in _YEAR.finditer(folded):
        yield "".join(_DIGITS[letter] for letter in found[1])


def terms_from(folded: str, said: date) -> Iterator[str]:
    """As ``date_terms`` for what depends on the day it was said; a week is no term."""
    for day in days_from(folded, said):
        if day.days > 1:
            continue
        yield from _terms(day) if day.month else (f"{day.year}",)


def _terms(day: Day) -> Iterator[str]:
    yield f"{day.month:02}-"
    if day.day:
        yield f"{day.month:02}-{day.day:02}"


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
