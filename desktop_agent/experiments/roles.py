"""What a process of the experiments can be, told by its first word."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_agent.experiments import cold_start, keeping, simulated


def run(arguments: Sequence[str]) -> int:
    """Be the child that ``arguments`` ask for; the exit status."""
    role, *rest = arguments
    match role:
        case simulated.ROLE:
            simulated.serve()
        case cold_start.ROLE:
            cold_start.start(rest[0])
        case keeping.ROLE:
            keeping.keep(rest)
        case _:
            return 2
    return 0
