"""The upright lines of a live plot at what was changed while its run ran, with their words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF

from lenet_gui.gui.core.graphs import pyqtgraph as pg
from lenet_gui.gui.training.plots.curves import Mark

_THROUGH = 215
"""How far the ground of the words covers the curves, of 255."""

_NEAR = 6
"""Pixels from a line within which it is read off."""

_MARGIN = 4.0
"""Pixels around words."""


@dataclass(frozen=True)
class Beside:
    """The words at a line, on its right or on its left; none where there is no room for them."""

    words: str = ""
    is_left: bool = False


def words_beside(
    places: Sequence[float],
    marks: Sequence[Mark],
    room: float,
    width_of: Callable[[str], float],
) -> list[Beside]:
    """The words beside each line: none on another line or other words.

    Args:
        places: of the lines, in pixels from the plot's left, rising.
        marks: what they mark.
        room: the width of the plot.
        width_of: some words, in pixels.
    """
    found: list[Beside] = []
    taken = 0.0  # up to here by words or a line
    ends = (*places[1:], room)[: len(places)]
    for place, mark, after in zip(places, marks, ends, strict=True):
        sides = ((False, min(after, room) - place), (True, place - taken))
        fitting = (
            Beside(words, is_left)
            for is_left, free in sides
            for words in (mark.words, mark.brief)
            if width_of(words) <= free
        )
        chosen = next(fitting, Beside()) if 0 <= place <= room else Beside()
        on_right = width_of(chosen.words) if chosen.words and not chosen.is_left else 0.0
        taken = max(taken, place + on_right)
        found.append(chosen)
    return found


class MarkLines(QObject):
    """Shows a run's changes in a plot."""

    def __init__(self, plot: pg.PlotWidget) -> None:
        super().__init__(plot)
        self._plot = plot
        self._marks: tuple[Mark, ...] = ()
        self._lines: list[pg.InfiniteLine] = []
        self._is_below = False
        self._line, self._words, self._ground = QColor(), QColor(), QColor()
        self._font = QFont()
        view = plot.getPlotItem().vb
        view.sigXRangeChanged.connect(self._name)
        view.sigResized.connect(self._name)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is drawn."""
        return self._marks

    @property
    def words(self) -> tuple[str, ...]:
        """The words beside the lines."""
        return tuple(line.label.format for line in self._lines)

    def show(self, marks: Sequence[Mark]) -> None:
        """Draws these instead."""
        if tuple(marks) == self._marks:
            return
        for line in self._lines:
            self._plot.removeItem(line)
        self._marks = tuple(marks)
        self._lines = [self._drawn(mark) for mark in self._marks]
        self._paint()

    def hang(self, *, below: bool) -> None:
        """Puts the words at the plot's foot, or at its top: where its curves are not."""
        self._is_below = below
        self._name()

    def near(self, at: float, epochs_a_pixel: float) -> str:
        """What was changed at a place or beside it; empty where nothing was."""
        reach = _NEAR * epochs_a_pixel
        return ", ".join(mark.words for mark in self._marks if abs(mark.at - at) <= reach)

    def colour(self, line: QColor, words: QColor, ground: QColor) -> None:
        """Paints lines and words on another ground."""
        self._line, self._words, self._ground = line, words, QColor(ground)
        self._ground.setAlpha(_THROUGH)
        self._paint()

    def letter(self, font: QFont) -> None:
        """Writes the words in another type."""
        self._font = font
        self._paint()

    def _drawn(self, mark: Mark) -> pg.InfiniteLine:
        line = pg.InfiniteLine(
            mark.at, angle=90, movable=False, label="", labelOpts={"fill": (0, 0, 0, 0)}
        )
        line.setZValue(15)
        self._plot.addItem(line, ignoreBounds=True)
        return line

    def _paint(self) -> None:
        for line in self._lines:
            line.setPen(pg.mkPen(self._line, style=Qt.PenStyle.DashLine))
            line.label.setColor(self._words)
            line.label.fill = pg.mkBrush(self._ground)
            line.label.setFont(self._font)
        self._name()

    @Slot()
    def _name(self) -> None:
        """Says what each line marks, in as many words as there is room for."""
        view = self._plot.getPlotItem().vb
        (left, right), _ = view.viewRange()
        room = float(view.width())
        places = [(mark.at - left) / (right - left) * room for mark in self._marks]
        metrics = QFontMetricsF(self._font)

        def width_of(words: str) -> float:
            return float(metrics.horizontalAdvance(words)) + 2 * _MARGIN

        beside = words_beside(places, self._marks, room, width_of)
        for line, chosen in zip(self._lines, beside, strict=True):
            anchor = (int(chosen.is_left), int(self._is_below))
            line.label.anchors = [anchor, anchor]
            line.label.setVisible(bool(chosen.words))
            line.label.setFormat(chosen.words)
            line.label.setPosition(0.0 if self._is_below else 1.0)
