"""Attached files do not make the database look damaged: SQLite's own check is asked at every start."""

from __future__ import annotations

from contextlib import closing
from sqlite3 import connect

from desktop_agent.memory import migrations
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.documents import Documents
from desktop_agent.memory.passages import Part
from desktop_agent.messages import DocumentKind
from desktop_agent.system import Folder


async def test_a_conversation_with_an_attached_file_is_whole_at_the_next_start(folder: Folder) -> None:
    database = await Database.open(folder.database, folder.backups)
    conversations, documents = Conversations(database), Documents(database)
    talk = await conversations.create("The garden")
    file = await documents.add(
        "笔记.txt", DocumentKind.TEXT, 30, 1, [Part(1, 1, "The gate opens at seven.", "gate")], talk.id
    )
    await conversations.add_question(talk.id, "When does it open?", files=[file.id])
    await database.close()
    again = await Database.open(folder.database, folder.backups)
    assert again.problems == ()
    assert [one.name for one in await Documents(again).of(talk.id)] == ["笔记.txt"]
    await again.close()


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
