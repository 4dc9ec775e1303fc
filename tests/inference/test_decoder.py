"""Bytes of tokens as text."""

from __future__ import annotations

import pytest

from desktop_agent.events import Chunk, Thought
from desktop_agent.inference.decoder import Decoder, StopStrings, Thoughts


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


def parted(text: str, *, begun: bool = False, complete: bool = True, size: int = 1) -> tuple[str, str]:
    """Thought and answer, when ``text`` comes in pieces of ``size`` letters."""
    thoughts = Thoughts(begun)
    events = [event for start in range(0, len(text), size) for event in thoughts.feed(text[start : start + size])]
    events += thoughts.rest(complete)
    thought = "".join(event.text for event in events if isinstance(event, Thought))
    return thought, "".join(event.text for event in events if isinstance(event, Chunk))


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "thought", "answer"),
    [
        ("<think>Hm.\nYes.</think>\n\nIt is.", "Hm.\nYes.", "It is."),
        ("\n<think>\n\n</think>\n\nIt is.", "", "It is."),
        ("It is <think>not</think> so.", "", "It is <think>not</think> so."),
        ("<think>a</think>b<think>c</think>", "a", "b<think>c</think>"),
        ("<think>a < b </thin k></think>c", "a < b </thin k>", "c"),
        ("  <thin air", "", "  <thin air"),
        ("<th", "", "<th"),
        ("", "", ""),
        ("<think>only this", "only this", "only this"),
    ],
)
def test_thoughts_are_parted_from_the_answer(text: str, thought: str, answer: str, size: int) -> None:
    assert parted(text, size=size) == (thought, answer)


def test_a_thought_that_the_layout_has_opened_goes_on() -> None:
    assert parted("Hm.</think>\nYes.", begun=True) == ("Hm.", "Yes.")


def test_a_thought_that_was_stopped_is_no_answer() -> None:
    assert parted("<think>Hm. Perhaps", complete=False) == ("Hm. Perhaps", "")
