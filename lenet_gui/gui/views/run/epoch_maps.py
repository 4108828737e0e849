"""C1's kernels and the maps of C1 to S4 of one epoch, small, in one paint."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.colour_legend import paint_legend
from lenet_gui.net.architecture import KERNEL_SIDE
from lenet_gui.net.layers import GEOMETRY, MAP_LAYERS
from lenet_gui.pictures.colours import COLOURS, colour_indices, diverging_lut
from lenet_gui.text.figures import figure, signed

KERNELS = "Kernels"
_ROWS = {KERNELS: (GEOMETRY["C1"].maps, KERNEL_SIDE)} | {
    layer: (GEOMETRY[layer].maps, GEOMETRY[layer].side) for layer in MAP_LAYERS
}
"""For each row: its pictures, and the side of one."""

_GAP = 4
_ROW_GAP = 7
_LEAST, _MOST = 28, 112
"""The side of C1's place for a map, in pixels: at least, so that each unit has one, and at most."""


@dataclass(frozen=True)
class _Row:
    """Where a layer's pictures lie, in device pixels."""

    name: str
    factor: int
    places: tuple[QPoint, ...]
    top: int
    bottom: int


class EpochMaps(QWidget):
    """Each row has a colour scale of its own, whose limit stands beside it.

    The kernels' limit is given, so that the epochs can be compared.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_maps")
        self.setAccessibleName("Kernels and maps of the epoch")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._values: dict[str, Floats] = {}
        self._limits: dict[str, float] = {}
        self._laid_out: tuple[tuple[int, int, float], tuple[_Row, ...]] | None = None
        self._take_looks()

    def _take_looks(self) -> None:
        self._font = theme.small_font()
        metrics = QFontMetricsF(self._font, self)
        self._line = metrics.height()
        self._label = max(metrics.horizontalAdvance(word) for word in (KERNELS, "±88.88")) + 6
        self._theme = theme.theme_of(self)
        self._laid_out = None

    def show_epoch(self, kernels: Floats | None, limit: float, reading: Reading | None) -> None:
        """Shows kernels [6, 5, 5] up to ±`limit`, and a reading's maps, where there is one."""
        self._values, self._limits = {}, {}
        if kernels is not None:
            self._values[KERNELS], self._limits[KERNELS] = kernels, limit
        if reading is not None:
            for layer in tuple(_ROWS)[1:]:
                maps = reading.activations[layer]
                self._values[layer] = maps
                self._limits[layer] = float(np.abs(maps).max())
        self.update()

    def minimumSizeHint(self) -> QSize:
        ratio = self.devicePixelRatioF()
        rows, right = self._rows_of(round(_LEAST * ratio))
        height = rows[-1].bottom / ratio + _ROW_GAP + self._line
        return QSize(round(right / ratio) + 2, round(height))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint() * 1.5

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._take_looks()
            self.updateGeometry()
            self.update()

    def rows(self) -> tuple[_Row, ...]:
        """Where everything lies, as large as there is room for."""
        ratio = self.devicePixelRatioF()
        if self._laid_out and self._laid_out[0] == (self.width(), self.height(), ratio):
            return self._laid_out[1]
        width, height = self.width() * ratio, (self.height() - self._line - _ROW_GAP) * ratio
        least, most = round(_LEAST * ratio), round(_MOST * ratio)
        best, _ = self._rows_of(least)
        for side in range(least + 1, most + 1):
            rows, right = self._rows_of(side)
            if right > width or rows[-1].bottom > height:
                break
            best = rows
        self._laid_out = (self.width(), self.height(), ratio), best
        return best

    def _rows_of(self, place: int) -> tuple[tuple[_Row, ...], int]:
        """The rows with places of `place` device pixels for C1's maps, and their right end.

        The pictures stand in the middle of their places, each by a whole factor.
        """
        ratio = self.devicePixelRatioF()
        gap, left, top = round(_GAP * ratio), round(self._label * ratio), round(2 * ratio)
        block = 6 * place + 5 * gap
        least = round(2 * self._line * ratio)  # so high is a row's label
        rows = []
        for name, (pictures, side) in _ROWS.items():
            columns = 6 if pictures == 6 else 8
            pitch = (block + gap) / columns
            factor = max(1, int(pitch - gap) // side)
            size = factor * side
            inset = (pitch - gap - size) / 2
            places = tuple(
                QPoint(left + round(column * pitch + inset), top + row * (size + gap))
                for row in range(pictures // columns)
                for column in range(columns)
            )
            bottom = max(places[-1].y() + size, top + least)
            rows.append(_Row(name, factor, places, top, bottom))
            top = bottom + round(_ROW_GAP * ratio)
        return tuple(rows), left + block

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._font)
        ratio = self.devicePixelRatioF()
        lut = diverging_lut(self._theme)
        rows = self.rows()
        text, faint = self.palette().windowText().color(), theme.faint(self)
        edge = theme.between(theme.theme_ground(self), text, 0.25)
        for row in rows:
            pictures, side = _ROWS[row.name]
            values = self._values.get(row.name)
            painter.setPen(text)
            at = row.top / ratio + self._line * 0.85
            painter.drawText(0, round(at), row.name)
            if values is None:
                indices = np.full((pictures * side, side), COLOURS // 2, np.uint8)
            else:
                limit = self._limits[row.name]
                indices = colour_indices(values, limit).reshape(pictures * side, side)
                painter.setPen(faint)
                painter.drawText(0, round(at + self._line), f"±{figure(limit)}")
            image = to_qimage_indexed(indices, lut).convertToFormat(QImage.Format.Format_RGB32)
            painter.save()
            painter.scale(1 / ratio, 1 / ratio)
            size = side * row.factor
            for number, place in enumerate(row.places):
                target = QRect(place, QSize(size, size))
                painter.fillRect(target.adjusted(-1, -1, 1, 1), edge)
                painter.drawImage(target, image, QRect(0, number * side, side, side))
            painter.restore()
        painter.setPen(faint)
        left = self._label
        top = rows[-1].bottom / ratio + _ROW_GAP - 2
        legend = QRectF(left, top, _end(rows) / ratio - left, self._line)
        paint_legend(painter, legend, None, self._theme)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            told = self.told_at(event.pos())
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def told_at(self, position: QPoint) -> str:
        """What lies at a place of the widget: the map, the unit and its value."""
        ratio = self.devicePixelRatioF()
        x, y = round(position.x() * ratio), round(position.y() * ratio)
        for row in self.rows():
            side = _ROWS[row.name][1]
            for number, place in enumerate(row.places):
                column, line = (x - place.x()) // row.factor, (y - place.y()) // row.factor
                if 0 <= column < side and 0 <= line < side:
                    what = "C1 kernel" if row.name == KERNELS else f"{row.name} map"
                    values = self._values.get(row.name)
                    value = (
                        "" if values is None else f": {signed(float(values[number, line, column]))}"
                    )
                    return f"{what} {number}, row {line}, column {column}{value}"
        return ""


def _end(rows: tuple[_Row, ...]) -> int:
    """Where the widest row ends, in device pixels."""
    return max(row.places[-1].x() + row.factor * _ROWS[row.name][1] for row in rows)
