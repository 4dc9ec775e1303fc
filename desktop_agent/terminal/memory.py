"""The notes on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.errors import BadInput
from desktop_agent.messages import Note, clean
from desktop_agent.terminal.output import Output, found_record, moment, note_record, tell_broken
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App  # a second of imports that --help must not wait for

PAGE = 500


async def add(app: App, output: Output, text: str) -> int:
    """Make a note."""
    text = clean(text).strip()
    if not text:
        raise BadInput("The note is empty.", hint="Write what to remember.")
    note, was = await app.notes.remember(text, important=True, source="command line")
    replaced = {"replaced": was.text} if was else {}
    output.result({**note_record(note), **replaced}, _("Remembered: {text}", text=note.text))
    if was:
        output.aside(_("Before, it said: {text}", text=was.text))
    return 0


async def edit(app: App, output: Output, number: int, text: str) -> int:
    """Give a note another text; what it said before stays in its history."""
    was = await app.notes.get(number)
    note = await app.notes.edit(number, clean(text).strip())
    output.result({**note_record(note), "replaced": was.text}, _("It says now: {text}", text=note.text))
    if was.text != note.text:
        output.aside(_("Before, it said: {text}", text=was.text))
    return 0


async def star(app: App, output: Output, ids: list[int], *, important: bool) -> int:
    """Mark notes as important, or take the mark away."""
    for number in ids:
        await app.notes.get(number)
        note = await app.notes.star(number, important)
        output.result(note_record(note), _line(note))
    return 0


async def search(app: App, output: Output, text: str | None, limit: int, questions: Path | None = None) -> int:
    """The notes that fit ``text``, or each question of a file, best first."""
    if (text is None) == (questions is None):
        raise BadInput("Search needs a text or --questions FILE, one of them.")
    if questions is not None:
        return await _search_each(app, output, questions, limit)
    assert text is not None
    found = await app.notes.search(clean(text), limit=limit)
    for match in found:
        output.result(found_record(match), _line(match.note))
    if not found:
        output.aside(_("No note fits that."))
    return 0


async def _search_each(app: App, output: Output, questions: Path, limit: int) -> int:
    from desktop_agent.memory.evaluation import read_questions

    for number, fields in read_questions(questions):
        asked = str(fields["question"])
        found = await app.notes.search(asked, limit=limit)
        record = {"line": number, "question": asked, "found": [found_record(match) for match in found]}
        output.result(record, "\n".join([asked, *(_line(match.note) for match in found)]))
    return 0


async def evaluate(app: App, output: Output, files: list[Path], parts: bool = False) -> int:
    """How often the notes that answer are found: the paper's method, plain BM25 and ours; ours without each part."""
    from desktop_agent.memory.evaluation import LIMITS, PLAIN, evaluate, without_each

    methods = (*PLAIN, *without_each()) if parts else PLAIN
    wide = max(len(method.name) for method in methods) + 3
    for path in files:
        scores = await evaluate(path, app.threads, methods)
        output.aside(str(path))
        output.aside(" " * wide + "".join(f"{f'R@{limit}':>8}" for limit in LIMITS) + f"{'MRR':>8}{'ms':>8}")
        for score in scores:
            recall = {f"recall@{limit}": round(share, 4) for limit, share in zip(LIMITS, score.recall, strict=True)}
            output.result(
                {
                    "file": str(path),
                    "method": score.method,
                    "questions": score.questions,
                    **recall,
                    "mrr": round(score.reciprocal_rank, 4),
                    "median_ms": round(score.median_ms, 3),
                },
                f"{score.method:{wide}}"
                + "".join(f"{share:8.3f}" for share in score.recall)
                + f"{score.reciprocal_rank:8.3f}{score.median_ms:8.2f}",
            )
    return 0


async def history(app: App, output: Output, number: int) -> int:
    """What a note said before, newest first."""
    note = await app.notes.get(number)
    output.result({**note_record(note), "now": True}, _line(note))
    for was in await app.notes.history(number):
        output.result({**note_record(was.note), "until": moment(was.until)}, _line(was.note))
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
        copies = await app.notes.forget(number)
        output.result({"forgotten": number, "copies": copies}, _("Forgotten: {text}", text=note.text))
        if copies:
            output.aside(_("{count} older copies in the folder “backups” still have it.", count=copies))
    return 0


async def export(app: App, output: Output, path: Path) -> int:
    """Write all notes to ``path``, one JSON object a line."""
    count = await app.notes.export(path)
    output.result({"exported": count, "file": str(path)}, _("{count} notes written to {path}.", count=count, path=path))
    return 0


async def import_(app: App, output: Output, path: Path) -> int:
    """Take the notes of ``path``; the good lines are taken, the bad ones listed. 1 when there were bad ones."""
    report = await app.notes.import_(path)
    tell_broken(output, path, report)
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
