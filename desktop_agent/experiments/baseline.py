"""The synchronous program that the paper compares with: one thread, one call after the other, no limit, no cache.

Written fairly: it keeps no connection and does nothing beside the call. Whoever waited too long has gone, but nobody
tells it, so the call is made all the same.
"""

from __future__ import annotations

import time

from desktop_agent.experiments.arrivals import Arrival, Step
from desktop_agent.experiments.simulated import call_blocking


def serve_in_order(port: int, arrivals: list[Arrival], users: int, seconds: float, timeout_seconds: float) -> Step:
    """Answer what arrives as it arrives, blocking; ends when nobody who is left still waits."""
    step = Step(users, seconds, sent=len(arrivals))
    processor, begun = time.process_time(), time.monotonic()
    for arrival in arrivals:
        now = time.monotonic() - begun
        if now > seconds + timeout_seconds:
            break  # all that are left have given up
        if now < arrival.second:
            time.sleep(arrival.second - now)
        call_blocking(port, arrival.milliseconds)
        took = time.monotonic() - begun - arrival.second
        if took <= timeout_seconds:
            step.note_done(took, arrival.milliseconds)
    step.failed = step.sent - step.done
    step.cpu_percent = 100 * (time.process_time() - processor) / (time.monotonic() - begun)
    return step
