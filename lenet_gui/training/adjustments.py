"""What is changed while training runs: at which update, and its value before. No torch.

The recipe and its adjustments in their order decide together how training ends: the same ones
give the same weights. They are reported as events, written to log, checkpoint and result, and
repeated when a run is continued (see `repeats`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lenet_gui.training.recipe import FIELDS, Recipe


@dataclass(frozen=True)
class RateChanged:
    """From a batch of an epoch on, another learning rate for the recipe.

    The schedule continues, scaled: as if the recipe had had this rate.
    """

    epoch: int  # from 1
    batch: int  # the first one that it holds for, from 1
    rate: float  # in the recipe's unit: the rate at its highest, or eta
    before: float = field(compare=False)

    @property
    def change(self) -> str:
        """What was different until then: "learning_rate 0.1 up to epoch 3"."""
        return f"learning_rate {self.before} up to {_up_to(self)}"

    @property
    def mark(self) -> str:
        """In a few words: "rate 0.001 → 0.0005"."""
        return f"rate {self.before:g} → {self.rate:g}"

    @property
    def brief(self) -> str:
        """In fewer words: "rate 0.0005"."""
        return f"rate {self.rate:g}"


@dataclass(frozen=True)
class EpochAdded:
    """One more epoch, with the rates of the recipe's last one.

    Asked for before a batch of an epoch; after the last epoch, before one that was not yet.
    """

    epoch: int  # from 1
    batch: int  # from 1
    epochs: int  # with it

    @property
    def change(self) -> str:
        """What was different until then: "epochs 3 up to epoch 3"."""
        return f"epochs {self.epochs - 1} up to {_up_to(self)}"

    @property
    def mark(self) -> str:
        """In a few words: "one more epoch"."""
        return "one more epoch"

    @property
    def brief(self) -> str:
        """In fewer words: "+1 epoch"."""
        return "+1 epoch"


Adjustment = RateChanged | EpochAdded


@dataclass(frozen=True)
class RepeatsDropped:
    """What was still to be repeated is not, from before a batch of an epoch on."""

    epoch: int  # from 1
    batch: int  # from 1


@dataclass(frozen=True)
class NewRate:
    """A request for another learning rate, in the recipe's unit, from the next update on.

    Raises:
        ValueError: no recipe can have it.
    """

    rate: float

    def __post_init__(self) -> None:
        if not FIELDS["learning_rate"].kind.accepts(self.rate):
            raise ValueError(f"no learning rate: {self.rate}")


@dataclass(frozen=True)
class OneMoreEpoch:
    """A request for one more epoch."""


@dataclass(frozen=True)
class NoRepeats:
    """A request not to repeat what was adjusted after the checkpoint that a run continues from."""


Wish = NewRate | OneMoreEpoch | NoRepeats
"""A request to a training run in progress; it takes effect before its next update."""


def epochs_of(recipe: Recipe, adjustments: Sequence[Adjustment]) -> int:
    """How many epochs a run has: the recipe's, and those that were added."""
    added = [one.epochs for one in adjustments if isinstance(one, EpochAdded)]
    return added[-1] if added else recipe.epochs


def rate_of(recipe: Recipe, adjustments: Sequence[Adjustment]) -> float:
    """The learning rate, in the recipe's unit, after the adjustments."""
    rates = [one.rate for one in adjustments if isinstance(one, RateChanged)]
    return rates[-1] if rates else recipe.learning_rate


def without_rates(adjustments: Sequence[Adjustment]) -> tuple[Adjustment, ...]:
    """All but the changes of the rate."""
    return tuple(one for one in adjustments if not isinstance(one, RateChanged))


def still_to_repeat(
    repeats: Sequence[Adjustment], made: Adjustment | RepeatsDropped
) -> tuple[Adjustment, ...]:
    """The adjustments that are still to be repeated after another one was made.

    A rate that is not one of them replaces all rates that were to come.
    """
    if isinstance(made, RepeatsDropped):
        return ()
    if made in repeats:
        return tuple(one for one in repeats if one != made)
    return without_rates(repeats) if isinstance(made, RateChanged) else tuple(repeats)


def record_of_adjustment(made: Adjustment | RepeatsDropped) -> dict[str, Any]:
    """An adjustment as a JSON object; `records.adjustment_from_record` reads it back."""
    place = {"epoch": made.epoch, "batch": made.batch}
    if isinstance(made, RepeatsDropped):
        return {"event": "repeats dropped", **place}
    if isinstance(made, RateChanged):
        return {"event": "rate changed", **place, "rate": made.rate, "before": made.before}
    return {"event": "epoch added", **place, "epochs": made.epochs}


def _up_to(made: Adjustment) -> str:
    if made.batch == 1:
        return f"epoch {made.epoch - 1}"
    return f"batch {made.batch - 1} of epoch {made.epoch}"
