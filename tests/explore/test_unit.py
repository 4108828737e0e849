"""A unit computed anew from its inputs and weights is the unit that the network computed."""

import math
from functools import cache

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.data.ink import INPUT_SIDE, trace_ink
from lenet_gui.data.input_range import to_input
from lenet_gui.data.live_paint import LivePainter
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.unit_value import explain
from lenet_gui.net.architecture import INPUT_RANGE, TABLE_I, InitialWeights, Variant
from lenet_gui.net.layers import Unit, feeding_maps
from lenet_gui.net.lenet5 import LeNet5, build

SIZES = {"C1": (6, 28), "S2": (6, 14), "C3": (16, 10), "S4": (16, 5), "C5": (120, 1)}


@cache
def network_and_reading(variant: Variant) -> tuple[LeNet5, Reading]:
    generator = torch.Generator().manual_seed(3)
    network = build(variant, generator, InitialWeights.INVERSE_SQRT)
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if "bias" in name:
                parameter.uniform_(-0.5, 0.5, generator=generator)
    network.eval().requires_grad_(False)
    image = torch.rand(28, 28, generator=generator).numpy()
    return network, read_digit(network, image)


@st.composite
def units(draw: st.DrawFn) -> Unit:
    layer = draw(st.sampled_from([*SIZES, "F6", "output"]))
    if layer in SIZES:
        maps, side = SIZES[layer]
        place = st.integers(0, side - 1)
        return Unit(layer, draw(st.integers(0, maps - 1)), draw(place), draw(place))
    return Unit(layer, draw(st.integers(0, 83 if layer == "F6" else 9)))


@given(variant=st.sampled_from(Variant), unit=units())
@settings(max_examples=200)
def test_sum_and_value_are_those_of_the_network(variant: Variant, unit: Unit) -> None:
    network, reading = network_and_reading(variant)
    found = explain(network, reading, unit)
    x = torch.tensor(reading.input)[None, None]
    passed = network(x, with_sums=True)
    if unit.layer == "output":
        assert found.value == pytest.approx(float(passed.output[0, unit.map]), rel=1e-5, abs=1e-5)
        assert found.sum == pytest.approx(found.value, rel=1e-5, abs=1e-5)
        assert not found.squashed
        return
    at = (0, unit.map) if unit.layer == "F6" else (0, unit.map, unit.row, unit.column)
    assert found.sum == pytest.approx(float(passed.sums[unit.layer][at]), abs=1e-5)
    assert found.value == pytest.approx(float(passed.activations[unit.layer][at]), abs=1e-5)
    anew = {
        (True, Variant.ORIGINAL): 1.7159 * math.tanh(2 / 3 * found.sum),
        (True, Variant.MODERN): math.tanh(found.sum),
    }
    assert found.value == pytest.approx(anew.get((found.squashed, variant), found.sum), abs=1e-5)


@given(variant=st.sampled_from(Variant), unit=units())
@settings(max_examples=40)
def test_the_inputs_are_those_with_a_gradient(variant: Variant, unit: Unit) -> None:
    network, reading = network_and_reading(variant)
    found = explain(network, reading, unit)
    below = {"C1": None, "S2": "C1", "C3": "S2", "S4": "C3", "C5": "S4", "F6": "C5", "output": "F6"}
    name = below[unit.layer]
    values = reading.input[None] if name is None else reading.activations[name]
    shape = {"F6": (1, 120, 1, 1), "output": (1, 84)}.get(unit.layer, (1, *values.shape))
    leaf = torch.tensor(values).reshape(shape).requires_grad_()
    if unit.layer == "output":
        network.get_submodule("output")(leaf)[0, unit.map].backward()
    else:
        sums = network.sums_of(unit.layer, leaf)
        sums[
            (0, unit.map) if unit.layer == "F6" else (0, unit.map, unit.row, unit.column)
        ].backward()
    gradient = leaf.grad.numpy()
    expected = np.zeros_like(gradient)
    for source in found.sources:
        part = 2 * (source.inputs - source.weights) if found.is_distance else source.weights
        if source.square is None:
            expected += part.reshape(gradient.shape)
        else:
            expected[0, source.map, source.square.rows, source.square.columns] += part
    np.testing.assert_allclose(gradient, expected, atol=1e-6)


def test_c3_is_fed_by_its_row_of_table_i() -> None:
    for c3_map, row in enumerate(TABLE_I):
        assert feeding_maps(Variant.ORIGINAL, "C3", c3_map) == row
        assert feeding_maps(Variant.MODERN, "C3", c3_map) == tuple(range(6))
    network, reading = network_and_reading(Variant.ORIGINAL)
    assert len(explain(network, reading, Unit("C3", 15, 0, 0)).sources) == 6


@pytest.mark.parametrize(
    "unit",
    [Unit("C1", 6, 0, 0), Unit("C3", 0, 10, 0), Unit("F6", 84), Unit("output", -1), Unit("X", 0)],
)
def test_units_that_do_not_exist_are_refused(unit: Unit) -> None:
    network, reading = network_and_reading(Variant.ORIGINAL)
    with pytest.raises((ValueError, KeyError)):
        explain(network, reading, unit)


def means_between(raster: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The mean ink between lines across and down, given in units of the raster's sides."""
    height, width = raster.shape
    x, y = x * width, y * height
    before = np.pad(raster.cumsum(0, np.float64).cumsum(1), ((1, 0), (1, 0)))
    columns = np.array([np.interp(x, np.arange(width + 1), row) for row in before])
    both = np.array([np.interp(y, np.arange(height + 1), column) for column in columns.T]).T
    return np.diff(np.diff(both, axis=0), axis=1) / np.outer(np.diff(y), np.diff(x))


@given(
    x=st.floats(0.1, 0.9), y=st.floats(0.1, 0.9), length=st.floats(0.05, 0.4), tall=st.booleans()
)
@settings(max_examples=40)
def test_a_part_of_the_input_is_found_on_the_sheet(
    x: float, y: float, length: float, tall: bool
) -> None:
    """The ink inside the place of an input's pixel makes that pixel's value."""
    step = (0.0, length) if tall else (length, 0.0)
    points = tuple(PenPoint(x + step[0] * t, y + step[1] * t, 0.08) for t in (0.0, 0.5, 1.0))
    raster = LivePainter().raster(Drawing((Stroke(points),)))
    steps = trace_ink(raster)
    if steps is None:
        return
    places = np.array([steps.on_sheet((n, n, n + 1, n + 1)) for n in range(INPUT_SIDE)])
    x, y = (np.append(places[:, axis], places[-1, axis + 2]) for axis in (0, 1))
    np.testing.assert_allclose(places, np.stack([x[:-1], y[:-1], x[1:], y[1:]], axis=1))
    # What is fainter than a grey level at the rim of the ink was left out.
    np.testing.assert_allclose(means_between(raster, x, y), steps.padded, atol=1 / 255)
    ground, ink = INPUT_RANGE[Variant.ORIGINAL]
    assert to_input(steps.centred, ground, ink).shape == (1, 1, 32, 32)
