"""The search for missed digits, against a plain loop."""

import numpy as np
import pytest
import torch

from lenet_gui.data.digits import Digits
from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import INPUT_RANGE, InitialWeights, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.versus.misses import AT_ONCE, find_misses


@pytest.fixture(scope="module")
def digits() -> Digits:
    """Noise: a network that never learned misses about nine tenths."""
    random = np.random.default_rng(3)
    images = random.integers(0, 256, (2300, 28, 28)).astype(np.uint8)
    return Digits(images, random.integers(0, 10, 2300).astype(np.uint8), "noise")


@pytest.mark.parametrize("variant", Variant)
def test_every_missed_digit_is_found(variant: Variant, digits: Digits) -> None:
    network = build(variant, torch.Generator().manual_seed(1), InitialWeights.INVERSE_SQRT).eval()
    heard: list[tuple[int, int]] = []
    found = find_misses(network, digits, progress=lambda done, of: heard.append((done, of)))
    with torch.inference_mode():
        output = network(to_input(digits.images, *INPUT_RANGE[variant])).output.numpy()
    answers = output.argmin(1) if variant is Variant.ORIGINAL else output.argmax(1)
    wrong = np.flatnonzero(answers != digits.labels)
    assert [miss.index for miss in found.misses] == wrong.tolist()
    assert [miss.predicted for miss in found.misses] == answers[wrong].tolist()
    assert [miss.true for miss in found.misses] == digits.labels[wrong].tolist()
    assert np.array_equal(found.images, digits.images[wrong])
    assert found.error == pytest.approx(100 * len(wrong) / 2300)
    assert heard == [(done, 2300) for done in (*range(AT_ONCE, 2300, AT_ONCE), 2300)]


def test_a_stopped_search_finds_nothing(digits: Digits) -> None:
    network = build(Variant.MODERN, torch.Generator().manual_seed(1)).eval()
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    assert find_misses(network, digits, stop=stop) is None
    assert len(asked) == 2
