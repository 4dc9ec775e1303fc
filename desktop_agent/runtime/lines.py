"""Lines of standard input for a loop that must not wait.

A read cannot be ended from outside, so each has a daemon thread that the end of the
process simply leaves behind; ``Threads.close`` would wait for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator


async def standard_input(prompt: str = "") -> AsyncIterator[str]:
    """The lines of standard input without their ends, each read when it is asked for.

    With a ``prompt`` it is shown before each line, and the line can be edited as the
    terminal allows.
    """
    loop = asyncio.get_running_loop()
    while True:
        got: asyncio.Future[str | None] = loop.create_future()
        threading.Thread(target=_read, args=(prompt, loop, got), name="standard input", daemon=True).start()
        line = await got
        if line is None:
            return
        yield line


def _read(prompt: str, loop: asyncio.AbstractEventLoop, got: asyncio.Future[str | None]) -> None:
    line: str | None = None
    with contextlib.suppress(EOFError, OSError, ValueError):  # the end, or a stream that was closed
        if sys.stdin is None:
            pass  # the program was started without any: the end
        elif prompt:
            line = input(prompt)
        elif raw := sys.stdin.readline():
            line = raw.removesuffix("\n")
    with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
        loop.call_soon_threadsafe(_settle, got, line)


def _settle(got: asyncio.Future[str | None], line: str | None) -> None:
    if not got.done():
        got.set_result(line)
