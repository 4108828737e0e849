"""The contents of the guide: chapters, pages, and the headings of the current page."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QTreeWidget, QTreeWidgetItem, QTreeWidgetItemIterator, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.guide.pages import Guide
from lenet_gui.guide.places import Place

_PLACE = Qt.ItemDataRole.UserRole


class Contents(QTreeWidget):
    """`chosen(Place)` on a click or Enter."""

    chosen = Signal(object)

    def __init__(self, guide: Guide, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide contents")
        self.setAccessibleName("Contents of the guide")
        self.setHeaderHidden(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(2 * theme.UNIT)
        self.setRootIsDecorated(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._guide = guide
        self._items: dict[str, QTreeWidgetItem] = {}
        for chapter in guide.chapters:
            over: QTreeWidget | QTreeWidgetItem = self
            if chapter.title:
                over = QTreeWidgetItem(self, [chapter.title])
                over.setFlags(Qt.ItemFlag.ItemIsEnabled)
                over.setTextAlignment(0, Qt.AlignmentFlag.AlignBottom)
                over.setExpanded(True)
            for page in chapter.pages:
                item = _item(over, page.title, Place(page.name))
                self._items[page.name] = item
                for heading in page.headings:
                    if heading.level == 2:
                        _item(item, heading.title, Place(page.name, heading.anchor))
        self._space()
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    @property
    def current(self) -> Place | None:
        """The marked place."""
        item = self.currentItem()
        link = None if item is None else item.data(0, _PLACE)
        return Place.of(link) if link else None

    def mark(self, place: Place) -> None:
        """Marks the current place; only its page shows its headings."""
        page = self._items.get(place.page)
        for name, item in self._items.items():
            item.setExpanded(name == place.page)
        if page is None:
            return
        found = page
        for number in range(page.childCount()):
            if page.child(number).data(0, _PLACE) == place.link:
                found = page.child(number)
        self.setCurrentItem(found)
        self.scrollToItem(found)

    def sizeHint(self) -> QSize:
        """As wide as the longest title of a page."""
        titles = (page.title for page in self._guide.pages.values())
        words = max(self.fontMetrics().horizontalAdvance(title) for title in titles)
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(words + 2 * self.indentation() + bar + theme.UNIT, 400)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._space()

    def _space(self) -> None:
        """Lines are slightly spaced, chapters by half a line more."""
        line = self.fontMetrics().height() + theme.UNIT // 2
        items = QTreeWidgetItemIterator(self)
        while (item := items.value()) is not None:
            is_chapter = not item.data(0, _PLACE)
            item.setFont(0, theme.title_font(self) if is_chapter else theme.text_font(self))
            item.setSizeHint(0, QSize(0, line + (line // 2 if is_chapter else 0)))
            items += 1

    @Slot(QTreeWidgetItem)
    def _choose(self, item: QTreeWidgetItem) -> None:
        link = item.data(0, _PLACE)
        if link:
            self.chosen.emit(Place.of(link))
        else:
            item.setExpanded(True)


def _item(over: QTreeWidget | QTreeWidgetItem, title: str, place: Place) -> QTreeWidgetItem:
    item = QTreeWidgetItem(over, [title])
    item.setData(0, _PLACE, place.link)
    item.setData(0, Qt.ItemDataRole.ToolTipRole, plain_tip(title))
    return item
