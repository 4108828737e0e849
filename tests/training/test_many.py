"""Several runs in one call: each as it would be alone, and none makes another one fail."""

from dataclasses import replace
from pathlib import Path

import pytest

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.training.adjustments import NewRate
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.events import Failed, Finished, RateChanged, Started, Stopped
from lenet_gui.training.lock import locked
from lenet_gui.training.many import Planned, train_many
from lenet_gui.training.recipe import Recipe


@pytest.fixture
def planned(recipe: Recipe, tmp_path: Path) -> list[Planned]:
    """Three of them."""
    return [
        Planned(recipe.with_changes(seed=seed), RunFiles.beside(tmp_path / f"{seed}"))
        for seed in range(3)
    ]


def test_they_come_one_after_the_other(planned: list[Planned], sets: DigitSets) -> None:
    outcomes = list(train_many(planned, sets, Control()))
    places = [place for place, _ in outcomes]
    assert places == sorted(places)
    ends = [(place, event) for place, event in outcomes if isinstance(event, Finished)]
    assert [place for place, _ in ends] == [0, 1, 2]
    assert [event.facts["seed"] for _, event in ends if isinstance(event, Finished)] == list("012")


def test_one_whose_place_goes_does_not_take_the_others_along(
    planned: list[Planned], sets: DigitSets
) -> None:
    ends = {}
    for place, event in train_many(planned, sets, Control()):
        if isinstance(event, Finished | Failed):
            ends[place] = event
        if place == 1 and isinstance(event, Started):
            planned[1].files.epochs.write_bytes(b"somebody else's")
    assert list(map(type, ends.values())) == [Finished, Failed, Finished]


def test_one_that_is_being_written_by_another_is_told_and_passed_over(
    planned: list[Planned], sets: DigitSets
) -> None:
    with locked(*planned[1].files.written_whole):
        outcomes = list(train_many(planned, sets, Control()))
    (error,) = (outcome for place, outcome in outcomes if place == 1)
    assert isinstance(error, UserError)
    assert "Another training run is writing " in str(error)
    assert [place for place, event in outcomes if isinstance(event, Finished)] == [0, 2]


def test_what_is_wished_for_one_is_not_another_ones(
    planned: list[Planned], sets: DigitSets, tmp_path: Path
) -> None:
    gone = replace(planned[0], resume=tmp_path / "gone", wishes=(NewRate(0.5),))
    (place, error), *others = train_many([gone, planned[1]], sets, Control())
    assert place == 0
    assert isinstance(error, UserError)
    assert isinstance(others[-1][1], Finished)
    assert not any(isinstance(event, RateChanged) for _, event in others)


def test_after_a_stop_none_begins(planned: list[Planned], sets: DigitSets) -> None:
    control = Control()
    outcomes = []
    for place, event in train_many(planned, sets, control):
        outcomes.append((place, event))
        if place == 1:
            control.stop()
    assert outcomes[-1][0] == 1
    assert isinstance(outcomes[-1][1], Stopped)
