"""A model file tried in a child process, so that one that brings llama.cpp down costs a sentence and not the window.

Whatever happens to the child, whoever waits gets a verdict within a bounded time; leaving
early, by stopping or by closing the program, ends the child.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import subprocess
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import ModelUnusable, NotAvailable
from desktop_agent.inference import TRY_MODEL
from desktop_agent.inference.engine import Progress
from desktop_agent.inference.header import Header
from desktop_agent.inference.verdicts import Outcome, Verdict
from desktop_agent.runtime import child
from desktop_agent.runtime.threads import Emit, Threads

if TYPE_CHECKING:
    from desktop_agent.inference.plan import Wish

log = logging.getLogger(__name__)

LEAST_SECONDS, BYTES_PER_SECOND = 60.0, 20 << 20
"""A trial may take this long: an old hard disk gives 60 MB a second, and a virus scanner reads along."""
LONGEST_LINE = 1 << 16

_ILLEGAL_INSTRUCTION = (-getattr(signal, "SIGILL", 4), 0xC000001D)
_NOT_BEGUN = (0, 1, 2)
"""Ends of a Python program that was not killed: it did not understand its command line, or lacks a part."""
_NO_MEMORY = (-getattr(signal, "SIGKILL", 9), 0xC0000017, 0xC000012D)
"""By the system, on Linux; on Windows by giving no memory, or no commit."""


class CannotTry(Exception):
    """A child process cannot be started here, or did not get as far as the file."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """What the child said last, its exit status, and the last lines of what llama.cpp said."""

    told: dict[str, Any]
    status: int
    noise: str


async def tried(header: Header, wish: Wish, threads: Threads, progress: Progress | None = None) -> Verdict:
    """How the file behaves when it is loaded as ``wish`` says, but with a small context, and answers.

    ``progress`` is called on the loop. Cancelling ends the child.

    Raises:
        NotAvailable: the child could not try it, for a reason that says nothing about the file.
        CannotTry: there was no child that could.
    """
    path, limit = header.path, seconds_allowed(header.file_bytes)

    def work(emit: Emit[float]) -> _Ended | None:
        return _run(path, command(path, wish), emit)

    try:
        async with asyncio.timeout(limit), threads.stream(work, f"trial of {path.name}") as steps:
            async for fraction in steps:
                if progress:
                    progress(fraction)
            ended = steps.result
    except TimeoutError:
        log.warning("the trial of %s was not done after %.0f s", path.name, limit)
        return Verdict(Outcome.TOO_SLOW, _too_slow(path, limit))
    if ended is None:  # the program is closing
        raise CannotTry
    return _verdict(path, ended)


def seconds_allowed(file_bytes: int) -> float:
    """How long the trial of such a file may take."""
    return LEAST_SECONDS + file_bytes / BYTES_PER_SECOND


def command(path: Path, wish: Wish) -> list[str]:
    """What starts the child for ``path``."""
    return child.command(TRY_MODEL, [str(path), wish.kv_type, wish.low_memory])


def _run(path: Path, words: list[str], emit: Emit[float]) -> _Ended | None:
    """Start the child and hear it to its end, in a worker; None when it was ended from here."""
    told: dict[str, Any] = {}
    noise: deque[str] = deque(maxlen=12)
    with _started(path, words) as process:
        emit.on_stop(child.ender(process))
        assert process.stdout is not None
        while line := process.stdout.readline(LONGEST_LINE):
            try:
                told = json.loads(line)
                if "done" in told:
                    emit(float(told["done"]))
            except (ValueError, TypeError):
                noise.append(line.decode("utf-8", "replace").strip())
        status = process.wait()
    if emit.stopped:  # it was ended from here, and its end says nothing
        return None
    return _Ended(told if isinstance(told, dict) else {}, status, "; ".join(noise))


def _started(path: Path, words: list[str]) -> subprocess.Popen[bytes]:
    try:
        return child.started(words, errors=True)
    except (OSError, ValueError) as error:
        log.warning("no process for the trial of %s: %s", path.name, error)
        raise CannotTry from error


def _verdict(path: Path, ended: _Ended) -> Verdict:
    if ended.status == 0 and "outcome" in ended.told:
        return _told(path, ended.told)
    log.warning("the trial of %s ended with %s: %s", path.name, ended.status, ended.noise)
    if ended.status in _NOT_BEGUN:
        raise CannotTry
    if ended.status in _NO_MEMORY:
        return Verdict(Outcome.NO_MEMORY, _no_memory(path))
    if ended.status in _ILLEGAL_INSTRUCTION:
        error = ModelUnusable(
            "{file} needs an instruction that this processor does not have.",
            hint="Choose another model, or install the program again.",
            file=path.name,
        )
    else:
        error = ModelUnusable(
            "{file} ended its trial with a crash ({reason}), so it is not loaded.",
            hint="Download it again or choose another model. Choosing it once more tries it again.",
            file=path.name,
            reason=_reason(ended.status),
        )
    return Verdict(Outcome.CRASHED, error)


def _told(path: Path, told: dict[str, Any]) -> Verdict:
    if told["outcome"] is None:
        raise NotAvailable.again(told["error"])
    outcome = Outcome(told["outcome"])
    if outcome is Outcome.GOOD:
        return Verdict(outcome)
    return Verdict(outcome, ModelUnusable.again(told["error"]) if "error" in told else _no_memory(path))


def _reason(status: int) -> str:
    """What the system calls such an end."""
    if status < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-status).name
    return f"0x{status:X}" if status > 255 else str(status)


def _no_memory(path: Path) -> ModelUnusable:
    return ModelUnusable(
        "There is too little memory to load {file}.",
        hint="Close other programs, or choose a smaller model.",
        file=path.name,
    )


def _too_slow(path: Path, seconds: float) -> ModelUnusable:
    return ModelUnusable(
        "{file} was not ready after {seconds} seconds, so it is not loaded.",
        hint="The disk may be busy or slow. Choosing it once more tries it again.",
        file=path.name,
        seconds=round(seconds),
    )
