"""The learning rate of each step."""

import math

import pytest

from lenet_gui.training.recipe import Recipe, Schedule
from lenet_gui.training.schedule import learning_rate


def rates(recipe: Recipe, steps_per_epoch: int) -> list[float]:
    steps = recipe.epochs * steps_per_epoch
    return [learning_rate(recipe, step, steps_per_epoch) for step in range(steps)]


def test_constant_is_constant() -> None:
    recipe = Recipe(epochs=3, learning_rate=0.25, schedule=Schedule.CONSTANT)
    assert set(rates(recipe, 7)) == {0.25}


def test_a_cosine_falls_from_the_full_rate_towards_nothing() -> None:
    recipe = Recipe(epochs=5, learning_rate=0.1, schedule=Schedule.COSINE)
    found = rates(recipe, 20)
    assert found == pytest.approx([0.05 * (1 + math.cos(math.pi * k / 100)) for k in range(100)])
    assert found == sorted(found, reverse=True)
    assert found[50] == pytest.approx(0.05)
    assert 0 < found[-1] < 0.0001


@pytest.mark.parametrize("schedule", Schedule)
def test_a_warm_up_rises_in_a_straight_line(schedule: Schedule) -> None:
    recipe = Recipe(epochs=4, learning_rate=0.8, schedule=schedule, warm_up=0.5)
    found = rates(recipe, 8)
    assert found[:4] == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert found[4] == pytest.approx(0.8)


def test_a_warm_up_over_all_epochs_never_ends() -> None:
    recipe = Recipe(epochs=2, learning_rate=1, schedule=Schedule.COSINE, warm_up=2)
    assert rates(recipe, 5) == pytest.approx([0.1 * k for k in range(1, 11)])


@pytest.mark.parametrize("steps_per_epoch", [1, 3])
@pytest.mark.parametrize("rate", [0.0005, 0.01])
def test_the_papers_passes(rate: float, steps_per_epoch: int) -> None:
    recipe = Recipe(epochs=20, learning_rate=rate, schedule=Schedule.PAPER)
    etas = [0.0005] * 2 + [0.0002] * 3 + [0.0001] * 3 + [0.00005] * 4 + [0.00001] * 8
    expected = [eta / 0.0005 * rate for eta in etas for _ in range(steps_per_epoch)]
    assert rates(recipe, steps_per_epoch) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("schedule", Schedule)
@pytest.mark.parametrize("warm_up", [0, 1.5])
def test_epochs_beyond_the_recipes_have_the_rates_of_its_last_one(
    schedule: Schedule, warm_up: float
) -> None:
    recipe = Recipe(epochs=3, learning_rate=0.8, schedule=schedule, warm_up=warm_up)
    found = [learning_rate(recipe, step, 4) for step in range(20)]
    assert found[12:16] == found[16:20] == found[8:12] == rates(recipe, 4)[8:]
