"""Lists in answers: what stands before an item, and how far before it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_agent.ui import theme
from desktop_agent.ui.list_marks import Mark, take
from desktop_agent.ui.pieces import Piece
from desktop_agent.ui.text_piece import LEADING, TextPiece

WIDTH = 400


def piece_of(text: str) -> TextPiece:
    piece = TextPiece(Piece(text))
    piece.set_width(WIDTH)
    return piece


def marks_of(text: str) -> list[Mark]:
    piece = piece_of("")
    piece.document.setMarkdown(text)
    return take(piece.document)


def picture_of(piece: TextPiece) -> QImage:
    picture = QImage(WIDTH, round(piece.height), QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    piece.draw(painter, None, QRectF(picture.rect()))
    painter.end()
    return picture


def columns_with_ink(picture: QImage, top: float, bottom: float) -> list[int]:
    rows = range(max(0, round(top)), min(picture.height(), round(bottom)))
    return [x for x in range(WIDTH) if any(picture.pixelColor(x, y) != QColor("white") for y in rows)]


@pytest.fixture(autouse=True, params=[100, 150])
def _dressed(qapp: object, request: pytest.FixtureRequest) -> object:
    theme.use(qapp, dark=False, percent=request.param)
    yield
    theme.use(qapp, dark=False)


@pytest.mark.parametrize(
    "text",
    ["- 苹果\n- 香蕉", "- apple\n- pear", "1. 苹果\n2. 香蕉", "8. a\n9. b\n10. c", "99. 一\n100. 二",
     "- [ ] 买菜\n- [x] done",
     "* a\n  * 二\n    * c", "> - 引用"],
)  # fmt: skip
def test_a_mark_stands_clearly_before_its_text_and_within_the_column(text: str) -> None:
    piece = piece_of(text)
    picture = picture_of(piece)
    layout = piece.document.documentLayout()
    block = piece.document.begin()
    while block.isValid():
        box, line = layout.blockBoundingRect(block), block.layout().lineAt(0)
        ink = columns_with_ink(picture, box.top() - LEADING + 2, box.bottom() - LEADING)
        before = [x for x in ink if x < round(line.naturalTextRect().left())]
        assert before, block.text()
        assert min(before) >= 0
        assert line.naturalTextRect().left() - max(before) >= theme.pixels(theme.Size.BODY) * 0.35
        block = block.next()


def test_numbers_go_on_where_the_list_begins_and_bullets_know_how_deep_they_are() -> None:
    assert [mark.number for mark in marks_of("9. nine\n10. ten")] == ["9.", "10."]
    assert [(mark.number, mark.level) for mark in marks_of("- a\n  - b\n    1. c")] == [("", 1), ("", 2), ("1.", 3)]


def test_a_ticked_box_looks_ticked() -> None:
    assert [mark.ticked for mark in marks_of("- [ ] milk\n- [x] bread\n- plain")] == [False, True, None]
    empty, ticked = (picture_of(piece_of(f"- [{sign}] a")) for sign in " x")
    accent = QColor(theme.colours().accent)
    assert not any(empty.pixelColor(x, y) == accent for x in range(30) for y in range(empty.height()))
    assert any(ticked.pixelColor(x, y) == accent for x in range(30) for y in range(ticked.height()))


def test_a_second_list_begins_with_a_distance() -> None:
    def tops(text: str) -> list[float]:
        piece = piece_of(text)
        found, block = [], piece.document.begin()
        while block.isValid():
            found.append(piece.document.documentLayout().blockBoundingRect(block).top())
            block = block.next()
        return found

    one, two, three = tops("1. a\n2. b\n\n- c")
    assert three - two > two - one


def test_a_quoted_list_has_one_line_at_its_left() -> None:
    assert len(piece_of("> a\n>\n> - b\n> - c\n\nd\n\n> e").quotes()) == 2


def test_a_heading_in_a_quote_belongs_to_it() -> None:
    piece = piece_of("# Out\n\ntext\n\n> # In **it**\n>\n> - a\n>\n> ## 里面\n>\n> b\n\n# In it")
    assert len(piece.quotes()) == 1
    (box,) = piece.quotes()
    assert box.height() > piece.height / 2
