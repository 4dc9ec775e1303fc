"""The database: one SQLite file and the one thread that works on it.

``read`` and ``write`` take a function of the connection and run it on that thread, so
the caller's loop (asyncio's or the window's) never waits for the disk. A ``write`` that
was handed over happens, also when the caller is cancelled meanwhile.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from desktop_agent.errors import StorageError
from desktop_agent.memory import backups, opening
from desktop_agent.memory.claim import Claim

if TYPE_CHECKING:
    from sqlite3 import Connection

T = TypeVar("T")

_COPY_WAIT_S = 2.0
"""How long closing waits for a copy that is being made; an unfinished one is made next time."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    work: Callable[[], Any]
    loop: asyncio.AbstractEventLoop
    reply: asyncio.Future[Any]
    needed: bool
    """Whether it is done although nobody waits for the reply any more."""


class Database:
    """An open database; made by ``open``, ended by ``close``."""

    def __init__(self, path: Path, copies: Path) -> None:
        self.path = path
        self._copies = copies
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._claim: Claim | None = None
        self._closing = False
        self._copying: threading.Thread | None = None
        self._give_up = False
        self._thread = threading.Thread(target=self._serve, name="database", daemon=True)
        self.problems: tuple[str, ...] = ()
        """Sentences about what went wrong at opening and was mended, in the user's language."""

    @classmethod
    async def open(cls, path: Path, copies: Path) -> Database:
        """The database at ``path``, made or brought up to date where needed.

        Once a day a copy goes to the folder ``copies``, in the background.

        Raises:
            StorageError: the file is newer than this program or cannot be used.
        """
        database = cls(path, copies)
        database._thread.start()
        try:
            await database._hand_over(database._open, needed=True)
        except BaseException:
            database._jobs.put(None)
            raise
        return database

    @property
    def alone(self) -> bool:
        """Whether this was the first program on the folder; a second one shares it."""
        return self._claim is not None and self._claim.held

    async def read(self, work: Callable[[Connection], T]) -> T:
        """What ``work`` finds; it sees one state of the database from beginning to end.

        Raises:
            StorageError: the file could not be read.
        """
        return await self._ask(lambda: self._in_transaction(work, "BEGIN"), needed=False)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` as one transaction: when this returns all of it is kept, after an error none.

        Raises:
            StorageError: the disk is full, the file may not be written, or another
                program has kept it busy for five seconds.
        """
        return await self._ask(lambda: self._in_transaction(work, "BEGIN IMMEDIATE"), needed=True)

    async def clean_up(self) -> None:
        """Take what was forgotten out of the write-ahead log too, so that its bytes are gone from the disk.

        Where another program is reading that must wait until one of them is closed.
        """
        await self._ask(lambda: opening.empty_log(self._connected), needed=True)

    async def change_copies(self, work: Callable[[Path], T]) -> T:
        """What ``work`` does to the folder of the copies; one that is being made is made anew after it."""
        return await self._ask(lambda: self._without_copying(work), needed=True)

    async def close(self) -> None:
        """Finish what was handed over and close the file; harmless when done twice."""
        if self._closing:
            return
        self._closing = True
        with contextlib.suppress(StorageError):
            await self._hand_over(self._close, needed=True)
        self._jobs.put(None)

    async def _ask(self, work: Callable[[], T], *, needed: bool) -> T:
        if self._closing:
            raise RuntimeError("the database is closed")
        return await self._hand_over(work, needed=needed)

    async def _hand_over(self, work: Callable[[], T], *, needed: bool) -> T:
        loop = asyncio.get_running_loop()
        reply: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, loop, reply, needed))
        return await reply

    # From here on: on the database's thread.

    @property
    def _connected(self) -> Connection:
        if self._connection is None:
            raise RuntimeError("the database is closed")
        return self._connection

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            if job.reply.cancelled() and not job.needed:
                continue
            result: Any = None
            error: BaseException | None = None
            try:
                result = job.work()
            except BaseException as raised:  # handed to whoever waits, never lost
                error = self._told(raised)
            # The loop may have ended meanwhile: then nobody waits.
            with contextlib.suppress(RuntimeError):
                job.loop.call_soon_threadsafe(_answer, job.reply, result, error)
            del job, result, error
        self._close()

    def _told(self, error: BaseException) -> BaseException:
        if isinstance(error, ImportError):
            # Perhaps SQLite itself.
            from desktop_agent.installation import part_missing

            return part_missing(error)
        import sqlite3

        if not isinstance(error, sqlite3.Error):
            return error
        if opening.is_damage(error):
            with contextlib.suppress(OSError):
                opening.doubt(self.path).touch()
        try:
            told = opening.sentence(error, self.path)
        except sqlite3.Error as mistake:
            return mistake
        log.error("%s: %s", getattr(error, "sqlite_errorname", "SQLite"), error)
        told.__cause__ = error
        return told

    def _open(self) -> None:
        self._connection, self.problems = opening.open_database(self.path, self._copies)
        try:
            self._claim = Claim(self.path.with_name(self.path.stem + ".lock"))
        except OSError as error:
            log.warning("no claim on the folder: %s", error)
        if self.alone:
            self._in_transaction(opening.end_open_answers, "BEGIN IMMEDIATE")
        self._begin_copying()

    def _begin_copying(self) -> None:
        if self.alone and backups.is_due(self._copies):
            self._give_up = False
            self._copying = threading.Thread(target=self._copy, name="database copy", daemon=True)
            self._copying.start()

    def _without_copying(self, work: Callable[[Path], T]) -> T:
        copying = self._copying is not None and self._copying.is_alive()
        if copying and self._copying is not None:
            # It reads a state of the database in which nothing is forgotten yet.
            self._give_up = True
            self._copying.join()
        try:
            return work(self._copies)
        finally:
            if copying:
                self._begin_copying()

    def _in_transaction(self, work: Callable[[Connection], T], begin: str) -> T:
        connection = self._connected
        connection.execute(begin)
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            # After a full disk SQLite may have rolled back by itself.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result

    def _close(self) -> None:
        if self._copying is not None:
            self._copying.join(_COPY_WAIT_S)
        connection, self._connection = self._connection, None
        if connection is not None:
            # The last one to close empties the write-ahead log into the file.
            connection.close()
        if self._claim is not None:
            self._claim.give_back()

    def _copy(self) -> None:
        """The copy of the day; on a thread of its own."""
        import sqlite3

        try:
            sound = backups.copy_of_day(self.path, self._copies, lambda: self._closing or self._give_up)
        except backups.GivenUp:
            return
        except (OSError, sqlite3.Error) as error:
            log.warning("no copy today: %s", error)
            return
        if not sound:
            log.error("the copy of the day shows damage; the database is checked at the next start")
            with contextlib.suppress(OSError):
                opening.doubt(self.path).touch()


def _answer(reply: asyncio.Future[Any], result: Any, error: BaseException | None) -> None:
    if reply.cancelled():
        return
    if error is not None:
        reply.set_exception(error)
    else:
        reply.set_result(result)
