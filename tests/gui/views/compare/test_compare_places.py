"""The two columns: nothing overlaps, everything has its room, and both sides mirror each other."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.gui.views.compare.places import SIDES, PairLayout, lay_out
from lenet_gui.gui.widgets.places import Rect
from lenet_gui.net.layers import GEOMETRY, OUTPUT, UNIT_LAYERS, unit_at

LABEL, LINE = 100.0, 12.0


def placed(width: float, height: float, ratio: float = 1.0, lines: int = 2) -> PairLayout:
    labels = dict.fromkeys(UNIT_LAYERS, 16.0 + (lines - 1) * LINE)
    return lay_out((width, height), ratio, LABEL, labels, LINE)


def pictures(layout: PairLayout, side: int) -> list[Rect]:
    return [
        layout.picture(side, layer, number)
        for layer in UNIT_LAYERS
        for number in range(GEOMETRY[layer].pictures)
    ]


@given(
    width=st.integers(410, 1400),
    height=st.integers(100, 1200),
    ratio=st.sampled_from((1.0, 1.25, 1.5, 2.0)),
    lines=st.integers(2, 3),
)
@settings(max_examples=60)
def test_nothing_overlaps_or_leaves_its_column(
    width: int, height: int, ratio: float, lines: int
) -> None:
    layout = placed(width, height, ratio, lines)
    a, b = pictures(layout, 0), pictures(layout, 1)
    for one, other in combinations([*a, *b], 2):
        assert not one.overlaps(other)
    assert min(one.x for one in a) >= LABEL * ratio
    assert max(one.right for one in a) < layout.columns.lefts[1] <= min(one.x for one in b)
    assert max(one.right for one in b) <= width * ratio
    step = layout.columns.lefts[1] - layout.columns.lefts[0]
    assert [(one.x + step, one.y, one.width) for one in a] == [(o.x, o.y, o.width) for o in b]
    last = layout.rows[-1]
    assert last.top + last.height <= max(height * ratio, layout.least)
    for row, below in zip(layout.rows, layout.rows[1:], strict=False):
        assert row.top + row.height < below.top
        assert row.height >= round((16 + (lines - 1) * LINE) * ratio)


def test_a_larger_room_has_larger_maps() -> None:
    small, large = placed(478, 390), placed(880, 600)
    for layer in UNIT_LAYERS:
        assert large.row(layer).factor >= small.row(layer).factor
    assert sum(row.factor for row in large.rows) > 1.3 * sum(row.factor for row in small.rows)
    assert small.least <= 390  # the usual window needs no scrolling


def test_every_unit_is_found_where_it_lies() -> None:
    layout = placed(478, 390)
    for side in SIDES:
        for layer in UNIT_LAYERS:
            shape = GEOMETRY[layer]
            for number in range(shape.pictures):
                for row in {0, shape.rows - 1}:
                    for column in {0, shape.columns - 1}:
                        unit = unit_at(layer, number, row, column)
                        cell = layout.cell(side, unit)
                        middle = cell.x + cell.width / 2, cell.y + cell.height / 2
                        assert layout.at(*middle) == (side, unit)
    assert layout.at(0, 5) is None
    assert layout.at(layout.columns.lefts[0] - 1, 5) is None
    assert layout.row_at(5) == layout.row("C1")
    assert layout.row_at(layout.row(OUTPUT).top - 1) is None
