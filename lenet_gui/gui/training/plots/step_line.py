"""The figures of every step, which may be millions, kept in a few thousand numbers. No Qt."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

MOST_POINTS = 8192
"""Up to this number all points are kept: many times a plot's width in pixels."""

_FIRST_STRETCH = 32
"""Points of the shortest stretch: enough for its tenths to mean something."""

_ROWS = 4
"""Of the points that are all kept: x, y, updates and digits."""


@dataclass(frozen=True)
class Stretches:
    """Points in stretches, in the order of their x; each array has one entry a stretch.

    `first` and `last` are the x of its first and last point, `counts` how many points there are,
    `updates` for how many updates they stand, and `digits` for how many digits. Of their y: the
    `mean` over all digits, the `lowest` and `highest`, and `low` and `high`, between which the
    middle 80 % of the points lie. Of a stretch that was joined from shorter ones `low` and `high`
    are the means of theirs. A few very high points may lead the mean beyond `high`.
    """

    first: Floats
    last: Floats
    counts: Floats
    updates: Floats
    digits: Floats
    mean: Floats
    lowest: Floats
    low: Floats
    high: Floats
    highest: Floats

    @classmethod
    def of_single(cls, x: Floats, y: Floats, updates: Floats, digits: Floats) -> "Stretches":
        """Points that each are a stretch of their own."""
        return cls(x, x, np.ones(len(x)), updates, digits, y, y, y, y, y)

    def __len__(self) -> int:
        return len(self.first)

    def __getitem__(self, part: slice) -> "Stretches":
        return Stretches(*(each[part] for each in _arrays(self)))

    def followed_by(self, others: "Stretches") -> "Stretches":
        """These and then others."""
        both = zip(_arrays(self), _arrays(others), strict=True)
        return Stretches(*(np.concatenate(pair) for pair in both))

    def joined(self, begins: Ints) -> "Stretches":
        """Fewer, longer ones: one from each of the places `begins`, of which the first is 0."""
        if not len(self):
            return self
        ends = np.append(begins[1:], len(self)) - 1
        counts = np.add.reduceat(self.counts, begins)
        updates = np.add.reduceat(self.updates, begins)
        digits = np.add.reduceat(self.digits, begins)
        lowest = np.minimum.reduceat(self.lowest, begins)
        highest = np.maximum.reduceat(self.highest, begins)

        def mean(values: Floats, weights: Floats, of_all: Floats) -> Floats:
            found = np.add.reduceat(values * weights, begins) / of_all
            return np.clip(found, lowest, highest)  # rounding could lead beyond them

        low, high = (mean(values, self.updates, updates) for values in (self.low, self.high))
        return Stretches(
            self.first[begins],
            self.last[ends],
            counts,
            updates,
            digits,
            mean(self.mean, self.digits, digits),
            lowest,
            low,
            high,
            highest,
        )


