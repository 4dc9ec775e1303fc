"""Which messages stay when a history is too long."""

from __future__ import annotations

import pytest

from desktop_agent.memory.pruning import prune


@pytest.mark.parametrize(
    ("history", "limit", "left"),
    [
        ("a b c", 5, "a b c"),
        ("a b c d", 2, "c d"),
        ("A b c d", 2, "A d"),
        ("a B c D e", 3, "B D e"),
        # The important ones fill the limit: no other message stays.
        ("A b C d", 2, "A C"),
        # They exceed it: the newest of them stay.
        ("A B c D e F", 2, "D F"),
        ("a b c", 0, ""),
        ("A B", -1, ""),
        ("", 3, ""),
        ("A b c d e", 1, "A"),
    ],
)
def test_important_messages_stay_first_and_the_order_is_kept(history: str, limit: int, left: str) -> None:
    assert prune(history.split(), limit, important=str.isupper) == left.split()


def test_equal_messages_are_told_apart() -> None:
    assert prune(["a", "B", "a", "a"], 2, important=str.isupper) == ["B", "a"]
