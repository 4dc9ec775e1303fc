"""A damaged database gives back what can be read of it, beside the copy that is put in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_agent.memory import backups
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.note_files import Words
from desktop_agent.memory.notes import Notes
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder

PAGE = 4096
OLD, NEW = 40, 400


def _text(number: int) -> str:
    return f"message number{number:04d} 第{number}条 " + "words " * 20


@pytest.fixture
async def lost(folder: Folder, threads: Threads, cache: Cache[str, Words]) -> Folder:
    """A database that has a copy with its first 40 messages and a note; 400 messages and three notes came after."""
    database = await Database.open(folder.database, folder.backups)
    conversations, notes = Conversations(database), Notes(database, threads, cache)
    made = await conversations.create("the old one")
    for number in range(OLD):
        await conversations.add_question(made.id, _text(number))
    await notes.add("I live in Rome")
    assert await database.change_copies(lambda copies: backups.copy_of_day(database.path, copies, lambda: False))
    assert len(list(folder.backups.glob("agent-*.db"))) == 1
    other = await conversations.create("the new one")
    for number in range(NEW):
        await conversations.add_question(made.id if number < 10 else other.id, _text(OLD + number))
    await notes.remember("I live in Oslo")
    await notes.add("my dog is called Rex", conversation=other.id, important=True)
    await notes.add("我對花生過敏")
    await database.close()
    return folder


def _spoil(file: Path, needle: str) -> None:
    """Fill the page that has ``needle`` with something else."""
    data = bytearray(file.read_bytes())
    at = data.index(needle.encode()) // PAGE * PAGE
    data[at : at + PAGE] = bytes(255 - byte for byte in data[at : at + PAGE])
    file.write_bytes(data)


async def _texts(database: Database) -> set[str]:
    rows = await database.read(lambda db: db.execute("SELECT text FROM message").fetchall())
    return {text for (text,) in rows}


async def test_one_damaged_page_costs_only_what_stood_on_it(
    lost: Folder, threads: Threads, cache: Cache[str, Words]
) -> None:
    _spoil(lost.database, "message number0300")
    database = await Database.open(lost.database, lost.backups)
    kept = await _texts(database)
    gone = {number for number in range(OLD + NEW) if _text(number) not in kept}
    assert 300 in gone
    assert len(gone) <= PAGE // len(_text(0).encode())
    assert "memories" in database.problems[0]
    assert {one.title for one in await Conversations(database).all()} == {"the old one", "the new one"}
    notes = Notes(database, threads, cache)
    assert {note.text for note in await notes.all()} == {"I live in Oslo", "my dog is called Rex", "我對花生過敏"}
    [dog] = await notes.search("dog")
    assert (dog.note.important, dog.note.conversation) == (True, 2)
    assert (await notes.search("花生"))[0].note.text == "我對花生過敏"
    [oslo] = [note for note in await notes.all() if "Oslo" in note.text]
    assert [was.note.text for was in await notes.history(oslo.id)] == ["I live in Rome"]
    hits = await Conversations(database).find("number0200")
    assert [hit.message.text for hit in hits] == [_text(200)]
    # Nothing before or after the gap is out of sight.
    shown = [message.text for number in (1, 2) for message in await Conversations(database).messages(number)]
    assert shown == [_text(number) for number in range(OLD + NEW) if number not in gone]
    await Conversations(database).add_question(2, "and it goes on")
    await database.close()
    database = await Database.open(lost.database, lost.backups)
    assert database.problems == ()
    await database.close()


async def test_a_lost_first_page_is_taken_from_the_copy(lost: Folder) -> None:
    data = bytearray(lost.database.read_bytes())
    data[:PAGE] = bytes(PAGE)
    lost.database.write_bytes(data)
    database = await Database.open(lost.database, lost.backups)
    assert len(await _texts(database)) == OLD + NEW
    await database.close()
    assert not list(lost.root.glob("*.reading"))


async def test_a_file_that_was_cut_gives_what_is_left_of_it(lost: Folder) -> None:
    data = lost.database.read_bytes()
    lost.database.write_bytes(data[: len(data) * 6 // 10])
    database = await Database.open(lost.database, lost.backups)
    kept = await _texts(database)
    assert {_text(number) for number in range(OLD)} <= kept
    assert len(database.problems) == 1
    await database.close()


async def test_without_a_copy_all_that_can_be_read_is_saved(lost: Folder) -> None:
    for copy in lost.backups.glob("agent-*.db"):
        copy.unlink()
    _spoil(lost.database, "message number0300")
    database = await Database.open(lost.database, lost.backups)
    assert len(await _texts(database)) > OLD + NEW - 40
    assert "no copy" in database.problems[0]
    assert (lost.root / "agent.damaged-1.db").exists()
    await database.close()


async def test_messages_whose_conversation_is_lost_get_a_new_one(lost: Folder) -> None:
    _spoil(lost.database, "the new one")
    database = await Database.open(lost.database, lost.backups)
    assert _text(OLD + NEW - 1) in await _texts(database)
    shown = await Conversations(database).messages(2)
    assert shown[-1].text == _text(OLD + NEW - 1)
    await database.close()
