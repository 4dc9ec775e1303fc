"""The bar at the top: tabs at the left; the model in use and the computer's RAM at the right."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from desktop_agent.ui import theme
from desktop_agent.ui.theme import Size
from desktop_agent.ui.widgets import Bar, Kind, button, label, paint_arrow
from desktop_agent.words import _

CHIP_LETTERS, BRIEF_LETTERS = 34, 16
"""Longer names of models are cut, in a narrow window sooner; the menu shows them whole."""
NARROW = 64
"""A window of fewer letters' heights than this has no room for everything."""


class Tab(StrEnum):
    """The pages of the window, in their order; the names are kept in ``state.json``."""

    CHAT = "chat"
    MEMORY = "memory"
    MONITOR = "monitor"
    SETTINGS = "settings"

    @property
    def shown(self) -> str:
        return {
            Tab.CHAT: _("Chat"),
            Tab.MEMORY: _("Memory"),
            Tab.MONITOR: _("Monitor"),
            Tab.SETTINGS: _("Settings"),
        }[self]


class Dot(StrEnum):
    """How the model is, as a colour of ``Colours``."""

    READY = "good"
    BUSY = "warning"
    """It is being loaded, or did not answer the last question."""
    ABSENT = "muted"


class TopBar(QFrame):
    """Tabs, model chip, RAM chip."""

    chosen = Signal(object)
    """The ``Tab`` that was clicked."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "bar")
        self.tabs: dict[Tab, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 9, 16, 9)
        row.setSpacing(4)
        for tab in Tab:
            made = button(tab.shown, Kind.TAB)
            made.setCheckable(True)
            made.clicked.connect(lambda _checked=False, tab=tab: self.chosen.emit(tab))
            self._group.addButton(made)
            self.tabs[tab] = made
            row.addWidget(made)
        row.addStretch(1)
        self.model = ModelChip()
        self.ram = RamChip()
        row.addWidget(self.model)
        row.addSpacing(8)
        row.addWidget(self.ram)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        brief = self.width() < theme.pixels(Size.BODY) * NARROW
        self.model.set_brief(brief)
        self.ram.set_brief(brief)

    def show_tab(self, tab: Tab) -> None:
        """Mark ``tab`` as the one in front."""
        self.tabs[tab].setChecked(True)


class ModelChip(QPushButton):
    """The model in use, with a dot for its state; a click opens the list of models."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.dot = Dot.ABSENT
        self._trouble = ""
        self._brief = False
        self._text = ""
        self.show_model(_("Built-in guide"), Dot.ABSENT)

    def show_model(self, name: str, dot: Dot, doing: str = "", trouble: str = "") -> None:
        """Show the model's ``name`` and, while something happens, what is being done.

        ``trouble`` is a sentence about what went wrong last.
        """
        text = f"{name} · {doing}" if doing else name
        if (text, dot, trouble) == (self._text, self.dot, self._trouble):
            return
        self._text, self.dot, self._trouble = text, dot, trouble
        self.setToolTip(f"{text}\n{trouble}" if trouble else text)
        self.setAccessibleName(_("Model: {name}", name=text))
        self.setAccessibleDescription(trouble)
        self._show_text()
        self.update()

    def set_brief(self, brief: bool) -> None:
        """Whether there is little room."""
        if brief is not self._brief:
            self._brief = brief
            self._show_text()

    def _show_text(self) -> None:
        metrics = QFontMetrics(theme.font(Size.CONTROL))
        most = metrics.averageCharWidth() * (BRIEF_LETTERS if self._brief else CHIP_LETTERS)
        self.setText(metrics.elidedText(self._text.replace("&", "&&"), Qt.TextElideMode.ElideMiddle, most))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(theme.colours(), self.dot.value)))
        dot = theme.pixels(Size.CONTROL) * 0.31
        painter.drawEllipse(QPointF(14.5, self.height() / 2), dot, dot)
        paint_arrow(painter, QPointF(self.width() - 14, self.height() / 2), False)


class RamChip(QFrame):
    """How full the computer's RAM is."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "chip")
        self._bar = Bar(_("RAM in use"))
        self._figures = label("…")
        self._figures.setProperty("kind", "chip")
        self._figures.setMinimumWidth(QFontMetrics(theme.font(Size.CONTROL)).horizontalAdvance("2.4 / 3.9 GB") + 2)
        name = label(_("RAM"))
        name.setProperty("kind", "chip")
        self.setFixedHeight(theme.pixels(Size.CONTROL) + 17)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(8)
        row.addWidget(name)
        row.addWidget(self._bar)
        row.addWidget(self._figures)

    def set_brief(self, brief: bool) -> None:
        """Whether there is little room: then the figures must do."""
        self._bar.setVisible(not brief)

    def show_ram(self, used: int | None, total: int | None) -> None:
        """Bytes in use and in all; None where the computer does not tell."""
        self.setVisible(used is not None and bool(total))
        if used is None or not total:
            return
        self._bar.show_parts(((used / total, "warning" if used > 0.92 * total else "accent"),))
        self._figures.setMinimumWidth(0)
        self._figures.setText(f"{used / 2**30:.1f} / {total / 2**30:.1f} GB")
        # Else a narrow window would cut the figures first.
        self._figures.setMinimumWidth(self._figures.sizeHint().width())
        self.setAccessibleName(_("RAM: {figures} in use", figures=self._figures.text()))
