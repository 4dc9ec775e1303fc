"""The conversation as it is read: only what is on the screen is laid out.

Ten thousand messages cost as much as the twenty that are seen: heights are guessed
from the length and corrected when a message comes into view, and the text under the
reader's eyes stays where it is while that happens.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QContextMenuEvent,
    QCursor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from desktop_agent.ui import theme
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.reading import Reader
from desktop_agent.ui.rows import BETWEEN, LaidOut, Rows
from desktop_agent.ui.small_print import Act
from desktop_agent.ui.theme import SIDE
from desktop_agent.words import _

TOP, BOTTOM = 22.0, 26.0
LAID_OUT = 60
"""Messages that keep their documents: three screens of short ones. One costs 20 to 100 KB."""
KEPT, AROUND = 400, 20
"""Messages that keep their texts, and so many are read before and behind those in view."""
FRAME_MS = 33
"""30 repaints a second while an answer arrives; more is not seen and costs a slow processor its answer."""


class Transcript(QAbstractScrollArea):
    """Messages one below the other in a centred column."""

    acted = Signal(object, object)
    """A word was clicked: the ``Act`` and its ``Entry``; for a code block the number is in ``act_number``."""
    link_wanted = Signal(str)
    menu_wanted = Signal(object, object)
    """A context menu for an ``Entry`` at a global position."""
    wanted = Signal(object)
    """Ids of messages whose texts are needed; ``fill`` brings them."""

    def __init__(self) -> None:
        super().__init__()
        self.entries = Rows()
        self.act_number = 0
        self.figures = True
        """Whether answers say how fast they were."""
        self._asked_for: set[int] = set()
        self._growing: list[Entry] = []
        self._last: Entry | None = None
        self._laid_out = LaidOut(LAID_OUT)
        self._settling = False
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.timeout.connect(self._show_pending)
        self._reader = Reader(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Conversation"))
        # Our own: for one that Qt made Python would have to know every widget class there is (8 ms, 1 MB).
        self._seen = QWidget()
        self.setViewport(self._seen)
        self._seen.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(40)

    # What is shown

    def show_entries(self, entries: Iterable[Entry]) -> None:
        """Show another conversation, all of whose messages are at hand, at its end."""
        entries = list(entries)
        for entry in entries:
            entry.take_pending()
            entry.guess(self.column)
        self.show_rows(Rows(entries))

    def show_rows(self, rows: Rows) -> None:
        """Show another conversation, at its end."""
        self._reader.clear()
        self._laid_out.clear()
        self._asked_for.clear()
        self._last = None
        self.entries = rows
        for entry in rows.loaded():
            entry.figures = self.figures
        self._mark_last()
        self._settle(at_end=True)
        self._tell_reader()

    def add(self, *entries: Entry) -> None:
        """Add messages at the end and go there."""
        for entry in entries:
            entry.figures = self.figures
            entry.guess(self.column)
            self.entries.add(entry)
        self._mark_last()
        self._settle(at_end=True)

    def fill(self, entries: Iterable[Entry]) -> None:
        """Bring texts that were ``wanted``."""
        found = list(entries)
        for entry in found:
            entry.figures = self.figures
            self._asked_for.discard(entry.message.id)
        self.entries.fill(found)
        self._mark_last()
        self._settle()

    def remove(self, *entries: Entry) -> None:
        """Take the last messages away again: their question could not be stored."""
        self._reader.clear()
        self.entries.cut(min((entry.place for entry in entries if self.entries.has(entry)), default=len(self.entries)))
        self._mark_last()
        self._settle()

    def show_figures(self, shown: bool) -> None:
        """Let the small print say how fast answers were, or not."""
        self.figures = shown
        for entry in self.entries.loaded():
            entry.figures = shown
            entry.changed()
        self._settle()

    def changed(self, entry: Entry) -> None:
        """Show what is new about ``entry``, if it is here at all."""
        entry.changed()
        if entry in self.entries:
            self._mark_last()
            self._settle()
            if not entry.growing:
                self._tell_reader()

    def grow(self, entry: Entry, text: str) -> None:
        """Add ``text`` to an answer; it is seen with the next frame."""
        entry.pending.append(text)
        if entry not in self._growing:
            self._growing.append(entry)
        if not self._frame.isActive():
            self._frame.start(FRAME_MS)

    def restyle(self) -> None:
        """The theme or the text size is another one."""
        for entry in self.entries.loaded():
            entry.restyle()
        self._laid_out.clear()
        self._settle()

    def text(self) -> str:
        """What was read, as text."""
        return "\n\n".join(entry.text + "".join(entry.pending) for entry in self.entries.loaded())

    @property
    def column(self) -> float:
        """Width of the text column."""
        # Of the whole width, also where a scroll bar covers its edge: the composer below has no scroll bar.
        return max(120.0, min(theme.column(), self.width() - 2 * SIDE))

    @property
    def left(self) -> float:
        """Where the column begins."""
        return max(SIDE, round((self.width() - self.column) / 2))

    @property
    def at_end(self) -> bool:
        """Whether the end is in view: then new text scrolls."""
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum() - 8

    def go_to_end(self) -> None:
        self._settle(at_end=True)

    def entry_at(self, y: float) -> tuple[Entry, QPointF] | None:
        """The message at ``y`` in the viewport, and its top left corner there."""
        if not self.entries:
            return None
        y += self.verticalScrollBar().value()
        number = self._index_at(y)
        return self.entries[number], self.corner(number)

    def corner(self, number: int) -> QPointF:
        """The top left corner of a message in the viewport."""
        return QPointF(self.left, self._top(number) - self.verticalScrollBar().value())

    def show_entry(self, entry: Entry) -> None:
        """Scroll as little as possible until ``entry`` is in view."""
        if entry not in self.entries:
            return
        number, bar = self.entries.index(entry), self.verticalScrollBar()
        top, bottom = self._top(number) - TOP, self._top(number) + entry.height + BETWEEN
        if top < bar.value() or entry.height > self.viewport().height():
            bar.setValue(int(top))
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(int(bottom - self.viewport().height()))

    def show_message(self, message: int) -> None:
        """Scroll to a message, also to one whose text is still to be read."""
        place = self.entries.place_of(message)
        if place is not None:
            self.verticalScrollBar().setValue(int(self._top(place) - TOP))
            self.show_entry(self.entries[place])

    def _index_at(self, y: float) -> int:
        return self.entries.at(y - TOP)

    def _top(self, number: int) -> float:
        return TOP + self.entries.top(number)

    @property
    def _total(self) -> float:
        return TOP + self.entries.total + BOTTOM

    def _settle(self, *, at_end: bool | None = None) -> None:
        """Measure what is in view until nothing changes any more, keeping the text at the top in its place."""
        if self._settling:
            return
        self._settling = True
        bar, tall = self.verticalScrollBar(), self.viewport().height()
        stay_at_end = self.at_end if at_end is None else at_end
        value = float(bar.value())
        # The first message in view that was measured before: whatever is corrected above it, it must not move.
        anchor = self._anchor(value)
        for _round in range(8):
            total = self._total
            if stay_at_end:
                value = max(0.0, total - tall)
            elif anchor is not None:
                value = self._top(anchor[0]) + anchor[1]
            value = max(0.0, min(value, total - tall))
            if not self._measure_view(value, tall):
                break
        total = self._total
        bar.setRange(0, max(0, round(total - tall)))
        bar.setPageStep(tall)
        bar.setValue(bar.maximum() if stay_at_end else round(value))
        self._settling = False
        self.viewport().update()

    def _anchor(self, value: float) -> tuple[int, float] | None:
        if not self.entries:
            return None
        first = self._index_at(value)
        for number in range(first, self._index_at(value + self.viewport().height()) + 1):
            if self.entries[number].measured:
                return number, value - self._top(number)
        return first, value - self._top(first)

    def _measure_view(self, value: float, tall: float) -> bool:
        """Whether a height in view was corrected."""
        corrected = False
        first = last = self._index_at(value)
        top = self._top(first)
        for number in range(first, len(self.entries)):
            if top > value + tall:
                break
            last, entry = number, self.entries[number]
            entry.measure(self.column)
            if entry.height != self.entries.height(number):
                self.entries.set_height(number, entry.height)
                corrected = True
            top += entry.height + BETWEEN
            self._laid_out.use(entry)
        if self.entries:
            self._want(first, last)
        return corrected

    def _want(self, first: int, last: int) -> None:
        """Ask for the texts in view and around them before they are seen; give back those that are far away."""
        ids = self.entries.blank_near(first, last, AROUND) - self._asked_for
        if not ids:
            return
        self._asked_for |= ids
        self.wanted.emit(sorted(ids))
        for entry in self.entries.far_from((first + last) // 2, KEPT):
            if entry is not self._last and not self._reader.holds(entry):
                self._laid_out.drop(entry)
                self.entries.give_back(entry)

    def _mark_last(self) -> None:
        newest = self.entries[-1] if self.entries else None
        newest = None if newest is None or newest.question else newest
        if self._last is not newest and self._last is not None:
            self._last.last = False
            self._last.changed()
        if newest is not None and not newest.last:
            newest.last = True
            newest.changed()
        self._last = newest

    def _show_pending(self) -> None:
        growing, self._growing = self._growing, []
        took = [entry.take_pending() for entry in growing if self.entries.has(entry)]
        if any(took):
            self._settle()

    # What Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self.entries:
            return
        value, tall = self.verticalScrollBar().value(), self.viewport().height()
        dirty = QRectF(event.rect())
        for number in range(self._index_at(value), len(self.entries)):
            entry, corner = self.entries[number], self.corner(number)
            if corner.y() > tall:
                break
            if entry.blank or (not entry.parts and entry.text):
                continue
            painter.save()
            painter.translate(corner)
            self._reader.paint(painter, entry, dirty.translated(-corner))
            painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002
        self._settle(at_end=False)
        self._reader.moved()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._reader.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._reader.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._reader.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._reader.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._reader.menu(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._reader.key(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._reader.enter()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # Words and selection

    def selected_text(self) -> str:
        """The selected text, empty when there is none."""
        return self._reader.selected_text()

    def copy(self) -> None:
        """Put the selection on the clipboard."""
        self._reader.copy()

    def select_all(self, entry: Entry) -> None:
        """Select the whole text of one message."""
        self._reader.select_all(entry)

    def act(self, act: Act, entry: Entry, number: int = 0) -> None:
        """Do what a word asks for: copying here, the rest where the conversation is kept."""
        if act in (Act.COPY, Act.COPY_CODE):
            QGuiApplication.clipboard().setText(entry.text if act is Act.COPY else entry.code(number))
            QToolTip.showText(QCursor.pos(), _("Copied"), self)
        elif act is Act.SHOW_ALL:
            entry.unfold()
            self.changed(entry)
        elif act is Act.SHOW_THOUGHTS:
            entry.thoughts_shown = not entry.thoughts_shown
            self.changed(entry)
        else:
            self.act_number = number
            self.acted.emit(act, entry)

    def _tell_reader(self) -> None:
        """Let a screen reader say the newest message."""
        newest = self.entries[-1].text[:2000] if self.entries else ""
        if newest != self.accessibleDescription():
            self.setAccessibleDescription(newest)
            if QAccessible.isActive():
                QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
