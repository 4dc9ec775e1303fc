"""One message in the transcript: its text, its code blocks and its small print.

Coordinates are relative to the message's own top left corner. A message that was
never measured has an estimated height; ``forget_layout`` gives its documents back.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextCursor

from desktop_agent.events import Remembered
from desktop_agent.messages import Message, Role
from desktop_agent.ui import small_print, theme
from desktop_agent.ui.markdown_style import line_height
from desktop_agent.ui.pieces import Piece, cut, pieces
from desktop_agent.ui.small_print import Act, Spot
from desktop_agent.ui.text_piece import TextPiece
from desktop_agent.ui.words_below import GUIDE as GUIDE
from desktop_agent.ui.words_below import below_answer, below_question, beside_question
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.ui.hits import Hits

Place = tuple[int, int]
"""A position in a message: which piece, and which character of it."""

BUBBLE = 0.744
"""A question's bubble takes at most this part of the column."""
BUBBLE_X, BUBBLE_Y, CODE_X, CODE_Y = 14.0, 8.5, 13.0, 10.0
FOLDED, FOLD_AT = 4_000, 6_000
"""A question longer than the second is shown up to the first: a pasted file would take seconds to lay out."""
ANSWER_FOLDED, ANSWER_FOLD_AT = 40_000, 60_000
"""The same for answers, which are read from their beginning to their end; models say less, imported texts more."""
MORE = 160_000
"""So much more of an answer is shown at each click."""
MOST_LINES = 2000
"""A message is guessed to have no more."""
PIECE_GAP = 8.0
PRINT_GAP = 6.0


