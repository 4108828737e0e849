"""Disturbances: their maps against matrices, the painted input against the program's own, noise."""

import tracemalloc

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lenet_gui.data.distort import random_maps
from lenet_gui.data.distortion import Distortion
from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke, fitted_drawing
from lenet_gui.data.ink import InkSteps, centre_of_mass, trace_ink
from lenet_gui.data.paint import paint
from lenet_gui.explore.dials import DIALS, Dial
from lenet_gui.explore.disturbance import PIXELS, Disturbance, inverted
from lenet_gui.explore.movable_ink import MovableInk

FAINTEST = 1 / 255


def steps_of(drawing: Drawing) -> InkSteps:
    steps = trace_ink(paint(drawing))
    assert steps is not None
    return steps


def seven(width: float = 0.085) -> Drawing:
    return fitted_drawing([[(0.2, 0.2), (0.7, 0.2), (0.45, 0.8)]], width)


def of(drawing: Drawing) -> MovableInk:
    return MovableInk(drawing, steps_of(drawing))


coordinates = st.floats(-0.1, 1.1)
points = st.builds(PenPoint, coordinates, coordinates, st.floats(0.03, 0.16))
strokes = st.builds(Stroke, st.lists(points, min_size=1, max_size=6).map(tuple), st.booleans())
drawings = st.builds(Drawing, st.lists(strokes, min_size=1, max_size=4).map(tuple))


@settings(max_examples=60)
@given(drawings)
def test_undisturbed_strokes_painted_anew_are_the_programs_own_input(drawing: Drawing) -> None:
    steps = trace_ink(paint(drawing))
    if steps is None:
        return
    ink = MovableInk(drawing, steps)
    again = ink.painted(Disturbance())
    # Only what is fainter than the faintest grey, which the preparation leaves out at the rim.
    assert np.abs(again - steps.padded).max() < ink.strength * FAINTEST + 1e-6
    # And by the whole way, to the bit.
    np.testing.assert_array_equal(ink.disturbed(Disturbance()), steps.padded)


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1), st.integers(2, 5))
def test_an_undisturbed_picture_is_the_programs_own_input(seed: int, side: int) -> None:
    picture = np.random.default_rng(seed).random((side * 7, side * 4), np.float32)
    drawing = Drawing((), Backdrop(picture))
    steps = steps_of(drawing)
    assert np.abs(of(drawing).painted(Disturbance()) - steps.padded).max() < FAINTEST + 1e-5


@settings(max_examples=20)
@given(st.integers(0, 2**32 - 1))
def test_an_undisturbed_picture_that_is_framed_is_its_own_input(seed: int) -> None:
    picture = np.random.default_rng(seed).random((28, 28), np.float32) ** 8  # mostly faint
    drawing = Drawing((), Backdrop(picture, is_framed=True))
    steps = trace_ink(paint(drawing), is_framed=True)
    assert steps is not None
    again = MovableInk(drawing, steps).painted(Disturbance())
    np.testing.assert_allclose(again[2:-2, 2:-2], picture, atol=1e-5)


