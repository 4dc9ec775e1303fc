"""Dates as people read them, in the language of the window."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_agent.words import _, language

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(seconds: float, now: float) -> str:
    """``Today``, ``Yesterday``, ``12 Nov``, or ``12 Nov 2025`` for another year.

    Both are seconds since 1970; the day is that of this computer's own time zone.
    """
    then, today = _local(seconds), _local(now)
    days = (today.date() - then.date()).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    if language() == "zh_CN":
        text = f"{then.month}月{then.day}日"
        return text if then.year == today.year else f"{then.year}年{text}"
    text = f"{then.day} {_MONTHS[then.month - 1]}"
    return text if then.year == today.year else f"{text} {then.year}"


def moment(seconds: float) -> str:
    """The whole date and the time of day."""
    then = _local(seconds)
    if language() == "zh_CN":
        return f"{then.year}年{then.month}月{then.day}日 {then:%H:%M}"
    return f"{then.day} {_MONTHS[then.month - 1]} {then.year}, {then:%H:%M}"


def clock(seconds: float) -> str:
    """The time of day, ``14:02``."""
    return f"{_local(seconds):%H:%M}"


def _local(seconds: float) -> datetime:
    # Years 1970 to 3000: what Windows can turn into local time. An imported note may claim any date.
    return datetime.fromtimestamp(min(max(seconds, 86_400), 32_503_593_600), UTC).astimezone()
