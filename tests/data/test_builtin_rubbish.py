"""Built-in rubbish: repeatable, independent of one another, ink, and like no digit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.builtin import Stream, builtin_digits, builtin_rubbish
from lenet_gui.data.builtin.hand import Hand
from lenet_gui.data.builtin.rubbish import write_rubbish


@pytest.fixture(scope="module")
def rubbish() -> np.ndarray:
    return builtin_rubbish(300, 4)


def test_a_picture_depends_on_the_seed_and_its_number_alone(rubbish: np.ndarray) -> None:
    np.testing.assert_array_equal(builtin_rubbish(100, 4), rubbish[:100])
    np.testing.assert_array_equal(builtin_rubbish(23, 4), rubbish[:23])


def test_seeds_and_streams_share_no_picture(rubbish: np.ndarray) -> None:
    everything = np.concatenate(
        [
            rubbish,
            builtin_rubbish(60, 5),
            builtin_rubbish(60, 4, stream=Stream.TEST),
            builtin_digits(60, 4).images,
        ]
    )
    # Dots come out alike where they are as round, so a few pictures may be seen twice.
    distinct = len(np.unique(everything.reshape(480, -1), axis=0))
    assert distinct >= 475


def test_pictures_are_ink_as_the_canvas_gives_it(rubbish: np.ndarray) -> None:
    assert rubbish.shape == (300, 28, 28)
    assert rubbish.dtype == np.uint8
    for image in rubbish:
        assert image.max() > 200
        inked = image > 0
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        assert max(np.ptp(rows), np.ptp(columns)) + 1 == 20


def test_it_has_thin_and_full_pictures_and_wide_ones(rubbish: np.ndarray) -> None:
    ink = rubbish.mean(axis=(1, 2)) / 255
    assert ink.min() < 0.06
    assert ink.max() > 0.3
    heights = np.array([np.ptp(np.flatnonzero((i > 0).any(axis=1))) + 1 for i in rubbish])
    assert 0.02 < (heights < 12).mean() < 0.25  # lines and flat zigzags: lying things


@settings(max_examples=150)
@given(seed=st.integers(0, 2**40))
def test_the_ink_stays_on_the_canvas(seed: int) -> None:
    traces = write_rubbish(np.random.default_rng(seed), Hand())
    assert traces
    for trace in traces:
        assert np.isfinite(trace.points).all()
        radius = trace.widths[:, None] / 2
        assert (trace.widths > 0).all()
        assert (trace.points - radius > 0).all()
        assert (trace.points + radius < 1).all()


def test_progress_is_told_and_can_end_the_work() -> None:
    told: list[tuple[int, int]] = []
    builtin_rubbish(130, 0, lambda done, wanted: told.append((done, wanted)))
    assert told == [(100, 130), (130, 130)]

    def enough(done: int, wanted: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        builtin_rubbish(10_000, 0, enough)


def test_none_are_possible_and_less_than_none_are_not() -> None:
    assert builtin_rubbish(0, 0).shape == (0, 28, 28)
    for bad in ((-1, 0), (1, -1)):
        with pytest.raises(ValueError, match="not negative"):
            builtin_rubbish(*bad)
