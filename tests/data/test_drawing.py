"""Drawings are values; their history goes back and forth; raw strokes are fitted in."""

import math
import tracemalloc

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lenet_gui.data.drawing import (
    DEFAULT_PEN_WIDTH,
    MAX_PEN_WIDTH,
    MIN_PEN_WIDTH,
    Backdrop,
    Drawing,
    DrawingHistory,
    PenPoint,
    Stroke,
    fitted_drawing,
)

LINE = Stroke((PenPoint(0.1, 0.2), PenPoint(0.8, 0.9)))
WIPE = Stroke((PenPoint(0.5, 0.5, 0.1),), erases=True)


def test_the_default_pen_lies_between_the_thinnest_and_the_thickest() -> None:
    assert MIN_PEN_WIDTH < DEFAULT_PEN_WIDTH < MAX_PEN_WIDTH


def test_a_pen_point_may_be_as_far_away_as_there_are_numbers() -> None:
    assert PenPoint(1e308, 1e308, 1e308).x == 1e308


@pytest.mark.parametrize(
    ("x", "y", "width"),
    [
        (math.nan, 0, 0.1),
        (math.inf, -math.inf, 0.1),
        (0, math.inf, 0.1),
        (0, 0, math.nan),
        (0, 0, -0.01),
    ],
)
def test_a_pen_point_is_finite_and_not_negatively_wide(x: float, y: float, width: float) -> None:
    with pytest.raises(ValueError, match="must be finite"):
        PenPoint(x, y, width)


def test_a_drawing_grows_without_changing() -> None:
    empty = Drawing()
    one = empty.with_stroke(LINE)
    two = one.with_stroke(WIPE)
    assert empty.is_empty
    assert not one.is_empty
    assert empty.strokes == ()
    assert one.strokes == (LINE,)
    assert two.strokes == (LINE, WIPE)
    assert two == Drawing((LINE, WIPE))


def test_a_backdrop_alone_is_a_drawing() -> None:
    assert not Drawing(backdrop=Backdrop(np.zeros((28, 28)))).is_empty


def test_backdrops_are_equal_by_their_ink() -> None:
    ink = np.linspace(0, 1, 12, dtype=np.float32).reshape(3, 4)
    assert Backdrop(ink) == Backdrop(ink.copy())
    assert hash(Backdrop(ink)) == hash(Backdrop(ink.copy()))
    assert Backdrop(ink) != Backdrop(ink[::-1])
    assert Backdrop(ink) != Backdrop(ink.reshape(4, 3))
    assert Backdrop(ink) != "ink"
    frame = np.pad(ink, ((9, 16), (12, 12)))
    assert Backdrop(frame, is_framed=True) == Backdrop(frame.copy(), is_framed=True)
    assert Backdrop(frame, is_framed=True) != Backdrop(frame)
    assert Drawing(backdrop=Backdrop(ink)) == Drawing(backdrop=Backdrop(ink))


def test_a_backdrop_keeps_a_copy_that_nobody_can_write() -> None:
    ink = np.zeros((3, 3), np.float32)
    backdrop = Backdrop(ink)
    ink[0, 0] = 1
    assert backdrop.ink[0, 0] == 0
    assert backdrop.ink.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        backdrop.ink[0, 0] = 1


@pytest.mark.parametrize("ink", [np.zeros(3), np.zeros((2, 2, 3)), np.zeros((0, 4))])
def test_a_backdrop_is_a_picture(ink: np.ndarray) -> None:
    with pytest.raises(ValueError, match="picture"):
        Backdrop(ink)


@pytest.mark.parametrize("value", [-0.1, 1.5, math.nan])
def test_the_ink_of_a_backdrop_lies_in_0_to_1(value: float) -> None:
    with pytest.raises(ValueError, match=r"0\.\.1"):
        Backdrop(np.full((2, 2), value))


def test_history_goes_back_and_forth() -> None:
    history = DrawingHistory()
    one, two = Drawing((LINE,)), Drawing((LINE, WIPE))
    assert (history.can_undo, history.can_redo) == (False, False)
    history.push(one)
    history.push(two)
    assert history.undo() == one
    assert history.undo() == Drawing()
    assert (history.can_undo, history.can_redo) == (False, True)
    assert history.undo() == Drawing()
    assert history.redo() == one
    assert history.redo() == two
    assert history.redo() == two
    assert (history.can_undo, history.can_redo) == (True, False)


def test_a_new_drawing_forgets_what_was_undone() -> None:
    history = DrawingHistory()
    history.push(Drawing((LINE,)))
    history.undo()
    history.push(Drawing((WIPE,)))
    assert not history.can_redo
    assert history.undo() == Drawing()


def test_pushing_the_same_drawing_is_no_step() -> None:
    history = DrawingHistory()
    history.push(Drawing())
    assert not history.can_undo
    history.push(Drawing((LINE,)))
    history.undo()
    history.push(Drawing())
    assert history.can_redo


