"""What the libraries bring along and this program never uses, with what leaving it out saves.

Sizes are of the Windows build, in MB as installed; each build measures them anew and prints them. To be left out is
only what was seen to be unused: ``packaging/smoke.py`` runs the finished program without it.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

MODULES: dict[str, tuple[float, str]] = {
    "numpy": (38.4, "named by llama-cpp-python, imported by nobody; the low-level part of it does without"),
    "diskcache": (0.2, "the same"),
    "llama_cpp.llama": (0.2, "the high-level part, which would import numpy; inference/ has its own"),
    "llama_cpp.llama_chat_format": (0.2, "part of the high-level part"),
    "llama_cpp.server": (0.1, "its own service; ours is desktop_agent.server"),
    "PIL": (8.0, "pypdf would read pictures with it; only texts are read here"),
    "jieba.lac_small": (12.0, "a neural segmenter that needs another library"),
    "jieba.analyse": (6.5, "keywords, which memory/ computes from its mapped dictionary"),
    "jieba.posseg": (4.0, "kinds of words, which nobody asks for"),
    "tkinter": (4.5, "another window toolkit"),
    "PySide6.QtNetwork": (2.4, "nothing here speaks to the network through Qt"),
    "PySide6.QtOpenGL": (0.9, "widgets are painted by the processor"),
    "PySide6.QtOpenGLWidgets": (0.1, "the same"),
    "PySide6.QtQml": (7.4, "QML is not used"),
    "PySide6.QtQuick": (9.3, "the same"),
    "PySide6.QtTest": (0.8, "of the tests"),
    "PySide6.QtSql": (0.9, "the database is sqlite3 of Python"),
    "PySide6.QtXml": (0.5, "not used"),
    "PySide6.QtPrintSupport": (0.9, "nothing is printed"),
    "PySide6.QtConcurrent": (0.1, "threads are Python's"),
    "PySide6.QtDesigner": (3.5, "a tool for developers"),
    "PySide6.QtHelp": (0.8, "the help is text"),
    "PySide6.QtUiTools": (1.1, "windows are written in Python"),
    "unittest": (0.3, "of tests"),
    "doctest": (0.1, "of tests"),
    "pdb": (0.1, "of developers"),
    "pydoc": (0.3, "of developers"),
    "lib2to3": (0.6, "of developers"),
    "ensurepip": (0.1, "of developers"),
    "idlelib": (1.5, "of developers"),
    "distutils": (0.5, "of developers"),
    "setuptools": (3.0, "of developers; jieba asks for it and does without"),
    "pkg_resources": (1.5, "the same"),
    "pip": (9.0, "of developers"),
    "pytest": (3.0, "of tests"),
    "_pytest": (3.0, "of tests"),
    "hypothesis": (1.5, "of tests; some libraries offer something to it when it is there"),
    "sortedcontainers": (0.1, "comes with hypothesis"),
    "pydantic": (2.5, "of the client in the tests, as above"),
    "pydantic_core": (5.0, "comes with pydantic"),
    "openai": (9.0, "the client in the tests"),
    "numba": (0.0, "never asked for, but named in optional imports"),
    "paddle": (0.0, "the same"),
    "IPython": (0.0, "the same"),
}
"""Python modules that are not to be analysed: name → (MB, why)."""

if sys.platform == "win32":
    # On Linux the system's keyring is spoken to with it.
    MODULES["cryptography"] = (9.0, "for encrypted PDF files, whose text is not read")
    MODULES["secretstorage"] = (0.1, "the keyring of Linux")
    MODULES["jeepney"] = (0.3, "comes with secretstorage")
    MODULES["cffi"] = (0.6, "pywin32-ctypes does as well with ctypes")
    MODULES["pycparser"] = (0.8, "comes with cffi")


@dataclass(frozen=True, slots=True)
class Files:
    """Files that PyInstaller's hooks collect although they are not needed; matched on the path with ``/``."""

    what: str
    megabytes: float
    why: str
    pattern: re.Pattern[str]


def _files(what: str, megabytes: float, why: str, pattern: str) -> Files:
    return Files(what, megabytes, why, re.compile(pattern, re.IGNORECASE))


FILES: tuple[Files, ...] = (
    _files("software OpenGL", 20.0, "widgets are painted without it", r"^PySide6/opengl32sw\.dll$"),
    _files(
        "Qt libraries",
        10.0,
        "of modules that are left out, brought by plugins that are left out too",
        r"^(PySide6/(Qt/lib/)?)?(lib)?Qt6(Network|Qml\w*|Quick\w*|VirtualKeyboard\w*|Pdf|Sql|Test|EglFS\w*)\b",
    ),
    _files("Qt's OpenGL helper", 2.0, "of widgets that paint with OpenGL", r"^PySide6/Qt6OpenGL\w*\.dll$"),
    _files(
        "translations of Qt's own words",
        6.3,
        "only Chinese and English are offered",
        r"^PySide6/(Qt/)?translations/(?!qtbase_(zh_CN|en)\.qm$)",
    ),
    _files(
        "plugins of Qt",
        1.5,
        "network, databases, printing, keyboards on the screen, other ways to a display",
        r"^PySide6/(Qt/)?plugins/(tls|networkinformation|generic|sqldrivers|printsupport|egldeviceintegrations"
        r"|platforminputcontexts/.*virtualkeyboard|platforms/(lib)?q(direct2d|minimalegl|eglfs|linuxfb|vkkhrdisplay|vnc)\b)",
    ),
    _files(
        "picture formats",
        0.9,
        "nothing shows such pictures",
        r"^PySide6/(Qt/)?plugins/imageformats/(lib)?q(tiff|webp|tga|wbmp|icns|pdf)\b",
    ),
    _files(
        "dictionaries of jieba", 5.0, "resources/dictionary replaces them", r"^jieba/(dict\.txt|.*\.(p|txt|utf8|py)$)"
    ),
    _files("what is left of jieba's models", 12.0, "as above", r"^jieba/(lac_small|analyse|posseg)/"),
    _files(
        "files for compilers and editors",
        1.0,
        "nobody compiles against an installed program",
        r"(\.pyi|/py\.typed|\.lib|\.a|\.cmake|\.h|\.pxd|\.pyx|\.hash)$",
    ),
    _files("GTK", 1.0, "the window has a look of its own", r"^PySide6/(Qt/)?plugins/platformthemes/lib(qgtk3)\.so$"),
    _files(
        "the compiler's libraries",
        2.3,
        "newer ones than these are part of every system with a window, and graphics drivers need those",
        r"^(libgcc_s\.so\.1|libstdc\+\+\.so\.6)$",
    ),
)
"""What of the collected files stays behind."""


def left_out(path: str) -> Files | None:
    """The rule by which the file ``path`` (in the finished program) is left out; None when it belongs in."""
    plain = path.replace("\\", "/")
    return next((rule for rule in FILES if rule.pattern.search(plain)), None)
