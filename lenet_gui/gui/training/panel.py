"""The training panel: one line when collapsed; recipe, plots and the other pages when expanded."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from lenet_gui.errors import UserError
from lenet_gui.gui.core.file_dialogs import FileDialogs
from lenet_gui.gui.core.notifier import Notifier
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.core.theme import UNIT
from lenet_gui.gui.library.digit_source import DigitSource
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.training.ending import EndingController, EndingRow
from lenet_gui.gui.training.page import Page
from lenet_gui.gui.training.progress_line import ProgressLine
from lenet_gui.gui.training.recipe.expectations import Expectations
from lenet_gui.gui.training.recipe.missing_digits import MissingDigits
from lenet_gui.gui.training.recipe.recipe_draft import RecipeDraft
from lenet_gui.gui.training.run_changes import RunChanges
from lenet_gui.gui.training.running.actions import TrainingActions
from lenet_gui.gui.training.running.controller import CLOSE_WITHIN_MS, Phase, TrainingController
from lenet_gui.gui.training.running.follower import Follower
from lenet_gui.gui.training.shown_run import ShownRun
from lenet_gui.gui.training.top_line import TopLine
from lenet_gui.gui.widgets.grid.commands import CellCommands
from lenet_gui.training.adjustments import OneMoreEpoch, Wish
from lenet_gui.training.events import (
    CurrentWeights,
    End,
    Event,
    Failed,
    Finished,
    Started,
    StepStatistics,
    Stopped,
)
from lenet_gui.training.journal import History
from lenet_gui.training.presets import slower
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.run import Run

if TYPE_CHECKING:
    from lenet_gui.gui.training.panes import TrainingPanes

# Causes of messages:
_RECIPE, _RESUMING = "recipe", "resuming"
_TRAINING = "training"


class TrainingPanel(QWidget):
    """Trains beside the drawing, in a separate thread.

    Signals:
        weights_offered(object, object, object): a LeNet5 in evaluation mode that nothing else
            holds, its facts (dict[str, str], as `save_weights` takes them), and the run's folder.
        follow_weights(object): a LeNet5 with the newest weights, while a training run is followed:
            the same object again and again, changed only in this thread before each emission.
        mnist_downloaded(): MNIST is in the program's own folder now.
        fault_found(str): the traceback of an unexpected error in the training thread.
        running_changed(bool): a training run begins or has ended.
        folded_changed(bool), all_settings_changed(bool): whether it is collapsed, shows them all.

    Args:
        ask: the window's file dialogs.
        notifier: for errors and notes.
        cell_commands: the commands for the cells of the confusion matrix.
        source: where the digits come from.
        runs: the window's runs.
        parent: Qt's.
    """

    weights_offered = Signal(object, object, object)
    follow_weights = Signal(object)
    mnist_downloaded = Signal()
    fault_found = Signal(str)
    running_changed = Signal(bool)
    folded_changed = Signal(bool)
    all_settings_changed = Signal(bool)

    def __init__(
        self,
        ask: FileDialogs,
        notifier: Notifier,
        cell_commands: CellCommands,
        source: DigitSource | None = None,
        runs: RunLibrary | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("training panel")
        self._ask = ask
        self.notifier = notifier
        self._cell_commands = cell_commands
        self._runs = runs or RunLibrary(parent=self)
        self._running = False
        self.commands = TrainingActions(self)
        self.controller = TrainingController(source, self._runs.folder, self)
        self.follower = Follower(self)
        self.line = ProgressLine(self.commands)
        self.ending = EndingRow()
        self.ending_controller = EndingController(self.ending, ask, notifier, self)
        self._panes: TrainingPanes | None = None
        self._run = ShownRun(lambda: self.panes)
        RunChanges(self._runs, self._run, self.ending_controller, self)
        self.draft = RecipeDraft(notifier, self)
        self.expectations = Expectations(self._runs, self.controller, self)
        self.missing = MissingDigits(
            self.controller, self.draft, self.expectations, ask, notifier, self
        )
        self.offer = self.missing.offer
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(UNIT, UNIT // 2 - 1, UNIT, UNIT // 2)
        layout.setSpacing(UNIT // 2)
        layout.addWidget(TopLine(self.line, self.ending, self.offer))
        self._connect()
        self.commands.show_phase(Phase.IDLE)
        self._fold(opened=False)

    @property
    def panes(self) -> "TrainingPanes":
        """What the open panel holds; made when first wanted: the window opens without them."""
        if self._panes is None:
            self._panes = self._make_panes()
        return self._panes

    @property
    def is_running(self) -> bool:
        """From the start of a training run, loading included, to its end."""
        return self._running

    @property
    def is_folded(self) -> bool:
        """Whether only the line is shown."""
        return not self.commands.fold.isChecked()

    @property
    def recipe(self) -> Recipe | None:
        """Of the draft; None while a field is wrong."""
        return self.draft.recipe

    @property
    def started(self) -> Started | None:
        """How the current or last training run began; None before the first."""
        return self._run.started

    @property
    def run_folder(self) -> Path | None:
        """The folder of that run; None before it has one."""
        return self._run.folder

    @property
    def has_checkpoint(self) -> bool:
        """Whether the current or last training run has completed an epoch."""
        return self._run.last is not None

    def set_folded(self, folded: bool) -> None:
        """Shows only the line, or everything."""
        self.commands.fold.setChecked(not folded)

    def set_data_choice(self, data: ChosenData) -> None:
        """Chooses the digits of the draft, and of the presets that are chosen later."""
        self.missing.set_data_choice(data)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return hint if self.is_folded else QSize(hint.width(), max(hint.height(), 30 * UNIT))

    @Slot()
    def start(self) -> None:
        """Starts a training run with the current recipe of the draft."""
        recipe = self.draft.recipe
        if recipe is None:
            self._show_trouble()
        elif self.controller.phase is Phase.IDLE:
            self._begin(recipe, None)

    @Slot(object)
    def resume_run(self, folder: Path) -> None:
        """Continues an earlier run, from its checkpoint and with its own recipe."""
        if self.controller.phase is not Phase.IDLE:
            return
        with self.notifier.reporting(_RESUMING):
            recipe = Run.open(folder).recipe
            self.draft.set_recipe(recipe)
            if self.draft.recipe is None:
                raise UserError(self.draft.trouble)
            self._begin(recipe, folder)

    @Slot()
    def go_on_slower(self) -> None:
        """Continues the run that has just diverged, from its checkpoint, at a tenth of the rate."""
        started = self._run.started
        if started is not None:
            self._go_on(slower(started.recipe.with_changes(learning_rate=started.rate)))

    @Slot()
    def go_on_longer(self) -> None:
        """Goes on with the run that has just finished, for one more epoch."""
        if self._run.recipe is not None:
            self._go_on(self._run.recipe, OneMoreEpoch())

    def _go_on(self, recipe: Recipe, *wishes: Wish) -> None:
        folder = self._run.folder
        if folder is not None and self.controller.phase is Phase.IDLE:
            self.draft.set_recipe(recipe)
            self._begin(recipe, folder, *wishes)

    @Slot()
    def pause(self) -> None:
        """Pauses the training; does nothing if none runs."""
        self.controller.pause()

    @Slot()
    def resume(self) -> None:
        """Ends a pause."""
        self.controller.resume()

    @Slot()
    def stop(self) -> None:
        """Requests the end of the training, or of a download."""
        self.controller.stop()

    def close_down(self, within_ms: int = CLOSE_WITHIN_MS) -> bool:
        """Ends the training thread, the newest checkpoint kept. Call it when the window closes.

        Returns:
            Whether the thread has ended in time; if not, the process waits for it at its end.
        """
        self.follower.forget()
        self.expectations.close_down()
        if self._panes is not None:
            self._panes.plots.close_down()
        return self.controller.close_down(within_ms)

    def _connect(self) -> None:
        commands, controller = self.commands, self.controller
        commands.start.triggered.connect(self.start)
        commands.pause.triggered.connect(controller.pause_or_resume)
        commands.stop.triggered.connect(self.stop)
        commands.fold.toggled.connect(self._fold)
        commands.follow.toggled.connect(self._follow)
        controller.phase_changed.connect(self._show_phase)
        controller.run_named.connect(self._show_run)
        controller.loading.connect(self.line.show_loading)
        controller.event_happened.connect(self._take)
        controller.fault_found.connect(self.fault_found)
        self._runs.changed.connect(self._runs_changed)
        self.follower.network_changed.connect(self.follow_weights)
        self.ending_controller.weights_offered.connect(self.weights_offered)
        self.ending_controller.discarded.connect(self._discarded)
        self.ending_controller.resume_wanted.connect(self.resume_run)
        self.ending_controller.slower_wanted.connect(self.go_on_slower)
        self.ending_controller.one_more_wanted.connect(self.go_on_longer)
        self.missing.downloaded.connect(self.mnist_downloaded)
        self.missing.start_wanted.connect(self.start)
        self.draft.recipe_changed.connect(self._recipe_changed)

    def _make_panes(self) -> "TrainingPanes":
        from lenet_gui.gui.training.panes import TrainingPanes
        from lenet_gui.gui.training.recipe.recipe_pane import RecipePane
        from lenet_gui.gui.training.running_controls import RunningControls

        recipe = RecipePane(self.draft, self.expectations, self._ask, self.commands)
        recipe.face.download_wanted.connect(self.missing.download)
        recipe.all_settings_changed.connect(self.all_settings_changed)
        running = RunningControls(self.controller, self.commands.follow)
        panes = TrainingPanes(
            recipe, running, self._runs, self._ask, self.notifier, self._cell_commands
        )
        panes.hide()
        self._layout.addWidget(panes, stretch=1)
        panes.run_box.resume_wanted.connect(self.resume_run)
        panes.plots.start_wanted.connect(self.start)
        panes.plots.exportable.connect(self.commands.export_plots.setEnabled)
        self.commands.export_plots.triggered.connect(panes.plots.ask_where)
        self._list_runs(panes)
        return panes

    def _begin(self, recipe: Recipe, resume: Path | None, *wishes: Wish) -> None:
        if not self.ending_controller.may_lose_weights():
            return
        self.ending_controller.clear()
        self.missing.put_away()
        self._run.forget()
        for cause in (_TRAINING, _RESUMING):
            self.notifier.clear(cause)
        self.follower.forget()
        if resume is not None:
            self._run.name(resume)
        self.controller.train(recipe, resume, *wishes)

    @Slot(bool)
    def _follow(self, wanted: bool) -> None:
        self.controller.follow = wanted
        self.follower.show_newest(shown=wanted)

    @Slot(bool)
    def _fold(self, opened: bool) -> None:
        if opened:
            self._runs.look_again()
            self._list_runs(self.panes)
            self.expectations.look()
        self.expectations.set_looked_at(looked_at=opened)
        if self._panes is not None:
            self._panes.setVisible(opened)
        self.setSizePolicy(
            QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Preferred if opened else QSizePolicy.Policy.Fixed,
        )
        self._layout.activate()  # the fields flow into the columns that fit ...
        if self._panes is not None:
            self._panes.updateGeometry()  # ... and `sizeHint` is that of now
        self.updateGeometry()
        self.folded_changed.emit(not opened)

    @Slot(object)
    def _show_phase(self, phase: Phase) -> None:
        self.line.show_phase(phase)
        self.draft.set_locked(phase is not Phase.IDLE)
        running = phase in (Phase.LOADING, Phase.RUNNING, Phase.PAUSED) or (
            phase is Phase.STOPPING and self._running
        )
        if phase is Phase.IDLE:
            self._runs.look_again()
            self._runs_changed()
            if self._run.recipe is None:
                self.line.show_idle()
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)
        if phase is Phase.IDLE:
            self.missing.go_on()

    def _show_trouble(self) -> None:
        """Goes to the field that is wrong; if the panel is hidden, reports the error."""
        self.set_folded(folded=False)
        self.panes.show_page(Page.RECIPE)
        self.commands.all_settings.setChecked(True)
        if self.isVisible():
            self.panes.recipe.form.show_trouble()
        else:
            self.notifier.refuse(_RECIPE, self.draft.trouble)

    @Slot(object, object)
    def _show_run(self, folder: Path, past: History | None) -> None:
        self._run.name(folder, past)

    @Slot(object)
    def _take(self, event: Event) -> None:
        """An event of the training, in the window's thread."""
        self._run.take(event)
        self.line.show_event(event)
        match event:
            case StepStatistics(weights=weights) | CurrentWeights(weights=weights) if weights:
                if self._run.recipe:
                    self.follower.offer(self._run.recipe.variant, weights)
            case Finished() | Stopped() | Failed():
                self._end(event)

    def _end(self, event: End) -> None:
        self.follower.forget()
        self.panes.plots.refresh()
        if isinstance(event, Failed):
            self.notifier.fail(_TRAINING, event.sentence)
        if not isinstance(event, Finished):
            self.line.show_end("stopped" if isinstance(event, Stopped) else "failed")
        run = self._run
        if run.started is not None and run.folder is not None:  # otherwise it never started
            followed = self.commands.follow.isChecked()
            self.ending_controller.show_ending(
                event, run.started, run.last, run.folder, was_followed=followed
            )

    @Slot()
    def _discarded(self) -> None:
        self._run.clear()
        self.notifier.clear(_TRAINING)
        self.line.show_idle()
        self._runs.look_again()
        self._list_runs(self.panes)

    @Slot(object)
    def _recipe_changed(self, recipe: Recipe | None) -> None:
        if recipe is not None:
            self.notifier.clear(_RECIPE)
            if self._run.started is None:  # what could not even begin was another recipe's
                self.notifier.clear(_TRAINING)

    @Slot()
    def _runs_changed(self) -> None:
        if self._panes is not None:
            self._list_runs(self._panes)

    def _list_runs(self, panes: "TrainingPanes") -> None:
        panes.plots.offer_earlier(
            [run.folder for run in self._runs.runs if run.folder != self._run.folder]
        )
