"""The two columns: nothing overlaps, everything has its room, and both sides mirror each other."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.gui.views.compare.layout import columns, digit_label, label_width, pair_maker
from lenet_gui.gui.views.compare.panels import (
    SIDES,
    cell_of,
    counterpart,
    pair_panels,
    panel_name,
    side_of,
    unit_of,
)
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import FEATURE_LAYERS, GEOMETRY, OUTPUT, UNIT_LAYERS, Unit, unit_at
from lenet_gui.pictures.grid.layout import GridLayout, Rect, Room, Type
from lenet_gui.pictures.grid.panel import Cell

PANELS = pair_panels((Variant.ORIGINAL, Variant.MODERN), (True, False))
LINES = {Type.TITLE: 16.0, Type.SMALL: 12.0, Type.BOLD: 12.0}


def measure(text: str, type_: Type) -> float:
    return len(text) * (6.0 if type_ is Type.TITLE else 4.5)


LABEL = label_width(measure)


def placed(
    width: float, height: float, ratio: float = 1.0, gaps: tuple[str, ...] = ()
) -> GridLayout:
    return pair_maker(PANELS, gaps)(Room(width, height, ratio, measure, LINES))


def pictures(layout: GridLayout, side: int) -> list[Rect]:
    names = [panel_name(side, layer) for layer in UNIT_LAYERS]
    return [rect for name in names for rect in layout.by_name[name].pictures]


def factor(layout: GridLayout, layer: str) -> int:
    return layout.by_name[panel_name(0, layer)].cell[0]


@given(
    width=st.integers(440, 1400),
    height=st.integers(100, 1200),
    ratio=st.sampled_from((1.0, 1.25, 1.5, 2.0)),
    gaps=st.sampled_from(((), ("F6",), FEATURE_LAYERS)),
)
@settings(max_examples=60)
def test_nothing_overlaps_or_leaves_its_column(
    width: int, height: int, ratio: float, gaps: tuple[str, ...]
) -> None:
    layout = placed(width, height, ratio, gaps)
    a, b = pictures(layout, 0), pictures(layout, 1)
    for one, other in combinations([*a, *b, *layout.labels.values()], 2):
        assert not one.overlaps(other)
    assert min(one.x for one in a) >= LABEL * ratio
    assert max(one.right for one in a) < min(one.x for one in b)
    assert max(one.right for one in b) <= width * ratio
    found = columns(width - 4, ratio, LABEL).lefts
    step = found[1] - found[0]
    assert [(one.x + step, one.y, one.width) for one in a] == [(o.x, o.y, o.width) for o in b]
    assert max(one.bottom for one in (*a, *layout.labels.values())) <= layout.height
    assert layout.height == max(round(height * ratio), placed(width, 0, ratio, gaps).height)
    for side in (0, 1):
        cells = layout.by_name[panel_name(side, OUTPUT)].bounds
        mark = round(2 * ratio)  # of the answer, round its cell
        assert layout.labels[digit_label(side, 0)].y >= cells.bottom + mark
    for layer in UNIT_LAYERS:
        lines = 2 if layer in gaps else 1
        assert layout.labels[layer].height >= round((16 + lines * 12) * ratio)
        assert layout.labels[layer].y == layout.by_name[panel_name(0, layer)].bounds.y


def test_a_larger_room_has_larger_maps() -> None:
    small, large = placed(482, 394), placed(884, 604)
    for layer in UNIT_LAYERS:
        assert factor(large, layer) >= factor(small, layer)
    grown = sum(each.bounds.height for each in large.panels)
    assert grown > 1.3 * sum(each.bounds.height for each in small.panels)
    assert small.height == 394  # the usual window needs no scrolling
    assert small.width == 482


def test_every_unit_is_found_where_it_lies() -> None:
    layout = placed(482, 394)
    for side in SIDES:
        for layer in UNIT_LAYERS:
            shape = GEOMETRY[layer]
            for number in range(shape.pictures):
                for row in {0, shape.rows - 1}:
                    for column in {0, shape.columns - 1}:
                        unit = unit_at(layer, number, row, column)
                        box = layout.box(cell_of(side, unit))
                        found = layout.at(box.x + box.width / 2, box.y + box.height / 2)
                        assert found is not None
                        assert (side_of(found), unit_of(found)) == (side, unit)
    assert layout.at(0, 7) is None
    assert layout.at(pictures(layout, 0)[0].x - 1, 7) is None
    assert layout.label_at(5, 7) == "C1"
    assert layout.label_at(5, layout.labels[OUTPUT].y - 1) is None


def test_the_keys_stay_in_a_column_and_go_on_in_the_other_at_its_end() -> None:
    layout = placed(482, 394)
    last = Unit("C3", 7, 4, 9)
    assert unit_of(layout.step(cell_of(0, last), 1, 0)) == Unit("C3", 8, 4, 0)
    assert layout.step(cell_of(1, Unit("C3", 8, 4, 0)), -1, 0) == cell_of(1, last)
    end, start = cell_of(0, Unit("C3", 15, 4, 9)), cell_of(1, Unit("C3", 0, 4, 0))
    assert layout.step(end, 1, 0) == start
    assert layout.step(start, -1, 0) == end
    for cell in (cell_of(0, Unit("C3", 0, 4, 0)), cell_of(1, Unit("C3", 15, 4, 9))):
        assert layout.step(cell, -1 if side_of(cell) == 0 else 1, 0) == cell
    for side in SIDES:
        below = layout.step(cell_of(side, Unit("C1", 5, 27, 27)), 0, 1)
        assert (side_of(below), unit_of(below).layer) == (side, "S2")
        assert layout.step_panel(cell_of(side, Unit(OUTPUT, 3)), 1) == cell_of(
            side, Unit(OUTPUT, 3)
        )


def test_a_unit_of_another_network_than_the_one_shown_is_no_unit_of_the_other_views() -> None:
    cell = Cell("A C3", 2, 3, 4)
    words = {panel.name: panel.words for panel in PANELS}
    assert words["A C3"].unit(cell) == unit_of(cell) == Unit("C3", 2, 3, 4)
    assert words["B C3"].unit(counterpart(cell)) is None
    assert words["B C3"].cell(counterpart(cell)) == "B C3 map 2, row 3, column 4"
    assert words["A output"].cell(Cell("A output", 0, 0, 3)).endswith("distance to its code")
    assert words["B output"].cell(Cell("B output", 0, 0, 3)) == "B output 3, the logit"
