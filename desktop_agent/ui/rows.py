"""The messages of the open conversation, by their place; most of them are only a number and a height.

A message becomes an ``Entry`` when it comes near the screen, and is given back when it is
long gone. Tops and heights are kept in a binary indexed tree: finding what stands at a
height, and correcting one height, cost 14 steps in a conversation of ten thousand.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from desktop_agent.messages import Message, Role
from desktop_agent.ui.entry import Entry, Guess

BETWEEN = 19.0
"""Pixels between two messages; they belong to the upper one here."""


class Rows(Sequence[Entry]):
    """Entries in order; one that was not read yet is ``blank`` until ``fill`` brings its text."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._entries: list[Entry | None] = []
        self._ids: array[int] = array("q")
        self._asked = bytearray()
        self._heights: array[float] = array("d")
        self._tree: array[float] = array("d", [0.0])
        self._of_id: dict[int, int] = {}
        for entry in entries:
            self.add(entry)

    @classmethod
    def outlined(cls, ids: Sequence[int], sizes: Sequence[int], asked: Sequence[int], width: float) -> Rows:
        """Rows of which only ids, sizes in bytes and who speaks are known, for a column of ``width``."""
        rows = cls()
        rows._entries = [None] * len(ids)
        rows._ids, rows._asked = array("q", ids), bytearray(asked)
        guess = Guess(width).height
        told = zip(sizes, asked, strict=True)
        rows._heights = array("d", [guess(size, ask) + BETWEEN for size, ask in told])
        rows._of_id = dict(zip(ids, range(len(ids)), strict=True))
        rows._grow_tree()
        return rows

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> list[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | list[Entry]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = place + len(self) if place < 0 else place
        entry = self._entries[at]
        return entry if entry is not None else self._blank(at)

    def __iter__(self) -> Iterator[Entry]:
        return (self[at] for at in range(len(self)))

    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """The place of an entry.

        Raises:
            ValueError: it is not here.
        """
        if (
            isinstance(value, Entry)
            and self.has(value)
            and start <= value.place < (len(self) if stop is None else stop)
        ):
            return value.place
        raise ValueError("not in this conversation")

    def __contains__(self, value: object) -> bool:
        return isinstance(value, Entry) and self.has(value)

    def has(self, entry: Entry) -> bool:
        """Whether ``entry`` is one of these."""
        return 0 <= entry.place < len(self._entries) and self._entries[entry.place] is entry

    def loaded(self) -> Iterator[Entry]:
        """The entries that exist."""
        return (entry for entry in self._entries if entry is not None)

    def add(self, entry: Entry) -> None:
        """Put ``entry`` at the end."""
        entry.place = len(self._entries)
        self._entries.append(entry)
        self._ids.append(entry.message.id)
        self._asked.append(entry.question)
        self._heights.append(entry.height + BETWEEN)
        self._of_id[entry.message.id] = entry.place
        at = len(self._heights)
        low = at & -at
        # A node of the tree holds the sum of as many rows before and with it as its lowest bit says.
        self._tree.append(self._heights[-1] + sum(self._tree[at - step] for step in _powers_below(low)))

    def fill(self, entries: Iterable[Entry]) -> None:
        """Put entries with their texts in the place of blank ones; those that are not wanted any more are left out."""
        for entry in entries:
            at = self._of_id.get(entry.message.id, -1)
            if at >= 0 and ((held := self._entries[at]) is None or held.blank):
                entry.place, entry.height = at, self._heights[at] - BETWEEN
                self._entries[at] = entry

    def cut(self, length: int) -> None:
        """Take away everything from the place ``length`` on."""
        for entry in self._entries[length:]:
            if entry is not None:
                entry.place = -1
        del self._entries[length:], self._ids[length:], self._asked[length:], self._heights[length:]
        del self._tree[length + 1 :]
        self._of_id = {number: place for place, number in enumerate(self._ids)}

    def give_back(self, entry: Entry) -> None:
        """Forget what was read of ``entry``; its height stays."""
        if self.has(entry) and not entry.growing:
            entry.forget_layout()
            self._entries[entry.place] = None
            entry.place = -1

    def place_of(self, message: int) -> int | None:
        """Where a message is; None when it is not here."""
        return self._of_id.get(message)

    def id_at(self, place: int) -> int:
        """The message at a place; 0 for one that was asked or answered since the conversation was opened."""
        return self._ids[place]

    def read(self, place: int) -> Entry | None:
        """The entry at a place, if its text was read."""
        entry = self._entries[place]
        return None if entry is None or entry.blank else entry

    def id_before(self, message: int) -> int | None:
        """The message above ``message``; None for the first."""
        place = self._of_id.get(message, 0)
        return self._ids[place - 1] if place else None

    def blank_near(self, first: int, last: int, around: int) -> set[int]:
        """Ids from ``around`` before ``first`` to as many behind ``last`` whose texts were not read.

        None while all is there that may be seen soon, so that a few are never asked for at a time.
        """
        soon = range(max(0, first - around // 2), min(len(self), last + 1 + around // 2))
        if not any(self._is_blank(place) for place in soon):
            return set()
        near = range(max(0, first - around), min(len(self), last + 1 + around))
        return {self._ids[place] for place in near if self._is_blank(place)}

    def far_from(self, place: int, most: int) -> list[Entry]:
        """The entries that are furthest from ``place``, when more than ``most`` have their texts: half of them."""
        read = [entry for entry in self.loaded() if not entry.blank]
        return sorted(read, key=lambda entry: abs(entry.place - place))[most // 2 :] if len(read) > most else []

    def _is_blank(self, place: int) -> bool:
        entry = self._entries[place]
        return entry is None or entry.blank

    # Heights

    def height(self, place: int) -> float:
        """The height of one entry, without what is between it and the next."""
        return self._heights[place] - BETWEEN

    def set_height(self, place: int, height: float) -> None:
        """Correct the height of one entry."""
        change = height + BETWEEN - self._heights[place]
        if change:
            self._heights[place] += change
            at = place + 1
            while at < len(self._tree):
                self._tree[at] += change
                at += at & -at

    def top(self, place: int) -> float:
        """The sum of all heights above ``place``."""
        total, at = 0.0, place
        while at:
            total += self._tree[at]
            at -= at & -at
        return total

    @property
    def total(self) -> float:
        """The height of everything."""
        return self.top(len(self._heights)) - (BETWEEN if self._heights else 0.0)

    def at(self, y: float) -> int:
        """The place of the entry at height ``y``; the nearest one beyond the ends."""
        place, step = 0, 1 << len(self._heights).bit_length()
        while step:
            if place + step <= len(self._heights) and self._tree[place + step] <= y:
                place += step
                y -= self._tree[place]
            step >>= 1
        return max(0, min(place, len(self._heights) - 1))

    def _grow_tree(self) -> None:
        self._tree = array("d", [0.0, *self._heights])
        for at in range(1, len(self._tree)):
            above = at + (at & -at)
            if above < len(self._tree):
                self._tree[above] += self._tree[at]

    def _blank(self, at: int) -> Entry:
        role = Role.USER if self._asked[at] else Role.ASSISTANT
        entry = Entry(Message(self._ids[at], 0, role, "", 0.0))
        entry.blank, entry.place = True, at
        entry.height = self._heights[at] - BETWEEN
        self._entries[at] = entry
        return entry


class LaidOut:
    """Entries that have documents: the ``most`` that were seen last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[int, Entry] = OrderedDict()

    def use(self, entry: Entry) -> None:
        """``entry`` is seen; one that was not seen for long gives its documents back."""
        if not entry.blank:
            self._entries[id(entry)] = entry
            self._entries.move_to_end(id(entry))
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)[1].forget_layout()

    def drop(self, entry: Entry) -> None:
        """``entry`` has none any more."""
        self._entries.pop(id(entry), None)

    def clear(self) -> None:
        """Give all documents back."""
        for entry in self._entries.values():
            entry.forget_layout()
        self._entries.clear()


def _powers_below(low: int) -> Iterator[int]:
    step = low >> 1
    while step:
        yield step
        step >>= 1
