"""The picture of a sweep: marks and curves where they belong, nothing clipped, the files."""

import csv
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lenet_gui.errors import UserError
from lenet_gui.explore.dials import DIALS, Dial
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.explore.sweep import Answers, Sweep
from lenet_gui.net.architecture import Variant
from lenet_gui.pictures.chart.frame import Frame, frames_of
from lenet_gui.pictures.chart.sheet import chart_sheet
from lenet_gui.pictures.chart.ticks import even_places
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.export import exported_chart, save
from lenet_gui.pictures.lettering import text_width
from lenet_gui.pictures.sheet import Anchor, Line, Rectangle, Sheet, Text
from lenet_gui.pictures.sweep_chart import (
    INKS,
    LEAST_SIZE,
    SIZE,
    dial_ticks,
    others_text,
    sweep_chart,
)

DIAL = {dial.name: dial for dial in DIALS}
N = 121
BLUE, RED = (ink.light for ink in INKS)


def answers(variant: Variant, digits: list[int], rejected: bool = False) -> Answers:
    """The digit answered is 20 away, or 80 % probable; all others 90, or 2 %."""
    outputs = np.full((N, 10), 90.0, np.float32)
    probabilities = np.full((N, 10), 0.02, np.float32)
    outputs[np.arange(N), digits] = 20
    probabilities[np.arange(N), digits] = 0.8
    return Answers(
        variant.capitalize(),
        variant,
        outputs,
        probabilities,
        np.array(digits),
        np.full(N, rejected),
    )


def made(dial: Dial, *variants: Variant, base: Disturbance | None = None) -> Sweep:
    """Read as 3 from place 30 to 99, else as 8."""
    digits = [3 if 30 <= place < 100 else 8 for place in range(N)]
    read = tuple(answers(variant, digits) for variant in variants)
    return Sweep(dial, base or Disturbance(), read, (3,) * len(variants))


def _named(each: Answers) -> Answers:
    """As two networks of one variant are called, from files with long names."""
    return replace(each, name="Original, a-network-that-has-a-long...")


def sweep_sheet(
    sweep: Sweep,
    theme: Theme = Theme.LIGHT,
    size: tuple[int, int] = SIZE,
    here: int | None = None,
) -> Sheet:
    return chart_sheet(sweep_chart(sweep, here), size, theme)


def frame_of(sweep: Sweep, size: tuple[int, int], here: int | None = 0) -> Frame:
    (frame,) = frames_of(sweep_chart(sweep, here), size)
    return frame


def save_sweep(sweep: Sweep, target: Path) -> None:
    save(exported_chart("sweep", sweep_chart(sweep), SIZE, sweep.table()), target)


def both(name: str) -> Sweep:
    return made(DIAL[name], Variant.ORIGINAL, Variant.MODERN)


def span_of(text: Text) -> tuple[float, float]:
    """From where to where a text goes in the window, whose type is wider than the files'."""
    width = 1.2 * text_width(text.text, text.size)
    left = text.x - {Anchor.LEFT: 0, Anchor.MIDDLE: width / 2, Anchor.RIGHT: width}[text.anchor]
    return left, left + width


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("dial", DIALS, ids=lambda dial: dial.name)
def test_all_words_lie_on_the_smallest_page(dial: Dial, theme: Theme) -> None:
    for sweep in (
        both(dial.name),
        made(dial, Variant.ORIGINAL),
        made(dial, Variant.MODERN, Variant.MODERN),
        replace(both(dial.name), answers=tuple(_named(each) for each in both(dial.name).answers)),
    ):
        for here in (None, 0, 120):
            sheet = sweep_sheet(sweep, theme, LEAST_SIZE, here)
            for text in sheet.items:
                if isinstance(text, Text):
                    width = text_width(text.text, text.size)
                    left = (
                        text.x
                        - {
                            Anchor.LEFT: 0,
                            Anchor.MIDDLE: width / 2,
                            Anchor.RIGHT: width,
                        }[text.anchor]
                    )
                    assert left >= 0, text
                    assert left + width <= sheet.width, text


def test_words_over_the_plot_do_not_meet() -> None:
    for dial in DIALS:
        for sweep in (
            both(dial.name),
            made(dial, Variant.MODERN, Variant.ORIGINAL),
            made(dial, Variant.ORIGINAL, Variant.ORIGINAL),
        ):
            sheet = sweep_sheet(sweep, Theme.LIGHT, LEAST_SIZE, 5)
            top = frame_of(sweep, LEAST_SIZE).top
            spans = sorted(
                span_of(item)
                for item in sheet.items
                if isinstance(item, Text) and item.y == top - 6
            )
            assert len(spans) >= 2
            assert all(end < begin for (_, end), (begin, _) in pairwise(spans))


def test_the_breaks_the_claim_and_the_dial_are_marked_where_they_are() -> None:
    sweep = both("rotation")
    frame = frame_of(sweep, (760, 480))
    values = sweep.dial.values
    sheet = sweep_sheet(sweep, size=(760, 480), here=70)
    lines = [item for item in sheet.items if isinstance(item, Line)]
    upright = [line for line in lines if len({x for x, _ in line.points}) == 1]
    for colour, dashed in ((BLUE, False), (RED, True)):
        marks = [line for line in upright if line.colour == colour]
        assert [line.points[0][0] for line in marks] == [frame.x(values[29]), frame.x(values[100])]
        assert all(bool(line.dash) == dashed for line in marks)
    # ±30 degrees of ±90 are places 40 and 80.
    bands = [
        item
        for item in sheet.items
        if isinstance(item, Rectangle) and item.height == frame.bottom - frame.top
    ]
    assert [(b.x, b.x + b.width) for b in bands] == [
        (round(frame.x(values[40])), round(frame.x(values[80])))
    ]
    texts = [item.text for item in sheet.items if isinstance(item, Text)]
    assert "shaded: the paper, III-E, ±30°" in texts
    assert "A, Original: 3 is first misread at −46.5° (as 8) and +60.0° (as 8)" in texts
    here = [item for item in sheet.items if isinstance(item, Rectangle) and item.width == 2]
    assert round(frame.x(values[70])) - 1 in [item.x for item in here]


