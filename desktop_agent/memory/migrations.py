"""The tables of the database, as the steps that led to them.

A step that was released is never edited: a change is a new step at the end; a function
in a step is part of it. No step may use ``executescript``: it commits by itself, and a failed step could not be undone.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

APPLICATION = 0x44416774
"""What SQLite's ``application_id`` says in a file of this program ("DAgt")."""

_CONVERSATIONS = (
    """
    CREATE TABLE conversation (
        id INTEGER PRIMARY KEY,
        title TEXT NOT NULL,
        created REAL NOT NULL,
        changed REAL NOT NULL,
        memory INTEGER NOT NULL,
        -- What its prompt holds: the fixed first message, and the ids of the messages after it as
        -- a JSON list. NULL until the first prompt.
        system_prompt TEXT NOT NULL DEFAULT '',
        kept TEXT
    )
    """,
    "CREATE INDEX conversation_changed ON conversation (changed)",
    """
    CREATE TABLE message (
        id INTEGER PRIMARY KEY,
        conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
        role TEXT NOT NULL,
        created REAL NOT NULL,
        importance REAL NOT NULL DEFAULT 0,
        notes TEXT NOT NULL DEFAULT '[]',
        help TEXT NOT NULL DEFAULT '',
        -- NULL in an answer that is still being written.
        ending TEXT,
        engine TEXT NOT NULL DEFAULT '',
        prompt_tokens INTEGER,
        evaluated_tokens INTEGER,
        reply_tokens INTEGER,
        first_token_ms INTEGER,
        tokens_per_second REAL,
        -- Last, because a long text pushes what follows it onto other pages.
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX message_conversation ON message (conversation, id)",
)

_NOTES = (
    """
    CREATE TABLE note (
        id INTEGER PRIMARY KEY,
        -- Of text and source; finds the equal note without an index over whole texts.
        digest INTEGER NOT NULL,
        created REAL NOT NULL,
        changed REAL NOT NULL,
        important INTEGER NOT NULL,
        conversation INTEGER REFERENCES conversation ON DELETE SET NULL,
        message INTEGER REFERENCES message ON DELETE SET NULL,
        source TEXT NOT NULL,
        -- The name an imported note's conversation had where it came from, else ''.
        origin TEXT NOT NULL,
        keywords TEXT NOT NULL,
        -- Ids in `term`, four bytes each: what has to go from the index when the note goes.
        terms BLOB NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX note_digest ON note (digest)",
    # The list, newest first: without it a page of a hundred thousand notes takes 300 ms instead of 0.3.
    "CREATE INDEX note_created ON note (created)",
    # The foreign keys: without these, deleting a conversation reads every note for each message.
    "CREATE INDEX note_conversation ON note (conversation) WHERE conversation IS NOT NULL",
    "CREATE INDEX note_message ON note (message) WHERE message IS NOT NULL",
    # `notes` counts the notes that have the term.
    "CREATE TABLE term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, notes INTEGER NOT NULL)",
    """
    CREATE TABLE posting (
        term INTEGER NOT NULL,
        note INTEGER NOT NULL,
        weight INTEGER NOT NULL,
        PRIMARY KEY (term, note)
    ) WITHOUT ROWID
    """,
)


def _into_blocks(connection: Connection) -> None:
    """The postings of step 2 as blocks: 800 ids, four bytes each, then 800 weights."""
    rows = connection.execute("SELECT term, note, weight FROM posting ORDER BY term, note")
    for term, group in groupby(rows, key=lambda row: row[0]):
        found = [(note, weight) for _, note, weight in group]
        for at in range(0, len(found), 800):
            some = found[at : at + 800]
            data = array("I", [note for note, _ in some]).tobytes() + bytes(weight for _, weight in some)
            connection.execute("INSERT INTO block VALUES (?, ?)", (term << 32 | some[0][0], data))


_CONVERSATIONS_OF_NOTES: tuple[str | Callable[[Connection], None], ...] = (
    # One row holds up to 800 notes of a term. `id` is term << 32 | first note.
    "CREATE TABLE block (id INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    _into_blocks,
    "DROP TABLE posting",
    # A conversation that notes were imported from, and its lines.
    "CREATE TABLE talk (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)",
    """
    CREATE TABLE line (
        note INTEGER PRIMARY KEY REFERENCES note ON DELETE CASCADE,
        talk INTEGER NOT NULL,
        -- Counted up at each pause.
        part INTEGER NOT NULL,
        asks INTEGER NOT NULL,
        speaker TEXT NOT NULL
    )
    """,
    "CREATE INDEX line_talk ON line (talk, note)",
    "INSERT INTO talk (name) SELECT DISTINCT origin FROM note WHERE origin <> ''",
    "INSERT INTO line SELECT note.id, talk.id, 0, 0, '' FROM note JOIN talk ON talk.name = note.origin",
    # What a note said before it was changed.
    """
    CREATE TABLE note_history (
        id INTEGER PRIMARY KEY,
        note INTEGER NOT NULL REFERENCES note ON DELETE CASCADE,
        changed REAL NOT NULL,
        -- How the note was before, as JSON: what taking the change back restores.
        was TEXT NOT NULL,
        text TEXT NOT NULL
    )
    """,
    "CREATE INDEX note_history_note ON note_history (note)",
    # The same index for messages; they are entered when somebody searches for the first time after them.
    "CREATE TABLE message_term (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, notes INTEGER NOT NULL)",
    "CREATE TABLE message_block (id INTEGER PRIMARY KEY, data BLOB NOT NULL)",
    """
    CREATE TABLE message_index (
        message INTEGER PRIMARY KEY REFERENCES message ON DELETE CASCADE,
        terms BLOB NOT NULL
    )
    """,
)

_BRANCHES_AND_FILES = (
    # A path through the messages: 0 is before the first one. At the end of the row and yet free to read: 0 and 1 take
    # no room behind the text.
    "ALTER TABLE message ADD COLUMN parent INTEGER",
    "ALTER TABLE message ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0",
    """
    UPDATE message SET parent = coalesce((
        SELECT max(id) FROM message AS other
        WHERE other.conversation = message.conversation AND other.id < message.id
    ), 0)
    """,
    "CREATE INDEX message_parent ON message (conversation, parent)",
    "CREATE INDEX message_hidden ON message (conversation, parent) WHERE hidden = 1",
    # Settings that this conversation has for itself, as a JSON object of names and values.
    "ALTER TABLE conversation ADD COLUMN own TEXT NOT NULL DEFAULT '{}'",
    # What is written and not sent; conversation 0 is the chat that does not exist yet.
    "CREATE TABLE draft (conversation INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    """
    CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        -- NULL while it is in the draft of a chat that does not exist yet.
        conversation INTEGER REFERENCES conversation ON DELETE CASCADE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        pages INTEGER NOT NULL,
        letters INTEGER NOT NULL,
        created REAL NOT NULL,
        -- A JSON list of its pages, compressed by zlib.
        text BLOB NOT NULL
    )
    """,
    "CREATE INDEX document_conversation ON document (conversation)",
    """
    CREATE TABLE attached (
        message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
        place INTEGER NOT NULL,
        document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        PRIMARY KEY (message, document)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX attached_document ON attached (document)",
    # Parts of files as they stand in a question's prompt; pages 0 for the whole file.
    """
    CREATE TABLE passage (
        message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
        place INTEGER NOT NULL,
        document INTEGER NOT NULL,
        name TEXT NOT NULL,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (message, place)
    ) WITHOUT ROWID
    """,
)


# Before 3.41 SQLite's own check calls a row damaged when the columns of the key are not the first ones of a table
# without row numbers: with one attached file every start put a copy in the place of the database.
_ATTACHED_IN_ORDER = (
    """
    CREATE TABLE attached_in_order (
        message INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
        document INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
        place INTEGER NOT NULL,
        PRIMARY KEY (message, document)
    ) WITHOUT ROWID
    """,
    "INSERT INTO attached_in_order SELECT message, document, place FROM attached",
    "DROP TABLE attached",
    "ALTER TABLE attached_in_order RENAME TO attached",
    "CREATE INDEX attached_document ON attached (document)",
)


def _read_anew(connection: Connection) -> None:
    from desktop_agent.memory import reindexing

    reindexing.with_scripts_and_days(connection)


STEPS: tuple[tuple[str | Callable[[Connection], None], ...], ...] = (
    _CONVERSATIONS,
    _NOTES,
    _CONVERSATIONS_OF_NOTES,
    (
        # When a note was last placed beside a question; only notes that ever were have a row.
        """
        CREATE TABLE note_use (
            note INTEGER PRIMARY KEY REFERENCES note ON DELETE CASCADE,
            last REAL NOT NULL,
            times INTEGER NOT NULL
        )
        """,
    ),
    _BRANCHES_AND_FILES,
    (_read_anew,),
    (
        "ALTER TABLE conversation ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0",
        # Seconds since 1970; NULL when it is not in the trash.
        "ALTER TABLE conversation ADD COLUMN thrown_away REAL",
    ),
    (
        # The only model of a server that may be sent this conversation; '' when it stays on this computer.
        "ALTER TABLE conversation ADD COLUMN server TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE conversation ADD COLUMN server_model TEXT NOT NULL DEFAULT ''",
        # Why an answer failed, or came from another engine than the chosen one, as JSON; NULL for most.
        "ALTER TABLE message ADD COLUMN trouble TEXT",
    ),
    # What a model thought before it answered; no prompt ever has it.
    ("ALTER TABLE message ADD COLUMN thoughts TEXT NOT NULL DEFAULT ''",),
    _ATTACHED_IN_ORDER,
)
LATEST = len(STEPS)
WITH_NOTES = 2
"""The first version that has notes."""
WITH_BLOCKS = 3
"""The first version from which a note or a conversation can be deleted as it is today."""
WITH_FILES_IN_ORDER = 10
"""The first version whose attached files no SQLite calls damaged."""


def version(connection: Connection) -> int:
    """How many steps this file has behind it; 0 for a new file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Connection, to: int = LATEST) -> None:
    """Take the file to version ``to``, one transaction for each step.

    A step that fails leaves the file at the version before it.
    """
    for number in range(version(connection), to):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Asked again behind the lock: a second program may have been first.
            if version(connection) == number:
                for statement in STEPS[number]:
                    if isinstance(statement, str):
                        connection.execute(statement)
                    else:
                        statement(connection)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {number + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
