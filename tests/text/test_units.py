"""Names of layers, maps and units: one for each, and as they are told."""

import pytest

from lenet_gui.net.architecture import Variant
from lenet_gui.net.audit import audit
from lenet_gui.net.layers import GEOMETRY, INPUT, LAYERS, OUTPUT, UNIT_LAYERS, Unit, unit_at
from lenet_gui.text.units import (
    kernel_name,
    layer_name,
    layer_size,
    map_name,
    picture_name,
    source_name,
    unit_name,
    unit_value,
)


def test_layers() -> None:
    assert [layer_name(layer) for layer in LAYERS] == [
        *("Input", "C1", "S2", "C3", "S4", "C5", "F6", "Output")
    ]
    assert [layer_size(layer) for layer in (INPUT, "C1", "S4", "C5", OUTPUT)] == [
        *("32×32", "6 @ 28×28", "16 @ 5×5", "120", "10")
    ]
    for facts in audit(Variant.ORIGINAL).layers:
        assert layer_size(facts.name).startswith(str(facts.maps))


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("layer", UNIT_LAYERS)
def test_no_two_units_have_one_name(layer: str, variant: Variant) -> None:
    geometry = GEOMETRY[layer]
    names = {
        unit_name(unit_at(layer, picture, row, column), variant)
        for picture in range(geometry.pictures)
        for row in range(geometry.rows)
        for column in range(geometry.columns)
    }
    assert len(names) == geometry.units


def test_units_and_maps() -> None:
    assert unit_name(Unit("C3", 12, 4, 7), Variant.MODERN) == "C3 map 12, row 4, column 7"
    assert unit_name(Unit("F6", 20), Variant.MODERN) == "F6 unit 20"
    assert unit_name(Unit(OUTPUT, 3), Variant.MODERN) == "output 3, the logit"
    assert unit_name(Unit(OUTPUT, 3), Variant.ORIGINAL) == "output 3, the distance to its code"
    assert [map_name(layer, 2) for layer in ("S2", "C5", OUTPUT)] == [
        *("S2 map 2", "C5 unit 2", "output 2")
    ]
    assert [picture_name(layer, 0) for layer in (INPUT, "C1", "F6", OUTPUT)] == [
        *("Input", "C1 map 0", "F6", "Output")
    ]


def test_values_of_units() -> None:
    assert unit_value("C3", -0.25) == "−0.2500"
    assert unit_value(OUTPUT, 3.456) == "3.46"


def test_what_feeds_a_unit() -> None:
    assert [source_name(layer, 3) for layer in ("C1", "C3", "F6", OUTPUT)] == [
        *("input", "S2 3", "C5", "F6")
    ]
    assert kernel_name("C1", 3, 0) == "C1 map 3"
    assert kernel_name("C3", 7, 2) == "C3 map 7 from S2 map 2"
    assert kernel_name("C5", 40, 11) == "C5 unit 40 from S4 map 11"
