"""What an experiment hands over: figures for programs, tables and charts for people."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Told = Callable[[float, str], None]
"""Told how far an experiment is, 0.0 to 1.0, and what it does now in the user's language."""


class Kind(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Table:
    """``number`` counts through all experiments, in the order of the paper's; cells are text as shown.

    ``name`` is its stable key in ``results.json``.
    """

    number: str
    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One line, or the bars of one colour; ``values`` are in the order of the chart's ``labels``.

    ``reported`` values were not measured here: the paper's.
    """

    name: str
    values: tuple[float | None, ...]
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """One figure. ``number`` counts through all experiments; ``logarithmic`` is the scale of the values."""

    number: int
    name: str
    title: str
    kind: Kind
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    x_title: str
    y_title: str
    logarithmic: bool = False

    @property
    def file(self) -> str:
        """The name of its picture."""
        return f"figure-{self.number}-{self.name}.png"


@dataclass(frozen=True, slots=True)
class Result:
    """One experiment. ``figures`` keep their names for ever; ``conditions`` say all that one must know to repeat it."""

    number: int
    title: str
    conditions: tuple[str, ...]
    figures: dict[str, float | int | None]
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()


@dataclass(slots=True)
class Times:
    """Durations in seconds, and what can be said of many."""

    seconds: list[float] = field(default_factory=list)

    def percentile(self, percent: float) -> float | None:
        """The duration that ``percent`` of all do not exceed; None when there are none."""
        ordered = sorted(self.seconds)
        return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)] if ordered else None


def median(values: Sequence[float]) -> float:
    """The middle one; of an even number the lower of the two."""
    return sorted(values)[(len(values) - 1) // 2]


def ms(seconds: float | None, digits: int = 1) -> str:
    """Seconds as a cell in milliseconds."""
    return "–" if seconds is None else f"{seconds * 1000:,.{digits}f}"


def times(ratio: float | None) -> str:
    """A ratio as a cell."""
    if ratio is None or not math.isfinite(ratio):
        return "–"
    return f"{ratio:,.0f}×" if ratio >= 20 else f"{ratio:.2f}×"
