"""One piece of a message as a laid-out document: plain text, Markdown or code.

Nothing is ever loaded from the disk or the network, whatever the text asks for:
HTML is shown as text and a picture is shown as the words that stand for it.
"""

from __future__ import annotations

from typing import Any

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
    QTextOption,
)

from desktop_agent.ui import theme
from desktop_agent.ui.harmless import too_much, visible
from desktop_agent.ui.markdown_style import blocks, space_lines, style
from desktop_agent.ui.pieces import Piece, unbroken

_FEATURES = QTextDocument.MarkdownFeature(
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub.value | QTextDocument.MarkdownFeature.MarkdownNoHTML.value
)
LEADING = 2.0
"""Pixels that text is drawn higher than Qt lays it out."""


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
        self.document = Pages()
        self.document.setUndoRedoEnabled(False)
        self.document.setDocumentMargin(0)
        self.document.setIndentWidth(22)
        self.document.setDefaultFont(theme.code_font() if piece.code else theme.font())
        self._wrap()
        self._fill()

    def show(self, piece: Piece) -> None:
        """Show ``piece`` instead; code that only grew is appended."""
        grown = self.piece.code and piece.code and piece.text.startswith(self.piece.text)
        added, self.piece = piece.text[len(self.piece.text) :], piece
        self._wrap()
        self._height = 0.0
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

    def draw(self, painter: QPainter, selected: tuple[int, int] | None, visible: QRectF) -> None:
        """Draw at the painter's origin; ``selected`` are the first and last position that are selected."""
        c = theme.colours()
        context: Any = QAbstractTextDocumentLayout.PaintContext()
        letters = QPalette(context.palette)
        letters.setColor(QPalette.ColorRole.Text, QColor(c.text))
        letters.setColor(QPalette.ColorRole.WindowText, QColor(c.line))  # Qt draws rules with it
        context.palette = letters
        context.clip = visible.adjusted(0, 0, 0, LEADING)
        if selected is not None:
            selection: Any = QAbstractTextDocumentLayout.Selection()
            cursor = QTextCursor(self.document)
            cursor.setPosition(min(selected[0], self.last))
            cursor.setPosition(min(selected[1], self.last), QTextCursor.MoveMode.KeepAnchor)
            selection.cursor = cursor
            selection.format.setBackground(QColor(c.accent))
            selection.format.setForeground(QColor(c.on_accent))
            context.selections = [selection]
        # The room that makes a line as high as we want stands above its letters; half of it belongs below.
        painter.translate(0, -LEADING)
        self.document.documentLayout().draw(painter, context)
        painter.translate(0, LEADING)

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
        """Boxes of quoted paragraphs, which are drawn with a line at their left."""
        if self.plain or self.piece.code or ">" not in self.piece.text:
            return []
        layout = self.document.documentLayout()
        return [
            layout.blockBoundingRect(block)
            for block in blocks(self.document)
            if block.blockFormat().hasProperty(QTextFormat.Property.BlockQuoteLevel.value)
        ]

    def _wrap(self) -> None:
        modes = QTextOption.WrapMode
        mode = modes.WrapAnywhere if unbroken(self.piece.text) else modes.WrapAtWordBoundaryOrAnywhere
        option = self.document.defaultTextOption()
        if option.wrapMode() is not mode:
            option.setWrapMode(mode)
            self.document.setDefaultTextOption(option)

    def _fill(self) -> None:
        self._coloured = False
        text = visible(self.piece.text)
        if self.plain or self.piece.code or too_much(text):
            self.document.setPlainText(text)
            space_lines(self.document, 0)
        else:
            self.document.setMarkdown(_keep_lines(text), _FEATURES)
            style(self.document, text)


def _keep_lines(markdown: str) -> str:
    # Models and people end lines on purpose; Markdown would join them. Two blanks keep a line's end.
    return markdown.replace("\n", "  \n")
