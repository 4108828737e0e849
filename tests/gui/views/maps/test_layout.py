"""The network view's places: nothing overlaps, everything is inside, factors are whole."""

from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lenet_gui.gui.views.maps.layout import lay_out
from lenet_gui.gui.views.maps.layout_choice import TextSizes
from lenet_gui.net.layers import ACTIVATION_LAYERS, GEOMETRY, LAYERS, Unit

TEXT = TextSizes(112, 40, 230, 7, 12)

rooms = st.tuples(
    st.integers(0, 2600),
    st.integers(0, 2000),
    st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0, 3.0]),
    st.builds(
        TextSizes,
        st.floats(60, 200),
        st.floats(24, 80),
        st.floats(120, 400),
        st.floats(4, 14),
        st.floats(8, 30),
    ),
)


@given(rooms)
@example((352, 372, 1.0, TextSizes(60.0, 39.0, 120.0, 4.0, 8.0)))  # a label taller than the input
@settings(max_examples=60)
def test_nothing_overlaps_and_everything_is_inside(room):
    width, height, ratio, text = room
    layout = lay_out(width, height, ratio, text)
    places = list(layout.everything())
    for one, other in combinations(places, 2):
        assert not one.overlaps(other)
    for place in places:
        assert place.x >= 0
        assert place.y >= 0
        assert place.width > 0
        assert place.height > 0
        assert place.right <= layout.width
        assert place.bottom <= layout.height


@given(rooms)
@settings(max_examples=60)
def test_every_picture_is_its_units_times_one_whole_factor_of_its_row(room):
    layout = lay_out(*room)
    assert [row.layer for row in layout.rows] == list(LAYERS)
    for row in layout.rows:
        assert isinstance(row.factor, int)
        assert row.factor >= 1
        assert len(row.pictures) == GEOMETRY[row.layer].pictures
        assert len(row.pictures) * row.rows * row.columns == GEOMETRY[row.layer].units
        for picture in row.pictures:
            assert (picture.height, picture.width) == (
                row.rows * row.factor,
                row.columns * row.factor,
            )
    by = layout.by_layer
    assert by["S2"].factor == 2 * by["C1"].factor
    assert by["S4"].factor == 2 * by["C3"].factor


@given(rooms)
@settings(max_examples=60)
def test_a_room_that_holds_the_smallest_view_is_not_exceeded(room):
    width, height, ratio, text = room
    least = lay_out(0, 0, ratio, text)
    layout = lay_out(width, height, ratio, text)
    device = int(width * ratio), int(height * ratio)
    if device[0] >= least.width and device[1] >= least.height:
        assert (layout.width, layout.height) == device


@given(rooms, st.data())
@settings(max_examples=40)
def test_a_point_in_a_units_rectangle_finds_that_unit(room, data):
    layout = lay_out(*room)
    row = data.draw(st.sampled_from(layout.rows))
    picture = data.draw(st.integers(0, len(row.pictures) - 1))
    line = data.draw(st.integers(0, row.rows - 1))
    column = data.draw(st.integers(0, row.columns - 1))
    place = row.pictures[picture]
    unit = layout.unit_under(
        place.x + (column + 0.5) * row.factor, place.y + (line + 0.5) * row.factor
    )
    assert unit is not None
    if row.layer in ("C5", "F6", "output"):
        assert unit == Unit(row.layer, line * row.columns + column)
    else:
        assert unit == Unit(row.layer, picture, line, column)
    cell = layout.cell(unit)
    assert cell.contains(place.x + (column + 0.5) * row.factor, place.y + (line + 0.5) * row.factor)


@given(rooms)
@settings(max_examples=30)
def test_the_arrow_keys_reach_every_picture(room):
    layout = lay_out(*room)
    everything = {
        (layer, index) for layer in ACTIVATION_LAYERS for index in range(GEOMETRY[layer].pictures)
    }
    reached, edge = {("C1", 0)}, [("C1", 0)]
    while edge:
        here = edge.pop()
        for step in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            there = layout.neighbour(*here, *step)
            if there is not None and there not in reached:
                reached.add(there)
                edge.append(there)
    assert reached == everything


def test_the_small_window_shows_all_at_twice_the_size():
    layout = lay_out(510, 484, 1.0, TEXT)
    assert (layout.width, layout.height) == (510, 484)
    assert layout.by_layer["C1"].factor == 2
    assert layout.by_layer["C3"].factor == 4


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_maps_grow_with_the_room(ratio):
    sides = []
    for size in ((510, 484), (1000, 800), (2000, 1660)):
        by = lay_out(*size, ratio, TEXT).by_layer
        sides.append(by["C1"].pictures[0].width * by["C3"].pictures[0].width)
    assert sides == sorted(set(sides))
    assert sides[-1] > 8 * sides[0]


def test_a_screen_of_twice_the_pixels_has_maps_of_at_least_twice_the_pixels():
    once, twice = (lay_out(510, 484, ratio, TEXT).by_layer for ratio in (1.0, 2.0))
    for layer in ("C1", "C3"):
        assert twice[layer].factor >= 2 * once[layer].factor
