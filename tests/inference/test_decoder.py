"""Bytes of tokens as text."""

from __future__ import annotations

from desktop_agent.inference.decoder import Decoder


def fed(decoder: Decoder, *pieces: bytes) -> list[str]:
    return [decoder.feed(piece) for piece in pieces]


def test_a_character_split_between_tokens_appears_whole() -> None:
    decoder = Decoder()
    assert fed(decoder, b"a\xe4", b"\xbd", b"\xa0", "好".encode()) == ["a", "", "你", "好"]


def test_a_character_whose_rest_never_comes_is_dropped() -> None:
    decoder = Decoder()
    assert fed(decoder, b"ok\xf0\x9f") == ["ok"]
    assert decoder.rest() == ""


def test_a_byte_that_is_no_text_holds_nothing_back() -> None:
    decoder = Decoder()
    assert fed(decoder, b"a\xff", b"b", b"\xe4", b"c") == ["a\ufffd", "b", "", "\ufffdc"]


def test_an_answer_ends_before_a_stop_string_split_between_tokens() -> None:
    decoder = Decoder(("\nUser:",))
    assert "".join(fed(decoder, b"fine", b"\nUs", b"er", b": hi")) == "fine"
    assert decoder.stopped
    assert fed(decoder, b"more") == [""]


def test_what_only_looked_like_a_stop_string_is_shown() -> None:
    decoder = Decoder(("\nUser:", "###"))
    assert "".join(fed(decoder, b"a\nUs", b"ing ##", b" x#")) == "a\nUsing ## x"
    assert decoder.rest() == "#"
    assert not decoder.stopped


def test_the_first_of_several_stop_strings_counts() -> None:
    decoder = Decoder(("END", "B"))
    assert decoder.feed(b"aBcEND") == "a"
