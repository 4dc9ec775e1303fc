"""Questions to the user that do not hold the window up: opened, answered later by a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_agent.words import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox


def ask(
    parent: QWidget, question: str, detail: str, yes: str, then: Callable[[], object], *, for_good: bool = False
) -> QMessageBox:
    """Ask ``question`` with a button ``yes`` and one to cancel; ``then`` is called for yes.

    What is done ``for_good`` and cannot be taken back is not what Enter does.
    """
    return choose(parent, question, detail, ((yes, then),), for_good=for_good)


def choose(
    parent: QWidget,
    question: str,
    detail: str,
    choices: Sequence[tuple[str, Callable[[], object]]],
    *,
    for_good: bool = False,
) -> QMessageBox:
    """Ask ``question`` with a button for each of ``choices``, and one to cancel.

    Enter takes the first choice, or none when something is done ``for_good``.
    """
    # Here, not above: an idle window has nothing to ask.
    from PySide6.QtWidgets import QMessageBox

    # open, never exec: a nested loop inside a coroutine is an error of qasync.
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(_("Desktop Agent"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(question)
    box.setInformativeText(detail)
    buttons = [box.addButton(text, QMessageBox.ButtonRole.AcceptRole) for text, _then in choices]
    cancel = box.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel if for_good else buttons[0])
    box.setEscapeButton(cancel)

    def answer(clicked: QAbstractButton) -> None:
        for button, (_text, then) in zip(buttons, choices, strict=True):
            if clicked is button:
                then()

    box.buttonClicked.connect(answer)
    box.open()
    return box
