"""Conversations that part: a question asked otherwise, an answer given again; what was there before is kept.

Of all messages one path from the first to a last one is shown; the others are hidden. A
message always has a larger id than the one it follows, so a path is in the order of its
ids. What the prompt held is cut to the path at every change, so that it is laid anew
from where the paths part and nothing of another path is read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection


def last_shown(db: Connection, conversation: int) -> int:
    """The last message of the path that is shown; 0 when there is none."""
    query = "SELECT id FROM message WHERE conversation = ? AND hidden = 0 ORDER BY id DESC LIMIT 1"
    row = db.execute(query, (conversation,)).fetchone()
    return int(row[0]) if row else 0


def parent(db: Connection, message: int) -> int:
    """The message that ``message`` follows; 0 for a first one."""
    row = db.execute("SELECT parent FROM message WHERE id = ?", (message,)).fetchone()
    return int(row[0] or 0) if row else 0


def end_after(db: Connection, conversation: int, message: int) -> None:
    """Hide what is shown behind ``message`` (0: everything), so that something else can follow it."""
    db.execute(
        "UPDATE message SET hidden = 1 WHERE conversation = ? AND id > ? AND NOT hidden", (conversation, message)
    )
    _cut_kept(db, conversation, message, [])


def show(db: Connection, conversation: int, message: int) -> bool:
    """Make the path through ``message`` the shown one, on to its newest end; False when it is shown already."""
    chain: list[int] = []
    at = message
    while at and db.execute("SELECT hidden FROM message WHERE id = ?", (at,)).fetchone()[0]:
        chain.append(at)
        at = parent(db, at)
    if not chain:
        return False
    chain.reverse()
    newest = "SELECT max(id) FROM message WHERE conversation = ? AND parent = ?"
    while following := db.execute(newest, (conversation, chain[-1])).fetchone()[0]:
        chain.append(following)
    db.execute("UPDATE message SET hidden = 1 WHERE conversation = ? AND id > ? AND NOT hidden", (conversation, at))
    db.executemany("UPDATE message SET hidden = 0 WHERE id = ?", [(number,) for number in chain])
    _cut_kept(db, conversation, at, chain)
    return True


def versions(db: Connection, conversation: int) -> dict[int, tuple[int, ...]]:
    """For each message that has others in its place: all of them, oldest first."""
    # Nothing is hidden in most conversations, and then this is one look into a small index.
    rows = db.execute(
        "SELECT group_concat(id) FROM message WHERE conversation = ?1 AND parent IN "
        "(SELECT parent FROM message WHERE conversation = ?1 AND hidden = 1) GROUP BY parent HAVING count(*) > 1",
        (conversation,),
    )
    found: dict[int, tuple[int, ...]] = {}
    for (joined,) in rows:
        together = tuple(sorted(map(int, joined.split(","))))
        found.update(dict.fromkeys(together, together))
    return found


def _cut_kept(db: Connection, conversation: int, last: int, path: list[int]) -> None:
    """Let the prompt hold what it held up to ``last``, and all of ``path`` behind it."""
    row = db.execute("SELECT kept FROM conversation WHERE id = ?", (conversation,)).fetchone()
    if row is None or row[0] is None:
        return
    kept = [number for number in json.loads(row[0]) if number <= last]
    # With nothing kept at all the prompt is laid from the beginning, which is right as well.
    db.execute("UPDATE conversation SET kept = ? WHERE id = ?", (json.dumps([*kept, *path]), conversation))
