"""The places of the maps: nothing overlaps, everything is inside, factors are whole."""

from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lenet_gui.gui.views.maps.layout import NOTE, NOTE_SCALE, caption_of, network_maker, scale_of
from lenet_gui.gui.views.maps.text import totals
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import ACTIVATION_LAYERS, GEOMETRY, LAYERS, OUTPUT, Unit
from lenet_gui.pictures.colours import Scale
from lenet_gui.pictures.grid.layers import cell_of
from lenet_gui.pictures.grid.layout import GridLayout, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell

TOTALS = {totals(variant) for variant in Variant}


def room_of(
    width: float,
    height: float,
    ratio: float,
    label: float = 104.0,
    note: float = 230.0,
    digit: float = 7.0,
    lines: tuple[float, float] = (12.0, 12.0),
) -> Room:
    """A room whose type is so wide and high, whatever the words: title, then small."""

    def measure(text: str, type_: Type) -> float:
        if text in TOTALS:
            return note
        if text == "0":
            return digit
        return label / 2 if type_ is Type.TITLE else label / 2 if "@" in text else label / 3

    title, small = lines
    return Room(width, height, ratio, measure, dict(zip(Type, (title, small, small), strict=True)))


rooms = st.builds(
    room_of,
    st.integers(0, 2600),
    st.integers(0, 2000),
    st.sampled_from([1.0, 1.25, 1.5, 1.75, 2.0, 3.0]),
    st.floats(52, 192),
    st.floats(120, 400),
    st.floats(4, 14),
    st.tuples(st.floats(4, 40), st.floats(8, 30)),
)
makers = st.builds(network_maker, st.sampled_from(Variant), st.sampled_from(Scale))
ORIGINAL = network_maker(Variant.ORIGINAL, Scale.PER_LAYER)


def everything(layout: GridLayout) -> list[Rect]:
    pictures = [picture for placed in layout.panels for picture in placed.pictures]
    return [*pictures, *layout.labels.values()]


@given(makers, rooms)
# A label that is taller than the input.
@example(ORIGINAL, room_of(352, 372, 1.0, 52.0, 120.0, 4.0, (19.0, 8.0)))
@settings(max_examples=60)
def test_nothing_overlaps_and_everything_is_inside(maker, room):
    layout = maker(room)
    places = everything(layout)
    for one, other in combinations(places, 2):
        assert not one.overlaps(other)
    for place in places:
        assert place.x >= 0
        assert place.y >= 0
        assert place.width > 0
        assert place.height > 0
        assert place.right <= layout.width
        assert place.bottom <= layout.height


@given(makers, rooms)
@settings(max_examples=60)
def test_every_picture_is_its_units_times_one_whole_factor_of_its_row(maker, room):
    layout = maker(room)
    assert [placed.panel.name for placed in layout.panels] == list(LAYERS)
    for placed in layout.panels:
        panel, (factor, high) = placed.panel, placed.cell
        assert factor == high >= 1
        assert len(placed.pictures) == GEOMETRY[panel.name].pictures
        assert panel.count == GEOMETRY[panel.name].units
        for picture in placed.pictures:
            assert (picture.height, picture.width) == (panel.rows * factor, panel.columns * factor)
    cells = {name: placed.cell[0] for name, placed in layout.by_name.items()}
    assert cells["S2"] == 2 * cells["C1"]
    assert cells["S4"] == 2 * cells["C3"]


@given(makers, rooms)
@settings(max_examples=60)
def test_a_room_that_holds_the_smallest_view_is_not_exceeded(maker, room):
    least, layout = maker(room.least), maker(room)
    device = int(room.width * room.ratio), int(room.height * room.ratio)
    if device[0] >= least.width and device[1] >= least.height:
        assert (layout.width, layout.height) == device


@given(rooms, st.data())
@settings(max_examples=40)
def test_a_point_in_a_units_rectangle_finds_that_unit(room, data):
    layout = ORIGINAL(room)
    placed = data.draw(st.sampled_from(layout.panels))
    panel, (side, _) = placed.panel, placed.cell
    cell = panel.cell_at(data.draw(st.integers(0, panel.count - 1)))
    place = placed.pictures[cell.picture]
    point = place.x + (cell.column + 0.5) * side, place.y + (cell.row + 0.5) * side
    assert layout.at(*point) == cell
    assert layout.box(cell).contains(*point)
    if panel.name == "Input":
        return
    unit = panel.words.unit(cell)
    if panel.name in ("C5", "F6", "output"):
        assert unit == Unit(panel.name, cell.row * panel.columns + cell.column)
    else:
        assert unit == Unit(panel.name, cell.picture, cell.row, cell.column)
    assert cell_of(unit, panel) == cell


@given(rooms)
@settings(max_examples=30)
def test_the_arrow_keys_reach_every_map_and_not_the_output(room):
    layout = ORIGINAL(room)
    maps = {
        Cell(layer, index, 0, 0)
        for layer in ACTIVATION_LAYERS
        for index in range(GEOMETRY[layer].pictures)
    }
    reached, edge = {Cell("C1", 0, 0, 0)}, [Cell("C1", 0, 0, 0)]
    while edge:
        here = edge.pop()
        for step in ((-1, 0), (1, 0), (0, -1), (0, 1)):
            there = layout.step_picture(here, *step)
            if there not in reached:
                reached.add(there)
                edge.append(there)
    assert reached == maps
    last = Cell("F6", 0, 0, 0)
    assert layout.step_panel(last, 1) == last


def test_the_small_window_shows_all_at_twice_the_size():
    layout = ORIGINAL(room_of(510, 484, 1.0))
    assert (layout.width, layout.height) == (510, 484)
    assert layout.by_name["C1"].cell == (2, 2)
    assert layout.by_name["C3"].cell == (4, 4)


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_maps_grow_with_the_room(ratio):
    sides = []
    for size in ((510, 484), (1000, 800), (2000, 1660)):
        by = ORIGINAL(room_of(*size, ratio)).by_name
        sides.append(by["C1"].pictures[0].width * by["C3"].pictures[0].width)
    assert sides == sorted(set(sides))
    assert sides[-1] > 8 * sides[0]


def test_a_screen_of_twice_the_pixels_has_maps_of_at_least_twice_the_pixels():
    once, twice = (ORIGINAL(room_of(510, 484, ratio)).by_name for ratio in (1.0, 2.0))
    for layer in ("C1", "C3"):
        assert twice[layer].cell[0] >= 2 * once[layer].cell[0]


@pytest.mark.parametrize("scale", Scale)
def test_there_is_a_place_for_all_that_is_said(scale):
    labels = set(network_maker(Variant.MODERN, scale)(room_of(700, 600, 1.0)).labels)
    rows = {place(layer) for layer in LAYERS for place in (caption_of, scale_of)}
    shared = {NOTE_SCALE} if scale is Scale.GLOBAL else set()
    assert labels == rows | {NOTE} | {str(digit) for digit in range(10)} | shared
    assert scale_of(OUTPUT) in labels


def test_maps_stand_further_apart_where_width_is_left():
    """Where the height keeps them from being larger."""
    usual, wide = (
        network_maker(Variant.ORIGINAL, Scale.PER_MAP)(room_of(width, 620, 1.0))
        for width in (700, 820)
    )
    one, other = (layout.by_name["C1"] for layout in (usual, wide))
    assert other.cell == one.cell
    assert other.bounds.width > 1.1 * one.bounds.width
