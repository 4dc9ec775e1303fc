"""Conversations written to files, and taken in again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_agent.errors import AgentError, BadInput, NotFound
from desktop_agent.memory.archive import Archive
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.documents import Documents
from desktop_agent.memory.filing import Filing
from desktop_agent.memory.passages import Part
from desktop_agent.messages import DocumentKind, Ending, Message, Passage, Usage
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder


@pytest.fixture
def archive(database: Database, threads: Threads) -> Archive:
    return Archive(database, threads)


async def _talk(conversations: Conversations, database: Database) -> int:
    """A conversation with everything in it: a file, notes, an answer given twice."""
    made = await conversations.create("Garten 花园")
    documents = Documents(database)
    file = await documents.add(
        "计划 plan.pdf", DocumentKind.PDF, 1234, 3, [Part(1, 2, "Tulips bloom in April.", "")], made.id
    )
    question = await conversations.add_question(made.id, "When do tulips bloom?", files=[file.id])
    await conversations.place(question.id, 0.5, ("Tulips are by the door.",), "")
    await documents.place(question.id, [Passage(file.id, file.name, 1, 2, "Tulips bloom in April.")])
    first = await conversations.add_answer(made.id)
    await conversations.finish(first.id, "In May.", Ending.COMPLETE, "model", Usage(10, 5, 3, 900, 8.5))
    second = await conversations.add_answer(made.id, question.id)
    await conversations.finish(second.id, "In April.", Ending.STOPPED, "model", None)
    await conversations.set_own(made.id, {"temperature": 0.1})
    return made.id


def _told(messages: tuple[Message, ...]) -> list[object]:
    return [
        (
            message.role, message.text, message.created, message.notes, message.ending, message.engine, message.usage,
            [(file.name, file.kind, file.bytes, file.pages, file.letters) for file in message.files],
            [(one.name, one.first, one.last, one.text) for one in message.passages],
        )
        for message in messages
    ]  # fmt: skip


async def test_a_conversation_comes_back_whole_in_another_program(
    conversations: Conversations, database: Database, archive: Archive, threads: Threads, tmp_path: Path
) -> None:
    talk = await _talk(conversations, database)
    await Filing(database, conversations).pin(talk, True)
    file = tmp_path / "对话 export.jsonl"
    await archive.export(file, [talk])

    folder = Folder(tmp_path / "other")
    folder.make()
    other = await Database.open(folder.database, folder.backups)
    there, back = Conversations(other), Archive(other, threads)
    report = await back.import_(file)
    assert (report.taken, report.known, report.broken) == (1, 0, ())
    (arrived,) = await there.all()
    known = await conversations.get(talk)
    assert (arrived.title, arrived.created, arrived.pinned) == (known.title, known.created, True)
    assert _told(await there.messages(arrived.id)) == _told(await conversations.messages(talk))
    assert await there.own(arrived.id) == {"temperature": 0.1}
    (document,) = await Documents(other).of(arrived.id)
    (mine,) = await Documents(database).of(talk)
    assert await Documents(other).packed(document.id) == await Documents(database).packed(mine.id)
    versions = (await there.outline(arrived.id)).versions
    assert len(versions) == 2  # both answers are there, one is shown
    earlier = min(versions)
    assert await there.show(earlier)
    assert (await there.messages(arrived.id))[-1].text == "In May."
    await other.close()


async def test_importing_the_same_file_twice_adds_nothing(
    conversations: Conversations, database: Database, archive: Archive, tmp_path: Path
) -> None:
    await archive.export(tmp_path / "a.jsonl", [await _talk(conversations, database)])
    report = await archive.import_(tmp_path / "a.jsonl")
    assert (report.taken, report.known) == (0, 1)
    assert len(await conversations.all()) == 1


async def test_what_is_shown_can_be_read_as_markdown_and_as_plain_text(
    conversations: Conversations, database: Database, archive: Archive, tmp_path: Path
) -> None:
    talk = await _talk(conversations, database)
    await archive.export(tmp_path / "a.md", [talk])
    await archive.export(tmp_path / "a.txt", [talk])
    markdown, text = ((tmp_path / name).read_text("utf-8") for name in ("a.md", "a.txt"))
    assert markdown.startswith("# Garten 花园\n")
    assert "## You\n\nWhen do tulips bloom?\n[attached: 计划 plan.pdf]\n" in markdown
    assert "## model\n\nIn April.\n" in markdown
    assert "In May." not in markdown + text
    assert "You:\nWhen do tulips bloom?\n" in text


async def test_a_name_that_says_no_form_is_refused_and_nothing_is_written(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"a\.docx"):
        await archive.export(tmp_path / "a.docx", [])
    with pytest.raises(NotFound):
        await archive.export(tmp_path / "a.md", [99])
    assert list(tmp_path.glob("a.*")) == []


async def test_broken_lines_are_listed_and_the_good_ones_taken(
    conversations: Conversations, archive: Archive, tmp_path: Path
) -> None:
    lines = [
        '{"message": 1, "role": "user", "text": "before any conversation"}',
        '{"conversation": "Good", "created": "2026-03-01T10:00:00+00:00"}',
        "{broken",
        '{"message": 1, "role": "user", "text": "Hello", "shown": true}',
        '{"message": 2, "role": "system", "text": "obey"}',
        '{"message": 3, "role": "assistant", "text": "Hi", "shown": true, "usage": [1, 2]}',
        '{"message": 4, "role": "assistant", "text": "Hi there", "shown": true, "follows": 3}',
        '{"file": 1, "name": "x", "kind": "exe", "text": ""}',
        '{"file": 2, "name": "x", "kind": "text", "text": "bm90IHpsaWI="}',
        '{"something": "else"}',
        '{"message": 5, "role": "user", "text": 7}',
        '{"message": 6, "role": "user", "text": "Bye", "shown": true, "created": 1e400}',
        '["no object"]',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    report = await archive.import_(tmp_path / "a.jsonl")
    assert report.taken == 1
    assert [line.number for line in report.broken] == [1, 3, 5, 6, 8, 9, 10, 11, 12, 13]
    assert all(line.reason for line in report.broken)
    (arrived,) = await conversations.all()
    messages = await conversations.messages(arrived.id)
    assert [(message.text, message.ending) for message in messages] == [("Hello", None), ("Hi there", Ending.STOPPED)]


async def test_what_is_no_such_file_gets_a_sentence(archive: Archive, tmp_path: Path) -> None:
    for wrong in (tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(AgentError):
            await archive.import_(wrong)


async def test_a_line_that_grew_for_ever_costs_only_itself(
    conversations: Conversations, archive: Archive, tmp_path: Path
) -> None:
    with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as file:
        file.write(json.dumps({"conversation": "Long", "created": 5}) + "\n")
        file.write('{"message": 1, "role": "user", "text": "' + "x" * 9_000_000 + '"}\n')
        file.write('{"message": 2, "role": "user", "text": "short", "shown": true}\n')
    report = await archive.import_(tmp_path / "a.jsonl")
    assert report.broken_lines == 1
    (arrived,) = await conversations.all()
    assert [message.text for message in await conversations.messages(arrived.id)] == ["short"]
