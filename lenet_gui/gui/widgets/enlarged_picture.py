"""One map, enlarged to fill its place by a whole factor, with the figures of its units."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.pictures.colours import COLOURS, colour_indices, diverging_lut
from lenet_gui.text.figures import signed

_FRAME = 2
_LEAST = 160
_USUAL = 448


class EnlargedPicture(QWidget):
    """Paints values in colours; `cell_pointed(row, column)`, or (-1, -1) for none."""

    cell_pointed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("enlarged_picture")
        self.setAccessibleName("Enlarged map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._values: npt.NDArray[np.float32] | None = None
        self._shape = (1, 1)
        self._limit = 0.0
        self._pointed: tuple[int, int] | None = None

    @property
    def pointed(self) -> tuple[int, int] | None:
        """Row and column of the unit under the pointer, or where the keys have moved to."""
        return self._pointed

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, _LEAST)

    def sizeHint(self) -> QSize:
        return QSize(_USUAL, _USUAL)

    def show_values(
        self, shape: tuple[int, int], values: npt.NDArray[np.float32] | None, limit: float
    ) -> None:
        """Shows values [rows, columns] up to ±`limit`; None shows `shape` in neutral colour."""
        self._shape, self._values, self._limit = shape, values, limit
        if self._pointed and (self._pointed[0] >= shape[0] or self._pointed[1] >= shape[1]):
            self.point(None)
        self.update()

    def move_pointed(self, right: int, down: int) -> None:
        """Points at the next unit, as the pointer would."""
        row, column = self._pointed or (-max(down, 0), -max(right, 0))
        rows, columns = self._shape
        self.point((min(max(row + down, 0), rows - 1), min(max(column + right, 0), columns - 1)))

    def place(self) -> tuple[QRect, int]:
        """The picture's rectangle and its factor, in device pixels."""
        ratio = self.devicePixelRatioF()
        width, height = int(self.width() * ratio), int(self.height() * ratio)
        rows, columns = self._shape
        frame = round(_FRAME * ratio)
        factor = max(1, min((width - 2 * frame) // columns, (height - 2 * frame) // rows))
        size = QSize(columns * factor, rows * factor)
        left, top = (width - size.width()) // 2, (height - size.height()) // 2
        return QRect(left, top, size.width(), size.height()), factor

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        place, factor = self.place()
        lut = diverging_lut(theme.theme_of(self))
        if self._values is None:
            indices = np.full(self._shape, COLOURS // 2, np.uint8)
        else:
            indices = colour_indices(self._values, self._limit)
        image = to_qimage_indexed(indices, lut).convertToFormat(QImage.Format.Format_RGB32)
        painter.scale(1 / ratio, 1 / ratio)
        line = theme.accent(self) if self.hasFocus() else theme.faint(self)
        frame = round(_FRAME * ratio) if self.hasFocus() else 1
        painter.fillRect(place.adjusted(-frame, -frame, frame, frame), line)
        painter.drawImage(place, image)
        if self._values is not None:
            self._paint_figures(painter, place, factor, lut[indices])
        if self._pointed is not None:
            row, column = self._pointed
            cell = QRectF(
                place.x() + column * factor, place.y() + row * factor, factor, factor
            ).adjusted(-0.5, -0.5, 0.5, 0.5)
            # A light and a dark line: one of them is seen on whatever colour.
            for colour, inset in ((QColor("#ffffff"), 0), (QColor("#000000"), round(ratio))):
                painter.setPen(QPen(colour, ratio))
                painter.drawRect(cell.adjusted(inset, inset, -inset, -inset))

    def _paint_figures(
        self, painter: QPainter, place: QRect, factor: int, colours: npt.NDArray[np.uint8]
    ) -> None:
        """The value of each unit in its cell, where the cells are large enough."""
        ratio = self.devicePixelRatioF()
        font = theme.small_font()
        metrics = QFontMetricsF(font, self)
        room = metrics.horizontalAdvance("−0.00") + 4
        if self._values is None or factor / ratio < max(room, metrics.height() + 2):
            return
        painter.save()
        painter.scale(ratio, ratio)
        painter.setFont(font)
        lightness = colours.astype(np.float32) @ np.array((0.299, 0.587, 0.114), np.float32)
        for (row, column), value in np.ndenumerate(self._values):
            light = lightness[row, column] > 140
            painter.setPen(QColor(0, 0, 0, 200) if light else QColor(255, 255, 255, 220))
            left, top = (place.x() + column * factor) / ratio, (place.y() + row * factor) / ratio
            cell = QRectF(left, top, factor / ratio, factor / ratio)
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, signed(float(value)))
        painter.restore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place, factor = self.place()
        position = event.position() * self.devicePixelRatioF()
        column = int((position.x() - place.x()) // factor)
        row = int((position.y() - place.y()) // factor)
        inside = 0 <= row < self._shape[0] and 0 <= column < self._shape[1]
        self.point((row, column) if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.point(None)

    def point(self, cell: tuple[int, int] | None) -> None:
        """Marks a unit by its row and column, or none, and tells of it where it is another."""
        if cell != self._pointed:
            self._pointed = cell
            self.update()
            self.cell_pointed.emit(*(cell or (-1, -1)))
