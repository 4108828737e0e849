"""A recipe with its adjustments: what is changed while training runs. No torch."""

from collections.abc import Iterator, Sequence

from lenet_gui.training.adjustments import (
    Adjustment,
    EpochAdded,
    NewRate,
    NoRepeats,
    OneMoreEpoch,
    RateChanged,
    RepeatsDropped,
    Wish,
    epochs_of,
    rate_of,
    still_to_repeat,
    without_rates,
)
from lenet_gui.training.choices import MOST_EPOCHS
from lenet_gui.training.control import Control
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.schedule import learning_rate


class AdjustedRecipe:
    """How fast and how long a training run learns.

    Args:
        recipe: at its beginning, or as it is continued.
        repeats: adjustments to come, in their order, each before its own update.
        control: its requests are taken between updates.
    """

    def __init__(self, recipe: Recipe, repeats: Sequence[Adjustment], control: Control) -> None:
        self._recipe = recipe
        self._control = control
        self.repeats = tuple(sorted(repeats, key=_place))
        self.adjustments: tuple[Adjustment, ...] = ()
        self.changes: tuple[str, ...] = ()  # what was different before, in their order
        self._scheduled = recipe  # with the current rate

    @property
    def epochs(self) -> int:
        """How many epochs there will be, as of now."""
        return epochs_of(self._recipe, self.adjustments)

    def rate(self, step: int, steps_per_epoch: int) -> float:
        """The learning rate of an update, numbered from 0."""
        return learning_rate(self._scheduled, step, steps_per_epoch)

    def take_up(
        self,
        recipe: Recipe,
        epoch: int,
        adjustments: Sequence[Adjustment],
        changes: Sequence[str],
    ) -> None:
        """Continues after an epoch trained by `recipe`, with these adjustments and changes.

        If this recipe's rate or number of epochs differs, that is a new decision: it replaces
        what was adjusted before.
        """
        here, before = self._recipe, rate_of(recipe, adjustments)
        self.adjustments, self.changes = tuple(adjustments), tuple(changes)
        self.repeats = tuple(one for one in self.repeats if one.epoch > epoch)
        self._schedule(before)
        if here.learning_rate not in (recipe.learning_rate, before):
            self._make(RateChanged(epoch + 1, 1, here.learning_rate, before))
        if here.epochs != recipe.epochs:
            were = epochs_of(recipe, adjustments)
            self.changes += (f"epochs {were} up to epoch {epoch}",)
            self.adjustments, self.repeats = map(_without_epochs, (self.adjustments, self.repeats))

    def due(self, epoch: int, batch: int) -> Iterator[Adjustment | RepeatsDropped]:
        """Makes the adjustments before a batch of an epoch, and reports them."""
        yield from self._adjust(epoch, batch, self._control.take_wishes())

    def after_last(self) -> Iterator[Adjustment | RepeatsDropped]:
        """The same when all epochs are done, if another one was requested; else nothing."""
        wishes = self._control.take_wishes()
        if OneMoreEpoch() in wishes or any(isinstance(one, EpochAdded) for one in self.repeats):
            yield from self._adjust(self.epochs + 1, 1, wishes)

    def _adjust(
        self, epoch: int, batch: int, wishes: Sequence[Wish]
    ) -> Iterator[Adjustment | RepeatsDropped]:
        if self.repeats and NoRepeats() in wishes:
            self.repeats = ()
            yield RepeatsDropped(epoch, batch)
        while self.repeats and _place(self.repeats[0]) <= (epoch, batch):
            again, self.repeats = self.repeats[0], self.repeats[1:]
            yield self._add(self._again(again, epoch, batch))
        for wish in wishes:
            yield from self._fulfil(wish, epoch, batch)

    def _fulfil(self, wish: Wish, epoch: int, batch: int) -> Iterator[Adjustment]:
        match wish:
            case NewRate(rate) if self._decides(rate):
                made: Adjustment = RateChanged(epoch, batch, rate, self._scheduled.learning_rate)
            case OneMoreEpoch() if self.epochs < MOST_EPOCHS:
                made = EpochAdded(epoch, batch, self.epochs + 1)
            case _:
                return
        yield self._make(made)

    def _decides(self, rate: float) -> bool:
        """Whether it is another one than now, or takes the place of some to come."""
        to_come = without_rates(self.repeats) != self.repeats
        return rate != self._scheduled.learning_rate or to_come

    def _again(self, again: Adjustment, epoch: int, batch: int) -> Adjustment:
        """An adjustment to repeat, with the value before it here."""
        if isinstance(again, RateChanged):
            return RateChanged(epoch, batch, again.rate, self._scheduled.learning_rate)
        return EpochAdded(epoch, batch, self.epochs + 1)

    def _make(self, made: Adjustment) -> Adjustment:
        """Makes an adjustment that is decided now."""
        self.repeats = still_to_repeat(self.repeats, made)
        return self._add(made)

    def _add(self, made: Adjustment) -> Adjustment:
        self.adjustments = (*self.adjustments, made)
        self.changes = (*self.changes, made.change)
        if isinstance(made, RateChanged):
            self._schedule(made.rate)
        return made

    def _schedule(self, rate: float) -> None:
        self._scheduled = self._recipe.with_changes(learning_rate=rate)


def _without_epochs(adjustments: Sequence[Adjustment]) -> tuple[Adjustment, ...]:
    return tuple(one for one in adjustments if not isinstance(one, EpochAdded))


def _place(one: Adjustment) -> tuple[int, int]:
    return one.epoch, one.batch
