"""The settings of one group: heading, rows, and the numbers for experts folded away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop_agent.settings.catalogue import CONTEXT_TOKENS, MODEL, THREADS, of_group
from desktop_agent.settings.setting import Group, Setting
from desktop_agent.ui.settings_controls import (
    ChoiceControl,
    Control,
    NumberControl,
    SwitchControl,
    TextControl,
    thread_choices,
)
from desktop_agent.ui.settings_draft import Draft
from desktop_agent.ui.settings_fit import FitRow
from desktop_agent.ui.settings_model import ModelControl
from desktop_agent.ui.settings_row import SettingRow
from desktop_agent.ui.widgets import Kind, Words, button, label, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work


class Section(QWidget):
    """The rows of ``group``; rows that a search does not want are hidden."""

    changed = Signal()
    models_wanted = Signal()

    def __init__(self, group: Group, app: App, work: Work, draft: Draft) -> None:
        super().__init__()
        self.group = group
        self.rows = tuple(
            SettingRow(setting, control(setting, app, work), app.settings, draft) for setting in of_group(group)
        )
        self._more_open = False
        self._more: QPushButton = button("", Kind.LINK, self._fold)
        self._help = paragraph(_(group.help))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(18)
        heading = QVBoxLayout()
        heading.setSpacing(6)
        heading.addWidget(label(_(group.title), Words.HEADING))
        heading.addWidget(self._help)
        layout.addLayout(heading)
        self._panel = self._panel_of_group(app, work)
        if self._panel is not None:
            layout.addWidget(self._panel)
        self._fit = self._fit_row(app, work, draft)
        for row in self.rows:
            if not row.setting.advanced:
                layout.addWidget(row)
            if row.setting is CONTEXT_TOKENS and self._fit is not None:
                layout.addWidget(self._fit)
        more = QHBoxLayout()
        more.addWidget(self._more)
        more.addStretch()
        layout.addLayout(more)
        for row in self.rows:
            if row.setting.advanced:
                layout.addWidget(row)
            row.changed.connect(self._row_changed)
            if isinstance(row.control, ModelControl):
                row.control.models_wanted.connect(self.models_wanted)
        self.show_all()

    def show_all(self) -> None:
        """Every row, those for experts only when they are unfolded."""
        self._help.show()
        if self._panel is not None:
            self._panel.show()
        advanced = 0
        for row in self.rows:
            row.setVisible(not row.setting.advanced or self._more_open)
            advanced += row.setting.advanced
        if self._fit is not None:
            self._fit.want(True)
        self._more.setVisible(advanced > 0)
        self._more.setText(_("▾ Fewer settings") if self._more_open else _("▸ More settings ({count})", count=advanced))

    def show_matching(self, words: list[str]) -> int:
        """Only the rows with all of ``words`` in them, those for experts too; how many."""
        self._help.hide()
        self._more.hide()
        if self._panel is not None:
            self._panel.hide()
        if self._fit is not None:
            self._fit.want(False)
        found = 0
        for row in self.rows:
            matches = row.matches(words)
            row.setVisible(matches)
            found += matches
        return found

    def refresh(self, setting: Setting[Any] | None = None) -> None:
        """Show the values again, all of them or that of one setting."""
        for row in self.rows:
            if setting is None or row.setting is setting:
                row.refresh()

    def restore(self) -> None:
        """Put the default of every row that is not decided elsewhere into the draft."""
        for row in self.rows:
            row.restore()

    def unfold(self, row: SettingRow) -> None:
        """Make sure that ``row`` is seen."""
        if row.setting.advanced and not self._more_open:
            self._fold()

    def _panel_of_group(self, app: App, work: Work) -> QWidget | None:
        """What stands above the settings of a group that has more to show; most never open these pages."""
        if self.group is Group.REMOTE:
            from desktop_agent.ui.servers_panel import ServersPanel

            return ServersPanel(app, work)
        if self.group is Group.SERVER and app.service is not None:
            from desktop_agent.ui.service_panel import ServicePanel

            return ServicePanel(app.service, work)
        return None

    def _fit_row(self, app: App, work: Work, draft: Draft) -> FitRow | None:
        """Where a model is chosen: whether it fits."""
        models = next((row.control for row in self.rows if isinstance(row.control, ModelControl)), None)
        return None if models is None else FitRow(app, work, draft, models)

    def _row_changed(self) -> None:
        if self._fit is not None:
            self._fit.refresh()
        self.changed.emit()

    def _fold(self) -> None:
        self._more_open = not self._more_open
        self.show_all()


def control(setting: Setting[Any], app: App, work: Work) -> Control:
    """The control for a setting: by its name where it has one of its own, else by its type."""
    if setting is MODEL:
        return ModelControl(setting, app, work)
    if setting is THREADS:
        return ChoiceControl(setting, thread_choices())
    if setting.choices:
        titles = tuple(_(title) for title in setting.choice_titles)
        return ChoiceControl(setting, tuple(zip(setting.choices, titles, strict=True)))
    if setting.kind is bool:
        return SwitchControl(setting)
    return TextControl(setting) if setting.kind is str else NumberControl(setting)
