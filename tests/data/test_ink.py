"""Ink becomes a digit as MNIST's makers made theirs: size, centre of mass, and nothing lost."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke, fitted_drawing
from lenet_gui.data.ink import Box, InkSteps, centre_of_mass, ink_box, trace_ink
from lenet_gui.data.paint import paint

few = settings(max_examples=40)


def traced(raster: np.ndarray) -> InkSteps:
    steps = trace_ink(raster.astype(np.float32))
    assert steps is not None
    return steps


def test_no_ink_gives_no_digit() -> None:
    assert trace_ink(np.zeros((224, 224), np.float32)) is None
    assert trace_ink(np.full((224, 224), 0.001, np.float32)) is None
    line = Stroke((PenPoint(0.3, 0.5, 0.05),))
    wipe = Stroke((PenPoint(0.3, 0.5, 0.16),), erases=True)
    assert trace_ink(paint(Drawing((line, wipe)))) is None


def test_every_step_is_kept() -> None:
    raster = np.zeros((224, 224), np.float32)
    raster[40:200, 100:180] = 0.5
    steps = traced(raster)
    np.testing.assert_array_equal(steps.painted, raster)
    assert steps.box == Box(left=100, top=40, right=180, bottom=200)
    assert (steps.box.width, steps.box.height) == (80, 160)
    assert steps.boxed.shape == (20, 10)
    np.testing.assert_allclose(steps.boxed, 0.5, atol=1e-6)
    expected = np.zeros((28, 28))
    expected[4:24, 9:19] = 0.5
    np.testing.assert_allclose(steps.centred, expected, atol=1e-6)
    np.testing.assert_array_equal(steps.padded, np.pad(steps.centred, 2))
    for picture in (steps.painted, steps.boxed, steps.centred, steps.padded):
        assert picture.dtype == np.float32
        assert not picture.flags.writeable
    raster[0, 0] = 1  # the caller's own array stays the caller's


def test_a_thin_line_keeps_its_thinness() -> None:
    raster = np.zeros((224, 224), np.float32)
    raster[10:210, 100:113] = 1  # 13 of 200: 1.3 of 20 pixels
    steps = traced(raster)
    assert steps.boxed.shape == (20, 2)
    np.testing.assert_allclose(steps.boxed, 0.65, atol=1e-5)


def test_a_dot_fills_the_box() -> None:
    raster = np.zeros((224, 224), np.float32)
    raster[7, 9] = 1
    steps = traced(raster)
    np.testing.assert_allclose(steps.centred[4:24, 4:24], 1, atol=1e-6)
    assert steps.centred.sum() == pytest.approx(400, rel=1e-5)


def test_the_centre_of_mass_is_its_definition() -> None:
    picture = np.random.default_rng(4).random((9, 14)).astype(np.float32)
    x = y = total = 0.0
    for i in range(9):
        for j in range(14):
            x += (j + 0.5) * float(picture[i, j])
            y += (i + 0.5) * float(picture[i, j])
            total += float(picture[i, j])
    assert centre_of_mass(picture) == pytest.approx((x / total, y / total))


def test_the_box_holds_all_ink_and_no_more() -> None:
    raster = np.zeros((30, 40), np.float32)
    assert ink_box(raster) is None
    raster[3, 8] = raster[20, 39] = 0.2
    assert ink_box(raster) == Box(8, 3, 40, 21)


def test_real_digits_come_back_as_they_are(real_mnist: Path) -> None:
    content = gzip.decompress((real_mnist / "t10k-images-idx3-ubyte.gz").read_bytes())
    digits = np.frombuffer(content, np.uint8, offset=16).reshape(-1, 28, 28)[:1000]
    same = 0
    for digit in digits:
        steps = traced(paint(Drawing(backdrop=Backdrop(digit / np.float32(255)))))
        same += np.array_equal(np.rint(steps.centred * 255).astype(np.uint8), digit)
    # Measured: all of the first 1,000, and 9,997 of the 10,000; the other three are 19 pixels
    # long in MNIST, and grow to 20 here.
    assert same == 1000


@few
@given(st.integers(0, 2**32 - 1), st.floats(0.002, 1), st.integers(1, 255))
def test_a_framed_picture_is_read_as_it_is(seed: int, share: float, darkest: int) -> None:
    random = np.random.default_rng(seed)
    image = random.integers(1, darkest + 1, (28, 28)) * (random.random((28, 28)) < share)
    image[seed % 28, seed % 27] = 255  # which stays the only strong ink
    raster = paint(Drawing(backdrop=Backdrop(image / np.float32(255), is_framed=True)))
    steps = trace_ink(raster, is_framed=True)
    assert steps is not None
    assert np.array_equal(np.rint(steps.centred * 255), image)
    assert steps.corner == (0, 0)
    assert steps.boxed.shape == (steps.side, steps.side) == (28, 28)
    assert steps.on_sheet((2, 2, 30, 30)) == (0, 0, 1, 1)


def test_a_framed_picture_of_another_size_is_none() -> None:
    with pytest.raises(ValueError, match=r"\[28, 28\], not \(20, 20\)"):
        Backdrop(np.zeros((20, 20)), is_framed=True)


places = st.tuples(st.integers(0, 1000), st.integers(0, 1000))
shapes = st.lists(st.lists(places, min_size=2, max_size=6), min_size=1, max_size=2)


def at_the_exact_centre(digit: np.ndarray) -> np.ndarray:
    """`digit` softened, and shifted by the part of a pixel that a whole-pixel shift leaves over."""
    x, y = centre_of_mass(digit)
    soft = np.pad(digit.astype(float), 3)
    for axis, place in ((0, y), (1, x)):
        soft = soft + np.roll(soft, 1, axis) + np.roll(soft, -1, axis)
        left_over = 14.5 - place
        whole = int(np.floor(left_over))
        part = left_over - whole
        soft = (1 - part) * np.roll(soft, whole, axis) + part * np.roll(soft, whole + 1, axis)
    return soft


def difference(a: np.ndarray, b: np.ndarray) -> float:
    """The difference of two digits relative to their ink, where the grid does not matter."""
    soft_a, soft_b = at_the_exact_centre(a), at_the_exact_centre(b)
    return float(np.abs(soft_a - soft_b).sum() / soft_b.sum())


@few
@given(shapes, st.floats(-0.15, 0.15), st.floats(-0.15, 0.15))
def test_where_it_was_drawn_does_not_matter(
    shape: list[list[tuple[int, int]]], right: float, down: float
) -> None:
    drawing = fitted_drawing(shape, margin=0.25)
    moved = Drawing(
        tuple(
            Stroke(tuple(PenPoint(p.x + right, p.y + down, p.width) for p in stroke.points))
            for stroke in drawing.strokes
        )
    )
    here, there = traced(paint(drawing)).centred, traced(paint(moved)).centred
    assert difference(here, there) < 0.2


@few
@given(shapes, st.floats(0.5, 1.4))
def test_how_large_it_was_drawn_does_not_matter(
    shape: list[list[tuple[int, int]]], factor: float
) -> None:
    assume(len({place for stroke in shape for place in stroke}) > 1)
    normal = fitted_drawing(shape, width=0.08, margin=0.25)
    scaled = fitted_drawing(shape, width=0.08 * factor, margin=0.5 - 0.25 * factor)
    here, there = traced(paint(normal)).centred, traced(paint(scaled)).centred
    assert difference(here, there) < 0.3


@few
@given(shapes, st.floats(0.03, 0.16), st.floats(0, 0.4))
def test_every_digit_fills_its_box_and_keeps_its_ink(
    shape: list[list[tuple[int, int]]], width: float, margin: float
) -> None:
    steps = traced(paint(fitted_drawing(shape, width, margin)))
    assert max(steps.boxed.shape) == 20
    assert steps.centred.min() >= 0
    assert steps.centred.max() <= 1
    scale = 20 / max(steps.box.width, steps.box.height)
    assert steps.centred.sum() == pytest.approx(steps.painted.sum() * scale**2, rel=0.01)
    np.testing.assert_allclose(steps.centred.sum(), steps.boxed.sum(), rtol=1e-5)
    x, y = centre_of_mass(steps.centred)
    rows, columns = np.nonzero(steps.centred)
    if columns.min() > 0 and columns.max() < 27:  # else the frame held it back
        assert x == pytest.approx(14.5, abs=0.5 + 1e-5)
    if rows.min() > 0 and rows.max() < 27:
        assert y == pytest.approx(14.5, abs=0.5 + 1e-5)


def test_real_strokes_all_become_digits(real_strokes: Path) -> None:
    with gzip.open(real_strokes, "rt") as lines:
        drawings = [fitted_drawing(json.loads(next(lines))["strokes"]) for _ in range(50)]
    for drawing in drawings:
        steps = traced(paint(drawing))
        assert max(steps.boxed.shape) == 20
        assert 0.05 < steps.centred.mean() < 0.35  # MNIST's digits: 0.03 to 0.32, mean 0.13
