"""The process in which an attached file is read and cut into parts with their terms.

It may die of what is in the file. It tells ``{"page": n, "of": m}`` while it reads, and last what it found.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from desktop_agent.documents import OUT_OF_MEMORY
from desktop_agent.documents.read import read
from desktop_agent.errors import BadInput
from desktop_agent.memory import passages
from desktop_agent.runtime import child

MOST_BYTES = 768 << 20
"""Memory of the process: a PDF of 64 MB may unpack a page to several times that, and a laptop has 4 GB."""


def run(arguments: Sequence[str]) -> NoReturn:
    """Read the file whose path is the first of ``arguments``. Ends the process."""
    child.stand_alone(MOST_BYTES)
    sys.setrecursionlimit(3000)
    _say({"page": 0, "of": 0})  # it has begun: whatever ends it now is the file
    try:
        found = read(Path(arguments[0]), lambda page, of: _say({"page": page, "of": of}))
        parts = map(passages.with_terms, passages.split(found.pages, numbered=found.numbered))
        _say(
            {
                "kind": found.kind,
                "pages": len(found.pages) if found.numbered else 0,
                "cut": found.cut,
                "parts": [[part.first, part.last, part.text, part.terms] for part in parts],
            }
        )
    except BadInput as error:
        _say({"error": error.record()})
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def _say(told: dict[str, Any]) -> None:
    child.say(json.dumps(told).encode("ascii"))
