"""How the database file is opened: checked, brought up to date, and replaced when it is damaged.

All of this runs on the database's thread. Nothing is ever deleted: a damaged file is
renamed, a file of a newer version is left as it is.
"""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_agent import system
from desktop_agent.errors import StorageError
from desktop_agent.memory import backups, migrations
from desktop_agent.messages import Ending, Role
from desktop_agent.words import _

if TYPE_CHECKING:
    import sqlite3

BUSY_MS = 5000
"""How long to wait for a second program that is writing."""
CHECKED_BYTES = 8_000_000
"""Up to this size the whole file is checked at each start (about 20 ms); larger ones with their copy of the day."""
CACHE_KIB = 8192
"""Taken only as far as the database is large: at a million notes 2 MB doubled the time of a search."""
FULL_BYTES = 1_000_000
"""A disk with less than this free counts as full."""

_MAGIC = b"SQLite format 3\0"

log = logging.getLogger(__name__)


class Damaged(Exception):
    """The file is no database, or one that cannot be read."""


def open_database(path: Path, copies: Path) -> tuple[sqlite3.Connection, tuple[str, ...]]:
    """A connection to an up-to-date database, and sentences about what went wrong on the way.

    Raises:
        StorageError: the file is newer than this program, belongs to another one, or
            cannot be used.
    """
    import sqlite3

    try:
        if path.is_dir():
            raise StorageError(
                "{path} is a folder; the database cannot be there.", hint="Move or rename that folder.", path=path
            )
        problems: tuple[str, ...] = ()
        try:
            connection = _open(path, copies)
        except Damaged as damage:
            log.error("the database is damaged: %s", damage)
            aside, day = _replace(path, copies)
            try:
                connection = _open(path, copies)
            except Damaged as again:
                raise StorageError("{path} is damaged.", hint="The log says more.", path=path) from again
            from desktop_agent.memory.salvage import salvage

            # Put back from a copy it begins as the damaged file once did.
            found = salvage(aside, connection, path if day else None)
            problems = (_told(aside.name, day, found.conversations, found.messages, found.notes),)
        return connection, problems
    except sqlite3.Error as error:
        raise sentence(error, path) from error
    except OSError as error:
        raise system.storage_error(error, path) from error


def end_open_answers(connection: sqlite3.Connection) -> None:
    """Mark the answers that a killed program left unfinished as stopped; what they said stays."""
    connection.execute(
        "UPDATE message SET ending = ? WHERE role = ? AND ending IS NULL", (Ending.STOPPED, Role.ASSISTANT)
    )


def empty_log(connection: sqlite3.Connection) -> None:
    """Move the write-ahead log into the file and cut it to nothing, unless somebody is reading it."""
    # Everybody who asks the database something waits meanwhile, also while a copy of the day is made.
    connection.execute("PRAGMA busy_timeout = 100")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")


