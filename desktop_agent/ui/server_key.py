"""The dialog in which the key of a server is given."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_agent.ui.widgets import Kind, button, label, paragraph
from desktop_agent.words import _


class ServerKeyDialog(QDialog):
    """``save(key)`` is called once, when the user saves; an empty key forgets the one that is kept."""

    def __init__(self, host: str, encrypted: bool, save: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._save = save
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Key for {host}", host=host))
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setAccessibleName(_("Key for {host}", host=host))
        self.key.setMinimumWidth(self.fontMetrics().height() * 26)
        save_button = button(_("Save"), Kind.PRIMARY, self._done)
        save_button.setDefault(True)
        told = _("The key is kept where this computer keeps its passwords. Left empty, the key that is there goes.")
        if not encrypted:
            told += " " + _("It is sent to this server unencrypted.")
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch()
        buttons.addWidget(button(_("Cancel"), on_click=self.reject))
        buttons.addWidget(save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 18)
        layout.setSpacing(12)
        layout.addWidget(label(_("Key for {host}", host=host)))
        layout.addWidget(self.key)
        layout.addWidget(paragraph(told))
        layout.addLayout(buttons)
        self.key.returnPressed.connect(self._done)
        self.key.setFocus()

    def _done(self) -> None:
        self._save(self.key.text())
        self.accept()
