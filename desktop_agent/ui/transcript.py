"""The conversation as it is read: only what is on the screen is laid out.

Ten thousand messages cost as much as the twenty that are seen: heights are guessed
from the length and corrected when a message comes into view, and the text under the
reader's eyes stays where it is while that happens.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from itertools import accumulate

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
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
from desktop_agent.ui.small_print import Act
from desktop_agent.ui.theme import SIDE
from desktop_agent.words import _

TOP, BETWEEN, BOTTOM = 22.0, 19.0, 26.0
LAID_OUT = 60
"""Messages that keep their documents: three screens of short ones. One costs 20 to 100 KB."""
FRAME_MS = 33
"""30 repaints a second while an answer arrives; more is not seen and costs a slow processor its answer."""


class Transcript(QAbstractScrollArea):
    """Messages one below the other in a centred column."""

    acted = Signal(object, object)
    """A word was clicked: the ``Act`` and its ``Entry``; for a code block the number is in ``act_number``."""
    link_wanted = Signal(str)
    menu_wanted = Signal(object, object)
    """A context menu for an ``Entry`` at a global position."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.act_number = 0
        self._tops: list[float] = [TOP]
        self._laid_out: OrderedDict[int, Entry] = OrderedDict()
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
        """Show another conversation, at its end."""
        self._reader.clear()
        for entry in self._laid_out.values():
            entry.forget_layout()
        self._laid_out.clear()
        self.entries = list(entries)
        for entry in self.entries:
            entry.take_pending()
            entry.guess(self.column)
        self._mark_last()
        self._settle(at_end=True)
        self._tell_reader()

    def add(self, *entries: Entry) -> None:
        """Add messages at the end and go there."""
        for entry in entries:
            entry.guess(self.column)
            self.entries.append(entry)
        self._mark_last()
        self._settle(at_end=True)

    def remove(self, *entries: Entry) -> None:
        """Take messages away again: their question could not be stored."""
        self._reader.clear()
        self.entries = [entry for entry in self.entries if entry not in entries]
        self._mark_last()
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
        if not self._frame.isActive():
            self._frame.start(FRAME_MS)

    def restyle(self) -> None:
        """The theme or the text size is another one."""
        for entry in self.entries:
            entry.restyle()
        self._laid_out.clear()
        self._settle()

    def text(self) -> str:
        """Everything that is shown, as text."""
        return "\n\n".join(entry.text + "".join(entry.pending) for entry in self.entries)

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

    # Where it is

    def entry_at(self, y: float) -> tuple[Entry, QPointF] | None:
        """The message at ``y`` in the viewport, and its top left corner there."""
        if not self.entries:
            return None
        y += self.verticalScrollBar().value()
        number = self._index_at(y)
        return self.entries[number], self.corner(number)

    def corner(self, number: int) -> QPointF:
        """The top left corner of a message in the viewport."""
        return QPointF(self.left, self._tops[number] - self.verticalScrollBar().value())

    def show_entry(self, entry: Entry) -> None:
        """Scroll as little as possible until ``entry`` is in view."""
        if entry not in self.entries:
            return
        number, bar = self.entries.index(entry), self.verticalScrollBar()
        top, bottom = self._tops[number] - TOP, self._tops[number] + entry.height + BETWEEN
        if top < bar.value() or entry.height > self.viewport().height():
            bar.setValue(int(top))
        elif bottom > bar.value() + self.viewport().height():
            bar.setValue(int(bottom - self.viewport().height()))

    def _index_at(self, y: float) -> int:
        low, high = 0, len(self.entries) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._tops[middle] <= y:
                low = middle
            else:
                high = middle - 1
        return low

    def _sum_up(self) -> float:
        self._tops = list(accumulate((entry.height + BETWEEN for entry in self.entries), initial=TOP))
        return self._tops[-1] - (BETWEEN if self.entries else 0) + BOTTOM

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
            total = self._sum_up()
            if stay_at_end:
                value = max(0.0, total - tall)
            elif anchor is not None:
                value = self._tops[anchor[0]] + anchor[1]
            value = max(0.0, min(value, total - tall))
            if not self._measure_view(value, tall):
                break
        total = self._sum_up()
        bar.setRange(0, max(0, round(total - tall)))
        bar.setPageStep(tall)
        bar.setValue(bar.maximum() if stay_at_end else round(value))
        self._settling = False
        self.viewport().update()

    def _anchor(self, value: float) -> tuple[int, float] | None:
        if not self.entries or len(self._tops) != len(self.entries) + 1:
            return None
        first = min(self._index_at(value), len(self.entries) - 1)
        last = min(self._index_at(value + self.viewport().height()), len(self.entries) - 1)
        for number in range(first, last + 1):
            if self.entries[number].measured:
                return number, value - self._tops[number]
        return first, value - self._tops[first]

    def _measure_view(self, value: float, tall: float) -> bool:
        """Whether a height in view was corrected."""
        corrected = False
        if not self.entries:
            return False
        for number in range(self._index_at(value), len(self.entries)):
            if self._tops[number] > value + tall:
                break
            entry = self.entries[number]
            before = entry.height
            entry.measure(self.column)
            self._laid_out[id(entry)] = entry
            self._laid_out.move_to_end(id(entry))
            corrected = corrected or entry.height != before
        while len(self._laid_out) > LAID_OUT:
            self._laid_out.popitem(last=False)[1].forget_layout()
        return corrected

    def _mark_last(self) -> None:
        for number, entry in enumerate(self.entries):
            last = number == len(self.entries) - 1 and not entry.question
            if entry.last != last:
                entry.last = last
                entry.changed()

    def _show_pending(self) -> None:
        took = [entry for entry in self.entries[-2:] if entry.take_pending()]
        if took:
            self._settle()

    # What Qt asks

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if not self.entries:
            return
        value, tall = self.verticalScrollBar().value(), self.viewport().height()
        dirty = QRectF(event.rect())
        for number in range(self._index_at(value), len(self.entries)):
            if self._tops[number] > value + tall:
                break
            entry, corner = self.entries[number], self.corner(number)
            if not entry.parts and entry.text:
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.restyle()

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
            entry.folded = False
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
