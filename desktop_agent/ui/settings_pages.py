"""Groups on the left, the settings of one group on the right; the tab and the dialog share them.

Made from the catalogue alone: a new setting appears here without a line of code.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QScrollArea, QVBoxLayout, QWidget

from desktop_agent.errors import AgentError
from desktop_agent.settings.catalogue import CONTEXT_TOKENS, MODEL, of_group
from desktop_agent.settings.setting import Applies, Group, Setting
from desktop_agent.settings.store import Change
from desktop_agent.ui.notice import Notice
from desktop_agent.ui.search_field import SearchField
from desktop_agent.ui.settings_about import AboutPage
from desktop_agent.ui.settings_draft import Draft
from desktop_agent.ui.settings_section import Section
from desktop_agent.ui.too_large import ask_about
from desktop_agent.ui.widgets import Kind, button, frame, gone, page, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work


class SettingsPages(QWidget):
    """Every setting of the catalogue once, in sections that are made when they are first shown."""

    applied = Signal()
    """Every change is stored, none waits."""
    models_wanted = Signal()
    """The page of models is asked for."""

    def __init__(self, app: App, work: Work) -> None:
        super().__init__()
        self._app, self._work = app, work
        self._unwatch: Callable[[], None] = _nothing
        self.draft = Draft(app.settings)
        self.groups = [group for group in Group if of_group(group)]
        self.sections: dict[Group, Section] = {}
        self.about = AboutPage(app)
        self.search = SearchField(_("Search settings…"), _("Search settings"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Pages of the settings"))
        self.list.setProperty("kind", "nav")
        self.list.addItems([*(_(group.title) for group in self.groups), _("About")])
        self.notice = Notice()
        self.restore_button = button(_("Restore defaults"), on_click=self._restore)
        self.restore_button.setToolTip(_("Of this page; nothing is stored before you apply it."))
        self.discard_button = button(_("Discard changes"), on_click=self._discard)
        self.apply_button = button(_("Apply"), Kind.PRIMARY, self.apply)
        self._found_nothing = paragraph()
        self._arrange()
        self.list.currentRowChanged.connect(self._choose)
        # Also a click on the page that is chosen already: it ends a search.
        self.list.itemClicked.connect(lambda item: self._choose(self.list.row(item)))
        self.search.textChanged.connect(self._find)
        save = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.apply)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.list.setCurrentRow(0)
        self._buttons()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._unwatch()
        self._unwatch = self._app.settings.watch(self._changed_elsewhere)
        for section in self.sections.values():
            section.refresh()
        self._buttons()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._unwatch()
        self._unwatch = _nothing
        if not event.spontaneous():  # another tab, not a window that is minimised
            self.notice.clear()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._widen_side()

    def open_group(self, group: Group) -> None:
        """Show the page of ``group``."""
        self.search.clear()
        self.list.setCurrentRow(self.groups.index(group))

    def apply(self) -> None:
        """Store the changes; what was refused stays, with its sentence. A model that is too large is asked about."""
        if self.draft.wrong:
            self._show_first_problem()
        if self.draft.changed(MODEL) and self.draft.value(MODEL):
            self._work.start(self._look_at_model(str(self.draft.value(MODEL))))
        else:
            self._store()

    async def _look_at_model(self, path: str) -> None:
        fit = None
        with contextlib.suppress(AgentError):  # the row of the model says why it cannot be used
            fit = await self._app.engines.fit(path, int(self.draft.value(CONTEXT_TOKENS)))
        if gone(self):
            return
        if fit is None or fit.there_is_room or fit.insisted:
            self._store()
        else:
            ask_about(self, fit, lambda: self._work.start(self._insist(path)), self._use_smaller)

    async def _insist(self, path: str) -> None:
        await self._app.engines.insist(path)
        if not gone(self):
            self._store()

    def _use_smaller(self, context_tokens: int) -> None:
        self.draft.put(CONTEXT_TOKENS, context_tokens)
        self._store()

    def _store(self) -> None:
        try:
            changes = self.draft.apply()
        except AgentError as error:
            self.notice.say(error.told())
        else:
            if changes:
                self.notice.say(_applied(changes))
        for section in self.sections.values():
            section.refresh()
        self._buttons()
        if not self.draft.waiting:
            self.applied.emit()

    def _arrange(self) -> None:
        side = frame("side")
        left = QVBoxLayout(side)
        left.setContentsMargins(12, 16, 14, 12)
        left.setSpacing(10)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        self._side = side
        self._widen_side()
        inside = page()
        self._sections = QVBoxLayout(inside)
        self._sections.setContentsMargins(28, 22, 24, 22)
        self._sections.setSpacing(30)
        self._sections.addWidget(self._found_nothing)
        self._sections.addWidget(self.about)
        self._sections.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bottom = QHBoxLayout()
        bottom.setContentsMargins(28, 6, 24, 18)
        bottom.setSpacing(6)
        bottom.addWidget(self.notice, 1)
        bottom.addStretch()
        for one in (self.discard_button, self.restore_button, self.apply_button):
            bottom.addWidget(one)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._scroll, 1)
        right.addLayout(bottom)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(side)
        layout.addLayout(right, 1)

    def _widen_side(self) -> None:
        self._side.setFixedWidth(max(200, self.fontMetrics().height() * 9))

    def _section(self, group: Group) -> Section:
        """The section of ``group``, made at its first use and kept in the order of the list."""
        section = self.sections.get(group)
        if section is None:
            section = self.sections[group] = Section(group, self._app, self._work, self.draft)
            section.changed.connect(self._edited)
            section.models_wanted.connect(self.models_wanted)
            before = sum(other in self.sections for other in self.groups[: self.groups.index(group)])
            self._sections.insertWidget(before, section)
        return section

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.search.clear()
            self._show_page(row)

    def _show_page(self, row: int) -> None:
        chosen = self.groups[row] if row < len(self.groups) else None
        if chosen is not None:
            self._section(chosen).show_all()
        for group, section in self.sections.items():
            section.setVisible(group is chosen)
        self.about.setVisible(chosen is None)
        self._found_nothing.hide()
        self._scroll.verticalScrollBar().setValue(0)
        self._buttons()

    def _find(self, text: str) -> None:
        words = text.lower().split()
        if not words:
            self.list.setCurrentRow(max(self.list.currentRow(), 0))
            self._show_page(self.list.currentRow())
            return
        self.list.clearSelection()
        found = 0
        for group in self.groups:
            section = self._section(group)
            here = section.show_matching(words)
            section.setVisible(here > 0)
            found += here
        self.about.hide()
        self._found_nothing.setText(_("No setting matches “{text}”.", text=text.strip()))
        self._found_nothing.setVisible(not found)
        self._scroll.verticalScrollBar().setValue(0)
        self._buttons()

    def _restore(self) -> None:
        for section in self.sections.values():
            if not section.isHidden():
                section.restore()
        self._buttons()

    def _discard(self) -> None:
        self.draft.discard()
        for section in self.sections.values():
            section.refresh()
        self._buttons()

    def _buttons(self) -> None:
        waiting = self.draft.waiting
        self.apply_button.setEnabled(waiting)
        self.apply_button.setVisible(waiting or self.about.isHidden())
        self.discard_button.setVisible(waiting)
        self.restore_button.setVisible(self.about.isHidden())

    def _edited(self) -> None:
        self.notice.clear()
        self._buttons()

    def _changed_elsewhere(self, setting: Setting[Any]) -> None:
        section = self.sections.get(setting.group)
        if section is not None:
            section.refresh(setting)

    def _show_first_problem(self) -> None:
        for section in self.sections.values():
            for row in section.rows:
                if self.draft.problem(row.setting):
                    self.open_group(section.group)
                    section.unfold(row)
                    self._scroll.ensureWidgetVisible(row)
                    row.control.focus_part().setFocus()
                    return


def _applied(changes: Sequence[Change]) -> str:
    """What happened, and which settings are felt later."""
    later: dict[Applies, list[str]] = {}
    for change in changes:
        if change.setting.applies is not Applies.NOW:
            later.setdefault(change.setting.applies, []).append(_(change.setting.title))
    told = [f"{_(', ').join(titles)}: {_(applies.value)}" for applies, titles in later.items()]
    return " ".join([_("Saved."), *told])


def _nothing() -> None:
    pass
