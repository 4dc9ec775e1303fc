"""Questions to the user that do not hold the window up: opened, answered later by a call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop_agent.words import _


def ask(parent: QWidget, question: str, detail: str, yes: str, then: Callable[[], object]) -> QMessageBox:
    """Ask ``question`` with a button ``yes`` and one to cancel; ``then`` is called for yes."""
    # open, never exec: a nested loop inside a coroutine is an error of qasync.
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(_("Desktop Agent"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(detail)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(agree)
    box.setEscapeButton(cancel)
    box.buttonClicked.connect(lambda clicked: then() if clicked is agree else None)
    box.open()
    return box
