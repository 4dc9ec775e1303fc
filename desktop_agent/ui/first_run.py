"""What is seen before the first message: a greeting and how to get a model; or why there will be none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_agent.errors import AgentError
from desktop_agent.ui.theme import COLUMN
from desktop_agent.ui.theme import column as column_width
from desktop_agent.ui.widgets import Bar, Kind, Words, button, card, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.inference.downloads import Download
    from desktop_agent.inference.shelf import Offered

WIDTH = 620 / COLUMN
"""Of the column of text, so that larger letters get more room and not more lines."""


class Page(QWidget):
    """A column in the middle, which scrolls where the window is too low for it."""

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        inside.setMaximumWidth(int(WIDTH * column_width()))
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(24, 12, 24, 12)
        self._row.addStretch(1)
        self._row.addWidget(inside, 100, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return done

    def _fit(self) -> None:
        """Scroll from now on, once the column is higher than the page: most windows never need to."""
        if self.layout() is not self._row or self._row.totalHeightForWidth(self.width()) <= self.height():
            return
        from PySide6.QtWidgets import QScrollArea

        from desktop_agent.ui.widgets import page

        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page(self._row))  # which takes the layout from here
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)


class FirstRun(Page):
    """The page of an empty program, or (``returning``) of a new chat.

    It is part of the first paint; what is known only later, such as the model that suits, is filled in.
    """

    open_file_wanted = Signal()
    connect_wanted = Signal()
    models_wanted = Signal()
    get_wanted = Signal()
    pause_wanted = Signal()

    def __init__(self, *, returning: bool = False) -> None:
        super().__init__()
        column = self.column
        column.addWidget(paragraph(_("Hello. This assistant runs on your laptop."), Words.TITLE))
        promise = _("Nothing you write leaves this computer unless you connect a server yourself.")
        column.addWidget(paragraph(promise, Words.MUTED_BODY))
        if not returning:
            column.addSpacing(10)
            self.get_button = button(_("Download"), Kind.PRIMARY, self.get_wanted.emit)
            # Until the list of models is read, a moment after the first paint.
            self.get_button.setEnabled(False)
            self.suits = paragraph(_("Looking for the one that fits …"))
            self._get_card, self._get_words = self._card(
                paragraph(_("Get the model that suits this laptop"), Words.STRONG), self.suits, self.get_button
            )
            column.addWidget(self._get_card)
            column.addSpacing(4)
            file = paragraph(_("Use a model file you already have"), Words.STRONG)
            where = paragraph(_("Any .gguf file, from a folder or a USB stick."))
            open_ = button(_("Open file…"), on_click=self.open_file_wanted.emit)
            column.addWidget(self._card(file, where, open_)[0])
            column.addSpacing(4)
            server = paragraph(_("Connect to a server"), Words.STRONG)
            kinds = paragraph(_("Ollama, llama.cpp, vLLM or any OpenAI-compatible address."))
            connect = button(_("Connect…"), on_click=self.connect_wanted.emit)
            column.addWidget(self._card(server, kinds, connect)[0])
            column.addSpacing(4)
            guide = _(
                "Or just start typing: the built-in guide answers questions about this program and remembers "
                "what you ask it to."
            )
            column.addWidget(paragraph(guide))
            self._bar: Bar | None = None

    def show_suitable(self, one: Offered, cores: int) -> None:
        """Offer the model that suits, with what this laptop has."""
        from desktop_agent.ui.figures import size
        from desktop_agent.ui.models_words import file_size

        told = {"model": one.offer.title, "size": file_size(one.offer.bytes), "cores": cores}
        if one.fit.total_bytes is None or one.fit.free_bytes is None:
            self.suits.setText(_("{model}, {size}.", **told))
        else:
            told |= {"ram": size(one.fit.total_bytes), "free": size(one.fit.free_bytes)}
            self.suits.setText(
                _("{model}, {size}. This laptop has {ram} of RAM, {free} free, and {cores} cores.", **told)
            )
        self.get_button.setEnabled(True)
        self.get_button.setAccessibleName(_("Download {model}", model=one.offer.title))
        if one.lacks_bytes:
            lacks = _("The disk has {size} too little for it.", size=file_size(one.lacks_bytes))
            self.suits.setText(f"{self.suits.text()} {lacks}")
            self.get_button.setEnabled(False)

    def show_none(self) -> None:
        """There is nothing to recommend: models are here already."""
        self.suits.setText(_("Models are here already. Choose one of them, or get another."))
        self._turn(_("Models…"), self.models_wanted)
        self.get_button.setEnabled(True)

    def show_download(self, download: Download) -> None:
        """Show how far the download of the suitable model is."""
        from desktop_agent.ui.models_words import progress

        if self._bar is None:
            self._bar = Bar(_("Download of {model}", model=download.offer.title), width=0)
            self._get_words.addSpacing(4)
            self._get_words.addWidget(self._bar)
        self._bar.show_fraction(download.done / download.offer.bytes)
        if download.path is not None:
            self.suits.setText(_("{model} is here and answers from now on.", model=download.offer.title))
            self._turn(_("Models…"), self.models_wanted)
            return
        trouble = f"{download.trouble.said()} " if download.trouble else ""
        self.suits.setText(f"{download.offer.title}: {trouble}{progress(download)}")
        self._bar.setAccessibleDescription(self.suits.text())
        if download.moving:
            self._turn(_("Pause"), self.pause_wanted)
        else:
            self._turn(_("Go on"), self.get_wanted)

    def _turn(self, text: str, signal: object) -> None:
        """Let the first button do something else from now on."""
        if self.get_button.text() == text:
            return
        self.get_button.clicked.disconnect()
        self.get_button.clicked.connect(lambda: signal.emit())  # type: ignore[attr-defined]
        self.get_button.setText(text)
        self.get_button.setAccessibleName(text)

    def _card(self, title: QWidget, text: QWidget, act: QWidget) -> tuple[QFrame, QVBoxLayout]:
        """A card and the column of its words; the first is the one that is advised."""
        panel = card(chosen=act is self.get_button)
        row = QHBoxLayout(panel)
        row.setContentsMargins(16, 14, 16, 14)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(3)
        words.addWidget(title)
        words.addWidget(text)
        row.addLayout(words, 1)
        row.addWidget(act)
        return panel, words


class Failed(Page):
    """The page of a program that could not be opened: what happened, what to try."""

    close_wanted = Signal()

    def __init__(self, error: AgentError) -> None:
        super().__init__()
        column = self.column
        column.addWidget(paragraph(_("This could not be opened."), Words.TITLE))
        column.addWidget(paragraph(error.said(), Words.BODY))
        column.addWidget(paragraph(error.advice(), Words.MUTED_BODY))
        column.addSpacing(14)
        column.addWidget(button(_("Close"), Kind.PLAIN, self.close_wanted.emit), 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(error.told())
