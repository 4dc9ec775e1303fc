"""Files in a conversation: read in a process of their own, placed into questions, kept."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from desktop_agent.app import App
from desktop_agent.assistant import attaching, reading_child
from desktop_agent.errors import BadInput
from desktop_agent.memory import passages
from desktop_agent.messages import Message, passage_heading
from tests.assistant.conftest import Open
from tests.assistant.test_chat import LIMIT_S, answer
from tests.documents.files import pdf

ROOM = {"context_tokens": "2048", "reply_tokens": "16"}


async def asked(app: App, conversation: int, text: str, *files: int) -> Message:
    """The question as it is stored once it is answered."""
    async with asyncio.timeout(LIMIT_S), app.chat.turn(conversation, text, files) as events:
        everything = [event async for event in events]
    assert answer(everything).text, everything[-1]
    return (await app.conversations.messages(conversation))[-2]


async def test_a_short_file_is_placed_whole_into_its_question_and_stays_there(opened: Open, tmp_path: Path) -> None:
    path = tmp_path / "会议 notes.md"
    path.write_text("# Meeting\n\nThe next meeting is on 12 March in Oslo.", "utf-8")
    async with opened(**ROOM) as app:
        talk = await app.conversations.create(memory=False)
        found = await app.chat.attaching.read(path, talk.id)
        assert found.document.name == "会议 notes.md" and not found.cut
        question = await asked(app, talk.id, "Where is it?", found.document.id)
        assert question.files == (found.document,)
        (passage,) = question.passages
        assert "in Oslo" in passage.text and passage.first == 0
        later = await asked(app, talk.id, "When is the next meeting?")
        assert later.passages == ()  # the prompt has all of it
        assert (await app.conversations.messages(talk.id))[0].passages == (passage,)


async def test_of_a_long_file_the_fitting_pages_are_placed_and_named(opened: Open, tmp_path: Path) -> None:
    pages = [f"Chapter {n}. " + "Nothing of interest stands here. " * 20 for n in range(1, 41)]
    pages[11] = "The guarantee lasts thirty months for all parts."
    pages[29] = "The colour of the pump is yellow."
    async with opened(file_tokens="400", **ROOM) as app:
        talk = await app.conversations.create(memory=False)
        document = (await app.chat.attaching.read(pdf(tmp_path / "manual.pdf", pages), talk.id)).document
        assert document.pages == 40
        question = await asked(app, talk.id, "How long does the guarantee last?", document.id)
        assert 12 in {passage.first for passage in question.passages}
        named = next(passage for passage in question.passages if passage.first == 12)
        assert passage_heading(named, chinese=False) == "From the file manual.pdf, page 12:"
        later = await asked(app, talk.id, "Which colour has the pump?")
        assert 30 in {passage.first for passage in later.passages}
        assert not {passage.text for passage in later.passages} & {passage.text for passage in question.passages}
        other = await asked(app, talk.id, "Thank you very much!")
        assert other.passages == ()


async def test_a_question_without_a_hint_gets_the_beginning_of_its_file(opened: Open, tmp_path: Path) -> None:
    pages = [f"Chapter {n}. " + "Nothing of interest stands here. " * 20 for n in range(1, 41)]
    async with opened(file_tokens="400", **ROOM) as app:
        talk = await app.conversations.create(memory=False)
        document = (await app.chat.attaching.read(pdf(tmp_path / "a.pdf", pages), talk.id)).document
        question = await asked(app, talk.id, "请总结一下", document.id)
        assert question.passages[0].first == 1


async def test_without_a_model_the_fitting_page_is_shown_as_it_stands(opened: Open, tmp_path: Path) -> None:
    pages = [f"Chapter {n}. " + "Nothing of interest stands here. " * 60 for n in range(1, 20)]
    pages[11] = "The guarantee lasts thirty months for all parts."
    async with opened(model="", file_tokens="300") as app:
        talk = await app.conversations.create()
        document = (await app.chat.attaching.read(pdf(tmp_path / "manual.pdf", pages), talk.id)).document
        await asked(app, talk.id, "How long does the guarantee last?", document.id)
        said = (await app.conversations.messages(talk.id))[-1].text
        assert "manual.pdf, page 12" in said and "thirty months" in said


async def test_what_cannot_be_read_is_told_by_the_process_that_tried(opened: Open, tmp_path: Path) -> None:
    locked = pdf(tmp_path / "salary.pdf", ["secret"], password="x")
    async with opened() as app:
        with pytest.raises(BadInput, match=r"salary\.pdf is locked with a password"):
            await app.chat.attaching.read(locked, None)
        with pytest.raises(BadInput, match=r"^gone\.pdf is not there any more\. Choose it"):
            await app.chat.attaching.read(tmp_path / "gone.pdf", None)
        assert await app.documents.draft(None) == ()


async def test_a_file_that_takes_too_long_is_given_up(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "LIMIT_S", 0.05)
    (tmp_path / "a.txt").write_text("word " * 300_000)
    async with opened() as app:
        with pytest.raises(BadInput, match="could not be read in"):
            await app.chat.attaching.read(tmp_path / "a.txt", None)


async def test_reading_may_be_given_up(opened: Open, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("word " * 300_000)
    async with opened() as app:
        task = asyncio.create_task(app.chat.attaching.read(tmp_path / "a.txt", None))
        async with asyncio.timeout(LIMIT_S):
            while not any(one.name.startswith("reading") for one in app.threads.snapshot()):
                await asyncio.sleep(0.005)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await app.documents.draft(None) == ()


def test_of_a_text_whose_terms_take_too_long_the_beginning_is_taken() -> None:
    parts = passages.split(["A sentence about apples. " * 400], numbered=False)
    done, everything = reading_child.with_terms(parts, until=0.0)
    assert len(done) == 1 and not everything
    done, everything = reading_child.with_terms(parts, until=time.monotonic() + 60)
    assert len(done) == len(parts) and everything
