"""A running mean of the weights: against its formula, through a training run, and over a break."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.training.averaging import Averaged
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.control import Control
from lenet_gui.training.events import EpochEnded, Event, Finished, StepStatistics, Weights
from lenet_gui.training.metrics import evaluate
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.snapshot import network_of

TrainAll = Callable[..., list[Event]]


def final(events: list[Event]) -> Weights:
    assert isinstance(events[-1], Finished)
    return events[-1].weights


def test_the_mean_is_that_of_the_formula() -> None:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(0))
    averaged = Averaged(network, 0.9)
    wanted = network.F6.weight.detach().double().clone()
    generator = torch.Generator().manual_seed(1)
    for step in range(1, 120):
        with torch.no_grad():
            network.F6.weight += torch.randn(84, 120, generator=generator)
        averaged.follow(step)
        memory = min(0.9, step / (step + 9))
        wanted = memory * wanted + (1 - memory) * network.F6.weight.detach().double()
    torch.testing.assert_close(
        averaged.network.F6.weight.detach().double(), wanted, atol=1e-5, rtol=0
    )


def test_a_training_gives_the_mean_of_what_it_went_through(
    recipe: Recipe, train_all: TrainAll, sets: DigitSets
) -> None:
    plain = recipe.with_changes(epochs=1)
    control = Control()
    control.follow = True
    options = {"publish_every_s": 0, "weights_every_s": 0}
    steps = train_all(plain, control=control, **options)
    each = [event.weights for event in steps if isinstance(event, StepStatistics)]
    events = train_all(plain.with_changes(averaging=0.6))
    # From the weights after each step alone: before the first, the mean starts from the beginning.
    first = build(plain.variant, torch.Generator().manual_seed(plain.seed), plain.initial_weights)
    mean = {name: p.detach().numpy().astype(float) for name, p in first.named_parameters()}
    for step, weights in enumerate(each, start=1):
        assert weights is not None
        memory = min(0.6, step / (step + 9))
        mean = {name: memory * mean[name] + (1 - memory) * weights[name] for name in mean}
    for name, values in final(events).items():
        np.testing.assert_allclose(values, mean[name], atol=1e-5)
    ended = next(event for event in events if isinstance(event, EpochEnded))
    own = network_of(plain.variant, final(events))
    assert evaluate(own, sets.test, torch.nn.functional.cross_entropy).score == ended.test


def test_a_training_taken_up_again_ends_as_if_it_had_not_been_broken_off(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    recipe = recipe.with_changes(averaging=0.9)
    whole = final(train_all(recipe))
    path = tmp_path / "checkpoint"
    train_all(recipe.with_changes(epochs=2), path)
    kept = load_checkpoint(path)
    assert kept.trained.keys() == kept.weights.keys()
    assert any(not torch.equal(kept.trained[name], kept.weights[name]) for name in kept.weights)
    again = final(train_all(recipe, path, resume=path))
    assert all(np.array_equal(whole[name], again[name]) for name in whole)


def test_a_checkpoint_without_what_was_averaged_is_refused(
    recipe: Recipe, train_all: TrainAll, tmp_path: Path
) -> None:
    path = tmp_path / "checkpoint"
    train_all(recipe.with_changes(epochs=1), path)
    with pytest.raises(UserError, match="averaging"):
        train_all(recipe.with_changes(averaging=0.9), resume=path)
