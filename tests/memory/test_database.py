"""The database file: opened, shared, filled, killed, damaged."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desktop_agent.errors import StorageError
from desktop_agent.memory import migrations, opening
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.notes import Notes
from desktop_agent.messages import Ending
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder


async def _open(folder: Folder) -> Database:
    return await Database.open(folder.database, folder.backups)


async def _titles(folder: Folder) -> list[str]:
    database = await _open(folder)
    titles = [conversation.title for conversation in await Conversations(database).all()]
    await database.close()
    return titles


async def _make(folder: Folder, *titles: str) -> None:
    database = await _open(folder)
    for title in titles:
        await Conversations(database).create(title)
    await database.close()


async def test_what_was_stored_is_there_at_the_next_start(folder: Folder) -> None:
    await _make(folder, "周末去哪里", "Weekend")
    assert await _titles(folder) == ["Weekend", "周末去哪里"]


async def test_a_closed_database_is_one_file_and_a_lock(folder: Folder) -> None:
    await _make(folder, "one")
    assert not list(folder.root.glob("agent.db-*"))


async def test_closing_twice_does_no_harm(folder: Folder) -> None:
    database = await _open(folder)
    await database.close()
    await database.close()
    with pytest.raises(RuntimeError):
        await database.read(lambda db: db.execute("SELECT 1").fetchone())


async def test_a_write_that_fails_half_way_leaves_nothing(database: Database) -> None:
    def half(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO conversation (title, created, changed, memory) VALUES ('half', 0, 0, 1)")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        await database.write(half)
    assert await Conversations(database).all() == ()


async def test_a_write_happens_also_when_its_caller_goes_away(database: Database) -> None:
    go = threading.Event()
    held = asyncio.create_task(database.read(lambda _db: go.wait(60)))
    write = asyncio.create_task(Conversations(database).create("kept"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    write.cancel()
    go.set()
    await held
    with pytest.raises(asyncio.CancelledError):
        await write
    assert [found.title for found in await Conversations(database).all()] == ["kept"]


async def test_the_loop_goes_on_while_the_database_works(database: Database) -> None:
    go = threading.Event()
    work = asyncio.create_task(database.read(lambda _db: go.wait(60)))
    for _ in range(10):
        await asyncio.sleep(0.01)
        assert not work.done()
    go.set()
    assert await work


def test_it_works_under_the_loop_of_the_window(qapp: object, folder: Folder) -> None:
    import qasync

    loop = qasync.QEventLoop(qapp)
    try:
        loop.run_until_complete(asyncio.wait_for(_make(folder, "from the window"), 30))
        assert loop.run_until_complete(asyncio.wait_for(_titles(folder), 30)) == ["from the window"]
    finally:
        loop.close()
        asyncio.set_event_loop(None)


# Killed, full, busy


_KILLED = """
import asyncio, sys
from pathlib import Path
from desktop_agent.memory.database import Database
from desktop_agent.memory.notes import Notes
from desktop_agent.memory.conversations import Conversations
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.threads import Threads

async def main():
    root = Path(sys.argv[1])
    database = await Database.open(root / "agent.db", root / "backups")
    conversations = Conversations(database)
    answer = await conversations.add_answer((await conversations.create("open")).id)
    await conversations.progress(answer.id, "so far")
    notes = Notes(database, Threads(), Cache(10, 10, "words"))
    number = 0
    while True:
        number += 1
        note = await notes.add(f"note {number} about thing{number}")
        print(note.id, flush=True)

