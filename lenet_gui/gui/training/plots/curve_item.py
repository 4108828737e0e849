"""A curve as a live plot draws it, which stays quick with a hundred thousand points."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from lenet_gui.gui.core.graphs import pyqtgraph as pg
from lenet_gui.gui.training.plots.curves import Floats
from lenet_gui.pictures.chart.model import Look, Symbol
from lenet_gui.pictures.colours import Theme

MANY_POINTS = 1000
"""With more points, a line is one pixel wide and has no symbols: wide lines are slow."""

_SYMBOLS = {Symbol.CIRCLE: "o", Symbol.SQUARE: "s", Symbol.TRIANGLE: "t"}
"""As pyqtgraph calls them."""


class CurveItem(pg.PlotDataItem):
    """A line with its symbols; a y that is not a finite number leaves a gap."""

    def __init__(self, plot: pg.PlotWidget, *, earlier: bool) -> None:
        super().__init__(symbolSize=7, antialias=False, connect="finite", skipFiniteCheck=False)
        plot.addItem(self)
        # Only now: `addItem` replaces these by the plot's own settings.
        self.setDownsampling(auto=True, method="peak")
        self.setClipToView(True)
        self.setZValue(0 if earlier else 10)

    def draw(self, x: Floats, y: Floats, look: Look, theme: Theme) -> None:
        """Draws other points, or the same ones otherwise."""
        many = len(x) > MANY_POINTS
        colour = QColor(look.ink.of(theme))
        self.setPen(_pen(look, theme, 1.0 if many else look.width))
        self.setSymbol(None if many or look.symbol is None else _SYMBOLS[look.symbol])
        self.setSymbolPen(colour)
        self.setSymbolBrush(None if look.is_hollow else colour)
        self.setData(x, y)


def _pen(look: Look, theme: Theme, width: float) -> QPen:
    pen = QPen(QColor(look.ink.of(theme)), width)
    if look.dash:
        pen.setDashPattern([look.dash / width] * 2)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    pen.setCosmetic(True)
    return pen
