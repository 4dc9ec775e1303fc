"""The controls of the settings pages, one for each type of value.

A control only shows and reports: it says what the user gave, text or value, and
the page decides whether the setting takes it. Numbers are written into plain
fields, not spin boxes, so that a wrong one gets a sentence instead of vanishing.
"""

from __future__ import annotations

import os
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QSizePolicy, QSlider, QWidget

from desktop_agent.settings.setting import Setting, Value
from desktop_agent.ui.combo import Combo
from desktop_agent.ui.widgets import Toggle, label
from desktop_agent.words import _

MOST_STOPS = 110
"""A slider with more places than this cannot be set with a mouse."""


class Control(QWidget):
    """Shows the value of one setting and reports what the user gives."""

    given = Signal(object)
    """Text or a value, as ``Setting.parse`` takes it."""

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__()
        self.setting = setting
        self.title = _(setting.title)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(10)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measure()

    def show_value(self, value: Value) -> None:
        """Show ``value`` without reporting it."""
        raise NotImplementedError

    def focus_part(self) -> QWidget:
        """The part that takes the keyboard."""
        return self

    def fold(self, tight: bool) -> None:
        """Take less width, while ``tight``; for controls that have something to put elsewhere."""

    def _measure(self) -> None:
        # At least as high as a field: every title stands level with its control.
        self.setMinimumHeight(self.fontMetrics().height() + 16)


class SwitchControl(Control):
    """On or off."""

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__(setting)
        self._switch = Toggle(self.title)
        self._word = label()
        self.row.addWidget(self._switch)
        self.row.addWidget(self._word)
        self.row.addStretch()
        self._switch.toggled.connect(self._switched)

    def show_value(self, value: Value) -> None:
        with QSignalBlocker(self._switch):
            self._switch.setChecked(bool(value))
        self._word.setText(_("On") if value else _("Off"))

    def focus_part(self) -> QWidget:
        return self._switch

    def _switched(self, on: bool) -> None:
        self._word.setText(_("On") if on else _("Off"))
        self.given.emit(on)


class ChoiceControl(Control):
    """One of a few values."""

    def __init__(self, setting: Setting[Any], choices: tuple[tuple[Value, str], ...]) -> None:
        super().__init__(setting)
        self._combo = Combo(self.title)
        for value, title in choices:
            self._combo.addItem(title, value)
        self.row.addWidget(self._combo)
        self.row.addStretch()
        self._combo.activated.connect(lambda place: self.given.emit(self._combo.itemData(place)))

    def show_value(self, value: Value) -> None:
        place = self._combo.findData(value)
        if place < 0:
            self._combo.addItem(_(self.setting.shown(value)), value)
            place = self._combo.count() - 1
        self._combo.setCurrentIndex(place)

    def focus_part(self) -> QWidget:
        return self._combo


class NumberField(QLineEdit):
    """A short field for a number; the arrow keys go up and down by a step."""

    stepped = Signal(int)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("0") * 6 + 28, super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)