asyncio.run(main())
"""


async def test_a_killed_program_loses_nothing_it_has_confirmed(folder: Folder) -> None:
    confirmed: list[int] = []
    for enough in (3, 17, 40):
        writer = subprocess.Popen(
            [sys.executable, "-c", _KILLED, str(folder.root)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        assert writer.stdout is not None
        with writer.stdout as said:
            seen = [int(said.readline()) for _ in range(enough)]
            writer.kill()
            # What it had said before it died counts too, whole lines only.
            seen += [int(line) for line in said.read().splitlines(keepends=True) if line.endswith("\n")]
        writer.wait(30)
        confirmed += seen
        database = await _open(folder)
        assert database.problems == ()
        notes = Notes(database, Threads(), Cache(10, 10, "words"))
        stored = {note.id for note in await notes.all(limit=1_000_000)}
        assert set(confirmed) <= stored
        last = await notes.get(max(stored))
        assert last.id in [found.note.id for found in await notes.search(last.text.split()[-1])]
        assert await database.read(lambda db: db.execute("PRAGMA integrity_check").fetchone()[0]) == "ok"
        await database.close()


async def test_an_answer_left_open_by_a_killed_program_is_stopped_and_keeps_its_text(folder: Folder) -> None:
    writer = subprocess.Popen([sys.executable, "-c", _KILLED, str(folder.root)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    with writer.stdout as said:
        said.readline()
        writer.kill()
    writer.wait(30)
    database = await _open(folder)
    (answer,) = await Conversations(database).messages(1)
    await database.close()
    assert (answer.text, answer.ending) == ("so far", Ending.STOPPED)


async def test_a_second_program_shares_the_database_and_leaves_open_answers_alone(folder: Folder) -> None:
    first, second = await _open(folder), None
    try:
        conversations = Conversations(first)
        answer = await conversations.add_answer((await conversations.create("shared")).id)
        second = await _open(folder)
        assert (first.alone, second.alone) == (True, False)
        assert (await Conversations(second).message(answer.id)).ending is None
        await Conversations(second).create("from the second")
        assert len(await conversations.all()) == 2
    finally:
        await first.close()
        if second:
            await second.close()


_STARTED = """
import asyncio, sys
from pathlib import Path
from desktop_agent.memory.database import Database
from desktop_agent.memory.conversations import Conversations

async def main():
    root = Path(sys.argv[1])
    database = await Database.open(root / "agent.db", root / "backups")
    for number in range(10):
        await Conversations(database).create(f"{sys.argv[2]}-{number}")
    await database.close()

