"""What the guide says of its experiments is so, with the shipped networks."""

from functools import cache

import numpy as np
import pytest
import torch

from lenet_gui.data.drawing import DEFAULT_PEN_WIDTH, Drawing, PenPoint, Stroke
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.explore.dials import DIALS
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.explore.movable_ink import MovableInk
from lenet_gui.explore.preprocessing import Step, preprocess
from lenet_gui.explore.reader import read_digit, read_input
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.sweep_reader import Reader, sweep
from lenet_gui.explore.verdict import verdict_of
from lenet_gui.gui.portraits import STROKE
from lenet_gui.gui.portraits.figures import FIGURES, WIDTH, example
from lenet_gui.net.architecture import Variant
from lenet_gui.net.weights_file import LoadedWeights, load_weights
from lenet_gui.paths import shipped_weights
from lenet_gui.pictures.colours import Theme
from lenet_gui.pictures.sheet import Patch

Points = tuple[tuple[float, float], ...]

ONE: Points = ((0.5, 0.15), (0.5, 0.85))
BAR_AT_THE_TOP: Points = ((0.5, 0.15), (0.25, 0.15))
BAR_AT_THE_FOOT: Points = ((0.5, 0.85), (0.75, 0.85))
SEVEN: Points = ((0.28, 0.22), (0.7, 0.22), (0.45, 0.82))
H = (((0.3, 0.2), (0.3, 0.8)), ((0.7, 0.2), (0.7, 0.8)), ((0.3, 0.5), (0.7, 0.5)))
LEFT_SIDE: Points = ((0.3, 0.26), (0.3, 0.45), (0.3, 0.77))


@cache
def loaded(name: str) -> LoadedWeights:
    return load_weights(shipped_weights(name))


def drawing(*strokes: Points, width: float = DEFAULT_PEN_WIDTH) -> Drawing:
    return Drawing(tuple(Stroke(PenPoint(x, y, width) for x, y in stroke) for stroke in strokes))


def read(name: str, *strokes: Points) -> Reading:
    steps = trace_ink(paint(drawing(*strokes)))
    assert steps is not None
    return read_digit(loaded(name).network, steps.centred, loaded(name).calibration)


def answer(name: str, *strokes: Points) -> int | None:
    """The digit that is read; None where none is."""
    reading = read(name, *strokes)
    return None if verdict_of(reading).abstains else reading.answer


@pytest.mark.parametrize("name", ["original", "modern"])
def test_a_one_becomes_a_seven_and_a_two(name: str) -> None:
    assert answer(name, ONE) == 1
    assert answer(name, ONE, BAR_AT_THE_TOP) == 7
    assert answer(name, ONE, BAR_AT_THE_TOP, BAR_AT_THE_FOOT) == 2


def test_a_three_closed_on_the_left_becomes_an_eight() -> None:
    assert (answer("original", STROKE), answer("original", STROKE, LEFT_SIDE)) == (3, 8)


def test_a_large_h_is_no_digit_but_for_paper_1998() -> None:
    found = [answer(name, *H) for name in ("original", "modern", "paper-1998")]
    assert found == [None, None, 4]


def test_the_original_reads_a_seven_sooner_than_paper_1998() -> None:
    short, long = (((0.5, 0.15), (end, 0.15)) for end in (0.38, 0.25))
    assert (answer("original", ONE, short), answer("paper-1998", ONE, short)) == (7, 1)
    assert (answer("original", ONE, long), answer("paper-1998", ONE, long)) == (7, 7)


def without(step: Step, *strokes: Points, width: float = DEFAULT_PEN_WIDTH) -> bool:
    """Whether no digit is read where a step is left out, and one is where it is not."""
    steps, original = trace_ink(paint(drawing(*strokes, width=width))), loaded("original")
    assert steps is not None
    found = []
    for off in ((), (step,)):
        done = preprocess(steps, Variant.ORIGINAL, off)
        assert done is not None
        tensor = torch.from_numpy(done.input.copy())[None, None]
        reading = read_input(original.network, tensor, original.calibration)
        found.append(verdict_of(reading).abstains)
    return found == [False, True]


def test_a_small_three_needs_its_box_and_a_one_its_range() -> None:
    small = tuple((0.06 + 0.4 * x, 0.04 + 0.4 * y) for x, y in STROKE)
    assert without(Step.BOX, small, width=0.05)
    assert without(Step.RANGE, ONE)


def where_it_is_read(stroke: Points, dial: str, name: str) -> dict[float, int | None]:
    """The answer at every value of a dial."""
    drawn = drawing(stroke)
    steps = trace_ink(paint(drawn))
    assert steps is not None
    reader = Reader(name, loaded(name).network, loaded(name).calibration)
    (chosen,) = [each for each in DIALS if each.name == dial]
    (found,) = sweep(MovableInk(drawn, steps), Disturbance(), chosen, [reader]).answers
    pairs = zip(found.answers.tolist(), found.rejected.tolist(), strict=True)
    return {
        value: None if rejected else digit
        for value, (digit, rejected) in zip(chosen.values, pairs, strict=True)
    }


def test_a_seven_that_is_turned_becomes_a_one_or_a_two() -> None:
    found = where_it_is_read(SEVEN, "rotation", "original")
    assert {digit for turned, digit in found.items() if abs(turned) < 25} == {7}
    assert {digit for turned, digit in found.items() if -50 < turned < -35} == {1}
    assert {digit for turned, digit in found.items() if 50 < turned < 57} == {2}


def test_a_three_is_lost_after_some_seven_pixels() -> None:
    found = where_it_is_read(STROKE, "right", "original")
    assert all(digit == 3 for moved, digit in found.items() if -6 <= moved <= 5)
    assert not any(digit == 3 for moved, digit in found.items() if abs(moved) > 9)


@pytest.mark.parametrize("name", ["original", "modern"])
def test_noise_of_an_eighth_of_the_pixels_hides_a_three(name: str) -> None:
    found = where_it_is_read(STROKE, "noise", name)
    assert all(digit == 3 for share, digit in found.items() if share < 0.1)
    assert not any(digit == 3 for share, digit in found.items() if share > 0.2)


def test_what_the_first_page_says_of_the_drawn_three_is_so() -> None:
    shown = example()
    assert (shown.reading.answer, shown.reading.runner_up) == (3, 8)
    upper, right = shown.kernels[0], shown.kernels[3]
    assert upper[:3].mean() < 0 < upper[3:].mean()  # paper over ink
    assert right[:, 3:].mean() < 0 < right[:, :3].mean()  # ink, and paper to its right
    assert shown.edge.sum > 4
    assert abs(shown.summed.sum) < 1.2  # not saturated


def test_the_last_map_of_s4_is_nearly_blank() -> None:
    largest = np.abs(read("original", STROKE).values("S4")).max(axis=(1, 2))
    assert largest[15] * 10 < sorted(largest)[1]
    coefficients = loaded("original").network.get_parameter("S4.coefficient").detach().numpy()
    assert np.abs(coefficients).argmin() == 15


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
