"""The child process in which a model file is tried: loaded, read to, made to answer two tokens.

It may die of what is in the file. What it finds out goes to its standard output, one JSON
object a line: ``{"done": fraction}`` while it loads, and last ``{"outcome": …}``.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
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
from desktop_agent.runtime.readings import Computer

CONTEXT_TOKENS = 256
STEPS = 20
"""Times that the progress is told at most."""
INPUT, OUTPUT = 0, 1


def run(arguments: Sequence[str]) -> NoReturn:
    """Try a file; ``arguments`` are its path and the values of ``kv_type`` and ``low_memory``. Ends the process."""
    _stand_alone()
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
    # Not print: in a program without a console sys.stdout is None, while the pipe is there.
    with contextlib.suppress(OSError):  # nobody listens any more
        os.write(OUTPUT, json.dumps(told).encode("ascii") + b"\n")


def _stand_alone() -> None:
    """Die quietly, alone, first when memory is short, and when nobody waits for the result."""
    if sys.platform == "win32":
        import ctypes

        no_critical_box, no_fault_box = 0x0001, 0x0002
        ctypes.windll.kernel32.SetErrorMode(no_critical_box | no_fault_box)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000")
    # The one thread outside of runtime/: a process of its own that ends with it.
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # The parent never writes; the end of its pipe means that it has gone.
    try:
        while os.read(INPUT, 1):
            pass
    except OSError:  # started by hand, without a pipe
        return
    os._exit(1)
