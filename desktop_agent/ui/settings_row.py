"""One setting on its page: title, control, help, and what there is to say about its value."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout

from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Settings, Source
from desktop_agent.ui.settings_columns import FIRST_LINE, Columns
from desktop_agent.ui.settings_controls import Control
from desktop_agent.ui.settings_draft import Draft
from desktop_agent.ui.widgets import Kind, Words, button, paragraph, pill
from desktop_agent.words import _


class SettingRow(Columns):
    """The row of ``setting``; everything the user gives goes into the draft."""

    changed = Signal()

    def __init__(self, setting: Setting[Any], control: Control, settings: Settings, draft: Draft) -> None:
        # Before Qt's part: that measures the row, and the row hands on how narrow it is.
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.setting, self.control = setting, control
        super().__init__()
        self._settings, self._draft = settings, draft
        self.setObjectName(f"setting-{setting.name}")
        self.title = paragraph(_(setting.title), Words.BODY)
        self.title.setBuddy(control.focus_part())
        self.title.setToolTip(setting.name)
        self.waiting = pill(_("not applied yet"))
        self.help = paragraph(_(setting.help))
        self.decided = paragraph()
        self.problem = paragraph(kind=Words.BAD)
        self.problem.setObjectName("problem")
        self.reset = button("", Kind.LINK, self._reset)
        control.focus_part().setAccessibleDescription(_(setting.help))
        control.given.connect(self._take)
        self._arrange()
        self.refresh()

    def refresh(self) -> None:
        """Show what the draft and the settings say now."""
        setting, draft = self.setting, self._draft
        if draft.problem(setting) is None:
            self.control.show_value(draft.value(setting))
        fixed = draft.fixed(setting)
        self.control.setEnabled(not fixed)
        self.decided.setText(self._decider())
        self.decided.setVisible(fixed)
        self._say()

    def fold_more(self, tight: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(way)
        self.control.fold(tight)

    def matches(self, words: list[str]) -> bool:
        """Whether every one of ``words`` (lower case) begins a word of the title, the help or the name.

        In Chinese, which has no blanks, it may stand anywhere.
        """
        setting = self.setting
        text = " ".join((setting.name, setting.title, setting.help, self.title.text(), self.help.text())).lower()
        # Nobody who looks for the port means "important".
        return all(re.search(rf"(?<![a-z0-9]){re.escape(word)}", text) for word in words)

    def restore(self) -> None:
        """Choose the default, unless the environment or the command line decides."""
        if not self._draft.fixed(self.setting):
            self._draft.put(self.setting, self.setting.default)
            self.refresh()

    def _arrange(self) -> None:
        self.left.addWidget(self.title)
        self.left.addWidget(self.waiting)
        self.left.addStretch()
        # Beside the control, not below it: the page does not jump while a slider is drawn.
        self._beside.setSpacing(6)
        self._beside.addWidget(self.control, 1)
        back = QVBoxLayout()
        back.setContentsMargins(0, FIRST_LINE - 2, 0, 0)
        back.addWidget(self.reset)
        back.addStretch()
        self._beside.addLayout(back)
        self.right.addLayout(self._beside)
        for one in (self.problem, self.help, self.decided):
            self.right.addWidget(one)

    def _take(self, given: Any) -> None:
        self._draft.put(self.setting, given)
        if self._draft.problem(self.setting) is None:
            self.control.show_value(self._draft.value(self.setting))  # the slider follows what is written
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        """What waits, what is wrong, and the way back to the default."""
        setting, draft = self.setting, self._draft
        problem = draft.problem(setting)
        self.problem.setText(problem.told() if problem else "")
        self.problem.setVisible(problem is not None)
        self.waiting.setVisible(draft.changed(setting))
        other = problem is not None or draft.value(setting) != setting.default
        self.reset.setVisible(other and not draft.fixed(setting))
        if other:
            told = in_words(setting, setting.default)
            self.reset.setText(_("Back to: {value}", value=told) if told else _("Back to the default"))

    def _reset(self) -> None:
        self.control.focus_part().setFocus()  # the link goes; the keyboard stays in this row
        self.restore()
        self.changed.emit()

    def _decider(self) -> str:
        source = self._settings.source(self.setting)
        if source is Source.ENVIRONMENT:
            return _("The environment variable {name} decides this.", name=self.setting.variable)
        if source is Source.COMMAND_LINE:
            return _("The command line decides this (--set {name}=…).", name=self.setting.name)
        return ""


def in_words(setting: Setting[Any], value: Any) -> str:
    """``value`` with its unit, as a person would say it."""
    if isinstance(value, bool):
        return _("On") if value else _("Off")
    if isinstance(value, str) and not setting.choices:
        return value
    shown = _(setting.shown(value))
    return f"{shown} {_(setting.unit)}" if setting.unit and (value or not setting.zero) else shown
