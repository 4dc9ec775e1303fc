"""Runs every ``bench_*.py`` beside it and prints one table; fails when a goal is missed.

A benchmark is a program that prints one JSON object a line: ``{"name": …, "value": …, "goal": …, "ok": true}``.
``value`` and ``goal`` are shown as they are. Nothing is written into the tree. Arguments choose benchmarks by a part
of their name.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LONGEST_S = 900


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table."""

    name: str
    value: str
    goal: str
    ok: bool


def results(program: Path) -> list[Result]:
    """What ``program`` measured; one failed line more when it ended badly."""
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(HERE.parent.parent), os.environ.get("PYTHONPATH", "")))),
    }
    try:
        answer = subprocess.run(
            [sys.executable, program],
            cwd=HERE.parent.parent,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            timeout=LONGEST_S,
        )
    except subprocess.TimeoutExpired:
        return [Result(program.stem, f"no end after {LONGEST_S} s", "", False)]
    lines = [line for line in answer.stdout.splitlines() if line.startswith("{")]
    found = [
        Result(str(entry["name"]), str(entry["value"]), str(entry.get("goal", "")), bool(entry["ok"]))
        for entry in map(json.loads, lines)
    ]
    # One that says what it missed may well end with 1.
    if not found or (answer.returncode and all(result.ok for result in found)):
        found.append(Result(program.stem, f"ended with status {answer.returncode}", "", False))
    return found


def main(parts: list[str]) -> int:
    programs = [
        program
        for program in sorted(HERE.glob("bench_*.py"))
        if not parts or any(part in program.stem for part in parts)
    ]
    table = []
    for program in programs:
        started = time.monotonic()
        table += results(program)
        print(f"{program.stem}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print(text(table))
    return 0 if table and all(result.ok for result in table) else 1


def text(table: list[Result]) -> str:
    """The table in columns, with a verdict for each line."""
    rows = [("what", "measured", "goal", "")]
    rows += [(result.name, result.value, result.goal, "ok" if result.ok else "MISSED") for result in table]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
