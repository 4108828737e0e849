"""The program's training step by step beside a plain loop of torch's own layers."""

import itertools

import numpy as np
import pytest
import torch
from plain_loops import OneByOne, plain_network, prepared, steps

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.net.architecture import LOSSES, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.training.batches import Batches
from lenet_gui.training.control import Control
from lenet_gui.training.events import StepStatistics
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.trainer import train


@pytest.fixture(scope="module")
def digits() -> Digits:
    return builtin_digits(500, seed=4)


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize(("batch_size", "count"), [(64, 40), (256, 8)])
def test_both_losses_agree_to_float_rounding_over_many_steps(
    digits: Digits, variant: Variant, batch_size: int, count: int
) -> None:
    recipe = Recipe(
        variant=variant,
        loss=LOSSES[variant][0],
        batch_size=batch_size,
        epochs=count,
        schedule="constant",
        learning_rate=0.004,
        device="cpu",
    )
    ours: list[float] = []
    sets = DigitSets(digits, digits.first(20))
    for event in train(recipe, sets, None, Control(), publish_every_s=0):
        if isinstance(event, StepStatistics):
            ours += event.losses
            if len(ours) >= count:
                break
    generator = torch.Generator().manual_seed(recipe.seed)
    first = build(variant, generator, recipe.initial_weights)
    weights = {name: p.detach().numpy() for name, p in first.named_parameters()}
    batches = Batches(digits, recipe, torch.device("cpu"))
    same = ((b.inputs, b.target) for epoch in range(1, count) for b in batches.epoch(epoch))
    plain_steps = steps(recipe, plain_network(recipe, weights), same)
    plain = [loss for _, loss in itertools.islice(plain_steps, count)]
    # Rounding grows from step to step: the first are equal to a few units in the last place.
    np.testing.assert_allclose(ours[:5], plain[:5], rtol=2e-6)
    np.testing.assert_allclose(ours[:count], plain, rtol=2e-3)
    assert plain[-1] < 0.7 * plain[0]


def test_the_plain_loop_prepares_the_digits_as_the_program_does(digits: Digits) -> None:
    digits = digits.first(20)
    for variant in Variant:
        recipe = Recipe(variant=variant, loss=LOSSES[variant][0], order="constant", batch_size=20)
        inputs, target = prepared(recipe, digits)
        (batch,) = Batches(digits, recipe, torch.device("cpu")).epoch(1)
        assert sorted(batch.target.tolist()) == sorted(target.tolist())
        one_by_one = OneByOne(recipe, digits)
        for place, image in enumerate(inputs):
            torch.testing.assert_close(one_by_one[place], (image, int(target[place])))
        ours = sorted(image.sum().item() for image in batch.inputs)
        theirs = sorted(image.sum().item() for image in inputs)
        np.testing.assert_allclose(ours, theirs, rtol=1e-5)
