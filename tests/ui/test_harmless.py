"""What a hostile or broken answer may not do: turn text round, load anything, hold the window up."""

from __future__ import annotations

import time

import pytest

from desktop_agent.messages import Ending, Message, Role
from desktop_agent.ui import theme
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.harmless import too_much, visible
from desktop_agent.ui.highlight import INKS, Ink, inks
from desktop_agent.ui.pieces import Piece, pieces
from desktop_agent.ui.text_piece import TextPiece

BOMBS = {
    "quotes in quotes": "> " * 5_000 + "deep",
    "lists in lists": "- " * 5_000 + "deep",
    "lists by indent": "\n".join(" " * (2 * depth) + "- deep" for depth in range(1_000)),
    "a table of ten thousand columns": "|a" * 10_000 + "|\n" + "|-" * 10_000 + "|\n" + "|1" * 10_000 + "|",
    "a table of five thousand rows": "|a|b|\n|-|-|\n" + "|1|2|\n" * 5_000,
    "one line of a megabyte": "x" * 1_000_000,
    "words of a megabyte": "word " * 200_000,
    "a fence that never closes": "```python\n" + "x = '''\n" * 100_000,
    "brackets": "[" * 50_000,
    "links in links": "[a](" * 20_000,
    "stars": "*a **b " * 20_000,
    "entities": "&amp;" * 20_000,
    "code words": "`a" * 30_000,
    "headings": "# a\n" * 10_000,
    "rules": "---\n\n" * 10_000,
    "a thousand code blocks": "```\na\n```\n" * 4_000,
}


def answer(text: str) -> Entry:
    return Entry(Message(1, 1, Role.ASSISTANT, text, 0.0, ending=Ending.COMPLETE))


@pytest.mark.parametrize("what", BOMBS)
def test_no_markdown_holds_the_window_up(qapp: object, what: str) -> None:
    entry = answer(BOMBS[what])
    started = time.process_time()
    entry.guess(700)
    entry.measure(700)
    # A loose bound: the worst needs a fifth of it here, and without limits some need minutes.
    assert time.process_time() - started < 5
    assert entry.height > 0


def test_letters_that_turn_the_direction_are_written_out(qapp: object) -> None:
    text = "run invoice\u202etxt.exe and \u2067this\u2069"
    assert visible(text) == "run invoice‹U+202E›txt.exe and ‹U+2067›this‹U+2069›"
    entry = answer(f"{text}\n```\n{text}\n```")
    entry.measure(700)
    assert all("\u202e" not in part.text() and "‹U+202E›" in part.text() for part in entry.parts)
    assert entry.code(0) == text  # what is copied is what was there


def test_usual_markdown_is_not_too_much() -> None:
    usual = (
        "| a | b |\n|---|---|\n"
        + "| 1 | 2 |\n" * 50
        + "\n> > quoted\n\n- a\n  - b\n    - c\n"
        + "**bold** `code` " * 100
    )
    assert not too_much(usual)


def test_code_is_coloured_by_its_language() -> None:
    code = 'def f(x):  # it says "no"\n    return "a # b", 0x1F, 3.5'
    found = {code[at : at + length]: ink for at, length, ink in inks(code, "python")}
    assert found == {
        "def": Ink.WORD,
        '# it says "no"': Ink.COMMENT,
        "return": Ink.WORD,
        '"a # b"': Ink.STRING,
        "0x1F": Ink.NUMBER,
        "3.5": Ink.NUMBER,
    }
    assert inks("int main() { return 0; } // end", "cpp")[-1][2] is Ink.COMMENT
    assert inks("just words in a box", "text") == []
    assert [ink for *_, ink in inks("SELECT 'x' FROM t -- all", "sql")] == [Ink.WORD, Ink.STRING, Ink.WORD, Ink.COMMENT]


def test_colours_stand_where_their_letters_are_also_behind_an_emoji(qapp: object) -> None:
    part = TextPiece(Piece('s = "😀😀"\nreturn 1', code=True, language="python"))
    part.highlight()
    block = part.document.begin().next()
    formats = block.layout().formats()
    assert [(one.start, one.length) for one in formats] == [(0, 6), (7, 1)]


def test_a_long_answer_is_shown_in_parts(qapp: object) -> None:
    entry = answer("A paragraph of some words.\n\n" * 10_000)
    entry.measure(700)
    before = entry.height
    assert any(spot.text.startswith("Show all 280,000") for spot in entry.spots)
    entry.unfold()
    entry.measure(700)
    assert entry.height > 3 * before


def test_a_fence_of_a_thousand_lines_is_one_block() -> None:
    assert len(pieces("```\n" + "a\n" * 1000)) == 1


def test_colours_of_code_can_be_read_on_its_ground() -> None:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for dark, ground in ((False, theme.LIGHT.code), (True, theme.DARK.code)):
        for ink, colour in INKS[dark].items():
            one, other = sorted((light(colour), light(ground)))
            assert (other + 0.05) / (one + 0.05) >= 4.5, (ink, dark)
