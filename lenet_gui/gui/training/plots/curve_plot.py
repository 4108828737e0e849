"""One live plot: the curves of a run over those of an earlier one, with zoom and a reading line."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Slot
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from lenet_gui.gui.core.copying import Texts, claim_copy, offer_copy
from lenet_gui.gui.core.graphs import pyqtgraph as pg
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import hold_least, scaled
from lenet_gui.gui.core.theme import UNIT, faint, group_title, small_font, theme_of
from lenet_gui.gui.training.plots.axes import PlainAxis
from lenet_gui.gui.training.plots.band_item import BandItem
from lenet_gui.gui.training.plots.curve_item import CurveItem
from lenet_gui.gui.training.plots.curves import Curve, Floats, Line, Mark, Quantity, RunCurves
from lenet_gui.gui.training.plots.floor_line import FloorLine
from lenet_gui.gui.training.plots.mark_lines import MarkLines
from lenet_gui.gui.training.plots.read_out import ReadOut, Wordings, read_off
from lenet_gui.gui.training.plots.run_chart import (
    BAND,
    TITLES,
    look_of,
    placed,
    placed_band,
    span_of,
)
from lenet_gui.gui.training.plots.run_table import curve_rows
from lenet_gui.gui.widgets.empty_state import EmptyState
from lenet_gui.pictures.exported import Table

_TABLE = "Copy as &table"
HINT = (
    "Wheel: zoom. Drag: move. Double click: show all.\n"
    "Click it for its keys: + and - zoom, arrows move the read-out, Home shows all, Ctrl+C copies "
    "what is read."
)


class CurvePlot(QWidget):
    """Plots one quantity over the epochs."""

    def __init__(self, quantity: Quantity, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quantity = quantity
        self._log = False
        self._run: RunCurves | None = None
        self._earlier: RunCurves | None = None
        self._hidden: set[Line] = set()
        self._is_earlier_hidden = False
        self._drawn: dict[tuple[bool, Line], Curve] = {}  # by whether it is of the earlier run
        self._at: float | None = None  # the place of the reading line, in epochs
        self._title = group_title("")
        self.readout = ReadOut()
        self._axes = {side: PlainAxis(side) for side in ("left", "bottom")}
        self.plot = pg.PlotWidget(axisItems=self._axes)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        # Only on the title: over the plot it would cover the curves.
        set_tip(self._title, *HINT.splitlines())
        self.plot.setStatusTip(HINT.replace("\n", " "))
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.plot.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.plot.installEventFilter(self)
        self.plot.viewport().installEventFilter(self)
        hold_least(self.plot, 22 * UNIT, 10 * UNIT)
        for axis in self._axes.values():
            axis.setStyle(maxTickLevel=1)
            axis.enableAutoSIPrefix(False)
        self._items = {
            (earlier, line): CurveItem(self.plot, earlier=earlier)
            for earlier in (True, False)
            for line in Line
        }
        self._band = BandItem()
        self.plot.addItem(self._band)
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        self._floor = FloorLine()
        self._marks = MarkLines(self.plot)
        self._letter_axes()
        self.plot.addItem(self._cursor, ignoreBounds=True)
        self.plot.addItem(self._floor)
        self.plot.scene().sigMouseMoved.connect(self._point_at)
        view = self.plot.getPlotItem().vb
        view.sigResized.connect(self._name_floor)
        view.sigResized.connect(self._draw_steps)
        view.sigXRangeChanged.connect(self._draw_steps)
        self._empty = EmptyState(self.plot)
        top = QHBoxLayout()
        top.setSpacing(0)
        top.addWidget(self._title)  # what is read off stands in its place
        top.addWidget(self.readout, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(top)
        layout.addWidget(self.plot)
        self.set_quantity(quantity)
        self._recolour()

    @property
    def quantity(self) -> Quantity:
        """What is plotted."""
        return self._quantity

    @property
    def shown_lines(self) -> frozenset[Line]:
        """The kinds of lines that are not hidden."""
        return frozenset(line for line in Line if self._items[False, line].isVisible())

    @property
    def floor(self) -> float | None:
        """The loss at which the floor of Eq. 9 is drawn; None if it is not."""
        if not self._floor.isVisible():
            return None
        return float(10 ** self._floor.value() if self._log else self._floor.value())

    @property
    def floor_line(self) -> FloorLine:
        """The line at the floor of Eq. 9, with its words."""
        return self._floor

    @property
    def band(self) -> tuple[Floats, Floats, Floats]:
        """The band of the steps as it is drawn: epochs, and its ends, as `points` has them."""
        return self._band.ends

    @property
    def ticks(self) -> dict[str, list[float]]:
        """Where the ticks of the axes "left" and "bottom" are, as `points` has them."""
        return {side: axis.ticks for side, axis in self._axes.items()}

    @property
    def instead(self) -> str:
        """The sentence that stands in an empty plot; empty where something is drawn."""
        return self._empty.sentence

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is marked as changed while the run ran."""
        return self._marks.marks

    @property
    def mark_words(self) -> tuple[str, ...]:
        """What stands beside the marks: all that there is room for."""
        return self._marks.words

    def pen_of(self, line: Line, *, earlier: bool = False) -> QPen:
        """The pen of a line."""
        return QPen(self._items[earlier, line].opts["pen"])

    def drawn_points(self, line: Line, *, earlier: bool = False) -> int:
        """How many points of a line are painted; for a long one fewer than `points` has."""
        x, _ = self._items[earlier, line].getData()
        return 0 if x is None else len(x)

    def sizeHint(self) -> QSize:
        """A modest size: the graphics library's own would fill the screen."""
        return QSize(scaled(40 * UNIT, self), scaled(22 * UNIT, self))

    def set_quantity(self, quantity: Quantity) -> None:
        """Plots another quantity of the same runs."""
        self._quantity = quantity
        self._title.setText(TITLES[quantity])
        self.plot.setAccessibleName(f"Plot: {TITLES[quantity]}")
        self._marks.hang(below=quantity is Quantity.ACCURACY)
        self.refresh()

    def set_log(self, log: bool) -> None:
        """Makes the vertical axis logarithmic, or linear."""
        self._log = log
        self._axes["left"].setLogMode(y=log)
        self.refresh()
        self.show_all()

    def set_runs(self, run: RunCurves | None, earlier: RunCurves | None) -> None:
        """Shows other runs; the earlier one is dimmed."""
        self._run, self._earlier = run, earlier
        self.readout.set_runs(1 if run is None or earlier is None else 2)
        self.refresh()
        self.show_all()

    def set_line_visible(self, line: Line, visible: bool) -> None:
        """Shows or hides one kind of line, of both runs."""
        (self._hidden.discard if visible else self._hidden.add)(line)
        self._show_lines()

    def set_earlier_visible(self, visible: bool) -> None:
        """Shows or hides all lines of the earlier run."""
        self._is_earlier_hidden = not visible
        self._show_lines()

    def _show_lines(self) -> None:
        for (earlier, line), item in self._items.items():
            item.setVisible(self._is_shown(line, earlier=earlier))
        self._band.setVisible(Line.STEP not in self._hidden)
        self._see()
        self._read_out()

    def _is_shown(self, line: Line, *, earlier: bool) -> bool:
        return line not in self._hidden and not (earlier and self._is_earlier_hidden)

    def points(self, line: Line, *, earlier: bool = False) -> tuple[Floats, Floats]:
        """The points of a line as they are drawn: epochs, and values (logarithms on a log axis)."""
        x, y = self._items[earlier, line].getOriginalDataset()
        empty = np.empty(0)
        return (empty if x is None else x), (empty if y is None else y)

    def as_table(self) -> str:
        """Every point and every change of what is plotted, of both runs, tab-separated."""
        runs = [run for run in (self._run, self._earlier) if run is not None]
        return Table.of_lines(curve_rows(runs, (self._quantity,))).as_text()

    def refresh(self) -> None:
        """Draws the current state of the runs."""
        for earlier, line in self._items:
            self._draw(line, earlier=earlier)
        self._show_floor()
        self._marks.show(self._run.marks if self._run is not None else ())
        self._see()
        self._read_out()

    def _draw(self, line: Line, *, earlier: bool) -> None:
        item = self._items[earlier, line]
        run = self._earlier if earlier else self._run
        curve = None if run is None else run.curve(self._quantity, line, self._epochs_a_pixel)
        if curve is not None and earlier:
            curve = curve.without_band()
        if line is Line.STEP and not earlier:
            self._draw_band(curve)
        if curve is None:
            if self._drawn.pop((earlier, line), None) is not None:
                item.setData([], [])
            return
        self._drawn[earlier, line] = curve
        look = look_of(line, earlier=earlier, has_band=curve.has_band)
        item.draw(curve.x, self._shown(curve.y), look, theme_of(self))

    @property
    def _epochs_a_pixel(self) -> float:
        view = self.plot.getPlotItem().vb
        (left, right), _ = view.viewRange()
        return float((right - left) / max(1.0, view.width()))

    def _draw_band(self, curve: Curve | None) -> None:
        if curve is None or not curve.has_band:
            self._band.clear()
            return
        low, high = placed_band(curve, log=self._log)
        if self._log:
            low, high = np.log10(low), np.log10(high)
        self._band.set_band(curve.x, low, high, QColor(BAND.of(theme_of(self))))

    @Slot()
    def _draw_steps(self) -> None:
        """The steps anew, in columns as wide as a few pixels are now."""
        for earlier in (True, False):
            self._draw(Line.STEP, earlier=earlier)

    def _see(self) -> None:
        """Has the plot show what it can show, and say so where that is nothing."""
        curves = [
            curve
            for (earlier, line), curve in self._drawn.items()
            if self._is_shown(line, earlier=earlier)
        ]
        span = span_of(curves, self.floor, log=self._log)
        self._band.see(span and (self._at_height(span[0]), self._at_height(span[1])))
        is_empty = not any(len(curve.x) for curve in self._drawn.values())
        words = f"While a network is trained, its {self._quantity} is drawn here."
        self._empty.say(words if is_empty else "")
        self._axes["bottom"].set_bare(is_empty)
        self._axes["left"].set_bare(span is None)

    @Slot()
    def show_all(self) -> None:
        """Zooms so that every point is visible, also as points are added."""
        self.plot.enableAutoRange()
        self.refresh()  # what was outside the view was left out and is needed again

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The plot's keys, a double click, and the pointer leaving."""
        if event.type() == QEvent.Type.Leave:
            self._at = None
            self._read_out()
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self.show_all()
            return True
        elif isinstance(event, QContextMenuEvent):
            texts: Texts = {"&Copy the read-out": self.readout.text(), _TABLE: self.as_table}
            offer_copy(self, texts, event.globalPos())  # the read-out goes as the pointer leaves
            return True
        elif watched is self.plot and claim_copy(event):
            return True
        elif watched is self.plot and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._pressed(event)
        return False

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
            self.refresh()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._letter_axes()

    def _letter_axes(self) -> None:
        for axis in self._axes.values():
            axis.setStyle(tickFont=small_font(self))
        self._floor.letter(small_font(self))
        self._marks.letter(small_font(self))

    def _shown(self, values: Floats) -> Floats:
        """The values as plotted: their logarithms on a logarithmic axis."""
        there = placed(values, log=self._log)
        return np.log10(there) if self._log else there

    def _at_height(self, value: float) -> float:
        return float(self._shown(np.array([value]))[0])

    def _show_floor(self) -> None:
        floor = self._run.floor if self._run and self._quantity is Quantity.LOSS else None
        self._floor.show_of(self._run, None if floor is None else self._at_height(floor))
        self._name_floor()

    @Slot()
    def _name_floor(self) -> None:
        self._floor.name(self.plot.getPlotItem().vb.width())

    @Slot(object)
    def _point_at(self, position: QPointF) -> None:
        view = self.plot.getPlotItem().vb
        inside = view.sceneBoundingRect().contains(position)
        self._at = view.mapSceneToView(position).x() if inside else None
        self._read_out()

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        view = self.plot.getPlotItem().vb
        (left, right), _ = view.viewRange()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.readout.text() or self.as_table())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            view.scaleBy((0.7, 0.7))
        elif key == Qt.Key.Key_Minus:
            view.scaleBy((1 / 0.7, 1 / 0.7))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_0):
            self.show_all()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = (right - left) / 50 * (1 if key == Qt.Key.Key_Right else -1)
            before = (left + right) / 2 if self._at is None else self._at
            self._at = min(max(before + step, left), right)
            self._read_out()
        else:
            return False
        return True

    def _read_out(self) -> None:
        """Shows the values nearest to the reading line, for every visible line."""
        self._cursor.setVisible(self._at is not None)
        lines: list[Wordings] = []
        if self._at is not None:
            self._cursor.setValue(self._at)
            for earlier in (False, True):
                shown = [
                    curve
                    for line in Line
                    if self._is_shown(line, earlier=earlier)
                    if (curve := self._drawn.get((earlier, line))) and len(curve.x)
                ]
                if shown:
                    changed = "" if earlier else self._marks.near(self._at, self._epochs_a_pixel)
                    at = max(self._at, 0)
                    lines.append(read_off(shown, at, earlier=earlier, changed=changed))
        self.readout.say(lines)
        self._title.setVisible(not lines)

    def _recolour(self) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.WindowText)
        self.plot.setBackground(palette.color(QPalette.ColorRole.Base))
        for axis in self._axes.values():
            axis.setPen(pg.mkPen(faint(self)))
            axis.setTextPen(pg.mkPen(text))
        self.plot.showGrid(x=True, y=True, alpha=0.18)
        self._cursor.setPen(pg.mkPen(faint(self)))
        for lines in (self._floor, self._marks):
            lines.colour(faint(self), text, palette.color(QPalette.ColorRole.Base))
