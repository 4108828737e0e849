"""The picture of the sweep, whose marker can be dragged along it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from lenet_gui.explore.sweep import Sweep
from lenet_gui.gui.core import theme
from lenet_gui.gui.widgets.sheet_view import SheetView
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.sheet import Sheet
from lenet_gui.pictures.sweep_frame import LEAST_SIZE, sweep_frame
from lenet_gui.pictures.sweep_sheet import sweep_sheet


class SweepPlot(SheetView):
    """`pointed(int)`: the place of the dial that was clicked or dragged to."""

    pointed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSize(*LEAST_SIZE), parent)
        self.setObjectName("invariance_plot")
        self.setAccessibleName("The sweep")
        self.setToolTip("Click or drag: the dial goes there")
        self._sweep: Sweep | None = None
        self._here = 0
        self._is_old = False

    def show_sweep(self, sweep: Sweep, here: int) -> None:
        """Shows a sweep, with a line where the dial stands."""
        if sweep is not self._sweep or here != self._here:
            self._sweep, self._here = sweep, here
            told = [
                f"{'AB'[number]}, {each.name}: {sweep.told(number)}"
                for number, each in enumerate(sweep.answers)
            ]
            self.setAccessibleDescription(". ".join(told))
            self.set_maker(self._made)

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._point(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._point(event)

    def _point(self, event: QMouseEvent) -> None:
        if self._sweep is not None and self.sheet is not None:
            frame = sweep_frame(self._sweep, (self.sheet.width, self.sheet.height))
            self.pointed.emit(frame.place_at(event.position().x() / self.unit))

    def _made(self, ground: Theme, size: tuple[int, int]) -> Sheet:
        assert self._sweep is not None  # noqa: S101 - made for sweeps alone
        return sweep_sheet(self._sweep, ground, size, self._here)
