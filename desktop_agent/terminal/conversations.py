"""The conversations on the command line: listed, searched, exported, imported, thrown away and put back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import BadInput
from desktop_agent.messages import Conversation, clean
from desktop_agent.terminal.output import Output, moment, tell_broken
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App  # a second of imports that --help must not wait for


async def list_all(app: App, output: Output, *, trash: bool) -> int:
    """The conversations, or what is in the trash."""
    found = await app.filing.thrown_away() if trash else await app.conversations.all()
    for conversation in found:
        output.result(_record(conversation), _line(conversation))
    if not found:
        output.aside(_("The trash is empty.") if trash else _("There are no conversations yet."))
    return 0


async def search(app: App, output: Output, text: str, limit: int) -> int:
    """Messages that have the words of ``text``, best first."""
    hits = await app.conversations.find(clean(text), limit)
    for hit in hits:
        record = {
            "conversation": hit.conversation.id,
            "title": hit.conversation.title,
            "message": hit.message.id,
            "role": hit.message.role,
            "created": moment(hit.message.created),
            "excerpt": hit.excerpt,
            "marks": [list(mark) for mark in hit.marks],
        }
        output.result(record, f"{hit.conversation.id:>6}  {hit.conversation.title or _('New chat')}: {hit.excerpt}")
    if not hits:
        output.aside(_("No message has that."))
    return 0


async def export(app: App, output: Output, file: Path, numbers: Sequence[int]) -> int:
    """Write conversations to ``file``; all of them when none is named."""
    from desktop_agent.memory.archive import Archive

    wanted = list(numbers) or [conversation.id for conversation in await app.conversations.all()]
    await Archive(app.database, app.threads).export(file, wanted)
    output.result(
        {"file": str(file), "conversations": len(wanted)},
        _("{count} conversations written to {file}.", count=len(wanted), file=file),
    )
    return 0


async def import_(app: App, output: Output, file: Path, *, servers: bool) -> int:
    """Take the conversations of ``file``; 1 when some lines could not be used.

    With ``servers`` those that were sent to a server which is connected here go on there.
    """
    from desktop_agent.memory.archive import Archive

    report = await Archive(app.database, app.threads).import_(file)
    tell_broken(output, file, report)
    connected = {address.text for address in app.servers.connected} if servers else set()
    for number, server in report.servers.items():
        if server.address in connected:
            await app.conversations.set_server(number, server)
    record = {
        "taken": report.taken,
        "known": report.known,
        "broken_lines": report.broken_lines,
        "broken": [{"line": line.number, "reason": line.reason} for line in report.broken],
        "servers": [
            {
                "conversation": number,
                "server": server.address,
                "model": server.model,
                "chosen": server.address in connected,
            }
            for number, server in report.servers.items()
        ],
    }
    output.result(
        record, _("{taken} conversations imported, {known} were here already.", taken=report.taken, known=report.known)
    )
    for number, server in report.servers.items():
        fields = {"number": number, "model": server.model, "host": server.host}
        if server.address in connected:
            said = _("Conversation {number} is sent to {model} on {host}.", **fields)
        else:
            said = _("Conversation {number} was sent to {model} on {host}. Here it stays on this computer.", **fields)
        output.aside(said)
    return 1 if report.broken_lines else 0


async def throw_away(app: App, output: Output, numbers: Sequence[int], *, for_good: bool, with_notes: bool) -> int:
    """Put conversations into the trash, or delete them for good; their notes stay unless ``with_notes``."""
    for number in numbers:
        conversation = await app.conversations.get(number)
        notes = await app.notes.of(number)
        for note in notes if with_notes else ():
            await app.notes.forget(note.id)
        if for_good:
            await app.conversations.delete(number)
            text = _("Deleted for good: {title}", title=_title(conversation))
        else:
            conversation = await app.filing.throw_away(number)
            text = _("In the trash: {title}", title=_title(conversation))
        output.result({**_record(conversation), "notes": len(notes), "notes_forgotten": with_notes}, text)
        if notes and with_notes:
            output.aside(_("Memories forgotten with it: {count}.", count=len(notes)))
        elif notes:
            output.aside(_("Memories from it that stay: {count}.", count=len(notes)))
    return 0


async def put_back(app: App, output: Output, numbers: Sequence[int]) -> int:
    """Take conversations out of the trash."""
    for number in numbers:
        if (await app.conversations.get(number)).thrown_away is None:
            raise BadInput(
                "Conversation {id} is not in the trash.",
                hint="See what is there with: desktop-agent conversation list --trash",
                id=number,
            )
        conversation = await app.filing.take_back(number)
        output.result(_record(conversation), _("Put back: {title}", title=_title(conversation)))
    return 0


def _record(conversation: Conversation) -> dict[str, Any]:
    return {
        "id": conversation.id,
        "title": conversation.title,
        "created": moment(conversation.created),
        "changed": moment(conversation.changed),
        "pinned": conversation.pinned,
        "trash": conversation.thrown_away is not None,
    }


def _line(conversation: Conversation) -> str:
    return f"{conversation.id:>6}  {moment(conversation.changed)[:10]}  {_title(conversation)}"


def _title(conversation: Conversation) -> str:
    return conversation.title or _("New chat")
