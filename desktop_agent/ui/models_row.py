"""One model in the list of the page Models: what it is, whether it fits, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_agent.inference.downloads import Download, Stage
from desktop_agent.inference.shelf import Installed, Offered
from desktop_agent.ui import models_words as told
from desktop_agent.ui.widgets import Bar, Kind, Tone, Words, button, empty, label, line, paragraph, pill
from desktop_agent.words import _

BAR_WIDTH = 150
COLUMNS = 5


@dataclass(frozen=True, slots=True)
class Acts:
    """What a row asks for; each is called with what the row shows."""

    use: Callable[[Installed], object]
    remove: Callable[[Installed], object]
    get: Callable[[Offered], object]
    pause: Callable[[Offered], object]
    discard: Callable[[Offered], object]
    server: Callable[[], object]


class Row:
    """The widgets of one model, laid into a grid from row ``place`` on; three rows of it in all."""

    def __init__(
        self, grid: QGridLayout, place: int, shown: Installed | Offered, acts: Acts, *, measured: bool, advised: bool
    ) -> None:
        self._shown, self._acts = shown, acts
        self._measured, self._advised = measured, advised
        self._kind: object = None
        self.buttons: list[QPushButton] = []
        """What can be pressed, in its order."""
        self.action = QWidget()
        self._action = QVBoxLayout(self.action)
        self._action.setContentsMargins(8, 9, 0, 9)
        self._action.setSpacing(3)
        self.bar = Bar("", width=BAR_WIDTH)
        self.progress = paragraph(kind=Words.SMALL)
        self.trouble = paragraph(kind=Words.BAD)
        self.trouble.setContentsMargins(8, 0, 8, 10)
        self._what = ""
        top = Qt.AlignmentFlag.AlignVCenter
        for column, cell in enumerate(self._cells()):
            grid.addWidget(cell, place, column, top)
        grid.addWidget(self.action, place, COLUMNS - 1, top)
        grid.addWidget(self.trouble, place + 1, 0, 1, COLUMNS)
        grid.addWidget(line(), place + 2, 0, 1, COLUMNS)
        self.show_download(shown.download if isinstance(shown, Offered) else None)

    @property
    def title(self) -> str:
        """What the model is called."""
        return self._shown.offer.title if isinstance(self._shown, Offered) else self._shown.title

    def focus_part(self) -> QWidget | None:
        """The first thing that can be done with it."""
        return self.buttons[0] if self.buttons else None

    def show_download(self, download: Download | None) -> bool:
        """Show how far it is; whether there are other buttons now, because something else can be done."""
        shown = self._shown
        kind = (download.stage if download else None, type(shown))
        other = kind != self._kind
        if other:
            self._kind = kind
            had_focus = any(one.hasFocus() for one in self.buttons)
            self.buttons.clear()
            empty(self._action)
            self.bar = Bar(_("Download of {model}", model=self.title), width=BAR_WIDTH)
            self.progress = paragraph(kind=Words.SMALL)
            if isinstance(shown, Installed):
                self._installed(shown)
            elif download is None:
                self._offered(shown)
            else:
                self._downloading(shown, download)
            if had_focus and (part := self.focus_part()):
                part.setFocus()
        if download is not None:
            self.bar.show_fraction(download.done / download.offer.bytes)
            self.progress.setText(told.progress(download))
            self.progress.setToolTip(told.detail(download))
            self.bar.setAccessibleDescription(self.progress.text())
        trouble = download.trouble if download else None
        if isinstance(shown, Installed):
            trouble = shown.model.problem
        self.trouble.setText(trouble.told() if trouble else "")
        self.trouble.setVisible(trouble is not None)
        return other

    def _cells(self) -> tuple[QWidget, ...]:
        """Name, size, what it is good for, whether it fits."""
        shown = self._shown
        offer, fit = shown.offer, shown.fit
        if isinstance(shown, Offered):
            below, bytes_, words = shown.offer.quantisation, shown.offer.bytes, shown.words_per_second
        else:
            header = shown.model.header
            below, bytes_ = header.quantisation if header else "", shown.model.file_bytes
            words = shown.words_per_second or 0.0
        names: list[QWidget] = [paragraph(self.title, Words.STRONG), label(below, Words.SMALL)]
        if self._advised:
            names.append(_row(pill(_("suits this laptop"))))
        name = _pair(*names)
        size_ = label(told.file_size(bytes_) if bytes_ else "–")
        size_.setContentsMargins(8, 0, 8, 0)
        if offer is not None:
            good = _pair(paragraph(offer.about), paragraph(f"{offer.speaks} · {offer.licence}", Words.SMALL))
        elif isinstance(shown, Installed):
            good = _pair(paragraph(_("A file of your own")), paragraph(shown.model.path.name, Words.SMALL))
            good.setToolTip(str(shown.model.path))
        verdict, tone = told.verdict(fit) if fit is not None else (_("cannot be used"), Tone.BAD)
        speed = told.pace(words, measured=self._measured) if fit is not None else ""
        parts = [_row(pill(verdict, tone)), paragraph(speed, Words.SMALL)]
        lacks = shown.lacks_bytes if isinstance(shown, Offered) else 0
        if lacks:
            parts.append(_row(pill(_("{size} too little on the disk", size=told.file_size(lacks)), Tone.BAD)))
        self._what = ". ".join(part for part in (size_.text(), verdict, speed) if part)
        return name, size_, good, _pair(*parts)

    def _installed(self, shown: Installed) -> None:
        use: QPushButton
        if shown.used:
            use = button(_("In use"), Kind.PRIMARY, name=_("{model} is in use", model=self.title))
            # It says how things are; there is nothing to press.
            use.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            use.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            use = self._button(_("Use"), Kind.PLAIN, lambda: self._acts.use(shown), _("Use {model}", model=self.title))
            use.setEnabled(shown.model.problem is None)
        remove = self._button(
            _("Remove…"), Kind.LINK, lambda: self._acts.remove(shown), _("Remove {model}", model=self.title)
        )
        self._action.addWidget(_row(use, remove))

    def _offered(self, shown: Offered) -> None:
        if shown.fit.hopeless:
            link = self._button(_("Use a server instead…"), Kind.LINK, self._acts.server)
            self._action.addWidget(_row(link))
            return
        get = self._button(_("Get"), Kind.PLAIN, lambda: self._acts.get(shown), _("Get {model}", model=self.title))
        get.setEnabled(not shown.lacks_bytes)
        self._action.addWidget(_row(get))

    def _downloading(self, shown: Offered, download: Download) -> None:
        self._action.addWidget(self.bar)
        self._action.addWidget(self.progress)
        if download.moving:
            name = _("Pause the download of {model}", model=self.title)
            first = self._button(_("Pause"), Kind.LINK, lambda: self._acts.pause(shown), name)
        else:
            word = _("Try once more") if download.stage is Stage.FAILED else _("Go on")
            name = _("Go on with the download of {model}", model=self.title)
            first = self._button(word, Kind.LINK, lambda: self._acts.get(shown), name)
        name = _("Delete what was downloaded of {model}", model=self.title)
        discard = self._button(_("Cancel"), Kind.LINK, lambda: self._acts.discard(shown), name)
        self._action.addWidget(_row(first, discard))

    def _button(self, text: str, kind: Kind, act: Callable[[], object], name: str = "") -> QPushButton:
        made = button(text, kind, act, name=name)
        made.setAccessibleDescription(self._what)
        self.buttons.append(made)
        return made


def _pair(*parts: QWidget) -> QWidget:
    """Parts below one another."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(8, 9, 8, 9)
    column.setSpacing(1)
    for part in parts:
        column.addWidget(part)
    return made


def _row(*parts: QWidget) -> QWidget:
    """Parts beside one another, at the left."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return made
