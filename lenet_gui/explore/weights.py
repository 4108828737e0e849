"""Every trainable weight of a network, in pictures, and what each weight is.

A picture's cells are in the order of the parameter in memory, so that one number, `index`, means
the same weight in a picture, in an enlarged piece and in the network's own parameter. No torch.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Floats
from lenet_gui.net.architecture import KERNEL_SIDE, Variant
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import GEOMETRY, OUTPUT, Unit, feeding_maps

if TYPE_CHECKING:
    from torch import Tensor

    from lenet_gui.net.lenet5 import LeNet5


class Kind(StrEnum):
    """The kind of weights of a part."""

    KERNELS = "kernels"
    WEIGHTS = "weights"
    COEFFICIENTS = "coefficients"
    BIASES = "biases"
    CODES = "codes"  # fixed: no training run changes them


_CODES = "output.codes"

Piece = tuple[int, int]
"""Rows and columns of what is enlarged at once."""


@dataclass(frozen=True, eq=False)
class Part:
    """One parameter of the network as pictures.

    `values` float32 [pictures, rows, columns], not writeable, in the parameter's own order.
    `places`: row and column of each picture in the part's grid; places without a picture are
    gaps. `piece`: the shape in which a piece of the part is enlarged. `cell`: what one
    cell is, in a sentence. `class_names`: what the network's outputs stand for.
    """

    layer: str
    kind: Kind
    parameter: str
    values: Floats
    places: tuple[tuple[int, int], ...]
    piece: Piece
    cell: str
    class_names: tuple[str, ...] = DIGIT_NAMES

    @property
    def name(self) -> str:
        """Such as "C3 kernels"."""
        return f"{self.layer} {self.kind}"

    @property
    def count(self) -> int:
        """Trainable parameters of this part."""
        return self.values.size

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of one picture."""
        return self.values.shape[1], self.values.shape[2]

    @property
    def grid(self) -> tuple[int, int]:
        """Rows and columns of the pictures, gaps counted."""
        return max(row for row, _ in self.places) + 1, max(column for _, column in self.places) + 1

    @cached_property
    def pieces(self) -> Floats:
        """The same weights in pieces, [n, rows, columns] of `piece`."""
        return self.values.reshape(-1, *self.piece)

    def cell_of(self, index: int) -> tuple[int, int, int]:
        """The picture, row and column of a weight."""
        rows, columns = self.shape
        picture, rest = divmod(index, rows * columns)
        return picture, *divmod(rest, columns)

    def index_of(self, picture: int, row: int, column: int) -> int:
        """The weight at a row and column of a picture."""
        rows, columns = self.shape
        return (picture * rows + row) * columns + column

    def in_piece(self, index: int) -> tuple[int, int, int]:
        """The piece, row and column of a weight."""
        rows, columns = self.piece
        piece, rest = divmod(index, rows * columns)
        return piece, *divmod(rest, columns)

    def first_of(self, piece: int) -> int:
        """The first weight of a piece."""
        return piece * self.piece[0] * self.piece[1]

    def value(self, index: int) -> float:
        """One weight."""
        return float(self.values.reshape(-1)[index])

    def map_of(self, index: int) -> int:
        """The map, or the unit of a layer without maps, whose sum a weight is part of."""
        picture, row, _ = self.cell_of(index)
        if self.kind is Kind.KERNELS:
            return self.places[picture][1]
        return row if len(self.values) == 1 else picture

    def counterpart(self, index: int, other: "Part") -> int:
        """The weight of the same parameter of another network that has the place of one of these.

        Where the other has no such kernel, the first weight of the same map.
        """
        if self.kind is not Kind.KERNELS:
            return min(index, other.count - 1)
        picture, row, column = self.cell_of(index)
        place = self.places[picture]
        if place not in other.places:
            return other.first_of_map(place[1])
        return other.index_of(other.places.index(place), row, column)

    def first_of_map(self, number: int) -> int:
        """The first weight of a map, or of a unit of a layer without maps."""
        rows, columns = self.shape
        if self.kind is Kind.KERNELS:
            pictures = (picture for picture, (_, to) in enumerate(self.places) if to == number)
            return self.index_of(next(pictures), 0, 0)
        return number * (columns if len(self.values) == 1 else rows * columns)


