"""What came of trying model files, kept in ``models/verdicts.json``.

A verdict belongs to one file as it was (size, time, header) on one program and one
processor: when any of them changes the file is tried again. Everything here blocks.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop_agent import __version__
from desktop_agent.errors import AgentError, ModelUnusable
from desktop_agent.inference import VARIANT_LIMIT
from desktop_agent.inference.header import Header
from desktop_agent.runtime.processor import processor
from desktop_agent.system import write_atomically

log = logging.getLogger(__name__)

MOST_FILES = 100
"""The ones that were judged longest ago are forgotten."""


class Outcome(StrEnum):
    GOOD = "good"
    REFUSED = "refused"
    CRASHED = "crashed"
    TOO_SLOW = "too_slow"
    NO_MEMORY = "no_memory"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a trial ended; ``error`` is the sentence for one that is not good."""

    outcome: Outcome
    error: ModelUnusable | None = None

    @property
    def may_change(self) -> bool:
        """Whether another trial of the same file on the same computer can end differently."""
        return self.outcome in (Outcome.CRASHED, Outcome.TOO_SLOW, Outcome.NO_MEMORY)


class Verdicts:
    """The verdicts in the file ``path``; from any thread. What cannot be stored is only forgotten."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def of(self, header: Header) -> Verdict | None:
        """The verdict on this file as it is now; None when it has to be tried."""
        entry = self._entry(self._read(), header)
        if entry.get("tried_with") != tried_with():
            return None
        try:
            outcome = Outcome(entry["outcome"])
            return Verdict(outcome, None if outcome is Outcome.GOOD else ModelUnusable.again(entry["error"]))
        except (ValueError, LookupError, TypeError, AttributeError):
            return None

    def keep(self, header: Header, verdict: Verdict) -> None:
        """Store the verdict on this file."""
        told = verdict.error.record() if verdict.error else None
        self._change(header, {"tried_with": tried_with(), "outcome": str(verdict.outcome), "error": told})

    def insisted(self, header: Header) -> bool:
        """Whether the user wants this file loaded however little memory is free."""
        return self._entry(self._read(), header).get("insisted") is True

    def insist(self, header: Header) -> None:
        """Remember that the user does."""
        self._change(header, {"insisted": True})

    def _change(self, header: Header, told: Mapping[str, Any]) -> None:
        with self._lock:
            files = self._read()
            entry = {**self._entry(files, header), **told}
            files.pop(str(header.path), None)
            files[str(header.path)] = entry
            for oldest in list(files)[:-MOST_FILES]:
                del files[oldest]
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_atomically(self._path, json.dumps({"files": files}, indent=1) + "\n")
            except (AgentError, OSError) as error:
                log.warning("the verdict on a model is not kept: %s", error)

    def _entry(self, files: Mapping[str, Any], header: Header) -> dict[str, Any]:
        """What is known of the file as it is; its name and its mark alone when nothing is."""
        mark = {"size": header.file_bytes, "mtime_ns": _changed(header.path), "header": header.digest}
        known = files.get(str(header.path))
        if isinstance(known, dict) and all(known.get(name) == value for name, value in mark.items()):
            return known
        return dict(mark)

    def _read(self) -> dict[str, Any]:
        # Read anew each time: another process may have judged meanwhile, and nobody asks often.
        try:
            files = json.loads(self._path.read_text("utf-8"))["files"]
            return files if isinstance(files, dict) else {}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, LookupError, TypeError) as error:
            log.warning("the verdicts on models cannot be read and are made anew: %s", error)
            return {}


@functools.cache
def tried_with() -> str:
    """A mark of this program, its llama.cpp and this processor."""
    mark, here = hashlib.blake2b(digest_size=16), processor()
    limit = os.environ.get(VARIANT_LIMIT, "")
    for part in (__version__, limit, *_libraries(), here.name, *sorted(here.features)):
        mark.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return mark.hexdigest()


def _libraries() -> list[str]:
    """llama.cpp's files, not loaded: what they are called, how large and how old they are."""
    spec = importlib.util.find_spec("llama_cpp")
    found = []
    for folder in (spec.submodule_search_locations if spec else None) or ():
        for path in sorted(Path(folder).glob("lib/**/*")):
            state = path.stat()
            found.append(f"{path.name} {state.st_size} {state.st_mtime_ns}")
    return found


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
