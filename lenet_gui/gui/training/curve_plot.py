"""One live plot: the curves of a run over those of an earlier one, with zoom and read-out."""

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.gui.core.graphs import pyqtgraph as pg
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.core.text_size import hold_least, scaled, wear
from lenet_gui.gui.core.theme import UNIT, faint, group_title, small_font, theme_of
from lenet_gui.gui.training.axes import PlainAxis
from lenet_gui.gui.training.curves import Floats, Line, Quantity, RunCurves
from lenet_gui.gui.training.run_chart import TITLES, floor_text, look_of, placed, short_floor_text
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.pictures.chart.model import Look, Symbol
from lenet_gui.pictures.colours import Theme

MANY_POINTS = 1000
"""Beyond so many points a line is one pixel wide and has no symbols: wide lines are slow."""

_SYMBOLS = {Symbol.CIRCLE: "o", Symbol.SQUARE: "s", Symbol.TRIANGLE: "t"}
"""As pyqtgraph calls them."""

_FLOOR_END = 0.98
"""Where the words at the floor end, in widths of the plot."""

HINT = (
    "Wheel: zoom. Drag: move. Double click: show all.\n"
    "Keys: + and - zoom, arrows move the read-out, Home shows all."
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
        self._at: float | None = None  # where the read-out stands, in epochs
        self._title = group_title("")
        self.readout = ElidedLabel()
        wear(self.readout, small_font)
        self._axes = {side: PlainAxis(side) for side in ("left", "bottom")}
        self.plot = pg.PlotWidget(axisItems=self._axes)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        # On the title alone: over the plot it would cover the curves that are being read.
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
            (earlier, line): self._item(earlier=earlier)
            for earlier in (True, False)
            for line in Line
        }
        self._cursor = pg.InfiniteLine(angle=90, movable=False)
        self._floor = pg.InfiniteLine(angle=0, movable=False)
        self._floor_label = pg.InfLineLabel(
            self._floor, "", position=_FLOOR_END, anchors=[(1, 1), (1, 1)], fill=(0, 0, 0, 0)
        )
        self._letter_axes()
        self._floor.setZValue(20)  # its words stand over the curves
        for line in (self._cursor, self._floor):
            line.hide()
            self.plot.addItem(line, ignoreBounds=line is self._cursor)
        self.plot.scene().sigMouseMoved.connect(self._point_at)
        self.plot.getPlotItem().vb.sigResized.connect(self._name_floor)
        top = QHBoxLayout()
        top.setSpacing(UNIT)
        top.addWidget(self._title)
        # However much it says, the plots stay as they are.
        self.readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
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
        """The loss at which the floor of Eq. 9 is drawn; None where it is not."""
        if not self._floor.isVisible():
            return None
        return float(10 ** self._floor.value() if self._log else self._floor.value())

    @property
    def floor_text(self) -> str:
        """What stands at the floor."""
        return self._floor_label.format if self._floor.isVisible() else ""

    def pen_of(self, line: Line, *, earlier: bool = False) -> QPen:
        """What a line is drawn with."""
        return QPen(self._items[earlier, line].opts["pen"])

    def drawn_points(self, line: Line, *, earlier: bool = False) -> int:
        """How many points of a line are painted; of a long one fewer than `points` has."""
        x, _ = self._items[earlier, line].getData()
        return 0 if x is None else len(x)

    def sizeHint(self) -> QSize:
        """A modest size: the graphics library's own would take the screen."""
        return QSize(scaled(40 * UNIT, self), scaled(22 * UNIT, self))

    def set_quantity(self, quantity: Quantity) -> None:
        """Plots another quantity of the same runs."""
        self._quantity = quantity
        self._title.setText(TITLES[quantity])
        self.plot.setAccessibleName(f"Plot: {TITLES[quantity]}")
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
        self.refresh()
        self.show_all()

    def set_line_visible(self, line: Line, visible: bool) -> None:
        """Shows or hides one kind of line, of both runs."""
        (self._hidden.discard if visible else self._hidden.add)(line)
        for earlier in (True, False):
            self._items[earlier, line].setVisible(visible)

    def points(self, line: Line, *, earlier: bool = False) -> tuple[Floats, Floats]:
        """The points of a line as they are drawn: epochs, and values (logarithms on a log axis)."""
        x, y = self._items[earlier, line].getOriginalDataset()
        empty = np.empty(0)
        return (empty if x is None else x), (empty if y is None else y)

    def refresh(self) -> None:
        """Draws what the runs hold now."""
        theme = theme_of(self)
        for (earlier, line), item in self._items.items():
            run = self._earlier if earlier else self._run
            if run is None:
                item.setData([], [])
                continue
            curve = run.curve(self._quantity, line)
            look = look_of(line, earlier=earlier)
            many = len(curve.x) > MANY_POINTS
            colour = QColor(look.ink.of(theme))
            item.setPen(_pen(look, theme, 1.0 if many else look.width))
            item.setSymbol(None if many or look.symbol is None else _SYMBOLS[look.symbol])
            item.setSymbolPen(colour)
            item.setSymbolBrush(None if look.is_hollow else colour)
            item.setData(curve.x, self._shown(curve.y))
        self._show_floor()
        self._read_out()

    @Slot()
    def show_all(self) -> None:
        """Zooms so that every point is seen, and goes on doing so as points come."""
        self.plot.enableAutoRange()
        self.refresh()  # what lay outside the view was left out and is needed again

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The plot's keys, a double click, and the end of the pointer's stay."""
        if event.type() == QEvent.Type.Leave:
            self._at = None
            self._read_out()
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self.show_all()
            return True
        elif watched is self.plot and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._pressed(event.key())
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
        self._floor_label.setFont(small_font(self))

    def _item(self, *, earlier: bool) -> pg.PlotDataItem:
        item = pg.PlotDataItem(
            symbolSize=7, antialias=False, connect="finite", skipFiniteCheck=False
        )
        self.plot.addItem(item)
        # Only now: `addItem` puts the plot's own settings in their place.
        item.setDownsampling(auto=True, method="peak")
        item.setClipToView(True)
        item.setZValue(0 if earlier else 10)
        return item

    def _shown(self, values: Floats) -> Floats:
        """The values as plotted: their logarithms on a logarithmic axis."""
        there = placed(values, log=self._log)
        return np.log10(there) if self._log else there

    def _show_floor(self) -> None:
        floor = self._run.floor if self._run and self._quantity is Quantity.LOSS else None
        self._floor.setVisible(floor is not None)
        if floor is not None and self._run is not None:
            self._floor.setValue(float(self._shown(np.array([floor]))[0]))
            self._name_floor()

    @Slot()
    def _name_floor(self) -> None:
        """Says what the floor is, in as many words as the plot has room for."""
        if self._run is None or not self._floor.isVisible():
            return
        room = _FLOOR_END * self.plot.getPlotItem().vb.width()
        self._floor_label.setFormat(floor_text(self._run))
        if self._floor_label.boundingRect().width() > room:
            self._floor_label.setFormat(short_floor_text(self._run))

    @Slot(object)
    def _point_at(self, position: QPointF) -> None:
        view = self.plot.getPlotItem().vb
        inside = view.sceneBoundingRect().contains(position)
        self._at = view.mapSceneToView(position).x() if inside else None
        self._read_out()

    def _pressed(self, key: int) -> bool:
        view = self.plot.getPlotItem().vb
        (left, right), _ = view.viewRange()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
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
        """Says the values nearest to the read-out's place, of every visible line."""
        self._cursor.setVisible(self._at is not None)
        if self._at is None:
            self.readout.setText("")
            return
        self._cursor.setValue(self._at)
        words = []
        for earlier, run in ((False, self._run), (True, self._earlier)):
            found = [
                f"{line} {value:.3g}"
                for line in Line
                if run and line not in self._hidden
                if (value := _nearest(run, self._quantity, line, self._at)) is not None
            ]
            if found:
                words.append(("earlier: " if earlier else "") + ", ".join(found))
        self.readout.setText(f"epoch {max(self._at, 0):.2f}: {'; '.join(words)}" if words else "")

    def _recolour(self) -> None:
        palette = self.palette()
        text = palette.color(QPalette.ColorRole.WindowText)
        self.plot.setBackground(palette.color(QPalette.ColorRole.Base))
        for axis in self._axes.values():
            axis.setPen(pg.mkPen(faint(self)))
            axis.setTextPen(pg.mkPen(text))
        self.plot.showGrid(x=True, y=True, alpha=0.18)
        self._cursor.setPen(pg.mkPen(faint(self)))
        self._floor.setPen(pg.mkPen(faint(self), style=Qt.PenStyle.DotLine))
        self._floor_label.setColor(palette.color(QPalette.ColorRole.WindowText))
        ground = QColor(palette.color(QPalette.ColorRole.Base))
        ground.setAlpha(215)
        self._floor_label.fill = pg.mkBrush(ground)


def _pen(look: Look, theme: Theme, width: float) -> QPen:
    pen = QPen(QColor(look.ink.of(theme)), width)
    if look.dash:
        pen.setDashPattern([look.dash / width] * 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setCosmetic(True)
    return pen


def _nearest(run: RunCurves, quantity: Quantity, line: Line, at: float) -> float | None:
    curve = run.curve(quantity, line)
    if not len(curve.x):
        return None
    after = int(np.searchsorted(curve.x, at))
    near = [place for place in (after - 1, after) if 0 <= place < len(curve.x)]
    return float(curve.y[min(near, key=lambda place: abs(curve.x[place] - at))])
