"""Digits reach the network padded and in its range, from every kind of array."""

import numpy as np
import pytest
import torch

from lenet_gui.data.input_range import to_input

DIGITS = np.random.default_rng(0).integers(0, 256, (3, 28, 28), dtype=np.uint8)


@pytest.mark.parametrize(("background", "ink"), [(-0.1, 1.175), (0.0, 1.0)])
def test_values_by_their_definition(background: float, ink: float) -> None:
    made = to_input(DIGITS, background, ink)
    assert made.shape == (3, 1, 32, 32)
    assert made.dtype == torch.float32
    expected = np.full((3, 1, 32, 32), background)
    for n in range(3):
        for i in range(28):
            for j in range(28):
                v = DIGITS[n, i, j] / 255
                expected[n, 0, i + 2, j + 2] = background + v * (ink - background)
    np.testing.assert_allclose(made.numpy(), expected, atol=1e-6)


@pytest.mark.parametrize(
    "images",
    [
        DIGITS / np.float32(255),
        DIGITS / np.float64(255),
        torch.tensor(DIGITS),
        torch.tensor(DIGITS / np.float32(255))[:, None],
        torch.tensor(DIGITS)[None, :, None],
        (DIGITS / np.float32(255)).transpose(0, 2, 1).copy().transpose(0, 2, 1),
    ],
)
def test_every_kind_of_array_gives_the_same(images: np.ndarray | torch.Tensor) -> None:
    torch.testing.assert_close(to_input(images, -0.1, 1.175), to_input(DIGITS, -0.1, 1.175))


def test_one_image_makes_a_batch_of_one() -> None:
    assert to_input(DIGITS[0], 0, 1).shape == (1, 1, 32, 32)


def test_no_images_make_an_empty_batch() -> None:
    assert to_input(DIGITS[:0], 0, 1).shape == (0, 1, 32, 32)


def test_a_read_only_array_is_taken_and_left_alone() -> None:
    digit = DIGITS[0] / np.float32(255)
    digit.flags.writeable = False
    to_input(digit, 0, 1).fill_(7)
    assert digit.max() <= 1


@pytest.mark.parametrize("shape", [(28,), (3, 32, 32), (28, 27)])
def test_another_size_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="28, 28"):
        to_input(np.zeros(shape, np.float32), 0, 1)


@pytest.mark.parametrize("kind", [np.int64, np.int32, bool])
def test_integers_of_another_range_are_refused(kind: type) -> None:
    with pytest.raises(ValueError, match="uint8 or floats"):
        to_input(np.zeros((28, 28), kind), 0, 1)
