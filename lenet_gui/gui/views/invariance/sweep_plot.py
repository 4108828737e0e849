"""The chart of the sweep, whose marker can be dragged along it."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.sweep import Sweep
from lenet_gui.gui.core import theme
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.widgets.chart_view import ChartView
from lenet_gui.pictures.sweep_chart import LEAST_SIZE, sweep_chart

_TIP = "Click or drag to move the dial there"


class SweepPlot(ChartView):
    """`pointed(int)`: the place of the dial that was clicked or dragged to."""

    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSize(*LEAST_SIZE), parent)
        self.setObjectName("invariance_plot")
        self.setAccessibleName("The sweep")
        set_tip(self, _TIP)
        self._sweep: Sweep | None = None
        self._here = 0
        self._is_old = False
        self.dragged.connect(self._point)
        self.hovered.connect(self._tell)

    def show_sweep(self, sweep: Sweep, here: int) -> None:
        """Shows a sweep, with a line at the dial's value."""
        if sweep is not self._sweep or here != self._here:
            self._sweep, self._here = sweep, here
            told = [
                f"{'AB'[number]}, {each.name}: {sweep.text(number)}"
                for number, each in enumerate(sweep.answers)
            ]
            self.setAccessibleDescription(". ".join(told))
            self.show_chart(sweep_chart(sweep, here))

    def set_old(self, is_old: bool) -> None:
        """Dims the picture while it is of a drawing that has changed since."""
        if is_old != self._is_old:
            self._is_old = is_old
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_old:
            veil = QColor(theme.theme_ground(self))
            veil.setAlpha(150)
            QPainter(self).fillRect(self.rect(), veil)

    @Slot(object)
    def _tell(self, value: float | None) -> None:
        """What is read there: a short stretch of the strips has no room for its digit."""
        told: tuple[str, ...] = ()
        if self._sweep is not None and value is not None:
            told = (self._sweep.text_at(round(self._sweep.dial.place_of(value))),)
        set_tip(self, *told, _TIP)

    @Slot(float)
    def _point(self, value: float) -> None:
        if self._sweep is not None:
            self.pointed.emit(round(self._sweep.dial.place_of(value)))
