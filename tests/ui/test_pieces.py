"""How an answer is cut into prose and code, also while it arrives."""

from __future__ import annotations

import pytest

from desktop_agent.ui.pieces import Piece, cut, pieces

ANSWER = """Here is how:

1. Write this:
   ```python
   print("a")

   print("b")
   ```

2. Run it.

- one

- two

~~~
``` is not the end
~~~
Done. `inline` stays.

    indented
"""


def test_code_blocks_are_pieces_of_their_own() -> None:
    assert pieces("a\n\n```python\nx = 1\n\ny = 2\n```\nb") == [
        Piece("a"),
        Piece("x = 1\n\ny = 2", code=True, language="python"),
        Piece("b"),
    ]


def test_a_code_block_that_is_still_open_counts_as_code() -> None:
    assert pieces("```js\nlet a") == [Piece("let a", code=True, language="js")]


def test_code_inside_a_list_item_loses_the_indent_of_the_item() -> None:
    found = [piece for piece in pieces(ANSWER) if piece.code]
    assert found[0] == Piece('print("a")\n\nprint("b")', code=True, language="python")
    assert found[1].text == "``` is not the end"


def test_backticks_within_a_line_are_no_code_block() -> None:
    assert pieces("```not a fence```") == [Piece("```not a fence```")]


def test_an_answer_of_blanks_has_no_pieces() -> None:
    assert pieces("\n  \n") == []


@pytest.mark.parametrize(
    "text", [ANSWER, "eins\n\nzwei\n\n- a\n- b\n\ndrei\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nvier"]
)
def test_pieces_before_the_last_stay_as_they_are_while_text_arrives(text: str) -> None:
    before: list[Piece] = []
    for end in range(1, len(text) + 1):
        now = [piece for _at, piece in cut(text[:end], growing=True)]
        closed = before[:-1]
        assert now[: len(closed)] == closed
        before = now


def test_a_list_with_empty_lines_stays_one_piece() -> None:
    assert [piece for _at, piece in cut("1. a\n\n2. b\n\n3. c", growing=True)] == [Piece("1. a\n\n2. b\n\n3. c")]
