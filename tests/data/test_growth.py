"""Growing and shrinking ink against a plain loop over every pixel of the disc."""

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
