"""What is read off a plot: a line for each of its runs, as long as there is room for."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import small_font, title_font
from lenet_gui.gui.training.plots.curves import Curve, Line, Quantity
from lenet_gui.text.figures import short

Wordings = tuple[str, ...]
"""A line at length and more briefly, the longest first."""


class ReadOut(QWidget):
    """Has room for as many lines as there are runs, whatever it says: the plots stay as they are.

    The longest wording of a line that fits is painted; all of it is the accessible name.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Wordings, ...] = ()
        self._runs = 1
        wear(self, small_font)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """All that it says, at length."""
        return "; ".join(line[0] for line in self._lines)

    @property
    def shown(self) -> tuple[str, ...]:
        """What is painted, line by line; what has no room at all ends in dots."""
        return tuple(self._fitting(line) for line in self._lines)

    def _fitting(self, line: Wordings) -> str:
        metrics, room = self.fontMetrics(), self.width()
        fits = (each for each in line if metrics.horizontalAdvance(each) <= room)
        return metrics.elidedText(next(fits, line[-1]), Qt.TextElideMode.ElideRight, room)

    def set_runs(self, count: int) -> None:
        """Makes room for a number of lines."""
        if count != self._runs:
            self._runs = count
            self.updateGeometry()

    def say(self, lines: Sequence[Wordings]) -> None:
        """Says something else, a line a run, or nothing."""
        self._lines = tuple(lines)
        self.setAccessibleName(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        first = max(QFontMetrics(title_font(self)).height(), self.fontMetrics().height())
        return QSize(0, first + (self._runs - 1) * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        height = self.fontMetrics().height()
        bottom = self.height() - max(0, len(self._lines) - 1) * height
        for line in self.shown:
            place = QRect(0, bottom - height, self.width(), height)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)
            bottom += height


def read_off(
    curves: Sequence[Curve], at: float, *, earlier: bool = False, changed: str = ""
) -> Wordings:
    """The values of curves nearest to an epoch: with the ends of their bands, without, and brief.

    No curve is empty; `earlier` says that they are those of the earlier run, `changed` what was
    changed there while it ran.
    """
    unit = "" if curves[0].quantity is Quantity.LOSS else ", in %"
    unit += f" ({changed})" if changed else ""
    epoch = f"epoch {at:.2f}{unit}"
    begins = ("earlier",) * 3 if earlier else (epoch, epoch, f"{at:.2f}{unit}")
    words = zip(*(_nearest(curve, at) for curve in curves), strict=True)
    return tuple(f"{begin}: {', '.join(each)}" for begin, each in zip(begins, words, strict=True))


def _nearest(curve: Curve, at: float) -> Wordings:
    after = int(np.searchsorted(curve.x, at))
    near = [place for place in (after - 1, after) if 0 <= place < len(curve.x)]
    place = min(near, key=lambda place: abs(curve.x[place] - at))
    value = short(curve.y[place], 3)
    low, high = curve.low[place], curve.high[place]
    band = "" if low == high else f" ({short(low, 3)} to {short(high, 3)})"
    brief = "step" if curve.line is Line.STEP else str(curve.line)
    return f"{curve.line} {value}{band}", f"{curve.line} {value}", f"{brief} {value}"
