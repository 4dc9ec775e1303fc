"""Small widgets that every page uses: buttons, labels, cards, the switch.

Buttons take the keyboard's focus but not the mouse's, so that a click leaves the
cursor where the user was writing and the focus ring is seen by those who need it.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)
from shiboken6 import isValid

from desktop_agent.ui.theme import colours


class Kind(StrEnum):
    """How a button looks."""

    PRIMARY = "primary"
    PLAIN = "plain"
    LINK = "link"
    TAB = "tab"


class Tone(StrEnum):
    """What a pill says."""

    GOOD = "pill"
    WARNING = "pill-warning"
    BAD = "pill-bad"
    QUIET = "pill-quiet"


class Words(StrEnum):
    """What a label is for; size and colour follow."""

    BODY = "body"
    STRONG = "strong"
    MUTED = "muted"
    MUTED_BODY = "muted-body"
    SMALL = "small"
    CHIP = "chip"
    BAD = "bad"
    """Why something cannot be done."""
    GOOD = "good"
    HEADING = "heading"
    TITLE = "title"


def button(
    text: str, kind: Kind = Kind.PLAIN, on_click: Callable[[], object] | None = None, *, name: str = ""
) -> QPushButton:
    """A push button; ``name`` is what a screen reader says when ``text`` alone does not say it."""
    made = QPushButton(text)
    made.setProperty("kind", kind.value)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(False)
    made.setAccessibleName(name or text)
    if kind is Kind.LINK:
        made.setCursor(Qt.CursorShape.PointingHandCursor)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def label(text: str = "", kind: Words = Words.BODY, *, wrap: bool = False) -> QLabel:
    """A label of plain text: ``<b>`` is shown, not obeyed."""
    made = QLabel(text)
    made.setProperty("kind", kind.value)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if wrap:
        made.setMinimumWidth(1)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
    return made


def muted(text: str = "", *, wrap: bool = False) -> QLabel:
    """A label in the quieter colour."""
    return label(text, Words.MUTED, wrap=wrap)


def paragraph(text: str = "", kind: Words = Words.MUTED) -> QLabel:
    """A label that wraps, for pages that scroll: as high as its lines at the width it has, never higher.

    ``label(wrap=True)`` claims the height of its narrowest form and makes such a page
    several times too long.
    """
    made = label(text, kind, wrap=True)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return made


def pill(text: str, tone: Tone = Tone.GOOD) -> QLabel:
    """A short word on a soft ground, as wide as its text."""
    made = QLabel(text)
    made.setProperty("kind", tone.value)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def frame(kind: str) -> QFrame:
    """A frame of a kind that the style sheet knows: ``card``, ``card-chosen``, ``side``, ``bar``, ``banner``…"""
    made = QFrame()
    made.setProperty("kind", kind)
    return made


def card(*, chosen: bool = False) -> QFrame:
    """A panel with a line around it; the chosen one of several is drawn in the accent colour."""
    return frame("card-chosen" if chosen else "card")


def line() -> QFrame:
    """A thin horizontal line."""
    return frame("line")


def page(inside: QLayout | None = None) -> QWidget:
    """An empty page in the window's colour."""
    made = QWidget()
    made.setObjectName("page")
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if inside is not None:
        made.setLayout(inside)
    return made


def gone(thing: QObject) -> bool:
    """Whether Qt has let ``thing`` go while a coroutine waited; then nothing may be done with it any more."""
    return not isValid(thing)


def empty(layout: QLayout) -> None:
    """Take everything out of ``layout`` and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


class Toggle(QAbstractButton):
    """A switch: ``isChecked``, ``toggled``, Space."""

    def __init__(self, name: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(38, 24)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        c, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(c.accent), 1))
            painter.drawRoundedRect(QRectF(0.5, 0.5, 37, 23), 11.5, 11.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setOpacity(1.0 if self.isEnabled() else 0.5)
        painter.setBrush(QColor(c.accent if self.isChecked() else c.muted))
        painter.drawRoundedRect(QRectF(2, 2, 34, 20), 10, 10)
        painter.setBrush(QColor("#FFFFFF" if not c.dark else c.window))
        painter.drawEllipse(QPointF(26 if self.isChecked() else 12, 12), 8, 8)


def paint_arrow(painter: QPainter, centre: QPointF, enabled: bool = True) -> None:
    """The small triangle that says: there is a list here."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colours().text if enabled else colours().muted))
    x, y = centre.x(), centre.y()
    painter.drawPolygon(QPolygonF([QPointF(x - 3.5, y - 2), QPointF(x + 3.5, y - 2), QPointF(x, y + 3)]))


class Bar(QWidget):
    """A thin bar filled from the left: 0.0 empty, 1.0 full. Colour parts say more (``show_parts``)."""

    def __init__(self, name: str, *, width: int = 86, height: int = 6) -> None:
        super().__init__()
        self._parts: tuple[tuple[float, str], ...] = ()
        self.setFixedHeight(height)
        if width:
            self.setFixedWidth(width)
        self.setAccessibleName(name)

    def show_fraction(self, fraction: float) -> None:
        """Fill ``fraction`` of the bar in the accent colour."""
        self.show_parts(((fraction, "accent"),))

    def show_parts(self, parts: tuple[tuple[float, str], ...]) -> None:
        """Fill from the left with (fraction, name of a colour of ``Colours``), one after another."""
        if parts != self._parts:
            self._parts = parts
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        c, painter = colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        half = self.height() / 2
        painter.setBrush(QColor(c.line))
        painter.drawRoundedRect(QRectF(self.rect()), half, half)
        left = 0.0
        for fraction, name in self._parts:
            wide = min(max(fraction, 0.0), 1.0 - left) * self.width()
            painter.setBrush(QColor(getattr(c, name)))
            piece = QRectF(left * self.width(), 0, wide, self.height())
            painter.drawRoundedRect(piece, min(half, wide / 2), min(half, wide / 2))
            left += wide / self.width()


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at ``widget`` again, for the rare kind that does change."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
