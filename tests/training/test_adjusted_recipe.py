"""A recipe as it is followed: with wishes, and with the repeats of a run that is taken up."""

from collections.abc import Iterator

from hypothesis import example, given
from hypothesis import strategies as st

from lenet_gui.training.adjusted_recipe import AdjustedRecipe
from lenet_gui.training.adjustments import (
    Adjustment,
    NewRate,
    OneMoreEpoch,
    Wish,
    still_to_repeat,
)
from lenet_gui.training.control import Control
from lenet_gui.training.recipe import Recipe

Place = tuple[int, int]
"""An epoch and a batch of it, each from 1."""


@st.composite
def courses(draw: st.DrawFn) -> tuple[dict[Place, list[Wish]], list[Place]]:
    """Wishes before batches of an epoch, and where the run is broken off, one after the other."""
    places = st.tuples(st.integers(1, EPOCHS + 1), st.integers(1, BATCHES))
    rates = st.sampled_from([0.1, 0.2, 0.3]).map(NewRate)
    wishes = draw(
        st.dictionaries(
            places, st.lists(rates | st.just(OneMoreEpoch()), min_size=1, max_size=2), min_size=2
        )
    )
    return wishes, draw(st.lists(places, max_size=4))


EPOCHS, BATCHES = 2, 3
COURSE = Recipe(epochs=EPOCHS, learning_rate=1, schedule="cosine")


@given(courses())
@example(({(2, 1): [NewRate(0.1)], (2, 2): [NewRate(0.2)]}, [(2, 3), (2, 2)]))
@example(({(3, 1): [OneMoreEpoch()], (3, 2): [NewRate(0.2)]}, [(3, 3), (3, 2)]))
def test_a_run_that_is_broken_off_again_and_again_has_the_rates_of_one_that_is_not(
    course: tuple[dict[Place, list[Wish]], list[Place]],
) -> None:
    """Each wish is told once: what came of it must be known from the log and the checkpoint."""
    wishes, breaks = course
    whole = Course(wishes).run(None)
    told = dict(wishes)
    broken = Course(told)
    for place in breaks:
        broken.run(place)
    assert broken.run(None) == whole


class Course:
    """The rates of a training, by update, and what its log and its checkpoint hold of it."""

    def __init__(self, wishes: dict[Place, list[Wish]]) -> None:
        self._wishes = dict(wishes)
        self.rates: dict[Place, float] = {}
        self._done = 0  # epochs in the checkpoint
        self._made: tuple[Adjustment, ...] = ()  # in the checkpoint
        self._logged: tuple[Adjustment, ...] = ()
        self._to_come: tuple[Adjustment, ...] = ()  # as the log tells

    def run(self, stop: Place | None) -> dict[Place, float]:
        """Goes on after the checkpoint, to a place or to the end."""
        later = [one for one in (*self._logged, *self._to_come) if one.epoch > self._done]
        control = Control()
        adjusted = AdjustedRecipe(COURSE, later, control)
        if self._done:
            adjusted.take_up(COURSE, self._done, self._made, ())
        self._logged, self._to_come = adjusted.adjustments, adjusted.repeats
        epoch = self._done + 1
        while True:
            if epoch > adjusted.epochs:
                self._ask(control, (epoch, 1))
                self._log(adjusted.after_last())
                if epoch > adjusted.epochs:
                    return self.rates
            for batch in range(1, BATCHES + 1):
                if (epoch, batch) == stop:
                    return self.rates
                self._ask(control, (epoch, batch))
                self._log(adjusted.due(epoch, batch))
                step = (epoch - 1) * BATCHES + batch - 1
                self.rates[epoch, batch] = adjusted.rate(step, BATCHES)
            self._done, self._made = epoch, adjusted.adjustments
            epoch += 1

    def _ask(self, control: Control, place: Place) -> None:
        for wish in self._wishes.pop(place, []):
            control.ask(wish)

    def _log(self, events: Iterator[Adjustment]) -> None:
        for made in events:
            self._logged = (*self._logged, made)
            self._to_come = still_to_repeat(self._to_come, made)
