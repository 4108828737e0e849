"""Where pictures lie, what lies at a point, and the ways between cells."""

from hypothesis import given
from hypothesis import strategies as st

from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.layout import GridLayout, PlacedPanel, Rect, in_lines
from lenet_gui.pictures.grid.panel import Cell, Panel


class Plain:
    def picture(self, picture: int) -> str:
        return f"picture {picture}"

    def cell(self, cell: Cell) -> str:
        return f"{cell.panel} {cell.picture}, {cell.row}, {cell.column}"

    def value(self, cell: Cell, value: float) -> str:
        return f"{value:g}"

    def unit(self, cell: Cell) -> Unit | None:
        return None


def panels() -> st.SearchStrategy[Panel]:
    counts = st.integers(1, 7)
    return st.builds(Panel, st.just("P"), counts, counts, counts, st.just(Plain()))


@given(panels(), st.integers(1, 400), st.integers(1, 400), st.integers(0, 6), st.integers(1, 9))
def test_pictures_in_lines_do_not_overlap_and_fit_where_they_can(
    panel: Panel, width: int, height: int, gap: int, most: int
) -> None:
    room = Rect(3, 5, width, height)
    placed = in_lines(panel, room, gap, most)
    assert len(placed.pictures) == panel.pictures
    assert placed.cell[0] == placed.cell[1] <= most
    for number, one in enumerate(placed.pictures):
        assert not any(one.overlaps(other) for other in placed.pictures[number + 1 :])
    smallest = in_lines(panel, Rect(3, 5, 0, 0), gap, most)
    assert smallest.cell == (1, 1)
    if placed.cell[0] > 1:
        assert placed.bounds.right <= room.right
        assert placed.bounds.bottom <= room.bottom


@given(panels(), st.data())
def test_every_cell_is_found_where_it_lies(panel: Panel, data: st.DataObject) -> None:
    placed = in_lines(panel, Rect(0, 0, 300, 200), 2, 9)
    layout = GridLayout(300, 200, 1.0, (placed,))
    cell = panel.cell_at(data.draw(st.integers(0, panel.count - 1)))
    box = layout.box(cell)
    assert layout.at(box.x + box.width / 2, box.y + box.height / 2) == cell
    assert panel.cell_at(panel.index_of(cell)) == cell
    assert layout.at(-1, -1) is None


@given(panels(), st.data(), st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]), st.integers(1, 40))
def test_walking_never_leaves_the_grid_and_comes_everywhere(
    panel: Panel, data: st.DataObject, way: tuple[int, int], times: int
) -> None:
    placed = in_lines(panel, Rect(0, 0, 300, 200), 2, 9)
    layout = GridLayout(300, 200, 1.0, (placed,))
    cell = panel.cell_at(data.draw(st.integers(0, panel.count - 1)))
    for _ in range(times):
        after = layout.step(cell, *way)
        assert layout.has(after)
        assert layout.has(layout.leap(cell, *way))
        assert layout.has(layout.step_picture(cell, *way))
        cell = after


@given(panels(), st.data(), st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1)]))
def test_a_leap_goes_to_the_same_place_of_another_picture_and_can_be_taken_back(
    panel: Panel, data: st.DataObject, way: tuple[int, int]
) -> None:
    layout = GridLayout(300, 200, 1.0, (in_lines(panel, Rect(0, 0, 300, 200), 2, 9),))
    cell = panel.cell_at(data.draw(st.integers(0, panel.count - 1)))
    there = layout.leap(cell, *way)
    assert panel.has(there)
    assert layout.leap(there, -way[0], -way[1]) == cell
    if panel.pictures > 1:
        assert (there.row, there.column) == (cell.row, cell.column)
        assert there.picture != cell.picture
    for _ in range(panel.pictures - 1 if panel.pictures > 1 else panel.count - 1):
        there = layout.leap(there, *way)
    assert there == cell  # round the end


def test_beyond_the_side_of_a_picture_lies_the_next_and_beyond_a_panel_the_next_panel() -> None:
    above = Panel("above", 2, 2, 2, Plain())
    below = Panel("below", 1, 3, 3, Plain())
    layout = GridLayout(
        40,
        40,
        1.0,
        (
            PlacedPanel(above, (4, 4), (Rect(0, 0, 8, 8), Rect(10, 0, 8, 8))),
            PlacedPanel(below, (4, 4), (Rect(0, 20, 12, 12),)),
        ),
    )
    assert layout.step(Cell("above", 0, 1, 1), 1, 0) == Cell("above", 1, 1, 0)
    assert layout.step(Cell("above", 1, 1, 0), -1, 0) == Cell("above", 0, 1, 1)
    assert layout.step(Cell("above", 0, 1, 1), 0, 1) == Cell("below", 0, 0, 1)
    assert layout.step(Cell("below", 0, 0, 2), 0, -1) == Cell("above", 1, 1, 0)
    assert layout.step(Cell("above", 0, 0, 0), 0, -1) == Cell("above", 0, 0, 0)
    assert layout.leap(Cell("above", 1, 1, 0), 1, 0) == Cell("above", 0, 1, 0)
    assert layout.leap(Cell("below", 0, 2, 2), 1, 0) == Cell("below", 0, 0, 0)
    assert layout.step_panel(Cell("above", 0, 0, 0), 1) == Cell("below", 0, 1, 1)
    assert layout.step_panel(Cell("below", 0, 0, 0), 1) == Cell("below", 0, 0, 0)
    assert layout.step_picture(Cell("above", 1, 0, 0), 0, 1).panel == "below"
    assert layout.step_picture(Cell("above", 0, 0, 0), 1, 0) == Cell("above", 1, 0, 0)


@given(panels(), st.integers(1, 90), st.integers(1, 90), st.data())
def test_a_scaled_picture_s_cells_lie_inside_it_in_their_order(
    panel: Panel, width: int, height: int, data: st.DataObject
) -> None:
    place = Rect(3, 5, width, height)
    placed = PlacedPanel(panel, (1, 1), (place,) * panel.pictures)
    cell = panel.cell_at(data.draw(st.integers(0, panel.count - 1)))
    box = placed.box(cell)
    assert box.overlaps(place)
    assert placed.box(Cell("P", cell.picture, 0, 0), panel.rows, panel.columns) == place
    if width >= panel.columns and height >= panel.rows:  # each has a pixel of its own
        found = placed.at(box.x + box.width / 2, box.y + box.height / 2)
        assert (found.row, found.column) == (cell.row, cell.column)
    assert placed.is_scaled is bool(width % panel.columns or height % panel.rows)
