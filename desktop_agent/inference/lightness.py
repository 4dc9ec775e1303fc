"""What the chosen model can do to weigh less; the governor decides when."""

from __future__ import annotations

import contextlib
import time

from desktop_agent.errors import AgentError
from desktop_agent.inference.engines import AnotherChosen, Engines
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings

LEAST_CONTEXT = 1024
"""The context is halved, but not below this."""


class Lightness:
    """Steps for the model of ``engines``; as ``runtime/governor.py`` wants them."""

    def __init__(self, engines: Engines, settings: Settings) -> None:
        self._engines = engines
        self._settings = settings
        self._unloaded_at = 0.0

    def spare_a_core(self, active: bool) -> bool:
        """Leave a core more to everything else while ``active``; False where a number of threads was asked for."""
        self._engines.spare(active)
        return self._engines.chosen is not None and not self._settings[catalogue.THREADS]

    def lower_context(self, active: bool) -> tuple[int, int] | None:
        """Load with half the context while ``active``: the tokens wanted, and those given.

        None when that changes nothing. What is loaded stays as it is.
        """
        wanted = self._engines.context_wanted
        given = max(min(wanted, LEAST_CONTEXT), wanted // 2)
        self._engines.most_context = given if active else None
        return (wanted, given) if self._engines.chosen is not None and given < wanted else None

    async def unload_idle(self) -> int:
        """Let the model leave the memory unless it is used now; the bytes that this freed."""
        chosen = self._engines.chosen
        engine = chosen.thing if chosen else None
        if chosen is None or engine is None or chosen.in_use:
            return 0
        freed = engine.memory_bytes
        await chosen.drop()
        self._unloaded_at = time.monotonic()
        return freed

    async def load_again(self) -> bool:
        """Undo ``unload_idle``, unless the model would have left by itself meanwhile; whether it was done."""
        chosen, idle_s = self._engines.chosen, self._settings[catalogue.UNLOAD_MINUTES] * 60.0
        if chosen is None or (idle_s and time.monotonic() - self._unloaded_at >= idle_s):
            return False
        # Whatever is wrong with it will be told when it is asked something.
        with contextlib.suppress(AgentError, AnotherChosen):
            async with chosen.use():
                return True
        return False