def test_the_heading_and_the_lines_agree_with_the_strip() -> None:
    sweep = both("rotation")
    one, other = sweep.answers
    rejected = (np.arange(N) < 35) | (np.arange(N) > 110)
    sweep = replace(sweep, answers=(replace(one, rejected=rejected), other))
    assert sweep.text(0) == "3 is first rejected at −39.0°, misread at +60.0° (as 8)"
    sheet, frame = sweep_sheet(sweep, here=0), frame_of(sweep, SIZE)
    assert f"A, Original: {sweep.text(0)}" in [i.text for i in sheet.items if isinstance(i, Text)]
    upright = [i for i in sheet.items if isinstance(i, Line) and len({x for x, _ in i.points}) == 1]
    places = [i.points[0][0] for i in upright if i.colour == BLUE]
    assert places == [frame.x(sweep.dial.values[place]) for place in (34, 100)]
    (strip, _) = sweep_chart(sweep, 0).panels[0].strips
    assert [each.words for each in strip.stretches] == ["8?", "3?", "3", "8", "8?"]


def test_each_network_has_its_own_axis_and_its_own_kind_of_line() -> None:
    sweep = both("shear")
    size = (760, 480)
    frame = frame_of(sweep, size)
    sheet = sweep_sheet(sweep, size=size, here=0)
    curves = [item for item in sheet.items if isinstance(item, Line) and len(item.points) == N]
    assert [(line.colour, bool(line.dash)) for line in curves] == [
        (BLUE, False),
        (BLUE, False),
        (RED, True),
        (RED, True),
    ]
    assert all(one.width < other.width for one, other in (curves[:2], curves[2:]))  # thick: own
    assert frame.panel.right is not None
    assert (frame.panel.y.high, frame.panel.right.high) == (100, 1)
    middle = [line.points[60][1] for line in curves]
    span = frame.bottom - frame.top
    shares = [(frame.bottom - y) / span for y in middle]
    np.testing.assert_allclose(shares, [0.9, 0.2, 0.02, 0.8], atol=1e-6)
    texts = [item.text for item in sheet.items if isinstance(item, Text)]
    assert {"A: distance, 0 is near", "B: probability", "100 %", "100"} <= set(texts)
    alike = sweep_sheet(made(DIAL["shear"], Variant.MODERN, Variant.MODERN), size=size, here=0)
    told = [item.text for item in alike.items if isinstance(item, Text)]
    assert told.count("100 %") == 1  # one axis for both
    assert "A, B: probability" in told


def test_a_rejected_answer_has_a_question_mark() -> None:
    sweep = Sweep(
        DIAL["shear"],
        Disturbance(),
        (answers(Variant.ORIGINAL, [3] * N, rejected=True),),
        (3,),
    )
    texts = [item.text for item in sweep_sheet(sweep, here=0).items if isinstance(item, Text)]
    assert "3?" in texts
    assert "3" not in texts


def test_a_picture_that_is_taken_away_says_where_the_other_dials_stand() -> None:
    base = Disturbance(scale=0.5, noise=0.05, seed=9, rotation=10)
    sweep = made(DIAL["rotation"], Variant.ORIGINAL, base=base)
    assert others_text(sweep) == "With scale ×0.50, noise 5.0 %, seed 9."
    texts = [item.text for item in sweep_sheet(sweep).items if isinstance(item, Text)]
    assert others_text(sweep) in texts
    assert others_text(both("shear")) == "All other dials neutral."


@pytest.mark.parametrize("dial", DIALS, ids=lambda dial: dial.name)
def test_the_ticks_are_round_and_in_the_range_and_hold_the_neutral_value(dial: Dial) -> None:
    ticks = dial_ticks(dial)
    assert 4 <= len(ticks) <= 8
    assert dial.values[0] - 1e-6 <= min(ticks)
    assert max(ticks) <= dial.values[-1] + 1e-6
    assert dial.values[dial.neutral] in ticks
    assert all(len(dial.tick_text(tick)) <= 6 for tick in ticks)


def test_steps() -> None:
    assert even_places(0, 47, 4) == [0, 20, 40, 60]
    assert even_places(-15, 15, 6) == [-15, -10, -5, 0, 5, 10, 15]


def test_files_by_their_suffix_and_no_other(tmp_path: Path) -> None:
    sweep = both("noise")
    for name in ("a.png", "a.SVG", "a.csv", "a.npz"):
        save_sweep(sweep, tmp_path / name)
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in (tmp_path / "a.SVG").read_bytes()
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        lines = list(csv.reader(file))
    assert len(lines) == N + 1
    assert {len(line) for line in lines} == {len(lines[0])}
    with np.load(tmp_path / "a.npz") as arrays:
        np.testing.assert_array_equal(arrays["A undisturbed answer x"], sweep.dial.values)
        np.testing.assert_array_equal(arrays["B best other digit y"], sweep.rival(1))
    with pytest.raises(UserError, match=r"must end in \.png, \.svg, \.csv"):
        save_sweep(sweep, tmp_path / "a.pdf")
    folder = tmp_path / "b.csv"
    folder.mkdir()
    with pytest.raises(UserError, match="is a folder"):
        save_sweep(sweep, folder)
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "a.SVG",
        "a.csv",
        "a.npz",
        "a.png",
        "b.csv",
    ]
