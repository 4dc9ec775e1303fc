"""The process in which an attached file is read and cut into parts with their terms.

It may die of what is in the file. It tells ``{"page": n, "of": m}`` while it reads, and last what it found.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from desktop_agent.documents import OUT_OF_MEMORY
from desktop_agent.documents.read import read
from desktop_agent.errors import BadInput
from desktop_agent.memory import passages
from desktop_agent.memory.passages import Part
from desktop_agent.runtime import child

MOST_SECONDS = 80.0
"""Then what was read so far is what is taken; an old laptop makes the terms of some 300,000 letters until then."""
MOST_BYTES = 768 << 20
"""Memory of the process: a PDF of 64 MB may unpack a page to several times that, and a laptop has 4 GB."""


def run(arguments: Sequence[str]) -> NoReturn:
    """Read the file whose path is the first of ``arguments``. Ends the process."""
    child.stand_alone(MOST_BYTES)
    sys.setrecursionlimit(3000)
    _say({"page": 0, "of": 0})  # it has begun: whatever ends it now is the file
    until = time.monotonic() + MOST_SECONDS
    try:
        found = read(Path(arguments[0]), lambda page, of: _say({"page": page, "of": of}))
        parts, all_ = with_terms(passages.split(found.pages, numbered=found.numbered), until)
        _say(
            {
                "kind": found.kind,
                "pages": len(found.pages) if found.numbered else 0,
                "cut": found.cut or not all_,
                "parts": [[part.first, part.last, part.text, part.terms] for part in parts],
            }
        )
    except BadInput as error:
        _say({"error": error.record()})
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def with_terms(parts: Sequence[Part], until: float) -> tuple[list[Part], bool]:
    """``parts`` with what they are found by, as many as can be done ``until`` then, and whether that is all."""
    done: list[Part] = []
    for part in parts:
        if time.monotonic() > until and done:
            return done, False
        done.append(passages.with_terms(part))
    return done, True


def _say(told: dict[str, Any]) -> None:
    child.say(json.dumps(told).encode("ascii"))
