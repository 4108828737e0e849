"""The step sizes of SDLM, epoch by epoch, with their figures in words."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.plain import plain_label, set_tip
from lenet_gui.gui.core.text_size import wear
from lenet_gui.gui.core.theme import UNIT, group_title, small_font
from lenet_gui.gui.training.plots.chart_export import KINDS, write_chart
from lenet_gui.gui.training.plots.step_size_chart import SIZE, span_of, step_size_chart
from lenet_gui.gui.training.plots.step_size_plot import StepSizePlot
from lenet_gui.gui.training.plots.step_size_text import pass_text
from lenet_gui.pictures.exported import Table
from lenet_gui.training.events import StepSizes
from lenet_gui.training.recipe import Optimiser, Recipe
from lenet_gui.training.step_size_histogram import StepSizeHistogram, as_rows, histogram_of

NO_RUN = "Step sizes appear here when a training run with SDLM, the paper's optimiser, starts."
NO_SDLM = (
    "This training run does not use SDLM, the paper's optimiser: its weights have no step sizes of "
    "their own."
)
NOT_YET = "The step sizes appear as soon as the curvatures are measured."

_ABOUT = (
    "the columns are arrays, with one entry for each bin that is not empty: of the pass before "
    "epoch, so many weights of the layer have a step size eta/(mu + h) between from and to."
)

_NONE_YET, _TARGET = "no step sizes to export", "step sizes"  # causes


class StepSizesPane(QWidget):
    """The histogram of a pass, the choice of the pass, and its figures."""

    def __init__(self, ask: FileDialogs, notifier: Notifier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self.setObjectName("step sizes")
        self._notifier = notifier
        self._passes: list[StepSizeHistogram] = []
        self._name = ""
        self._measures = 1  # in the first epoch
        self._instead = NO_RUN
        self.plot = StepSizePlot()
        self.chooser = QComboBox()
        self.chooser.setObjectName("step sizes of epoch")
        self.chooser.setAccessibleName("Epoch of the step sizes")
        set_tip(self.chooser, "The epoch before which the curvatures were measured")
        self.export = QToolButton()
        self.export.setObjectName("export step sizes")
        self.export.setText("Export…")
        set_tip(
            self.export,
            "Write this histogram as PNG or SVG, or the figures of every epoch as CSV or NPZ",
        )
        self.words = plain_label()
        wear(self.words, small_font)
        self.words.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(UNIT // 2)
        top.addWidget(group_title("Step sizes"))
        top.addStretch()
        top.addWidget(self.chooser)
        top.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(UNIT // 2)
        layout.addLayout(top)
        layout.addWidget(self.plot, stretch=1)
        layout.addWidget(self.words)
        self.chooser.currentIndexChanged.connect(self._show_chosen)
        self.export.clicked.connect(self._ask_where)
        self.plot.pointed.connect(self._say)
        self.forget_run()

    @property
    def passes(self) -> tuple[StepSizeHistogram, ...]:
        """What is known about the run, epoch by epoch."""
        return tuple(self._passes)

    def forget_run(self) -> None:
        """There is no run."""
        self._empty("", NO_RUN)

    def begin_run(self, name: str, recipe: Recipe) -> None:
        """Another run begins."""
        self._measures = recipe.first_epoch_measures
        self._empty(name, NOT_YET if recipe.optimiser is Optimiser.SDLM else NO_SDLM)

    def rename_run(self, name: str) -> None:
        """The run is called otherwise now."""
        self._name = name

    def add(self, event: StepSizes) -> None:
        """Offers one more pass; shows it if the latest is wanted."""
        measures = self._measures if event.epoch == 1 else 1
        self._passes.append(histogram_of(event, measures))
        self.chooser.addItem(f"epoch {event.epoch}", event.epoch)
        self.chooser.setEnabled(True)
        self.export.setEnabled(True)
        self._notifier.clear(_NONE_YET)
        self._show_chosen()

    def write(self, target: Path) -> None:
        """Exports to a file in the format of its suffix; reports either way."""
        shown = self.plot.shown
        if shown is None:
            self._notifier.refuse(
                _NONE_YET, "There are no step sizes to export yet: train with SDLM first."
            )
            return
        from lenet_gui.pictures.export import exported_chart

        name = self._name or "training"
        chart = step_size_chart(shown, span_of([shown]), name)
        table = Table.of_lines(as_rows(self._passes))
        about = (f"The step sizes of {name}; {_ABOUT}", *map(pass_text, self._passes))
        exported = exported_chart(
            f"{name} step sizes",
            chart,
            SIZE,
            (table.headings, *table.rows),
            {"about": np.array(about), **table.as_arrays(("layer",))},
        )
        write_chart(exported, target, self._notifier, _TARGET)

    def _empty(self, name: str, instead: str) -> None:
        self._passes, self._name, self._instead = [], name, instead
        self.chooser.clear()
        self.chooser.addItem("latest", None)
        self.chooser.setEnabled(False)
        self.export.setEnabled(False)
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        wanted = self.chooser.currentData()
        shown = [one for one in self._passes if wanted in (None, one.epoch)]
        if shown:
            self.plot.show_histogram(shown[-1], span_of(self._passes))
        else:
            self.plot.show_nothing(self._instead)

    @Slot(str)
    def _say(self, words: str) -> None:
        shown = self.plot.shown
        self.words.setText(words or (pass_text(shown) if shown else ""))

    @Slot()
    def _ask_where(self) -> None:
        name = f"{self._name or 'training'} step sizes"
        target = self._ask.save("Export the step sizes", name, KINDS)
        if target is not None:
            self.write(target)
