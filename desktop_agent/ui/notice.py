"""A bar that says what was just done and offers to undo it; it never takes the focus and never blocks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_agent.ui.widgets import Kind, button, card, label
from desktop_agent.words import _

SHORT = 70
"""Letters that fit beside an action on the narrowest window."""


class Notice(QWidget):
    """One sentence and at most one action. The newest replaces the last; hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[], object] | None = None
        self.sentence = label()
        self.action = button("", Kind.LINK, self.act)
        close = button("✕", Kind.LINK, self.clear, name=_("Close"))
        panel = card()
        self._inside = inside = QHBoxLayout(panel)
        inside.setContentsMargins(14, 4, 10, 4)
        inside.setSpacing(12)
        inside.addWidget(self.sentence)
        inside.addWidget(self.action)
        inside.addStretch()
        inside.addWidget(close)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        self.hide()

    def say(self, sentence: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        """Show ``sentence``; ``then`` is called when the user takes the action that is offered."""
        # A short sentence has its action right behind it; a long one takes the width and wraps.
        long = len(sentence) > SHORT
        self.sentence.setWordWrap(long)
        self._inside.setStretchFactor(self.sentence, 1000 if long else 0)
        self.sentence.setText(sentence)
        self._then = then
        self.action.setText(action)
        self.action.setAccessibleName(action)
        self.action.setVisible(then is not None)
        self.show()
        # A screen reader hears it although the focus stays where it is.
        QAccessible.updateAccessibility(QAccessibleEvent(self.sentence, QAccessible.Event.Alert))

    def act(self) -> None:
        """Take the action, once; nothing when none is offered."""
        then = self._then
        if then is not None:
            self.clear()
            then()

    def clear(self) -> None:
        """Say nothing any more."""
        self._then = None
        self.hide()
