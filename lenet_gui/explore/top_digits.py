"""Which digits activate each map most; the part without torch."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lenet_gui.explore.reading import Floats
from lenet_gui.net.receptive_field import Square, receptive_field

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class TopDigit:
    """One digit of a set that activates a map, where, and how much.

    `digit` is its number in the set, `value` the activation (of the output: minus the distance, or
    the logit), `sum` what was squashed to it (the value itself where nothing is squashed), `field`
    the part of the input [32, 32] that the most active unit sees.
    """

    digit: int
    value: float
    sum: float
    row: int
    column: int
    field: Square


@dataclass(frozen=True)
class TopDigitsOfSet:
    """For every layer the digits that activate each of its maps most, the strongest first.

    `digits` int64, `values` and `sums` float32, `places` int64 (the unit's number in its map, row
    by row), by layer, each [maps, n]; n is 9, or less for a smaller set. `widths`: the columns of a
    map.
    """

    digits: dict[str, Ints]
    values: dict[str, Floats]
    sums: dict[str, Floats]
    places: dict[str, Ints]
    widths: dict[str, int]

    def of(self, layer: str, number: int) -> tuple[TopDigit, ...]:
        """What activates a map, or a unit of C5, F6 or the output."""
        found = []
        for digit, value, total, place in zip(
            self.digits[layer][number],
            self.values[layer][number],
            self.sums[layer][number],
            self.places[layer][number],
            strict=True,
        ):
            row, column = divmod(int(place), self.widths[layer])
            field = receptive_field(layer, row, column)
            found.append(TopDigit(int(digit), float(value), float(total), row, column, field))
        return tuple(found)
