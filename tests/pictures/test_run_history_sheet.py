"""A run's moments as pages, and the pages as an animation."""

import io
import itertools
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from lenet_gui.errors import UserError
from lenet_gui.explore.reader import read_digit
from lenet_gui.explore.reading import Reading
from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import build
from lenet_gui.pictures.animation import gif_bytes
from lenet_gui.pictures.colours import Theme, colour_indices, diverging_lut
from lenet_gui.pictures.painted import Style
from lenet_gui.pictures.png import render_rgba
from lenet_gui.pictures.run_history_sheet import Moment, run_history_sheet
from lenet_gui.pictures.sheet import PALETTES, Line, Patch, Rectangle, Sheet, Text

RUN = "2026-11-25 small 0001"


@pytest.fixture(scope="module", params=Variant)
def reading(request: pytest.FixtureRequest) -> Reading:
    image = np.zeros((28, 28), np.float32)
    image[5:23, 12:16] = 1
    return read_digit(build(request.param).eval(), image)


@pytest.fixture
def moment() -> Callable[..., Moment]:
    kernels = np.linspace(-1, 1, 150, dtype=np.float32).reshape(6, 5, 5)

    def at(epoch: int, **changes: object) -> Moment:
        facts = {"limit": 2.0, "test_errors": {1: 0.2, 2: 0.1, 4: 0.05}, "last": 4} | changes
        return Moment(RUN, epoch, kernels=kernels * (epoch + 1) / 5, **facts)

    return at


@pytest.mark.parametrize("theme", Theme)
def test_the_band_shows_the_kernels_the_curve_and_the_epoch(
    reading: Reading, moment: Callable[..., Moment], theme: Theme
) -> None:
    one = moment(4)
    sheet = run_history_sheet(reading, one, Style(theme))
    texts = [item.text for item in sheet.items if isinstance(item, Text)]
    assert "Epoch 4 of 4" in texts
    assert "5.00 %" in texts
    assert "test error, at most 20.00 %" in texts
    assert any(RUN in text for text in texts)
    assert {"−2.00", "+2.00"} <= set(texts)
    patches = [p for p in sheet.items if isinstance(p, Patch) and p.label.startswith("C1 kernel")]
    for kernel, patch in zip(one.kernels, patches, strict=True):
        wanted = diverging_lut(theme)[colour_indices(kernel, 2.0)]
        np.testing.assert_array_equal(patch.colours, wanted)
    (curve,) = (item for item in sheet.items if isinstance(item, Line))
    xs, ys = np.array(curve.points).T
    # Epochs 1, 2 and 4 of 4; 20, 10 and 5 %.
    assert (xs[1] - xs[0]) * 2 == pytest.approx(xs[2] - xs[1])
    assert (ys[1] - ys[0]) == pytest.approx(2 * (ys[2] - ys[1]))
    accent = PALETTES[theme].accent
    (cursor,) = (
        r for r in sheet.items if isinstance(r, Rectangle) and r.colour == accent and r.height == 60
    )
    assert abs(cursor.x - xs[2]) <= 2


def test_a_run_without_errors_and_the_initial_weights(
    reading: Reading, moment: Callable[..., Moment]
) -> None:
    sheet = run_history_sheet(reading, moment(0, test_errors={}, last=0), Style())
    texts = [item.text for item in sheet.items if isinstance(item, Text)]
    assert "Epoch 0 of 0" in texts
    assert not [text for text in texts if text.startswith("test error")]
    assert not [item for item in sheet.items if isinstance(item, Line)]


def test_all_moments_of_a_run_are_of_one_size(
    reading: Reading, moment: Callable[..., Moment]
) -> None:
    sheets = [run_history_sheet(reading, moment(epoch), Style()) for epoch in range(5)]
    assert len({(sheet.width, sheet.height) for sheet in sheets}) == 1
    pictures = [render_rgba(sheet, 1) for sheet in sheets]
    assert all((one != other).any() for one, other in itertools.pairwise(pictures))


@pytest.mark.parametrize("theme", Theme)
def test_the_animation_shows_every_page_in_nearly_its_own_colours(
    reading: Reading, moment: Callable[..., Moment], theme: Theme
) -> None:
    seen: list[tuple[int, int]] = []

    def sheet(number: int) -> Sheet:
        return run_history_sheet(reading, moment(number), Style(theme))

    content = gif_bytes(2, sheet, 120, progress=lambda *told: seen.append(told))
    assert seen == [(number, 2) for number in range(2)]
    with Image.open(io.BytesIO(content)) as gif:
        assert (gif.n_frames, gif.info["loop"]) == (2, 0)
        for number in range(2):
            gif.seek(number)
            frame = np.asarray(gif.convert("RGB")).astype(int)
            wanted = render_rgba(sheet(number), 1)[..., :3].astype(int)
            off = np.abs(frame - wanted).max(axis=2)
            assert np.median(off) == 0
            assert np.quantile(off, 0.99) <= 16
            assert gif.info["duration"] == (480 if number == 1 else 120)


def test_an_animation_of_nothing(reading: Reading) -> None:
    with pytest.raises(UserError, match="no frame"):
        gif_bytes(0, lambda _: pytest.fail("asked for a frame"), 100)
