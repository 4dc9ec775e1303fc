"""The project's own tests in the Windows Python under Wine; the trap: Wine sees the tree as the drive R:, which nobody
can write.

``python3.11 packaging/wine/prove.py test tests/server tests/memory/test_notes.py -k copy``: words that name files of
the tree are turned into those of the drive, everything goes on to pytest.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from box import Box, Look
from llama_wheel import ROOT, BuildFailed

DRIVE = "R:"
AREAS = (
    *("runtime", "settings", "memory", "inference", "documents", "assistant", "experiments"),
    *("server", "terminal", "packaging"),
)
"""What a proof runs: everything below the window."""
_LONGEST_S = 300
"""For one test; a process starts several times slower under Wine."""
_FONTS = r"Z:\usr\share\fonts\truetype\dejavu"
"""For windows that are painted into memory; Wine has no fonts of its own."""
_OPTIONS = ("-q", "-p", "no:cacheprovider", "--rootdir", f"{DRIVE}\\", "-c", rf"{DRIVE}\pyproject.toml")


def run(box: Box, python: str, look: Look, words: Sequence[str] = ()) -> None:
    """Run the tests that ``words`` ask for, or all of ``AREAS``, with the Windows program ``python``.

    Raises:
        BuildFailed: one failed.
    """
    given = {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": f"{DRIVE}\\", "QT_QPA_FONTDIR": _FONTS}
    chosen = [on_drive(word) for word in words or [f"tests/{area}" for area in AREAS]]
    options = (*_OPTIONS, "--timeout", str(_LONGEST_S), "--tb", "short", "-rs")
    if box.program(python, "-m", "pytest", *options, *chosen, look=look, variables=given):
        raise BuildFailed("Tests failed in the Windows Python.")


def on_drive(word: str) -> str:
    """A file of the tree, with or without the name of a test behind it, as Wine sees it; other words as they are."""
    path, sign, name = word.partition("::")
    place = Path(path).resolve()
    if not place.exists() or not place.is_relative_to(ROOT):
        return word
    return f"{DRIVE}\\" + "\\".join(place.relative_to(ROOT).parts) + sign + name