@dataclass(frozen=True)
class WeightPictures:
    """All trainable weights of a network, from C1 to the output, every one of them once."""

    variant: Variant
    parts: tuple[Part, ...]
    class_names: tuple[str, ...] = DIGIT_NAMES

    @property
    def count(self) -> int:
        """Trainable parameters: 60,000 (Original) or 61,706 (Modern)."""
        return sum(part.count for part in self.parts)

    def of_layer(self, layer: str) -> Iterator[tuple[int, Part]]:
        """The parts of a layer, each with its place among all."""
        return ((place, part) for place, part in enumerate(self.parts) if part.layer == layer)

    @cached_property
    def shown(self) -> tuple[Part, ...]:
        """The parts and, of the Original, the fixed codes of Fig. 3, which are not parameters."""
        if self.variant is Variant.MODERN:
            return self.parts
        return (*self.parts, replace(_fixed_codes(), class_names=self.class_names))

    def part(self, parameter: str) -> Part | None:
        """The part of a parameter; None if the network has none of that name."""
        return next((part for part in self.shown if part.parameter == parameter), None)

    def first_of(self, unit: Unit) -> tuple[Part, int] | None:
        """The first weight of a unit, or of the map that it lies in; None if it has none."""
        for part in self.shown:
            if part.layer == unit.layer:
                return part, part.first_of_map(unit.map)
        return None

    @cached_property
    def limits(self) -> dict[str, float]:
        """The largest size of a weight in each layer that has any; 0 where all are 0."""
        found: dict[str, float] = {}
        for part in self.parts:
            sizes = np.abs(part.values[np.isfinite(part.values)])
            largest = float(sizes.max()) if sizes.size else 0.0
            found[part.layer] = max(found.get(part.layer, 0.0), largest)
        return found

    def limit(self, part: Part) -> float:
        """The value of full colour of a part; the codes are 1 and -1."""
        return 1.0 if part.kind is Kind.CODES else self.limits[part.layer]


def weight_pictures(
    network: "LeNet5", class_names: tuple[str, ...] = DIGIT_NAMES
) -> WeightPictures:
    """The weights as they are now, copied: training changes the network's own in place.

    `class_names`: what its outputs stand for.
    """
    parameters = dict(network.named_parameters())
    specs = _specs(network.variant)
    parts = [_part(spec, parameters[spec.parameter], class_names) for spec in specs]
    return WeightPictures(network.variant, tuple(parts), class_names)


@cache
def weight_counts() -> dict[str, int]:
    """How many weights each parameter has, by its name; in the variant where it has more."""
    found = {_CODES: len(CODES) * GEOMETRY["F6"].units}
    for variant in Variant:
        for spec in _specs(variant):
            found[spec.parameter] = max(found.get(spec.parameter, 0), math.prod(spec.shape))
    return found


def state_of(network: "LeNet5") -> tuple[tuple[int, int], ...]:
    """A value that changes when the weights of a network change in place.

    For each parameter, its address and how often torch has written to it: much cheaper than a
    look at the weights. It is only for one network, and does not distinguish two networks.
    """
    return tuple((p.data_ptr(), p._version) for p in network.parameters())  # noqa: SLF001


@dataclass(frozen=True)
class _Spec:
    """A part before it has values; `shape` is that of its array of pictures."""

    layer: str
    kind: Kind
    parameter: str
    shape: tuple[int, int, int]
    piece: Piece
    cell: str
    places: tuple[tuple[int, int], ...] = ()


@cache
def _fixed_codes() -> Part:
    f6 = GEOMETRY["F6"]
    values = np.array(CODES, np.float32).reshape(-1, f6.rows, f6.columns)
    values.flags.writeable = False
    places = tuple((0, digit) for digit in range(len(CODES)))
    cell = "What F6 is compared with: the codes of Fig. 3, which training never changes."
    return Part(OUTPUT, Kind.CODES, _CODES, values, places, (f6.rows, f6.columns), cell)


