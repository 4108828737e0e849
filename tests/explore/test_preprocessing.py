"""The preprocessing is the program's own to the bit; a step left out changes what it should."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.builtin.hand import Hand, write
from lenet_gui.data.drawing import Backdrop, Drawing, PenPoint, Stroke, fitted_drawing
from lenet_gui.data.ink import trace_ink
from lenet_gui.data.input_range import to_input
from lenet_gui.data.paint import paint
from lenet_gui.explore.preprocessing import OF_ALL, OF_FRAMED, Preprocessing, Step, preprocess
from lenet_gui.explore.reader import read_digit, read_input
from lenet_gui.explore.reading import Floats
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.net.network_kind import NetworkKind


def raster_of(digit: int, seed: int = 0) -> Floats:
    traces = write(digit, np.random.default_rng(seed), Hand())
    return paint(fitted_drawing([trace.points.tolist() for trace in traces]))


def way(raster: Floats, *off: Step, variant: Variant = Variant.ORIGINAL) -> Preprocessing:
    steps = trace_ink(raster)
    assert steps is not None
    found = preprocess(steps, NetworkKind(variant), off)
    assert found is not None
    return found


def assert_as_everywhere(raster: Floats, variant: Variant) -> None:
    steps = trace_ink(raster)
    if steps is None:
        return
    found = preprocess(steps, NetworkKind(variant))
    assert found is not None
    for mine, own in (
        (found.painted, steps.painted),
        (found.boxed, steps.boxed),
        (found.framed, steps.centred),
        (found.padded, steps.padded),
        (found.input, to_input(steps.centred, *INPUT_RANGE[variant])[0, 0].numpy()),
    ):
        assert mine.dtype == np.float32
        np.testing.assert_array_equal(mine, own)
    assert (found.box, found.corner) == (steps.box, steps.corner)


@pytest.mark.parametrize("variant", list(Variant))
@pytest.mark.parametrize("digit", range(10))
def test_with_every_step_it_is_the_networks_input_to_the_bit(digit: int, variant: Variant) -> None:
    assert_as_everywhere(raster_of(digit), variant)


coordinates = st.floats(-0.1, 1.1)


@settings(max_examples=40)
@given(
    points=st.lists(st.tuples(coordinates, coordinates, st.floats(0.01, 0.2)), max_size=5),
    variant=st.sampled_from(list(Variant)),
)
def test_that_holds_for_any_stroke(
    points: list[tuple[float, float, float]], variant: Variant
) -> None:
    stroke = Stroke(tuple(PenPoint(*point) for point in points))
    assert_as_everywhere(paint(Drawing((stroke,) if points else ())), variant)


def test_without_grey_every_point_is_paper_or_ink() -> None:
    raster = raster_of(3)
    assert len(np.unique(raster)) > 2
    found = way(raster, Step.PAINTED)
    assert set(np.unique(found.painted)) == {0.0, 1.0}
    np.testing.assert_array_equal(found.painted == 1, raster >= 0.5)
    faint = np.zeros((224, 224), np.float32)
    faint[50:90, 60:70] = 0.3
    steps = trace_ink(faint)
    assert steps is not None
    assert preprocess(steps, NetworkKind(Variant.ORIGINAL)) is not None
    assert preprocess(steps, NetworkKind(Variant.ORIGINAL), [Step.PAINTED]) is None


def test_without_the_box_the_whole_sheet_is_scaled() -> None:
    raster = raster_of(4)
    found = way(raster, Step.BOX)
    assert (found.box.width, found.box.height) == raster.shape[::-1]
    # Every point cut into 5 x 5, and 56 x 56 of those make a pixel.
    fine = np.kron(raster.astype(np.float64), np.ones((5, 5)))
    np.testing.assert_allclose(
        found.boxed, fine.reshape(20, 56, 20, 56).mean(axis=(1, 3)), atol=1e-6
    )


def test_without_the_centre_of_mass_the_middle_of_the_box_is_the_middle() -> None:
    raster = raster_of(7, seed=3)
    with_it, without = way(raster), way(raster, Step.MASS)
    rows, columns = without.boxed.shape
    left, top = without.corner
    assert left == (28 - columns + 1) // 2
    assert top == (28 - rows + 1) // 2
    assert with_it.corner != without.corner
    down, across = (with_it.corner[at] - without.corner[at] for at in (1, 0))
    np.testing.assert_array_equal(
        with_it.framed, np.roll(without.framed, (down, across), axis=(0, 1))
    )
    ys, xs = np.mgrid[:28, :28] + 0.5
    inked = with_it.framed.sum(dtype=np.float64)
    there = (xs * with_it.framed).sum() / inked, (ys * with_it.framed).sum() / inked
    np.testing.assert_allclose(with_it.mass_in_frame, there, atol=1e-4)
    assert with_it.is_in_the_middle
    assert all(14 <= at < 15 for at in there)
    # The mass by a plain sum over the pixels' middles.
    ys, xs = np.mgrid[:rows, :columns] + 0.5
    total = without.boxed.sum(dtype=np.float64)
    assert without.mass[0] == pytest.approx((xs * without.boxed).sum() / total, abs=1e-6)
    assert without.mass[1] == pytest.approx((ys * without.boxed).sum() / total, abs=1e-6)


def test_without_the_frame_the_digit_fills_it() -> None:
    found = way(raster_of(1), Step.FRAME)
    assert max(found.boxed.shape) == 28
    rows = np.flatnonzero(found.framed.any(axis=1))
    columns = np.flatnonzero(found.framed.any(axis=0))
    assert max(np.ptp(rows), np.ptp(columns)) == 27


OF_NO_FRAME = (Step.BOX, Step.MASS, Step.FRAME)


def test_a_framed_picture_has_fewer_steps_and_is_never_cropped() -> None:
    picture = np.zeros((28, 28), np.float32)
    picture[3:9, 20:27] = np.linspace(0.2, 0.3, 42).reshape(6, 7)
    picture[4, 21] = 0.9
    steps = trace_ink(paint(Drawing(backdrop=Backdrop(picture, is_framed=True))), is_framed=True)
    assert steps is not None
    ways = (((), picture), ((Step.PAINTED,), picture >= 0.5), (OF_NO_FRAME, picture))
    for off, centred in ways:
        found = preprocess(steps, NetworkKind(Variant.MODERN), off)
        assert found is not None
        assert found.steps == OF_FRAMED
        np.testing.assert_allclose(found.framed, centred, atol=1e-6)
        np.testing.assert_allclose(found.input[2:-2, 2:-2], centred, atol=1e-6)


def test_without_the_margin_the_frame_is_stretched() -> None:
    raster = raster_of(8)
    found = way(raster, Step.MARGIN)
    # Every pixel cut into 8 x 8, and 7 x 7 of those make a new one.
    fine = np.kron(way(raster).framed.astype(np.float64), np.ones((8, 8)))
    wanted = fine.reshape(32, 7, 32, 7).mean(axis=(1, 3))
    np.testing.assert_allclose(found.padded, wanted, atol=1e-6)


@pytest.mark.parametrize(
    ("variant", "wanted"), [(Variant.ORIGINAL, (0.0, 1.0)), (Variant.MODERN, (-0.1, 1.175))]
)
def test_without_the_range_it_is_that_of_the_other_network(
    variant: Variant, wanted: tuple[float, float]
) -> None:
    found = way(raster_of(5), Step.RANGE, variant=variant)
    assert found.range == wanted
    paper, ink = wanted
    np.testing.assert_allclose(found.input, paper + found.padded * (ink - paper), atol=1e-6)
    assert found.input.min() == pytest.approx(paper)


@settings(max_examples=30)
@given(off=st.sets(st.sampled_from(list(Step))), variant=st.sampled_from(list(Variant)))
def test_any_steps_left_out_leave_an_input(off: set[Step], variant: Variant) -> None:
    found = way(raster_of(2), *off, variant=variant)
    assert found.input.shape == (32, 32)
    assert found.input.dtype == np.float32
    assert found.off == off
    for step in OF_ALL:
        assert np.isfinite(found.picture(step)).all()


def test_an_input_is_read_as_the_digit_it_was_made_of() -> None:
    network = build(Variant.ORIGINAL, torch.Generator().manual_seed(0))
    raster = raster_of(6)
    steps = trace_ink(raster)
    assert steps is not None
    reading = read_input(network, torch.from_numpy(way(raster).input)[None, None])
    wanted = read_digit(network, steps.centred)
    np.testing.assert_array_equal(reading.output, wanted.output)
    assert reading.margin == wanted.margin
