"""What is forgotten is gone: from the database file, from what SQLite keeps beside it, and from the copies."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from pathlib import Path

import pytest

from desktop_agent.memory import backups, migrations, note_rows
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.exchange import Entry
from desktop_agent.memory.note_files import Words
from desktop_agent.memory.notes import Notes
from desktop_agent.memory.terms import terms
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder

SECRET = "zqxjsecret"


def _holding(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]


async def test_a_long_note_leaves_nothing_in_the_free_pages(notes: Notes, folder: Folder) -> None:
    note = await notes.add(f"{SECRET} word " * 20_000)
    await notes.edit(note.id, f"{SECRET} other " * 10_000)
    assert _holding(folder.database.parent)
    await notes.forget(note.id)
    assert _holding(folder.database.parent) == []


async def test_a_long_conversation_leaves_nothing_in_the_free_pages(
    conversations: Conversations, folder: Folder
) -> None:
    made = await conversations.create("old")
    await conversations.add_question(made.id, f"{SECRET} word " * 2_000)
    await conversations.find(SECRET)
    assert _holding(folder.database.parent)
    await conversations.delete(made.id)
    assert _holding(folder.database.parent) == []


@pytest.mark.parametrize("version", range(migrations.WITH_BLOCKS, migrations.LATEST + 1))
async def test_a_note_is_gone_from_the_copies_of_older_versions_too(notes: Notes, folder: Folder, version: int) -> None:
    text = f"{SECRET} is my word"
    copy = folder.backups / f"agent-version-{version:04d}.db"
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as old:
        migrations.migrate(old, to=version)
        for said in (text, "my word is kept"):
            note_rows.insert_one(old, Entry(said, 1.0, (), False, "", ""), terms(said), None, None, 1.0)
    note = await notes.add(text)
    assert await notes.forget(note.id) == 0
    assert _holding(folder.database.parent) == []
    with contextlib.closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT text FROM note").fetchall() == [("my word is kept",)]
        assert backups.passes_check(old)


async def test_a_copy_from_before_the_index_of_today_is_left_and_counted(notes: Notes, folder: Folder) -> None:
    text = f"{SECRET} is my word"
    copy = folder.backups / "agent-version-0002.db"
    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as old:
        migrations.migrate(old, to=migrations.WITH_BLOCKS - 1)
        digest = note_rows.digest(text)
        old.execute("INSERT INTO note VALUES (1, ?, 1, 1, 0, NULL, NULL, '', '', '[]', x'', ?)", (digest, text))
    note = await notes.add(text)
    assert await notes.forget(note.id) == 1


async def test_a_deleted_conversation_is_gone_from_the_copies_and_another_of_its_number_stays(
    database: Database, conversations: Conversations, folder: Folder
) -> None:
    kept = await conversations.create("kept")
    made = await conversations.create("deleted")
    await conversations.add_question(made.id, f"{SECRET} here")
    await conversations.find(SECRET)
    assert await database.change_copies(lambda copies: backups.copy_of_day(database.path, copies, lambda: False))
    [copy] = folder.backups.glob("agent-*.db")
    before = copy.stat().st_mtime_ns
    await conversations.delete(made.id)
    assert _holding(folder.database.parent) == []
    with contextlib.closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT id FROM conversation").fetchall() == [(kept.id,)]
    assert copy.stat().st_mtime_ns == before
    again = await conversations.create("of the same number")
    assert again.id == made.id
    await conversations.add_question(again.id, "something")
    await conversations.delete(again.id)
    assert backups.is_sound(copy)


async def test_a_copy_that_is_being_made_does_not_bring_back_what_is_forgotten_meanwhile(
    folder: Folder, threads: Threads, cache: Cache[str, Words], monkeypatch: pytest.MonkeyPatch
) -> None:
    database = await Database.open(folder.database, folder.backups)
    notes = Notes(database, threads, cache)
    note = await notes.add(f"{SECRET} is my word")
    await notes.add("filling " * 100_000)
    await database.close()
    for old in folder.backups.glob("agent-*.db"):
        old.unlink()
    # A page at a time: the copy is still on its way when the note goes.
    monkeypatch.setattr(backups, "_PAGES_A_STEP", 1)
    database = await Database.open(folder.database, folder.backups)
    await Notes(database, threads, cache).forget(note.id)
    await database.close()
    assert _holding(folder.database.parent) == []


def test_copies_from_before_a_change_of_the_tables_go_after_a_month(folder: Folder) -> None:
    import os

    folder.make()
    with contextlib.closing(sqlite3.connect(folder.database, isolation_level=None)) as db:
        migrations.migrate(db)
        db.execute("INSERT INTO conversation (title, created, changed, memory) VALUES ('x', 1, 1, 1)")
        backups.copy_before_migration(db, folder.backups)
    [old] = folder.backups.glob("agent-version-*.db")
    assert backups.copy_of_day(folder.database, folder.backups, lambda: False)
    assert old.exists()
    long_ago = time.time() - (backups.VERSIONS_DAYS + 1) * 86_400
    os.utime(old, (long_ago, long_ago))
    assert backups.copy_of_day(folder.database, folder.backups, lambda: False)
    assert not old.exists()
