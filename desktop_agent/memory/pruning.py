"""Which messages of a history stay when it is too long. Pure: nothing is deleted anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")

IMPORTANT = 0.5
"""Messages of at least this importance stay before all others."""


def prune(messages: Sequence[T], limit: int, important: Callable[[T], bool]) -> list[T]:
    """At most ``limit`` of ``messages``, in their order.

    Important ones come first: when they alone exceed the limit the newest of them stay,
    and otherwise the newest of the others fill what is left.
    """
    if limit <= 0:
        return []
    chosen = [at for at, message in enumerate(messages) if important(message)][-limit:]
    room = limit - len(chosen)
    # Not [-room:] alone: with no room left that is everything.
    if room > 0:
        chosen += [at for at, message in enumerate(messages) if not important(message)][-room:]
    return [messages[at] for at in sorted(chosen)]
