"""Coroutines that the window starts, with one owner.

A handler (a click, a key) may not wait; it hands a coroutine to ``Work`` and goes
on. After each ``await`` such a coroutine must expect that the user went elsewhere;
after ``close`` it is cancelled and never touches the window again, and no other is begun.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from desktop_agent.errors import AgentError
from desktop_agent.words import _

T = TypeVar("T")
log = logging.getLogger(__name__)


class Work:
    """Keeps started coroutines alive, tells the user about their troubles, ends them at close."""

    def __init__(self, tell: Callable[[str], object]) -> None:
        self._tell = tell
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False

    def start(self, coroutine: Coroutine[Any, Any, T]) -> asyncio.Task[T] | None:
        """Run ``coroutine``; an ``AgentError`` it raises is shown, a bug is logged and shown as one sentence.

        After ``close`` nothing is begun, and None returned: a timer of the window may still fire
        when the loop is gone.
        """
        if self._closed:
            coroutine.close()
            return None
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def tell(self, error: BaseException) -> None:
        """Show what went wrong, in the user's language."""
        if isinstance(error, AgentError):
            log.warning("%s", error)
            self._tell(error.told())
        else:
            log.error("A mistake of the program", exc_info=error)
            self._tell(_("Something went wrong inside the program. Details are in the log: Settings, About."))

    async def close(self) -> None:
        """Cancel what still runs and wait until it has really ended."""
        self._closed = True
        while tasks := [task for task in self._tasks if task is not asyncio.current_task()]:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not self._closed:
            self.tell(error)
        elif not task.cancelled() and task.exception() is not None:
            log.error("Ended badly at close", exc_info=task.exception())
