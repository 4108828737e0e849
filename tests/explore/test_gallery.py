"""Which digits a gallery shows, against a plain loop; readings of a set against evaluate."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.digits import Digits
from lenet_gui.explore.gallery import OF_TWO, Order, Which, Wish, chosen
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.readings_of_set import SetReadings
from lenet_gui.explore.set_reader import read_set
from lenet_gui.net.architecture import InitialWeights, Loss, Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.losses import loss_function
from lenet_gui.training.metrics import evaluate


def network(variant: Variant, seed: int = 7) -> LeNet5:
    generator = torch.Generator().manual_seed(seed)
    return build(variant, generator, InitialWeights.INVERSE_SQRT).eval()


def noise(count: int) -> Digits:
    random = np.random.default_rng(3)
    images = random.integers(0, 256, (count, 28, 28), np.uint8)
    return Digits(images, random.integers(0, 10, count).astype(np.uint8), "noise")


def made_up(
    count: int, seed: int, classes: int = 10
) -> tuple[np.ndarray, SetReadings, SetReadings]:
    """Labels and two networks' readings; few different margins, so that many are equal."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, classes, count).astype(np.uint8)

    def readings() -> SetReadings:
        answers = random.integers(0, classes, count).astype(np.uint8)
        margins = random.integers(0, 4, count).astype(np.float32)
        return SetReadings(np.zeros((count, 10), np.float32), labels, answers, margins)

    return labels, readings(), readings()


@pytest.mark.parametrize("variant", Variant)
def test_a_set_is_read_as_evaluate_reads_it_and_as_each_digit_alone(variant: Variant) -> None:
    reader, digits = network(variant), noise(130)
    told: list[tuple[int, int]] = []
    read = read_set(reader, digits, lambda done, wanted: told.append((done, wanted)), 50)
    loss = Loss.MAP if variant is Variant.ORIGINAL else Loss.CROSS_ENTROPY
    found = evaluate(reader, digits, loss_function(loss), batch_size=50)
    assert read.confusion == found.confusion
    assert np.flatnonzero(read.wrong).tolist() == [miss.index for miss in found.misses]
    assert read.answers[read.wrong].tolist() == [miss.predicted for miss in found.misses]
    assert told == [(0, 130), (50, 130), (100, 130), (130, 130)]
    for index in (0, 64, 129):
        alone = read_digit(reader, digits.images[index].astype(np.float32) / 255)
        assert read.answers[index] == alone.answer
        assert read.margins[index] == pytest.approx(alone.margin, abs=1e-4)
        np.testing.assert_allclose(read.outputs[index], alone.output, atol=1e-4)


def test_what_progress_raises_ends_the_reading() -> None:
    class Enough(Exception):  # noqa: N818
        pass

    def look(done: int, _wanted: int) -> None:
        if done >= 50:
            raise Enough

    with pytest.raises(Enough):
        read_set(network(Variant.MODERN), noise(120), look, 50)


def test_an_empty_set_is_read() -> None:
    empty = Digits(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8), "none")
    read = read_set(network(Variant.MODERN), empty)
    assert len(read) == 0
    assert chosen(empty.labels, Wish(Which.WRONG), read).tolist() == []


def kept(wish: Wish, label: int, a: int, b: int) -> bool:
    """One digit at a time, in words."""
    fits = {
        Which.ALL: True,
        Which.WRONG: a != label,
        Which.RIGHT: a == label,
        Which.ONLY_A: a != label and b == label,
        Which.ONLY_B: a == label and b != label,
        Which.BOTH: a != label and b != label,
    }
    return fits[wish.which] and wish.label in (None, label) and wish.answer in (None, a)


wishes = st.builds(
    Wish,
    st.sampled_from(list(Which)),
    st.none() | st.integers(0, 2),
    st.none() | st.integers(0, 2),
    st.sampled_from(list(Order)),
)


@given(wishes, st.integers(0, 60), st.integers(0, 1000))
def test_the_digits_of_a_wish_are_those_of_a_plain_loop(wish: Wish, count: int, seed: int) -> None:
    labels, a, b = made_up(count, seed, classes=3)
    margins = (b if wish.which is Which.ONLY_B else a).margins
    expected = [
        index
        for index in range(count)
        if kept(wish, int(labels[index]), int(a.answers[index]), int(b.answers[index]))
    ]
    if wish.order is Order.SMALLEST_MARGIN:
        expected.sort(key=lambda index: margins[index])
    elif wish.order is Order.LARGEST_MARGIN:
        expected.sort(key=lambda index: -margins[index])
    assert chosen(labels, wish, a, b).tolist() == expected


def test_the_errors_of_two_networks_fall_into_three_parts() -> None:
    labels, a, b = made_up(500, 1)
    parts = [set(chosen(labels, Wish(which), a, b).tolist()) for which in OF_TWO]
    assert set.union(*parts) == set(np.flatnonzero(a.wrong | b.wrong).tolist())
    assert sum(map(len, parts)) == len(set.union(*parts))


@pytest.mark.parametrize(
    "wish",
    [Wish(Which.WRONG), Wish(answer=3), Wish(order=Order.LARGEST_MARGIN), Wish(Which.ONLY_B)],
)
def test_what_needs_readings_is_refused_without_them(wish: Wish) -> None:
    labels, _, _ = made_up(20, 0)
    with pytest.raises(ValueError, match="before the digits are read"):
        chosen(labels, wish)


def test_two_are_needed_for_the_errors_of_two_and_of_the_same_set() -> None:
    labels, a, _ = made_up(20, 0)
    with pytest.raises(ValueError, match="before the digits are read"):
        chosen(labels, Wish(Which.BOTH), a)
    with pytest.raises(ValueError, match="another set"):
        chosen(labels[:10], Wish(), a)
