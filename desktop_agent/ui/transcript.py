"""The conversation as it is read: only what is on the screen is laid out.

Ten thousand messages cost as much as the twenty that are seen: heights are guessed
from the length and corrected when a message comes into view, and the text under the
reader's eyes stays where it is while that happens.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

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
from desktop_agent.ui.rows import Rows
from desktop_agent.ui.sight import Sight
from desktop_agent.ui.small_print import Act
from desktop_agent.ui.theme import SIDE
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.ui.hits import Hits

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
        self.act_number = 0
        self.figures = True
        """Whether answers say how fast they were."""
        self.hits: Hits | None = None
        """What is looked for and marked."""
        self._growing: list[Entry] = []
        self._last: Entry | None = None
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.timeout.connect(self._show_pending)
        self._reader = Reader(self)
        self._sight = Sight(self, self._spared)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Conversation"))
        # Our own: for one that Qt made Python would have to know every widget class there is (8 ms, 1 MB).
        self._seen = QWidget()
        self.setViewport(self._seen)
        self._seen.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(40)

    # What is shown

    @property
    def entries(self) -> Rows:
        """The messages, top to bottom."""
        return self._sight.rows

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
        self._last = None
        self._sight.show(rows)
        for entry in rows.loaded():
            entry.figures = self.figures
        self._mark_last()
        self._sight.settle(at_end=True)
        self._tell_reader()

    def add(self, *entries: Entry) -> None:
        """Add messages at the end and go there."""
        for entry in entries:
            entry.figures = self.figures
            entry.guess(self.column)
            self.entries.add(entry)
        self._mark_last()
        self._sight.settle(at_end=True)

    def fill(self, entries: Iterable[Entry]) -> None:
        """Bring texts that were ``wanted``."""
        found = list(entries)
        for entry in found:
            entry.figures = self.figures
        self._sight.fill(found)
        self._mark_last()
        self._sight.settle()

    def remove(self, *entries: Entry) -> None:
        """Take the last messages away again: their question could not be stored."""
        self._reader.clear()
        self.entries.cut(min((entry.place for entry in entries if self.entries.has(entry)), default=len(self.entries)))
        self._mark_last()
        self._sight.settle()

    def show_figures(self, shown: bool) -> None:
        """Let the small print say how fast answers were, or not."""
        self.figures = shown
        for entry in self.entries.loaded():
            entry.figures = shown
            entry.changed()
        self._sight.settle()

    def changed(self, entry: Entry) -> None:
        """Show what is new about ``entry``, if it is here at all."""
        entry.changed()
        if entry in self.entries:
            self._mark_last()
            self._sight.settle()
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
        self._sight.forget_layouts()
        self._sight.settle()

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
        return self._sight.at_end

    def go_to_end(self) -> None:
        self._sight.settle(at_end=True)

    def entry_at(self, y: float) -> tuple[Entry, QPointF] | None:
        """The message at ``y`` in the viewport, and its top left corner there."""
        place = self._sight.place_at(y)
        return None if place is None else (self.entries[place], self.corner(place))

    @property
    def first_in_view(self) -> int:
        """The place of the uppermost message that is seen, 0 in an empty conversation."""
        return self._sight.place_at(0) or 0

    def corner(self, place: int) -> QPointF:
        """The top left corner of a message in the viewport."""
        return QPointF(self.left, self._sight.top(place) - self.verticalScrollBar().value())

    def show_entry(self, entry: Entry) -> None:
        """Scroll as little as possible until ``entry`` is in view."""
        self._sight.go_to(entry)

    def show_message(self, message: int) -> None:
        """Scroll to a message, also to one whose text is still to be read."""
        self._sight.go_to_message(message)

    def mark(self, hits: Hits | None) -> None:
        """Mark what is looked for, None for nothing."""
        self.hits = hits
        self.viewport().update()

    def lay_out(self, entry: Entry) -> None:
        """Lay ``entry`` out as if it were seen."""
        self._sight.lay_out(entry)

    def show_hit(self, place: int, number: int) -> None:
        """Go to a hit in a message that is laid out."""
        if self.hits is not None:
            self.hits.at = place, number
            if (box := self.hits.box(self.entries[place], number)) is not None:
                self._sight.go_to_part(place, box)
            self.viewport().update()

    def _spared(self, entry: Entry) -> bool:
        """Whether the text of ``entry`` is needed, however far away it is."""
        return entry is self._last or self._reader.holds(entry)

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
            self._sight.settle()

    # What Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self.entries:
            return
        dirty = QRectF(event.rect())
        for entry, corner in self._sight.in_view():
            if entry.blank or (not entry.parts and entry.text):
                continue
            painter.save()
            painter.translate(corner)
            self._reader.paint(painter, entry, dirty.translated(-corner))
            painter.restore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._sight.settle()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002
        self._sight.settle(at_end=False)
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
