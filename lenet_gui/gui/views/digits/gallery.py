"""Thousands of digits in rows: only those in sight are painted, straight from the set's array."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from lenet_gui.data.digits import DIGIT_SIDE, UInt8Array
from lenet_gui.explore.gallery import Indices
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.ink_colours import canvas_colours
from lenet_gui.pictures.colours import Theme

_GROUND, _WRONG = 254, 255
_INKEST = 253
"""The last colours of the table are kept for the ground and for the edge of what is wrong."""

_SIZES = (1, 2, 3)
_NOTHING = np.zeros(0, np.intp)

Caption = Callable[[int], tuple[str, bool]]
"""The words under the digit at a place of the set, and whether it is read wrongly."""


class DigitGallery(QAbstractScrollArea):
    """Shows digits of a set in a given order.

    `pointed(int)` the place in the set of the digit under the pointer or the keys, -1 for none;
    `taken(int)` the one that is clicked, or on which Enter is pressed. Inside, lengths are device
    pixels, so that every pixel of a digit is a square of whole ones.
    """

    pointed = Signal(int)
    taken = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Digits")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewport().setMouseTracking(True)
        self.empty_words = ""
        self.widest_caption = "8→8"
        self._images: UInt8Array | None = None
        self._indices: Indices = _NOTHING
        self._caption: Caption = lambda _index: ("", False)
        self._current = 0
        self._size = 2
        self._captions: dict[str, QPixmap] = {}

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

    def show_digits(self, images: UInt8Array, indices: Indices, caption: Caption) -> None:
        """Shows the `indices` of `images` [n, 28, 28]; stays where it is if these are the same."""
        same = images is self._images and np.array_equal(indices, self._indices)
        self._images, self._indices, self._caption = images, indices, caption
        if not same:
            self._current = 0
            self._measure()
            self.verticalScrollBar().setValue(0)
        self.viewport().update()

    def place_of(self, position: int) -> QRect:
        """Where the `position`-th of the digits shown lies in the viewport, in logical pixels."""
        ratio = self.devicePixelRatioF()
        box = self._box(position)
        corner = QPoint(round(box.x() / ratio), round(box.y() / ratio))
        return QRect(corner, QSize(round(box.width() / ratio), round(box.height() / ratio)))

    def position_at(self, point: QPointF) -> int | None:
        """Which of the digits shown lies at a point of the viewport."""
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
            self._resize_by(-1 if event.text() == "-" else 1)
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

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._captions.clear()
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._ground())
        if self._images is None or not len(self._indices):
            painter.setPen(theme.faint(self))
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            room = self.viewport().rect().adjusted(8, 8, -8, -8)
            painter.drawText(room, int(centred), self.empty_words)
            return
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        cell, columns, left = self._layout()
        offset = self.verticalScrollBar().value()
        top_row = offset // cell.height()
        rows = (self._view_size().height() + offset % cell.height()) // cell.height() + 1
        first = top_row * columns
        some = self._indices[first : first + rows * columns]
        captions = [self._caption(int(index)) for index in some]
        mosaic = self._mosaic(self._images[some], captions, columns)
        painter.drawImage(left, -(offset % cell.height()), to_qimage_indexed(mosaic, self._table()))
        thumb = self._thumb()
        for place, (words, _) in enumerate(captions):
            row, column = divmod(place, columns)
            pixmap = self._drawn(words, cell.width())
            y = row * cell.height() + thumb + self._gap() - offset % cell.height()
            painter.drawPixmap(QPoint(left + column * cell.width(), y), pixmap)
        if first <= self._current < first + len(some):
            colour = theme.FRAME if self.hasFocus() else theme.faint(self)
            painter.setPen(QPen(colour, round(2 * ratio)))
            painter.drawRect(self._box(self._current).adjusted(1, 1, -2, -2))

    # Lengths

    def _thumb(self) -> int:
        return DIGIT_SIDE * max(1, round(self._size * self.devicePixelRatioF()))

    def _gap(self) -> int:
        return round(theme.UNIT / 2 * self.devicePixelRatioF())

    def _layout(self) -> tuple[QSize, int, int]:
        """The size of a cell, the columns, and the left border."""
        ratio = self.devicePixelRatioF()
        metrics = QFontMetrics(theme.small_font())
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

    def _resize_by(self, step: int) -> None:
        self._size = min(max(self._size + step, _SIZES[0]), _SIZES[-1])
        self._captions.clear()
        self._measure()
        self.go_to(self._current)

    # Paint

    def _ground(self) -> QColor:
        return self.palette().color(QPalette.ColorRole.Base)

    def _table(self) -> UInt8Array:
        table = canvas_colours(self).lut()
        wrong = theme.ORANGE if theme.theme_of(self) is Theme.DARK else theme.VERMILION
        for place, colour in ((_GROUND, self._ground()), (_WRONG, wrong)):
            table[place] = colour.red(), colour.green(), colour.blue()
        return table

    def _mosaic(
        self, images: UInt8Array, captions: list[tuple[str, bool]], columns: int
    ) -> UInt8Array:
        """All the digits in sight in one picture, wrong ones within an edge."""
        cell, _, _ = self._layout()
        thumb, gap = self._thumb(), self._gap()
        rows = -(-len(images) // columns)
        left = (cell.width() - thumb) // 2
        factor = thumb // DIGIT_SIDE
        mosaic = np.full((rows, cell.height(), columns, cell.width()), _GROUND, np.uint8)
        large = np.minimum(images, _INKEST).repeat(factor, axis=1).repeat(factor, axis=2)
        edge = max(1, gap // 2)
        for place, (_, wrong) in enumerate(captions):
            row, column = divmod(place, columns)
            if wrong:
                mosaic[
                    row,
                    gap - edge : gap + thumb + edge,
                    column,
                    left - edge : left + thumb + edge,
                ] = _WRONG
            mosaic[row, gap : gap + thumb, column, left : left + thumb] = large[place]
        return mosaic.reshape(rows * cell.height(), columns * cell.width())

    def _drawn(self, words: str, width: int) -> QPixmap:
        """A caption, drawn once: text is the slowest part of a page."""
        found = self._captions.get(words)
        if found is None:
            ratio = self.devicePixelRatioF()
            font = theme.small_font()
            high = QFontMetrics(font).height()
            found = QPixmap(width, round(high * ratio))
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.scale(ratio, ratio)
            painter.setFont(font)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            room = QRect(0, 0, round(width / ratio), high)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, words)
            painter.end()
            self._captions[words] = found
        return found

    def _tell(self, position: int | None) -> None:
        self.pointed.emit(-1 if position is None else int(self._indices[position]))
