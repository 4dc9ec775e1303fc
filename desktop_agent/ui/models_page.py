"""The page Models: what is here on top, below it what can be downloaded, each with whether it fits this laptop.

Made when it is first shown. Nothing on it asks the internet before a button of a row is pressed.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_agent.errors import AgentError
from desktop_agent.inference.downloads import Download, Stage
from desktop_agent.inference.models import as_path
from desktop_agent.inference.shelf import Installed, Look, Offered
from desktop_agent.settings.catalogue import DOWNLOAD_SOURCE, MODEL, MODELS_FOLDER
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Source
from desktop_agent.ui.ask import ask
from desktop_agent.ui.carrying import Carrying
from desktop_agent.ui.combo import Combo
from desktop_agent.ui.models_files import ModelFiles
from desktop_agent.ui.models_row import COLUMNS, Acts, Row
from desktop_agent.ui.models_words import file_size
from desktop_agent.ui.notice import Notice
from desktop_agent.ui.widgets import Kind, Words, button, card, empty, gone, label, line, muted, page, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work

MARGIN = 28
GRID_ROWS = 3
"""Rows of the grid that one model takes."""
_STRETCH, _LINES = (10, 0, 16, 15, 0), (7, 4, 8, 9, 10)
"""Of the columns: how they share what is left, and the least width in heights of a line."""
_AGAIN_AT = frozenset({Stage.DONE})


class ModelsPage(QWidget):
    """Everything about model files; ``use`` lets one answer, ``server`` opens the dialog for servers."""

    back_wanted = Signal()

    def __init__(self, app: App, work: Work, use: Callable[[str], object], server: Callable[[], object]) -> None:
        super().__init__()
        self._app, self._work, self._use, self._server = app, work, use, server
        self._unwatch: list[Callable[[], object]] = []
        self._looking = 0
        self._order: tuple[str, ...] = ()
        self.rows: dict[str, Row] = {}
        """By the offer's name, or the path of a file of the user's own."""
        self.notice = Notice()
        self.carrying = Carrying()
        self.files = ModelFiles(app, work, use, self.carrying, self)
        self.files.changed.connect(self._changed)
        self.source = Combo(_("Download from"))
        self.open_button = button(_("Open file…"), on_click=self.files.choose_file)
        self.copy_button = button(_("Copy a .gguf file from a USB stick…"), on_click=self.files.choose_copy)
        self.move_button = button(_("Move the folder…"), Kind.LINK, self.files.choose_folder)
        self._where = paragraph()
        self._problem = self._problem_card()
        self._grid_holder = QWidget()
        self._grid = QGridLayout(self._grid_holder)
        self._arrange()
        self._list_sources()
        self.source.activated.connect(lambda place: self._choose_source(str(self.source.itemData(place))))

    # What is seen

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stop_watching()
        self._unwatch = [
            self._app.shelf.downloads.watch(self._downloaded),
            self._app.settings.watch(self._setting_changed),
        ]
        self.look()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            self._stop_watching()
            self.notice.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widen()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._widen()

    def look(self) -> None:
        """Show anew what is here and what fits."""
        self._looking += 1
        self._work.start(self._look(self._looking))

    async def _look(self, looking: int) -> None:
        if gone(self):
            return
        look = await self._app.shelf.look()
        if not gone(self) and looking == self._looking:
            self._show(look)

    def _show(self, look: Look) -> None:
        self._show_problem(look.problem)
        had = next(
            (name for name, row in self.rows.items() if row.action.isAncestorOf(self.focusWidget() or self)), None
        )
        empty(self._grid)
        self.rows.clear()
        for column, text in enumerate((_("Model"), _("Size"), _("Good for"), _("On this laptop"), "")):
            heading = muted(text)
            heading.setContentsMargins(8, 4, 8, 6)
            self._grid.addWidget(heading, 0, column)
        self._grid.addWidget(line(), 1, 0, 1, COLUMNS)
        acts = Acts(self._use_model, self._ask_remove, self._get, self._pause, self._ask_discard, self._server)
        place = 2
        here = sorted(look.installed, key=lambda one: (not one.used, one.model.problem is not None))
        shown: list[Installed | Offered] = [*here, *look.offered]
        for one in shown:
            name = one.offer.name if isinstance(one, Offered) else str(one.model.path)
            advised = one is look.suitable
            self.rows[name] = Row(self._grid, place, one, acts, measured=look.measured, advised=advised)
            place += GRID_ROWS
        self._order_tabs()
        if had in self.rows and (part := self.rows[had].focus_part()):
            part.setFocus()
        self._where.setText(_("Models are kept in {folder}.", folder=self._app.models.folder))

    def _downloaded(self, download: Download) -> None:
        row = self.rows.get(download.offer.name)
        known = self._app.shelf.downloads.of(download.offer.name)
        if row is None or known is None or known.stage in _AGAIN_AT:
            self.look()
        elif row.show_download(known):
            self._order_tabs()

    def _order_tabs(self) -> None:
        """Let the Tab key go down the page: rows are made after what stands below them."""
        parts = [self.open_button, *(one for row in self.rows.values() for one in row.buttons)]
        for before, after in pairwise((*parts, self.copy_button, self.move_button)):
            QWidget.setTabOrder(before, after)

    def _setting_changed(self, changed: Setting[Any]) -> None:
        if changed in (MODEL, MODELS_FOLDER):
            self.look()
        elif changed is DOWNLOAD_SOURCE:
            self._list_sources()

    def _stop_watching(self) -> None:
        for unwatch in self._unwatch:
            unwatch()
        self._unwatch = []

    # Downloads

    def _get(self, one: Offered) -> None:
        self._app.shelf.downloads.start(one.offer)

    def _pause(self, one: Offered) -> None:
        self._app.shelf.downloads.pause(one.offer.name)

    def _ask_discard(self, one: Offered) -> None:
        ask(
            self.window(),
            _("Delete what was downloaded of {model}?", model=one.offer.title),
            _("The next download begins anew."),
            _("Delete"),
            lambda: self._work.start(self._app.shelf.downloads.remove(one.offer.name)),
        )

    def _list_sources(self) -> None:
        setting, chosen = DOWNLOAD_SOURCE, self._app.settings[DOWNLOAD_SOURCE]
        self.source.clear()
        for name, title in zip(setting.choices, setting.choice_titles, strict=True):
            self.source.addItem(_("Download from: {source}", source=_(title)), name)
        self.source.setCurrentIndex(self.source.findData(chosen))
        self.source.setEnabled(self._app.settings.source(setting) <= Source.FILE)
        self.source.setToolTip(_(setting.help))

    def _choose_source(self, name: str) -> None:
        try:
            self._app.settings.set(DOWNLOAD_SOURCE, name)
        except AgentError as error:
            self.notice.say(error.told())

    # Models that are here

    def _use_model(self, one: Installed) -> None:
        self._use(str(one.model.path))

    def _ask_remove(self, one: Installed) -> None:
        path, own = one.model.path, one.model.path.parent == as_path(self._app.models.folder)
        if not own:
            ask(
                self.window(),
                _("Take {model} off the list?", model=one.title),
                _("The file {file} stays where it is; the built-in guide answers from now on.", file=path),
                _("Take off"),
                lambda: self._use(""),
            )
            return
        again = _("It can be downloaded again.") if one.offer else _("The file is deleted for good.")
        in_use = _("The built-in guide answers from now on.") + " " if one.used else ""
        ask(
            self.window(),
            _("Remove {model}?", model=one.title),
            in_use + _("{size} become free.", size=file_size(one.model.file_bytes)) + " " + again,
            _("Remove"),
            lambda: self._work.start(self._remove(one)),
            for_good=True,
        )

    async def _remove(self, one: Installed) -> None:
        await self._app.shelf.remove(one.model.path)
        if not gone(self):
            self.notice.say(_("{model} is removed.", model=one.title))
            self.look()

    # The folder

    def _changed(self, said: str) -> None:
        self.notice.say(said)
        self.look()

    def _own_folder(self) -> None:
        try:
            self._app.settings.set_all({MODELS_FOLDER: None})
        except AgentError as error:
            self.notice.say(error.told())
        self.look()

    def _show_problem(self, problem: AgentError | None) -> None:
        self._problem.setVisible(problem is not None)
        self._problem_text.setText(problem.told() if problem else "")

    # Arranging

    def _arrange(self) -> None:
        back = button(_("‹ Settings"), Kind.LINK, self.back_wanted.emit, name=_("Back to the settings"))
        words = QVBoxLayout()
        words.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(back)
        head.addStretch()
        words.addLayout(head)
        words.addWidget(label(_("Models"), Words.HEADING))
        words.addWidget(paragraph(_("A model is one file. It is checked after download and stays on this laptop.")))
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addLayout(words, 1)
        for one in (self.source, self.open_button):
            top.addWidget(one, 0, Qt.AlignmentFlag.AlignBottom)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._widen()
        folder = QHBoxLayout()
        folder.addWidget(self._where, 1)
        folder.addWidget(self.move_button, 0, Qt.AlignmentFlag.AlignTop)
        inside = page()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 14, MARGIN, 22)
        column.setSpacing(14)
        column.addLayout(top)
        column.addWidget(self._problem)
        column.addWidget(self.carrying)
        column.addWidget(self._grid_holder)
        column.addWidget(self._stick_card())
        column.addLayout(folder)
        column.addStretch(1)
        self.area = scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        self.notice.setContentsMargins(28, 0, 28, 14)
        layout.addWidget(self.notice)
        # Not a button: a ring around one would be the first thing that is seen.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Models"))

    def _widen(self) -> None:
        """Give the columns their widths; in a narrow window, or with large text, as much less as there is."""
        room = (self.width() - 2 * MARGIN) / sum(_LINES)
        unit = min(float(self.fontMetrics().height()), room)
        for column, (stretch, lines) in enumerate(zip(_STRETCH, _LINES, strict=True)):
            self._grid.setColumnStretch(column, stretch)
            self._grid.setColumnMinimumWidth(column, int(lines * unit))

    def _stick_card(self) -> QWidget:
        words = (
            _("No download possible?"),
            _("The built-in guide answers questions about this program and what you asked it to remember, "
              "without any model."),
        )  # fmt: skip
        return _card(paragraph(words[0], Words.STRONG), paragraph(words[1]), self.copy_button)

    def _problem_card(self) -> QWidget:
        self._problem_text = paragraph(kind=Words.BAD)
        again = button(_("Look again"), on_click=self.look)
        own = button(_("Use the program's own folder"), on_click=self._own_folder)
        made = _card(paragraph(_("The models cannot be reached."), Words.STRONG), self._problem_text, again, own)
        made.hide()
        return made


def _card(title: QWidget, text: QWidget, *buttons: QWidget) -> QWidget:
    panel = card()
    words = QVBoxLayout()
    words.setSpacing(3)
    words.addWidget(title)
    words.addWidget(text)
    row = QHBoxLayout(panel)
    row.setContentsMargins(16, 16, 16, 16)
    row.setSpacing(12)
    row.addLayout(words, 1)
    for one in buttons:
        row.addWidget(one)
    return panel
