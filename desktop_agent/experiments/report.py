"""What a run leaves behind: ``report.md``, the same as a page for a browser, and ``results.json``, in a folder.

The charts are painted by the caller. The report is in the user's language; the names in ``results.json`` are the
same in every language and version.
"""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from html import escape
from pathlib import Path

from desktop_agent import __version__
from desktop_agent.experiments.results import Chart, Result, Table
from desktop_agent.runtime.processor import processor
from desktop_agent.runtime.readings import Computer
from desktop_agent.system import write_atomically
from desktop_agent.words import _, language

REPORT, PAGE, FIGURES = "report.md", "report.html", "results.json"
"""A page as well: few computers have a program that shows the other one as it is meant."""

_STYLE = """
body { font: 15px/1.5 "Segoe UI", "Microsoft YaHei UI", Inter, "Noto Sans CJK SC", sans-serif; color: #1F2421;
       background: #FFFFFF; max-width: 60em; margin: 2em auto; padding: 0 1.5em; }
h1 { font-size: 1.6em; } h2 { font-size: 1.25em; margin-top: 2.2em; }
table { border-collapse: collapse; margin: 0.3em 0 1.4em; font-size: 0.9em; }
th, td { border-bottom: 1px solid #DFDFD8; padding: 0.3em 1.2em 0.3em 0; text-align: right; }
th:first-child, td:first-child { text-align: left; }
th { font-weight: normal; color: #6B736E; } figure { margin: 1.4em 0; } img { max-width: 100%; }
caption { text-align: left; font-weight: bold; white-space: nowrap; padding-bottom: 0.2em; }
figcaption { font-weight: bold; }
"""


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
    """Write the files; what an earlier run left there is replaced.

    Raises:
        StorageError: the folder cannot be written.
    """
    here, now = machine(), datetime.now().astimezone()
    record = {
        "machine": here,
        "when": now.isoformat(timespec="seconds"),
        "quick": quick,
        "experiments": [_record(result) for result in results],
    }
    write_atomically(folder / FIGURES, json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    about = tuple(_about(here, f"{now:%Y-%m-%d %H:%M}", quick=quick))
    write_atomically(folder / REPORT, "\n".join(_lines(results, about)) + "\n")
    write_atomically(folder / PAGE, "\n".join(_page(results, about)) + "\n")


def _record(result: Result) -> dict[str, object]:
    return {
        "number": result.number,
        "figures": result.figures,
        "conditions": list(result.conditions),
        "tables": [asdict(table) for table in result.tables],
    }


def _title() -> str:
    return _("Desktop Agent: what it does on this computer")


def _about(here: dict[str, str | int | None], when: str, *, quick: bool) -> Iterator[str]:
    """What the run was made with and on, and how to read it; a paragraph each."""
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
    yield _(
        "Beside this program stands a synchronous one as the paper describes it, measured here, and what the paper "
        "reports of its own machine. Tables and figures are numbered through all four experiments."
    )


def _lines(results: Sequence[Result], about: Sequence[str]) -> Iterator[str]:
    yield f"# {_title()}"
    for paragraph in about:
        yield ""
        yield paragraph
    for result in results:
        yield ""
        yield f"## {result.number}. {result.title}"
        yield ""
        yield from (f"- {condition}" for condition in result.conditions)
        for table in result.tables:
            yield from _table(table)
        for chart in result.charts:
            yield ""
            yield f"![{chart.title}]({chart.file})"
            yield ""
            yield f"**{_figure_title(chart)}**"


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"**{_table_title(table)}**"
    yield ""
    yield _row(table.columns)
    yield _row(("---",) * len(table.columns))
    for row in table.rows:
        yield _row(row)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table_title(table: Table) -> str:
    return _("Table {number}. {title}", number=table.number, title=table.title)


def _figure_title(chart: Chart) -> str:
    return _("Figure {number}. {title}", number=chart.number, title=chart.title)


def _page(results: Sequence[Result], about: Sequence[str]) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{language().replace("_", "-")}"><head><meta charset="utf-8">'
    yield f"<title>{escape(_title())}</title><style>{_STYLE}</style></head><body>"
    yield f"<h1>{escape(_title())}</h1>"
    yield from (f"<p>{escape(paragraph)}</p>" for paragraph in about)
    for result in results:
        yield f"<h2>{result.number}. {escape(result.title)}</h2>"
        yield "<ul>" + "".join(f"<li>{escape(condition)}</li>" for condition in result.conditions) + "</ul>"
        for table in result.tables:
            yield f"<table><caption>{escape(_table_title(table))}</caption>"
            yield _page_row("th", table.columns)
            yield from (_page_row("td", row) for row in table.rows)
            yield "</table>"
        for chart in result.charts:
            title = escape(_figure_title(chart))
            yield f'<figure><img src="{escape(chart.file)}" alt="{escape(chart.title)}">'
            yield f"<figcaption>{title}</figcaption></figure>"
    yield "</body></html>"


def _page_row(kind: str, cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f"<{kind}>{escape(cell)}</{kind}>" for cell in cells) + "</tr>"