class StepLine:
    """Points in the order of their x: all of them while they are few, then stretches of them.

    With more than `most` points it keeps stretches of 32, with more than a quarter as many
    stretches it joins every two.

    Args:
        most: the largest number of points that are all kept; a multiple of 128.

    Raises:
        ValueError: `most` is no such number.
    """

    def __init__(self, most: int = MOST_POINTS) -> None:
        if most <= 0 or most % (4 * _FIRST_STRETCH):
            raise ValueError(f"most is a multiple of {4 * _FIRST_STRETCH}, not {most}")
        self._most = most
        self._stretch = 1  # points of a kept stretch; 1 while all are kept
        self._kept = _stretches_of(np.empty((_ROWS, 0)), np.empty(0, np.int64))
        self._rest = np.empty((_ROWS, 0))  # the points after the last whole stretch

    def add(
        self, points: Floats, updates: Floats | None = None, digits: Floats | None = None
    ) -> None:
        """Adds points [x and y, n] at the end.

        Each stands for one update, or for so many [n], of so many digits [n]: of one each where
        nothing is said.
        """
        each = np.ones(points.shape[1]) if updates is None else updates
        points = np.vstack((points, each, each if digits is None else digits))
        # In pieces, so that little memory is enough for any length.
        for begin in range(0, points.shape[1], self._most):
            self._rest = np.concatenate((self._rest, points[:, begin : begin + self._most]), axis=1)
            if self._stretch == 1 and self._rest.shape[1] > self._most:
                self._stretch = _FIRST_STRETCH
            self._keep_whole_stretches()

    def up_to(self, x: float) -> "StepLine":
        """The points up to a place; those of a stretch that leads beyond it are left out."""
        line = StepLine(self._most)
        line._stretch = self._stretch
        line._kept = self._kept[slice(0, int(np.searchsorted(self._kept.last, x, "right")))]
        line._rest = self._rest[:, self._rest[0] <= x]
        return line

    @property
    def last(self) -> float:
        """The x of the last point; 0 if there is none."""
        if self._rest.size:
            return float(self._rest[0, -1])
        return float(self._kept.last[-1]) if len(self._kept) else 0.0

    @property
    def stretches(self) -> Stretches:
        """What is kept, the newest points in a stretch that is not yet whole."""
        return self._kept.followed_by(self._unfinished())

    def columns(self, width: float) -> Stretches:
        """What is kept, in columns of a width in x, as far as the stretches are no longer.

        The columns lie at multiples of the width, so that they stay where they are as points come.
        A column in which nothing was measured is left out.
        """
        if self._stretch == 1:
            x = self._rest[0]
            return _stretches_of(self._rest, _begins(x, width)) if x.size else self.stretches
        kept = self.stretches
        return kept.joined(_begins((kept.first + kept.last) / 2, width))

    def column_width(self, a_pixel: float) -> float:
        """A width for `columns` where `a_pixel` is what one pixel of the plot holds of x.

        0 where there is a pixel for each point. Else the columns are 3 to 6 pixels wide, or as
        wide as holds 8 points: fewer have no tenths. It is a power of two.
        """
        kept = self.stretches
        points = kept.counts.sum()
        if points < 2:
            return 0.0
        apart = float((kept.last[-1] - kept.first[0]) / (points - 1))
        if a_pixel <= apart:
            return 0.0
        return float(2 ** np.ceil(np.log2(max(3 * a_pixel, 8 * apart))))

    def _keep_whole_stretches(self) -> None:
        if self._stretch == 1:
            return
        whole = self._rest.shape[1] - self._rest.shape[1] % self._stretch
        begins = np.arange(0, whole, self._stretch)
        self._kept = self._kept.followed_by(_stretches_of(self._rest[:, :whole], begins))
        self._rest = self._rest[:, whole:].copy()
        while len(self._kept) > self._most // 4:
            self._join_every_two()

    def _join_every_two(self) -> None:
        """An odd one at the end would be half as long as the others: it stays for later."""
        even = len(self._kept) - len(self._kept) % 2
        odd = self._kept[slice(even, None)]
        self._kept = self._kept[slice(0, even)].joined(np.arange(0, even, 2)).followed_by(odd)
        self._stretch *= 2

    def _unfinished(self) -> Stretches:
        count = self._rest.shape[1]
        begins = np.arange(count) if self._stretch == 1 else np.zeros(min(count, 1), np.int64)
        return _stretches_of(self._rest, begins)


def _arrays(stretches: Stretches) -> list[Floats]:
    return [getattr(stretches, each.name) for each in fields(stretches)]


def _begins(x: Floats, width: float) -> Ints:
    """Where columns of a width begin, among points in the order of their x."""
    if width <= 0:
        return np.arange(len(x))
    numbers = np.floor(x / width)
    return np.flatnonzero(np.diff(numbers, prepend=np.nan) != 0)


def _stretches_of(points: Floats, begins: Ints) -> Stretches:
    """Stretches of points [x, y, updates, digits; n], each from a place of `begins` to the next."""
    x, y, updates, digits = points
    if not x.size:
        return Stretches(*(np.empty(0) for _ in fields(Stretches)))
    counts = np.diff(np.append(begins, len(x)))
    ranked = y[np.lexsort((y, np.repeat(np.arange(len(begins)), counts)))]  # within each stretch
    ends = begins + counts - 1
    tenth = np.rint(0.1 * (counts - 1)).astype(np.int64)
    lowest, highest = ranked[begins], ranked[ends]
    all_updates = np.add.reduceat(updates, begins)
    all_digits = np.add.reduceat(digits, begins)
    mean = np.clip(np.add.reduceat(y * digits, begins) / all_digits, lowest, highest)
    low, high = ranked[begins + tenth], ranked[ends - tenth]
    return Stretches(
        x[begins],
        x[ends],
        counts.astype(np.float64),
        all_updates,
        all_digits,
        mean,
        lowest,
        low,
        high,
        highest,
    )
