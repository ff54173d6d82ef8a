"""A page of the guide as it is read: Markdown, with its pictures as wide as there is room, in the colours of the theme.

Nothing is fetched: pictures are files of the guide, and a link is told of instead of being followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QPixmap,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrame,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from wsgui.core.guide import Page
from wsgui.core.i18n import _
from wsgui.ui import theme
from wsgui.ui.named import KEEPS_TEXT, named

_MARGIN = 16
_LINE_HEIGHT = 120.0
"""Per cent."""
_ABOVE_HEADING = (0, 26, 20)
"""Pixels, for each level; deeper ones as the last."""
_PICTURE = "\ufffc"
"""What stands in a text for a picture."""
_SETTLED_MILLISECONDS = 150


class PageView(QTextBrowser):
    """Shows a page at a section."""

    link_wanted = Signal(str)
    """The address of a link that was clicked, as the page has it."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "guidePage", _("Page of the guide"))
        self.setProperty(KEEPS_TEXT, True)
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self._folder = Path()
        self._page: Page | None = None
        self._width = 0
        """That the pictures were fitted into."""
        self._settled = QTimer(self, singleShot=True, interval=_SETTLED_MILLISECONDS)
        self._settled.timeout.connect(self._fit)
        self.anchorClicked.connect(lambda url: self.link_wanted.emit(url.toString()))
        theme.changed.connect(self._show_again)

    def show_page(self, page: Page, folder: Path) -> None:
        """Show a page of the guide that lies in ``folder``, from its top."""
        self._page, self._folder = page, folder
        self._width = self._room()
        document = self.document()
        document.clear()
        document.setDocumentMargin(_MARGIN)
        document.setBaseUrl(QUrl.fromLocalFile(f"{folder}/"))
        self.setMarkdown(page.source)
        self._dress(document)

    @property
    def section(self) -> int:
        """The section at the top of the view."""
        at = self.cursorForPosition(self.viewport().rect().topLeft()).block().blockNumber()
        return max(0, sum(1 for block in self._headings() if block.blockNumber() <= at) - 1)

    def show_section(self, number: int) -> None:
        """Bring a section to the top; 0 is the page itself."""
        for place, block in enumerate(self._headings()):
            if place == number:
                layout = self.document().documentLayout()
                top = 0 if number == 0 else int(layout.blockBoundingRect(block).top())
                self.verticalScrollBar().setValue(top)
                return

    def mark(self, text: str) -> None:
        """Choose the first place after the top of the view where this text stands."""
        cursor = self.cursorForPosition(self.viewport().rect().topLeft())
        found = self.document().find(text, cursor)
        if not found.isNull():
            self.setTextCursor(found)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the guide, not wider than the view; of all else, nothing."""
        path = Path(self.document().baseUrl().resolved(QUrl(name)).toLocalFile())
        if kind != QTextDocument.ResourceType.ImageResource.value or self._folder.parent not in path.resolve().parents:
            return None
        pixmap = QPixmap(str(path))
        if pixmap.width() > self._width > 0:
            ratio = self.devicePixelRatioF()
            pixmap = pixmap.scaledToWidth(int(self._width * ratio), Qt.TransformationMode.SmoothTransformation)
            pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._room() != self._width:
            self._settled.start()

    def _room(self) -> int:
        return max(200, self.viewport().width() - 2 * _MARGIN)

    def _fit(self) -> None:
        if self._page is not None and "![" in self._page.source and self._room() != self._width:
            self._show_again()

    def _show_again(self) -> None:
        """In other colours or another width: at the same place."""
        if self._page is not None:
            section = self.section
            self.show_page(self._page, self._folder)
            self.show_section(section)

    def _headings(self) -> Iterator[QTextBlock]:
        return (block for block in _blocks(self.document()) if block.blockFormat().headingLevel())

    def _dress(self, document: QTextDocument) -> None:
        """Give code a ground of its own and tables their lines, which Markdown says nothing of."""
        colours = theme.current()
        ground, line = QBrush(QColor(colours.raised)), QBrush(QColor(colours.border))
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        for block in _blocks(document):
            form = block.blockFormat()
            if form.nonBreakableLines() or form.hasProperty(QTextFormat.Property.BlockCodeLanguage):
                form.setBackground(ground)
                form.setNonBreakableLines(False)  # a long line must not make all the others scroll
            elif _PICTURE not in block.text():
                form.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                self._dress_words(block, ground)
            if level := form.headingLevel():
                form.setTopMargin(_ABOVE_HEADING[min(level, len(_ABOVE_HEADING)) - 1])
                form.setBottomMargin(6)
            cursor.setPosition(block.position())
            cursor.setBlockFormat(form)
        for table in _tables(document.rootFrame()):
            look = table.format()
            look.setBorder(1)
            look.setBorderCollapse(True)
            look.setBorderBrush(line)
            look.setCellPadding(4)
            table.setFormat(look)
        cursor.endEditBlock()

    @staticmethod
    def _dress_words(block: QTextBlock, ground: QBrush) -> None:
        """Words of code within a text."""
        words = block.begin()
        spans = []
        while not words.atEnd():
            fragment = words.fragment()
            if fragment.charFormat().fontFixedPitch():
                spans.append((fragment.position(), fragment.length()))
            words += 1
        look = QTextCharFormat()
        look.setBackground(ground)
        for position, length in spans:
            cursor = QTextCursor(block)
            cursor.setPosition(position)
            cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(look)


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _tables(frame: QTextFrame) -> Iterator[QTextTable]:
    for child in frame.childFrames():
        if isinstance(child, QTextTable):
            yield child
        yield from _tables(child)
