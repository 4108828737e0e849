"""What a training run reports: the events that the trainer yields.

The order is: one `Started`; then for each epoch, with SDLM, one `StepSizes`, any number of
`StepStatistics`, one `CurrentWeights`, one `EpochEnded`, if checkpoints are kept one
`CheckpointSaved` and, where that is wanted, one `Paused`; during an epoch one `CurrentWeights` at
each pause; an `Adjustment` or `RepeatsDropped` comes before the update with which it
takes effect; at the end exactly one of `Finished`, `Stopped` and `Failed`, with what the run's
weights file says of its training (`facts`, see `facts_of_training`) and, in `remarks`, a message
for everything else worth reporting. Events are frozen and hold only plain values and
read-only copies of arrays, so they may cross threads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.short_repr import ShortRepr
from lenet_gui.training.adjustments import Adjustment as Adjustment
from lenet_gui.training.adjustments import EpochAdded as EpochAdded
from lenet_gui.training.adjustments import RateChanged as RateChanged
from lenet_gui.training.adjustments import RepeatsDropped as RepeatsDropped
from lenet_gui.training.adjustments import epochs_of, rate_of, still_to_repeat
from lenet_gui.training.recipe import Recipe

Weights = Mapping[str, NDArray[np.generic]]
"""Read-only copies of a network's state by its names, as `state_dict` has them."""

EVALUATED_TRAINING_DIGITS: Final = 10_000
"""The most training digits that are evaluated at the end of an epoch."""

Confusion = tuple[tuple[int, ...], ...]
"""Ten rows (the true digit) of ten counts (the predicted digit)."""


@dataclass(frozen=True)
class Score:
    """How well a network reads a set of digits: mean loss, share right, number wrong."""

    loss: float
    accuracy: float  # 0..1
    errors: int
    digits: int

    @property
    def error(self) -> float:
        """The share of the digits that are misread, 0..1."""
        return self.errors / self.digits


@dataclass(frozen=True, repr=False)
class EpochEnded(ShortRepr):
    """An epoch is over and its network has been evaluated.

    `train` is the score on the first 10,000 training digits at most, without distortions, of the
    network at the end of the epoch. `on_the_fly_loss` and `on_the_fly_accuracy` are
    the means over all steps of the epoch, each taken before its update and with distortions.
    """

    epoch: int  # 1 .. epochs
    epochs: int
    step: int  # updates made since the first epoch
    train: Score
    test: Score
    validation: Score | None  # None without a validation split
    on_the_fly_loss: float
    on_the_fly_accuracy: float  # 0..1
    learning_rate: float  # of the last step
    confusion: Confusion  # on the test digits
    seconds: float  # of this epoch, evaluation included, pauses left out


@dataclass(frozen=True, repr=False)
class Started(ShortRepr):
    """The first event: what will be trained, on what and where.

    `adjustments` were made before, `repeats` will be made again, each before its update.
    """

    recipe: Recipe
    data_name: str  # e.g. "MNIST training" or "built-in training"
    training_digits: int  # without rubbish
    patterns_per_epoch: int  # with rubbish: presentations in an epoch
    validation_digits: int
    test_digits: int
    steps_per_epoch: int
    parameters: int
    device: str  # "cpu", "cuda" or "mps"
    threads: int  # at most, if the training follows the load
    folder: Path | None  # where checkpoints go
    resumed_from_epoch: int | None  # the last epoch that is already done
    resumed_unchecked: bool = False  # from a checkpoint without a checksum, as older ones are
    history: tuple[EpochEnded, ...] = ()  # the epochs already done, when resumed
    changes: tuple[str, ...] = ()  # what the recipe was for them: "learning_rate 1 up to ..."
    follows_load: bool = False  # with fewer threads while those are faster
    device_reason: str = ""  # why `auto` took that device; "" if the recipe names it
    class_names: tuple[str, ...] = DIGIT_NAMES  # what the outputs stand for
    adjustments: tuple[Adjustment, ...] = ()
    repeats: tuple[Adjustment, ...] = ()

    @property
    def epochs(self) -> int:
        """How many there will be: the recipe's, and those that were added."""
        return epochs_of(self.recipe, self.adjustments)

    @property
    def rate(self) -> float:
        """The learning rate, in the recipe's unit."""
        return rate_of(self.recipe, self.adjustments)

    def after(self, event: Adjustment | RepeatsDropped) -> "Started":
        """The state of the training after this event."""
        if isinstance(event, RepeatsDropped):
            return replace(self, repeats=())
        return replace(
            self,
            adjustments=(*self.adjustments, event),
            changes=(*self.changes, event.change),
            repeats=still_to_repeat(self.repeats, event),
        )

    @property
    def draws_there(self) -> bool:
        """Whether a CUDA card draws the distortions, which are then not those of the CPU."""
        return self.device == "cuda" and self.recipe.distortions is not None


