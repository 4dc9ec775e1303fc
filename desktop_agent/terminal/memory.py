"""The notes on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.errors import BadInput
from desktop_agent.messages import Note, clean
from desktop_agent.terminal.output import Output, found_record, moment, note_record
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App  # a second of imports that --help must not wait for

PAGE = 500


async def add(app: App, output: Output, text: str) -> int:
    """Make a note."""
    text = clean(text).strip()
    if not text:
        raise BadInput("The note is empty.", hint="Write what to remember.")
    note = await app.notes.add(text, important=True, source="command line")
    output.result(note_record(note), _("Remembered: {text}", text=note.text))
    return 0


async def search(app: App, output: Output, text: str, limit: int) -> int:
    """The notes that fit ``text``, best first."""
    found = await app.notes.search(clean(text), limit=limit)
    for match in found:
        output.result(found_record(match), _line(match.note))
    if not found:
        output.aside(_("No note fits that."))
    return 0


async def list_all(app: App, output: Output, limit: int | None) -> int:
    """All notes, newest first."""
    shown = 0
    while limit is None or shown < limit:
        page = await app.notes.all(limit=PAGE if limit is None else min(PAGE, limit - shown), offset=shown)
        if not page:
            break
        for note in page:
            output.result(note_record(note), _line(note))
        shown += len(page)
    if not shown:
        output.aside(_("There are no notes yet."))
    return 0


async def forget(app: App, output: Output, ids: list[int]) -> int:
    """Delete notes for good."""
    for number in ids:
        note = await app.notes.get(number)
        await app.notes.forget(number)
        output.result({"forgotten": number}, _("Forgotten: {text}", text=note.text))
    return 0


async def export(app: App, output: Output, path: Path) -> int:
    """Write all notes to ``path``, one JSON object a line."""
    count = await app.notes.export(path)
    output.result({"exported": count, "file": str(path)}, _("{count} notes written to {path}.", count=count, path=path))
    return 0


async def import_(app: App, output: Output, path: Path) -> int:
    """Take the notes of ``path``; the good lines are taken, the bad ones listed. 1 when there were bad ones."""
    report = await app.notes.import_(path)
    for line in report.broken:
        output.warning(_("Line {number}: {reason}", number=line.number, reason=line.reason))
    if report.broken_lines > len(report.broken):
        output.warning(_("… and {count} more lines.", count=report.broken_lines - len(report.broken)))
    output.result(
        {
            "imported": report.taken,
            "known": report.known,
            "bad": report.broken_lines,
            "bad_lines": [{"line": line.number, "reason": line.reason} for line in report.broken],
        },
        _(
            "{count} notes taken, {known} were here already, {bad} lines could not be read.",
            count=report.taken, known=report.known, bad=report.broken_lines,
        ),
    )  # fmt: skip
    return 1 if report.broken_lines else 0


def _line(note: Note) -> str:
    star = "*" if note.important else " "
    return f"{note.id:>6} {star} {moment(note.created)[:10]}  {note.text}"
