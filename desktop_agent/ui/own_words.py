"""The words that Qt brings itself, in the language of the program: menus of text fields, its file dialogs.

Qt translates by its own files, which come with it; without one of them its words stay English.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from desktop_agent import words

_NAME = "words of Qt"


def speak() -> None:
    """Let Qt speak the language in use from now on."""
    application = QCoreApplication.instance()
    assert application is not None
    spoken: QTranslator | None = application.findChild(QTranslator, _NAME)
    if spoken is not None:
        application.removeTranslator(spoken)
        spoken.deleteLater()
        spoken.setObjectName("")
    if words.language() == "en":
        return  # what Qt speaks anyway
    speaks = QTranslator(application)
    speaks.setObjectName(_NAME)
    if speaks.load(f"qtbase_{words.language()}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(speaks)
