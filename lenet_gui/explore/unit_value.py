"""Adds up a unit again, from the activations below it and the network's own weights."""

import numpy as np
from torch import Tensor

from lenet_gui.explore.explanation import Explanation, Source
from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.net.architecture import TABLE_I, Variant
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import GEOMETRY, OUTPUT, Unit, feeding_maps, layer_below
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.network_kind import POOLING_LAYERS, NetworkKind
from lenet_gui.net.receptive_field import Square, fed_by, receptive_field


def explain(network: LeNet5, reading: Reading, unit: Unit) -> Explanation:
    """Takes one unit apart.

    The network must be the one of the reading, with the weights that it had then.

    Raises:
        ValueError: there is no such unit.
    """
    variant = reading.variant
    if unit.layer in ("F6", OUTPUT):
        sources, bias = _full(network, reading, unit)
        field = receptive_field(unit.layer)
    else:
        field = receptive_field(unit.layer, unit.row, unit.column)
        square = fed_by(unit.layer, unit.row, unit.column)
        maps = feeding_maps(variant, unit.layer, unit.map)
        inputs = reading.values(layer_below(unit.layer))
        kernels, bias = _kernels(network, unit)
        if not kernels:
            kernels = (_pooling(reading.kind, inputs[unit.map], square),)
        sources = tuple(
            _source(below, square, inputs[below], kernel)
            for below, kernel in zip(maps, kernels, strict=True)
        )
    is_distance = unit.layer == OUTPUT and variant is Variant.ORIGINAL
    total = sum(float(source.terms.sum(dtype=np.float64)) for source in sources) + (bias or 0.0)
    return Explanation(
        unit=unit,
        kind=reading.kind,
        field=field,
        sources=sources,
        bias=bias,
        sum=total,
        value=reading.value(unit),
        squashed=reading.kind.squashes(unit.layer),
        is_distance=is_distance,
        class_names=reading.class_names,
    )


def _source(number: int, square: Square, values: Floats, weights: Floats) -> Source:
    inputs = values[square.rows, square.columns]
    return Source(number, square, inputs, weights, inputs * weights)


def _pooling(kind: NetworkKind, values: Floats, square: Square) -> Floats:
    """What a Modern's pooling takes of its four inputs: a quarter of each, or all of the largest.

    Of equal ones the first, which is the one that gradients go to.
    """
    if not kind.takes_maximum:
        return np.full((2, 2), 0.25, np.float32)
    taken = np.zeros((2, 2), np.float32)
    taken.flat[values[square.rows, square.columns].argmax()] = 1
    return taken


def _kernels(network: LeNet5, unit: Unit) -> tuple[tuple[Floats, ...], float | None]:
    """The kernel of each feeding map [h, w], and the bias; nothing where nothing is trained."""
    layer = network.get_submodule(unit.layer)
    if not list(layer.parameters()):
        return (), None
    if unit.layer in POOLING_LAYERS:
        coefficient, bias = _numpy(layer.coefficient), _numpy(layer.bias)
        return (np.full((2, 2), coefficient[unit.map], np.float32),), float(bias[unit.map])
    weight, biases = _numpy(layer.weight), _numpy(layer.bias)
    if weight.ndim == 3:  # C3 of the Original: the kernels that exist, row by row of Table I
        first = sum(len(row) for row in TABLE_I[: unit.map])
        return tuple(weight[first : first + len(TABLE_I[unit.map])]), float(biases[unit.map])
    return tuple(weight[unit.map]), float(biases[unit.map])


def _full(network: LeNet5, reading: Reading, unit: Unit) -> tuple[tuple[Source, ...], float | None]:
    """F6 and the output, which see all units below."""
    if not 0 <= unit.map < GEOMETRY[unit.layer].maps:
        raise ValueError(f"there is no unit {unit.map} of {unit.layer}")
    (inputs,) = reading.pictures(layer_below(unit.layer))
    shape = inputs.shape
    if unit.layer == OUTPUT and reading.variant is Variant.ORIGINAL:
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
