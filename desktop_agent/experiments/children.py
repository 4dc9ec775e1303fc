"""The processes that experiments start: this program again, told by its first word what it shall be."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from desktop_agent.experiments import CHILD
from desktop_agent.runtime.child import command

ENDING_SECONDS = 5.0


@asynccontextmanager
async def child(role: str, *arguments: str) -> AsyncIterator[Process]:
    """A process with this ``role`` for as long as the block runs; it should end when its standard input does."""
    words = command(CHILD, (role, *arguments))
    process = await asyncio.create_subprocess_exec(*words, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
    try:
        yield process
    finally:
        assert process.stdin
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), ENDING_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def say(record: object) -> None:
    """One JSON line to the parent."""
    sys.stdout.write(json.dumps(record) + "\n")
    sys.stdout.flush()
