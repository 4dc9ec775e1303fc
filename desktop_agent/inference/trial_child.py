"""The child process in which a model file is tried: loaded, read to, made to answer two tokens.

It may die of what is in the file. What it finds out goes to its standard output, one JSON
object a line: ``{"done": fraction}`` while it loads, and last ``{"outcome": …}``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from desktop_agent.errors import AgentError, ModelUnusable
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.gguf import read_header
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.loading import StopFlag, ThreadCounts
from desktop_agent.inference.plan import Wish, planned
from desktop_agent.inference.verdicts import Outcome
from desktop_agent.runtime import child
from desktop_agent.runtime.readings import Computer

CONTEXT_TOKENS = 256
STEPS = 20
"""Times that the progress is told at most."""


def run(arguments: Sequence[str]) -> NoReturn:
    """Try a file; ``arguments`` are its path and the values of ``kv_type`` and ``low_memory``. Ends the process."""
    child.stand_alone()
    try:
        _try(Path(arguments[0]), Wish(CONTEXT_TOKENS, *arguments[1:]))
        _say({"outcome": Outcome.GOOD})
    except ModelUnusable as error:
        short = any("allocate" in note for note in getattr(error, "__notes__", ()))
        _say({"outcome": Outcome.NO_MEMORY if short else Outcome.REFUSED, "error": error.record()})
    except AgentError as error:
        _say({"outcome": None, "error": error.record()})  # it says nothing about the file
    except MemoryError:
        _say({"outcome": Outcome.NO_MEMORY})
    # Nothing to tidy up, and llama.cpp needs seconds to give back a large model.
    os._exit(0)


def _try(path: Path, wish: Wish) -> None:
    ram = Computer().read()
    plan = planned(read_header(path), wish, ram.ram_total, ram.ram_free)
    told = -1

    def progress(fraction: float) -> None:
        nonlocal told
        if (step := int(fraction * STEPS)) > told:
            told = step
            _say({"done": fraction})

    counts = ThreadCounts(*[min(2, os.cpu_count() or 1)] * 2)
    model = LlamaModel.load(
        path,
        context_tokens=plan.context_tokens,
        threads=counts,
        stop=StopFlag(),
        progress=progress,
        batch_tokens=plan.batch_tokens,
        kv_type=plan.kv_type,
        low_memory=plan.low_memory,
    )
    prompt = model.prompt("Hello, what is your name?")
    if prompt.tokens:
        model.read(prompt)
        # One token computed alone: other code runs than for many.
        model.write(Sampling(reply_tokens=2), lambda _: None)


def _say(told: dict[str, Any]) -> None:
    child.say(json.dumps(told).encode("ascii"))