def test_the_matrix_is_the_product_of_its_parts() -> None:
    angle, lean = np.radians(25.0), 0.4
    rotation = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shear = np.array([[1, -lean], [0, 1]])  # y points down: upwards is to the right
    squeeze = np.diag([1 / 1.3, 1.3])
    whole = rotation @ shear @ squeeze * 0.8
    matrix = Disturbance(
        right=2.5, down=-1.5, scale=0.8, rotation=25.0, squeeze=1.3, shear=lean
    ).matrix
    np.testing.assert_allclose(matrix, np.column_stack((whole, (2.5, -1.5))), atol=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_the_matrix_is_that_of_the_trainings_distortions(seed: int) -> None:
    """Their six draws, made again, put into a disturbance."""
    ranges = Distortion(translation=3, scale=0.4, squeeze=0.3, shear=0.5, rotation=60)
    expected = random_maps(1, ranges, torch.Generator().manual_seed(seed))[0].numpy()
    u = torch.rand((6, 1), generator=torch.Generator().manual_seed(seed)).numpy()[:, 0] * 2.0 - 1
    made = Disturbance(
        right=float(u[4]) * 3,
        down=float(u[5]) * 3,
        scale=1.4 ** float(u[0]),
        squeeze=1.3 ** float(u[1]),
        shear=float(u[2]) * 0.5,
        rotation=float(u[3]) * 60,
    )
    np.testing.assert_allclose(made.matrix, expected, atol=1e-5)


def corners(drawing: Drawing, disturbance: Disturbance) -> np.ndarray:
    """Where dots at the corners of a triangle come to lie in the input: [3, 2] of x, y.

    Each corner is painted alone, in the preparation of the whole drawing.
    """
    steps = steps_of(drawing)
    found = []
    for stroke in drawing.strokes:
        alone = MovableInk(Drawing((stroke,)), steps)
        found.append(centre_of_mass(alone.painted(disturbance)))
    return np.array(found)


@pytest.mark.parametrize(
    "disturbance",
    [
        Disturbance(right=3.25, down=-2.5),
        Disturbance(rotation=35.0),
        Disturbance(scale=0.6),
        Disturbance(squeeze=1.2),
        Disturbance(shear=-0.5),
        Disturbance(right=1.5, rotation=-20, scale=0.8, squeeze=0.8, shear=0.3, width=0.5),
    ],
)
def test_ink_goes_where_the_matrix_says(disturbance: Disturbance) -> None:
    places = ((0.3, 0.25), (0.65, 0.3), (0.5, 0.7))
    dots = Drawing(tuple(Stroke((PenPoint(x, y, 0.06),)) for x, y in places))
    before, after = corners(dots, Disturbance()), corners(dots, disturbance)
    matrix = disturbance.matrix
    expected = 16 + (before - 16) @ matrix[:, :2].T + matrix[:, 2]
    np.testing.assert_allclose(after, expected, atol=0.05)  # pixels of the input


def test_the_same_of_a_pictures_ink() -> None:
    disturbance = Disturbance(right=2, rotation=30, scale=0.7, shear=0.2)
    picture = np.zeros((28, 28), np.float32)
    picture[4:24, 8:20] = np.linspace(0.2, 1.0, 12)
    ink = of(Drawing((), Backdrop(picture)))
    before, after = (
        np.array(centre_of_mass(ink.painted(each))) for each in (Disturbance(), disturbance)
    )
    matrix = disturbance.matrix
    expected = 16 + matrix[:, :2] @ (before - 16) + matrix[:, 2]
    np.testing.assert_allclose(after, expected, atol=0.02)
    assert not ink.has_strokes


def test_scaling_scales_the_ink_and_width_adds_to_the_strokes_alone() -> None:
    line = Drawing((Stroke((PenPoint(0.5, 0.2, 0.08), PenPoint(0.5, 0.8, 0.08))),))
    ink = of(line)
    whole = ink.painted(Disturbance())
    across = float(whole[16].sum())  # the stroke's width, in pixels of the input
    assert float(ink.painted(Disturbance(scale=0.5)).sum()) == pytest.approx(
        float(whole.sum()) / 4, rel=0.02
    )
    for gained in (-1.0, 0.5, 2.0):
        row = ink.painted(Disturbance(width=gained))[16]
        assert float(row.sum()) == pytest.approx(across + gained, abs=0.05)
    # Twice as large and then one pixel more, not two.
    both = ink.painted(Disturbance(scale=1.5, width=1.0))[16]
    assert float(both.sum()) == pytest.approx(1.5 * across + 1.0, abs=0.05)


def test_a_pictures_strokes_gain_and_lose_as_much() -> None:
    picture = np.zeros((28, 28), np.float32)
    picture[4:24, 12:16] = 1
    ink = of(Drawing((), Backdrop(picture)))
    for gained in (-2.0, 1.0, 3.0):
        row = ink.painted(Disturbance(width=gained))[16]
        assert float(row.sum()) == pytest.approx(4 + gained, abs=0.01)


def test_a_moved_stroke_is_as_sharp_as_one_that_was_never_moved() -> None:
    """But for where the fine raster's pixels fall, which are less than a seventh of the input's."""
    ink = of(seven())
    whole, moved = ink.painted(Disturbance()), ink.painted(Disturbance(right=3, down=-2))
    np.testing.assert_allclose(moved[:-2, 3:], whole[2:, :-3], atol=0.04)
    turned = ink.painted(Disturbance(rotation=90))
    np.testing.assert_allclose(turned, np.rot90(whole, -1), atol=0.04)
    between = ink.painted(Disturbance(right=0.5, down=0.5, rotation=17))
    grey = [float((each * (1 - each)).sum()) for each in (whole, moved, turned, between)]
    assert max(grey) < 1.25 * min(grey)  # resampling the 32x32 picture makes it 1.8


def test_ink_beside_the_sheet_stays_away_when_it_is_moved() -> None:
    over_the_edge = Drawing((Stroke((PenPoint(0.5, 0.5, 0.1), PenPoint(1.4, 0.5, 0.1))),))
    ink = of(over_the_edge)
    before = ink.painted(Disturbance())
    np.testing.assert_allclose(ink.painted(Disturbance(right=-4))[:, :-4], before[:, 4:], atol=0.04)


def test_an_eraser_takes_ink_away_wherever_the_digit_is() -> None:
    bar = Stroke((PenPoint(0.2, 0.5, 0.16), PenPoint(0.8, 0.5, 0.16)))
    cut = Stroke((PenPoint(0.5, 0.3, 0.1), PenPoint(0.5, 0.7, 0.1)), erases=True)
    steps = steps_of(Drawing((bar, cut)))
    ink = MovableInk(Drawing((bar, cut)), steps)
    assert ink.painted(Disturbance())[16, 16] < 0.2 < 0.9 < ink.painted(Disturbance())[16, 10]
    moved = ink.painted(Disturbance(right=-5))
    assert moved[16, 11] < 0.2 < 0.9 < moved[16, 16]


@settings(max_examples=60)
@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 2**31))
def test_exactly_the_share_is_inverted_and_a_seed_always_chooses_the_same(
    one: float, other: float, seed: int
) -> None:
    ink = np.random.default_rng(7).random((32, 32), np.float32) * np.float32(0.4)
    less, more = sorted((one, other))
    changed = [inverted(ink, share, seed) != ink for share in (less, more)]
    assert [int(each.sum()) for each in changed] == [round(s * PIXELS) for s in (less, more)]
    assert not (changed[0] & ~changed[1]).any()
    noisy = inverted(ink, more, seed)
    np.testing.assert_array_equal(noisy[changed[1]], 1 - ink[changed[1]])
    np.testing.assert_array_equal(noisy, inverted(ink, more, seed))
    assert round(more * PIXELS) in (0, PIXELS) or (inverted(ink, more, seed + 1) != noisy).any()


