"""Area resampling against a plain loop over pixels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.data.resampling import fitted_into_square, resampled


def resampled_by_loops(picture: np.ndarray, out: tuple[int, int], scale: float) -> np.ndarray:
    """Each old pixel laid onto the new ones it overlaps, one after the other."""
    result = np.zeros(out)
    for i in range(picture.shape[0]):
        for j in range(picture.shape[1]):
            for y in range(out[0]):
                down = min((i + 1) * scale, y + 1) - max(i * scale, y)
                for x in range(out[1]):
                    right = min((j + 1) * scale, x + 1) - max(j * scale, x)
                    if down > 0 and right > 0:
                        result[y, x] += picture[i, j] * down * right
    return result


@pytest.mark.parametrize(
    ("shape", "out", "scale"),
    [((13, 9), (5, 4), 5 / 13), ((6, 4), (12, 8), 2.0), ((5, 7), (8, 10), 10 / 7)],
)
def test_it_does_what_the_loop_does(
    shape: tuple[int, int], out: tuple[int, int], scale: float
) -> None:
    picture = np.random.default_rng(0).random(shape).astype(np.float32)
    by_loops = resampled_by_loops(picture, out, scale)
    np.testing.assert_allclose(resampled(picture, out, scale), by_loops, atol=1e-6)


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0.05, 20), st.floats(0, 3))
def test_nothing_gets_lost(height: int, width: int, scale: float, offset: float) -> None:
    picture = np.random.default_rng(1).random((height, width)).astype(np.float32)
    out = int(height * scale) + 5, int(width * scale) + 5
    made = resampled(picture, out, scale, (offset, offset / 2))
    assert made.shape == out
    assert made.sum(dtype=np.float64) == pytest.approx(picture.sum() * scale**2, rel=1e-4)
    assert made.min() >= -1e-6
    assert made.max() <= picture.max() + 1e-6


def test_a_picture_is_centred_in_the_square() -> None:
    square = fitted_into_square(np.ones((2, 4), np.float32), 8)
    expected = np.zeros((8, 8))
    expected[2:6] = 1
    np.testing.assert_allclose(square, expected, atol=1e-6)