asyncio.run(main())
"""


async def test_programs_that_start_together_on_a_new_folder_all_go_on(folder: Folder) -> None:
    programs = [
        subprocess.Popen([sys.executable, "-c", _STARTED, str(folder.root), str(number)], stderr=subprocess.PIPE)
        for number in range(4)
    ]
    assert [program.communicate(timeout=60)[1].decode() for program in programs] == [""] * 4
    assert len(await _titles(folder)) == 40


async def test_a_note_is_forgotten_while_another_program_reads(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_MS", 100_000)  # whoever waits for the reader waits longer than this test
    database = await _open(folder)
    notes = Notes(database, Threads(), Cache(10, 10, "words"))
    note = await notes.add("to be forgotten")
    reader = sqlite3.connect(folder.database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM note").fetchall()
    async with asyncio.timeout(50):
        await notes.forget(note.id)
    reader.close()
    await database.close()


async def test_a_program_that_does_not_finish_writing_is_named_as_the_reason(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_MS", 50)
    database = await _open(folder)
    other = sqlite3.connect(folder.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="Another program is writing"):
        await Conversations(database).create("waits")
    other.close()
    await Conversations(database).create("goes through")
    await database.close()


async def test_a_full_disk_costs_a_sentence_and_nothing_that_was_stored(database: Database) -> None:
    conversations = Conversations(database)
    kept = await conversations.create("before")
    # SQLite's own limit on the number of pages raises what a full disk raises.
    await database.read(lambda db: db.execute("PRAGMA max_page_count = 1").fetchone())
    with pytest.raises(StorageError, match="disk is full") as full:
        await conversations.add_question(kept.id, "x" * 200_000)
    assert full.value.advice()
    await database.read(lambda db: db.execute("PRAGMA max_page_count = 1000000").fetchone())
    assert await conversations.messages(kept.id) == ()
    assert (await conversations.add_question(kept.id, "after")).text == "after"


# Damaged, newer, older, in the way


async def test_a_damaged_file_is_set_aside_and_the_newest_good_copy_takes_its_place(folder: Folder) -> None:
    await _make(folder, "in the copy")
    assert await _titles(folder) == ["in the copy"]  # this start makes the copy of the day
    assert len(list(folder.backups.glob("agent-*.db"))) == 1
    (folder.backups / "agent-9999-01-01.db").write_bytes(b"a newer copy that is broken")
    folder.database.write_bytes(b"\x00" * 5000)
    database = await _open(folder)
    assert [found.title for found in await Conversations(database).all()] == ["in the copy"]
    assert "agent.damaged-1.db" in database.problems[0]
    await database.close()
    assert (folder.root / "agent.damaged-1.db").read_bytes() == b"\x00" * 5000
    assert (await _open_and_close(folder)) == ()


async def _open_and_close(folder: Folder) -> tuple[str, ...]:
    database = await _open(folder)
    await database.close()
    return database.problems


@pytest.mark.parametrize("where", [0, 100, 4096], ids=["header", "first page", "second page"])
async def test_damage_anywhere_in_the_file_is_found_at_the_next_start(folder: Folder, where: int) -> None:
    await _make(folder, *(f"conversation {number}" for number in range(200)))
    with folder.database.open("r+b") as file:
        file.seek(where)
        file.write(b"\xff" * 600)
    database = await _open(folder)
    assert len(database.problems) == 1
    await Conversations(database).create("goes on")
    await database.close()
    assert (folder.root / "agent.damaged-1.db").exists()


async def test_without_a_copy_a_new_database_is_begun_and_the_damaged_one_kept(folder: Folder) -> None:
    folder.database.write_bytes(b"this is a text, and longer than the header of a database " * 5)
    database = await _open(folder)
    assert "no copy" in database.problems[0]
    assert await Conversations(database).all() == ()
    await database.close()
    assert (folder.root / "agent.damaged-1.db").exists()


async def test_an_empty_file_is_a_new_database(folder: Folder) -> None:
    folder.database.touch()
    assert await _open_and_close(folder) == ()


async def test_an_empty_file_beside_copies_is_what_a_power_cut_left(folder: Folder) -> None:
    await _make(folder, "in the copy")
    await _open_and_close(folder)
    folder.database.write_bytes(b"")
    assert await _titles(folder) == ["in the copy"]


async def test_damage_that_shows_itself_while_reading_is_mended_at_the_next_start(folder: Folder) -> None:
    database = await _open(folder)
    for number in range(300):
        await Conversations(database).create(f"conversation {number}")
    await database.clean_up()
    with folder.database.open("r+b") as file:
        # The tables themselves are described in the first pages.
        file.seek(-5 * 4096, 2)
        file.write(b"\xff" * 5 * 4096)
    # A second connection has nothing of it in its own memory.
    second = await _open_unchecked(folder)
    with pytest.raises(StorageError, match="damaged") as damaged:
        await Conversations(second).all()
    assert damaged.value.advice()
    await second.close()
    await database.close()
    assert opening.doubt(folder.database).exists()
    assert len(await _open_and_close(folder)) == 1


async def _open_unchecked(folder: Folder) -> Database:
    limit, opening.CHECKED_BYTES = opening.CHECKED_BYTES, 0
    try:
        return await _open(folder)
    finally:
        opening.CHECKED_BYTES = limit


async def test_a_file_of_a_newer_version_is_refused_and_not_touched(folder: Folder) -> None:
    await _make(folder, "from the future")
    with sqlite3.connect(folder.database) as connection:
        connection.execute(f"PRAGMA user_version = {migrations.LATEST + 1}")
    connection.close()
    before = folder.database.read_bytes()
    with pytest.raises(StorageError, match="newer version") as newer:
        await _open(folder)
    assert newer.value.advice()
    assert folder.database.read_bytes() == before
    assert sorted(path.name for path in folder.root.iterdir()) == sorted(
        {"agent.db", "agent.lock", "backups", "logs", "models", "states"}
    )


async def test_a_database_of_another_program_is_refused_and_not_touched(folder: Folder) -> None:
    with sqlite3.connect(folder.database) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    before = folder.database.read_bytes()
    with pytest.raises(StorageError, match="another program"):
        await _open(folder)
    assert folder.database.read_bytes() == before


async def test_a_database_of_another_program_with_versions_of_its_own_is_refused(folder: Folder) -> None:
    with sqlite3.connect(folder.database) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.execute(f"PRAGMA user_version = {migrations.LATEST + 5}")
    connection.close()
    with pytest.raises(StorageError, match="another program"):
        await _open(folder)


@pytest.mark.parametrize("version", range(1, migrations.LATEST))
async def test_a_file_of_an_older_version_is_copied_and_brought_up_to_date(folder: Folder, version: int) -> None:
    connection = sqlite3.connect(folder.database, isolation_level=None)
    migrations.migrate(connection, to=version)
    connection.execute("INSERT INTO conversation (title, created, changed, memory) VALUES ('old', 1, 1, 1)")
    connection.execute("INSERT INTO message (conversation, role, text, created) VALUES (1, 'user', '旧的', 1)")
    connection.close()
    database = await _open(folder)
    (message,) = await Conversations(database).messages(1)
    note = await Notes(database, Threads(), Cache(10, 10, "words")).add("new", conversation=1, message=message.id)
    await database.close()
    assert (message.text, note.message) == ("旧的", message.id)
    copy = sqlite3.connect(folder.backups / f"agent-version-{version:04d}.db")
    assert migrations.version(copy) == version
    assert copy.execute("SELECT text FROM message").fetchall() == [("旧的",)]
    copy.close()


async def test_a_new_database_is_made_without_a_copy(folder: Folder) -> None:
    await _open_and_close(folder)
    assert list(folder.backups.iterdir()) == []


async def test_a_migration_that_fails_leaves_the_version_before_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = sqlite3.connect(folder.database, isolation_level=None)
    migrations.migrate(connection, to=1)
    monkeypatch.setattr(
        migrations, "STEPS", (*migrations.STEPS[:1], ("CREATE TABLE half (x)", "CREATE TABLE half (x)"))
    )
    with pytest.raises(sqlite3.OperationalError):
        migrations.migrate(connection, to=2)
    assert migrations.version(connection) == 1
    assert not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'half'").fetchall()
    connection.close()


async def test_a_folder_in_the_way_is_named(folder: Folder) -> None:
    folder.database.mkdir()
    with pytest.raises(StorageError, match="is a folder"):
        await _open(folder)


async def test_a_place_that_cannot_be_written_is_named(folder: Folder) -> None:
    with pytest.raises(StorageError, match=r"agent\.db"):
        await Database.open(folder.root / "missing" / "agent.db", folder.backups)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may write everywhere")
async def test_a_file_that_may_not_be_written_is_named(folder: Folder) -> None:
    await _make(folder, "read only")
    folder.database.chmod(0o400)
    with pytest.raises(StorageError, match="may not write"):
        await _make(folder, "more")


# Copies


async def test_one_copy_a_day_is_made_and_the_last_five_are_kept(folder: Folder) -> None:
    for day in range(1, 8):
        (folder.backups / f"agent-2020-01-0{day}.db").write_bytes(b"old")
    await _make(folder, "something")
    await _open_and_close(folder)
    names = sorted(path.name for path in folder.backups.glob("*"))
    assert len(names) == 5
    assert names[:4] == [f"agent-2020-01-0{day}.db" for day in range(4, 8)]
    made = folder.backups / names[-1]
    before = made.stat().st_mtime_ns
    await _open_and_close(folder)
    assert made.stat().st_mtime_ns == before


async def test_an_empty_database_does_not_push_out_the_copies_of_a_full_one(folder: Folder) -> None:
    await _open_and_close(folder)
    await _open_and_close(folder)
    assert list(folder.backups.iterdir()) == []


async def test_copies_that_cannot_be_written_cost_nothing_but_the_copy(folder: Folder) -> None:
    await _make(folder, "something")
    shutil.rmtree(folder.backups)
    folder.backups.write_text("a file in the place of the folder")
    assert await _titles(folder) == ["something"]


def test_sqlite_is_not_loaded_before_a_database_is_opened() -> None:
    code = (
        "import sys, desktop_agent.memory.database, desktop_agent.memory.conversations, desktop_agent.memory.notes\n"
        "print([name for name in ('sqlite3', 'jieba', 'snowballstemmer') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "[]"


def test_the_place_of_a_lock_tells_two_openings_apart(tmp_path: Path) -> None:
    from desktop_agent.memory.claim import Claim

    first, second = Claim(tmp_path / "lock"), Claim(tmp_path / "lock")
    assert (first.held, second.held) == (True, False)
    first.give_back()
    third = Claim(tmp_path / "lock")
    assert third.held
    third.give_back()
    second.give_back()
