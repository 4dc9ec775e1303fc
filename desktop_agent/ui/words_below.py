"""Which words and chips stand below a message, and which beside a question while the mouse is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_agent.messages import AT, Ending
from desktop_agent.ui.small_print import Act, Sign, Spot
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.ui.entry import Entry

GUIDE, COMMANDS = "guide", "commands"
"""Engines that are no model: an answer of theirs says so, and cannot go on."""
_POINTS = ".。"
"""Ends of sentences, which do not belong into brackets."""


def below_answer(entry: Entry) -> list[Spot]:
    """Notes used and made, figures, and what can be done with an answer."""
    if entry.growing:
        return [Spot(entry.state)] if entry.state else []
    return [*_trouble(entry), *_notes(entry), *_thoughts(entry), *_figures(entry), *_how_it_ended(entry), *_acts(entry)]


def below_question(entry: Entry) -> list[Spot]:
    """The files of a question and its other forms."""
    spots = [
        Spot(one_line(file.name, 40), Act.SHOW_FILE, chip=Sign.FILE, number=number)
        for number, file in enumerate(entry.message.files)
    ]
    return [*spots, *_versions(entry)]


def beside_question(entry: Entry) -> list[Spot]:
    """What can be done with a question."""
    return [Spot(_("Edit"), Act.EDIT), Spot(_("Copy"), Act.COPY)] if entry.message.id else []


def _trouble(entry: Entry) -> list[Spot]:
    return [Spot(entry.trouble, colour="warning")] if entry.trouble else []


def _notes(entry: Entry) -> list[Spot]:
    spots = []
    if entry.notes:
        told = _("1 memory used") if len(entry.notes) == 1 else _("{count} memories used", count=len(entry.notes))
        spots.append(Spot(told, Act.SHOW_NOTES, chip=Sign.MEMORY))
    for number, made in enumerate(entry.remembered):
        note, text = made.note, one_line(made.note.text)
        if (again := entry.undone.get(note.id)) is not None:
            spots.append(Spot(_("Again: {note}", note=one_line(again)) if again else _("Not remembered")))
            continue
        told = _("Remembered: {note}", note=text)
        if made.replaced:
            before = one_line(made.replaced, 40).rstrip(_POINTS)
            told = _("Remembered: {note} (instead of: {before})", note=text.rstrip(_POINTS), before=before)
        undo = _("Undo: {note}", note=text) if len(entry.remembered) > 1 else ""
        spots += [
            Spot(told, Act.SHOW_NOTES, chip=Sign.MEMORY),
            Spot(_("Undo"), Act.UNDO, number=number, says=undo),
        ]
    return spots


def _thoughts(entry: Entry) -> list[Spot]:
    if not entry.thoughts:
        return []
    return [Spot(_("Hide the thoughts") if entry.thoughts_shown else _("Show the thoughts"), Act.SHOW_THOUGHTS)]


def _figures(entry: Entry) -> list[Spot]:
    usage, spots = entry.message.usage, []
    # How fast the guide copies a sentence says nothing about this computer.
    if entry.figures and usage is not None and usage.first_token_ms > 0 and entry.message.engine != GUIDE:
        if usage.speed is not None:
            spots.append(Spot(_("{speed} tokens/s", speed=speed(usage.speed))))
        spots.append(Spot(_("first word {seconds} s", seconds=f"{max(usage.first_token_ms, 100) / 1000:.1f}")))
    engine = entry.message.engine
    if engine == GUIDE:
        spots.append(Spot(_("Built-in guide")))
    elif AT in engine:
        model, _at, host = engine.rpartition(AT)
        spots.append(Spot(_("{model} on {host}", model=model, host=host)))
    elif entry.trouble and entry.text and engine not in ("", COMMANDS):
        spots.append(Spot(_("answered by {model}", model=engine.removesuffix(".gguf"))))
    return spots


def _how_it_ended(entry: Entry) -> list[Spot]:
    match entry.message.ending:
        case Ending.STOPPED:
            return [Spot(_("stopped"))]
        case Ending.LENGTH:
            return [Spot(_("the limit for one answer is reached"))]
        case Ending.FAILED if not entry.trouble:
            return [Spot(_("failed"), colour="warning")]
        case _:
            return []


def _acts(entry: Entry) -> list[Spot]:
    spots = [Spot(_("Copy"), Act.COPY)] if entry.text else []
    if entry.folded:
        spots.append(Spot(_("Show all {count} characters", count=f"{len(entry.text):,}"), Act.SHOW_ALL))
    if entry.last:
        cut = entry.message.ending in (Ending.STOPPED, Ending.LENGTH, Ending.FAILED)
        if cut and entry.text and entry.message.engine not in (GUIDE, COMMANDS):
            spots.append(Spot(_("Continue"), Act.CONTINUE))
        spots.append(Spot(_("Try again"), Act.TRY_AGAIN))
    return [*spots, *_versions(entry)]


def _versions(entry: Entry) -> list[Spot]:
    """``‹ 2 / 3 ›``: which of several forms this is, with the way to the others."""
    if entry.message.id not in entry.versions:
        return []
    at, count = entry.versions.index(entry.message.id) + 1, len(entry.versions)
    return [
        _arrow("‹", Act.OLDER if at > 1 else None, _("The version before this one")),
        Spot(f"{at} / {count}"),
        _arrow("›", Act.NEWER if at < count else None, _("The version after this one")),
    ]


def _arrow(sign: str, act: Act | None, says: str) -> Spot:
    """The way to another version; pale where there is none."""
    return Spot(f"\u2002{sign}\u2002", act, colour="muted" if act else "line", says=says)


def speed(tokens_per_second: float) -> str:
    """``8.6``, and no decimals where nobody reads them: ``312``."""
    return f"{tokens_per_second:.1f}" if tokens_per_second < 100 else f"{tokens_per_second:.0f}"


def one_line(text: str, most: int = 60) -> str:
    """``text`` on one line, cut where it is too long for a chip."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
