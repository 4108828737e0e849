"""Evaluation against a loop over single digits, written from the definitions."""

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import INPUT_RANGE, LOSSES, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.losses import loss_function
from lenet_gui.training.metrics import Evaluation, TrainingStopped, evaluate


def network_and_loss(variant: Variant):
    network = build(variant, torch.Generator().manual_seed(11))
    return network, loss_function(LOSSES[variant][0], 0.1)


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("batch_size", [1, 7, 1000])
def test_it_agrees_with_a_loop_over_single_digits(
    sets: DigitSets, variant: Variant, batch_size: int
) -> None:
    network, loss = network_and_loss(variant)
    found = evaluate(network, sets.test, loss, batch_size)
    losses, misses = [], []
    confusion = np.zeros((10, 10), int)
    for index, (image, label) in enumerate(zip(sets.test.images, sets.test.labels, strict=True)):
        with torch.no_grad():
            output = network(to_input(image, *INPUT_RANGE[variant])).output
        values = output[0].tolist()
        best = min(values) if variant is Variant.ORIGINAL else max(values)
        answer = values.index(best)
        losses.append(loss(output, torch.tensor([int(label)])).item())
        confusion[label, answer] += 1
        if answer != label:
            misses.append((index, int(label), answer))
    assert found.loss == pytest.approx(np.mean(losses), rel=1e-5)
    assert np.array_equal(found.confusion, confusion)
    assert [(m.index, m.true, m.predicted) for m in found.misses] == misses
    assert found.accuracy == (80 - len(misses)) / 80
    assert found.score.errors == len(misses)
    assert found.score.digits == found.digits == len(sets.test)


def test_the_same_network_gives_the_same_figures_in_any_memory_format(sets: DigitSets) -> None:
    network, loss = network_and_loss(Variant.ORIGINAL)
    first = evaluate(network, sets.test, loss)
    other = network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    assert evaluate(other, sets.test, loss) == first
    assert isinstance(first, Evaluation)


def test_it_leaves_the_network_alone(sets: DigitSets) -> None:
    network, loss = network_and_loss(Variant.MODERN)
    network.train()
    evaluate(network, sets.test, loss)
    assert network.training
    assert all(p.requires_grad and p.grad is None for p in network.parameters())


def test_a_perfect_and_a_hopeless_set() -> None:
    network, loss = network_and_loss(Variant.MODERN)
    blank = Digits(np.zeros((4, 28, 28), np.uint8), np.zeros(4, np.uint8), "blank")
    answer = evaluate(network, blank, loss).confusion[0].index(4)
    right = Digits(blank.images, np.full(4, answer, np.uint8), "right")
    wrong = Digits(blank.images, np.full(4, (answer + 1) % 10, np.uint8), "wrong")
    assert evaluate(network, right, loss).accuracy == 1
    assert evaluate(network, right, loss).misses == ()
    assert evaluate(network, wrong, loss).accuracy == 0


def test_it_can_be_stopped_between_batches(sets: DigitSets) -> None:
    network, loss = network_and_loss(Variant.MODERN)
    asked = []

    def stop() -> bool:
        asked.append(None)
        return len(asked) == 3

    with pytest.raises(TrainingStopped):
        evaluate(network, sets.test, loss, batch_size=10, stop=stop)
    assert len(asked) == 3
