"""Updates recorded on a GPU give what updates made step by step give."""

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
import torch

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.training.batches import Batches
from lenet_gui.training.control import Control
from lenet_gui.training.cuda_graph import WARM_UP
from lenet_gui.training.events import EpochEnded, StepStatistics
from lenet_gui.training.gradients import gradients_of
from lenet_gui.training.optimiser import make_optimiser
from lenet_gui.training.presets import preset
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.schedule import learning_rate
from lenet_gui.training.trainer import train
from lenet_gui.training.update import update_of

needs_cuda = pytest.mark.skipif(
    not torch.cuda.is_available(), reason="this torch finds no CUDA device to record updates on"
)


@pytest.fixture(scope="module")
def digits() -> Digits:
    return builtin_digits(1_000, seed=4)


def recipe_for(variant: Variant, **changes: object) -> Recipe:
    """Batches that do not divide the digits, a rate that changes at every step."""
    recipe = Recipe(
        variant=variant, loss=LOSSES[variant][0], batch_size=48, epochs=3, schedule="cosine"
    )
    return recipe.with_changes(**changes)


def step_by_step(recipe: Recipe, digits: Digits, device: torch.device) -> Iterator[float]:
    """The losses of updates that nothing records."""
    generator = torch.Generator().manual_seed(recipe.seed)
    network = build(recipe.variant, generator, recipe.initial_weights).to(device)
    optimiser = make_optimiser(recipe, network.parameters())
    gradients = gradients_of(network, recipe)
    batches = Batches(digits, recipe, device)
    steps = itertools.count()
    for epoch in range(1, recipe.epochs + 1):
        for batch in batches.epoch(epoch):
            optimiser.set_rate(learning_rate(recipe, next(steps), len(batches)))
            loss, _ = gradients(batch)
            optimiser.step()
            yield loss.item()


def losses_of_training(recipe: Recipe, digits: Digits) -> list[float]:
    sets = DigitSets(digits, digits.first(100))
    events = train(recipe, sets, None, Control(), publish_every_s=0)
    return [loss for e in events if isinstance(e, StepStatistics) for loss in e.losses]


@pytest.mark.parametrize("variant", Variant)
def test_on_the_cpu_every_update_is_made_step_by_step(digits: Digits, variant: Variant) -> None:
    recipe = recipe_for(variant, device="cpu", epochs=1)
    trained = losses_of_training(recipe, digits)
    np.testing.assert_array_equal(trained, list(step_by_step(recipe, digits, torch.device("cpu"))))


@needs_cuda
@pytest.mark.parametrize("distorted", [False, True])
@pytest.mark.parametrize("variant", Variant)
def test_recorded_updates_give_the_same_losses(
    digits: Digits, variant: Variant, distorted: bool
) -> None:
    distortions = preset("modern-best").distortions if distorted else None
    recipe = recipe_for(variant, device="cuda", distortions=distortions)
    trained = losses_of_training(recipe, digits)
    plain = list(step_by_step(recipe, digits, torch.device("cuda")))
    assert len(trained) == len(plain) > WARM_UP
    np.testing.assert_allclose(trained[: 2 * WARM_UP], plain[: 2 * WARM_UP], rtol=1e-4)
    np.testing.assert_allclose(trained, plain, rtol=2e-2)


@needs_cuda
def test_updates_are_recorded_and_their_results_kept_apart(digits: Digits) -> None:
    device = torch.device("cuda")
    recipe = recipe_for(Variant.MODERN, device="cuda")
    network = build(recipe.variant, torch.Generator().manual_seed(0)).to(device)
    optimiser = make_optimiser(recipe, network.parameters())
    update = update_of(gradients_of(network, recipe), optimiser, recipe, device)
    batches = list(Batches(digits, recipe, device).epoch(1))
    given = [update(batch) for batch in batches]
    assert update.is_recorded
    losses = [loss.item() for loss, _ in given]
    assert len(set(losses)) == len(losses)
    assert [len(output) for _, output in given] == [len(batch.target) for batch in batches]


@needs_cuda
@pytest.mark.parametrize("variant", Variant)
def test_a_gpu_learns_what_the_cpu_learns(digits: Digits, variant: Variant) -> None:
    sets = DigitSets(digits, digits)
    accuracy = {}
    for device in ("cpu", "cuda"):
        recipe = recipe_for(variant, device=device, epochs=5)
        *_, last = (e for e in train(recipe, sets, None, Control()) if isinstance(e, EpochEnded))
        accuracy[device] = last.test.accuracy
    assert accuracy["cuda"] == pytest.approx(accuracy["cpu"], abs=0.02)
