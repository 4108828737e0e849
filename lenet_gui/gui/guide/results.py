"""The results of a search through the guide: sections, with excerpts around the words."""

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from lenet_gui.gui.core import theme
from lenet_gui.guide.searching import Found

_NOTHING = "No page contains these words."
_EXCERPT = Qt.ItemDataRole.UserRole
_WRAPPED = int(Qt.TextFlag.TextWordWrap)


class Results(QListWidget):
    """`chosen(Found)` on a click or Enter."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide results")
        self.setAccessibleName("Found in the guide")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setItemDelegate(_Entry(self))
        self._found: tuple[Found, ...] = ()
        self.itemClicked.connect(self._choose)
        self.itemActivated.connect(self._choose)

    @property
    def found(self) -> tuple[Found, ...]:
        """What is listed."""
        return self._found

    def show_found(self, found: tuple[Found, ...]) -> None:
        """Lists what was found, or says that nothing was."""
        self._found = found
        self.clear()
        for each in found:
            where = each.title
            if each.title != each.page_title:
                where = f"{each.page_title}: {each.title}"
            item = QListWidgetItem(where, self)
            item.setData(_EXCERPT, each.excerpt)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, each.excerpt)
        if found:
            self.setCurrentRow(0)
        else:
            nothing = QListWidgetItem(_NOTHING, self)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)

    def choose_first(self) -> None:
        """Chooses the first result, if any."""
        if self._found:
            self.chosen.emit(self._found[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt leaves the entries where they were when its scroll bar has made them narrower."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self._found[self.row(item)])


class _Entry(QStyledItemDelegate):
    """A title, and under it an excerpt, smaller and paler."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        colours = option.palette
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ink = (colours.highlightedText() if is_chosen else colours.text()).color()
        painter.save()
        if is_chosen:
            painter.fillRect(option.rect, colours.highlight())
        for words, font, place in self._parts(index, option.rect.width()):
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(place.translated(option.rect.topLeft()), _WRAPPED, words)
            ink.setAlpha(190)
        painter.restore()

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002 - its rectangle is not yet known
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        owner = self.parent()
        assert isinstance(owner, QListWidget)  # noqa: S101 - as it was made
        width = owner.viewport().width()
        *_, (_, _, last) = self._parts(index, width)
        return QSize(width, last.bottom() + theme.UNIT)

    @staticmethod
    def _parts(
        index: QModelIndex | QPersistentModelIndex, width: int
    ) -> Iterator[tuple[str, QFont, QRect]]:
        """The words, their fonts, and their places in an entry of a given width."""
        top, room = theme.UNIT // 2, max(1, width - 2 * theme.UNIT)
        title, excerpt = str(index.data()), str(index.data(_EXCERPT) or "")
        for words, font in ((title, theme.text_font()), (excerpt, theme.small_font())):
            if words:
                needed = QFontMetrics(font).boundingRect(QRect(0, 0, room, 10_000), _WRAPPED, words)
                yield words, font, QRect(theme.UNIT, top, room, needed.height())
                top += needed.height() + 2
