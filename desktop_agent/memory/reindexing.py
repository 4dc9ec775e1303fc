"""The index of old texts brought up to date after a change of what their terms are.

Part of the migrations: each function reads every text once (seconds for a million notes)
and enters only what is new of those whose terms are others now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

_READ = 1000
"""Texts read at a time."""


def with_scripts_and_days(connection: Connection) -> None:
    """Texts in traditional letters, and notes that say "yesterday" or "last Friday"."""
    # Here, not above: a database that is up to date loads nothing of it.
    from desktop_agent.memory import index
    from desktop_agent.memory.dates import may_be_relative, terms_from
    from desktop_agent.memory.note_rows import LONGEST_SAYING, all_terms, day_of
    from desktop_agent.memory.scripts import simplified
    from desktop_agent.memory.terms import terms

    def enter(number: int, held: bytes, found: list[str], into: index.Index) -> bytes:
        index.remove(connection, number, held, into)
        new, postings = index.add(connection, found, into)
        index.post(connection, [(number, postings)], into)
        return new

    last = 0
    query = "SELECT id, created, origin, terms, text FROM note WHERE id > ? ORDER BY id LIMIT ?"
    while rows := connection.execute(query, (last, _READ)).fetchall():
        last = rows[-1][0]
        days = []
        for number, created, origin, held, text in rows:
            if simplified(text) != text:
                new = enter(number, held, all_terms(text, terms(text), created, alone=not origin), index.NOTES)
                connection.execute("UPDATE note SET terms = ? WHERE id = ?", (new, number))
            elif (
                len(text) <= LONGEST_SAYING and may_be_relative(folded := text.casefold()) and (day := day_of(created))
            ):
                if found := set(terms_from(folded, day)).difference(terms(text)):
                    new, postings = index.add(connection, sorted(found))
                    connection.execute("UPDATE note SET terms = ? WHERE id = ?", (held + new, number))
                    days.append((number, postings))
        index.post(connection, days)
    last = 0
    query = (
        "SELECT message, terms, text FROM message_index JOIN message ON message.id = message WHERE message > ? "
        "ORDER BY message LIMIT ?"
    )
    while rows := connection.execute(query, (last, _READ)).fetchall():
        last = rows[-1][0]
        for number, held, text in rows:
            if simplified(text) != text:
                new = enter(number, held, terms(text), index.MESSAGES)
                connection.execute("UPDATE message_index SET terms = ? WHERE message = ?", (new, number))
