"""Attached files do not make the database look damaged: SQLite's own check is asked at every start."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from sqlite3 import connect

import pytest

from desktop_agent.memory import migrations
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.documents import Documents
from desktop_agent.memory.passages import Part
from desktop_agent.messages import DocumentKind
from desktop_agent.system import Folder


async def _with_files(folder: Folder, count: int = 1) -> int:
    """A database with a conversation whose questions have a file each; the number of the conversation."""
    database = await Database.open(folder.database, folder.backups)
    conversations, documents = Conversations(database), Documents(database)
    talk = await conversations.create("The garden")
    for number in range(count):
        parts = [Part(1, 1, "The gate opens at seven.", "gate")]
        file = await documents.add(f"笔记{number}.txt", DocumentKind.TEXT, 30, 1, parts, talk.id)
        await conversations.add_question(talk.id, f"When does gate number{number:04d} open?", files=[file.id])
    await database.close()
    return talk.id


async def _names(database: Database, conversation: int) -> set[str]:
    return {one.name for one in await Documents(database).of(conversation)}


async def test_a_conversation_with_an_attached_file_is_whole_at_the_next_start(folder: Folder) -> None:
    talk = await _with_files(folder)
    again = await Database.open(folder.database, folder.backups)
    assert again.problems == ()
    assert await _names(again, talk) == {"笔记0.txt"}
    await again.close()


def _as_before(folder: Folder) -> None:
    """Give the table of attached files the form that SQLite before 3.41 calls damaged."""
    [table] = [step for steps in migrations.STEPS for step in steps if "TABLE attached (" in str(step)]
    with closing(connect(folder.database, isolation_level=None)) as db:
        db.execute("ALTER TABLE attached RENAME TO today")
        db.execute("DROP INDEX attached_document")
        db.execute(str(table))
        db.execute("INSERT INTO attached (message, place, document) SELECT message, place, document FROM today")
        db.execute("CREATE INDEX attached_document ON attached (document)")
        db.execute("DROP TABLE today")
        db.execute(f"PRAGMA user_version = {migrations.WITH_FILES_IN_ORDER - 1}")


async def test_an_older_database_with_attached_files_is_brought_up_to_date_not_replaced(folder: Folder) -> None:
    talk = await _with_files(folder, 150)  # SQLite's check by itself stops at a hundred complaints
    _as_before(folder)
    database = await Database.open(folder.database, folder.backups)
    assert database.problems == ()
    assert len(await _names(database, talk)) == 150
    assert [copy.name for copy in folder.backups.glob("agent-version-*.db")] == ["agent-version-0009.db"]
    assert not list(folder.root.glob("agent.damaged*"))
    await database.close()


def _spoil_a_page(folder: Folder) -> None:
    data = bytearray(folder.database.read_bytes())
    at = data.rindex(b"number0100") // 4096 * 4096
    data[at : at + 4096] = bytes(255 - byte for byte in data[at : at + 4096])
    folder.database.write_bytes(data)


def _empty_a_field(folder: Folder) -> None:
    """A field that must have a value gets none; SQLite tells this after the false alarms."""
    with closing(connect(folder.database, isolation_level=None)) as db:
        [(sql,)] = db.execute("SELECT sql FROM sqlite_master WHERE name = 'conversation'").fetchall()
        change = "UPDATE sqlite_master SET sql = ? WHERE name = 'conversation'"
        db.execute("PRAGMA writable_schema = ON")
        db.execute(change, (sql.replace("title TEXT NOT NULL", "title TEXT"),))
        db.execute("PRAGMA writable_schema = RESET")
        db.execute("UPDATE conversation SET title = NULL")
        db.execute("PRAGMA writable_schema = ON")
        db.execute(change, (sql,))


@pytest.mark.parametrize("harm", [_spoil_a_page, _empty_a_field])
async def test_real_damage_beside_old_attached_files_is_found(folder: Folder, harm: Callable[[Folder], None]) -> None:
    await _with_files(folder, 150)
    _as_before(folder)
    harm(folder)
    database = await Database.open(folder.database, folder.backups)
    assert len(database.problems) == 1
    await database.close()


def test_the_key_of_a_table_without_row_numbers_comes_first() -> None:
    """SQLite before 3.41 calls every other one damaged as soon as it has a row."""
    with closing(connect(":memory:", isolation_level=None)) as db:
        migrations.migrate(db)
        tables = db.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%WITHOUT ROWID%'").fetchall()
        assert tables
        for (table,) in tables:
            # cid, name, type, notnull, default, place in the key from 1 or 0
            keys = [column[5] for column in db.execute(f"PRAGMA table_info({table})") if column[5]]
            assert keys == list(range(1, len(keys) + 1)), table
            first = [column[5] for column in db.execute(f"PRAGMA table_info({table})")][: len(keys)]
            assert first == keys, table


def test_files_that_were_attached_before_stay_with_their_question() -> None:
    with closing(connect(":memory:", isolation_level=None)) as db:
        migrations.migrate(db, to=migrations.LATEST - 1)
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute("INSERT INTO attached (message, place, document) VALUES (7, 2, 30), (7, 1, 40)")
        migrations.migrate(db)
        rows = db.execute("SELECT message, place, document FROM attached ORDER BY place").fetchall()
        assert [tuple(row) for row in rows] == [(7, 1, 40), (7, 2, 30)]
