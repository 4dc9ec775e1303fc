"""A model file brought into memory by llama.cpp, stoppable. Everything here blocks but the flag."""

from __future__ import annotations

import ctypes
import functools
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference.engine import Progress
from desktop_agent.inference.header import BATCH_TOKENS
from desktop_agent.inference.library import forget_errors, last_errors, library

LEAST_CONTEXT, MOST_CONTEXT = 256, 1 << 20
"""llama.cpp rounds up to the one; far beyond the other it takes all memory without an error."""


_UNKNOWN = re.compile(r"unknown model architecture: '(.*?)'")


class Stopped(Exception):
    """The stop flag was set."""


class StopFlag:
    """Stops what a model does; may be set from any thread.

    llama.cpp looks at it between its steps through libc's ``strlen``: an empty string goes
    on, one of one character stops. So its threads never wait for Python's lock.
    """

    def __init__(self) -> None:
        self._text = ctypes.create_string_buffer(2)

    def set(self) -> None:
        self._text[0] = b"\x01"

    def clear(self) -> None:
        self._text[0] = b"\x00"

    def __bool__(self) -> bool:
        return self._text[0] != b"\x00"

    @property
    def address(self) -> ctypes.c_void_p:
        """Where the text is; good as long as the flag lives."""
        return ctypes.cast(self._text, ctypes.c_void_p)


@dataclass(frozen=True, slots=True)
class ThreadCounts:
    """Processor cores for reading a prompt and for answering."""

    reading: int
    answering: int


def load_file(
    path: Path,
    stop: StopFlag,
    progress: Progress | None = None,
    *,
    low_memory: bool = False,
) -> int:
    """The model in ``path``, to be freed with ``llama_model_free``.

    With ``low_memory`` the weights stay in the file: the system fetches them when they are
    needed and may drop them again. Such a file must not be changed while it is in use.

    Raises:
        ModelUnusable: llama.cpp refused the file.
        NotAvailable: llama.cpp itself cannot be had.
        Stopped: the flag was set.
    """
    llama = library()
    forget_errors()

    def told(fraction: float, _data: object) -> bool:
        if progress:
            progress(fraction)
        return not stop

    params = llama.llama_model_default_params()
    callback = llama.llama_progress_callback(told)
    params.progress_callback = callback
    # As a rule read, not mapped: with repacked weights a mapped file is in memory twice (607 against 416 MB for half
    # a billion parameters), and a file that is cut while it is mapped kills the process.
    params.load_mode = llama.LLAMA_LOAD_MODE_MMAP if low_memory else llama.LLAMA_LOAD_MODE_NONE
    params.use_extra_bufts = not low_memory
    model = llama.llama_model_load_from_file(_encoded(path), params)
    if model:
        return int(model)
    if stop:
        raise Stopped
    raise _refused(path)


def make_context(
    model: int,
    path: Path,
    context_tokens: int,
    threads: ThreadCounts,
    stop: StopFlag,
    *,
    batch_tokens: int = BATCH_TOKENS,
    kv_type: str = "f16",
) -> int:
    """A context of ``context_tokens`` for one conversation at a time, to be freed with ``llama_free``.

    Raises:
        ModelUnusable: there is too little memory, or the model cannot answer at all.
    """
    llama = library()
    params = llama.llama_context_default_params()
    params.n_ctx = max(context_tokens, LEAST_CONTEXT)
    params.n_batch = params.n_ubatch = batch_tokens
    params.n_seq_max = 1
    params.n_threads, params.n_threads_batch = threads.answering, threads.reading
    params.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_AUTO
    if kv_type == "q8_0":
        # llama.cpp has no other way to compute with a quantized cache.
        params.flash_attn_type = llama.LLAMA_FLASH_ATTN_TYPE_ENABLED
        params.type_k = params.type_v = llama.GGML_TYPE_Q8_0
    params.swa_full = True  # else a model with a sliding window could not go back to an earlier place
    params.no_perf = True
    context = None
    if not llama.llama_model_has_encoder(model):
        context = llama.llama_init_from_model(model, params)
    if not context:
        raise _no_context(path, context_tokens)
    llama.llama_set_abort_callback(context, _looks_at_flag(llama), stop.address)
    return int(context)


@functools.cache
def _looks_at_flag(llama: Any) -> Any:
    libc = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
    return llama.ggml_abort_callback(ctypes.cast(libc.strlen, ctypes.c_void_p).value)


def _encoded(path: Path) -> bytes:
    # llama.cpp opens UTF-8 names on Windows, elsewhere the bytes as they are.
    return str(path).encode("utf-8", "surrogatepass") if sys.platform == "win32" else os.fsencode(path)


def _refused(path: Path) -> ModelUnusable:
    said = last_errors()
    if unknown := _UNKNOWN.search(said):
        error = ModelUnusable(
            "{file} has the architecture {architecture}, which this program does not know.",
            hint="Choose another model, or update the program.",
            file=path.name,
            architecture=unknown[1],
        )
    elif "unable to allocate" in said or "failed to allocate" in said:
        error = ModelUnusable(
            "There is too little memory to load {file}.",
            hint="Close other programs, or choose a smaller model.",
            file=path.name,
        )
    else:
        error = ModelUnusable(
            "{file} cannot be used: its contents do not fit together.",
            hint="Download it again or choose another model.",
            file=path.name,
        )
    error.add_note(said)
    return error


def _no_context(path: Path, context_tokens: int) -> ModelUnusable:
    error = ModelUnusable(
        "{file} cannot answer with a context of {tokens} tokens.",
        hint="There may be too little memory: choose a smaller context (context_tokens) or a smaller model.",
        file=path.name,
        tokens=context_tokens,
    )
    error.add_note(last_errors())
    return error
