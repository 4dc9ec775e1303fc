"""Conversations written to files, and taken in again."""

from __future__ import annotations

import base64
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_agent.errors import AgentError, BadInput, NotFound, ServerFailed
from desktop_agent.memory.archive import Archive
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.documents import Documents
from desktop_agent.memory.drafts import Drafts
from desktop_agent.memory.filing import Filing
from desktop_agent.memory.passages import Part
from desktop_agent.messages import Conversation, DocumentKind, Ending, Message, Passage, ServerModel, Usage, clean
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
    trouble = ServerFailed("The server {host} says: {words}", hint="Try {other}.", host="a:1", words="{no}", other=2)
    await conversations.finish(second.id, "In April.", Ending.STOPPED, "model", None, trouble, "Tulips… 春天？")
    await conversations.set_own(made.id, {"temperature": 0.1})
    return made.id


@asynccontextmanager
async def _elsewhere(tmp_path: Path) -> AsyncIterator[Database]:
    folder = Folder(tmp_path / "other")
    folder.make()
    other = await Database.open(folder.database, folder.backups)
    try:
        yield other
    finally:
        await other.close()


def _told(messages: tuple[Message, ...]) -> list[object]:
    return [
        (
            message.role, message.text, message.created, message.importance, message.notes, message.help,
            message.ending, message.engine, message.usage, str(message.trouble), message.thoughts,
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

    async with _elsewhere(tmp_path) as other:
        there, back = Conversations(other), Archive(other, threads)
        report = await back.import_(file)
        assert (report.taken, report.known, report.broken) == (1, 0, ())
        (arrived,) = await there.all()
        known = await conversations.get(talk)
        assert (arrived.title, arrived.created, arrived.pinned) == (known.title, known.created, True)
        assert _told(await there.messages(arrived.id)) == _told(await conversations.messages(talk))
        assert "says: {no} Try 2." in str((await there.messages(arrived.id))[-1].trouble)
        assert await there.own(arrived.id) == {"temperature": 0.1}
        (document,) = await Documents(other).of(arrived.id)
        (mine,) = await Documents(database).of(talk)
        assert await Documents(other).packed(document.id) == await Documents(database).packed(mine.id)
        versions = (await there.outline(arrived.id)).versions
        assert len(versions) == 2  # both answers are there, one is shown
        earlier = min(versions)
        assert await there.show(earlier)
        assert (await there.messages(arrived.id))[-1].text == "In May."


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
    assert "\n[The server a:1 says: {no} Try 2.]\n" in markdown and "says: {no}" in text
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


async def test_what_was_sent_to_a_server_stays_on_this_computer_when_it_is_imported(
    conversations: Conversations, database: Database, archive: Archive, tmp_path: Path
) -> None:
    chosen = ServerModel("http://192.168.1.5:8080/v1", "qwen 3")
    talk = await conversations.create("Away", server=chosen)
    await archive.export(tmp_path / "a.jsonl", [talk.id])
    await conversations.delete(talk.id)
    report = await archive.import_(tmp_path / "a.jsonl")
    (arrived,) = await conversations.all()
    assert arrived.server is None
    assert report.servers == {arrived.id: chosen}


async def test_the_draft_comes_along_with_its_file_and_a_deleted_one_leaves_nothing(
    conversations: Conversations, database: Database, archive: Archive, tmp_path: Path
) -> None:
    talk, drafts, documents = await conversations.create("Half"), Drafts(database), Documents(database)
    await drafts.keep(talk.id, "一半 and")
    file = await documents.add("a.txt", DocumentKind.TEXT, 5, 0, [Part(0, 0, "tulip", "tulip")], talk.id)
    await archive.export(tmp_path / "a.jsonl", [talk.id])
    await conversations.delete(talk.id)
    # SQLite gives the number of a deleted conversation to the next one.
    assert await drafts.of((await conversations.create("Next")).id) == ""
    await archive.import_(tmp_path / "a.jsonl")
    (arrived,) = [one for one in await conversations.all() if one.title == "Half"]
    assert await drafts.of(arrived.id) == "一半 and"
    assert [one.name for one in await documents.draft(arrived.id)] == [file.name]


async def test_a_file_of_two_million_letters_comes_back_although_no_line_may_be_so_long(
    conversations: Conversations, database: Database, archive: Archive, tmp_path: Path
) -> None:
    talk, documents = await conversations.create("Novel"), Documents(database)
    noise = random.Random(1)
    parts = [Part(0, 0, base64.b64encode(noise.randbytes(9_000)).decode(), "") for _ in range(700)]
    file = await documents.add("小说.txt", DocumentKind.TEXT, 8_400_000, 0, parts, talk.id)
    packed = await documents.packed(file.id)
    await archive.export(tmp_path / "a.jsonl", [talk.id])
    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines(keepends=True)
    assert len(lines) > 2
    await conversations.delete(talk.id)
    assert not (await archive.import_(tmp_path / "a.jsonl")).broken
    (arrived,) = await conversations.all()
    (back,) = await documents.draft(arrived.id)
    assert await documents.packed(back.id) == packed
    await conversations.delete(arrived.id)
    (tmp_path / "b.jsonl").write_text("".join([*lines[:2], *lines[3:]]), "utf-8")
    report = await archive.import_(tmp_path / "b.jsonl")
    assert report.broken[0].number == 3
    (arrived,) = await conversations.all()
    assert await documents.draft(arrived.id) == ()


async def test_a_sentence_in_a_file_can_do_nothing_but_be_shown(
    conversations: Conversations, archive: Archive, tmp_path: Path
) -> None:
    answer = {"message": 1, "role": "assistant", "text": "Hi", "shown": True, "ending": "failed"}
    hostile = [
        {"what": "{a:>999999999}", "hint": "", "fields": {"a": "x"}},
        {"what": "{a.__class__.__mro__}", "hint": "", "fields": {"a": "x"}},
        {"what": "{missing}", "hint": "", "fields": {"a": "x"}},
        {"what": "{", "hint": "", "fields": {}},
        {"what": "a", "hint": 5, "fields": {}},
        {"what": "a", "hint": "", "fields": {"hint": "twice"}},
        "no record",
    ]
    lines = [{"conversation": "H", "created": 5}, *({**answer, "trouble": trouble} for trouble in hostile)]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    assert not (await archive.import_(tmp_path / "a.jsonl")).broken
    (arrived,) = await conversations.all()
    messages = await conversations.messages(arrived.id)
    assert [(message.text, message.trouble) for message in messages] == [("Hi", None)] * len(hostile)


TEXT = st.text(max_size=30)
TROUBLE = st.builds(lambda words: ServerFailed("It says: {words}", hint="Try {words}.", words=clean(words)), TEXT)
USAGE = st.builds(Usage, *[st.integers(0, 9999)] * 4, st.floats(0, 1e6))
ANSWER = st.tuples(TEXT, st.sampled_from(Ending), st.none() | TROUBLE, TEXT, st.none() | USAGE, st.booleans())


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=TEXT, turns=st.lists(st.tuples(TEXT, ANSWER), max_size=3), memory=st.booleans())
async def test_whatever_was_said_comes_back_as_it_was(
    title: str, turns: list[tuple[str, tuple[Any, ...]]], memory: bool,
    conversations: Conversations, archive: Archive, tmp_path: Path,
) -> None:  # fmt: skip
    talk = await conversations.create(title, memory)
    for question, (text, ending, trouble, thoughts, usage, twice) in turns:
        asked = await conversations.add_question(talk.id, question)
        for _time in range(1 + twice):
            answer = await conversations.add_answer(talk.id, asked.id)
            await conversations.finish(answer.id, text, ending, "model", usage, trouble, thoughts)

    async def everything(number: int) -> list[object]:
        known: Conversation = await conversations.get(number)
        outline = await conversations.outline(number)
        said = _told(await conversations.messages(number))
        return [known.title, known.created, known.changed, known.memory, said, len(outline.versions)]

    before = await everything(talk.id)
    await archive.export(tmp_path / "a.jsonl", [talk.id])
    await conversations.delete(talk.id)
    report = await archive.import_(tmp_path / "a.jsonl")
    assert (report.taken, report.broken) == (1, ())
    (arrived,) = await conversations.all()
    assert await everything(arrived.id) == before
    await conversations.delete(arrived.id)
