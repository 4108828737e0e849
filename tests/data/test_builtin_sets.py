"""Built-in digits: repeatable, independent of one another, balanced, and like ink."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.builtin import Stream, builtin_digits, builtin_sets
from lenet_gui.data.builtin.hand import Hand, write
from lenet_gui.data.builtin.sets import drawing_of_traces
from lenet_gui.data.digits import Digits, DigitSets
from lenet_gui.data.ink import centre_of_mass, trace_ink
from lenet_gui.data.paint import paint


@pytest.fixture(scope="module")
def sets() -> DigitSets:
    return builtin_sets(training=600, test=200, seed=4)


def test_the_sets_are_named_sized_and_balanced(sets: DigitSets) -> None:
    assert (sets.training.name, sets.test.name) == ("built-in training", "built-in test")
    assert sets.training.images.shape == (600, 28, 28)
    assert np.bincount(sets.training.labels).tolist() == [60] * 10
    assert np.bincount(sets.test.labels).tolist() == [20] * 10
    tens = sets.training.labels.reshape(-1, 10)
    assert (np.sort(tens, axis=1) == np.arange(10)).all()
    assert len(np.unique(tens, axis=0)) > 50  # the order within a ten varies


def test_a_digit_depends_on_the_seed_and_its_number_alone(sets: DigitSets) -> None:
    again = builtin_digits(600, 4).first(40)
    np.testing.assert_array_equal(again.images, sets.training.images[:40])
    part = builtin_digits(23, 4, start=107)
    np.testing.assert_array_equal(part.images, sets.training.images[107:130])
    np.testing.assert_array_equal(part.labels, sets.training.labels[107:130])
    one = builtin_digits(1, 4, start=599)
    np.testing.assert_array_equal(one.images[0], sets.training.images[599])


def test_seeds_and_streams_share_no_digit(sets: DigitSets) -> None:
    other = builtin_digits(100, 5)
    images = np.concatenate([sets.training.images, sets.test.images, other.images])
    assert len(np.unique(images.reshape(900, -1), axis=0)) == 900
    test = builtin_digits(30, 4, stream=Stream.TEST)
    np.testing.assert_array_equal(test.images, sets.test.images[:30])


def test_every_image_is_ink_as_the_canvas_would_give_it(sets: DigitSets) -> None:
    for image in sets.training.images:
        assert image.max() > 200
        inked = image > 0
        rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
        height, width = np.ptp(rows) + 1, np.ptp(columns) + 1
        assert max(height, width) == 20
        for centre, ink in zip(
            centre_of_mass(image.astype(np.float32)), (columns, rows), strict=True
        ):
            at_the_edge = ink[0] == 0 or ink[-1] == 27  # a lopsided digit stays in the frame
            assert 13.9 < centre < 15.1 or (at_the_edge and 12 < centre < 17)
        assert 0.02 < image.mean() / 255 < 0.35


def test_images_are_what_the_canvas_makes_of_the_same_strokes() -> None:
    digits = builtin_digits(3, 9)
    for i in range(3):
        rng = np.random.default_rng((9, Stream.TRAINING, 1, i))
        steps = trace_ink(paint(drawing_of_traces(write(int(digits.labels[i]), rng, Hand()))))
        assert steps is not None
        np.testing.assert_array_equal(digits.images[i], np.rint(steps.centred * 255))


def test_pens_range_from_thin_to_thick(sets: DigitSets) -> None:
    ink = sets.training.images.mean(axis=(1, 2)) / 255
    thin, thick = np.quantile(ink, [0.05, 0.95])
    assert thin < 0.07
    assert thick > 0.16


@settings(max_examples=150)
@given(digit=st.integers(0, 9), seed=st.integers(0, 2**40))
def test_the_ink_stays_on_the_canvas(digit: int, seed: int) -> None:
    for trace in write(digit, np.random.default_rng(seed), Hand()):
        assert np.isfinite(trace.points).all()
        radius = trace.widths[:, None] / 2
        assert (trace.widths > 0).all()
        assert (trace.points - radius > 0).all()
        assert (trace.points + radius < 1).all()


def test_progress_counts_both_sets_and_can_end_the_work() -> None:
    told: list[tuple[int, int]] = []
    builtin_sets(training=130, test=20, progress=lambda done, wanted: told.append((done, wanted)))
    assert told == [(100, 150), (130, 150), (150, 150)]

    def enough(done: int, wanted: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        builtin_digits(10_000, 0, progress=enough)


def test_none_are_possible_and_less_than_none_are_not() -> None:
    assert len(builtin_digits(0, 0)) == 0
    for bad in ((-1, 0, 0), (1, -1, 0), (1, 0, -1)):
        with pytest.raises(ValueError, match="not negative"):
            builtin_digits(*bad)


def nearest(known: Digits, images: np.ndarray) -> np.ndarray:
    """The label of the nearest known digit, by the angle between blurred images."""

    def features(pictures: np.ndarray) -> np.ndarray:
        padded = np.pad(pictures.astype(np.float32), ((0, 0), (1, 1), (1, 1)))
        blurred = sum(padded[:, r : r + 28, c : c + 28] for r in range(3) for c in range(3))
        flat = np.asarray(blurred).reshape(len(pictures), -1)
        return flat / np.linalg.norm(flat, axis=1, keepdims=True)

    return known.labels[np.argmax(features(images) @ features(known.images).T, axis=1)]


def test_a_simple_classifier_learns_them(sets: DigitSets) -> None:
    answers = nearest(sets.training, sets.test.images)
    assert (answers == sets.test.labels).mean() > 0.7


def test_they_teach_real_digits_too(sets: DigitSets, real_sets: DigitSets) -> None:
    mnist = real_sets.test.first(1000)
    assert (nearest(sets.training, mnist.images) == mnist.labels).mean() > 0.6
