"""A line of up to millions of points that is kept in a few thousand. No Qt."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_POINTS = 8192
"""More than twice the width of a plot in pixels, and few enough to draw within a frame."""


class ThinnedLine:
    """Points in the order of their x; all of them while they are few.

    Beyond `most` points it keeps, of every run of equally many, the lowest and the highest
    with their own x, as a plot of all points would show them. The stretches double in length
    whenever there are too many again.

    Args:
        most: the largest number of points kept; a multiple of 4, at least 8.

    Raises:
        ValueError: `most` is no such number.
    """

    def __init__(self, most: int = MOST_POINTS) -> None:
        if most < 8 or most % 4:
            raise ValueError(f"most is a multiple of 4, at least 8, not {most}")
        self._kept = np.empty((2, 2 * most))
        self._count = 0
        self._most = most
        self._stretch = 1  # points that two kept ones stand for; 1 while all are kept
        self._rest = np.empty((2, 0))  # the extremes of the points since the last whole stretch
        self._rest_count = 0  # of how many points
        self._last = np.empty((2, 0))

    def add(self, points: Floats) -> None:
        """Adds points [x and y, n], at the end."""
        # In pieces, so that the room of twice `most` is enough whatever comes.
        for begin in range(0, points.shape[1], self._most):
            self._add(points[:, begin : begin + self._most])

    @property
    def points(self) -> Floats:
        """What is kept, [x and y, count]; later points do not change it."""
        kept = np.concatenate((self._kept[:, : self._count], self._rest), axis=1)
        if kept.shape[1] and kept[0, -1] != self._last[0, 0]:
            kept = np.concatenate((kept, self._last), axis=1)  # a live plot ends at the last
        return kept

    def _add(self, points: Floats) -> None:
        self._last = points[:, -1:].copy()
        if self._rest_count:
            missing = self._stretch - self._rest_count
            self._add_to_rest(points[:, :missing], min(missing, points.shape[1]))
            points = points[:, missing:]
        whole = points.shape[1] - points.shape[1] % self._stretch
        self._keep(_extremes(points[:, :whole], self._stretch))
        self._add_to_rest(points[:, whole:], points.shape[1] - whole)
        while self._count + 3 > self._most:  # the rest takes three at most
            self._halve()

    def _keep(self, points: Floats) -> None:
        self._kept[:, self._count : self._count + points.shape[1]] = points
        self._count += points.shape[1]

    def _add_to_rest(self, points: Floats, stand_for: int) -> None:
        """Adds points to the unfinished stretch, which is kept when it is whole."""
        if not stand_for:
            return
        self._rest = np.concatenate((self._rest, points), axis=1)
        if self._rest.shape[1] > 2:
            self._rest = _extremes(self._rest, self._rest.shape[1])
        self._rest_count += stand_for
        if self._rest_count == self._stretch:
            self._keep(self._rest)
            self._rest, self._rest_count = np.empty((2, 0)), 0

    def _halve(self) -> None:
        """Two points for every four that were kept."""
        before = self._stretch
        self._stretch = 4 if before == 1 else 2 * before
        whole = self._count - self._count % 4
        over = self._kept[:, whole : self._count].copy()
        halved = _extremes(self._kept[:, :whole], 4)
        self._count = 0
        self._keep(halved)
        rest, of_rest = self._rest, self._rest_count
        self._rest, self._rest_count = np.empty((2, 0)), 0
        self._add_to_rest(over, over.shape[1] * before // (1 if before == 1 else 2))
        self._add_to_rest(rest, of_rest)


def _extremes(points: Floats, stretch: int) -> Floats:
    """The lowest and the highest of every `stretch` points, in the order in which they came."""
    if stretch == 1 or not points.shape[1]:
        return points
    rows = points.reshape(2, -1, stretch)
    both = np.sort(np.stack((rows[1].argmin(axis=1), rows[1].argmax(axis=1)), axis=1), axis=1)
    both[both[:, 0] == both[:, 1]] = (0, stretch - 1)  # all alike: the ends
    return np.take_along_axis(rows, both[None], axis=2).reshape(2, -1)
