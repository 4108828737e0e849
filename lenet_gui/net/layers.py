"""The layers of LeNet-5 (II-B): their sizes, what feeds what, how they are shown; one unit."""

from dataclasses import dataclass
from typing import NamedTuple

from lenet_gui.net.architecture import DIGITS, INPUT_SIDE, KERNEL_SIDE, TABLE_I, Variant
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH

INPUT = "Input"
OUTPUT = "output"
"""The last layer; the Original's units hold distances, the Modern's logits."""

FEATURE_LAYERS = ("C1", "S2", "C3", "S4", "C5", "F6")
"""The layers whose activations a forward pass returns, from bottom to top."""

UNIT_LAYERS = (*FEATURE_LAYERS, OUTPUT)
"""The layers that compute: everything but the input."""

LAYERS = (INPUT, *UNIT_LAYERS)
"""All layers in the order of the computation."""

ACTIVATION_LAYERS = (INPUT, *FEATURE_LAYERS)
"""The layers that hold activations: everything but the output, which has distances or logits."""

MAP_LAYERS = ("C1", "S2", "C3", "S4")
"""The layers whose maps are pictures; those of C5, F6 and the output are single units."""


@dataclass(frozen=True)
class Geometry:
    """One layer's size, and how it is shown.

    It has `maps` maps of `side` x `side` units. They are shown as `pictures` pictures of
    `rows` x `columns` units: each map of the input and of `MAP_LAYERS` is one picture; the single
    units of C5, F6 and the output are arranged row by row in one. `window` is the side, and `step`
    the stride, of the squares of the layer below that feed the units; None where all units of the
    layer below feed every unit.
    """

    maps: int
    side: int
    pictures: int
    rows: int
    columns: int
    window: int | None = None
    step: int = 1

    @property
    def units(self) -> int:
        """Units of the whole layer."""
        return self.maps * self.side**2


def _maps(maps: int, side: int, window: int | None, step: int = 1) -> Geometry:
    return Geometry(maps, side, maps, side, side, window, step)


def _convolved(below: Geometry, maps: int) -> Geometry:
    return _maps(maps, below.side - KERNEL_SIDE + 1, KERNEL_SIDE)


def _subsampled(below: Geometry) -> Geometry:
    return _maps(below.maps, below.side // 2, window=2, step=2)


def _geometry() -> dict[str, Geometry]:
    source = _maps(1, INPUT_SIDE, window=None)
    c1 = _convolved(source, 6)
    s2 = _subsampled(c1)
    c3 = _convolved(s2, len(TABLE_I))
    s4 = _subsampled(c3)
    c5 = Geometry(120, 1, 1, 8, 15, KERNEL_SIDE)
    f6 = Geometry(CODE_HEIGHT * CODE_WIDTH, 1, 1, CODE_HEIGHT, CODE_WIDTH)  # like the codes
    output = Geometry(DIGITS, 1, 1, 1, DIGITS)
    return dict(zip(LAYERS, (source, c1, s2, c3, s4, c5, f6, output), strict=True))


GEOMETRY = _geometry()
"""Of every layer, by its name."""


def layer_below(layer: str) -> str:
    """The layer that feeds a layer.

    Raises:
        ValueError: nothing feeds the input, or there is no such layer.
    """
    return LAYERS[UNIT_LAYERS.index(layer)]


def next_layer(layer: str, step: int) -> str:
    """The layer of `UNIT_LAYERS` that is `step` places further, or the last one that way."""
    place = UNIT_LAYERS.index(layer) + step
    return UNIT_LAYERS[min(max(place, 0), len(UNIT_LAYERS) - 1)]


# ---------------------------------------------------------------- which maps feed which


def feeding_maps(variant: Variant, layer: str, number: int) -> tuple[int, ...]:
    """The maps of the layer below that feed a map; for C3 of the Original its row of Table I.

    Raises:
        ValueError: there is no such map, or nothing feeds the layer.
    """
    below = GEOMETRY[layer_below(layer)]
    if not 0 <= number < GEOMETRY[layer].maps:
        raise ValueError(f"there is no map {number} of {layer}")
    if layer in ("S2", "S4"):
        return (number,)
    if layer == "C3" and variant is Variant.ORIGINAL:
        return TABLE_I[number]
    return tuple(range(below.maps))


def fed_maps(variant: Variant, layer: str, number: int) -> tuple[int, ...]:
    """The maps of the layer above that a map feeds.

    Raises:
        ValueError: there is no such map, or the layer feeds nothing.
    """
    if not 0 <= number < GEOMETRY[layer].maps or layer == OUTPUT:
        raise ValueError(f"map {number} of {layer} feeds nothing")
    above = UNIT_LAYERS[LAYERS.index(layer)]
    maps = range(GEOMETRY[above].maps)
    return tuple(one for one in maps if number in feeding_maps(variant, above, one))


# ---------------------------------------------------------------- one unit


@dataclass(frozen=True)
class Unit:
    """One unit of a layer; everything counts from 0.

    `row` and `column` are those in its map: 0 in C5, F6 and the output, where `map` is the number
    of the unit (of the output, the digit).
    """

    layer: str
    map: int
    row: int = 0
    column: int = 0


def has_unit(unit: Unit) -> bool:
    """Whether the network has such a unit."""
    geometry = GEOMETRY.get(unit.layer)
    return geometry is not None and (
        0 <= unit.map < geometry.maps
        and 0 <= unit.row < geometry.side
        and 0 <= unit.column < geometry.side
    )


class Place(NamedTuple):
    """A cell of a layer's pictures; everything counts from 0."""

    picture: int
    row: int
    column: int


def unit_at(layer: str, picture: int, row: int, column: int, columns: int | None = None) -> Unit:
    """The unit that a cell of a layer's pictures shows.

    Args:
        layer: one of `LAYERS`.
        picture: of the layer.
        row: in the picture.
        column: in the picture.
        columns: of a picture that is laid out differently from `GEOMETRY`.
    """
    geometry = GEOMETRY[layer]
    if geometry.side == 1:
        return Unit(layer, row * (columns or geometry.columns) + column)
    return Unit(layer, picture, row, column)


def place_of(unit: Unit, columns: int | None = None) -> Place:
    """The cell that shows a unit: the opposite of `unit_at`."""
    geometry = GEOMETRY[unit.layer]
    if geometry.side == 1:
        return Place(0, *divmod(unit.map, columns or geometry.columns))
    return Place(unit.map, unit.row, unit.column)


def middle_of(layer: str) -> Unit:
    """The unit in the middle of a layer's first picture."""
    geometry = GEOMETRY[layer]
    return unit_at(layer, 0, geometry.rows // 2, geometry.columns // 2)


def moved(unit: Unit, right: int, down: int) -> Unit:
    """The next unit of the layer; beyond the side of a picture comes the next picture.

    Args:
        unit: the starting point.
        right: -1, 0 or 1 columns.
        down: rows; the step ends at the first and the last one.
    """
    geometry = GEOMETRY[unit.layer]
    picture, row, column = place_of(unit)
    column += right
    if not 0 <= column < geometry.columns:
        picture, column = picture + right, column % geometry.columns
    row = min(max(row + down, 0), geometry.rows - 1)
    return unit_at(unit.layer, picture, row, column) if 0 <= picture < geometry.pictures else unit
