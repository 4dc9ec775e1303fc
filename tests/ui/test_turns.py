"""What is said while a long text is read."""

from __future__ import annotations

import time

from desktop_agent.ui.turns import Turn


def begun(seconds_ago: float, at: int) -> Turn:
    turn = Turn(None, "a long text")
    turn.read_from = (time.monotonic() - seconds_ago, at)
    return turn


def test_how_far_a_text_is_read_is_told_at_once() -> None:
    assert Turn(None, "a long text").reading(0, 1450) == "Reading 0 of 1,450"


def test_how_long_the_rest_takes_is_told_when_it_can_be_guessed() -> None:
    assert begun(10, 0).reading(500, 1500) == "Reading 500 of 1,500, about 20 s left"
    assert begun(60, 100).reading(400, 4000) == "Reading 400 of 4,000, about 12 min left"


def test_nothing_is_guessed_from_nothing() -> None:
    assert begun(10, 320).reading(320, 1450) == "Reading 320 of 1,450"
