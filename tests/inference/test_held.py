"""What the KV cache holds, compared with a next prompt as text."""

from __future__ import annotations

from desktop_agent.inference.held import Held


def held(*pieces: bytes) -> Held:
    held = Held()
    held.add(range(len(pieces)), pieces, b"".join(pieces))
    held.computed = len(pieces)
    return held


def test_a_prompt_that_goes_on_keeps_every_token() -> None:
    assert held(b"ab", b"c", b"de").common_tokens(b"abcdefg") == 3


def test_a_token_that_the_prompt_has_only_half_is_not_kept() -> None:
    found = held(b"ab", b"c", b"de").common_tokens(b"abcdX")
    assert found == 2
    assert held(b"ab", b"c", b"de").end_of(found) == 3


def test_nothing_is_kept_of_another_text() -> None:
    assert held(b"ab").common_tokens(b"xb") == 0
    assert held(b"ab").end_of(0) == 0
    assert Held().common_tokens(b"abc") == 0


def test_a_stretch_that_the_tokenizer_changed_counts_whole_or_not() -> None:
    changed = Held()
    changed.add((1, 2), (b" a", b"b"), b"ab")  # a space was added
    changed.add((3,), (b"c",), b"c")
    assert changed.common_tokens(b"aX") == 0
    assert changed.common_tokens(b"abX") == 2
    assert changed.common_tokens(b"abcd") == 3


def test_shown_but_not_computed_tokens_are_read_again() -> None:
    shown = held(b"a", b"b", b"c")
    shown.computed = 2
    assert shown.common_computed([0, 1, 2, 9]) == 2
    assert shown.common_computed([0, 7]) == 1


def test_the_first_tokens_are_a_prompt_to_add_to() -> None:
    some = held(b"a", b"bb", b"c").first(2)
    assert (some.tokens, some.text, some.computed) == ([0, 1], b"abb", 2)