class Slider(QSlider):
    """A slider that leaves the mouse wheel to the page."""

    def __init__(self, name: str) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 16, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 3, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NumberControl(Control):
    """A number: a slider where its places are few enough, a field always.

    A setting whose 0 is a word and whose range is too wide for a slider has a
    switch instead: off is 0.
    """

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__(setting)
        self._stops = stops(setting)
        self._last: float = setting.default or setting.step or 1
        self._slider: Slider | None = None
        self._switch: Toggle | None = None
        self._field = NumberField(self.title)
        self._unit = label()
        if len(self._stops) <= MOST_STOPS:
            self._slider = Slider(self.title)
            self._slider.setRange(0, len(self._stops) - 1)
            self._slider.setPageStep(max(len(self._stops) // 10, 1))
            self._slider.valueChanged.connect(lambda place: self._give(self._stops[place]))
            self.row.addWidget(self._slider)
        elif setting.zero:
            self._switch = Toggle(self.title)
            self._switch.toggled.connect(lambda on: self._give(self._last if on else 0))
            self.row.addWidget(self._switch)
        self.row.addWidget(self._field)
        self.row.addWidget(self._unit)
        self.row.addStretch()
        self._field.textEdited.connect(self.given.emit)
        self._field.stepped.connect(self._step)

    def show_value(self, value: Value) -> None:
        number = float(value)
        if number:
            self._last = number
        if self._slider is not None:
            with QSignalBlocker(self._slider):
                self._slider.setValue(self._nearest(number))
        if self._switch is not None:
            with QSignalBlocker(self._switch):
                self._switch.setChecked(bool(number))
            self._field.setVisible(bool(number))
        text = self.setting.text(value)
        if not self._field.hasFocus() or not _same(self._field.text(), text):
            self._field.setText(text)
        word = self.setting.zero if self.setting.zero and not number else self.setting.unit
        self._unit.setText(_(word) if word else "")

    def focus_part(self) -> QWidget:
        return self._slider or self._switch or self._field

    def _give(self, number: float) -> None:
        value = self.setting.kind(round(number, 6))
        self.show_value(value)
        self.given.emit(value)

    def _step(self, way: int) -> None:
        try:
            now = float(self._field.text())
        except ValueError:
            return
        low, high = self.setting.low or 0, self.setting.high or 0
        self._give(min(max(now + way * (self.setting.step or 1), low), high))

    def _nearest(self, number: float) -> int:
        return min(range(len(self._stops)), key=lambda place: abs(self._stops[place] - number))


class TextControl(Control):
    """A text: one line, or several where the setting has them."""

    def __init__(self, setting: Setting[Any]) -> None:
        super().__init__(setting)
        self._field: QLineEdit | QPlainTextEdit
        if setting.lines > 1:
            many = QPlainTextEdit()
            many.setTabChangesFocus(True)
            many.setFixedHeight(many.fontMetrics().lineSpacing() * setting.lines + 20)
            many.textChanged.connect(lambda: self.given.emit(many.toPlainText()))
            self._field = many
        else:
            self._field = QLineEdit()
            self._field.textEdited.connect(self.given.emit)
        self._field.setAccessibleName(self.title)
        self.row.addWidget(self._field, 1)

    def show_value(self, value: Value) -> None:
        text = str(value)
        if isinstance(self._field, QPlainTextEdit):
            if self._field.toPlainText() != text:
                with QSignalBlocker(self._field):
                    self._field.setPlainText(text)
        elif self._field.text() != text:
            self._field.setText(text)

    def focus_part(self) -> QWidget:
        return self._field


def stops(setting: Setting[Any]) -> tuple[float, ...]:
    """The places of a slider for ``setting``.

    Even steps, or doublings and their halves where the range is so wide that even
    steps would leave the usual values in the first tenth of it (512 to 32,768).
    """
    low, high, step = setting.low or 0.0, setting.high or 0.0, setting.step or 1.0
    if low > 0 and high / low >= 32:
        doublings = [low * 2**power for power in range(64) if low * 2**power <= high]
        halves = [number * 1.5 for number in doublings if number * 1.5 < high]
        return tuple(sorted({*doublings, *(half for half in halves if half % step == 0), setting.default, high}))
    count = round((high - low) / step)
    return (*(round(low + step * place, 6) for place in range(count)), high)


def thread_choices() -> tuple[tuple[int, str], ...]:
    """Automatic, and every number of threads this computer has cores for."""
    return ((0, _("Automatic")), *((count, str(count)) for count in range(1, (os.cpu_count() or 1) + 1)))


def _same(written: str, text: str) -> bool:
    """Whether a field already says this number: ``0.70`` is not rewritten under the user's fingers."""
    try:
        return float(written) == float(text)
    except ValueError:
        return written == text
