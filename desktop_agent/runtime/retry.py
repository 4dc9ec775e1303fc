"""Trying again what may work the next time: a busy file, a slow network.

Only for work that may be done twice without harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

log = logging.getLogger(__name__)

R = TypeVar("R")


@dataclass(slots=True)
class Retries:
    """What trying again has cost so far; one may be shared by many calls."""

    calls: int = 0
    attempts: int = 0
    """Never below ``calls``; their difference is how often something was tried again."""
    given_up: int = 0
    last_failure: BaseException | None = None


async def retrying(
    work: Callable[[], Awaitable[R]],
    on: type[Exception] | tuple[type[Exception], ...],
    *,
    name: str,
    attempts: int = 4,
    first_pause_s: float = 0.5,
    longest_pause_s: float = 30.0,
    least_pause_s: Callable[[BaseException], float] = lambda _: 0.0,
    counter: Retries | None = None,
    level: int = logging.WARNING,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> R:
    """What ``work()`` returns, tried at most ``attempts`` times while it raises ``on``.

    The pauses double from ``first_pause_s`` up to ``longest_pause_s``; each has up to
    ``first_pause_s`` added at random, so that many clients do not come back at once.
    ``least_pause_s`` says for a failure how long whoever failed wants to be left alone. Each
    failure but the last is logged at ``level``.

    Raises:
        what the last attempt raised; anything that is not ``on`` at once.
    """
    seen = counter if counter is not None else Retries()
    seen.calls += 1
    seen.attempts += 1
    try:
        return await work()
    except on as failure:
        failed = [failure]
    import tenacity  # not before something has failed: most calls never do, and it costs each 0.2 ms

    def before_pause(state: tenacity.RetryCallState) -> None:
        failure = state.outcome.exception() if state.outcome else None
        seen.last_failure = failure
        sleeps_s = state.next_action.sleep if state.next_action else 0.0
        log.log(level, "%s failed (attempt %d of %d), again in %.1f s: %s",
                name, state.attempt_number, attempts, sleeps_s, failure)  # fmt: skip

    jittered = tenacity.wait_exponential(multiplier=first_pause_s, max=longest_pause_s) + tenacity.wait_random(
        0, first_pause_s
    )

    def pause_s(state: tenacity.RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        return max(jittered(state), least_pause_s(failure) if failure else 0.0)

    runs = tenacity.AsyncRetrying(
        stop=tenacity.stop_after_attempt(attempts),
        wait=pause_s,
        retry=tenacity.retry_if_exception_type(on),
        before_sleep=before_pause,
        sleep=sleep,
        reraise=True,
    )

    async def attempt() -> R:
        if failed:
            raise failed.pop()  # the first attempt was made above
        seen.attempts += 1
        return await work()

    try:
        return await runs(attempt)
    except on as failure:
        seen.given_up += 1
        seen.last_failure = failure
        raise
