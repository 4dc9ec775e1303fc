"""A model in memory with everything that belongs to it, and how it gets there."""

from __future__ import annotations

import functools
import logging
import os
import time
from dataclasses import dataclass
from pathlib import Path

from desktop_agent import __version__
from desktop_agent.inference.engine import Progress
from desktop_agent.inference.gguf import Header, read_header
from desktop_agent.inference.keeping import Keeper
from desktop_agent.inference.library import library
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.loading import StopFlag, Stopped, ThreadCounts
from desktop_agent.inference.plan import Plan, Wish, planned
from desktop_agent.inference.states import States, state_key
from desktop_agent.inference.template import Layout
from desktop_agent.runtime.readings import Computer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything that is there while the model is in memory."""

    model: LlamaModel
    layout: Layout
    keeper: Keeper
    counts: ThreadCounts
    plan: Plan
    bytes: int


def load(path: Path, wish: Wish, n_threads: int, states: States | None, stop: StopFlag, progress: Progress) -> Loaded:
    """Load the model in ``path`` as near to ``wish`` as the free memory allows; in a worker.

    Raises:
        ModelUnusable: it cannot be used. NotAvailable: llama.cpp cannot be had.
        Stopped: the flag was set.
    """

    def go_on() -> None:
        # Between the steps in which llama.cpp does not look at the flag.
        if stop:
            raise Stopped

    begun = time.perf_counter()
    progress(0.0)
    header = read_header(path, go_on)
    computer = Computer()
    ram = computer.read()
    plan = planned(header, wish, ram.ram_total, ram.ram_free)
    counts = _thread_counts(n_threads, computer.physical_cores)
    library()
    go_on()
    model = LlamaModel.load(
        path,
        context_tokens=plan.context_tokens,
        threads=counts,
        stop=stop,
        progress=progress,
        batch_tokens=plan.batch_tokens,
        kv_type=plan.kv_type,
        low_memory=plan.low_memory,
    )
    words = model.words
    layout = Layout(
        header.template,
        knows_chatml={"<|im_start|>", "<|im_end|>"} <= set(words.control_texts),
        begins_with=words.begins_with,
        ends_with=words.ends_with,
        control=words.control_texts,
    )
    seconds = time.perf_counter() - begun
    log.info("%s loaded in %.1f s: %s, %s", path.name, seconds, plan, counts)
    key = _key(header, plan, path.stat().st_mtime_ns)
    keeper = Keeper(model, states, key, lambda: computer.read().ram_free)
    needed = header.needed_bytes(model.context_tokens, plan.batch_tokens, plan.kv_type)
    return Loaded(model, layout, keeper, counts, plan, needed)


def _thread_counts(wanted: int, physical_cores: int) -> ThreadCounts:
    if wanted:
        return ThreadCounts(wanted, wanted)
    cores = min(physical_cores, os.cpu_count() or 1)
    # Reading is quick work for all cores; an answer takes long, and the window wants a core meanwhile.
    return ThreadCounts(reading=cores, answering=max(1, cores - 1))


@functools.cache
def _library_version() -> str:
    # Imported here: only a model needs it.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("llama-cpp-python")
    except PackageNotFoundError:  # a packed program; its own version says it
        return ""


def _key(header: Header, plan: Plan, changed_ns: int) -> bytes:
    """What must be the same for a KV cache to mean the same."""
    return state_key(
        header.digest, header.file_bytes, changed_ns, plan.context_tokens, plan.kv_type, _library_version(), __version__
    )
