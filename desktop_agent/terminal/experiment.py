"""``desktop-agent experiment``: the paper's four experiments on this computer, and where their report is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop_agent.experiments.results import Result
from desktop_agent.experiments.run import EXPERIMENTS, Paint, run
from desktop_agent.system import Folder, storage_error
from desktop_agent.terminal.output import Output
from desktop_agent.words import _


def experiment(
    folder: Folder, output: Output, which: str, into: Path | None, paint: Paint | None, *, quick: bool
) -> int:
    """Run ``which`` of them (a number or ``all``), write the report to ``into`` and say where it is."""
    place = into.expanduser().absolute() if into else _new_place(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, place) from error
    numbers = tuple(EXPERIMENTS) if which == "all" else (int(which),)
    results = asyncio.run(_run(numbers, place, output, paint, quick=quick))
    for result in results:
        output.event({"event": "result", "number": result.number, "figures": result.figures})
        output.piece(_told(result))
    output.result({"event": "reported", "folder": str(place)}, _("The report is in {folder}.", folder=place))
    return 0


async def _run(
    numbers: Sequence[int], place: Path, output: Output, paint: Paint | None, *, quick: bool
) -> tuple[Result, ...]:
    said, told = "", 0.0

    def tell(fraction: float, what: str) -> None:
        nonlocal said, told
        # A bar moves while the words stay: one of them says the same for a minute.
        if what != said or fraction >= told + 0.01:
            told = fraction
            output.event({"event": "progress", "fraction": round(fraction, 3), "what": what})
        if what != said:
            said = what
            output.aside(f"{fraction:4.0%}  {what}")

    return await run(numbers, place, tell, paint, quick=quick)


def _new_place(folder: Folder) -> Path:
    return folder.root / "experiments" / datetime.now().astimezone().strftime("%Y-%m-%d %H%M%S")


def _told(result: Result) -> str:
    lines = [f"{result.number}. {result.title}"]
    lines += [f"   {name} = {value:,.3f}" for name, value in result.figures.items() if value is not None]
    return "\n".join(lines) + "\n\n"
