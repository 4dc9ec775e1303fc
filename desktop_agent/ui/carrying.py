"""Something that is being copied: what, how far, and a way to end it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_agent.ui.widgets import Bar, Kind, Words, button, card, gone, paragraph
from desktop_agent.words import _

Progress = Callable[[float], None]


class Carrying(QWidget):
    """A card with a bar, seen while ``carry`` runs; one at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._task: asyncio.Task[object] | None = None
        self.text = paragraph(kind=Words.BODY)
        self.bar = Bar("", width=0)
        self.cancel_button = button(_("Cancel"), Kind.PLAIN, self.cancel)
        panel = card()
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.text)
        words.addWidget(self.bar)
        row = QHBoxLayout(panel)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(panel)
        self.hide()

    @property
    def busy(self) -> bool:
        """Whether something is being copied."""
        return self._task is not None

    async def carry(self, what: str, work: Callable[[Progress], Awaitable[object]]) -> bool:
        """Show ``what`` while ``work`` runs; whether it came to its end and was not cancelled here."""
        assert self._task is None
        self.text.setText(what)
        self.bar.setAccessibleName(what)
        self.bar.show_fraction(0.0)
        self.show()
        task = self._task = asyncio.ensure_future(work(self._show))
        try:
            await asyncio.wait((task,))
        except asyncio.CancelledError:  # the window closes
            task.cancel()
            await asyncio.wait((task,))
            raise
        finally:
            self._task = None
            if not gone(self):
                self.hide()
        if task.cancelled():
            return False
        task.result()
        return True

    def cancel(self) -> None:
        """End it; what was copied goes."""
        if self._task is not None:
            self._task.cancel()

    def _show(self, fraction: float) -> None:
        if not gone(self):
            self.bar.show_fraction(fraction)
            self.bar.setAccessibleDescription(f"{fraction:.0%}")
