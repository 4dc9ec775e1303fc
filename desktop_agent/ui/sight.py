"""Which messages are in view, how high they are, and which are laid out.

Heights are guessed from the length and corrected when a message comes into view; the first
measured message in view is the anchor that does not move while that happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from desktop_agent.ui.entry import Entry
from desktop_agent.ui.rows import BETWEEN, LaidOut, Rows

if TYPE_CHECKING:
    from desktop_agent.ui.transcript import Transcript

TOP, BOTTOM = 22.0, 26.0
EDGE = 12
"""Pixels from the edge of the view from which on something is well in view."""
LAID_OUT = 60
"""Messages that keep their documents: three screens of short ones. One costs 20 to 100 KB."""
KEPT, AROUND = 400, 20
"""Messages that keep their texts, and so many are read before and behind those in view."""


class Sight:
    """The rows of one transcript and the part of them that is seen; ``spared`` keeps its text, however far away."""

    def __init__(self, transcript: Transcript, spared: Callable[[Entry], bool]) -> None:
        self._transcript, self._spared = transcript, spared
        self.rows = Rows()
        self._asked_for: set[int] = set()
        self._laid_out = LaidOut(LAID_OUT)
        self._settling = False

    def show(self, rows: Rows) -> None:
        """See ``rows`` from now on; ``settle`` says which part."""
        self._laid_out.clear()
        self._asked_for.clear()
        self.rows = rows

    def fill(self, entries: Iterable[Entry]) -> None:
        """Put texts that were wanted in their places."""
        found = list(entries)
        self._asked_for -= {entry.message.id for entry in found}
        self.rows.fill(found)

    def forget_layouts(self) -> None:
        """Lay out anew what is in view, with the next ``settle``."""
        self._laid_out.clear()

    @property
    def at_end(self) -> bool:
        """Whether the end is in view."""
        bar = self._transcript.verticalScrollBar()
        return bar.value() >= bar.maximum() - 8

    def top(self, place: int) -> float:
        """Where a message begins, from the top of the whole conversation."""
        return TOP + self.rows.top(place)

    def place_at(self, y: float) -> int | None:
        """The place of the message at ``y`` in the viewport; None in an empty conversation."""
        return self._at(y + self._transcript.verticalScrollBar().value()) if self.rows else None

    def in_view(self) -> Iterator[tuple[Entry, QPointF]]:
        """The messages that are seen, top to bottom, with their top left corners in the viewport."""
        tall = self._transcript.viewport().height()
        for place in range(self.place_at(0) or 0, len(self.rows)):
            corner = self._transcript.corner(place)
            if corner.y() > tall:
                break
            yield self.rows[place], corner

    def go_to(self, entry: Entry) -> None:
        """Scroll as little as possible until ``entry`` is in view."""
        if entry not in self.rows:
            return
        bar, tall = self._transcript.verticalScrollBar(), self._transcript.viewport().height()
        top = self.top(self.rows.index(entry))
        bottom = top + entry.height + BETWEEN
        if top - TOP < bar.value() or entry.height > tall:
            bar.setValue(int(top - TOP))
        elif bottom > bar.value() + tall:
            bar.setValue(int(bottom - tall))

    def go_to_message(self, message: int) -> None:
        """Scroll to a message, also to one whose text is still to be read."""
        place = self.rows.place_of(message)
        if place is not None:
            self._transcript.verticalScrollBar().setValue(int(self.top(place) - TOP))
            self.go_to(self.rows[place])

    def go_to_part(self, place: int, part: QRectF) -> None:
        """Scroll until ``part`` of a message is well in view; what is there already stays where it is."""
        bar, tall = self._transcript.verticalScrollBar(), self._transcript.viewport().height()
        self.settle(at_end=False)  # it may have been unfolded just now, and the bar not know how far it goes
        # More than once: what comes into view on the way is measured, and that moves the message.
        for _round in range(4):
            y = self.top(place) + part.top()
            if bar.value() + EDGE <= y and y + part.height() <= bar.value() + tall - EDGE:
                return
            bar.setValue(round(y - tall / 3))

    def lay_out(self, entry: Entry) -> None:
        """Lay ``entry`` out as if it were seen."""
        entry.measure(self._transcript.column)
        self.rows.set_height(entry.place, entry.height)
        self._laid_out.use(entry)

    def settle(self, *, at_end: bool | None = None) -> None:
        """Measure what is in view until nothing changes any more, keeping the text at the top in its place."""
        if self._settling:
            return
        self._settling = True
        bar, tall = self._transcript.verticalScrollBar(), self._transcript.viewport().height()
        stay_at_end = self.at_end if at_end is None else at_end
        value = float(bar.value())
        # The first message in view that was measured before: whatever is corrected above it, it must not move.
        anchor = self._anchor(value, tall)
        for _round in range(8):
            total = self._total
            if stay_at_end:
                value = max(0.0, total - tall)
            elif anchor is not None:
                value = self.top(anchor[0]) + anchor[1]
            value = max(0.0, min(value, total - tall))
            if not self._measure(value, tall):
                break
        total = self._total
        bar.setRange(0, max(0, round(total - tall)))
        bar.setPageStep(tall)
        bar.setValue(bar.maximum() if stay_at_end else round(value))
        self._settling = False
        self._transcript.viewport().update()

    @property
    def _total(self) -> float:
        return TOP + self.rows.total + BOTTOM

    def _at(self, y: float) -> int:
        return self.rows.at(y - TOP)

    def _anchor(self, value: float, tall: float) -> tuple[int, float] | None:
        if not self.rows:
            return None
        first = self._at(value)
        for place in range(first, self._at(value + tall) + 1):
            if self.rows[place].measured:
                return place, value - self.top(place)
        return first, value - self.top(first)

    def _measure(self, value: float, tall: float) -> bool:
        """Whether a height in view was corrected."""
        corrected = False
        first = last = self._at(value)
        top = self.top(first)
        for place in range(first, len(self.rows)):
            if top > value + tall:
                break
            last, entry = place, self.rows[place]
            entry.measure(self._transcript.column)
            if entry.height != self.rows.height(place):
                self.rows.set_height(place, entry.height)
                corrected = True
            top += entry.height + BETWEEN
            self._laid_out.use(entry)
        if self.rows:
            self._want(first, last)
        return corrected

    def _want(self, first: int, last: int) -> None:
        """Ask for the texts in view and around them before they are seen; give back those that are far away."""
        ids = self.rows.blank_near(first, last, AROUND) - self._asked_for
        if not ids:
            return
        self._asked_for |= ids
        self._transcript.wanted.emit(sorted(ids))
        for entry in self.rows.far_from((first + last) // 2, KEPT):
            if not self._spared(entry):
                self._laid_out.drop(entry)
                self.rows.give_back(entry)
