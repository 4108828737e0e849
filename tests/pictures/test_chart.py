"""Charts of any content: nothing lies outside or meets, and what is written is what is shown."""

import csv
import math
from itertools import combinations, pairwise
from pathlib import Path
from sys import float_info

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lenet_gui.errors import UserError
from lenet_gui.pictures.chart.frame import frames_of, room_of
from lenet_gui.pictures.chart.model import (
    BLUE,
    MUTED,
    ORANGE,
    TEXT,
    Axis,
    Band,
    Bar,
    Chart,
    Cursor,
    Curve,
    Entry,
    Fill,
    Histogram,
    Level,
    Look,
    Panel,
    Rule,
    Stretch,
    Strip,
    Symbol,
    Tick,
)
from lenet_gui.pictures.chart.numbers import chart_arrays, chart_rows
from lenet_gui.pictures.chart.sheet import chart_sheet
from lenet_gui.pictures.chart.ticks import decade_places, even_places, log_ends
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import exported_chart, save
from lenet_gui.pictures.sheet import Line, Rectangle, Text
from lenet_gui.pictures.versus_chart import versus_chart
from lenet_gui.text.figures import told_apart
from lenet_gui.versus.curves import curves_of
from lenet_gui.versus.published import CURVE_OF
from lenet_gui.versus.standing import shipped_standings

SIZE = (480, 320)
LINE = Look(BLUE, 2)

values = st.floats(-1e6, 1e6)
sizes = st.tuples(st.integers(240, 1600), st.integers(200, 1200))


def curve(y: list[float], look: Look = LINE, name: str = "curve", **more: object) -> Curve:
    return Curve(name, np.arange(len(y), dtype=np.float64), np.array(y, np.float64), look, **more)


def axes(y: list[float], *, is_log: bool = False) -> tuple[Axis, Axis]:
    ends = log_ends(y) if is_log else (min(y), max(max(y), min(y) + 1))
    ticks = decade_places(*ends, 8) if is_log else even_places(*ends, 5)
    x = Axis(0, max(1, len(y) - 1), (Tick(0, "first"), Tick(len(y) - 1, "last")), "number")
    named = tuple(Tick(each, f"{each:g}") for each in ticks)
    return x, Axis(*ends, named, "value", is_log=is_log, has_grid=True)


def everything() -> Chart:
    """A chart with every part that there is, in two panels."""
    x, y = axes([1.0, 8.0, 4.0])
    marks = (
        Band(0.5, 1.0, MUTED, Look(TEXT, 1), ("a band", "band")),
        Rule(1.5, Look(TEXT, 1, dash=4), ("a rule over the plot", "rule"), "R", 0),
        Level(5, Look(TEXT, 1), "a level"),
        Cursor(2),
    )
    stretches = tuple(Stretch(n, n + 0.6, str(n), fill) for n, fill in enumerate(Fill))
    upper = Panel(
        x,
        y,
        (
            curve([1, 8, 4], Look(BLUE, 2, symbol=Symbol.CIRCLE), end="the end"),
            curve([2, math.nan, 3], Look(ORANGE, 1, 3, Symbol.SQUARE), "gap", words="near"),
            curve([2, 3, 4], Look(TEXT, 0, symbol=Symbol.TRIANGLE), "points"),
            curve([1, 2, 3], Look(TEXT, 0, symbol=Symbol.TICK), "ticks"),
            curve([5, 5, 6], Look(TEXT, 1, symbol=Symbol.SQUARE, is_hollow=True), "hollow"),
        ),
        marks=marks,
        strips=(Strip("S", BLUE, stretches),),
        remark=("a remark",),
    )
    counts = Histogram("counts", np.array([1.0, 10, 100, 1000]), (3, 0, 7), LINE)
    lower = Panel(
        Axis(1, 1000, (Tick(1, "1"), Tick(1000, "1000")), is_log=True),
        Axis(0, 8, (Tick(4, "many words at a tick", brief="few"),)),
        (counts,),
    )
    return Chart(
        "everything",
        (upper, lower),
        heading="Everything",
        subtitle="that a chart can hold",
        legend=((Entry(("a line",), LINE), Entry(("more words",))), (Entry(("a second row",)),)),
        foot="A sentence at the foot.",
    )


