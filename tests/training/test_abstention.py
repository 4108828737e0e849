"""When a network abstains: compared with a plain computation, and after a training run."""

from collections.abc import Callable

import numpy as np
import pytest
import torch

from lenet_gui.data.builtin import builtin_digits, builtin_rubbish
from lenet_gui.data.builtin.sets import Stream
from lenet_gui.data.digits import DigitSets
from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import INPUT_RANGE, InitialWeights, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.training import abstention
from lenet_gui.training.abstention import calibrated_j
from lenet_gui.training.control import Control
from lenet_gui.training.events import Event, Finished
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.metrics import TrainingStopped
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.snapshot import network_of
from lenet_gui.training.trainer import train


@pytest.mark.parametrize("variant", Variant)
def test_all_but_one_in_a_thousand_of_unseen_digits_are_answered(
    variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abstention, "DIGITS", 700)
    network = build(variant, torch.Generator().manual_seed(1), InitialWeights.INVERSE_SQRT)
    images = builtin_digits(700, 2, stream=Stream.TEST).images
    with torch.inference_mode():
        output = network(to_input(images.copy(), *INPUT_RANGE[variant])).output.numpy()
    best = output.min(axis=1) if variant is Variant.ORIGINAL else -output.max(axis=1)
    below, above = np.sort(best)[-2:]  # 0.999 of the way through 700 lies between the last two
    assert calibrated_j(network) == pytest.approx(below + 0.301 * (above - below), abs=0.006)


def test_it_can_be_stopped() -> None:
    with pytest.raises(TrainingStopped):
        calibrated_j(build(Variant.MODERN), stop=lambda: True)


@pytest.mark.usefixtures("few_calibrating_digits")
def test_a_training_with_rubbish_ends_with_its_own_j(sets: DigitSets, recipe: Recipe) -> None:
    recipe = recipe.with_changes(loss="cross-entropy-rubbish", rubbish=50, epochs=1)
    both = DigitSets(sets.training, sets.test, rubbish=builtin_rubbish(50, 1))
    *_, last = train(recipe, both, None, Control())
    assert isinstance(last, Finished)
    assert last.answer_j == calibrated_j(network_of(recipe.variant, last.weights))
    facts = facts_of_training(recipe, "", 1, last.train, last.test, answer_j=last.answer_j)
    assert facts["answer_j"] == str(last.answer_j)


def test_a_training_without_rubbish_has_none(
    train_all: Callable[..., list[Event]], recipe: Recipe
) -> None:
    last = train_all(recipe.with_changes(epochs=1))[-1]
    assert isinstance(last, Finished)
    assert last.answer_j is None
    assert "answer_j" not in facts_of_training(recipe, "", 1, last.train, last.test)
