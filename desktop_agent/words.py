"""The words of the program in the user's language.

Every sentence is written in English where it is used; this module turns it
into Chinese from ``resources/translations/zh_CN.ts``, the file that Qt Linguist
edits. The file is read as it is: no compiled form can be older than its source,
and the command line needs no Qt.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop_agent.data_files import resources

LANGUAGES = ("en", "zh_CN")

_table: dict[str, str] = {}
_language = "en"


def use(language: str) -> None:
    """Speak ``language`` from now on: ``en``, ``zh_CN``, or ``system`` for the computer's own."""
    global _language, _table
    chosen = system_language() if language == "system" else language
    _language = chosen if chosen in LANGUAGES else "en"
    _table = {} if _language == "en" else _read(resources() / "translations" / f"{_language}.ts")


def language() -> str:
    """The language in use, one of ``LANGUAGES``."""
    return _language


def _(text: str, /, **fields: object) -> str:
    """``text`` in the language in use, its ``{fields}`` filled in.

    A sentence without a translation comes back in English.
    """
    told = _table.get(text, text)
    return told.format(**fields) if fields else told


def system_language() -> str:
    """The language this computer speaks to its user: ``zh_CN`` for any Chinese, otherwise ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh_CN" if value.lower().startswith("zh") else "en"
    # Imported here: most systems have said it by now.
    import locale

    if sys.platform == "win32":
        import ctypes

        # The language of Windows itself, which the locale for dates and money need not be.
        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    else:
        name = locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


def _read(path: Path) -> dict[str, str]:
    # Imported here: a window in English never needs the XML reader.
    from xml.etree import ElementTree

    table = {}
    for message in ElementTree.parse(path).getroot().iter("message"):
        source, translation = message.findtext("source"), message.find("translation")
        if source and translation is not None and translation.text and translation.get("type") != "unfinished":
            table[source] = translation.text
    return table
