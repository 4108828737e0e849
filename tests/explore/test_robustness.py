"""The errors under the corruptions are those that evaluations of the corrupted sets give."""

import numpy as np
import pytest
import torch

from lenet_gui.data.builtin import Stream, builtin_digits
from lenet_gui.data.corruptions.table import CORRUPTIONS, corrupted
from lenet_gui.explore.robustness import answers_to_one, robustness_of
from lenet_gui.net.architecture import Loss, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.losses import loss_function
from lenet_gui.training.metrics import evaluate

DIGITS = builtin_digits(14, 0, stream=Stream.TEST)
NETWORKS = [build(variant, torch.Generator().manual_seed(2)) for variant in Variant]
LOSSES = [loss_function(loss, 0.5) for loss in (Loss.MAP, Loss.CROSS_ENTROPY)]


def test_they_are_the_errors_of_evaluations() -> None:
    done: list[tuple[int, int]] = []
    found = robustness_of(NETWORKS, DIGITS, 4, lambda *each: done.append(each))
    assert done == [(part, 16) for part in range(1, 17)]
    for network, loss, one in zip(NETWORKS, LOSSES, found, strict=True):
        assert one.digits == 14
        assert one.clean == len(evaluate(network, DIGITS, loss).misses)
        wanted = {
            each.name: len(evaluate(network, corrupted(DIGITS, each, 4), loss).misses)
            for each in CORRUPTIONS
        }
        assert dict(one.corrupted) == wanted
        assert one.error("fog") == wanted["fog"] / 14
        assert one.mean_error == pytest.approx(np.mean(list(wanted.values())) / 14)


def test_one_digit_is_read_as_it_is_in_the_set() -> None:
    images, answers = answers_to_one(NETWORKS, DIGITS, 13, 4)
    np.testing.assert_array_equal(images[0], DIGITS.images[13])
    for image, corruption in zip(images[1:], CORRUPTIONS, strict=True):
        np.testing.assert_array_equal(image, corrupted(DIGITS, corruption, 4).images[13])
    assert answers.shape == (2, 16)
    for network, loss, read in zip(NETWORKS, LOSSES, answers, strict=True):
        misses = evaluate(network, corrupted(DIGITS, CORRUPTIONS[-1], 4), loss).misses
        missed = {miss.index: miss.predicted for miss in misses}
        assert read[-1] == missed.get(13, DIGITS.labels[13])
