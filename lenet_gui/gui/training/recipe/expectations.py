"""The expected time and test error of a training run on this machine, before it starts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from lenet_gui.data.mnist import MnistNotFound, find_mnist
from lenet_gui.gui.core.settings import ChosenData
from lenet_gui.gui.core.tasks import Job, Tasks
from lenet_gui.gui.library.runs import RunLibrary
from lenet_gui.gui.training.running.controller import Phase, TrainingController
from lenet_gui.training.pace import (
    EarlierRun,
    Expectation,
    Pace,
    digits_to_write,
    earlier_runs,
    error_among,
    seconds_among,
    seconds_to_write,
)
from lenet_gui.training.recipe import BUILTIN, MNIST, Recipe
from lenet_gui.versus.expected import expected_error

_MOST_RUNS = 40
"""The number of earlier runs that are read, the newest."""

_QUIET_MS = 700
"""How long a trial waits after the last input."""


@dataclass(frozen=True)
class _Found:
    """What was found on the disk."""

    runs: tuple[EarlierRun, ...]
    mnist_is_missing: bool
    writing: float = 0.0  # seconds for a digit that the program writes


class Expectations(QObject):
    """Uses earlier runs or, if there are none, tries the recipe for a second in the background.

    Signals: `changed()` when an expectation changes, or MNIST is there or gone.

    Args:
        runs: the window's runs.
        controller: its thread makes the trials, never beside a training run.
        parent: Qt's.
    """

    changed = Signal()

    def __init__(
        self, runs: RunLibrary, controller: TrainingController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._runs = runs
        self._controller = controller
        self._found = _Found((), mnist_is_missing=False)
        self._chosen = ChosenData()
        self._tried: dict[Recipe, Pace | None] = {}
        self._wanted: tuple[Recipe, ...] = ()
        self._trying: Recipe | None = None
        self._torch_is_there = self._is_looked_at = False
        self._tasks = Tasks(self)
        self._tasks.done.connect(self._take)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_QUIET_MS)
        self._rest.timeout.connect(self._try_next)
        runs.changed.connect(self._runs_changed)
        controller.tried.connect(self._hear)
        controller.phase_changed.connect(self._phase_changed)

    @property
    def mnist_is_missing(self) -> bool:
        """Whether MNIST was looked for in the usual places, and is in none of them."""
        return self._found.mnist_is_missing

    @property
    def chosen_data(self) -> ChosenData:
        """What is known of the data set of the window."""
        return self._chosen

    def set_chosen_data(self, data: ChosenData) -> None:
        """Another data set is chosen in the window."""
        self._chosen = data
        self.changed.emit()

    @property
    def is_trying(self) -> bool:
        """Whether a requested trial is in progress or will come."""
        return self._may_try and (self._trying is not None or self._next() is not None)

    def of(self, recipe: Recipe) -> Expectation:
        """What is known about a recipe now."""
        sized = self.sized(recipe)
        seconds, tried = seconds_among(self._found.runs, sized), self._tried.get(recipe)
        error = expected_error(recipe) if self._is_of_known_error(recipe) else None
        if error is None:
            error = error_among(self._found.runs, recipe)
        writing = 0.0
        if not self._controller.has_written(recipe):
            writing = self._found.writing * digits_to_write(recipe)
        if seconds is None and tried is not None:
            known = Expectation(tried.seconds(sized), error, is_tried=True)
        else:
            known = Expectation(seconds, error)
        return replace(known.after_writing(writing), is_of_mnist=self._is_of_known_error(recipe))

    def sized(self, recipe: Recipe) -> Recipe:
        """The recipe with as many training digits as its data set has, if that is known."""
        if recipe.data != self._chosen.path or not self._chosen.name:
            return recipe
        count = min(recipe.training_digits or self._chosen.training, self._chosen.training)
        return recipe.with_changes(training_digits=count)

    def _is_of_known_error(self, recipe: Recipe) -> bool:
        """Whether it learns from MNIST or built-in digits, as the shipped results do."""
        if recipe.data in (MNIST, BUILTIN):
            return True
        return recipe.data == self._chosen.path and self._chosen.is_mnist

    @Slot()
    def look(self) -> None:
        """Reads the runs, and looks for MNIST, in a separate thread."""
        folders = [run.folder for run in self._runs.runs[:_MOST_RUNS]]
        writing = self._found.writing

        def look(_job: Job) -> _Found:
            return _look(folders, writing or seconds_to_write())

        self._tasks.ask(look)

    def want(self, recipes: Sequence[Recipe]) -> None:
        """Tries those without an earlier run, one after another, once trials are allowed."""
        self._wanted = tuple(recipes)
        self._rest.start()

    @Slot()
    def torch_came(self) -> None:
        """From now on trials can be made."""
        self._torch_is_there = True
        self._rest.start()

    def set_looked_at(self, *, looked_at: bool) -> None:
        """Trials are made only while somebody looks."""
        self._is_looked_at = looked_at
        self._rest.start()

    def close_down(self) -> None:
        """Ends its thread, and waits for that."""
        self._rest.stop()
        self._wanted = ()
        self._tasks.close_down()

    @property
    def _may_try(self) -> bool:
        return self._torch_is_there and self._is_looked_at

    def _next(self) -> Recipe | None:
        known = self._found.runs
        wanted = (one for one in self._wanted if one not in self._tried)
        return next((one for one in wanted if seconds_among(known, one) is None), None)

    @Slot()
    def _try_next(self) -> None:
        recipe = self._next()
        idle = self._trying is None and not self._tasks.is_busy
        if self._may_try and idle and recipe is not None and self._controller.try_out(recipe):
            self._trying = recipe

    @Slot(object, object)
    def _hear(self, recipe: Recipe, pace: Pace | None) -> None:
        self._tried[recipe] = pace
        self._trying = None
        self.changed.emit()
        self._rest.start()

    @Slot(object)
    def _phase_changed(self, phase: Phase) -> None:
        self._trying = None  # a training run ends a trial
        if phase is Phase.IDLE:
            self.changed.emit()  # the digits may have been written
            self._rest.start()

    @Slot()
    def _runs_changed(self) -> None:
        if self._may_try or self._found.runs:
            self.look()

    @Slot(object)
    def _take(self, found: _Found) -> None:
        self._found = found
        self.changed.emit()
        self._rest.start()


def _look(folders: Sequence[Path], writing: float) -> _Found:
    expected_error(Recipe())  # the shipped results are read here, not in the window's thread
    runs, is_missing = tuple(earlier_runs(folders)), False
    try:
        find_mnist()
    except MnistNotFound:
        is_missing = True
    return _Found(runs, mnist_is_missing=is_missing, writing=writing)
