"""What holds for every corruption: range, shape, the same for a digit in every company."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.builtin import builtin_digits
from lenet_gui.data.corruptions.table import CORRUPTIONS, Corruption, corrupted
from lenet_gui.data.digits import Digits

NO_CHANCE = {"scale", "brightness", "stripe", "canny_edges"}
"""The corruptions in which nothing is drawn."""


@pytest.fixture(scope="module")
def digits() -> Digits:
    return builtin_digits(12, 0)


def test_they_are_those_of_the_paper_in_its_order() -> None:
    assert [corruption.name for corruption in CORRUPTIONS] == [
        "shot_noise",
        "impulse_noise",
        "glass_blur",
        "motion_blur",
        "shear",
        "scale",
        "rotate",
        "brightness",
        "translate",
        "stripe",
        "fog",
        "spatter",
        "dotted_line",
        "zigzag",
        "canny_edges",
    ]
    assert CORRUPTIONS[0].title == "shot noise"


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda each: each.name)
def test_a_digit_becomes_the_same_in_every_company(corruption: Corruption, digits: Digits) -> None:
    all_of_them = corrupted(digits, corruption, 3)
    assert all_of_them.images.shape == digits.images.shape
    assert all_of_them.name == f"{digits.name}, {corruption.title}"
    np.testing.assert_array_equal(all_of_them.labels, digits.labels)
    assert (all_of_them.images != digits.images).any()
    alone = corrupted(digits.select(np.array([7])), corruption, 3, first=7)
    np.testing.assert_array_equal(alone.images[0], all_of_them.images[7])
    others = np.array([3, 1, 4, 1, 5, 9, 2, 7])
    beside_others = corrupted(digits.select(others), corruption, 3)
    np.testing.assert_array_equal(beside_others.images[7], all_of_them.images[7])


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda each: each.name)
def test_another_seed_draws_otherwise(corruption: Corruption, digits: Digits) -> None:
    one, other = (corrupted(digits, corruption, seed).images for seed in (0, 1))
    assert (one == other).all() == (corruption.name in NO_CHANCE)


@settings(max_examples=5)
@given(seed=st.integers(0, 2**32 - 1))
@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda each: each.name)
def test_ink_stays_between_nothing_and_full(corruption: Corruption, seed: int) -> None:
    draw = np.random.default_rng(seed)
    images = np.stack((np.zeros((28, 28)), np.ones((28, 28)), draw.random((28, 28))))
    before = images.copy()
    after = corruption.corrupt(images, draw.spawn(3))
    assert after.shape == images.shape
    assert after.min() >= 0
    assert after.max() <= 1
    np.testing.assert_array_equal(images, before)


@pytest.mark.parametrize("corruption", CORRUPTIONS, ids=lambda each: each.name)
def test_no_digits_are_no_digits(corruption: Corruption, digits: Digits) -> None:
    assert len(corrupted(digits.first(0), corruption)) == 0
