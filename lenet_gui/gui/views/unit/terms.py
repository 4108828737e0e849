"""Inputs times weights make terms: three rows of pictures, a column for each feeding map."""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.explanation import Explanation
from lenet_gui.explore.reading import Floats
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.gui.widgets.colour_legend import paint_legend
from lenet_gui.pictures.colours import colour_indices, diverging_lut
from lenet_gui.text.figures import figure, signed
from lenet_gui.text.units import place_name, source_name

_GAP = 6
_LABEL = 104
_LEAST_CELL, _LARGEST_CELL = 6, 44
_IN_A_LINE = 8
"""More sources than these, as C5 has, are shown in two lines."""


@dataclass(frozen=True)
class _Row:
    """One kind of figure of all sources, below each other in one picture, and its full colour."""

    name: str
    values: Floats
    limit: float


class Terms(QWidget):
    """Paints an Explanation's terms; `pointed(str)` tells one of them in figures, or nothing."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unit_terms")
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._found: Explanation | None = None
        self._rows: tuple[_Row, ...] = ()
        self._images: tuple[QImage, ...] = ()
        self._under: tuple[int, int, int] | None = None
        self._room = 0

    def set_room(self, height: int) -> None:
        """Makes the pictures so large that they go into so many pixels, if they can."""
        if height != self._room:
            self._room = height
            self._fit()
            self.update()

    def show_terms(self, found: Explanation | None, inputs_limit: float) -> None:
        """Shows the terms of a unit; `inputs_limit` is the full colour of the layer below."""
        before = self._shape()
        self._found = found
        self._rows = () if found is None else _rows(found, inputs_limit)
        lut = diverging_lut(theme.theme_of(self))
        self._images = tuple(
            to_qimage_indexed(colour_indices(row.values, row.limit), lut) for row in self._rows
        )
        if self._shape() != before:
            self._under = None
            self._fit()
        self._tell()
        self.update()

    def place(self, row: int, source: int) -> QRect:
        """Where the picture of a row (inputs, weights, terms) and a source lies."""
        _, height, width = self._shape()
        across, factor = self._layout()
        if self._beside:
            step = max(width * factor, _LABEL) + 2 * _GAP
            return QRect(row * step, 2 * self._head, width * factor, height * factor)
        line, column = divmod(source, across)
        block = self._head + 3 * (height * factor + _GAP)
        return QRect(
            _LABEL + column * (width * factor + _GAP),
            line * block + self._head + row * (height * factor + _GAP),
            width * factor,
            height * factor,
        )

    def sizeHint(self) -> QSize:
        return QSize(400, max(self._needed(), 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, max(self._needed(), 1))

    @property
    def _beside(self) -> bool:
        """One source only: its three pictures stand beside each other."""
        return len(self._found.sources) == 1 if self._found else False

    @property
    def _head(self) -> int:
        return math.ceil(QFontMetricsF(theme.small_font()).height()) + 2

    def _shape(self) -> tuple[int, int, int]:
        """Sources, and the rows and columns of each."""
        if self._found is None:
            return 0, 0, 0
        first = self._found.sources[0].inputs
        return len(self._found.sources), first.shape[0], first.shape[1]

    def _layout(self) -> tuple[int, int]:
        """Sources in a line, and the pixels of a cell."""
        sources, height, width = self._shape()
        if sources == 0:
            return 1, 1
        if self._beside:
            room = (self.width() - 4 * _GAP) // (3 * width)
            high = (self._room - 2 * self._head) // height
            return 1, max(_LEAST_CELL, min(room, _LARGEST_CELL, high))
        room = self.width() - _LABEL
        lines = 1 if sources <= _IN_A_LINE else 2
        across = -(-sources // lines)
        high = (self._room // lines - self._head - 3 * _GAP) // (3 * height)
        wide = (room - across * _GAP) // (across * width)
        return across, max(_LEAST_CELL, min(wide, _LARGEST_CELL, high))

    def _needed(self) -> int:
        sources, height, _ = self._shape()
        if sources == 0:
            return 0
        across, factor = self._layout()
        if self._beside:
            return 2 * self._head + height * factor + 2
        lines = -(-sources // across)
        return lines * (self._head + 3 * (height * factor + _GAP)) + 2

    def _fit(self) -> None:
        self.setFixedHeight(max(self._needed(), 1))

    def resizeEvent(self, _event: object) -> None:
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._found is None:
            return
        painter = QPainter(self)
        painter.setFont(theme.small_font())
        ground = theme.theme_ground(self)
        text = self.palette().color(self.foregroundRole())
        line = theme.between(ground, text, 0.24)
        sources, height, width = self._shape()
        for number, row in enumerate(self._rows):
            for source in range(sources):
                place = self.place(number, source)
                painter.fillRect(place.adjusted(-1, -1, 1, 1), line)
                part = QRect(0, source * height, width, height)
                painter.drawImage(place, self._images[number], part)
            self._paint_name(painter, number, row)
        if not self._beside:
            painter.setPen(text)
            for source, told in enumerate(self._found.sources):
                place = self.place(0, source)
                painter.drawText(
                    QRectF(place.x() - 2, place.y() - self._head, place.width() + 6, self._head),
                    Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
                    str(told.map),
                )
        self._paint_figures(painter)
        if self._under is not None:
            self._paint_under(painter)

    def _paint_name(self, painter: QPainter, number: int, row: _Row) -> None:
        """The row's name, and the scale of its colours."""
        text = self.palette().color(self.foregroundRole())
        faint = theme.faint(self)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        across, _ = self._layout()
        lines = 1 if self._beside else -(-self._shape()[0] // across)
        for line in range(lines):
            place = self.place(number, line * across)
            if self._beside:
                wide = max(place.width(), _LABEL)
                name = QRectF(place.x(), 0, wide, self._head)
                legend = QRectF(place.x(), self._head, wide, self._head - 2)
            else:
                top = place.y() + (place.height() - 2 * self._head) / 2
                name = QRectF(0, top, _LABEL - 4, self._head)
                legend = QRectF(0, top + self._head, _LABEL - 8, self._head - 2)
            painter.setPen(text)
            painter.drawText(name, middle, row.name)
            painter.setPen(faint)
            paint_legend(painter, legend, row.limit, theme.theme_of(self))

    def _paint_figures(self, painter: QPainter) -> None:
        """Each cell's figure, where the cells are large enough."""
        _, factor = self._layout()
        metrics = QFontMetricsF(painter.font())
        if factor < metrics.horizontalAdvance("−0.00") + 2:
            return
        sources, height, _width = self._shape()
        lut = diverging_lut(theme.theme_of(self)).astype(np.float32)
        for number, row in enumerate(self._rows):
            light = lut[colour_indices(row.values, row.limit)] @ _LIGHTNESS > 140
            for source in range(sources):
                place = self.place(number, source)
                part = row.values[source * height : (source + 1) * height]
                for (down, right), value in np.ndenumerate(part):
                    bright = light[source * height + down, right]
                    painter.setPen(QColor(0, 0, 0, 210) if bright else QColor(255, 255, 255, 230))
                    cell = QRectF(
                        place.x() + right * factor, place.y() + down * factor, factor, factor
                    )
                    painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, figure(float(value)))

    def _paint_under(self, painter: QPainter) -> None:
        assert self._under is not None  # noqa: S101 - seen by the caller
        source, row, column = self._under
        _, factor = self._layout()
        painter.setPen(QPen(theme.FRAME, 2))
        for number in range(3):
            place = self.place(number, source)
            painter.drawRect(place.x() + column * factor, place.y() + row * factor, factor, factor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def _at(self, position: QPointF) -> tuple[int, int, int] | None:
        sources, _, _ = self._shape()
        _, factor = self._layout()
        for source in range(sources):
            for number in range(3):
                place = self.place(number, source)
                if QRectF(place).contains(position):
                    row = int(position.y() - place.y()) // factor
                    column = int(position.x() - place.x()) // factor
                    shape = self._shape()
                    return source, min(row, shape[1] - 1), min(column, shape[2] - 1)
        return None

    def _point(self, under: tuple[int, int, int] | None) -> None:
        if under != self._under:
            self._under = under
            self._tell()
            self.update()

    def _tell(self) -> None:
        if self._under is None or self._found is None:
            self.pointed.emit("")
            return
        number, row, column = self._under
        source = self._found.sources[number]
        x, w = float(source.inputs[row, column]), float(source.weights[row, column])
        term = signed(float(source.terms[row, column]), 4)
        square = source.square
        at = (
            place_name(row + square.top, column + square.left)
            if square
            else f"unit {row * source.inputs.shape[1] + column}"
        )
        figures = (
            f"({signed(x, 4)} − {signed(w, 0)})²"
            if self._found.is_distance
            else f"{signed(x, 4)} · {signed(w, 4)}"
        )
        self.pointed.emit(
            f"{source_name(self._found.unit.layer, source.map)}, {at}: {figures} = {term}"
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._found is not None:
            self.show_terms(self._found, self._rows[0].limit)


_LIGHTNESS = np.array((0.299, 0.587, 0.114), np.float32)


def _rows(found: Explanation, inputs_limit: float) -> tuple[_Row, ...]:
    inputs = np.concatenate([source.inputs for source in found.sources])
    weights = np.concatenate([source.weights for source in found.sources])
    terms = np.concatenate([source.terms for source in found.sources])
    names = ("x", "w, the code", "(x − w)²") if found.is_distance else ("x", "× w", "= w x")
    largest = [inputs_limit, float(np.abs(weights).max()), float(np.abs(terms).max())]
    return tuple(
        _Row(name, values, limit)
        for name, values, limit in zip(names, (inputs, weights, terms), largest, strict=True)
    )
