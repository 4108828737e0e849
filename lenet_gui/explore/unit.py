"""What is told of one unit: its inputs, weights, products, sum and squashing. No torch."""

from dataclasses import dataclass

from lenet_gui.explore.reading import Floats
from lenet_gui.explore.receptive_field import Square
from lenet_gui.net.architecture import TABLE_I, Variant
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH

BELOW = {
    "C1": "Input",
    "S2": "C1",
    "C3": "S2",
    "S4": "C3",
    "C5": "S4",
    "F6": "C5",
    "output": "F6",
}
"""The layer that feeds each layer."""

C5_SHAPE = (8, 15)
F6_SHAPE = (CODE_HEIGHT, CODE_WIDTH)
"""How the 120 units of C5 and the 84 of F6 are laid out as pictures, row by row."""


@dataclass(frozen=True)
class Unit:
    """One unit: `map` counts from 0; for F6 it is the unit and for the output the digit."""

    layer: str
    map: int
    row: int = 0
    column: int = 0


@dataclass(frozen=True)
class Source:
    """What one map of the layer below adds: all three float32 [h, w].

    `map` is its number, `square` its part that feeds the unit (None: all of C5 or F6, laid out as
    a picture). `terms` are products of inputs and weights; for a distance (x_j - w_ij)^2 (Eq. 7).
    """

    map: int
    square: Square | None
    inputs: Floats
    weights: Floats
    terms: Floats


@dataclass(frozen=True)
class Explanation:
    """A unit's value from beginning to end.

    `sum` is what is squashed: all terms and the bias, where there is one, added up anew. `value` is
    what the network itself computed, and what the layer above sees: `squash` of the sum (or the sum
    itself) up to float rounding. `squashed` says which; `is_distance` whether the terms are those
    of Eq. 7.
    """

    unit: Unit
    variant: Variant
    field: Square
    sources: tuple[Source, ...]
    bias: float | None
    sum: float
    value: float
    squashed: bool
    is_distance: bool


def feeding_maps(variant: Variant, layer: str, number: int) -> tuple[int, ...]:
    """The maps of the layer below that feed a map: for C3 of the Original its row of Table I."""
    if layer == "C1":
        return (0,)
    if layer in ("S2", "S4"):
        return (number,)
    if layer == "C3":
        return TABLE_I[number] if variant is Variant.ORIGINAL else tuple(range(6))
    return tuple(range(16)) if layer == "C5" else (0,)
