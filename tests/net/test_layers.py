"""The one geometry: units and the cells that show them, steps between them, what feeds what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.net.architecture import TABLE_I, Variant
from lenet_gui.net.audit import audit
from lenet_gui.net.layers import (
    GEOMETRY,
    INPUT,
    LAYERS,
    MAP_LAYERS,
    OUTPUT,
    UNIT_LAYERS,
    Unit,
    fed_maps,
    feeding_maps,
    layer_below,
    middle_of,
    moved,
    next_layer,
    place_of,
    unit_at,
)
from lenet_gui.net.lenet5 import build

layers = st.sampled_from(LAYERS)
steps = st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)])


@st.composite
def units(draw: st.DrawFn) -> Unit:
    layer = draw(layers)
    geometry = GEOMETRY[layer]
    inside = st.integers(0, geometry.side - 1)
    return Unit(layer, draw(st.integers(0, geometry.maps - 1)), draw(inside), draw(inside))


def is_there(unit: Unit) -> bool:
    geometry = GEOMETRY[unit.layer]
    sides = range(geometry.side)
    return unit.map in range(geometry.maps) and unit.row in sides and unit.column in sides


@given(units())
def test_a_unit_is_the_unit_of_the_cell_that_shows_it(unit: Unit) -> None:
    geometry, place = GEOMETRY[unit.layer], place_of(unit)
    assert place.picture in range(geometry.pictures)
    assert place.row in range(geometry.rows)
    assert place.column in range(geometry.columns)
    assert unit_at(unit.layer, *place) == unit


@given(st.integers(0, 119), st.sampled_from([15, 20, 24, 30, 40, 60]))
def test_c5_may_be_laid_out_otherwise(number: int, columns: int) -> None:
    unit = Unit("C5", number)
    place = place_of(unit, columns)
    assert place == (0, number // columns, number % columns)
    assert unit_at("C5", *place, columns) == unit


@pytest.mark.parametrize("layer", LAYERS)
def test_every_unit_is_shown_by_one_cell(layer: str) -> None:
    geometry = GEOMETRY[layer]
    shown = {
        unit_at(layer, picture, row, column)
        for picture in range(geometry.pictures)
        for row in range(geometry.rows)
        for column in range(geometry.columns)
    }
    assert len(shown) == geometry.units == geometry.pictures * geometry.rows * geometry.columns
    assert all(is_there(unit) for unit in shown)


@given(units(), steps)
def test_a_step_stays_in_the_layer_and_leads_to_a_neighbour_or_nowhere(
    unit: Unit, step: tuple[int, int]
) -> None:
    there = moved(unit, *step)
    assert there.layer == unit.layer
    assert is_there(there)
    if there != unit:
        assert moved(there, -step[0], -step[1]) == unit


def test_steps_over_the_borders_of_maps() -> None:
    assert moved(Unit("C3", 4, 3, 9), 1, 0) == Unit("C3", 5, 3, 0)
    assert moved(Unit("C3", 4, 3, 0), -1, 0) == Unit("C3", 3, 3, 9)
    assert moved(Unit("C3", 15, 3, 9), 1, 0) == Unit("C3", 15, 3, 9)
    assert moved(Unit("F6", 8), 0, 1) == Unit("F6", 15)


def test_the_middle_of_a_layer_is_in_its_first_picture() -> None:
    assert middle_of("C1") == Unit("C1", 0, 14, 14)
    assert middle_of("C5") == Unit("C5", 4 * 15 + 7)
    assert middle_of(OUTPUT) == Unit(OUTPUT, 5)
    assert all(is_there(middle_of(layer)) for layer in LAYERS)


def test_the_order_of_the_layers() -> None:
    assert [layer_below(layer) for layer in UNIT_LAYERS] == list(LAYERS[:-1])
    with pytest.raises(ValueError, match="not in"):
        layer_below(INPUT)
    assert [next_layer("S4", step) for step in (-9, -1, 0, 1, 9)] == [
        "C1",
        "C3",
        "S4",
        "C5",
        OUTPUT,
    ]


@pytest.mark.parametrize("variant", Variant)
def test_the_sizes_are_those_of_the_audit_and_of_the_built_network(variant: Variant) -> None:
    for facts in audit(variant).layers:
        geometry = GEOMETRY[facts.name]
        assert (facts.maps, facts.height, facts.width) == (
            geometry.maps,
            geometry.side,
            geometry.side,
        )
    biases = {
        name.removesuffix(".bias"): len(bias)
        for name, bias in build(variant).named_parameters()
        if name.endswith(".bias")
    }
    assert biases == {layer: GEOMETRY[layer].maps for layer in biases}


@pytest.mark.parametrize("variant", Variant)
@pytest.mark.parametrize("layer", LAYERS[:-1])
def test_a_map_feeds_the_maps_that_it_feeds(variant: Variant, layer: str) -> None:
    above = LAYERS[LAYERS.index(layer) + 1]
    for number in range(GEOMETRY[layer].maps):
        fed = fed_maps(variant, layer, number)
        for other in range(GEOMETRY[above].maps):
            assert (number in feeding_maps(variant, above, other)) == (other in fed)


def test_table_i_and_the_layers_that_take_map_by_map() -> None:
    assert tuple(feeding_maps(Variant.ORIGINAL, "C3", number) for number in range(16)) == TABLE_I
    assert feeding_maps(Variant.MODERN, "C3", 3) == tuple(range(6))
    for variant in Variant:
        assert feeding_maps(variant, "S4", 11) == (11,)
        assert feeding_maps(variant, "C1", 5) == (0,)
        assert feeding_maps(variant, "C5", 119) == tuple(range(16))


@pytest.mark.parametrize(("layer", "number"), [("C3", 16), ("C1", -1), (INPUT, 0), ("F7", 0)])
def test_maps_that_nothing_feeds_are_refused(layer: str, number: int) -> None:
    with pytest.raises(ValueError, match=r"no map|not in"):
        feeding_maps(Variant.ORIGINAL, layer, number)


def test_the_maps_that_are_pictures_of_their_own() -> None:
    assert tuple(one for one in LAYERS if GEOMETRY[one].pictures > 1) == MAP_LAYERS
