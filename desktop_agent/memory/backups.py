"""Copies of the database: made once a day, kept for a while, put back when the file is damaged.

A copy counts only after SQLite has checked it; before that it has another name.
"""

from __future__ import annotations

import logging
import os
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent.memory import migrations, note_rows

if TYPE_CHECKING:
    from sqlite3 import Connection

KEPT_DAYS = 5
KEPT_VERSIONS, VERSIONS_DAYS = 2, 30
"""Copies made before the tables changed: so many, for so long."""
_PAGES_A_STEP = 2000
"""8 MB: a small database is copied in one step, a large one can be given up in between."""
_FALSE_ALARM = "NULL value in attached."
"""What SQLite before 3.41 says of every attached file in a database that was not yet brought up to date."""

log = logging.getLogger(__name__)


class GivenUp(Exception):
    """The copy was not finished because the program ends, or something is to be forgotten meanwhile."""


def is_due(backups: Path) -> bool:
    """Whether there is no copy of today yet."""
    return not _of_today(backups).exists()


def copy_of_day(path: Path, backups: Path, stopping: Callable[[], bool]) -> bool:
    """Copy the database to the file of today; whether the copy is sound.

    Reads through a connection of its own and may run beside everything else. An empty
    database is not copied: it would push out the copies of a full one.

    Raises:
        GivenUp: ``stopping`` became true.
        OSError, sqlite3.Error: the copy could not be written.
    """
    import sqlite3

    source = sqlite3.connect(path)
    try:
        if not _holds_something(source):
            return True
        sound = _copy(source, _of_today(backups), stopping)
    finally:
        source.close()
    _forget_oldest(backups, "agent-????-??-??.db", KEPT_DAYS)
    oldest = time.time() - VERSIONS_DAYS * 86_400
    for copy in backups.glob("agent-version-*.db"):
        if copy.stat().st_mtime < oldest:
            copy.unlink(missing_ok=True)
    return sound


def copy_before_migration(connection: Connection, backups: Path) -> None:
    """Copy a database of an older version, unless it is empty.

    Raises:
        OSError, sqlite3.Error: the copy could not be written.
    """
    if _holds_something(connection):
        _copy(connection, backups / f"agent-version-{migrations.version(connection):04d}.db", lambda: False)
        _forget_oldest(backups, "agent-version-*.db", KEPT_VERSIONS)


def put_back_newest(path: Path, backups: Path) -> date | None:
    """Put the newest sound copy in the place of ``path``; the day it was made, or None without one."""
    copies = sorted(backups.glob("agent-*.db"), key=lambda copy: copy.stat().st_mtime, reverse=True)
    for copy in copies:
        if is_sound(copy):
            draft = path.with_name(path.name + ".new")
            shutil.copyfile(copy, draft)
            draft.replace(path)
            return datetime.fromtimestamp(copy.stat().st_mtime).astimezone().date()
        log.warning("%s is damaged too", copy.name)
    return None


def forget_notes(backups: Path, texts: Sequence[str]) -> int:
    """Take notes that say one of ``texts`` out of the copies too; how many copies still have one.

    Those are copies of a much older version, or ones that cannot be written now.
    """

    def forget(db: Connection) -> None:
        for note in dict.fromkeys(note for text in texts for note in note_rows.saying(db, text)):
            note_rows.delete(db, note)

    def has(db: Connection) -> bool:
        return any(note_rows.saying(db, text) for text in texts)

    return _forget(backups, migrations.WITH_NOTES, has, forget)


def forget_conversation(backups: Path, conversation: int, created: float) -> int:
    """Take a conversation out of the copies too; how many copies still have it, as ``forget_notes`` counts."""
    from desktop_agent.memory import message_search

    # Its number alone may be that of another one in an old copy.
    row = (conversation, created)

    def has(db: Connection) -> bool:
        return db.execute("SELECT 1 FROM conversation WHERE id = ? AND created = ?", row).fetchone() is not None

    def forget(db: Connection) -> None:
        message_search.forget(db, conversation)
        db.execute("DELETE FROM conversation WHERE id = ?", (conversation,))

    return _forget(backups, 1, has, forget)