def doubt(path: Path) -> Path:
    """The mark that has a large file checked from end to end at the next start."""
    return path.with_name(path.name + ".check")


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file itself is broken."""
    import sqlite3

    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def sentence(error: sqlite3.Error, path: Path) -> StorageError:
    """What a person can do about an error of SQLite; mistakes of the program are raised as they are."""
    import sqlite3

    code = _code(error)
    # On a full disk SQLite also fails to enlarge its shared memory, and then only says "disk I/O error".
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and system.free_disk(path.parent) < FULL_BYTES):
        return system.disk_full(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageError(
            "Another program is writing to {path} and did not finish.", hint="Try again in a moment.", path=path
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return system.not_writable(path)
    if code == sqlite3.SQLITE_CANTOPEN:
        return StorageError(
            "{path} could not be opened.", hint="Check the folder, or choose another one with --folder.", path=path
        )
    if is_damage(error):
        return StorageError(
            "{path} is damaged.",
            hint="Close the program and start it again: it then puts the newest good copy in its place.",
            path=path,
        )
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_TOOBIG):
        return StorageError("{path} could not be used: {reason}.", path=path, reason=str(error))
    raise error


def _code(error: sqlite3.Error) -> int:
    # The low byte is the kind; the rest says in which function.
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _open(path: Path, copies: Path) -> sqlite3.Connection:
    import sqlite3

    _look_at_header(path, copies)
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, path, copies)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error) and is_damage(error):
            raise Damaged(str(error)) from error
        raise
    return connection


def _look_at_header(path: Path, copies: Path) -> None:
    """Refuse a file of another version or kind while it is still untouched."""
    if not path.exists():
        return
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        # An empty file is how SQLite starts; beside copies it is what a power cut left.
        if any(copies.glob("agent-*.db")):
            raise Damaged("the file is empty, but there are copies")
        return
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise Damaged("the file does not begin like a database")
    if int.from_bytes(header[68:72], "big") == migrations.APPLICATION:
        _refuse_newer(int.from_bytes(header[60:64], "big"), path)


def _refuse_newer(version: int, path: Path) -> None:
    if version > migrations.LATEST:
        raise StorageError(
            "{path} was written by a newer version of this program and was left as it is.",
            hint="Update the program, or choose another folder with --folder.",
            path=path,
        )


def _prepare(connection: sqlite3.Connection, path: Path, copies: Path) -> None:
    # In one transaction: another program may be making the tables at this moment.
    connection.execute("BEGIN")
    version = migrations.version(connection)
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == migrations.APPLICATION
    empty = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    connection.execute("ROLLBACK")
    if not (ours or empty):
        raise StorageError("{path} belongs to another program.", hint="Choose another folder with --folder.", path=path)
    _refuse_newer(version, path)
    _check(connection, path)
    # NORMAL: a killed program loses nothing; a power cut may lose the last seconds, but not the file.
    # secure_delete: what is forgotten is overwritten, not only unlinked; FAST would leave the pages of long texts.
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "trusted_schema = OFF",
        f"cache_size = -{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    if version < migrations.LATEST:
        if version > 0:
            backups.copy_before_migration(connection, copies)
        migrations.migrate(connection)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    mark = doubt(path)
    if mark.exists() or path.stat().st_size <= CHECKED_BYTES:
        if not backups.passes_check(connection):
            raise Damaged("the check found a damaged page")
        mark.unlink(missing_ok=True)


def _replace(path: Path, copies: Path) -> tuple[Path, date | None]:
    """Put the damaged file aside and the newest good copy in its place: where it is now, the day of the copy."""
    aside = system.set_aside(path)
    for end in ("-wal", "-shm"):
        beside = path.with_name(path.name + end)
        if beside.exists():
            # Under the new name SQLite still finds what belongs to the damaged file.
            beside.replace(aside.with_name(aside.name + end))
    doubt(path).unlink(missing_ok=True)
    return aside, backups.put_back_newest(path, copies)


def _told(file: str, day: date | None, conversations: int, messages: int, notes: int) -> str:
    """The sentence that says what happened to the database."""
    counts = {"conversations": conversations, "messages": messages, "notes": notes}
    if not any(counts.values()):
        if day is None:
            return _(
                "The database was damaged and there was no copy of it. It was kept as {file}; a new one was begun.",
                file=file,
            )
        return _(
            "The database was damaged. It was kept as {file}, and the copy of {day} was put in its place: "
            "what came after it is missing.",
            file=file,
            day=day.isoformat(),
        )
    if day is None:
        return _(
            "The database was damaged and there was no copy of it. What could be read of it was saved: "
            "{conversations} conversations, {messages} messages, {notes} memories. It was kept as {file}.",
            file=file,
            **counts,
        )
    return _(
        "The database was damaged. The copy of {day} was put in its place, with what could be read of the rest: "
        "{conversations} conversations, {messages} messages, {notes} memories. It was kept as {file}.",
        file=file,
        day=day.isoformat(),
        **counts,
    )
