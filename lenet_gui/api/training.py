"""Training by a recipe."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from os import PathLike, fspath
from pathlib import Path

from lenet_gui.api.model import Model
from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.files import check_writable
from lenet_gui.model_files.formats import check_named_as_weights
from lenet_gui.net.weights_file import LoadedWeights
from lenet_gui.text.figures import counted, percent
from lenet_gui.training.control import Control
from lenet_gui.training.digit_sets import load_digits_of, with_additions
from lenet_gui.training.ending import RunFiles, network_of_end, train_and_keep
from lenet_gui.training.events import (
    EpochEnded,
    Event,
    Failed,
    Finished,
    Score,
    Started,
    Stopped,
)
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.recipe_file import recipe_called
from lenet_gui.training.trainer import train as trained


@dataclass(frozen=True, eq=False)
class TrainingResult:
    """What a training run has led to.

    Attributes:
        model: the trained network; of a run that was stopped, that of its last whole epoch, in
            the first epoch of its last update.
        recipe: how it was trained.
        epochs: how each epoch ended, also those before the run was continued.
        end: the last event.
    """

    model: Model
    recipe: Recipe
    epochs: tuple[EpochEnded, ...] = field(repr=False)
    end: Finished | Stopped

    @property
    def test(self) -> Score | None:
        """The last score on the test digits; None if the run was stopped in its first epoch."""
        return self.epochs[-1].test if self.epochs else None

    @property
    def is_complete(self) -> bool:
        """Whether all epochs were done."""
        return isinstance(self.end, Finished)

    def __repr__(self) -> str:
        done = counted(len(self.epochs), "epoch")
        stopped = "" if self.is_complete else ", stopped"
        score = "" if self.test is None else f", test error {percent(self.test.error)}"
        return f"TrainingResult({self.recipe.name}, {done}{stopped}{score})"


def train(
    recipe: Recipe | str | PathLike[str],
    digits: DigitSets | None = None,
    *,
    on_event: Callable[[Event], object] | None = None,
    out: str | PathLike[str] | None = None,
    resume: str | PathLike[str] | None = None,
    control: Control | None = None,
    threads: int | None = None,
) -> TrainingResult:
    """Trains a network by a recipe, in this thread, until it is done or stopped.

    On the CPU the same recipe, digits and `threads` give the same weights, bit for bit. Until it
    ends, `threads` are those of torch in the whole process. An exception, also one of `on_event`
    or Ctrl-C, ends it at once; `control.stop()`, from `on_event` or another thread, after the
    current update, and what was learned is returned.

    Args:
        recipe: a recipe, or the name of one (see `recipe`).
        digits: to train and test on instead of those that the recipe names.
        on_event: called in this thread with each event of `events`, in their order.
        out: a file for the weights; beside it are kept a checkpoint and the weights of every epoch,
            as by `lenet-gui train --out`. None keeps nothing.
        resume: a checkpoint to continue from.
        control: stops, pauses and changes the run, from other threads as well.
        threads: of torch, 1 or more; None for as many as are fastest.

    Raises:
        UserError: a value or file is wrong, the digits are missing, or the training failed; the
            last event, `Failed`, then has the weights of the last update.
        TypeError: `recipe` is none.
        ValueError: `threads` is below 1.
    """
    if threads is not None and threads < 1:
        raise ValueError(f"threads are at least 1, not {threads}")
    if not isinstance(recipe, Recipe):
        recipe = recipe_called(fspath(recipe))
    if out is not None:
        if resume is None:
            check_named_as_weights(Path(out))
        check_writable(Path(out))
    sets = load_digits_of(recipe) if digits is None else with_additions(digits, recipe)
    control = control or Control()
    begun = (
        trained(recipe, sets, None, control, _path(resume), threads=threads)
        if out is None
        else train_and_keep(
            recipe,
            sets,
            RunFiles.beside(Path(out)),
            control,
            resume=_path(resume),
            threads=threads,
        )
    )
    epochs: list[EpochEnded] = []
    with closing(begun) as events:
        for event in events:
            if isinstance(event, Started):
                epochs = list(event.history)
            if isinstance(event, EpochEnded):
                epochs.append(event)
            if on_event is not None:
                on_event(event)
    if isinstance(event, Failed):
        raise UserError(event.sentence)
    assert isinstance(event, Finished | Stopped)  # noqa: S101 - as `events` says
    network = network_of_end(event)
    assert network is not None  # noqa: S101 - both have weights
    model = Model(LoadedWeights(network, dict(event.facts)), recipe.name)
    return TrainingResult(model, recipe, tuple(epochs), event)


def _path(name: str | PathLike[str] | None) -> Path | None:
    return None if name is None else Path(name)
