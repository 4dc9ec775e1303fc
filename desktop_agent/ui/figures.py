"""Amounts as people read them: sizes, percentages, times."""

from __future__ import annotations

MB = 1024 * 1024
GB = 1024 * MB
UNKNOWN = "–"
"""What is shown for a figure that this computer does not tell."""


def size(count: float | None) -> str:
    """Bytes as ``86 MB`` or ``2.4 GB``; a laptop sold with 4 GB has 3.9 here, as in its own task manager."""
    if count is None:
        return UNKNOWN
    if count >= 1000 * MB:
        return f"{count / GB:.1f} GB"
    return f"{count / MB:.1f} MB" if 0 < count < 9.95 * MB else f"{count / MB:.0f} MB"


def percent(share: float | None) -> str:
    """``34 %`` for 34.4."""
    return UNKNOWN if share is None else f"{share:.0f} %"


def duration(ms: float) -> str:
    """``240 ms``, ``1.5 s``: what somebody waited."""
    return milliseconds(ms) if ms < 999.5 else f"{ms / 1000:.1f} s"


def milliseconds(ms: float | None) -> str:
    """``2 ms``; ``under 1 ms`` would be a claim nobody needs, so less than one is 1."""
    return UNKNOWN if ms is None else f"{max(ms, 1):.0f} ms"
