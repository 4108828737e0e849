"""What the guide says of its experiments is so in whatever hand they are drawn.

Measured over thirty hands each succeeds in at least nine of ten; here it must in a few.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import torch

from lenet_gui.data.drawing import Drawing, PenPoint, Stroke
from lenet_gui.data.ink import InkSteps, trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.explore.dials import DIALS
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.explore.movable_ink import MovableInk
from lenet_gui.explore.preprocessing import Step, preprocess
from lenet_gui.explore.reader import read_digit, read_input
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.sweep_reader import Reader, sweep
from lenet_gui.explore.unit_value import explain
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.portraits import STROKE
from lenet_gui.gui.portraits.figures import FIGURES, WIDTH, example
from lenet_gui.net.architecture import TABLE_I, Variant
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import OUTPUT, Unit
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.net.weights_file import LoadedWeights, load_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.sheet import Patch
from tests.support.hand import Points, drawn_by, real_drawings

HANDS = range(4)
every_hand = pytest.mark.parametrize("hand", HANDS)
both_networks = pytest.mark.parametrize("name", ["original", "modern"])

THREE: Points = STROKE
ONE: Points = ((0.5, 0.15), (0.5, 0.85))
SEVEN: Points = ((0.28, 0.22), (0.7, 0.22), (0.45, 0.82))
FOOT: Points = ((0.45, 0.82), (0.87, 0.82))
H: tuple[Points, ...] = (
    ((0.3, 0.2), (0.3, 0.8)),
    ((0.7, 0.2), (0.7, 0.8)),
    ((0.3, 0.5), (0.7, 0.5)),
)
UPPER_BOW: Points = ((0.30, 0.26), (0.34, 0.40), (0.44, 0.47))
LOWER_BOW: Points = ((0.44, 0.47), (0.33, 0.60), (0.30, 0.77))


def bar_at_the_top(share: float) -> Points:
    """From the top of the 1 to the left, so long a part of its line."""
    return ((0.5, 0.15), (0.5 - 0.7 * share, 0.15))


@cache
def loaded(name: str) -> LoadedWeights:
    return load_weights(shipped_weights(name))


def traced(drawing: Drawing) -> InkSteps:
    steps = trace_ink(paint(drawing))
    assert steps is not None
    return steps


@cache
def ink(hand: int, *strokes: Points, width: float | None = None) -> InkSteps:
    """What a hand draws, on its way to the network."""
    return traced(drawn_by(hand, *strokes, width=width))


def read(name: str, steps: InkSteps) -> Reading:
    return read_digit(loaded(name).network, steps.centred, loaded(name).calibration)


def said(reading: Reading) -> int | None:
    """The digit that is read; None where none is."""
    return None if verdict_of(reading).abstains else reading.answer


def answer(name: str, hand: int, *strokes: Points) -> int | None:
    return said(read(name, ink(hand, *strokes)))


# Maps


@both_networks
@every_hand
def test_a_bar_makes_a_one_a_seven_and_a_seven_a_two(hand: int, name: str) -> None:
    assert answer(name, hand, ONE) == 1
    for share in (0.4, 0.6):
        assert answer(name, hand, ONE, bar_at_the_top(share)) == 7
    assert answer(name, hand, SEVEN) == 7
    assert answer(name, hand, SEVEN, FOOT) == 2


def test_real_sevens_whose_leg_slants_become_twos(real_strokes: Path) -> None:
    found = []
    for drawing in real_drawings(real_strokes, 7, 60):
        points = [point for stroke in drawing.strokes for point in stroke.points]
        left, right = min(p.x for p in points), max(p.x for p in points)
        foot = max(points, key=lambda point: point.y)
        slants = 0.25 < (foot.x - left) / (right - left) < 0.6
        if len(drawing.strokes) == 1 and slants:
            bar = Stroke((foot, PenPoint(foot.x + right - left, foot.y, foot.width)))
            found.append(said(read("original", traced(drawing.with_stroke(bar)))))
    assert found.count(2) > 0.9 * len(found) > 9


@every_hand
def test_maps_of_c1_tell_upper_from_lower_and_right_from_left_edges(hand: int) -> None:
    reading = read("original", ink(hand, THREE))
    seen = np.lib.stride_tricks.sliding_window_view(reading.input, (5, 5))
    down = seen[..., 3:, :].mean((2, 3)) - seen[..., :2, :].mean((2, 3))
    across = seen[..., 3:].mean((2, 3)) - seen[..., :2].mean((2, 3))
    for number, slope in ((0, down), (3, -across)):
        values = reading.values("C1")[number]
        assert (values[slope > 0.6] > 0).mean() > 0.9
        assert (values[slope < -0.6] < 0).mean() > 0.9


@pytest.mark.parametrize("strokes", [(THREE,), (SEVEN,), (ONE,)], ids=["3", "7", "1"])
def test_the_last_map_of_s4_is_nearly_blank(strokes: tuple[Points, ...]) -> None:
    largest = np.abs(read("original", ink(0, *strokes)).values("S4")).max(axis=(1, 2))
    assert largest[15] * 10 < np.median(largest)
    coefficients = loaded("original").network.get_parameter("S4.coefficient").detach().numpy()
    assert np.abs(coefficients).argmin() == 15


# Unit and Weights


def test_maps_of_c3_are_fed_by_three_and_by_six_maps_and_each_map_feeds_ten() -> None:
    assert [len(TABLE_I[map_]) for map_ in (0, 15)] == [3, 6]
    assert [sum(map_ in row for row in TABLE_I) for map_ in range(6)] == [10] * 6


@every_hand
def test_the_terms_of_the_eight_are_large_where_its_code_is_not_that_of_the_three(
    hand: int,
) -> None:
    reading = read("original", ink(hand, THREE))
    terms = {
        digit: explain(loaded("original").network, reading, Unit(OUTPUT, digit)).sources[0].terms
        for digit in (3, 8)
    }
    assert (terms[3] < 0.5).mean() > 0.9
    differ = np.array(CODES[3]) != np.array(CODES[8])
    assert terms[8].ravel()[differ].min() > terms[8].ravel()[~differ].max()


# Causes


@both_networks
@every_hand
def test_a_three_whose_bows_are_closed_becomes_an_eight(hand: int, name: str) -> None:
    assert answer(name, hand, THREE) == 3
    assert answer(name, hand, THREE, UPPER_BOW, LOWER_BOW) == 8


def test_real_threes_whose_bows_are_closed_become_eights(real_strokes: Path) -> None:
    found = []
    for drawing in real_drawings(real_strokes, 3, 30):
        if len(drawing.strokes) == 1:
            points = list(drawing.strokes[0].points)
            inner = points[len(points) // 4 : -len(points) // 4]
            middle = min(inner, key=lambda point: point.x)
            closing = Stroke((points[0], middle, points[-1]))
            found.append(said(read("original", traced(drawing.with_stroke(closing)))))
    assert found.count(8) > 0.9 * len(found) > 20


# Compare


@every_hand
def test_a_large_h_is_no_digit_but_for_paper_1998(hand: int) -> None:
    found = [answer(name, hand, *H) for name in ("original", "paper-1998")]
    assert found == [None, 4]


@every_hand
def test_the_original_reads_a_seven_sooner_than_paper_1998(hand: int) -> None:
    shares = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
    original, paper = (
        [answer(name, hand, ONE, bar_at_the_top(share)) for share in shares]
        for name in ("original", "paper-1998")
    )
    assert set(original[shares.index(0.35) :]) == {7}
    assert original.index(7) < paper.index(7)
    assert None in paper[: paper.index(7)]


# Ink


def answer_without(step: Step, name: str, steps: InkSteps) -> int | None:
    """What is read where a step is left out."""
    done = preprocess(steps, NetworkKind(Variant(name)), (step,))
    assert done is not None
    tensor = torch.from_numpy(done.input.copy())[None, None]
    return said(read_input(loaded(name).network, tensor, loaded(name).calibration))


@every_hand
def test_a_small_three_needs_its_box(hand: int) -> None:
    small = tuple((0.06 + 0.35 * x, 0.04 + 0.35 * y) for x, y in THREE)
    steps = ink(hand, small, width=0.045)
    for name, instead in (("original", {None}), ("modern", set(range(10)) - {3})):
        assert said(read(name, steps)) == 3
        assert answer_without(Step.BOX, name, steps) in instead


@every_hand
def test_a_one_needs_its_range(hand: int) -> None:
    assert answer("original", hand, ONE) == 1
    assert answer_without(Step.RANGE, "original", ink(hand, ONE)) is None


# Invariance


def read_at(
    dial: str, values: Sequence[float], name: str, hand: int, stroke: Points
) -> list[int | None]:
    """What is read at some values of a dial."""
    (whole,) = [each for each in DIALS if each.name == dial]
    chosen = replace(whole, values=tuple(values), neutral=0)
    reader = Reader(name, loaded(name).network, loaded(name).calibration)
    ink_ = MovableInk(drawn_by(hand, stroke), ink(hand, stroke))
    (found,) = sweep(ink_, Disturbance(), chosen, [reader]).answers
    pairs = zip(found.answers.tolist(), found.rejected.tolist(), strict=True)
    return [None if rejected else digit for digit, rejected in pairs]


@both_networks
@every_hand
def test_a_seven_that_is_turned_becomes_a_one_on_the_left_and_is_lost_on_the_right(
    hand: int, name: str
) -> None:
    left = read_at("rotation", (-15, -20, -25, -30, -35, -40), name, hand, SEVEN)
    assert left[0] == 7
    assert next(digit for digit in left if digit != 7) == 1
    right = read_at("rotation", (30, 40, 50, 55, 60, 65), name, hand, SEVEN)
    assert right[0] == 7
    assert next(digit for digit in right if digit != 7) in {2, None}


@both_networks
@every_hand
def test_a_three_is_lost_after_five_to_ten_pixels(hand: int, name: str) -> None:
    for sign in (-1, 1):
        found = read_at("right", (4.5 * sign, 10.5 * sign), name, hand, THREE)
        assert found[0] == 3 != found[1]


@both_networks
@every_hand
def test_noise_hides_a_three_before_thirty_percent(hand: int, name: str) -> None:
    found = read_at("noise", [share / 100 for share in range(31)], name, hand, THREE)
    assert found[0] == 3
    assert set(found) != {3}


# The pictures


def test_what_the_first_page_says_of_the_drawn_three_is_so() -> None:
    shown = example()
    assert (shown.reading.answer, shown.reading.runner_up) == (3, 8)
    upper, right = shown.kernels[0], shown.kernels[3]
    assert upper[:3].mean() < 0 < upper[3:].mean()  # paper over ink
    assert right[:, 3:].mean() < 0 < right[:, :3].mean()  # ink, and paper to its right
    assert shown.edge.sum > 4
    assert abs(shown.summed.sum) < 1.2  # not saturated


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("theme", Theme)
def test_a_figure_is_whole_on_its_sheet(name: str, theme: Theme) -> None:
    sheet = FIGURES[name](theme)
    assert sheet.width == WIDTH
    patches = [item for item in sheet.items if isinstance(item, Patch)]
    assert patches or name == "how-squashing"
    for patch in patches:
        assert patch.x + patch.width < sheet.width
        assert patch.y + patch.height < sheet.height
    for number, one in enumerate(patches):
        for other in patches[number + 1 :]:
            beside = one.x + one.width <= other.x or other.x + other.width <= one.x
            assert beside or one.y + one.height <= other.y