@pytest.mark.parametrize("theme", Theme)
@given(size=sizes)
def test_every_part_lies_on_a_page_of_any_size(theme: Theme, size: tuple[int, int]) -> None:
    chart = everything()
    sheet = chart_sheet(chart, size, theme)  # refuses what lies outside
    told = {item.text for item in sheet.items if isinstance(item, Text)}
    assert {"Everything", "a line", "a level", "the end", "near", "R", "S", "a remark"} <= told
    frames = frames_of(chart, size)
    for above, below in pairwise(frames):
        assert above.bottom <= below.top
    assert all(frame.left < frame.right for frame in frames)
    assert len({(frame.left, frame.right) for frame in frames}) == 1


@given(size=sizes)
def test_words_over_a_plot_and_at_its_axis_do_not_meet(size: tuple[int, int]) -> None:
    chart = everything()
    (frame, _) = frames_of(chart, size)
    for one, other in combinations(frame.over, 2):
        if one.line == other.line:
            (begin, end), (other_begin, other_end) = one.span, other.span
            assert end <= other_begin or other_end <= begin
    sheet = chart_sheet(chart, size)
    texts = [item for item in sheet.items if isinstance(item, Text)]
    axis = [text for text in texts if text.text in ("first", "last")]
    assert axis[0].text == "first"  # the earlier tick is kept
    for one, other in pairwise(axis):
        assert other.x - one.x >= (room_of(one.text) + room_of(other.text)) / 2


@given(y=st.lists(values, min_size=2, max_size=40), size=sizes)
def test_a_curve_goes_through_its_points_and_back(y: list[float], size: tuple[int, int]) -> None:
    chart = Chart("one curve", (Panel(*axes(y), (curve(y),)),))
    (frame,) = frames_of(chart, size)
    (line,) = (i for i in chart_sheet(chart, size).items if isinstance(i, Line))
    for number, (x, place) in enumerate(line.points):
        assert frame.value_at(x) == pytest.approx(number, abs=1e-6)
        share = (frame.bottom - place) / (frame.bottom - frame.top)
        wanted = frame.panel.y.value_at(share)
        span = frame.panel.y.high - frame.panel.y.low
        assert wanted == pytest.approx(y[number], abs=1e-6 * span)


@given(st.floats(1e-12, 1e12), st.floats(1.001, 1e6), st.floats(0, 1))
def test_a_logarithmic_axis_goes_both_ways(low: float, factor: float, share: float) -> None:
    axis = Axis(low, low * factor, is_log=True)
    assert axis.share(axis.value_at(share)) == pytest.approx(share, abs=1e-6)
    assert axis.share(0.0) == axis.share(-1.0) == axis.share(low / 2) == 0
    assert axis.share(3 * low * factor) == 1


def test_what_is_no_number_leaves_a_gap() -> None:
    y = [1, 2, math.nan, 3, math.inf, 4, 5, 6]
    panel = Panel(*axes([1, 6]), (curve(y, Look(BLUE, 2, symbol=Symbol.SQUARE)),))
    items = chart_sheet(Chart("gaps", (panel,)), SIZE).items
    lines = [i for i in items if isinstance(i, Line)]
    assert [len(line.points) for line in lines if line.width == 2] == [2, 3]
    assert len([line for line in lines if line.width == 7]) == 6  # the points


def test_bars_are_as_long_as_what_they_tell() -> None:
    x, y = Axis(0, 10, has_line=False), Axis(2.5, -0.5)
    bars = tuple(Bar(f"bar {n}", n, length, Look(BLUE, 10)) for n, length in enumerate((8, 4, 2)))
    items = chart_sheet(Chart("bars", (Panel(x, y, bars),)), SIZE).items
    widths = [item.width for item in items if isinstance(item, Rectangle)]
    assert widths[0] == pytest.approx(2 * widths[1], abs=1)
    assert widths[0] == pytest.approx(4 * widths[2], abs=2)