def _part(spec: _Spec, parameter: "Tensor", class_names: tuple[str, ...]) -> Part:
    values = np.array(parameter.detach().cpu().numpy(), np.float32, order="C", copy=True)
    values = values.reshape(spec.shape)
    values.flags.writeable = False
    places = spec.places or tuple((0, picture) for picture in range(spec.shape[0]))
    told = spec.piece, spec.cell, class_names
    return Part(spec.layer, spec.kind, spec.parameter, values, places, *told)


def _specs(variant: Variant) -> Iterator[_Spec]:
    """The parts from C1 to the output."""
    original, kernels = variant is Variant.ORIGINAL, Kind.KERNELS
    kernel, c5, f6 = (KERNEL_SIDE, KERNEL_SIDE), GEOMETRY["C5"], GEOMETRY["F6"]
    yield _Spec(
        *("C1", kernels, "C1.weight", (GEOMETRY["C1"].maps, *kernel), kernel),
        "The weight of one pixel in the 5×5 patch of the input that a unit of C1 sees.",
    )
    yield _biases("C1", (1, 6))
    if original:
        yield from _subsampling("S2", (1, 6))
    places = _c3_places(variant)
    yield _Spec(
        *("C3", kernels, "C3.weight", (len(places), *kernel), kernel),
        "The weight of one unit in the 5×5 patch of an S2 map that a unit of C3 sees.",
        places,
    )
    yield _biases("C3", (2, 8))
    if original:
        yield from _subsampling("S4", (2, 8))
    yield _Spec(
        *("C5", Kind.WEIGHTS, "C5.weight", (1, c5.units, GEOMETRY["S4"].units), kernel),
        "A row for each unit of C5: its sixteen 5×5 kernels on the maps of S4, one after another.",
    )
    yield _biases("C5", (c5.rows, c5.columns), upright=True)
    yield _Spec(
        *("F6", Kind.WEIGHTS, "F6.weight", (1, f6.units, c5.units), (c5.rows, c5.columns)),
        "A row for each unit of F6: its weights for the 120 units of C5.",
    )
    yield _biases("F6", (f6.rows, f6.columns), upright=True)
    if not original:
        shape = (GEOMETRY[OUTPUT].units, f6.rows, f6.columns)
        yield _Spec(
            *(OUTPUT, Kind.WEIGHTS, "output.weight", shape, (f6.rows, f6.columns)),
            "The weight for one unit of F6, laid out in 12 rows of 7 like the codes of the paper.",
        )
        yield _biases(OUTPUT, (2, 5))


def _biases(layer: str, piece: Piece, *, upright: bool = False) -> _Spec:
    """One bias per map or unit: a picture each, or, upright, a column beside a matrix."""
    count = GEOMETRY[layer].maps
    shape = (1, count, 1) if upright else (count, 1, 1)
    what = "unit" if upright else "digit" if layer == OUTPUT else "map"
    cell = f"The bias of one {what}, added to its sum."
    return _Spec(layer, Kind.BIASES, f"{layer}.bias", shape, piece, cell)


def _subsampling(layer: str, piece: Piece) -> Iterator[_Spec]:
    """One coefficient and one bias per map (II-B)."""
    yield _Spec(
        *(layer, Kind.COEFFICIENTS, f"{layer}.coefficient", (GEOMETRY[layer].maps, 1, 1), piece),
        "What the sum of the 2×2 units below is multiplied by, the same for the whole map.",
    )
    yield _biases(layer, piece)


def _c3_places(variant: Variant) -> tuple[tuple[int, int], ...]:
    """(S2 map, C3 map) of each kernel, in the network's order: the rows and columns of Table I."""
    return tuple(
        (s2_map, c3_map)
        for c3_map in range(GEOMETRY["C3"].maps)
        for s2_map in feeding_maps(variant, "C3", c3_map)
    )
