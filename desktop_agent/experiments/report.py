"""What a run leaves behind: ``report.md`` and ``results.json`` in a folder; the charts are painted by the caller.

The report is in the user's language; the names in ``results.json`` are the same in every language and version.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from desktop_agent import __version__
from desktop_agent.experiments.results import Result, Table
from desktop_agent.runtime.processor import processor
from desktop_agent.runtime.readings import Computer
from desktop_agent.system import write_atomically
from desktop_agent.words import _

REPORT, FIGURES = "report.md", "results.json"


def machine() -> dict[str, str | int | None]:
    """What the run was made on."""
    computer = Computer()
    return {
        "version": __version__,
        "system": f"{platform.system()} {platform.release()}",
        "processor": processor().name or platform.machine(),
        "cores": computer.physical_cores,
        "threads": computer.cores,
        "ram_bytes": computer.read().ram_total,
        "python": platform.python_version(),
    }


def write(folder: Path, results: Sequence[Result], *, quick: bool) -> None:
    """Write both files; what an earlier run left there is replaced.

    Raises:
        StorageError: the folder cannot be written.
    """
    here, when = machine(), datetime.now().astimezone().isoformat(timespec="seconds")
    record = {
        "machine": here,
        "when": when,
        "quick": quick,
        "experiments": [_record(result) for result in results],
    }
    write_atomically(folder / FIGURES, json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    write_atomically(folder / REPORT, "\n".join(_lines(results, here, when, quick=quick)) + "\n")


def _record(result: Result) -> dict[str, object]:
    return {
        "number": result.number,
        "figures": result.figures,
        "conditions": list(result.conditions),
        "tables": [asdict(table) for table in result.tables],
    }


def _lines(results: Sequence[Result], here: dict[str, str | int | None], when: str, *, quick: bool) -> Iterator[str]:
    yield "# " + _("Desktop Agent: what it does on this computer")
    yield ""
    yield _("Version {version}, {when}.", version=here["version"], when=when)
    yield _(
        "{system}, {processor}, {cores} cores, {ram} MB of RAM, Python {python}.",
        system=here["system"],
        processor=here["processor"],
        cores=here["cores"],
        ram=f"{int(here['ram_bytes'] or 0) // 1_000_000:,}",
        python=here["python"],
    )
    if quick:
        yield _("A quick run: short times, so single figures may be off.")
    yield ""
    yield _(
        "Beside this program stands a synchronous one as the paper describes it, measured here, and what the paper "
        "reports of its own machine."
    )
    for result in results:
        yield ""
        yield f"## {result.number}. {result.title}"
        yield ""
        yield from (f"- {condition}" for condition in result.conditions)
        for table in result.tables:
            yield from _table(table)
        for chart in result.charts:
            yield ""
            yield f"![{chart.title}]({result.number}-{chart.name}.png)"


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"**{table.title}**"
    yield ""
    yield _row(table.columns)
    yield _row(("---",) * len(table.columns))
    for row in table.rows:
        yield _row(row)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
