"""A page of the guide as a Qt document: type, tables and code in the style of the window."""

from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core import theme
from lenet_gui.guide.pages import Page

_SIZES = {1: 1.65, 2: 1.28, 3: 1.08}
"""The size of headings, relative to the text."""

_CODE = 0.92
"""The size of code, relative to the text."""

_FEW, _SMALL = 4, 0.82
"""The size of type in tables with many columns, relative to the text."""

_ABOVE = {1: 0.0, 2: 1.5, 3: 1.1}
"""The space above a heading, in lines."""

_LEADING = 130.0
"""From line to line, in percent of the type's own height."""


@dataclass(frozen=True)
class Style:
    """The type and the colours of a page."""

    font: QFont
    text: QColor
    line: QColor
    tint: QColor
    link: QColor

    @classmethod
    def of(cls, widget: QWidget) -> "Style":
        """The current style of the window."""
        palette = widget.palette()
        text, ground = palette.text().color(), palette.base().color()
        return cls(
            theme.text_font(widget),
            text,
            theme.between(ground, text, 0.22),
            theme.between(ground, text, 0.08),
            theme.accent(widget),
        )


def page_document(page: Page, style: Style, parent: QWidget) -> QTextDocument:
    """The page in this style; its headings are anchors, named as links name them."""
    document = QTextDocument(parent)
    document.setDefaultFont(style.font)
    document.setDocumentMargin(2 * theme.UNIT)
    document.setUndoRedoEnabled(False)
    document.setMarkdown(page.text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    headings = iter(page.headings)
    for block in blocks(document):
        if block.blockFormat().headingLevel():
            _style_heading(document, block, next(headings).anchor, style)
        else:
            _style_text(document, block, style)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _style_table(frame, style)
    return document


def blocks(document: QTextDocument) -> list[QTextBlock]:
    """All paragraphs, including those in tables."""
    found, block = [], document.begin()
    while block.isValid():
        found.append(block)
        block = block.next()
    return found


def fragments(block: QTextBlock) -> list[QTextFragment]:
    """The pieces of a paragraph that have one format each, including pictures."""
    found, place = [], block.begin()
    while not place.atEnd():
        found.append(place.fragment())
        place += 1
    return found


def cursor_over(document: QTextDocument, part: QTextFragment) -> QTextCursor:
    """A cursor that has a piece of a paragraph selected."""
    cursor = QTextCursor(document)
    cursor.setPosition(part.position())
    cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
    return cursor


def _style_heading(document: QTextDocument, block: QTextBlock, anchor: str, style: Style) -> None:
    level = block.blockFormat().headingLevel()
    lines = style.font.pointSizeF() * 4 / 3
    shape = QTextBlockFormat()
    shape.setTopMargin(_ABOVE.get(level, 1.0) * lines)
    shape.setBottomMargin(0.5 * lines)
    QTextCursor(block).mergeBlockFormat(shape)
    for part in fragments(block):
        letters = part.charFormat()
        letters.clearProperty(QTextFormat.Property.FontSizeAdjustment)
        letters.setFontPointSize(style.font.pointSizeF() * _SIZES.get(level, 1.0))
        letters.setFontWeight(QFont.Weight.DemiBold)
        letters.setAnchor(True)
        letters.setAnchorNames([anchor])
        cursor_over(document, part).setCharFormat(letters)


def _style_text(document: QTextDocument, block: QTextBlock, style: Style) -> None:
    cursor, shape, parts = QTextCursor(block), QTextBlockFormat(), fragments(block)
    is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
    if is_code:
        shape.setBackground(style.tint)
        shape.setLeftMargin(theme.UNIT)
        shape.setNonBreakableLines(False)  # in a narrow window
    elif not cursor.currentTable():
        if not any(part.charFormat().isImageFormat() for part in parts):
            proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            shape.setLineHeight(_LEADING, proportional)
        if block.textList() is None:
            shape.setBottomMargin(theme.UNIT)
    cursor.mergeBlockFormat(shape)
    for part in parts:
        letters = QTextCharFormat()
        if part.charFormat().isAnchor():
            letters.setForeground(style.link)
        if part.charFormat().fontFixedPitch():
            # As high as the text beside it, so that lines are evenly spaced.
            letters.setFontPointSize(style.font.pointSizeF() * _CODE)
            if not is_code:
                letters.setBackground(style.tint)
        if not letters.isEmpty():
            cursor_over(document, part).mergeCharFormat(letters)


def _style_table(table: QTextTable, style: Style) -> None:
    shape = table.format()
    shape.setCellPadding(theme.UNIT * (0.6 if table.columns() <= _FEW else 0.3))
    shape.setCellSpacing(0)
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(style.line)
    shape.setBorderCollapse(True)
    shape.setTopMargin(theme.UNIT // 2)
    shape.setBottomMargin(theme.UNIT * 1.5)
    table.setFormat(shape)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        head = cell.format()
        head.setBackground(style.tint)
        cell.setFormat(head)
    if table.columns() > _FEW:
        smaller = QTextCharFormat()
        smaller.setFontPointSize(style.font.pointSizeF() * _SMALL)
        cursor = table.firstCursorPosition()
        cursor.setPosition(table.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(smaller)
