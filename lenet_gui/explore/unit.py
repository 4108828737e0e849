"""Where the value of one unit comes from: its inputs, its weights, their sum, its squashing."""

from dataclasses import dataclass

import numpy as np
from torch import Tensor

from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.explore.receptive_field import Square, fed_by, receptive_field
from lenet_gui.net.architecture import TABLE_I, Variant
from lenet_gui.net.codes import CODE_HEIGHT, CODE_WIDTH, CODES
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.squashing import AMPLITUDE, SLOPE

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

    `sum` is what is squashed: all terms and the bias, where there is one. `value` is what the layer
    above sees. `squashed` says whether the two differ; `is_distance` whether the terms are those of
    Eq. 7.
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


def explain(network: LeNet5, reading: Reading, unit: Unit) -> Explanation:
    """Computes one unit anew from the activations below it and the network's own weights.

    Raises:
        ValueError: there is no such unit.
    """
    variant = reading.variant
    if unit.layer in ("F6", "output"):
        sources, bias = _full(network, reading, unit)
        field = receptive_field(unit.layer)
    else:
        field = receptive_field(unit.layer, unit.row, unit.column)
        square = fed_by(unit.layer, unit.row, unit.column)
        kernels, bias = _kernels(network, variant, unit)
        maps = feeding_maps(variant, unit.layer, unit.map)
        sources = tuple(
            _source(below, square, _map(reading, unit.layer, below), kernel)
            for below, kernel in zip(maps, kernels, strict=True)
        )
    is_distance = unit.layer == "output" and variant is Variant.ORIGINAL
    total = sum(float(source.terms.sum(dtype=np.float64)) for source in sources) + (bias or 0.0)
    squashed = _is_squashed(variant, unit.layer)
    return Explanation(
        unit=unit,
        variant=variant,
        field=field,
        sources=sources,
        bias=bias,
        sum=total,
        value=squash(variant, total) if squashed else total,
        squashed=squashed,
        is_distance=is_distance,
    )


def squash(variant: Variant, a: float) -> float:
    """f(a) of Eq. 6, or the Modern's plain tanh."""
    if variant is Variant.ORIGINAL:
        return float(AMPLITUDE * np.tanh(SLOPE * a))
    return float(np.tanh(a))


def _is_squashed(variant: Variant, layer: str) -> bool:
    return layer != "output" and (variant is Variant.ORIGINAL or layer not in ("S2", "S4"))


def _map(reading: Reading, layer: str, number: int) -> Floats:
    below = BELOW[layer]
    return reading.input if below == "Input" else reading.activations[below][number]


def _source(number: int, square: Square, values: Floats, weights: Floats) -> Source:
    inputs = values[square.rows, square.columns]
    return Source(number, square, inputs, weights, inputs * weights)


def _kernels(
    network: LeNet5, variant: Variant, unit: Unit
) -> tuple[tuple[Floats, ...], float | None]:
    """The kernel of each feeding map [h, w], and the bias."""
    layer = network.get_submodule(unit.layer)
    sizes = {"C1": 6, "S2": 6, "C3": 16, "S4": 16, "C5": 120}
    if not 0 <= unit.map < sizes[unit.layer]:
        raise ValueError(f"there is no map {unit.map} of {unit.layer}")
    if unit.layer in ("S2", "S4"):
        if variant is Variant.MODERN:
            return (np.full((2, 2), 0.25, np.float32),), None
        coefficient, bias = _numpy(layer.coefficient), _numpy(layer.bias)
        return (np.full((2, 2), coefficient[unit.map], np.float32),), float(bias[unit.map])
    weight, biases = _numpy(layer.weight), _numpy(layer.bias)
    if weight.ndim == 3:  # C3 of the Original: the kernels that exist, row by row of Table I
        first = sum(len(row) for row in TABLE_I[: unit.map])
        return tuple(weight[first : first + len(TABLE_I[unit.map])]), float(biases[unit.map])
    return tuple(weight[unit.map]), float(biases[unit.map])


def _full(network: LeNet5, reading: Reading, unit: Unit) -> tuple[tuple[Source, ...], float | None]:
    """F6 and the output, which see all units below."""
    if not 0 <= unit.map < (84 if unit.layer == "F6" else 10):
        raise ValueError(f"there is no unit {unit.map} of {unit.layer}")
    shape = C5_SHAPE if unit.layer == "F6" else F6_SHAPE
    inputs = reading.activations[BELOW[unit.layer]].reshape(shape)
    if unit.layer == "output" and reading.variant is Variant.ORIGINAL:
        code = np.array(CODES[unit.map], np.float32).reshape(shape)
        return (Source(0, None, inputs, code, np.square(inputs - code)),), None
    layer = network.get_submodule(unit.layer)
    weights = _numpy(layer.weight)[unit.map].reshape(shape)
    bias = float(_numpy(layer.bias)[unit.map])
    return (Source(0, None, inputs, weights, inputs * weights),), bias


def _numpy(parameter: object) -> Floats:
    assert isinstance(parameter, Tensor)  # noqa: S101 - of a layer of ours
    values: Floats = parameter.detach().numpy()
    return values
