"""One map's kernels at every epoch, from first to last, and how far they have gone in the end."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from lenet_gui.explore.reading import Floats
from lenet_gui.explore.run_history import KernelHistory, evenly
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.qimage import to_qimage_indexed
from lenet_gui.pictures.colours import colour_indices, diverging_lut
from lenet_gui.text.figures import signed

_SIDE = 5
_GAP = 3
_LEAST, _MOST = 3, 10
"""Pixels of a weight, at least and at most."""

_WELL_SEEN = 16
"""Of many epochs at least so many are shown."""

_MOST_SOURCES = 6
_DIFFERENCE = "last − first"


@dataclass(frozen=True)
class StripLayout:
    """Where a strip's kernels lie, in device pixels; `shown` are places among the epochs."""

    factor: int
    shown: tuple[int, ...]
    lefts: tuple[int, ...]
    tops: tuple[int, ...]
    difference: int

    @property
    def size(self) -> int:
        """A kernel's side."""
        return _SIDE * self.factor


class KernelStrip(QWidget):
    """A row for each kernel, a column for each epoch, and the difference at the right.

    `chosen(int)`: the place of the epoch that was clicked. With more epochs than there is room for
    it shows some, evenly spread: always the first, the last, and the one spoken of.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("run_kernels")
        self.setAccessibleName("Kernels at every epoch")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._history: KernelHistory | None = None
        self._place = 0
        self._take_looks()

    def _take_looks(self) -> None:
        self._font = theme.small_font()
        metrics = QFontMetricsF(self._font, self)
        self._line = metrics.height()
        self._label = metrics.horizontalAdvance("S2 8") + 6
        self._word = metrics.horizontalAdvance(_DIFFERENCE)
        self._figure = metrics.horizontalAdvance("888") + 4
        self._theme = theme.theme_of(self)

    @property
    def history(self) -> KernelHistory | None:
        """What is shown; None where there is nothing to show."""
        return self._history

    def show_history(self, history: KernelHistory | None, place: int) -> None:
        """Shows a map's history, with the epoch in `place` marked."""
        self._history, self._place = history, place
        self.update()

    def show_place(self, place: int) -> None:
        """Marks another epoch."""
        self._place = place
        self.update()

    def minimumSizeHint(self) -> QSize:
        row = _SIDE * _LEAST + _GAP
        return QSize(260, round(_MOST_SOURCES * row + self._line + 6))

    def sizeHint(self) -> QSize:
        row = _SIDE * 2 * _LEAST + _GAP
        return QSize(460, round(_MOST_SOURCES * row + self._line + 6))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._take_looks()
            self.updateGeometry()
            self.update()

    def layout_of(self, history: KernelHistory) -> StripLayout:
        """As large as there is room for, and every epoch where they fit."""
        ratio = self.devicePixelRatioF()
        epochs, sources = len(history.numbers), len(history.pairs)
        left = round(self._label * ratio)
        end = round(self._word * ratio) + round(theme.UNIT * ratio)
        width = round(self.width() * ratio) - left - end
        height = round((self.height() - self._line - 6) * ratio)
        least, most = round(_LEAST * ratio), round(_MOST * ratio)
        high = max(least, min(most, (height // sources - _GAP) // _SIDE))
        wide = (width // epochs - _GAP) // _SIDE
        if wide < least:  # not every epoch has room: those that have may be well seen
            wide = (width // _WELL_SEEN - _GAP) // _SIDE
        factor = min(high, max(wide, least))
        pitch = _SIDE * factor + _GAP
        shown = evenly(epochs, max(3, width // pitch), self._place)
        lefts = tuple(left + column * pitch for column in range(len(shown)))
        tops = tuple(1 + row * pitch for row in range(sources))
        difference = lefts[-1] + pitch + round(theme.UNIT * ratio)
        return StripLayout(factor, shown, lefts, tops, difference)

    def paintEvent(self, _event: QPaintEvent) -> None:
        history = self._history
        if history is None:
            return
        painter = QPainter(self)
        painter.setFont(self._font)
        ratio = self.devicePixelRatioF()
        layout = self.layout_of(history)
        faint, text = theme.faint(self), self.palette().windowText().color()
        shown = history.kernels[list(layout.shown)].reshape(-1, _SIDE)
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        weights = self._image(shown, history.limit)
        for column, left in enumerate(layout.lefts):
            for row, top in enumerate(layout.tops):
                part = (column * len(layout.tops) + row) * _SIDE
                target = QRect(left, top, layout.size, layout.size)
                painter.drawImage(target, weights, QRect(0, part, _SIDE, _SIDE))
        gone = history.difference
        change = self._image(gone.reshape(-1, _SIDE), float(np.abs(gone).max()))
        for row, top in enumerate(layout.tops):
            target = QRect(layout.difference, top, layout.size, layout.size)
            painter.drawImage(target, change, QRect(0, row * _SIDE, _SIDE, _SIDE))
        here = layout.shown.index(self._place)
        bottom = layout.tops[-1] + layout.size
        painter.setPen(QPen(theme.FRAME, 2))
        painter.drawRect(QRect(layout.lefts[here] - 1, 0, layout.size + 2, bottom + 1))
        painter.restore()
        for (fed, below), top in zip(history.pairs, layout.tops, strict=True):
            painter.setPen(faint)
            name = f"C1 {fed}" if history.layer == "C1" else f"S2 {below}"
            place = QRectF(0, top / ratio, self._label - 4, layout.size / ratio)
            self._line_in(painter, place, name)
        self._paint_numbers(painter, layout, history, bottom / ratio + 3)
        painter.setPen(text)
        place = QRectF(layout.difference / ratio, bottom / ratio + 3, self._word + 4, self._line)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft, _DIFFERENCE)

    def _line_in(self, painter: QPainter, place: QRectF, text: str) -> None:
        """A line of text in the middle of a place that may be lower than it."""
        middle = place.center().y()
        line = QRectF(place.x(), middle - self._line / 2, place.width(), self._line)
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_numbers(
        self, painter: QPainter, layout: StripLayout, history: KernelHistory, top: float
    ) -> None:
        """The epochs under their columns, as many as there is room for; the marked one always."""
        ratio = self.devicePixelRatioF()
        here = layout.shown.index(self._place)
        taken: list[float] = []
        for column in dict.fromkeys((here, 0, len(layout.shown) - 1, *range(len(layout.shown)))):
            middle = (layout.lefts[column] + layout.size / 2) / ratio
            if any(abs(middle - other) < self._figure for other in taken):
                continue
            taken.append(middle)
            marked = column == here
            painter.setPen(self.palette().windowText().color() if marked else theme.faint(self))
            place = QRectF(middle - self._figure, top, 2 * self._figure, self._line)
            number = str(history.numbers[layout.shown[column]])
            painter.drawText(place, Qt.AlignmentFlag.AlignHCenter, number)

    def _image(self, values: Floats, limit: float) -> QImage:
        indexed = to_qimage_indexed(colour_indices(values, limit), diverging_lut(self._theme))
        return indexed.convertToFormat(QImage.Format.Format_RGB32)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found is not None and found[0] >= 0:
            self.chosen.emit(found[0])

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(event.pos()), self)
            return True
        return super().event(event)

    def told_at(self, position: QPoint) -> str:
        """The weight at a place of the widget, in words; empty beside the kernels."""
        history, found = self._history, self._at(QPointF(position))
        if history is None or found is None:
            return ""
        place, source, row, column = found
        values = history.difference if place < 0 else history.kernels[place]
        when = _DIFFERENCE if place < 0 else f"epoch {history.numbers[place]}"
        fed, from_ = history.pairs[source]
        below = "the input" if history.layer == "C1" else f"S2 map {from_}"
        value = signed(float(values[source, row, column]), 3)
        return (
            f"{history.layer} map {fed} from {below}, row {row}, column {column}, {when}: {value}"
        )

    def _at(self, position: QPointF) -> tuple[int, int, int, int] | None:
        """The epoch's place (-1 for the difference), source, row and column at a place."""
        if self._history is None:
            return None
        layout = self.layout_of(self._history)
        point = position * self.devicePixelRatioF()
        columns = (*zip(layout.shown, layout.lefts, strict=True), (-1, layout.difference))
        for place, left in columns:
            for source, top in enumerate(layout.tops):
                column, row = point.x() - left, point.y() - top
                if 0 <= column < layout.size and 0 <= row < layout.size:
                    return place, source, int(row // layout.factor), int(column // layout.factor)
        return None
