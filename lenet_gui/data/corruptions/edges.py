"""Only the edges of a digit, by the algorithm of Canny (1986)."""

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from lenet_gui.data.corruptions.images import Draws, Images

_EVERYWHERE = np.ones((3, 3))
"""Pixels that touch at a corner belong together."""


def canny_edges(
    images: Images, _draws: Draws, sigma: float = 1, low: float = 0.1, high: float = 0.2
) -> Images:
    """Full ink at edges, paper elsewhere.

    Blurred by a Gaussian of `sigma` pixels; the gradient by Sobel; of it only pixels that are
    largest along its direction, at least `low`, and connected to one of at least `high`. Edges are
    never in the outermost pixels. The description of MNIST-C gives no values. Assumption: those
    here, with which the algorithm is usually offered.
    """
    blurred = ndimage.gaussian_filter(images, (0, sigma, sigma), mode="constant")
    down, right = _slope(blurred, axis=1), _slope(blurred, axis=2)
    steepness = np.hypot(down, right)
    thin = _is_largest(steepness, down, right) & (steepness >= low)
    edges = np.zeros_like(images)
    for edge, kept, steep in zip(edges, thin, steepness, strict=True):
        parts, count = ndimage.label(kept, _EVERYWHERE)
        strong = np.zeros(count + 1, bool)
        strong[parts[kept & (steep >= high)]] = True
        edge[strong[parts]] = 1
    return edges


def _slope(images: Images, axis: int) -> Images:
    """Sobel's slope along an axis of the images; no image is mixed with another."""
    across = ndimage.correlate1d(images, (1.0, 2.0, 1.0), 3 - axis)
    slope: Images = ndimage.correlate1d(across, (-1.0, 0.0, 1.0), axis)
    return slope


def _is_largest(steepness: Images, down: Images, right: Images) -> NDArray[np.bool_]:
    """Where the steepness [N, H, W] is not below that one pixel on, both ways of its gradient.

    One pixel on is where the gradient leaves the ring of the eight neighbours, between two of them.
    """
    wide = np.pad(steepness, ((0, 0), (1, 1), (1, 1)))
    images, rows, columns = np.indices(steepness.shape)
    rows, columns = rows + 1, columns + 1
    is_steeper_down = np.abs(down) >= np.abs(right)
    most = np.where(is_steeper_down, down, right)
    share = np.divide(
        np.where(is_steeper_down, right, down), most, out=np.zeros_like(most), where=most != 0
    )
    towards, aside = np.sign(share).astype(int), np.abs(share)
    largest = np.ones(steepness.shape, bool)
    for way in (-1, 1):
        straight = np.where(is_steeper_down, way, 0), np.where(is_steeper_down, 0, way)
        corner = (
            np.where(is_steeper_down, way, way * towards),
            np.where(is_steeper_down, way * towards, way),
        )
        on = wide[images, rows + straight[0], columns + straight[1]]
        beside = wide[images, rows + corner[0], columns + corner[1]]
        largest &= steepness >= on * (1 - aside) + beside * aside
    inside = np.zeros(steepness.shape[1:], bool)
    inside[1:-1, 1:-1] = True
    return largest & inside & (steepness > 0)