def test_the_numbers_written_are_those_that_are_shown(tmp_path: Path) -> None:
    chart = everything()
    what = exported_chart("chart", chart, SIZE)
    assert what.suffixes == (".png", ".svg", ".csv", ".npz")
    for suffix in what.suffixes:
        save(what, tmp_path / f"chart{suffix}")
    with (tmp_path / "chart.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    panels = {("value", each.name): each for each in chart.panels[0].series}
    for (panel, name), series in panels.items():
        assert isinstance(series, Curve)
        found = [row for row in rows if (row["panel"], row["series"]) == (panel, name)]
        np.testing.assert_array_equal([float(row["x"]) for row in found], series.x)
        np.testing.assert_array_equal([float(row["y"]) for row in found], series.y)
    bins = [row for row in rows if row["series"] == "counts"]
    assert [(row["panel"], row["x"], row["to"], row["y"]) for row in bins] == [
        ("2", "1.0", "10.0", "3"),
        ("2", "10.0", "100.0", "0"),
        ("2", "100.0", "1000.0", "7"),
    ]
    with np.load(tmp_path / "chart.npz") as arrays:
        assert set(arrays) == set(chart_arrays(chart))
        np.testing.assert_array_equal(arrays["gap y"], [2, math.nan, 3])
        np.testing.assert_array_equal(arrays["counts counts"], [3, 0, 7])
    with pytest.raises(UserError, match=r"chart\.gif must end in \.png, \.svg, \.csv, \.npz"):
        save(what, tmp_path / "chart.gif")


def test_series_of_one_name_keep_apart() -> None:
    panel = Panel(*axes([1, 2]), (curve([1, 2]), curve([3, 4])))
    arrays = chart_arrays(Chart("twins", (panel,)))
    assert list(arrays) == ["curve x", "curve y", "curve 2 x", "curve 2 y"]
    bar = Bar("bar", 0, 7.5, LINE)
    chart = Chart("a bar", (Panel(*axes([1, 2]), (bar,)),))
    assert chart_arrays(chart)["bar"].tolist() == [7.5]
    assert list(chart_rows(chart))[1:] == [("value", "bar", 7.5, "", 0)]


@given(values, st.floats(1e-3, 1e6), st.integers(2, 12))
@example(0.99999, 1.001, 2)  # five places, as the steps are a little longer than a half
def test_even_places_hold_both_ends_in_few_steps(low: float, span: float, most: int) -> None:
    places = even_places(low, low + span, most)
    assert places[0] <= low + 1e-6 * span + 1e-8
    assert places[-1] >= low + span - 1e-6 * span - 1e-8
    step = (places[-1] - places[0]) / (len(places) - 1)
    assert most * step >= 0.998 * span
    assert len(places) <= span / step + 3
    assert all(one < other for one, other in pairwise(places))


@given(st.floats(1e-9, 1e9), st.floats(1.0001, 1e30), st.floats(2, 20))
@example(0.6441, 1.001, 5)
@example(0.66, 1.12, 2)
@example(1e-9, 1e18, 3.4)
def test_a_logarithmic_axis_has_at_least_two_places(low: float, factor: float, most: float) -> None:
    places = decade_places(low, low * factor, most)
    assert 2 <= len(places) <= max(most, 4)
    assert all(low * 0.999999 <= place <= low * factor * 1.000001 for place in places)
    assert all(one < other for one, other in pairwise(places))
    assert len(set(told_apart(places))) == len(places)


@given(st.lists(values, max_size=8))
@example([5e-324])
@example([float_info.min])
def test_a_logarithmic_axis_has_two_ends(found: list[float]) -> None:
    low, high = log_ends(found)
    assert 0 < low < high
    assert all(low <= each <= high for each in found if each >= float_info.min)


@pytest.mark.parametrize("size", [(560, 300), (760, 480), (900, 330), (1300, 620)])
def test_no_line_goes_through_the_words_within_a_plot(size: tuple[int, int]) -> None:
    standing = shipped_standings().of(CURVE_OF)
    assert standing is not None
    items = chart_sheet(versus_chart(curves_of(standing)), size).items
    words = [item for item in items if isinstance(item, Text) and item.text.startswith("1998")]
    assert len(words) == 2
    for text in words:
        left, right = text.x - room_of(text.text), text.x
        for line in (item for item in items if isinstance(item, Line)):
            x, y = np.array(line.points).T
            across = np.arange(max(left, x.min()), min(right, x.max()))
            met = np.interp(across, x, y)
            assert not np.any((text.y - text.size + 3 <= met) & (met <= text.y + 2))


def test_words_without_a_clear_place_stand_below_their_curve() -> None:
    crowd = [curve([level] * 2, name=f"{level}") for level in np.linspace(0, 8, 40)]
    named = curve([4, 4], name="named", words="in a crowd")
    chart = Chart("a crowd", (Panel(*axes([0.0, 8.0]), (*crowd, named)),))
    (frame,) = frames_of(chart, SIZE)
    (text,) = (
        i for i in chart_sheet(chart, SIZE).items if isinstance(i, Text) and i.text == named.words
    )
    assert frame.y(4) < text.y < frame.y(4) + 2 * text.size
    assert text.x == frame.right


@given(
    at=values,
    low=values,
    span=st.floats(1e-3, 1e6),
    is_log=st.booleans(),
    upright=st.booleans(),
)
def test_a_line_across_a_plot_stands_at_its_value_or_not_at_all(
    at: float, low: float, span: float, is_log: bool, upright: bool
) -> None:
    """Also where its value is just beyond the axis: at its end it would tell another."""
    if is_log:
        low, at = abs(low) + 1e-3, abs(at) + 1e-3
    marked = Axis(low, low + span, (Tick(low, "low"),), is_log=is_log)
    mark = Rule(at, LINE, over=("words",)) if upright else Level(at, LINE, "words")
    plain = Axis(0, 1, (Tick(0, "0"),))
    panel = Panel(marked if upright else plain, plain if upright else marked, marks=(mark,))
    chart = Chart("a line", (panel,))
    (frame,) = frames_of(chart, SIZE)
    sheet = chart_sheet(chart, SIZE)
    lines = [item for item in sheet.items if isinstance(item, Line)]
    words = [item for item in sheet.items if isinstance(item, Text) and item.text == "words"]
    assert len(lines) == len(words) == marked.holds(at)
    for line in lines:
        x, y = line.points[0]
        share = (x - frame.left) if upright else (frame.bottom - y)
        share /= (frame.right - frame.left) if upright else (frame.bottom - frame.top)
        assert marked.value_at(share) == pytest.approx(at, rel=1e-3, abs=1e-5 * span)


@given(size=sizes, words=st.lists(st.integers(1, 30), min_size=2, max_size=3))
def test_plots_side_by_side_begin_and_end_at_the_same_heights(
    size: tuple[int, int], words: list[int]
) -> None:
    """However many words stand over one of them, and whether or not there are any under it."""
    x, y = axes([1.0, 8.0, 4.0])
    panels = tuple(
        Panel(
            x if number else Axis(0, 2),
            y,
            (curve([1, 8, 4]),),
            marks=tuple(Rule(1, LINE, over=(count * "word",)) for _ in range(number)),
        )
        for number, count in enumerate(words)
    )
    frames = frames_of(Chart("two", panels, is_beside=True), size)
    assert len({(frame.top, frame.bottom) for frame in frames}) == 1
    chart_sheet(Chart("two", panels, is_beside=True), size)  # refuses what lies outside