def test_noise_comes_on_top_of_the_moved_ink() -> None:
    ink = of(seven())
    quiet = ink.disturbed(Disturbance(rotation=20))
    noisy = ink.disturbed(Disturbance(rotation=20, noise=0.1, seed=3))
    np.testing.assert_array_equal(noisy, inverted(quiet, 0.1, 3))
    assert ((noisy >= 0) & (noisy <= 1)).all()


@pytest.mark.parametrize("dial", DIALS, ids=lambda dial: dial.name)
def test_every_dial_has_a_neutral_place_and_changes_the_input_everywhere_else(
    dial: Dial,
) -> None:
    assert dial.set(Disturbance(), dial.neutral) == Disturbance()
    assert Disturbance().is_neutral
    assert list(dial.values) == sorted(set(dial.values))
    ink = of(seven())
    own = ink.disturbed(Disturbance())
    for place in range(0, len(dial.values), 10):
        disturbance = dial.set(Disturbance(), place)
        assert disturbance.is_neutral == (place == dial.neutral)
        assert np.array_equal(ink.disturbed(disturbance), own) == (place == dial.neutral)
        assert dial.place_of(dial.values[place]) == pytest.approx(place)


def test_what_is_claimed_lies_in_the_range_and_is_told_with_its_unit() -> None:
    claims = {dial.name: dial.claim for dial in DIALS if dial.claim}
    assert set(claims) == {"scale", "rotation", "noise"}
    by_field = {dial.name: dial for dial in DIALS}
    assert by_field["rotation"].value_text(-30) == "−30.0°"
    assert by_field["noise"].value_text(0.1) == "10.0 %"
    assert by_field["scale"].value_text(2) == "×2.00"
    assert by_field["right"].text(by_field["right"].neutral) == "+0.00 px"
    for field, claim in claims.items():
        dial = by_field[field]
        assert dial.values[0] <= claim.low < claim.high <= dial.values[-1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"scale": 0.0},
        {"scale": 1e-200},
        {"scale": 1e9},
        {"squeeze": -1.0},
        {"squeeze": 1e300},
        {"shear": 1e9},
        {"rotation": 1e9},
        {"width": 1e6},
        {"width": -1e6},
        {"noise": 1.5},
        {"noise": float("nan")},
        {"right": float("inf")},
        {"down": -1e5},
        {"seed": -1},
        {"seed": 10**400},
    ],
)
def test_values_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    (name,) = wrong
    with pytest.raises(ValueError, match=f"{name} must lie in"):
        Disturbance(**wrong)


disturbances = st.builds(
    Disturbance,
    right=st.floats(-64, 64),
    down=st.floats(-64, 64),
    scale=st.floats(1 / 16, 16),
    rotation=st.floats(-360, 360),
    squeeze=st.floats(1 / 16, 16),
    shear=st.floats(-16, 16),
    width=st.floats(-64, 64),
    noise=st.floats(0, 1),
    seed=st.integers(0, 2**32 - 1),
)
anywhere = st.floats(allow_nan=False, allow_infinity=False)
wild = st.builds(
    PenPoint, anywhere, anywhere, st.floats(0, allow_infinity=False) | st.floats(0, 0.2)
)
wild_strokes = st.builds(Stroke, st.lists(wild | points, max_size=5), st.booleans())
pictures = st.integers(0, 99).map(
    lambda seed: Backdrop(np.random.default_rng(seed).random((9, 7), np.float32))
)


@settings(max_examples=60)
@given(
    st.builds(Drawing, st.lists(wild_strokes | strokes, max_size=3), st.none() | pictures),
    disturbances,
)
@example(Drawing(backdrop=Backdrop(np.eye(9, 7))), Disturbance(scale=1 / 16, width=64))
@example(seven(), Disturbance(scale=16, squeeze=16, shear=16, right=64))
@example(seven(), Disturbance(scale=1 / 16, squeeze=1 / 16))
def test_however_a_digit_is_disturbed_the_input_is_ink_in_0_to_1(
    drawing: Drawing, disturbance: Disturbance
) -> None:
    steps = trace_ink(paint(drawing))
    if steps is None:
        return
    ink = MovableInk(drawing, steps)
    tracemalloc.start()
    made = ink.disturbed(disturbance)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ((made >= 0) & (made <= 1)).all()  # not true of NaN either
    assert peak < 2**26