@dataclass(frozen=True)
class StepSizes:
    """SDLM has measured the curvatures before an epoch: eps_k = eta / (mu + h_kk) of each weight.

    `by_layer` has one read-only float32 array [weights of the layer, biases and coefficients
    included] for each layer that has weights.
    """

    epoch: int  # 1 .. epochs
    eta: float
    mu: float
    digits: int  # on which the curvatures were measured
    by_layer: Mapping[str, NDArray[np.float32]] = field(compare=False, repr=False)

    @property
    def smallest(self) -> float:
        """The smallest eps_k of all weights."""
        return float(min(sizes.min() for sizes in self.by_layer.values()))

    @property
    def largest(self) -> float:
        """The largest eps_k of all weights; at most eta / mu."""
        return float(max(sizes.max() for sizes in self.by_layer.values()))


@dataclass(frozen=True, repr=False)
class StepStatistics(ShortRepr):
    """Updates since the previous `StepStatistics`, published by time, not by update.

    `losses` has one value for each of these steps; the last belongs to `step`, the first to
    `first_step`. Losses and accuracy are taken before the update, on distorted digits if the
    recipe distorts.
    """

    step: int  # updates made since the first epoch, from 1
    epoch: int  # 1 .. epochs
    epochs: int
    step_in_epoch: int  # 1 .. steps_per_epoch
    steps_per_epoch: int
    losses: tuple[float, ...]
    loss: float  # mean over the digits of these steps
    accuracy: float  # 0..1, over the digits of these steps
    learning_rate: float
    digits_per_second: float
    seconds_left: float
    digits_seen: int  # presentations since the first epoch
    weights: Weights | None = field(default=None, compare=False, repr=False)  # "follow training"
    is_slow: bool = False  # of one step alone, in slow motion

    @property
    def first_step(self) -> int:
        """The step of the first of `losses`."""
        return self.step - len(self.losses) + 1


@dataclass(frozen=True)
class CurrentWeights:
    """The weights as they are for a while: during a pause, and at the end of an epoch.

    The latter are those that are evaluated next and kept as the epoch's, bit for bit.
    """

    weights: Weights = field(compare=False, repr=False)


@dataclass(frozen=True)
class CheckpointSaved:
    """A checkpoint is complete at `path`: the run can be resumed after `epoch`."""

    path: Path
    epoch: int


@dataclass(frozen=True)
class Paused:
    """The training waits after an epoch, as requested by `Control.pauses_at_epochs`."""

    epoch: int


@dataclass(frozen=True)
class Finished:
    """All epochs are done. `weights` are the final ones.

    `answer_j`: the j of answers, calibrated if there was rubbish to learn from.
    `learned`: False if the answers on the test digits are at chance (see `chance`).
    """

    epochs: int
    train: Score
    test: Score
    validation: Score | None
    seconds: float  # of all epochs, also of those before it was continued; pauses left out
    weights: Weights = field(compare=False, repr=False)
    checkpoint: Path | None = None
    answer_j: float | None = None
    learned: bool = True
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)  # of `weights`
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stopped:
    """The training was asked to stop.

    `weights` are those of the last whole epoch, with whose scores `facts` tell of them; in the
    first epoch, those of the last step, which were not tested. `checkpoint` is the last one
    written, at the end of `checkpoint_epoch`; None if there is none.
    """

    epoch: int  # the epoch that was in progress
    step: int
    checkpoint: Path | None
    checkpoint_epoch: int
    weights: Weights = field(compare=False, repr=False)
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)  # of `weights`
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failed:
    """The training cannot continue. `sentence` is for the user.

    `weights` are those of the last update, with the `history` up to it; None if there are none to
    keep: before the first update, or if they are not finite. `kept_in` is the file that holds
    the same weights, None if they are only in memory.
    """

    sentence: str
    epoch: int
    checkpoint: Path | None  # the last good one
    diverged: bool = False  # the loss or a weight is not finite: a smaller rate may help
    weights: Weights | None = field(default=None, compare=False, repr=False)
    kept_in: Path | None = None
    history: tuple[EpochEnded, ...] = ()  # all epochs done
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)  # of weights or checkpoint
    remarks: tuple[str, ...] = ()

    @property
    def is_unsaved(self) -> bool:
        """Whether there are weights that are in no file."""
        return self.weights is not None and self.kept_in is None

    @property
    def is_complete(self) -> bool:
        """Whether all epochs were done, and only their files could not be written."""
        done = len(self.history)  # an epoch that is added comes after the last one
        return bool(done) and self.epoch <= done == self.history[-1].epochs


@dataclass(frozen=True)
class UpdateDue:
    """A training run among others waits for the update that is made for all of them (see `stack`).

    Not an event: only the code that makes the update sees it.
    """


End = Finished | Stopped | Failed
"""The last event of a training run."""

Event = (
    Started
    | StepSizes
    | StepStatistics
    | CurrentWeights
    | EpochEnded
    | CheckpointSaved
    | Paused
    | RateChanged
    | EpochAdded
    | RepeatsDropped
    | Finished
    | Stopped
    | Failed
)
