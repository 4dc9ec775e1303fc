"""Which experiments there are, and a run of some of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol

from desktop_agent.experiments import report
from desktop_agent.experiments.cold_start import cold_start
from desktop_agent.experiments.isolation import isolation
from desktop_agent.experiments.keeping import keeping
from desktop_agent.experiments.load import load
from desktop_agent.experiments.results import Chart, Result, Told

Paint = Callable[[Chart, Path], None]
"""Paints a chart into a PNG file."""


class Experiment(Protocol):
    """One of the four."""

    def __call__(self, told: Told, *, quick: bool = False) -> Awaitable[Result]:
        """Run it."""


EXPERIMENTS: dict[int, Experiment] = {1: isolation, 2: cold_start, 3: keeping, 4: load}
WEIGHT = {1: 2.0, 2: 0.3, 3: 4.0, 4: 5.0}
"""How long each takes against the others; quick runs are even enough for it, too."""


async def run(
    numbers: Sequence[int], folder: Path, told: Told, paint: Paint | None = None, *, quick: bool = False
) -> tuple[Result, ...]:
    """Run the experiments of these ``numbers`` and write the report to ``folder``; cancelling leaves nothing running.

    Raises:
        StorageError: the folder cannot be written.
        NotAvailable: an experiment could not be run here.
    """
    whole, before, results = sum(WEIGHT[number] for number in numbers), 0.0, []
    for number in numbers:

        def tell(fraction: float, what: str, *, number: int = number, before: float = before) -> None:
            told((before + WEIGHT[number] * fraction) / whole, what)

        results.append(await EXPERIMENTS[number](tell, quick=quick))
        before += WEIGHT[number]
    report.write(folder, results, quick=quick)
    if paint:
        for result in results:
            for chart in result.charts:
                paint(chart, folder / chart.file)
    return tuple(results)
