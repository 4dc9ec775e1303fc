"""Which notes belong to a question: the best few that fit into a small budget of tokens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop_agent.assistant.prompt import estimated_tokens
from desktop_agent.messages import FoundNote

_ENOUGH_TO_SHORTEN = 24
"""Tokens that must be left for a note to be worth showing in part."""


def within_budget(found: Iterable[FoundNote], *, most: int, tokens: int) -> tuple[FoundNote, ...]:
    """The first ``most`` of ``found`` (best first) that need at most ``tokens`` together.

    A note that is longer than what is left is shortened once ("…"), so that one long
    note neither hides the short ones behind it nor is lost itself.
    """
    taken: list[FoundNote] = []
    left, shortened = tokens, False
    for candidate in found:
        if len(taken) == most:
            break
        cost = _cost(candidate.note.text)
        if cost > left:
            if shortened or left < _ENOUGH_TO_SHORTEN:
                continue
            share = len(candidate.note.text) * (left - 4) // cost
            candidate = replace(
                candidate, note=replace(candidate.note, text=candidate.note.text[:share].rstrip() + "…")
            )
            cost, shortened = left, True
        taken.append(candidate)
        left -= cost
    return tuple(taken)


def _cost(text: str) -> int:
    return estimated_tokens(text) + 2  # the dash before it and the line end
