"""The step sizes of a pass as a widget that tells what is pointed at."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.theme import accent, faint, small_font
from lenet_gui.gui.training.step_size_drawing import Bin, Inks, StepSizeDrawing
from lenet_gui.gui.training.text import bin_text
from lenet_gui.gui.widgets.cells import Cell, CellsWidget
from lenet_gui.training.step_size_histogram import StepSizeHistogram


class StepSizePlot(CellsWidget):
    """A row of bars for each layer, or a sentence where there is nothing to show."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("step size plot")
        self.setAccessibleName("Histogram of the step sizes")
        self.setStatusTip(
            "Each row is as high as its fullest bin. Point at a bin, or use the arrow keys."
        )
        self._shown: StepSizeHistogram | None = None
        self._span = (-5.0, -1.0)
        self._instead = ""

    @property
    def shown(self) -> StepSizeHistogram | None:
        """The pass that is drawn."""
        return self._shown

    @property
    def instead(self) -> str:
        """The sentence that stands where there is no histogram."""
        return "" if self._shown else self._instead

    @property
    def drawing(self) -> StepSizeDrawing | None:
        """The layout as it is now."""
        if self._shown is None:
            return None
        return StepSizeDrawing(self._shown, self._span, QRectF(self.rect()))

    def show_histogram(self, shown: StepSizeHistogram, span: tuple[float, float]) -> None:
        """Shows a pass on an axis, given in powers of ten."""
        self._shown, self._span = shown, span
        self.point(self._cell)

    def show_nothing(self, instead: str) -> None:
        """Shows a sentence."""
        self._shown, self._instead = None, instead
        self.point(None)

    def extent(self) -> tuple[int, int]:
        if self._shown is None:
            return 0, 0
        return len(self._shown.counts), len(self._shown.edges) - 1

    def cell_at(self, position: QPointF) -> Cell | None:
        drawing = self.drawing
        found = drawing.bin_at(position) if drawing else None
        return None if found is None else (self._layers().index(found[0]), found[1])

    def told(self, cell: Cell) -> str:
        return bin_text(self._shown, *self._bin(cell)) if self._shown is not None else ""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        drawing = self.drawing
        if drawing is None:
            painter.setFont(small_font())
            painter.setPen(faint(self))
            centred = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(centred), self._instead)
            return
        role = QPalette.ColorRole
        inks = Inks(
            text=self.palette().color(role.WindowText),
            faint=faint(self),
            accent=accent(self),
            ground=self.palette().color(role.Base),
        )
        drawing.paint(painter, inks, self._bin(self._cell) if self._cell else None)

    def _layers(self) -> list[str]:
        return list(self._shown.counts) if self._shown is not None else []

    def _bin(self, cell: Cell) -> Bin:
        return self._layers()[cell[0]], cell[1]
