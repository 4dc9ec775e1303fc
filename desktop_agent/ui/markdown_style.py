"""How what Qt makes of Markdown looks: sizes, distances and colours of paragraphs, headings, code words and tables."""

from __future__ import annotations

import re
from collections import Counter

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextList,
    QTextTable,
)

from desktop_agent.ui import list_marks, theme
from desktop_agent.ui.list_marks import Mark

_QUOTED_HEADING = re.compile(r"^ {0,3}>[> ]*#{1,6}[ \t]+(.*)$", re.MULTILINE)
_RULE = QTextFormat.Property.BlockTrailingHorizontalRulerWidth.value
_HEADINGS = (1.45, 1.3, 1.15, 1.05)
"""Heights of headings, largest first, as multiples of the body text; deeper ones are the body's."""


def line_height(code: bool = False) -> int:
    """Least height of a line, with room for Chinese characters."""
    return round(theme.pixels(theme.Size.BODY) * (1.36 if code else 1.55))


def blocks(document: QTextDocument) -> list[QTextBlock]:
    """All paragraphs in order."""
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def space_lines(document: QTextDocument, below: int) -> None:
    """Give all lines the height that Chinese letters need, and all paragraphs ``below`` pixels behind them."""
    spacing = QTextBlockFormat()
    code = document.defaultFont().fixedPitch()
    spacing.setLineHeight(line_height(code), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    spacing.setTopMargin(0)
    spacing.setBottomMargin(below)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(spacing)


def style(document: QTextDocument, source: str) -> list[Mark]:
    """Give what Qt made of Markdown our sizes, distances and colours; what stands before the items of its lists."""
    below = round(theme.pixels(theme.Size.BODY) * 0.57)
    space_lines(document, below)
    found = blocks(document)
    if ">" in source:
        _quote_headings(found, source)
    for block, following in zip(found, [*found[1:], None], strict=True):
        _style_block(block, following, below)
    if len(found) > 1 and found[1].blockFormat().hasProperty(_RULE):
        _hide_empty(found[0])  # and one before a rule that stands first
    if "`" in source or "](" in source or "://" in source or "www." in source or "@" in source:
        for block in found:
            _style_words(document, block)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _style_table(document, frame, below)
    return list_marks.take(document) if any(block.textList() is not None for block in found) else []


def _style_block(block: QTextBlock, following: QTextBlock | None, below: int) -> None:
    form = block.blockFormat()
    change = QTextBlockFormat()
    if (within := block.textList()) is not None:
        after = following.textList() if following is not None else None
        # Another list of the same rank is another list; one further in or out belongs to this.
        ends = after is None or (after.objectIndex() != within.objectIndex() and _rank(after) == _rank(within))
        change.setBottomMargin(below if ends else 2)
    if level := form.intProperty(QTextFormat.Property.BlockQuoteLevel.value):
        change.setLeftMargin(14 * level)
    if level := form.headingLevel():
        _style_heading(block, _HEADINGS[level - 1] if level <= len(_HEADINGS) else 1.0)
        # Nearer to what it heads than to what came before.
        change.setTopMargin(2 * below if block.position() else 0)
    if following is None:
        change.setBottomMargin(0)
    QTextCursor(block).mergeBlockFormat(change)


def _quote_headings(found: list[QTextBlock], source: str) -> None:
    """Let headings in quotes belong to them: Qt forgets it."""
    said = Counter(_bare(line) for line in _QUOTED_HEADING.findall(source))
    for block in found:
        if block.blockFormat().headingLevel() and said[text := _bare(block.text())]:
            said[text] -= 1
            quoted = QTextBlockFormat()
            quoted.setProperty(QTextFormat.Property.BlockQuoteLevel.value, 1)
            QTextCursor(block).mergeBlockFormat(quoted)


def _bare(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading)


def _rank(within: QTextList) -> int:
    return within.format().indent()


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
    for position in (table.firstPosition() - 1, table.lastPosition() + 1):
        _hide_empty(document.findBlock(position))


def _hide_empty(block: QTextBlock) -> None:
    if block.isValid() and not block.length() > 1:
        hairline = QTextBlockFormat()
        hairline.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        hairline.setBottomMargin(0)
        QTextCursor(block).mergeBlockFormat(hairline)
