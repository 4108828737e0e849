"""The test error over a run's epochs, small, with a line at the epoch that is shown."""

from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QWidget

from lenet_gui.explore.run_history import RunHistory
from lenet_gui.gui.core.plain import set_tip
from lenet_gui.gui.widgets.chart_view import ChartView
from lenet_gui.pictures.chart.model import (
    ACCENT,
    MUTED,
    TEXT,
    Axis,
    Chart,
    Cursor,
    Curve,
    Look,
    Panel,
    Rule,
    Symbol,
    Tick,
)
from lenet_gui.pictures.chart.ticks import log_ends
from lenet_gui.text.figures import figure, in_percent, told_apart
from lenet_gui.training.journal import RESUMED

_LEAST = QSize(160, 48)
_DOT = 2.5
_MOST_DOTS = 60
_MOST_DECIMALS = 4
_CHANGE = Look(MUTED, 1, dash=4)


_TIP = "Test error over the epochs: click to go to one"


def error_chart(history: RunHistory, place: int) -> Chart:
    """The errors on a logarithmic axis, the cursor at the epoch in `place`.

    Epochs that are kept have a dot, unless they are many. A thin line stands where something was
    changed while the run ran, and where it was resumed, with its words where there is room.
    """
    errors = {epoch: in_percent(share) for epoch, share in sorted(history.test_errors.items())}
    epoch = history.epochs[place].number
    share = f": test error {figure(errors[epoch])} %" if epoch in errors else ""
    ticks = [Tick(epoch, f"epoch {epoch}{share}", TEXT)]
    ticks += [Tick(each, str(each)) for each in dict.fromkeys((0, history.last)) if each != epoch]
    low, high = log_ends(errors.values())
    ends = (max(errors.values()), min(errors.values())) if errors else ()
    kept = {one.number: errors[one.number] for one in history.epochs if one.number in errors}
    symbol = Symbol.CIRCLE if len(kept) <= _MOST_DOTS else None
    dots = Look(ACCENT, 0, symbol=symbol, radius=_DOT)
    panel = Panel(
        Axis(0, max(history.last, 1), tuple(ticks)),
        Axis(low, high, _ticks(ends), is_log=True),
        (
            _curve("test error", errors, Look(ACCENT)),
            _curve("kept", kept, dots),
        )
        if errors
        else (),
        marks=(*_changes(history), Cursor(epoch, reach=3)),
        remark=() if errors else ("No test error is known yet.",),
    )
    return Chart("Test error over the epochs", (panel,))


def _changes(history: RunHistory) -> Iterator[Rule]:
    for at, words in history.changes:
        yield Rule(at, _CHANGE, flag=(words, ""))


def _change_text(at: float, words: str) -> str:
    if words == RESUMED:
        return f"Resumed after epoch {int(at)}."
    return f"Changed in epoch {int(at) + 1}: {words}."


def _ticks(ends: tuple[float, ...]) -> tuple[Tick, ...]:
    """The highest and the lowest error, with as many decimals as tell them apart."""
    written = told_apart(ends, 2, figure, _MOST_DECIMALS)
    return tuple(Tick(at, f"{words} %") for at, words in zip(ends, written, strict=True))


def _curve(name: str, errors: dict[int, float], look: Look) -> Curve:
    epochs = np.array(list(errors), np.float64)
    return Curve(name, epochs, np.array(list(errors.values()), np.float64), look)


class ErrorCurve(ChartView):
    """`chosen(int)`: the place, among the epochs that are kept, that was clicked or dragged to."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_LEAST, parent)
        self.setObjectName("run_curve")
        self.setAccessibleName("Test error over the epochs")
        set_tip(self, _TIP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._history: RunHistory | None = None
        self.dragged.connect(self._choose)

    def sizeHint(self) -> QSize:
        return QSize(400, 5 * self.fontMetrics().height())

    def show_run(self, history: RunHistory | None, place: int) -> None:
        """Shows a run, with the line at the epoch in `place`."""
        self._history = history
        self.show_chart(None if history is None else error_chart(history, place))
        changes = () if history is None else history.changes
        told = (_change_text(*change) for change in changes)
        set_tip(self, _TIP, *told)

    @Slot(float)
    def _choose(self, epoch: float) -> None:
        if self._history is not None:
            self.chosen.emit(self._history.nearest(round(epoch)))
