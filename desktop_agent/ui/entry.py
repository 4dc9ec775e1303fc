"""One message in the transcript: its text, its code blocks and its small print.

Coordinates are relative to the message's own top left corner. A message that was
never measured has an estimated height; ``forget_layout`` gives its documents back.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTextCursor

from desktop_agent.messages import Ending, Message, Note, Role
from desktop_agent.ui import small_print, theme
from desktop_agent.ui.pieces import Piece, pieces
from desktop_agent.ui.small_print import Act, Spot
from desktop_agent.ui.text_piece import TextPiece, line_height
from desktop_agent.words import _

Place = tuple[int, int]
"""A position in a message: which piece, and which character of it."""

GUIDE = "guide"
"""The engine that answers when no model does; an answer of its says so."""
BUBBLE = 0.744
"""A question's bubble takes at most this part of the column."""
BUBBLE_X, BUBBLE_Y, CODE_X, CODE_Y = 14.0, 8.5, 13.0, 10.0
FOLDED, FOLD_AT = 4_000, 6_000
"""A question longer than the second is shown up to the first: a pasted file would take seconds to lay out."""
PIECE_GAP = 8.0
PRINT_GAP = 6.0


class Entry:
    """One message as shown; an answer that still arrives is ``growing``."""

    def __init__(self, message: Message) -> None:
        self.message = message
        self.text = message.text
        self.notes: tuple[str, ...] = ()
        """Notes that were placed with the question this answer is for."""
        self.remembered: Note | None = None
        self.undone = False
        self.thoughts = ""
        """What the model thought before it answered; folded away until the user asks for it."""
        self.thoughts_shown = False
        self.growing = False
        self.state = ""
        """What happens while nothing is said yet, or how fast it goes."""
        self.trouble = ""
        """Why it failed, or why another engine answered."""
        self.last = False
        self.folded = self.question and len(message.text) > FOLD_AT
        self.pending: list[str] = []
        self.parts: list[TextPiece] = []
        self.boxes: list[QRectF] = []
        self.spots: list[Spot] = []
        self.height = 0.0
        self.measured = 0.0
        """The width it was measured for; 0 when its height is a guess."""

    @property
    def question(self) -> bool:
        return self.message.role is Role.USER

    def guess(self, width: float) -> None:
        """Estimate the height from the number of letters, without any layout."""
        letters = theme.pixels(theme.Size.BODY) * (0.52 if self.text.isascii() else 0.9)
        wide = width * BUBBLE - 2 * BUBBLE_X if self.question else width
        lines = sum(math.ceil((len(line) or 1) * letters / wide) for line in self._shown().split("\n"))
        self.height = lines * line_height() + (2 * BUBBLE_Y if self.question else PRINT_GAP + small_print.row_height())
        self.measured = 0.0

    def measure(self, width: float) -> None:
        """Lay the message out for a column of ``width``; costs nothing when that is already done."""
        if self.measured == width and self.parts:
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
        self.parts, self.boxes = [], []

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
        self.pending.clear()
        self.growing, self.state = False, ""
        self.message, self.text = message, message.text
        self.restyle()

    def paint(
        self,
        painter: QPainter,
        visible: QRectF,
        selected: tuple[Place, Place] | None,
        hovered: Spot | None,
    ) -> None:
        """Draw what of the message lies in ``visible``."""
        c = theme.colours()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.question and self.boxes:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.bubble))
            painter.drawRoundedRect(self.boxes[0].adjusted(-BUBBLE_X, -BUBBLE_Y, BUBBLE_X, BUBBLE_Y), 10, 10)
        for number, (part, box) in enumerate(zip(self.parts, self.boxes, strict=True)):
            if part.piece.code:
                painter.setPen(QPen(QColor(c.line), 1))
                painter.setBrush(QColor(c.code))
                frame = box.adjusted(-CODE_X, -CODE_Y, CODE_X, CODE_Y)
                painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            if not box.intersects(visible):
                continue
            painter.save()
            painter.translate(box.topLeft())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(c.accent_soft))
            for quote in part.quotes():
                painter.drawRect(QRectF(0, quote.top(), 3, quote.height()))
            part.draw(painter, _selection(number, part, selected), visible.translated(-box.topLeft()))
            painter.restore()
        if self.growing and self.text:
            self._paint_caret(painter)
        small_print.paint(painter, self.spots, hovered)

    def spot_at(self, point: QPointF) -> Spot | None:
        """The word that acts at ``point``."""
        return next((spot for spot in self.spots if spot.act and spot.box.adjusted(-3, 0, 3, 0).contains(point)), None)

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

    def _shown(self) -> str:
        return self.text[:FOLDED] + " …" if self.folded else self.text

    def _answer(self) -> str:
        if not self.thoughts_shown:
            return self.text
        return "> " + self.thoughts.strip().replace("\n", "\n> ") + "\n\n" + self.text

    def _make_parts(self) -> None:
        wanted = [Piece(self._shown())] if self.question else pieces(self._answer(), growing=self.growing)
        kept: list[TextPiece] = []
        for number, piece in enumerate(wanted):
            old = self.parts[number] if number < len(self.parts) else None
            if old is not None and old.piece == piece:
                kept.append(old)
            elif old is not None and old.piece.code == piece.code and number == len(wanted) - 1:
                old.show(piece)
                kept.append(old)
            else:
                kept.append(TextPiece(piece, plain=self.question))
        self.parts = kept

    def _measure_question(self, width: float) -> float:
        part = self.parts[0]
        most = max(40.0, width * BUBBLE - 2 * BUBBLE_X)
        part.set_width(most)
        used = min(most, math.ceil(part.used_width) + 1)
        part.set_width(used)
        self.boxes = [QRectF(width - used - BUBBLE_X, BUBBLE_Y, used, part.height)]
        self.spots = []
        bottom = part.height + 2 * BUBBLE_Y
        if self.folded:
            self.spots = [Spot(_("Show all {count} characters", count=f"{len(self.text):,}"), Act.SHOW_ALL)]
            bottom = small_print.lay_out(self.spots, width, bottom + PRINT_GAP)
            self.spots[0].box.moveRight(width)
        return bottom

    def _measure_answer(self, width: float) -> float:
        y = 0.0
        copies: list[Spot] = []
        metrics = QFontMetricsF(theme.font(theme.Size.SMALL))
        for number, part in enumerate(self.parts):
            y += PIECE_GAP if number else 0
            if part.piece.code:
                part.set_width(width - 2 * CODE_X)
                self.boxes.append(QRectF(CODE_X, y + CODE_Y, width - 2 * CODE_X, part.height))
                wide = metrics.horizontalAdvance(_("Copy"))
                box = QRectF(width - wide - 11, y + 7, wide, metrics.height() + 4)
                copies.append(Spot(_("Copy"), Act.COPY_CODE, colour="quiet", number=len(copies), box=box))
                y += part.height + 2 * CODE_Y
            else:
                part.set_width(width)
                self.boxes.append(QRectF(0, y, width, part.height))
                y += part.height
        print_ = self._print()
        if print_:
            y = small_print.lay_out(print_, width, y + PRINT_GAP if self.parts else 0)
        self.spots = [*copies, *print_]
        return y

    def _print(self) -> list[Spot]:
        if self.growing:
            return [Spot(self.state)] if self.state else []
        spots: list[Spot] = []
        if self.trouble:
            spots.append(Spot(self.trouble, colour="warning"))
        if self.notes:
            told = _("1 memory used") if len(self.notes) == 1 else _("{count} memories used", count=len(self.notes))
            spots.append(Spot(told, Act.SHOW_NOTES, chip=True))
        if self.remembered is not None and not self.undone:
            spots.append(Spot(_("Remembered: {note}", note=_short(self.remembered.text)), Act.SHOW_NOTES, chip=True))
            spots.append(Spot(_("Undo"), Act.UNDO))
        elif self.undone:
            spots.append(Spot(_("Not remembered")))
        if self.thoughts:
            told = _("Hide the thoughts") if self.thoughts_shown else _("Show the thoughts")
            spots.append(Spot(told, Act.SHOW_THOUGHTS))
        usage = self.message.usage
        # How fast the guide copies a sentence says nothing about this computer.
        if usage is not None and usage.tokens_per_second > 0 and self.message.engine != GUIDE:
            spots.append(Spot(_("{speed} tokens/s", speed=speed(usage.tokens_per_second))))
            spots.append(Spot(_("first word {seconds} s", seconds=f"{max(usage.first_token_ms, 100) / 1000:.1f}")))
        if self.message.engine == GUIDE:
            spots.append(Spot(_("Built-in guide")))
        if self.message.ending is Ending.STOPPED:
            spots.append(Spot(_("stopped")))
        elif self.message.ending is Ending.LENGTH:
            spots.append(Spot(_("the limit for one answer is reached")))
        elif self.message.ending is Ending.FAILED and not self.trouble:
            spots.append(Spot(_("failed"), colour="warning"))
        if self.text:
            spots.append(Spot(_("Copy"), Act.COPY))
        if self.last:
            spots.append(Spot(_("Try again"), Act.TRY_AGAIN))
        return spots

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


def speed(tokens_per_second: float) -> str:
    """``8.6``, and no decimals where nobody reads them: ``312``."""
    return f"{tokens_per_second:.1f}" if tokens_per_second < 100 else f"{tokens_per_second:.0f}"


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _selection(number: int, part: TextPiece, selected: tuple[Place, Place] | None) -> tuple[int, int] | None:
    if selected is None:
        return None
    first, last = sorted(selected)
    if first == last or not first[0] <= number <= last[0]:
        return None
    return first[1] if number == first[0] else 0, last[1] if number == last[0] else part.last
