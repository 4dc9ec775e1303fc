"""Conversations taking turns in one model: each finds again what the model had read of it.

Everything here blocks and belongs into the worker that has the model.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.states import Owner, States

log = logging.getLogger(__name__)

LEAST_KEPT = 32
"""Tokens below which reading again is as quick as a file."""
RAM_RESERVE = 128 << 20
"""Bytes that stay free while a state is in memory on its way to the disk."""


class Keeper:
    """Knows whose text the KV cache of ``model`` holds.

    What was read stays in the cache until another conversation asks, and then goes to
    ``states``; without them it is lost. ``key`` says what can use it again, ``ram_free`` how
    many bytes are free now, None when that is not known.
    """

    def __init__(
        self, model: LlamaModel, states: States | None, key: bytes, ram_free: Callable[[], int | None]
    ) -> None:
        self._model = model
        self._states = states
        self._key = key
        self._ram_free = ram_free
        self._owner: Owner | None = None
        self._changed = False

    @property
    def conversation(self) -> int | None:
        """The conversation whose text is held; None when it is that of no one or of one that was deleted."""
        return self._owner.conversation if self._owner and self._owner == self._current(self._owner) else None

    def turn_to(self, conversation: int | None, stopped: Callable[[], bool] = bool) -> None:
        """Keep what is held, and bring back what was kept of ``conversation``."""
        owner = None if conversation is None else self._current(Owner(conversation))
        if owner == self._owner:
            return
        self.keep(stopped)
        self._owner, self._changed = owner, False
        if owner is None or self._states is None:
            return
        state = self._states.load(owner, self._key)
        if state is not None and not self._model.restore(state):
            log.warning("llama.cpp does not take back what was kept of conversation %d", owner.conversation)

    def change(self) -> None:
        """Be told that the model reads or writes now."""
        self._changed = True

    def keep(self, stopped: Callable[[], bool] = bool) -> bool:
        """Write what is held to the disk, if that is not done; whether it is there now."""
        if self._owner is None or self._states is None or not self._states.most_bytes:
            return False
        if not self._changed:
            return True
        if self._model.computed < LEAST_KEPT:
            return False
        size, free = self._model.state_bytes, self._ram_free()
        if size > self._states.most_bytes or (free is not None and free < size + RAM_RESERVE):
            return False
        state = self._model.state()
        if state is None or not self._states.save(self._owner, self._key, state, stopped):
            return False
        self._changed = False
        return True

    def _current(self, owner: Owner) -> Owner:
        return self._states.owner(owner.conversation) if self._states else owner
