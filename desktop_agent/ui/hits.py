"""What is looked for in the open conversation, as it is marked in its messages.

A hit is told by its message's place and its number among the hits of that message, as
they are read: what stands in the address of a link or in thoughts that are folded is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

if TYPE_CHECKING:
    from desktop_agent.memory.sought import Sought
    from desktop_agent.ui.entry import Entry
    from desktop_agent.ui.text_piece import TextPiece


class Hits:
    """The hits in all messages, and the one the reader is at."""

    def __init__(self, sought: Sought) -> None:
        self.sought = sought
        self.at: tuple[int, int] | None = None
        """The place of a message and the number of a hit in it."""

    def count(self, entry: Entry) -> int:
        """How many a message has that is laid out."""
        return sum(len(part.hits(self.sought)) for part in entry.parts)

    def of(self, entry: Entry, part: TextPiece) -> tuple[list[tuple[int, int]], int]:
        """The hits in a part of a message as positions, and which of them the reader is at; -1 for none."""
        found = part.hits(self.sought)
        if self.at is None or self.at[0] != entry.place:
            return found, -1
        before = 0
        for other in entry.parts:
            if other is part:
                break
            before += len(other.hits(self.sought))
        at = self.at[1] - before
        return found, at if 0 <= at < len(found) else -1

    def box(self, entry: Entry, number: int) -> QRectF | None:
        """Where a hit begins in its message, as high as its line; None when it is not there."""
        for part, box in zip(entry.parts, entry.boxes, strict=True):
            found = part.hits(self.sought)
            if number < len(found):
                return part.place_of(found[number][0]).translated(box.topLeft())
            number -= len(found)
        return None