@given(st.lists(st.sampled_from(["undo", "redo", "push"])))
def test_history_follows_a_list_with_a_place_in_it(steps: list[str]) -> None:
    history = DrawingHistory()
    versions, place = [Drawing()], 0
    for number, step in enumerate(steps):
        if step == "undo":
            place = max(place - 1, 0)
            history.undo()
        elif step == "redo":
            place = min(place + 1, len(versions) - 1)
            history.redo()
        else:
            new = Drawing((Stroke((PenPoint(number, 0),)),))
            versions[place + 1 :] = [new]
            place += 1
            history.push(new)
        assert history.drawing == versions[place]
        assert history.can_undo == (place > 0)
        assert history.can_redo == (place < len(versions) - 1)


def dot(number: int) -> Drawing:
    return Drawing((Stroke((PenPoint(number, 0),)),))


def test_a_history_forgets_the_oldest_drawings_where_there_are_too_many() -> None:
    history = DrawingHistory(most_bytes=100_000)
    for number in range(10_000):
        history.push(dot(number))
    reached = 0
    while history.can_undo:
        history.undo()
        reached += 1
        assert history.drawing == dot(9_999 - reached)
    assert 100 < reached < 1_000
    for _ in range(reached):
        history.redo()
    assert history.drawing == dot(9_999)


def test_a_history_can_always_go_one_step_back() -> None:
    history = DrawingHistory(most_bytes=1_000)
    pictures = [Drawing(backdrop=Backdrop(np.full((99, 99), ink))) for ink in (0.2, 0.4, 0.6)]
    for picture in pictures:
        history.push(picture)
    assert history.undo() == pictures[1]
    assert not history.can_undo
    assert history.redo() == pictures[2]


def test_what_was_undone_counts_no_more_once_it_is_forgotten() -> None:
    history = DrawingHistory(most_bytes=50_000)
    history.push(dot(1))
    history.push(dot(2))
    for _ in range(100):
        history.push(Drawing(backdrop=Backdrop(np.full((99, 99), 0.5))))
        history.undo()
    assert history.undo() == dot(1)
    assert history.undo() == Drawing()


def test_a_drawing_of_many_strokes_is_kept_once_for_all_its_steps() -> None:
    def grown(history: DrawingHistory) -> int:
        tracemalloc.start()
        for number in range(2_000):
            history.push(history.drawing.with_stroke(Stroke((PenPoint(number, 0),))))
        kept, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return kept

    assert grown(DrawingHistory()) < 2_000 * 1_500  # with a copy a step it would be ten times that


def test_raw_strokes_are_fitted_with_a_margin() -> None:
    drawing = fitted_drawing([[(100, 0), (300, 1000)], [(200, 500)]], width=0.1, margin=0.2)
    first, second = drawing.strokes
    assert [(p.x, p.y, p.width) for p in first.points] == [
        pytest.approx((0.44, 0.2, 0.1)),
        pytest.approx((0.56, 0.8, 0.1)),
    ]
    assert (second.points[0].x, second.points[0].y) == pytest.approx((0.5, 0.5))
    assert not first.erases


def test_a_single_raw_point_lies_in_the_middle() -> None:
    (stroke,) = fitted_drawing([[(7, 9)]]).strokes
    assert stroke.points == (PenPoint(0.5, 0.5, DEFAULT_PEN_WIDTH),)


@pytest.mark.parametrize("apart", [5e-324, 1e-310])
def test_raw_points_too_near_to_be_enlarged_lie_in_the_middle(apart: float) -> None:
    (stroke,) = fitted_drawing([[(0, 0), (apart, 0)]]).strokes
    assert stroke.points == (PenPoint(0.5, 0.5),) * 2


numbers = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=5))
@example([(1e308, 0.0), (1.5e308, 0.0)])
@example([(-1.7e308, -1.7e308), (1.7e308, 1.7e308)])
def test_raw_points_of_any_size_come_onto_the_canvas(raw: list[tuple[float, float]]) -> None:
    (stroke,) = fitted_drawing([raw]).strokes
    for point in stroke.points:
        assert 0.15 - 1e-9 <= point.x <= 0.85 + 1e-9
        assert 0.15 - 1e-9 <= point.y <= 0.85 + 1e-9


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_raw_points_that_are_no_numbers_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        fitted_drawing([[(0, 0), (bad, 1)]])


def test_no_raw_points_give_an_empty_drawing() -> None:
    assert fitted_drawing([]).is_empty
    assert fitted_drawing([[], []]).is_empty
    assert len(fitted_drawing([[], [(0, 0)], []]).strokes) == 1


def test_a_margin_leaves_room() -> None:
    with pytest.raises(ValueError, match="margin"):
        fitted_drawing([[(0, 0)]], margin=0.5)
