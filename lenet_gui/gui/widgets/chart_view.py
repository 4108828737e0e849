"""A chart as a widget that says which value is pointed at."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QWidget

from lenet_gui.gui.core.copying import claim_copy, offer_copy
from lenet_gui.gui.core.provenance import provenance_of
from lenet_gui.gui.widgets.arrow_keys import ARROWS
from lenet_gui.gui.widgets.sheet_view import SheetView
from lenet_gui.pictures.chart.frame import Frame, frames_of
from lenet_gui.pictures.chart.model import Chart
from lenet_gui.pictures.chart.numbers import chart_rows
from lenet_gui.pictures.chart.sheet import chart_sheet
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.exported import Table
from lenet_gui.pictures.sheet import Sheet


class ChartView(SheetView):
    """Paints a chart in the room that it has; nothing without one.

    Its context menu copies the figures, as does Ctrl+C where it has the focus.

    Signals: `hovered(object)`: the value of the x axis under the pointer, None beside the plot and
    when the pointer leaves; `dragged(float)`: the value that was clicked or dragged to.
    """

    hovered = Signal(object)
    dragged = Signal(float)

    def __init__(self, least: QSize, parent: QWidget | None = None) -> None:
        """`least` is the smallest room for the chart, in units."""
        self._chart: Chart | None = None  # first: the base class has events sent
        super().__init__(least, parent)
        self.setMouseTracking(True)

    @property
    def chart(self) -> Chart | None:
        """What is shown."""
        return self._chart

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Where each panel is on the sheet as it is now; none without a chart."""
        if self._chart is None or self.sheet is None:
            return ()
        return frames_of(self._chart, (self.sheet.width, self.sheet.height))

    def show_chart(self, chart: Chart | None) -> None:
        """Shows another chart."""
        self._chart = chart
        self.set_maker(None if chart is None else self._made)

    def place_of(self, x: float, y: float, panel: int = 0) -> QPointF:
        """Where a point of a panel is, in the widget's pixels."""
        frame = self.frames[panel]
        return QPointF(frame.x(x) * self.unit, frame.y(y) * self.unit)

    def as_table(self) -> str:
        """Every point that is drawn, tab-separated under headings, and what it comes from.

        Empty without a chart.
        """
        if self._chart is None:
            return ""
        table = Table.of_lines(chart_rows(self._chart))
        return replace(table, facts=provenance_of(self)).as_text()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._chart is not None:
            offer_copy(self, {"&Copy as table": self.as_table}, event.globalPos())
        else:
            super().contextMenuEvent(event)

    def walk(self, across: int, down: int) -> bool:  # noqa: ARG002
        """An arrow key: one step to the right or down, negative to the left or up.

        Returns:
            Whether there is anything to walk to; a chart as such has nothing.
        """
        return False

    def event(self, event: QEvent) -> bool:
        return (self._chart is not None and claim_copy(event)) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._chart is not None and event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_table())
            return
        step = ARROWS.get(Qt.Key(event.key()))
        if self._chart is None or step is None or not self.walk(*step):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event)
        if self.frames:
            self.hovered.emit(self.frames[0].value_under(event.position().x() / self.unit))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)

    def _drag(self, event: QMouseEvent) -> None:
        if self.frames:
            self.dragged.emit(self.frames[0].value_at(event.position().x() / self.unit))

    def _made(self, ground: Theme, size: tuple[int, int]) -> Sheet:
        assert self._chart is not None  # noqa: S101 - made for charts alone
        return chart_sheet(self._chart, size, ground)
