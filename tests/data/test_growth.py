"""Growing and shrinking ink against a plain loop over every pixel of the disc."""

import tracemalloc

import numpy as np
import pytest

from lenet_gui.data.growth import grown


def by_loop(ink: np.ndarray, radius: float) -> np.ndarray:
    best, sign = (max, 1) if radius > 0 else (min, -1)
    radius *= sign
    height, width = ink.shape
    result = np.empty_like(ink)
    reach = int(radius) + 1
    for y in range(height):
        for x in range(width):
            near = [
                float(ink[v, u]) if 0 <= v < height and 0 <= u < width else 0.0
                for v in range(y - reach, y + reach + 1)
                for u in range(x - reach, x + reach + 1)
                if (v - y) ** 2 + (u - x) ** 2 <= radius**2 + 1e-9
            ]
            result[y, x] = best(near)
    return result


@pytest.mark.parametrize("radius", [0.0, 0.9, 1.0, 1.5, 2.3, 4.0, -1.0, -1.5, -3.2])
def test_every_pixel_is_the_largest_or_the_smallest_in_its_disc(radius: float) -> None:
    ink = np.random.default_rng(3).random((14, 9), np.float32)
    np.testing.assert_allclose(grown(ink, radius), by_loop(ink, radius), atol=1e-7)


@pytest.mark.parametrize("radius", [20.0, 1e5, 1e300, np.inf, -20.0, -1e300, -np.inf])
def test_a_disc_larger_than_the_picture_holds_all_of_it(radius: float) -> None:
    ink = np.random.default_rng(4).random((14, 9), np.float32)
    tracemalloc.start()
    full = grown(ink, radius)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (full == (ink.max() if radius > 0 else 0)).all()
    assert peak < 2**20


def test_ink_grows_by_a_number() -> None:
    with pytest.raises(ValueError, match="a number, not by NaN"):
        grown(np.ones((3, 3), np.float32), float("nan"))
