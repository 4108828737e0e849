"""Every weight has one place on the sheet, at every width and pixel ratio; the keys find it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.explore.weights import Kind, WeightPictures, weight_pictures
from lenet_gui.gui.views.weights.layout import (
    WeightsLayout,
    head_name,
    kind_name,
    weights_maker,
)
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.pictures.grid.layout import Room, Type
from lenet_gui.pictures.grid.panel import Cell

PICTURES = {variant: weight_pictures(build(variant)) for variant in Variant}


def laid_out(pictures: WeightPictures, width: float, ratio: float = 1.0) -> WeightsLayout:
    lines = {Type.TITLE: 18.0, Type.SMALL: 14.0, Type.BOLD: 14.0}
    room = Room(width, 0, ratio, lambda text, _type: 6.0 * len(text), lines)
    layout = weights_maker(pictures.shown)(room)
    assert isinstance(layout, WeightsLayout)
    return layout


@settings(max_examples=30)
@given(st.sampled_from(list(Variant)), st.integers(0, 1600), st.sampled_from([1.0, 1.25, 2.0]))
def test_nothing_overlaps_and_everything_lies_on_the_sheet(
    variant: Variant, width: int, ratio: float
) -> None:
    layout = laid_out(PICTURES[variant], width, ratio)
    places = [rect for placed in layout.panels for rect in placed.pictures]
    for number, one in enumerate(places):
        assert 0 <= one.x < one.right <= layout.width
        assert 0 <= one.y < one.bottom <= layout.height
        assert not any(one.overlaps(other) for other in places[number + 1 :])
        assert not any(one.overlaps(label) for label in layout.labels.values())
    words = list(layout.labels.values())
    for number, one in enumerate(words):
        assert 0 <= one.x < one.right <= layout.width
        assert not any(one.overlaps(other) for other in words[number + 1 :])
    for part in PICTURES[variant].shown:
        if (part.layer, part.kind) != ("C3", Kind.KERNELS):  # whose rows have heads
            assert kind_name(part) in layout.labels
    assert sum(placed.panel.count for placed in layout.panels) == sum(
        part.count for part in PICTURES[variant].shown
    )


@given(st.sampled_from(list(Variant)), st.integers(440, 1200), st.data())
def test_every_weight_is_found_where_it_lies(
    variant: Variant, width: int, data: st.DataObject
) -> None:
    layout = laid_out(PICTURES[variant], width)
    panel = data.draw(st.sampled_from(layout.panels)).panel
    cell = panel.cell_at(data.draw(st.integers(0, panel.count - 1)))
    box = layout.box(cell)
    assert layout.at(box.x + box.width / 2, box.y + box.height / 2) == cell


@given(
    st.sampled_from(list(Variant)), st.data(), st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)])
)
def test_the_keys_stay_in_their_line_and_never_leave_the_sheet(
    variant: Variant, data: st.DataObject, way: tuple[int, int]
) -> None:
    layout = laid_out(PICTURES[variant], 700)
    panel = data.draw(st.sampled_from(layout.panels)).panel
    cell = panel.cell_at(data.draw(st.integers(0, panel.count - 1)))
    five = cell
    for _ in range(5):
        before, five = layout.box(five), layout.step(five, *way)
        after = layout.box(five)
        assert layout.has(five)
        if way[0]:  # along a line
            assert after.y < before.bottom
            assert before.y < after.bottom
    assert layout.leap(cell, *way) == five


def test_the_columns_and_rows_of_table_1_stand_under_and_beside_their_heads() -> None:
    pictures = PICTURES[Variant.ORIGINAL]
    layout = laid_out(pictures, 700)
    kernels = layout.by_name["C3.weight"]
    for (s2_map, c3_map), rect in zip(
        pictures.part("C3.weight").places, kernels.pictures, strict=True
    ):
        column, row = layout.labels[head_name("C3", c3_map)], layout.labels[head_name("S2", s2_map)]
        assert (column.x, column.width) == (rect.x, rect.width)
        assert rect.y <= row.y + row.height / 2 < rect.bottom
        assert column.bottom <= rect.y
        assert row.right <= rect.x


@pytest.mark.parametrize("variant", Variant)
def test_the_page_keys_go_from_layer_to_layer(variant: Variant) -> None:
    layout, cell = laid_out(PICTURES[variant], 700), Cell("C1.bias", 3, 0, 0)
    went = [cell.panel]
    for _ in range(7):
        cell = layout.step_panel(cell, 1)
        went.append(cell.panel)
    between = ["S2.coefficient", "C3.weight", "S4.coefficient", "C5.weight", "F6.weight"]
    if variant is Variant.MODERN:
        between = ["C3.weight", "C5.weight", "F6.weight"]
    last = "output.codes" if variant is Variant.ORIGINAL else "output.weight"
    assert list(dict.fromkeys(went)) == ["C1.bias", *between, last]
