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
    spoken = chosen if chosen in LANGUAGES else "en"
    if spoken == _language:
        return  # a start says it three times: for the command line, for the settings, for the window
    _language = spoken
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


def sentences(*told: str) -> str:
    """Sentences one behind the other, without the empty ones; behind a Chinese mark stands no blank."""
    joined = ""
    for one in told:
        joined += f" {one}" if joined and one and joined[-1] not in "。！？；：，" else one
    return joined


def system_language() -> str:
    """The language this computer speaks to its user: ``zh_CN`` for any Chinese, otherwise ``en``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh_CN" if value.lower().startswith("zh") else "en"
    # Imported here: most systems have said it by now.
    import locale

    if sys.platform == "win32":
        try:
            import ctypes
        except ImportError:  # a damaged program, which says so a moment later
            return "en"
        # The language of Windows itself, which the locale for dates and money need not be.
        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    else:
        name = locale.getlocale()[0] or ""
    return "zh_CN" if name.lower().startswith(("zh", "chinese")) else "en"


def _read(path: Path) -> dict[str, str]:
    """The finished translations in a file of Qt Linguist."""
    # Imported here: a window in English never needs the XML reader. Not ElementTree: the tree of 1,100 sentences takes
    # twice as long and 2.5 MB, which the heap of the idle window keeps.
    from xml.parsers.expat import ParserCreate

    table: dict[str, str] = {}
    told: dict[str, str] = {}
    """The texts of the message that is being read, by their elements."""
    pieces: list[str] = []

    def begin(element: str, attributes: dict[str, str]) -> None:
        if element == "message":
            told.clear()
        elif element == "translation" and attributes.get("type") == "unfinished":
            told["unfinished"] = ""
        pieces.clear()

    def end(element: str) -> None:
        if element in ("source", "translation"):
            told[element] = "".join(pieces)
        elif element == "message" and told.get("source") and told.get("translation") and "unfinished" not in told:
            table[told["source"]] = told["translation"]

    reader = ParserCreate()
    reader.buffer_text = True
    reader.StartElementHandler, reader.EndElementHandler = begin, end
    reader.CharacterDataHandler = pieces.append
    with path.open("rb") as file:
        reader.ParseFile(file)
    return table
