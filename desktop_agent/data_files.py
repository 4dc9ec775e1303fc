"""Where the program's own data files are."""

from __future__ import annotations

import sys
from pathlib import Path


def resources() -> Path:
    """The folder ``resources/``: inside a frozen program, else in the source tree."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"
