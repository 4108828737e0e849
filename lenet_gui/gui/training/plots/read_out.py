"""What is read off a plot: a line for each of its runs, as long as there is room for."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import small_font, title_font
from lenet_gui.gui.training.plots.curves import Curve, Line, Quantity
from lenet_gui.text.figures import counted, figure, significant

Wordings = tuple[str, ...]
"""A line at length and more briefly, the longest first."""

_WORDINGS = 5

_BRIEF = {Line.TRAIN: "train", Line.TEST: "test", Line.VALIDATION: "valid."}
"""What the lines are called where there is little room."""


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
        """All that it says, at length, a line a run."""
        return "\n".join(line[0] for line in self._lines)

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
    """The values of curves nearest to an epoch, each with the epoch at which it was measured.

    At length; with few words; with the band of the updates but hardly a word; without a band; and
    without the epoch of the updates, which is where the reading line stands. No curve is empty;
    `earlier` says that they are those of the earlier run, `changed` what was changed there while
    it ran.
    """
    unit = "" if curves[0].quantity is Quantity.LOSS else ", in %"
    unit += f" ({changed})" if changed else ""
    begin = "earlier: " if earlier else ""
    groups: dict[tuple[bool, float], list[Wordings]] = {}
    for curve in curves:
        place = _nearest(curve, at)
        key = curve.line is Line.STEP, float(curve.x[place])
        groups.setdefault(key, []).append(_value(curve, place))
    told = [""] * _WORDINGS
    for (is_update, epoch), values in groups.items():
        for number, (where, *words) in enumerate(
            zip(_places(epoch, is_update=is_update), *values, strict=True)
        ):
            before = f"{told[number]}; " if told[number] else begin
            place = where if told[number] else (where + unit).removeprefix(", ")
            told[number] = f"{before}{place}{': ' if place else ''}{', '.join(words)}"
    return tuple(told)


def _places(epoch: float, *, is_update: bool) -> Wordings:
    """Where something was measured: during an epoch, or after one."""
    if is_update:
        return f"epoch {epoch:.2f}", f"epoch {epoch:.2f}", f"{epoch:.2f}", f"{epoch:.2f}", ""
    whole = f"{epoch:.0f}" if epoch.is_integer() else f"{epoch:.2f}"
    return f"after epoch {whole}", f"epoch {whole}", whole, whole, whole


def _nearest(curve: Curve, at: float) -> int:
    after = int(np.searchsorted(curve.x, at))
    near = [place for place in (after - 1, after) if 0 <= place < len(curve.x)]
    return min(near, key=lambda place: abs(curve.x[place] - at))


def _value(curve: Curve, place: int) -> Wordings:
    """What was measured there, in as many wordings as `read_off` has."""
    value = _written(curve, curve.y[place])
    if curve.line is not Line.STEP:
        whole, brief = f"{curve.line} {value}", f"{_BRIEF[curve.line]} {value}"
        return whole, whole, brief, brief, brief
    ends = [_written(curve, each[place]) for each in (curve.low, curve.high)]
    has_band = curve.low[place] != curve.high[place]
    long = f" (80 % of them {' to '.join(ends)})" if has_band else _fewer_digits(curve, place)
    short = f" (80 %: {' to '.join(ends)})" if has_band else long
    brief = f" (80 %: {'–'.join(ends)})" if has_band else long
    return (
        f"{_what(curve, place)} {value}{long}",
        f"updates {value}{short}",
        f"step {value}{brief}",
        f"step {value}",
        f"step {value}",
    )


def _what(curve: Curve, place: int) -> str:
    """What a value of the updates is: one of them, or the mean of several."""
    updates = int(curve.updates[place])
    if updates == 1:
        return "update"
    return f"mean of {updates:,} updates"


def _fewer_digits(curve: Curve, place: int) -> str:
    """That an update had fewer digits than the others, so that it is less certain."""
    digits, updates = int(curve.measured.digits[place]), int(curve.updates[place])
    is_fewer = updates == 1 and digits < curve.batch_size
    return f" ({counted(digits, 'digit')})" if is_fewer else ""


def _written(curve: Curve, value: float) -> str:
    return significant(value) if curve.quantity is Quantity.LOSS else figure(value)
