"""How one conversation is answered: its own instructions and sampling, where they differ from the settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_agent.errors import BadInput
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Settings
from desktop_agent.ui.settings_controls import Control, NumberControl, TextControl
from desktop_agent.ui.settings_row import in_words
from desktop_agent.ui.widgets import Kind, Words, button, label, page, paragraph
from desktop_agent.ui.words_below import one_line
from desktop_agent.words import _

Own = Mapping[Setting[Any], Any]


class MannerDialog(QDialog):
    """Shown with ``open()``; ``then`` is given what the conversation has for itself when the user takes it."""

    def __init__(
        self,
        settings: Settings,
        shown: Sequence[Setting[Any]],
        own: Own,
        then: Callable[[dict[Setting[Any], Any]], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("How this chat is answered"))
        self._then = then
        self.rows = {setting: MannerRow(setting, settings[setting], own.get(setting)) for setting in shown}
        self.problem = paragraph(kind=Words.BAD)
        self.problem.hide()
        self.take = button(_("Use in this chat"), Kind.PRIMARY, self._take)
        self._arrange()
        for row in self.rows.values():
            row.changed.connect(self._say)
        room = parent.window().size()
        self.resize(min(620, room.width() - 40), min(620, room.height() - 60))

    def _arrange(self) -> None:
        list_ = QVBoxLayout()
        list_.setContentsMargins(0, 0, 12, 0)
        list_.setSpacing(14)
        for row in self.rows.values():
            list_.addWidget(row)
        list_.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page(list_))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button(_("Cancel"), on_click=self.reject))
        buttons.addWidget(self.take)
        about = _(
            "For this chat alone. Other instructions mean that the model reads the chat again, once; "
            "the rest is felt from the next answer on."
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(_("How this chat is answered"), Words.HEADING))
        column.addWidget(paragraph(about))
        column.addWidget(area, 1)
        column.addWidget(self.problem)
        column.addLayout(buttons)

    def _say(self) -> None:
        told = next((row.problem for row in self.rows.values() if row.problem), "")
        self.problem.setText(told)
        self.problem.setVisible(bool(told))
        self.take.setEnabled(not told)

    def _take(self) -> None:
        self._then({setting: row.own for setting, row in self.rows.items() if row.own is not None})
        self.accept()


class MannerRow(QWidget):
    """One setting: ``own`` is the value of this conversation, None while the settings say it."""

    changed = Signal()

    def __init__(self, setting: Setting[Any], usual: Any, own: Any) -> None:
        super().__init__()
        self.setting, self.own = setting, own
        self.problem = ""
        self._usual = usual
        self.control: Control = TextControl(setting) if setting.kind is str else NumberControl(setting)
        self.control.focus_part().setAccessibleName(_(setting.title))
        self.control.focus_part().setAccessibleDescription(_(setting.help))
        self.control.given.connect(self._take)
        self._said = label("", Words.SMALL)
        self.back = button(_("As in the settings"), Kind.LINK, self.reset)
        head = QHBoxLayout()
        head.setSpacing(8)
        title = label(_(setting.title))
        title.setToolTip(_(setting.help))
        title.setBuddy(self.control.focus_part())
        head.addWidget(title)
        head.addWidget(self._said)
        head.addStretch(1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.control)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # A control says only how high a line must be; in a list that scrolls it would be given no more.
        self.control.setMinimumHeight(self.control.sizeHint().height())

    def reset(self) -> None:
        """Follow the settings again."""
        self.own, self.problem = None, ""
        self._show()
        self.changed.emit()

    def _take(self, given: Any) -> None:
        try:
            self.own, self.problem = self.setting.parse(given), ""
        except BadInput as error:
            self.problem = error.told()
            self._say()
        else:
            self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.control.show_value(self._usual if self.own is None else self.own)
        self._say()

    def _say(self) -> None:
        differs = self.own is not None or bool(self.problem)
        self._said.setText(_("for this chat") if differs else _("as in the settings"))
        self.back.setVisible(differs)


def told(own: Own) -> str:
    """What a conversation has for itself, a line each, for a tool tip."""
    return "\n".join(f"{_(setting.title)}: {one_line(in_words(setting, value))}" for setting, value in own.items())
