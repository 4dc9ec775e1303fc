"""One piece of a message as a laid-out document: plain text, Markdown or code.

Nothing is ever loaded from the disk or the network, whatever the text asks for:
HTML is shown as text and a picture is shown as the words that stand for it.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QImage,
    QPainter,
    QPalette,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from desktop_agent.letters import unbroken
from desktop_agent.ui import list_marks, theme
from desktop_agent.ui.harmless import too_much, visible
from desktop_agent.ui.list_marks import Mark
from desktop_agent.ui.markdown_style import blocks, space_lines, style
from desktop_agent.ui.pieces import Piece

if TYPE_CHECKING:
    from desktop_agent.memory.sought import Sought

_FEATURES = QTextDocument.MarkdownFeature(
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub.value | QTextDocument.MarkdownFeature.MarkdownNoHTML.value
)
LEADING = 2.0
"""Pixels that text is drawn higher than Qt lays it out."""
_NEAR = 500
"""Letters before and behind those in view in which hits are marked: cells of a table are not in one order."""


class Pages(QTextDocument):
    """A document that loads nothing."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002
        nothing = QImage(1, 1, QImage.Format.Format_ARGB32)
        nothing.fill(Qt.GlobalColor.transparent)
        return nothing


class TextPiece:
    """A piece with its layout; ``width`` and heights are logical pixels."""

    def __init__(self, piece: Piece, *, plain: bool = False) -> None:
        self.piece = piece
        self.plain = plain
        self._coloured = False
        self._width = self._height = 0.0
        self._beside, self._room = (0.0, 0.0), 0.0
        self._hits: tuple[Sought, list[tuple[int, int]]] | None = None
        self.document = Pages()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.setIndentWidth(list_marks.indent())
        self._marks: list[Mark] = []
        self.document.setDefaultFont(theme.code_font() if piece.code else theme.font())
        self._wrap()
        self._fill()

    def show(self, piece: Piece) -> None:
        """Show ``piece`` instead; code that only grew is appended."""
        grown = self.piece.code and piece.code and piece.text.startswith(self.piece.text)
        added, self.piece = piece.text[len(self.piece.text) :], piece
        self._wrap()
        self._height, self._hits = 0.0, None
        if not grown:
            self._fill()
        elif added:
            cursor = QTextCursor(self.document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(visible(added))

    def highlight(self) -> None:
        """Colour a code block that is closed; costs nothing when that is already done."""
        if self._coloured or not self.piece.code:
            return
        self._coloured = True
        # Here: most conversations have no code.
        from desktop_agent.ui.highlight import INKS, inks

        colour = INKS[theme.colours().dark]
        stretches = inks(visible(self.piece.text), self.piece.language)
        formats: list[Any] = []
        block = self.document.begin()
        for start, length, ink in stretches:
            form = QTextCharFormat()
            form.setForeground(QColor(colour[ink]))
            end = start + length
            while start < end:
                while block.isValid() and start >= block.position() + block.length():
                    block.layout().setFormats(formats)
                    block, formats = block.next(), []
                if not block.isValid():
                    return
                stretch: Any = QTextLayout.FormatRange()
                stretch.start = start - block.position()
                stretch.length = min(end, block.position() + block.length()) - start
                stretch.format = form
                formats.append(stretch)
                start += stretch.length
        if block.isValid():
            block.layout().setFormats(formats)

    def set_width(self, width: float) -> None:
        """Break lines at ``width``."""
        if self._width != width:
            self._width, self._height = width, 0.0
            self.document.setTextWidth(width)

    def set_width_beside(self, width: float, corner: float) -> None:
        """Break lines at ``width``, and earlier when the first would run below what is ``corner`` wide at its end."""
        # Decided once for a width: with every frame of a growing block it would be laid out twice.
        if self._beside != (width, corner):
            self._beside, self._room = (width, corner), width
        self.set_width(self._room)
        if self._room == width and self.first_line_width > width - corner:
            self._room = width - corner - 8
            self.set_width(self._room)

    @property
    def height(self) -> float:
        # Asked for with every frame, and an answer may have a hundred pieces.
        if not self._height:
            self._height = self.document.size().height()
        return self._height

    @property
    def used_width(self) -> float:
        """What the longest line really takes."""
        return self.document.idealWidth()

    def hits(self, sought: Sought) -> list[tuple[int, int]]:
        """Where what is looked for stands, as positions, in order."""
        if self._hits is None or self._hits[0] is not sought:
            text = self.document.toPlainText()
            self._hits = sought, _as_qt_counts(text, sought.marks(text))
        return self._hits[1]

    @property
    def first_line_width(self) -> float:
        """How far the first line goes."""
        first = self.document.begin()
        self.document.documentLayout().blockBoundingRect(first)  # lays it out: Qt is lazy
        lines = first.layout()
        return lines.lineAt(0).naturalTextWidth() if lines.lineCount() else 0.0

    def draw(
        self,
        painter: QPainter,
        selected: tuple[int, int] | None,
        visible: QRectF,
        hits: tuple[list[tuple[int, int]], int] = ([], -1),
    ) -> None:
        """Draw at the painter's origin; ``selected`` are the first and last position that are selected.

        ``hits`` are places that are marked, and which of them the reader is at; -1 for none.
        """
        c = theme.colours()
        context: Any = QAbstractTextDocumentLayout.PaintContext()
        letters = QPalette(context.palette)
        letters.setColor(QPalette.ColorRole.Text, QColor(c.text))
        letters.setColor(QPalette.ColorRole.WindowText, QColor(c.line))  # Qt draws rules with it
        context.palette = letters
        context.clip = visible.adjusted(0, 0, 0, LEADING)
        found = self._in_view(hits, visible) if hits[0] else []
        marked = []
        for place, here in found:
            form = QTextCharFormat()
            form.setBackground(QColor(c.accent if here else c.accent_soft))
            form.setForeground(QColor(c.on_accent if here else c.text))
            marked.append(self._selection(place, form))
        if selected is not None:
            form = QTextCharFormat()
            form.setBackground(QColor(c.accent))
            form.setForeground(QColor(c.on_accent))
            marked.append(self._selection(selected, form))
        if marked:
            context.selections = marked
        # The room that makes a line as high as we want stands above its letters; half of it belongs below.
        painter.translate(0, -LEADING)
        self.document.documentLayout().draw(painter, context)
        list_marks.paint(painter, self.document, self._marks, context.clip)
        if found:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # a thin line between two pixels fades
        for place, here in found:
            self._underline(painter, place, here)
        painter.translate(0, LEADING)

    def _in_view(self, hits: tuple[list[tuple[int, int]], int], visible: QRectF) -> list[tuple[tuple[int, int], bool]]:
        """The hits near view, for there may be thousands, each with whether the reader is at it."""
        layout, fuzzy = self.document.documentLayout(), Qt.HitTestAccuracy.FuzzyHit
        first = layout.hitTest(visible.topLeft(), fuzzy) - _NEAR
        last = layout.hitTest(visible.bottomRight(), fuzzy) + _NEAR
        return [
            (place, number == hits[1]) for number, place in enumerate(hits[0]) if place[1] >= first and place[0] <= last
        ]

    def _underline(self, painter: QPainter, place: tuple[int, int], here: bool) -> None:
        """Draw the line below a hit: a question's bubble has nearly the colour of its ground."""
        # By hand: Qt draws none below a part of a word.
        c = theme.colours()
        at, to = place
        while at < to:
            block = self.document.findBlock(at)
            line = block.layout().lineForTextPosition(at - block.position())
            if not line.isValid():
                return
            above = self.document.documentLayout().blockBoundingRect(block).topLeft()
            end = min(to, block.position() + line.textStart() + line.textLength())
            left, right = (_x(line, position - block.position()) for position in (at, end))
            y = above.y() + line.y() + line.ascent() + 2
            painter.fillRect(
                QRectF(above.x() + min(left, right), y, abs(right - left), 2 if here else 1),
                QColor(c.text if here else c.accent),
            )
            at = max(end, at + 1)

    def place_of(self, position: int) -> QRectF:
        """Where a position is: its left edge, as high as its line."""
        block = self.document.findBlock(position)
        above = self.document.documentLayout().blockBoundingRect(block)
        line = block.layout().lineForTextPosition(position - block.position())
        if not line.isValid():
            return QRectF(above.left(), above.top(), 0, above.height())
        x = _x(line, position - block.position())
        return QRectF(above.left() + x, above.top() + line.y() - LEADING, 0, line.height())

    def _selection(self, place: tuple[int, int], form: QTextCharFormat) -> Any:
        selection: Any = QAbstractTextDocumentLayout.Selection()
        cursor = QTextCursor(self.document)
        cursor.setPosition(min(place[0], self.last))
        cursor.setPosition(min(place[1], self.last), QTextCursor.MoveMode.KeepAnchor)
        selection.cursor, selection.format = cursor, form
        return selection

    @property
    def last(self) -> int:
        """The position behind the last character."""
        return self.document.characterCount() - 1

    def position_at(self, point: QPointF) -> int:
        """The position nearest to ``point``."""
        return self.document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)

    def link_at(self, point: QPointF) -> str:
        """The address of the link at ``point``, empty where there is none."""
        return self.document.documentLayout().anchorAt(point)

    def text(self, first: int = 0, last: int = -1) -> str:
        """The characters between two positions, line ends as ``\\n``."""
        cursor = QTextCursor(self.document)
        cursor.setPosition(first)
        cursor.setPosition(self.last if last < 0 else min(last, self.last), QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n").replace("\ufdd0", "")

    def around(self, position: int, unit: QTextCursor.SelectionType) -> tuple[int, int]:
        """The word or line around ``position``, as two positions."""
        cursor = QTextCursor(self.document)
        cursor.setPosition(min(position, self.last))
        cursor.select(unit)
        return cursor.selectionStart(), cursor.selectionEnd()

    def end(self) -> QRectF:
        """Where the next character would appear: its left edge and its line's height."""
        block = self.document.lastBlock()
        box = self.document.documentLayout().blockBoundingRect(block)
        lines = block.layout()
        if not lines.lineCount():
            return QRectF(box.left(), box.top(), 0, box.height())
        line = lines.lineAt(lines.lineCount() - 1)
        return QRectF(box.left() + line.naturalTextRect().right(), box.top() + line.y(), 0, line.height())

    def quotes(self) -> list[QRectF]:
        """Boxes of quoted passages, which are drawn with a line at their left."""
        if self.plain or self.piece.code or ">" not in self.piece.text:
            return []
        layout = self.document.documentLayout()
        found: list[QRectF] = []
        goes_on = False
        for block in blocks(self.document):
            quoted = block.blockFormat().hasProperty(QTextFormat.Property.BlockQuoteLevel.value)
            if quoted:
                box = layout.blockBoundingRect(block)
                # One line for paragraphs and items that belong together.
                found.append(found.pop().united(box) if goes_on else box)
            goes_on = quoted
        return found

    def _wrap(self) -> None:
        modes = QTextOption.WrapMode
        mode = modes.WrapAnywhere if unbroken(self.piece.text) else modes.WrapAtWordBoundaryOrAnywhere
        option = self.document.defaultTextOption()
        if option.wrapMode() is not mode:
            option.setWrapMode(mode)
            self.document.setDefaultTextOption(option)

    def _fill(self) -> None:
        self._coloured, self._hits, self._marks = False, None, []
        text = visible(self.piece.text)
        if self.plain or self.piece.code or too_much(text):
            self.document.setPlainText(text)
            space_lines(self.document, 0)
        else:
            self.document.setMarkdown(_keep_lines(text), _FEATURES)
            self._marks = style(self.document, text)


def _x(line: QTextLine, position: int) -> float:
    """Where a position stands in its line; Qt gives the position it used as well."""
    told: Any = line.cursorToX(position)
    return float(told[0] if isinstance(told, tuple) else told)


def _as_qt_counts(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """``places`` for a document, where a letter beyond the first plane counts two."""
    if text.isascii() or max(text) <= "\uffff":
        return places
    beyond = [at for at, letter in enumerate(text) if letter > "\uffff"]
    return [(at + bisect_left(beyond, at), to + bisect_left(beyond, to)) for at, to in places]


def _keep_lines(markdown: str) -> str:
    # Models and people end lines on purpose; Markdown would join them. Two blanks keep a line's end.
    return markdown.replace("\n", "  \n")
