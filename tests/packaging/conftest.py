"""The scripts that make the finished programs, importable as they import each other."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
for place in (ROOT / "packaging" / "bundle", ROOT / "packaging", ROOT / "packaging" / "wine"):
    if str(place) not in sys.path:
        sys.path.append(str(place))