def _forget(backups: Path, since: int, has: Callable[[Connection], bool], forget: Callable[[Connection], None]) -> int:
    """``since`` is the first version that can have it."""
    import sqlite3

    keeping = 0
    for copy in backups.glob("agent-*.db"):
        times = copy.stat()
        try:
            connection = sqlite3.connect(copy, isolation_level=None, timeout=1)
            try:
                version = migrations.version(connection)
                if version >= since and has(connection):
                    if version < migrations.WITH_BLOCKS:
                        keeping += 1
                        continue
                    _forget_in(connection, forget)
            finally:
                connection.close()
            # The newest copy is found by its time.
            os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))
        except (OSError, sqlite3.Error) as error:
            log.warning("%s was not changed: %s", copy.name, error)
            keeping += 1
    return keeping


def _forget_in(connection: Connection, forget: Callable[[Connection], None]) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("BEGIN IMMEDIATE")
    forget(connection)
    connection.execute("COMMIT")


def is_sound(copy: Path) -> bool:
    """Whether the file is a database of this program that can be read from end to end."""
    import sqlite3

    try:
        # immutable: nothing is written beside the copy.
        connection = sqlite3.connect(f"{copy.resolve().as_uri()}?immutable=1", uri=True)
        try:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == migrations.APPLICATION
            known = migrations.version(connection) <= migrations.LATEST
            return ours and known and passes_check(connection)
        finally:
            connection.close()
    except sqlite3.Error:
        return False


def passes_check(connection: Connection) -> bool:
    """Whether SQLite finds every page in order; 30 to 130 ms for 50,000 notes.

    Raises:
        sqlite3.DatabaseError: the file is so damaged that it cannot even be checked.
    """
    (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if said.startswith(_FALSE_ALARM) and migrations.version(connection) < migrations.WITH_FILES_IN_ORDER:
        # One line for each column of each row at most, and one more if anything else is wrong.
        (rows,) = connection.execute("SELECT count(*) FROM attached").fetchone()
        lines = connection.execute(f"PRAGMA quick_check({3 * rows + 1})").fetchall()
        return all(line.startswith(_FALSE_ALARM) for (line,) in lines)
    return bool(said == "ok")


def _of_today(backups: Path) -> Path:
    # The day on the user's clock, not in Greenwich.
    return backups / f"agent-{datetime.now().astimezone().date().isoformat()}.db"


def _holds_something(connection: Connection) -> bool:
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return any(connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() for table in tables)


def _copy(source: Connection, copy: Path, stopping: Callable[[], bool]) -> bool:
    import sqlite3

    def step(_status: int, remaining: int, _total: int) -> None:
        if remaining and stopping():
            raise GivenUp

    copy.parent.mkdir(parents=True, exist_ok=True)
    draft = copy.with_name(copy.name + ".new")
    draft.unlink(missing_ok=True)
    # A read transaction held open: otherwise each write in between starts the copy over.
    source.execute("BEGIN")
    source.execute("SELECT 1 FROM sqlite_master").fetchone()
    target = sqlite3.connect(draft)
    try:
        source.backup(target, pages=_PAGES_A_STEP, progress=step, sleep=0)
        # One file that stands for itself, not one that asks for a -wal.
        target.execute("PRAGMA journal_mode = DELETE").fetchone()
        sound = passes_check(target)
    except BaseException:
        target.close()
        draft.unlink(missing_ok=True)
        raise
    finally:
        source.execute("ROLLBACK")
        target.close()
    if sound:
        draft.replace(copy)
    else:
        draft.unlink()
    return sound


def _forget_oldest(backups: Path, pattern: str, kept: int) -> None:
    for copy in sorted(backups.glob(pattern))[:-kept]:
        copy.unlink(missing_ok=True)
