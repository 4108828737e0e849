"""Shows one page of the guide: its text to read, select and copy, its pictures, its links."""

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QDesktopServices,
    QImage,
    QPalette,
    QResizeEvent,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from lenet_gui.errors import UserError
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.gui.guide.document import Style, blocks, cursor_over, fragments, page_document
from lenet_gui.guide.pages import Guide, Page, picture_file
from lenet_gui.guide.places import Place
from lenet_gui.pictures.colours import Theme

_MEASURE = 84
"""The longest line, in letters of average width: longer ones are hard to read."""

_PICTURE = "picture"
"""The scheme of the links that the pictures themselves are."""

_RENEWING = {
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.DevicePixelRatioChange,
}


class PageView(QTextBrowser):
    """`followed(Place)` on a click or Enter on a link to another place of the guide.

    `picture_chosen(QImage, str)` on a picture, with the words that say what it shows.
    """

    followed = Signal(object)
    picture_chosen = Signal(QImage, str)

    def __init__(self, guide: Guide, parent: QWidget | None = None) -> None:
        self._page: Page | None = None
        super().__init__(parent)
        self.setObjectName("guide page")
        self.setAccessibleName("Page of the guide")
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._guide = guide
        self._document: QTextDocument | None = None
        self._anchor = ""
        self._pictures: dict[str, QImage] = {}
        self._searched = ""
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.anchorClicked.connect(self._follow)
        self.verticalScrollBar().sliderMoved.connect(self._leave_anchor)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self._page

    @property
    def scrolled(self) -> int:
        """How far the page is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def show_place(self, place: Place) -> None:
        """Shows a page from the heading of a place on, or from its beginning."""
        page = self._guide.pages[place.page]
        if page is not self._page:
            self._page = page
            self._build()
        self._go_to(place.anchor)

    def scroll_to(self, scrolled: int) -> None:
        """Scrolls to where the page was before."""
        self._leave_anchor()
        self.verticalScrollBar().setValue(scrolled)

    # Finding words

    def mark(self, words: str) -> int:
        """Marks words wherever the page has them; returns how often."""
        self._searched = words
        self._paint_marks()
        return len(self._places_of(words))

    def find_next(self, words: str, *, backwards: bool = False, anew: bool = False) -> int:
        """Goes to the next match, wrapping around; its number from 1, 0 if there is none.

        `anew`: from the beginning of the selection, as while the words are being typed.
        """
        places = self._places_of(words)
        if not places:
            return 0
        cursor = self.textCursor()
        here = cursor.selectionStart()
        starts = [place.selectionStart() for place in places]
        if backwards:
            before = [number for number, start in enumerate(starts) if start < here]
            number = before[-1] if before else len(starts) - 1
        else:
            from_here = here if anew else here + 1
            after = [number for number, start in enumerate(starts) if start >= from_here]
            number = after[0] if after else 0
        self._leave_anchor()
        self.setTextCursor(places[number])
        self.ensureCursorVisible()
        return number + 1

    def _places_of(self, words: str) -> list[QTextCursor]:
        if not words:
            return []
        found, cursor = [], QTextCursor(self.document())
        while not (cursor := self.document().find(words, cursor)).isNull():
            found.append(cursor)
        return found

    def _paint_marks(self) -> None:
        marks = [self._mark_of(place) for place in self._places_of(self._searched)]
        self.setExtraSelections(marks)

    def _mark_of(self, place: QTextCursor) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = place
        base = self.palette().base().color()
        mark.format.setBackground(theme.between(base, theme.ORANGE, 0.45))
        return mark

    # The page

    def _build(self) -> None:
        if self._page is None:
            return
        self._pictures = _pictures_of(self._page, theme.theme_of(self))
        before = self._document
        self._document = page_document(self._page, Style.of(self), self)
        self.setDocument(self._document)
        if before is not None:  # Qt deletes only the one that it has made itself
            before.deleteLater()
        self._fit()
        self._paint_marks()

    def _fit(self) -> None:
        """Limits lines to a readable length, and pictures to the width of lines."""
        longest = self.fontMetrics().averageCharWidth() * _MEASURE + 4 * theme.UNIT
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.width() - bar
        side = max(0, room - longest) // 2
        self.setViewportMargins(side, 0, side, 0)
        # Qt rounds the columns of a table up: their sum may be a little wider than the line.
        line = min(room, longest) - 4
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setLineWrapColumnOrWidth(line)
        width = line - 4 * theme.UNIT
        ratio = self.devicePixelRatioF()
        for block in _image_places(self.document()):
            picture = self._pictures.get(block.charFormat().toImageFormat().name())
            if picture is None:
                continue
            wide = max(1, min(picture.width(), width))
            smooth = Qt.TransformationMode.SmoothTransformation
            scaled = picture.scaledToWidth(round(wide * ratio), smooth)
            scaled.setDevicePixelRatio(ratio)
            shape = QTextImageFormat(block.charFormat().toImageFormat())
            url = QUrl(shape.name())
            self.document().addResource(QTextDocument.ResourceType.ImageResource.value, url, scaled)
            shape.setWidth(wide)
            shape.setHeight(scaled.height() / ratio)
            shape.setAnchor(True)
            shape.setAnchorHref(f"{_PICTURE}:{shape.name()}")
            shape.setToolTip(plain_tip("Click to see it in full size"))
            block.setCharFormat(shape)
        # Qt lays out the end of a long page later, and would take heights from before the pictures
        # had theirs: text would be missing there.
        self.document().markContentsDirty(0, self.document().characterCount())

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ARG002
        """Loads nothing: the document has the pictures of the page."""
        return None

    def _go_to(self, anchor: str) -> None:
        self._anchor, bar = anchor, self.verticalScrollBar()
        if not anchor:
            bar.setValue(0)
            return
        self.scrollToAnchor(anchor)
        if bar.value() < bar.maximum():
            bar.setValue(bar.value() - theme.UNIT)

    @Slot()
    def _leave_anchor(self) -> None:
        """From here on the reader scrolls."""
        self._anchor = ""

    @Slot(QUrl)
    def _follow(self, url: QUrl) -> None:
        if self._page is None:
            return
        if url.scheme() == _PICTURE:
            name = url.path()
            self.picture_chosen.emit(self._pictures[name], self._page.picture_words(name))
            return
        place = self._guide.place_of(self._page, url.toString())
        if place is not None:
            self.followed.emit(place)
        elif url.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(url)

    def wheelEvent(self, event: Any) -> None:
        self._leave_anchor()
        super().wheelEvent(event)

    def keyPressEvent(self, event: Any) -> None:
        self._leave_anchor()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() == event.oldSize().width():
            return
        self._fit()
        if self._anchor:
            self._go_to(self._anchor)

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in _RENEWING and self._page is not None:
            scrolled = self.scrolled
            self._build()
            if self._anchor:
                self._go_to(self._anchor)
            else:
                self.verticalScrollBar().setValue(scrolled)
        return handled

    def sizeHint(self) -> QSize:
        return QSize(620, 560)


def _pictures_of(page: Page, ground: Theme) -> dict[str, QImage]:
    """The existing pictures, by their names on the page; the dark ones in the dark theme."""
    found = {}
    for name in page.pictures:
        try:
            file = picture_file(page, name)
        except UserError:  # the others are still shown
            continue
        dark = file.with_stem(f"{file.stem}-dark")
        picture = QImage(str(dark if ground is Theme.DARK and dark.exists() else file))
        if not picture.isNull():
            found[name] = picture
    return found


def _image_places(document: QTextDocument) -> list[QTextCursor]:
    """A cursor over each picture."""
    parts = (part for block in blocks(document) for part in fragments(block))
    return [cursor_over(document, part) for part in parts if part.charFormat().isImageFormat()]
