"""Thousands of digits in rows: only those in sight are painted, straight from the set's array."""

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from lenet_gui.data.digits import DIGIT_SIDE
from lenet_gui.explore.gallery import Indices
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.core.text_size import factor
from lenet_gui.gui.views.digits.state import SIZES, USUAL_SIZE
from lenet_gui.gui.views.digits.text import LOADING, NONE_LIKE_THAT, DigitTexts, DigitWords
from lenet_gui.gui.views.digits.thumbnails import Captions, colour_table, ground, thumbnails
from lenet_gui.gui.widgets.empty_state import EmptyState
from lenet_gui.gui.widgets.grid import accessible
from lenet_gui.gui.widgets.grid.commands import CellCommands, ShownCell
from lenet_gui.gui.widgets.grid.surface import RENEWING
from lenet_gui.pictures.grid.panel import Cell, Colours, Panel, Values

_NOTHING = np.zeros(0, np.intp)

_NAME = "digits"


class DigitGallery(QAbstractScrollArea):
    """Shows digits of a set in a given order.

    `pointed(int)` the place in the set of the digit under the pointer or the keys, -1 for none;
    `taken(int)` the one that is clicked, or on which Enter is pressed; `size_changed(int)`. Inside,
    lengths are device pixels, so that every pixel of a digit is a square of whole ones. For screen
    readers it is a table of the digits in sight.
    """

    pointed = Signal(int)
    taken = Signal(int)
    size_changed = Signal(int)

    def __init__(self, commands: CellCommands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        accessible.add_kind(DigitGallery)
        self._commands = commands
        self.setAccessibleName("Digits")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.empty = EmptyState(
            self, link="Show all digits", tip="Show all digits of the set again"
        )
        self.empty.say(LOADING, offers=False)
        self.widest_caption = "8→8"
        self._texts: DigitTexts | None = None
        self._indices: Indices = _NOTHING
        self._current = 0
        self._hovered: int | None = None
        self._size = USUAL_SIZE
        self._captions = Captions(self)

    @property
    def indices(self) -> Indices:
        """The places in the set of what is shown, in order."""
        return self._indices

    @property
    def current(self) -> int | None:
        """The place in the set of the digit that the keys have moved to."""
        return int(self._indices[self._current]) if len(self._indices) else None

    def minimumSizeHint(self) -> QSize:
        return QSize(18 * theme.UNIT, 14 * theme.UNIT)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()  # it takes what room there is

    def show_digits(self, texts: DigitTexts, indices: Indices) -> None:
        """Shows the `indices` of a set; stays where it is if these are the same."""
        before = None if self._texts is None else self._texts.digits
        same = texts.digits is before and np.array_equal(indices, self._indices)
        self._texts, self._indices = texts, indices
        self.empty.say("" if len(indices) else NONE_LIKE_THAT)
        self._measure()
        if not same:
            self._current, self._hovered = 0, None
            self.verticalScrollBar().setValue(0)
        self.viewport().update()

    @property
    def size_of_digits(self) -> int:
        """How large the digits are, one of `SIZES`."""
        return self._size

    def set_size_of_digits(self, size: int) -> None:
        """Shows the digits in another one of `SIZES`."""
        if size != self._size:
            self._size = size
            self._measure()
            self.go_to(self._current)
            self.size_changed.emit(size)

    def place_of(self, position: int) -> QRect:
        """Where the `position`-th of the digits shown is in the viewport, in logical pixels."""
        ratio = self.devicePixelRatioF()
        box = self._box(position)
        corner = QPoint(round(box.x() / ratio), round(box.y() / ratio))
        return QRect(corner, QSize(round(box.width() / ratio), round(box.height() / ratio)))

    def position_at(self, point: QPointF) -> int | None:
        """Which of the digits shown is at a point of the viewport."""
        ratio = self.devicePixelRatioF()
        cell, columns, left = self._layout()
        x = int(point.x() * ratio) - left
        y = int(point.y() * ratio) + self.verticalScrollBar().value()
        column = x // cell.width()
        position = y // cell.height() * columns + column
        inside = 0 <= column < columns and 0 <= position < len(self._indices)
        return position if inside else None

    def go_to(self, position: int) -> None:
        """Moves the mark, and scrolls it into sight."""
        if not len(self._indices):
            return
        self._current = min(max(position, 0), len(self._indices) - 1)
        box, bar = self._box(self._current), self.verticalScrollBar()
        height = self._view_size().height()
        if box.top() < 0:
            bar.setValue(bar.value() + box.top())
        elif box.bottom() >= height:
            bar.setValue(bar.value() + box.bottom() + 1 - height)
        self.pointed.emit(self.current)
        self.viewport().update()

    # What Qt calls

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cell, columns, _ = self._layout()
        page = max(1, self._view_size().height() // cell.height()) * columns
        now, last = self._current, len(self._indices) - 1
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: now - 1,
            Qt.Key.Key_Right: now + 1,
            Qt.Key.Key_Up: now - columns if now >= columns else now,
            Qt.Key.Key_Down: now + columns if now + columns <= last else now,
            Qt.Key.Key_PageUp: now - page,
            Qt.Key.Key_PageDown: now + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in steps:
            self.go_to(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.taken.emit(self.current)
        elif event.text() in ("+", "-", "="):
            size = self._size + (-1 if event.text() == "-" else 1)
            self.set_size_of_digits(min(max(size, SIZES[0]), SIZES[-1]))
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        position = self.position_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and position is not None:
            self.go_to(position)
            self.taken.emit(int(self._indices[position]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = self.position_at(event.position())
        self._tell(position)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._tell(self._current if self.hasFocus() and len(self._indices) else None)
            self._hovered = None
        return super().viewportEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if len(self._indices):
            self.pointed.emit(self.current)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in RENEWING:
            self._captions.clear()
            self._measure()
            self.viewport().update()
        return handled

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        position = self.position_at(QPointF(event.pos())) if by_mouse else self._current
        if self._texts is None or position is None or not len(self._indices):
            return
        if not by_mouse:
            self.go_to(position)
        place = self.viewport().mapToGlobal(self.place_of(position).center())
        shown = self._shown(self._texts, position)
        self._commands.menu_of(self, shown).popup(event.globalPos() if by_mouse else place)

    def _shown(self, texts: DigitTexts, position: int) -> ShownCell:
        """A digit as a picture of ink; its value is its label."""
        index = int(self._indices[position])
        words = DigitWords(texts, self._indices[position : position + 1])
        panel = Panel(_NAME, 1, DIGIT_SIDE, DIGIT_SIDE, words, Colours.INK)
        ink = texts.digits.images[index].astype(np.float32) / 255
        cell = Cell(_NAME, 0, 0, 0)
        return ShownCell(panel, cell, Values.of(panel, ink), float(texts.label(index)))

    # What a screen reader asks for: a table of the digits in sight

    @property
    def panels(self) -> tuple[Panel, ...]:
        """One panel of as many cells as digits are in sight."""
        if self._texts is None or not len(self._indices):
            return ()
        seen = self._in_sight()
        some = self._indices[seen.start : seen.stop]
        return (Panel(_NAME, len(some), 1, 1, DigitWords(self._texts, some)),)

    @property
    def held(self) -> Cell | None:
        """The digit that the keys have moved to, if it is in sight."""
        return self._cell_of(self._current if len(self._indices) else None)

    @property
    def spoken(self) -> Cell | None:
        """The digit under the pointer, else the one that the keys have moved to."""
        return self._cell_of(self._hovered) or self.held

    def panel_of(self, cell: Cell) -> Panel:  # noqa: ARG002
        """There is one."""
        return self.panels[0]

    def value_text(self, cell: Cell) -> str:
        """The words under a digit."""
        return self.panels[0].words.value(cell, 0.0)

    def cell_under(self, position: QPointF) -> Cell | None:
        """The digit at a place of the gallery."""
        return self._cell_of(self.position_at(position))

    def cell_rect(self, cell: Cell) -> QRect:
        """The logical pixels of a digit."""
        return self.place_of(self._in_sight().start + cell.picture)

    def _cell_of(self, position: int | None) -> Cell | None:
        seen = self._in_sight()
        if position is None or position not in seen:
            return None
        return Cell(_NAME, position - seen.start, 0, 0)

    def _in_sight(self) -> range:
        """The positions of the digits whose rows are in sight, wholly or in part."""
        cell, columns, _ = self._layout()
        offset = self.verticalScrollBar().value()
        rows = (self._view_size().height() + offset % cell.height()) // cell.height() + 1
        first = offset // cell.height() * columns
        return range(first, min(first + rows * columns, len(self._indices)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), ground(self))
        if self._texts is None or not len(self._indices):
            return
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        cell, columns, left = self._layout()
        offset, seen = self.verticalScrollBar().value(), self._in_sight()
        some = self._indices[seen.start : seen.stop]
        wrong = [self._texts.is_wrong(int(index)) for index in some]
        thumb, gap = self._thumb(), self._gap()
        size = cell.width(), cell.height()
        indices = thumbnails(self._texts.digits.images[some], wrong, columns, size, (thumb, gap))
        image = to_qimage_indexed(indices, colour_table(self))
        painter.drawImage(left, -(offset % cell.height()), image)
        for place, index in enumerate(some):
            row, column = divmod(place, columns)
            pixmap = self._captions.drawn(self._texts.caption(int(index)), cell.width())
            # Clear of the edge round a digit that is read wrongly.
            y = row * cell.height() + thumb + gap + gap // 2 - offset % cell.height()
            painter.drawPixmap(QPoint(left + column * cell.width(), y), pixmap)
        if self._current in seen:
            colour = theme.FRAME if self.hasFocus() else theme.faint(self)
            painter.setPen(QPen(colour, round(2 * ratio)))
            painter.drawRect(self._box(self._current).adjusted(1, 1, -2, -2))

    # Lengths

    def _thumb(self) -> int:
        return DIGIT_SIDE * max(1, round(self._size * self.devicePixelRatioF() * factor(self)))

    def _gap(self) -> int:
        return round(theme.UNIT / 2 * self.devicePixelRatioF())

    def _layout(self) -> tuple[QSize, int, int]:
        """The size of a cell, the columns, and the left border."""
        ratio = self.devicePixelRatioF()
        metrics = QFontMetrics(theme.small_font(self))
        widest = round(metrics.horizontalAdvance(self.widest_caption) * ratio)
        wide = max(self._thumb(), widest) + 2 * self._gap()
        high = self._thumb() + round(metrics.height() * ratio) + 2 * self._gap()
        room = self._view_size().width()
        columns = max(1, room // wide)
        return QSize(wide, high), columns, max(0, (room - columns * wide) // 2)

    def _view_size(self) -> QSize:
        ratio = self.devicePixelRatioF()
        size = self.viewport().size()
        return QSize(int(size.width() * ratio), int(size.height() * ratio))

    def _box(self, position: int) -> QRect:
        cell, columns, left = self._layout()
        row, column = divmod(position, columns)
        top = row * cell.height() - self.verticalScrollBar().value()
        return QRect(QPoint(left + column * cell.width(), top), cell)

    def _measure(self) -> None:
        cell, columns, _ = self._layout()
        rows = -(-len(self._indices) // columns)
        height, bar = self._view_size().height(), self.verticalScrollBar()
        bar.setRange(0, max(0, rows * cell.height() - height))
        bar.setPageStep(max(cell.height(), height - cell.height()))
        bar.setSingleStep(max(1, cell.height() // 3))

    def _tell(self, position: int | None) -> None:
        self._hovered = position
        self.pointed.emit(-1 if position is None else int(self._indices[position]))
