"""How quickly models answered here, from the figures that are stored with their answers."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from desktop_agent.memory.database import Database

if TYPE_CHECKING:
    from sqlite3 import Connection

_LATEST, _SHORTEST = 200, 16
"""So many of the newest answers are looked at, and of these no shorter ones: their figures say little."""


async def answer_speeds(database: Database) -> dict[str, float]:
    """Tokens a second by what answered, the middle of its latest answers."""
    return await database.read(_speeds)


def _speeds(db: Connection) -> dict[str, float]:
    rows = db.execute(
        "SELECT engine, tokens_per_second FROM message "
        "WHERE tokens_per_second > 0 AND reply_tokens >= ? ORDER BY id DESC LIMIT ?",
        (_SHORTEST, _LATEST),
    )
    found: dict[str, list[float]] = {}
    for engine, speed in rows:
        found.setdefault(engine, []).append(speed)
    return {engine: statistics.median(speeds) for engine, speeds in found.items()}