class Entry:
    """One message as shown; an answer that still arrives is ``growing``."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.text = message.text
        self.notes: tuple[str, ...] = ()
        """Notes that were placed with the question this answer is for."""
        self.remembered: tuple[Remembered, ...] = ()
        self.undone: dict[int, str] = {}
        """Which of those notes were taken back, and what they say again; nothing when they are forgotten."""
        self.thoughts = message.thoughts
        """What the model thought before it answered; folded away until the user asks for it."""
        self.thoughts_shown = False
        self.growing = False
        self.state = ""
        """What happens while nothing is said yet, or how fast it goes."""
        self.trouble = message.trouble.told() if message.trouble else ""
        """Why it failed, or why another engine answered."""
        self.last = False
        self.figures = True
        """Whether the small print says how fast it was."""
        self.versions: tuple[int, ...] = ()
        """All messages in this place, when there are several."""
        self.blank = False
        """Whether its text is still to be read."""
        self.place = -1
        """Where it stands in its ``Rows``; -1 in none."""
        self.shown = ANSWER_FOLDED
        """So many letters are shown while it is ``folded``."""
        self.folded = len(message.text) > (FOLD_AT if self.question else ANSWER_FOLD_AT)
        self.pending: list[str] = []
        self.parts: list[TextPiece] = []
        self.boxes: list[QRectF] = []
        self.spots: list[Spot] = []
        self.beside: list[Spot] = []
        """Words left of a question, seen while the mouse or the keyboard is there."""
        self.height = 0.0
        self.measured = 0.0
        """The width it was measured for; 0 when its height is a guess."""
        self._grown: list[Piece] = []
        """The pieces it had when it was complete, while it is still laid out in them."""
        self._closed: list[Piece] = []
        self._open_at = 0

    @property
    def question(self) -> bool:
        return self.message.role is Role.USER

    def guess(self, width: float) -> None:
        """Estimate the height from the number of letters, without any layout."""
        shown = self._shown()
        # A Chinese letter has three bytes and is nearly twice as wide.
        size = len(shown) if shown.isascii() else len(shown) * 2
        self.height = Guess(width).height(size, self.question, shown.count("\n"))
        self.measured = 0.0

    def measure(self, width: float) -> None:
        """Lay the message out for a column of ``width``; costs nothing when that is already done."""
        if self.blank or (self.measured == width and self.parts):
            return
        self._make_parts()
        self.boxes = []
        if self.question:
            self.height = self._measure_question(width)
        else:
            self.height = self._measure_answer(width)
        self.measured = width

    def forget_layout(self) -> None:
        """Give the documents back; the height stays known."""
        self.parts, self.boxes, self._grown = [], [], []

    def changed(self) -> None:
        """Measure anew at the next chance: text or small print are others now."""
        self.measured = 0.0

    def restyle(self) -> None:
        """Forget colours and fonts."""
        self.forget_layout()
        self.changed()

    def take_pending(self) -> bool:
        """Add what arrived since the last call to the text; False when nothing did."""
        if not self.pending:
            return False
        self.text += "".join(self.pending)
        self.pending.clear()
        self.changed()
        return True

    def finish(self, message: Message) -> None:
        """Show the stored answer instead of the growing one."""
        self.take_pending()
        same = message.text == self.text
        if same and self.parts:
            # What is on the screen stays as it is: laying out a long answer anew would stop the window for a moment.
            self._grown = self._answer()
        self.growing, self.state = False, ""
        self.message, self.text = message, message.text
        self._closed, self._open_at = [], 0
        self.folded = not same and len(self.text) > ANSWER_FOLD_AT
        self.changed()
        if not same:
            self.restyle()

    def paint(
        self,
        painter: QPainter,
        visible: QRectF,
        selected: tuple[Place, Place] | None,
        hovered: Spot | None,
        beside: bool = False,
        hits: Hits | None = None,
    ) -> None:
        """Draw what of the message lies in ``visible``; with ``beside`` also the words beside a question."""
        c = theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.question and self.boxes:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.bubble))
            painter.drawRoundedRect(self.boxes[0].adjusted(-BUBBLE_X, -BUBBLE_Y, BUBBLE_X, BUBBLE_Y), 10, 10)
        for number, (part, box) in enumerate(zip(self.parts, self.boxes, strict=True)):
            frame = box.adjusted(-CODE_X, -CODE_Y, CODE_X, CODE_Y) if part.piece.code else box
            if not frame.intersects(visible):
                continue
            if part.piece.code:
                painter.setPen(QPen(QColor(c.line), 1))
                painter.setBrush(QColor(c.code))
                painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            painter.save()
            painter.translate(box.topLeft())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.muted))
            for quote in part.quotes():
                painter.drawRect(QRectF(0, quote.top(), 2, quote.height()))
            marked = hits.of(self, part) if hits is not None else ([], -1)
            part.draw(painter, _selection(number, part, selected), visible.translated(-box.topLeft()), marked)
            painter.restore()
        if self.growing and self.text:
            self._paint_caret(painter)
        small_print.paint(painter, self.spots, hovered, visible)
        if beside:
            small_print.paint(painter, self.beside, hovered, visible)

    def spot_at(self, point: QPointF) -> Spot | None:
        """The word that acts at ``point``."""
        both = [*self.spots, *self.beside]
        return next((spot for spot in both if spot.act and spot.box.adjusted(-3, 0, 3, 0).contains(point)), None)

    def link_at(self, point: QPointF) -> str:
        """The address of the link at ``point``, empty where there is none."""
        for part, box in zip(self.parts, self.boxes, strict=True):
            if box.contains(point) and not self.question:
                return part.link_at(point - box.topLeft())
        return ""

    def place_at(self, point: QPointF) -> Place | None:
        """The position in the text nearest to ``point``."""
        for number, (part, box) in enumerate(zip(self.parts, self.boxes, strict=True)):
            if point.y() < box.bottom() or number == len(self.parts) - 1:
                return number, max(0, part.position_at(point - box.topLeft()))
        return None

    def over_text(self, point: QPointF) -> bool:
        """Whether ``point`` is on the text, where the mouse selects."""
        return any(box.contains(point) for box in self.boxes)

    def around(self, place: Place, unit: QTextCursor.SelectionType) -> tuple[Place, Place]:
        """The word or line around ``place``."""
        first, last = self.parts[place[0]].around(place[1], unit)
        return (place[0], first), (place[0], last)

    def everything(self) -> tuple[Place, Place] | None:
        """The whole text as a selection."""
        if not self.parts:
            return None
        return (0, 0), (len(self.parts) - 1, self.parts[-1].last)

    def selected_text(self, selected: tuple[Place, Place]) -> str:
        """The selected characters; pieces are parted by an empty line."""
        first, last = sorted(selected)
        parts = self.parts[first[0] : last[0] + 1]
        texts = []
        for number, part in enumerate(parts, first[0]):
            begin = first[1] if number == first[0] else 0
            end = last[1] if number == last[0] else -1
            texts.append(part.text(begin, end))
        return "\n\n".join(texts)

    def code(self, number: int) -> str:
        """The text of one code block."""
        return [part.piece.text for part in self.parts if part.piece.code][number]

    def unfold(self) -> None:
        """Show all of a long message, or the next part of one that is endless."""
        self.shown += MORE
        self.folded = not self.question and len(self.text) > self.shown
        self.changed()

    def _shown(self) -> str:
        return self.text[: FOLDED if self.question else self.shown] + " …" if self.folded else self.text

    def _answer(self) -> list[Piece]:
        thoughts = []
        if self.thoughts_shown and self.thoughts:
            thoughts = pieces("> " + self.thoughts.strip().replace("\n", "\n> "))
        if not self.growing:
            return [*thoughts, *(self._grown or pieces(self._shown()))]
        # What is closed is cut once: only the open end is looked at with every frame.
        found = cut(self.text[self._open_at :], growing=True)
        self._closed += [piece for _at, piece in found[:-1]]
        if found:
            self._open_at += found[-1][0]
        return [*thoughts, *self._closed, *(piece for _at, piece in found[-1:])]

    def _make_parts(self) -> None:
        wanted = [Piece(self._shown())] if self.question else self._answer()
        kept: list[TextPiece] = []
        for number, piece in enumerate(wanted):
            old = self.parts[number] if number < len(self.parts) else None
            if old is not None and (old.piece is piece or old.piece == piece):
                kept.append(old)
            elif old is not None and old.piece.code == piece.code and number == len(wanted) - 1:
                old.show(piece)
                kept.append(old)
            else:
                kept.append(TextPiece(piece, plain=self.question))
            if piece.code and not (self.growing and number == len(wanted) - 1):
                kept[-1].highlight()
        self.parts = kept

    def _measure_question(self, width: float) -> float:
        part = self.parts[0]
        most = max(40.0, width * BUBBLE - 2 * BUBBLE_X)
        part.set_width(most)
        used = min(most, math.ceil(part.used_width) + 1)
        part.set_width(used)
        self.boxes = [QRectF(width - used - BUBBLE_X, BUBBLE_Y, used, part.height)]
        self.spots = below_question(self)
        if self.folded:
            self.spots.append(Spot(_("Show all {count} characters", count=f"{len(self.text):,}"), Act.SHOW_ALL))
        bottom = part.height + 2 * BUBBLE_Y
        self.beside = beside_question(self)
        small_print.lay_out(self.beside, width, (bottom - small_print.row_height()) / 2)
        for spot in self.beside:
            spot.box.translate(self.boxes[0].left() - BUBBLE_X - 12 - self.beside[-1].box.right(), 0)
        if self.spots:
            bottom = small_print.lay_out(self.spots, width, bottom + PRINT_GAP)
            small_print.to_the_right(self.spots, width)
        return bottom

    def _measure_answer(self, width: float) -> float:
        y = 0.0
        copies: list[Spot] = []
        metrics = QFontMetricsF(theme.font(theme.Size.SMALL))
        word = _("Copy")
        wide = metrics.horizontalAdvance(word)
        for number, part in enumerate(self.parts):
            y += PIECE_GAP if number else 0
            if part.piece.code:
                part.set_width_beside(width - 2 * CODE_X, wide)
                self.boxes.append(QRectF(CODE_X, y + CODE_Y, width - 2 * CODE_X, part.height))
                box = QRectF(width - wide - 11, y + 7, wide, metrics.height() + 4)
                copies.append(Spot(word, Act.COPY_CODE, colour="quiet", number=len(copies), box=box))
                y += part.height + 2 * CODE_Y
            else:
                part.set_width(width)
                self.boxes.append(QRectF(0, y, width, part.height))
                y += part.height
        print_ = below_answer(self)
        if print_:
            y = small_print.lay_out(print_, width, y + PRINT_GAP if self.parts else 0)
        self.spots = [*copies, *print_]
        return y

    def _paint_caret(self, painter: QPainter) -> None:
        if not self.parts:
            return
        part, box = self.parts[-1], self.boxes[-1]
        end = part.end().translated(box.topLeft())
        tall = theme.pixels(theme.Size.BODY)
        painter.fillRect(
            QRectF(min(end.right() + 1, box.right() - 5), end.center().y() - tall / 2, 5, tall),
            QColor(theme.colours().accent),
        )


class Guess:
    """About how high messages are in a column of ``width``, without any layout; the fonts are asked only once."""

    def __init__(self, width: float) -> None:
        self._letter = theme.pixels(theme.Size.BODY) * 0.5
        self._line = line_height()
        self._wide = (width, width * BUBBLE - 2 * BUBBLE_X)
        self._more = (PRINT_GAP + small_print.row_height(), 2 * BUBBLE_Y)

    def height(self, size: int, question: bool | int, breaks: int = 0) -> float:
        """For ``size`` bytes; a Chinese letter should count as two and has three, which is near enough."""
        lines = int(size * self._letter / self._wide[question]) + 1 + breaks
        return (lines if lines < MOST_LINES else MOST_LINES) * self._line + self._more[question]


def _selection(number: int, part: TextPiece, selected: tuple[Place, Place] | None) -> tuple[int, int] | None:
    if selected is None:
        return None
    first, last = sorted(selected)
    if first == last or not first[0] <= number <= last[0]:
        return None
    return first[1] if number == first[0] else 0, last[1] if number == last[0] else part.last
