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
    QFont,
    QImage,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
)

from desktop_agent.ui import theme
from desktop_agent.ui.pieces import Piece, unbroken

_FEATURES = QTextDocument.MarkdownFeature(
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub.value | QTextDocument.MarkdownFeature.MarkdownNoHTML.value
)
_HEADINGS = (1.45, 1.3, 1.15, 1.05)
"""Heights of headings, largest first, as multiples of the body text; deeper ones are the body's."""

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
        if not grown:
            self._fill()
        elif added:
            cursor = QTextCursor(self.document)
            cursor.movePosition(QTextCursor.MoveOperation.End)
            cursor.insertText(added)

    def set_width(self, width: float) -> None:
        """Break lines at ``width``."""
        if self.document.textWidth() != width:
            self.document.setTextWidth(width)

    @property
    def height(self) -> float:
        return self.document.size().height()

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
            for block in _blocks(self.document)
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
        if self.plain or self.piece.code:
            self.document.setPlainText(self.piece.text)
            _space_lines(self.document, 0)
        else:
            self.document.setMarkdown(_keep_lines(self.piece.text), _FEATURES)
            _style(self.document, self.piece.text)


def _keep_lines(markdown: str) -> str:
    # Models and people end lines on purpose; Markdown would join them. Two blanks keep a line's end.
    return markdown.replace("\n", "  \n")


def line_height(code: bool = False) -> int:
    """Least height of a line, with room for Chinese characters."""
    return round(theme.pixels(theme.Size.BODY) * (1.36 if code else 1.55))


def _blocks(document: QTextDocument) -> list[QTextBlock]:
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def _space_lines(document: QTextDocument, below: int) -> None:
    spacing = QTextBlockFormat()
    code = document.defaultFont().fixedPitch()
    spacing.setLineHeight(line_height(code), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    spacing.setTopMargin(0)
    spacing.setBottomMargin(below)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(spacing)


def _style(document: QTextDocument, source: str) -> None:
    """Give what Qt made of Markdown our sizes, distances and colours."""
    below = round(theme.pixels(theme.Size.BODY) * 0.57)
    _space_lines(document, below)
    blocks = _blocks(document)
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        _style_block(block, following, below)
    if "`" in source or "](" in source or "://" in source or "www." in source or "@" in source:
        for block in blocks:
            _style_words(document, block)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _style_table(document, frame, below)


def _style_block(block: QTextBlock, following: QTextBlock | None, below: int) -> None:
    form = block.blockFormat()
    change = QTextBlockFormat()
    if block.textList() is not None:
        change.setBottomMargin(below if following is None or following.textList() is None else 2)
        if theme.has_chinese(block.text()):
            # Qt puts the marker at the top of the line in the font of the block; Chinese letters begin higher there.
            marker = QTextCharFormat()
            marker.setFontFamilies(theme.families(chinese=True))
            QTextCursor(block).mergeBlockCharFormat(marker)
    if level := form.intProperty(QTextFormat.Property.BlockQuoteLevel.value):
        change.setLeftMargin(14 * level)
    if level := form.headingLevel():
        _style_heading(block, _HEADINGS[level - 1] if level <= len(_HEADINGS) else 1.0)
        change.setTopMargin(below if block.position() else 0)
    if following is None:
        change.setBottomMargin(0)
    QTextCursor(block).mergeBlockFormat(change)


def _style_heading(block: QTextBlock, factor: float) -> None:
    found = []
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        found.append((fragment.position(), fragment.length(), fragment.charFormat()))
        walk += 1
    cursor = QTextCursor(block)
    for position, length, form in found:
        # Merging cannot take a property away, and Qt's own step wins over any size beside it.
        form.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        form.setProperty(QTextFormat.Property.FontPixelSize.value, round(theme.pixels(theme.Size.BODY) * factor))
        form.setFontWeight(QFont.Weight.DemiBold)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(form)


def _style_words(document: QTextDocument, block: QTextBlock) -> None:
    c = theme.colours()
    changes: list[tuple[int, int, QTextCharFormat, str]] = []
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        form, change, instead = fragment.charFormat(), QTextCharFormat(), ""
        if form.isImageFormat():
            instead = form.toImageFormat().property(QTextFormat.Property.ImageAltText.value) or "▢"
        elif form.fontFixedPitch():
            change.setFontFamilies(theme.code_families())
            change.setProperty(QTextFormat.Property.FontPixelSize.value, theme.pixels(theme.Size.BODY) - 1)
            change.setBackground(QColor(c.bubble if not c.dark else c.line))
        elif form.isAnchor():
            change.setForeground(QColor(c.accent))
            change.setFontUnderline(True)
        if instead or change.propertyCount():
            changes.append((fragment.position(), fragment.length(), change, instead))
        walk += 1
    for position, length, change, instead in reversed(changes):
        cursor = QTextCursor(document)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        if instead:
            cursor.insertText(f"[{instead}]", QTextCharFormat())
        else:
            cursor.mergeCharFormat(change)


def _style_table(document: QTextDocument, table: QTextTable, below: int) -> None:
    form = table.format()
    form.setBorder(1)
    form.setBorderCollapse(True)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QColor(theme.colours().line))
    form.setCellPadding(4)
    form.setCellSpacing(0)
    # The margin of a paragraph before a table does not count, so the table brings its own.
    form.setTopMargin(below if table.firstPosition() > 1 else 0)
    form.setBottomMargin(below if table.lastPosition() + 2 < document.characterCount() else 0)
    form.setWidth(QTextLength())
    table.setFormat(form)
    inside = QTextBlockFormat()
    inside.setBottomMargin(0)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            cell.firstCursorPosition().mergeBlockFormat(inside)
            edges = cell.format().toTableCellFormat()
            edges.setBorder(1)
            edges.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            edges.setBorderBrush(QColor(theme.colours().line))
            cell.setFormat(edges)
    # Qt keeps an empty paragraph before and behind each table; ours must not show.
    hairline = QTextBlockFormat()
    hairline.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    hairline.setBottomMargin(0)
    for position in (table.firstPosition() - 1, table.lastPosition() + 1):
        block = document.findBlock(position)
        if block.isValid() and not block.length() > 1:
            QTextCursor(block).mergeBlockFormat(hairline)
