"""Bytes of tokens as text."""

from __future__ import annotations

from desktop_agent.inference.decoder import Decoder, StopStrings


def fed(decoder: Decoder, *pieces: bytes) -> list[str]:
    return [decoder.feed(piece) for piece in pieces]


def shown(stop: StopStrings, *texts: str) -> str:
    return "".join(stop.feed(text) for text in texts)


def test_a_character_split_between_tokens_appears_whole() -> None:
    assert fed(Decoder(), b"a\xe4", b"\xbd", b"\xa0", "好".encode()) == ["a", "", "你", "好"]


def test_a_character_whose_rest_never_comes_is_not_shown() -> None:
    decoder = Decoder()
    assert fed(decoder, b"ok\xf0\x9f") == ["ok"]
    assert decoder.waiting == 2


def test_a_byte_that_is_no_text_holds_nothing_back() -> None:
    assert fed(Decoder(), b"a\xff", b"b", b"\xe4", b"c") == ["a\ufffd", "b", "", "\ufffdc"]


def test_an_answer_ends_before_a_stop_string_split_between_tokens() -> None:
    stop = StopStrings(("\nUser:",))
    assert shown(stop, "fine", "\nUs", "er", ": hi") == "fine"
    assert stop.found
    assert stop.feed("more") == ""


def test_what_only_looked_like_a_stop_string_is_shown() -> None:
    stop = StopStrings(("\nUser:", "###"))
    assert shown(stop, "a\nUs", "ing ##", " x#") == "a\nUsing ## x"
    assert stop.rest() == "#"
    assert not stop.found


def test_the_first_of_several_stop_strings_counts() -> None:
    assert shown(StopStrings(("END", "B")), "aBcEND") == "a"


def test_text_flows_freely_without_stop_strings() -> None:
    assert StopStrings().feed("###") == "###"
