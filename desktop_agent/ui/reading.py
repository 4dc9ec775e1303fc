"""How the transcript is read with mouse and keyboard: selecting, copying, clicking words, moving between messages.

A selection lies within one message. It is kept as positions, not as a cursor: the
message's documents may be given back and made again meanwhile.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication

from desktop_agent.ui import theme
from desktop_agent.ui.entry import Entry, Place
from desktop_agent.ui.small_print import Spot

if TYPE_CHECKING:
    from desktop_agent.ui.transcript import Transcript


class Reader:
    """The reader's selection and the message the keyboard is at."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._entry: Entry | None = None
        self._selected: tuple[Place, Place] | None = None
        self._at: Entry | None = None
        self._hovered: tuple[Entry, Spot] | None = None
        self._over: Entry | None = None
        """The question that the mouse is over."""
        self._pressed: tuple[Entry, Spot] | None = None
        self._pressed_link = ""
        self._selecting = False
        self._last_double = 0.0

    def clear(self) -> None:
        """Select nothing."""
        self._entry = self._selected = self._at = self._hovered = self._pressed = self._over = None

    def holds(self, entry: Entry) -> bool:
        """Whether the reader has something in ``entry``."""
        return entry is self._entry or entry is self._at or entry is self._over

    def selected_text(self) -> str:
        """The selected text, empty when there is none."""
        if self._entry is None or self._selected is None or self._selected[0] == self._selected[1]:
            return ""
        self._entry.measure(self._transcript.column)
        return self._entry.selected_text(self._selected)

    def select_all(self, entry: Entry) -> None:
        """Select the whole text of one message."""
        entry.measure(self._transcript.column)
        self._entry, self._selected = entry, entry.everything()
        self._update()

    def copy(self) -> bool:
        """Put the selection on the clipboard; False when nothing is selected."""
        text = self.selected_text()
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def paint(self, painter: QPainter, entry: Entry, visible: QRectF) -> None:
        """Draw ``entry`` with its part of the selection and the focus ring."""
        selected = self._selected if entry is self._entry else None
        hovered = self._hovered[1] if self._hovered and self._hovered[0] is entry else None
        at = (entry is self._at and self._transcript.hasFocus()) or entry is self._over
        entry.paint(painter, visible, selected, hovered, beside=at, hits=self._transcript.hits)
        if entry is self._at and self._transcript.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.colours().accent), 1))
            painter.drawRoundedRect(QRectF(-9.5, -4.5, self._transcript.column + 19, entry.height + 9), 8, 8)

    # Mouse

    def press(self, event: QMouseEvent) -> None:
        found = self._find(event.position())
        if event.button() is not Qt.MouseButton.LeftButton or found is None:
            return
        entry, point = found
        self._at = None
        self._pressed = None
        self._pressed_link = ""
        if spot := entry.spot_at(point):
            self._pressed = entry, spot
            return
        place = entry.place_at(point)
        if place is None:
            self._selected = None
        elif time.monotonic() - self._last_double < QApplication.doubleClickInterval() / 1000:
            self._entry, self._selected = entry, entry.around(place, QTextCursor.SelectionType.BlockUnderCursor)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and entry is self._entry and self._selected:
            self._selected = self._selected[0], place
        else:
            self._pressed_link = entry.link_at(point)
            self._entry, self._selected = entry, (place, place)
            self._selecting = entry.over_text(point)
        self._update()

    def move(self, event: QMouseEvent) -> None:
        if self._selecting and self._entry is not None and self._selected is not None:
            self._extend(event.position())
            return
        found = self._find(event.position())
        spot = found[0].spot_at(found[1]) if found else None
        hovered = (found[0], spot) if found and spot else None
        over = found[0] if found and found[0].question else None
        if hovered != self._hovered or over is not self._over:
            self._hovered, self._over = hovered, over
            self._update()
        shape = Qt.CursorShape.ArrowCursor
        if found is not None and (spot or found[0].link_at(found[1])):
            shape = Qt.CursorShape.PointingHandCursor
        elif found is not None and found[0].over_text(found[1]):
            shape = Qt.CursorShape.IBeamCursor
        self._transcript.viewport().setCursor(shape)

    def release(self, event: QMouseEvent) -> None:
        self._selecting = False
        found = self._find(event.position())
        if found is None:
            return
        entry, point = found
        if self._pressed is not None and self._pressed[0] is entry and entry.spot_at(point) is self._pressed[1]:
            spot = self._pressed[1]
            self._pressed = None
            if spot.act is not None:
                self._transcript.act(spot.act, entry, spot.number)
        elif self._pressed_link and entry.link_at(point) == self._pressed_link and not self.selected_text():
            self._transcript.link_wanted.emit(self._pressed_link)

    def double_click(self, event: QMouseEvent) -> None:
        found = self._find(event.position())
        if found is None:
            return
        entry, point = found
        if (spot := entry.spot_at(point)) is not None:
            self._pressed = entry, spot
        elif (place := entry.place_at(point)) is not None:
            self._entry, self._selected = entry, entry.around(place, QTextCursor.SelectionType.WordUnderCursor)
            self._last_double = time.monotonic()
            self._update()

    def menu(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the message under the mouse, or the one the keyboard is at."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            found = self._find(QPointF(event.pos()))
            entry = found[0] if found else None
            where = event.globalPos()
        else:
            entry = self._at or (self._transcript.entries[-1] if self._transcript.entries else None)
            if entry is None:
                return
            corner = self._transcript.corner(self._transcript.entries.index(entry)).toPoint()
            corner.setY(max(8, min(corner.y() + 16, self._transcript.viewport().height() - 16)))
            where = self._transcript.viewport().mapToGlobal(corner)
        if entry is not None:
            self._transcript.menu_wanted.emit(entry, where)

    def moved(self) -> None:
        """The text moved under the mouse."""
        if self._hovered is not None or self._over is not None:
            self._hovered = self._over = None
            self._update()

    # Keyboard

    def key(self, event: QKeyEvent) -> bool:
        """Whether the key meant something here."""
        bar = self._transcript.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            return self.copy()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            entry = self._at or self._entry or (self._transcript.entries[-1] if self._transcript.entries else None)
            if entry is not None:
                self.select_all(entry)
            return entry is not None
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        match event.key():
            case Qt.Key.Key_Up if control:
                self._step(-1)
            case Qt.Key.Key_Down if control:
                self._step(1)
            case Qt.Key.Key_Up:
                bar.setValue(bar.value() - bar.singleStep())
            case Qt.Key.Key_Down:
                bar.setValue(bar.value() + bar.singleStep())
            case Qt.Key.Key_PageUp:
                bar.setValue(bar.value() - bar.pageStep() + bar.singleStep())
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                bar.setValue(bar.value() + bar.pageStep() - bar.singleStep())
            case Qt.Key.Key_Home:
                bar.setValue(0)
            case Qt.Key.Key_End:
                self._transcript.go_to_end()
            case _:
                return False
        return True

    def enter(self) -> None:
        """The keyboard came here: begin at the newest message."""
        if self._at is None:
            self._step(0)

    def _step(self, by: int) -> None:
        entries = self._transcript.entries
        if not entries:
            return
        at = entries.index(self._at) + by if self._at in entries else len(entries) - 1
        self._at = entries[max(0, min(at, len(entries) - 1))]
        self._transcript.show_entry(self._at)
        self._update()

    def _extend(self, position: QPointF) -> None:
        assert self._entry is not None and self._selected is not None
        if self._entry not in self._transcript.entries:
            return
        corner = self._transcript.corner(self._transcript.entries.index(self._entry))
        self._entry.measure(self._transcript.column)
        place = self._entry.place_at(position - corner)
        if place is not None and place != self._selected[1]:
            self._selected = self._selected[0], place
            self._update()

    def _find(self, position: QPointF) -> tuple[Entry, QPointF] | None:
        found = self._transcript.entry_at(position.y())
        if found is None:
            return None
        entry, corner = found
        entry.measure(self._transcript.column)
        return entry, position - corner

    def _update(self) -> None:
        self._transcript.viewport().update()
