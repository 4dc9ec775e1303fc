"""llama.cpp's library: loaded once, its log led into ours.

Only this package knows ``llama_cpp``, and of that only the bindings: the package's own
``__init__`` would load numpy, jinja2 and diskcache (24 MB, 0.2 s). Everything here blocks
and belongs into a worker thread.
"""

from __future__ import annotations

import ctypes
import functools
import importlib
import importlib.util
import logging
import os
import sys
import threading
from collections import deque
from pathlib import Path
from typing import Any

from desktop_agent.errors import NotAvailable
from desktop_agent.inference import VARIANT_LIMIT
from desktop_agent.inference.variants import AUTOMATIC, Chosen, load_best
from desktop_agent.system import give_back_heap

log = logging.getLogger(__name__)

LARGE_BYTES = 4 << 20
KEPT_BYTES = 2 << 20
"""More than what choosing a token takes for a moment (1.8 MB for 151,936 words)."""
_TRIM_THRESHOLD, _MAP_THRESHOLD = -1, -3
"""``M_TRIM_THRESHOLD`` and ``M_MMAP_THRESHOLD`` of glibc's malloc.h."""

_ERROR, _CONTINUED = 4, 5
_errors: deque[str] = deque(maxlen=8)
_lock = threading.Lock()
_callbacks: list[Any] = []
"""The log callback: ctypes does not keep it alive, and llama.cpp calls it until the process ends."""


def library() -> Any:
    """The bindings ``llama_cpp.llama_cpp``, with llama.cpp ready for work.

    Raises:
        NotAvailable: the library is not installed or this processor cannot run it.
    """
    with _lock:
        return _library()[0]


def variant() -> Chosen:
    """The variant of llama.cpp that computes, and why; loads the library when it is not loaded yet.

    Raises:
        NotAvailable: as ``library``.
    """
    with _lock:
        return _library()[1]


@functools.cache
def _library() -> tuple[Any, Chosen]:
    # Read when OpenMP starts. Spinning threads, its default, gave a tenth of the speed on two busy cores.
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    # A failed assertion would start a debugger, which stops the process for seconds, before it ends.
    os.environ.setdefault("GGML_NO_BACKTRACE", "1")
    try:
        bindings = _bindings()
        _listen(bindings)
        folder = Path(bindings._base_path)
        # Before llama_backend_init, which would look for it beside Python and in the current folder.
        chosen = load_best(folder, _libggml(bindings, folder), os.environ.get(VARIANT_LIMIT, AUTOMATIC))
    except (ImportError, OSError, RuntimeError) as error:
        log.warning("llama.cpp cannot be loaded", exc_info=error)
        raise NotAvailable(
            "The library that runs models (llama-cpp-python) is missing or does not run on this computer.",
            hint="Install the program again.",
        ) from error
    _map_large_memory()
    bindings.llama_backend_init()
    return bindings, chosen


def _libggml(bindings: Any, folder: Path) -> Any:
    """The handle through which the functions of libggml are found."""
    # The library that libllama brought along, never a file of that name opened beside it: in a wheel that may be a
    # copy, with a list of backends of its own that nobody reads. Only on Windows does a handle not give the
    # functions of what it brought along, and a library that is loaded is not loaded again.
    if sys.platform == "win32" and (folder / "ggml.dll").exists():
        return ctypes.CDLL(str(folder / "ggml.dll"))
    return bindings._lib


def _bindings() -> Any:
    if "llama_cpp" not in sys.modules:
        spec = importlib.util.find_spec("llama_cpp")
        if spec is None or not spec.submodule_search_locations:
            raise ImportError("llama_cpp is not installed")
        sys.modules["llama_cpp"] = importlib.util.module_from_spec(spec)  # made, but its code is not run
    return importlib.import_module("llama_cpp.llama_cpp")


def _listen(bindings: Any) -> None:
    told = bindings.llama_log_callback(_tell)
    _callbacks.append(told)
    bindings.llama_log_set(told, None)


def return_memory() -> None:
    """Give the system back what was freed; to be called when a model has gone."""
    give_back_heap()


def _map_large_memory() -> None:
    """Let large blocks of memory come from the system and go back to it one by one."""
    # Without this and the trimming, 25 reloads of a 16 MB model grew from 61 to 225 MB: glibc raises its limit
    # to the size of what was freed, and keeps blocks below that in the heaps of threads that have ended. It keeps
    # twice as much at the end of each heap, where malloc_trim reaches it in one heap only.
    if (libc := _glibc()) is not None:
        libc.mallopt(_MAP_THRESHOLD, LARGE_BYTES)
        libc.mallopt(_TRIM_THRESHOLD, KEPT_BYTES)


@functools.cache
def _glibc() -> Any:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None


def forget_errors() -> None:
    """Begin anew: what ``last_errors`` gives then belongs to what is done next."""
    _errors.clear()


def last_errors() -> str:
    """What llama.cpp complained about since ``forget_errors``; empty when it did not."""
    return "; ".join(_errors)


def _tell(level: int, text: bytes, _data: object) -> None:
    # Called from llama.cpp's own threads. Its numbers: 1 debug, 2 info, 3 warning, 4 error, 5 goes on with the last.
    line = text.decode("utf-8", "replace").strip()
    if not line or level == _CONTINUED:
        return
    if level == _ERROR:
        _errors.append(line)
    # Not louder: each stop makes three "errors" of it. Whoever raises a sentence adds ``last_errors`` to it.
    log.debug("%s", line)
