"""The line of a live plot at the floor of Eq. 9, with its words."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from lenet_gui.gui.core.graphs import pyqtgraph as pg
from lenet_gui.gui.core.plain import plain_tip
from lenet_gui.gui.training.plots.curves import RunCurves
from lenet_gui.gui.training.plots.run_chart import floor_explanation, floor_text, short_floor_text

_END = 0.98
"""Where the words end, in widths of the plot."""

_THROUGH = 215
"""How far the ground of the words covers the curves, of 255."""


class FloorLine(pg.InfiniteLine):
    """Its words are above the curves, as many as there is room for; its tooltip has the formula."""

    def __init__(self) -> None:
        super().__init__(angle=0, movable=False)
        self._run: RunCurves | None = None
        self._words = pg.InfLineLabel(
            self, "", position=_END, anchors=[(1, 1), (1, 1)], fill=(0, 0, 0, 0)
        )
        self.setZValue(20)
        self.hide()

    @property
    def words(self) -> str:
        """What is written at the line; empty where there is none."""
        return self._words.format if self.isVisible() else ""

    @property
    def explanation(self) -> str:
        """What the tooltip says."""
        return str(self.toolTip())

    def show_of(self, run: RunCurves | None, height: float | None) -> None:
        """Shows the floor of a run at a height of the plot; none without a height."""
        self._run = run
        self.setVisible(height is not None)
        if run is not None and height is not None:
            self.setValue(height)
            for part in (self, self._words):
                part.setToolTip(plain_tip(*floor_explanation(run).splitlines()))

    def name(self, width: float) -> None:
        """Says what it is in a plot that is so wide."""
        if self._run is None or not self.isVisible():
            return
        self._words.setFormat(floor_text(self._run))
        if self._words.boundingRect().width() > _END * width:
            self._words.setFormat(short_floor_text(self._run))

    def colour(self, line: QColor, words: QColor, ground: QColor) -> None:
        """Paints line and words on another ground."""
        self.setPen(pg.mkPen(line, style=Qt.PenStyle.DotLine))
        self._words.setColor(words)
        veil = QColor(ground)
        veil.setAlpha(_THROUGH)
        self._words.fill = pg.mkBrush(veil)

    def letter(self, font: QFont) -> None:
        """Writes the words in another type."""
        self._words.setFont(font)
