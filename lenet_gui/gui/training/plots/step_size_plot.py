"""The step sizes of an epoch as a widget that describes what is pointed at."""

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.text_size import scaled
from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.training.plots.step_size_chart import step_size_chart
from lenet_gui.gui.training.plots.step_size_text import bin_text
from lenet_gui.gui.widgets.chart_view import ChartView
from lenet_gui.gui.widgets.empty_state import EmptyState
from lenet_gui.pictures.chart.frame import Frame
from lenet_gui.pictures.chart.model import Histogram
from lenet_gui.pictures.chart.sheet import histogram_bar
from lenet_gui.training.step_size_histogram import StepSizeHistogram

Bin = tuple[str, int]
"""A layer and the number of its bin."""

_LEAST = QSize(110, 80)
_TIP = "Each row is scaled to its fullest bin. Point at a bin, or use the arrow keys."


class StepSizePlot(ChartView):
    """A row of bars for each layer, or a sentence if there is nothing to show.

    `pointed(str)`: the bin under the pointer or the keys, in words; empty for none.
    """

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_LEAST, parent)
        self.setObjectName("step size plot")
        self.setAccessibleName("Histogram of the step sizes")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._shown: StepSizeHistogram | None = None
        self._empty = EmptyState(self)
        self._bin: Bin | None = None

    @property
    def shown(self) -> StepSizeHistogram | None:
        """The pass that is drawn."""
        return self._shown

    @property
    def instead(self) -> str:
        """The sentence in place of a histogram."""
        return self._empty.sentence

    def show_histogram(self, shown: StepSizeHistogram, span: tuple[float, float]) -> None:
        """Shows a pass on an axis with these ends."""
        self._shown = shown
        self._empty.say("")
        self.setStatusTip(_TIP)
        self.show_chart(step_size_chart(shown, span))
        self._point(self._bin)

    def show_nothing(self, instead: str) -> None:
        """Shows a sentence."""
        self._shown = None
        self._empty.say(instead)
        self.setStatusTip("")  # there is no bin to point at
        self.show_chart(None)
        self._point(None)

    def sizeHint(self) -> QSize:
        return QSize(scaled(26 * UNIT, self), scaled(25 * UNIT, self))

    def row_of(self, layer: str) -> QRectF:
        """The row of a layer, in the widget's pixels.

        Raises:
            KeyError: no such layer is shown.
        """
        frame = self._rows()[layer]
        room = QRectF(frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top)
        return QRectF(room.topLeft() * self.unit, room.size() * self.unit)

    def bar_of(self, at: Bin) -> QRectF:
        """The place of a bin's bar, in the widget's pixels.

        Raises:
            KeyError: no such layer is shown.
        """
        layer, place = at
        frame = self._rows()[layer]
        (histogram,) = frame.panel.series
        assert isinstance(histogram, Histogram)  # noqa: S101 - nothing else is in a row
        bar = histogram_bar(frame, histogram, place)
        room = QRectF(bar.x, bar.y, bar.width, bar.height)
        return QRectF(room.topLeft() * self.unit, room.size() * self.unit)

    def bin_at(self, position: QPointF) -> Bin | None:
        """The bin at a place of the widget, however low its bar."""
        for layer, frame in self._rows().items():
            if self._shown is not None and self.row_of(layer).contains(position):
                size = frame.value_at(position.x() / self.unit)
                place = int(np.searchsorted(self._shown.edges, size, side="right")) - 1
                return (layer, place) if 0 <= place < len(self._shown.edges) - 1 else None
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._point(self.bin_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(None)

    def walk(self, across: int, down: int) -> bool:
        """To the next bin, or to the same bin of the next layer, wrapping around."""
        if self._shown is None:
            return False
        layers, bins = list(self._shown.counts), len(self._shown.edges) - 1
        if self._bin is None:
            self._point((layers[0], 0))
        else:
            layer, place = self._bin
            row = (layers.index(layer) + down) % len(layers)
            self._point((layers[row], (place + across) % bins))
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._bin is not None:
            painter = QPainter(self)
            row, bar = self.row_of(self._bin[0]), self.bar_of(self._bin)
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawRect(QRectF(bar.left(), row.top() + 1, bar.width(), row.height() - 1))

    def _rows(self) -> dict[str, Frame]:
        layers = self._shown.counts if self._shown is not None else {}
        return dict(zip(layers, self.frames, strict=True))

    def _point(self, at: Bin | None) -> None:
        """Marks and describes a bin, or none; a missing one is none."""
        shown = self._shown
        if shown is None or at is None or at[1] >= len(shown.counts.get(at[0], ())):
            at = None
        self._bin = at
        words = bin_text(shown, *at) if shown is not None and at is not None else ""
        self.setAccessibleDescription(words or self.instead)
        self.pointed.emit(words)
        self.update()
