"""The plots of a training run: loss and accuracy side by side, legend, comparison, export."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import plain_tip, set_tip
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.core.text_size import grow_indicator, wear
from lenet_gui.gui.core.theme import UNIT, small_font
from lenet_gui.gui.training.plots.chart_export import KINDS, write_chart
from lenet_gui.gui.training.plots.curve_plot import CurvePlot
from lenet_gui.gui.training.plots.curves import Line, Quantity, RunCurves
from lenet_gui.gui.training.plots.legend import Legend
from lenet_gui.gui.training.plots.run_chart import SIZE, incomparable, run_chart, without_date
from lenet_gui.gui.training.plots.run_table import run_arrays, run_rows
from lenet_gui.gui.widgets.elided_label import ElidedLabel
from lenet_gui.gui.widgets.empty_state import EmptyState
from lenet_gui.gui.widgets.names_box import NamesBox
from lenet_gui.printable import printable
from lenet_gui.training.ending import LOG_NAME
from lenet_gui.training.journal import read_history

REDRAW_EVERY_MS = 200
"""The time between redraws of the two plots: both together would delay the pen."""
_TOOLTIP = Qt.ItemDataRole.ToolTipRole

_NONE_YET = "Loss and accuracy appear here, update by update, as soon as training starts."
_SOON = "Loss and accuracy appear here, update by update, once the digits are there."
_START_TIP = "With the current recipe"

_NO_RUN, _TARGET, _EARLIER = "no run to export", "plots", "earlier run"  # causes


class PlotsPane(QWidget):
    """Shows one run live, and an earlier one behind it; exports them.

    Signals: `settled()` after `mark_changed`, when both plots show what the runs hold;
    `grown()` when a run has more to show; `shown_changed()` when other runs or lines are shown, or
    in another way; `exportable(bool)`, whether there is a run to export; `start_wanted()` training
    is to begin, so that there is something to show.
    """

    settled = Signal()
    grown = Signal()
    shown_changed = Signal()
    start_wanted = Signal()
    exportable = Signal(bool)

    def __init__(self, ask: FileDialogs, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self.setObjectName("training plots")
        self._notifier = notifier
        self._run: RunCurves | None = None
        self._is_awaited = False
        self._earlier: RunCurves | None = None
        self._tasks = Tasks(self)
        self._tasks.done.connect(self.set_earlier)
        self._tasks.failed.connect(self._refuse_earlier)
        self.loss = CurvePlot(Quantity.LOSS)
        self.second = CurvePlot(Quantity.ACCURACY)
        self.legend = Legend()
        self.log = QCheckBox("log")
        grow_indicator(self.log)
        self.log.setObjectName("log scale")
        set_tip(self.log, "Logarithmic scale for the loss, and for the error")
        self.log.setAccessibleName("Logarithmic scale")
        self.error = QCheckBox("as error")
        grow_indicator(self.error)
        self.error.setObjectName("as error")
        set_tip(self.error, "Show the error instead of the accuracy")
        self.earlier = NamesBox()
        self.earlier.setObjectName("compare with")
        self.earlier.setAccessibleName("Compare with an earlier run")
        self.earlier.setMinimumContentsLength(6)
        self.earlier.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.earlier.setMaximumWidth(32 * UNIT)
        self.incomparable = ElidedLabel()
        self.incomparable.setObjectName("losses not comparable")
        wear(self.incomparable, small_font)
        self.incomparable.hide()
        self.export = QToolButton()
        self.export.setObjectName("export plots")
        self.export.setText("Export…")
        set_tip(self.export, "Write the plots as PNG or SVG, or their figures as CSV or NPZ")
        self._stale: list[CurvePlot] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REDRAW_EVERY_MS)
        self._lay_out()
        self._empty = EmptyState(self.loss, self.second, link="Start training", tip=_START_TIP)
        self._empty.followed.connect(self.start_wanted)
        self.offer_earlier([])
        self._name_choice()
        self.legend.toggled.connect(self._show_line)
        self.legend.earlier_toggled.connect(self._show_earlier)
        self.log.toggled.connect(self._set_log)
        self.error.toggled.connect(self._set_error)
        self.earlier.activated.connect(self._choose_earlier)
        self.earlier.currentIndexChanged.connect(self._name_choice)
        self.export.clicked.connect(self.ask_where)
        self._timer.timeout.connect(self._redraw_one)
        self.log.setChecked(True)
        self._show_what_there_is()

    @property
    def run(self) -> RunCurves | None:
        """The shown run."""
        return self._run

    @property
    def earlier_run(self) -> RunCurves | None:
        """The run behind it."""
        return self._earlier

    def set_run(self, run: RunCurves | None) -> None:
        """Shows another run."""
        self._run = run
        self._show_runs()
        if run is not None:
            self._notifier.clear(_NO_RUN)

    def await_run(self, *, awaited: bool) -> None:
        """Says that a run is about to begin, or that none is."""
        self._is_awaited = awaited
        self._show_what_there_is()

    def offer_earlier(self, runs: list[Path]) -> None:
        """Fills the list of runs to compare with, given as folders, newest first."""
        chosen = self.earlier.currentData()
        self.earlier.clear()
        self.earlier.addItem("compare…", None)
        for folder in runs:
            self.earlier.addItem(printable(without_date(folder.name)), str(folder))
            self.earlier.setItemData(self.earlier.count() - 1, plain_tip(folder.name), _TOOLTIP)
        if chosen is not None:
            self.earlier.setCurrentIndex(max(0, self.earlier.findData(chosen)))
            if self.earlier.currentIndex() == 0:
                self.set_earlier(None)
        self.earlier.setEnabled(bool(runs))

    @Slot(object, object)
    def rename_earlier(self, old: Path, new: Path) -> None:
        """The folder of a run has another name; the list is filled with it next."""
        place = self.earlier.findData(str(old))
        if place < 0:
            return
        self.earlier.setItemData(place, str(new))
        if self.earlier.currentIndex() == place and self._earlier is not None:
            self._earlier.name = printable(new.name)
            self._show_runs()

    @Slot(object)
    def set_earlier(self, earlier: RunCurves | None) -> None:
        """Shows another run behind, dimmed; None removes it."""
        self._tasks.cancel()
        self._earlier = earlier
        self._show_runs()
        self._notifier.clear(_EARLIER)
        if earlier is not None:
            self._notifier.clear(_NO_RUN)

    def show_as(self, other: "PlotsPane") -> None:
        """Shows the same runs and lines as another pane, in the same way."""
        self._run, self._earlier = other.run, other.earlier_run
        self.log.setChecked(other.log.isChecked())
        self.error.setChecked(other.error.isChecked())
        for line, entry in other.legend.entries.items():
            self.legend.entries[line].setChecked(entry.isChecked())
        self.legend.earlier.setChecked(other.legend.earlier.isChecked())
        self._show_runs()

    def close_down(self) -> None:
        """Cancels the reading of an earlier run, and waits for that."""
        self._tasks.close_down()

    @Slot()
    def mark_changed(self) -> None:
        """Redraws soon, one plot after the other; many calls make one redraw."""
        self.grown.emit()
        self._stale += [plot for plot in (self.loss, self.second) if plot not in self._stale]
        if not self._timer.isActive():
            self._timer.start()

    @Slot()
    def _redraw_one(self) -> None:
        self._show_what_there_is()
        self._stale.pop(0).refresh()
        if self._stale:
            self._timer.start()
        else:
            self.settled.emit()

    @Slot()
    def refresh(self) -> None:
        """Redraws the current state of the runs."""
        self._timer.stop()
        self._stale.clear()
        self._show_what_there_is()
        for plot in (self.loss, self.second):
            plot.refresh()

    def write(self, target: Path) -> None:
        """Exports to a file in the format of its suffix; reports either way."""
        front, behind = self._run, self._earlier
        if front is None:
            front, behind = behind, None
        if front is None:
            self._notifier.refuse(_NO_RUN, "There is nothing to export yet: train first.")
            return
        from lenet_gui.pictures.export import exported_chart

        chart = run_chart(front, behind, self.second.quantity, log=self.log.isChecked())
        runs = [run for run in (front, behind) if run is not None]
        exported = exported_chart(front.name, chart, SIZE, run_rows(runs), run_arrays(runs))
        write_chart(exported, target, self._notifier, _TARGET)

    def _lay_out(self) -> None:
        plots = QHBoxLayout()
        plots.setSpacing(2 * UNIT)
        plots.addWidget(self.loss, stretch=1)
        plots.addWidget(self.second, stretch=1)
        below = QHBoxLayout()
        below.setSpacing(UNIT)
        below.addWidget(self.legend)
        below.addStretch(1)
        for widget in (self.log, self.error):
            below.addWidget(widget)
        below.addWidget(self.earlier, stretch=8)
        below.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(plots, stretch=1)
        layout.addLayout(below)
        layout.addWidget(self.incomparable)

    @Slot()
    def _name_choice(self) -> None:
        """The list may have no room for the whole name."""
        folder = self.earlier.currentData()
        name = () if folder is None else (Path(folder).name,)
        set_tip(self.earlier, *name, "Show an earlier run behind this one, dimmed")

    def _say_incomparable(self) -> None:
        """That the losses of the two runs cannot be compared, while both are seen."""
        words = ""
        if self._run is not None and self._earlier is not None and self.legend.earlier.isChecked():
            words = incomparable(self._run, self._earlier)
        self.incomparable.setText(words)
        self.incomparable.setVisible(bool(words))

    def _show_runs(self) -> None:
        self._show_what_there_is()
        for plot in (self.loss, self.second):
            plot.set_runs(self._run, self._earlier)
        self.shown_changed.emit()

    def _show_what_there_is(self) -> None:
        """The legend names only what is there."""
        runs = [run for run in (self._run, self._earlier) if run is not None]
        validated = any(len(run.curve(Quantity.LOSS, Line.VALIDATION).x) for run in runs)
        self.legend.entries[Line.VALIDATION].setVisible(validated)
        self.legend.name_earlier(None if self._earlier is None else self._earlier.name)
        self._say_incomparable()
        instead = _SOON if self._is_awaited else _NONE_YET
        self._empty.say("" if runs else instead, offers=not self._is_awaited)
        self.export.setEnabled(bool(runs))
        self.exportable.emit(bool(runs))

    @Slot(object, bool)
    def _show_line(self, line: Line, shown: bool) -> None:
        for plot in (self.loss, self.second):
            plot.set_line_visible(line, shown)
        self.shown_changed.emit()

    @Slot(bool)
    def _show_earlier(self, shown: bool) -> None:
        for plot in (self.loss, self.second):
            plot.set_earlier_visible(shown)
        self._say_incomparable()
        self.shown_changed.emit()

    @Slot(bool)
    def _set_log(self, log: bool) -> None:
        self.loss.set_log(log)
        self.second.set_log(log and self.error.isChecked())
        self.shown_changed.emit()

    @Slot(bool)
    def _set_error(self, error: bool) -> None:
        self.second.set_quantity(Quantity.ERROR if error else Quantity.ACCURACY)
        self.second.set_log(error and self.log.isChecked())
        self.shown_changed.emit()

    @Slot()
    def _choose_earlier(self) -> None:
        folder = self.earlier.currentData()
        if folder is None:
            self.set_earlier(None)
            return
        log = Path(folder) / LOG_NAME

        def read(_job: Job) -> RunCurves:
            return RunCurves.of_history(read_history(log), log.parent.name)

        self._tasks.ask(read)

    @Slot(str)
    def _refuse_earlier(self, sentence: str) -> None:
        self.earlier.setCurrentIndex(0)
        self.set_earlier(None)
        self._notifier.refuse(_EARLIER, sentence)

    @Slot()
    def ask_where(self) -> None:
        """Asks for a file and writes the plots into it."""
        name = self._run.name if self._run else "training"
        target = self._ask.save("Export the plots", name, KINDS)
        if target is not None:
            self.write(target)
