"""Each corruption on pictures whose outcome is known; set to none, it has no effect."""

from collections.abc import Callable
from functools import partial
from math import inf, log, pi, sin

import numpy as np
import pytest

from lenet_gui.data.corruptions.blur import glass_blur, motion_blur
from lenet_gui.data.corruptions.covered import MUD, dotted_line, line, spatter, zigzag
from lenet_gui.data.corruptions.edges import canny_edges
from lenet_gui.data.corruptions.images import Draws, Images
from lenet_gui.data.corruptions.light import brightness, fog, fog_map, stripe
from lenet_gui.data.corruptions.moved import rotate, scale, shear, translate
from lenet_gui.data.corruptions.noise import impulse_noise, shot_noise

MANY = 200


def draws(count: int) -> Draws:
    return np.random.default_rng(5).spawn(count)


def paper(count: int = 1) -> Images:
    return np.zeros((count, 28, 28))


def square(count: int = 1) -> Images:
    """A square of full ink, 12 pixels wide, in the middle."""
    images = paper(count)
    images[:, 8:20, 8:20] = 1
    return images


WITHOUT_EFFECT: dict[str, Callable[[Images, Draws], Images]] = {
    "impulse noise": partial(impulse_noise, share=0),
    "glass blur": partial(glass_blur, sigma=0, rounds=0),
    "motion blur": partial(motion_blur, sigma=0),
    "shear": partial(shear, angle=0),
    "scale": partial(scale, factor=1),
    "rotate": partial(rotate, angle=0),
    "brightness": partial(brightness, more=0),
    "translate": partial(translate, pixels=0),
    "stripe": partial(stripe, width=0),
    "fog": partial(fog, thickness=0),
    "spatter": partial(spatter, threshold=inf),
}


@pytest.mark.parametrize("corrupt", WITHOUT_EFFECT.values(), ids=WITHOUT_EFFECT)
def test_with_a_parameter_of_none_images_stay_as_they_are(
    corrupt: Callable[[Images, Draws], Images],
) -> None:
    images = np.random.default_rng(1).random((3, 28, 28))
    np.testing.assert_allclose(corrupt(images, draws(3)), images, atol=1e-12)


def test_shot_noise_counts_photons() -> None:
    grey = np.full((MANY, 28, 28), 0.1)
    grey[:, :, :14] = 0
    noisy = shot_noise(grey, draws(MANY), photons=3)
    assert not noisy[:, :, :14].any()
    np.testing.assert_allclose(noisy * 3, np.rint(noisy * 3))
    assert noisy[:, :, 14:].mean() == pytest.approx(0.1, rel=0.02)
    # A Poisson variable of mean 0.3 is 0 with the probability exp(-0.3).
    assert (noisy[:, :, 14:] == 0).mean() == pytest.approx(np.exp(-0.3), rel=0.01)


def test_impulse_noise_breaks_its_share_of_the_pixels() -> None:
    noisy = impulse_noise(np.full((MANY, 28, 28), 0.5), draws(MANY), share=0.17)
    for broken in (0, 1):
        assert (noisy == broken).mean() == pytest.approx(0.085, rel=0.03)
    assert (noisy == 0.5).mean() == pytest.approx(0.83, rel=0.01)


def test_glass_blur_only_exchanges_pixels_when_it_does_not_blur() -> None:
    images = np.random.default_rng(2).permutation(784).reshape(1, 28, 28) / 783
    shuffled = glass_blur(images, draws(1), sigma=0, reach=1, rounds=1)
    np.testing.assert_array_equal(np.sort(shuffled, axis=None), np.sort(images, axis=None))
    assert 0.3 < (shuffled != images).mean() < 0.9


def test_motion_blur_spreads_a_dot_along_a_line() -> None:
    dot = paper(MANY)
    dot[:, 14, 20] = 1
    blurred = motion_blur(dot, draws(MANY), sigma=3, reach=5, tilt=45)
    np.testing.assert_allclose(blurred.sum(axis=(1, 2)), 1)  # the line has 11 pixels, all inside
    assert (blurred[:, 14, 20] > 0.15).all()
    rows, columns = np.nonzero(blurred.max(axis=0))
    assert columns.min() == 10
    assert columns.max() == 20
    assert (np.abs(rows - 14) <= 20 - columns + 1).all()  # no steeper than 45 degrees


def test_shear_leans_by_the_sine_of_its_angle() -> None:
    images = paper(8)
    images[:, :, 13:15] = 1
    leaning = shear(images, draws(8), angle=0.4)
    middles = (leaning * np.arange(28)).sum(axis=2) / leaning.sum(axis=2)
    slopes = (middles[:, 20] - middles[:, 7]) / 13
    np.testing.assert_allclose(np.abs(slopes), sin(0.4))
    assert set(np.sign(slopes)) == {-1, 1}
    np.testing.assert_allclose((middles[:, 13] + middles[:, 14]) / 2, 13.5)


def test_scale_makes_it_smaller_about_the_middle() -> None:
    small = scale(square(), draws(1), factor=0.5)[0]
    assert small[11:17, 11:17].min() > 0.99
    assert small.sum() == pytest.approx(36, rel=0.01)


def test_a_quarter_turn_is_one_and_goes_both_ways() -> None:
    image = np.random.default_rng(3).random((28, 28))
    turned = rotate(np.repeat(image[None], 8, axis=0), draws(8), angle=pi / 2)
    ways = {
        way
        for each in turned
        for way in (1, -1)
        if np.allclose(each, np.rot90(image, way), atol=1e-9)
    }
    assert ways == {1, -1}


def test_brightness_adds_ink() -> None:
    images = np.array([0, 0.25, 0.5, 1.0]).reshape(1, 4, 1).repeat(28, axis=2)
    bright = brightness(images, draws(1))
    np.testing.assert_array_equal(bright[0, :, 0], (0.5, 0.75, 1, 1))


def test_translate_goes_in_all_four_directions() -> None:
    moved = translate(square(32), draws(32), pixels=3)
    corners = {tuple(int(low) for low in np.argwhere(each).min(axis=0)) for each in moved}
    assert corners == {(5, 5), (5, 11), (11, 5), (11, 11)}
    assert (moved.sum(axis=(1, 2)) == 144).all()


def test_stripe_inverts_a_quarter_at_both_sides() -> None:
    striped = stripe(square(), draws(1))[0]
    assert striped[:, :7].all()
    assert striped[:, 21:].all()
    np.testing.assert_array_equal(striped[:, 7:21], square()[0, :, 7:21])
    np.testing.assert_array_equal(stripe(stripe(square(), draws(1)), draws(1)), square())


def test_fog_is_a_smooth_map_that_continues_at_its_borders() -> None:
    heights = fog_map(np.random.default_rng(4))
    assert heights.shape == (256, 256)
    assert heights.min() == 0
    assert heights.max() == 1
    for axis in (0, 1):
        steps = np.abs(heights - np.roll(heights, 1, axis))
        inside, across_border = steps.mean(), np.take(steps, 0, axis).mean()
        assert across_border < 3 * inside < 0.1


def test_fog_never_makes_anything_fuller_than_the_digit() -> None:
    faint = square(4) * 0.6
    foggy = fog(faint, draws(4))
    assert foggy.max() <= 0.6
    assert not fog(paper(2), draws(2)).any()
    assert (foggy[:, 8:20, 8:20].mean(axis=(1, 2)) > foggy.mean(axis=(1, 2))).all()


def test_spatter_hides_ink_and_paper_under_mud() -> None:
    on_paper, on_ink = spatter(paper(8), draws(8)), spatter(1 - paper(8), draws(8))
    is_clean = on_paper == 0
    assert 0.05 < 1 - is_clean.mean() < 0.5
    np.testing.assert_array_equal(on_ink[is_clean], 1)
    assert on_paper.max() <= MUD
    assert on_paper[~is_clean].min() >= 0.8 * MUD


def test_a_line_is_full_in_its_middle_and_fades_over_and_under_it() -> None:
    ink = line((0, 5), (27, 5))
    np.testing.assert_allclose(ink[3:8, 10], (0, 1 + log(1 - 1 / 2.3), 1, 1 + log(1 - 1 / 2.3), 0))
    assert not ink[:, 27].any()
    assert not line((4, 0), (4, 27)).any()
    rising = line((10, 20), (20, 10))
    assert [int(rising[:, column].argmax()) for column in range(10, 20)] == list(range(20, 10, -1))
    assert not rising[:, :10].any()
    assert not rising[:, 20:].any()


def test_a_dotted_line_has_dashes_and_gaps_of_two_columns() -> None:
    lined = dotted_line(paper(20), draws(20))
    has_ink = lined.any(axis=(0, 1))
    assert has_ink.tolist() == [column // 2 % 2 == 1 and column < 27 for column in range(28)]
    np.testing.assert_array_equal(dotted_line(1 - paper(2), draws(2)), 1)


def test_a_zigzag_goes_up_and_down_from_side_to_side() -> None:
    covered = zigzag(paper(40), draws(40))
    has_ink = covered.any(axis=1)
    assert not has_ink[:, :2].any()
    assert not has_ink[:, 26:].any()
    inside = [each for each in covered if each.any(axis=1).sum() < 20 and each[3:25].any()]
    tops = [each.argmax(axis=0)[3:24] for each in inside if each.max(axis=0)[3:24].min() > 0.5]
    assert tops
    for top in tops:
        turns = np.count_nonzero(np.diff(np.sign(np.diff(top[np.r_[True, np.diff(top) != 0]]))))
        assert 3 <= turns <= 7


def test_edges_of_a_ramp_are_where_it_is_steepest() -> None:
    """By hand: 0, 1/2, 1 from left to right; the slope is largest in the column of 1/2."""
    ramp = paper()
    ramp[..., 9] = 0.5
    ramp[..., 10:] = 1
    edges = canny_edges(ramp, draws(1))[0]
    wanted = np.zeros((28, 28))
    wanted[1:-1, 9] = 1
    np.testing.assert_array_equal(edges[3:-3, :20], wanted[3:-3, :20])


def test_edges_of_a_square_are_its_outline() -> None:
    """By hand: within a pixel of its sides, closed, and nothing else."""
    edges = canny_edges(square(), draws(1))[0] > 0
    near = np.zeros((28, 28), bool)
    near[7:21, 7:21] = True
    near[9:19, 9:19] = False
    assert not edges[~near].any()
    for row in range(10, 18):
        assert edges[row, 7:9].any()
        assert edges[row, 19:21].any()
        assert edges[7:9, row].any()
        assert edges[19:21, row].any()


def test_nothing_has_no_edges_and_faint_ink_too_weak_ones() -> None:
    assert not canny_edges(paper(), draws(1)).any()
    assert not canny_edges(0.04 * square(), draws(1)).any()
    assert canny_edges(0.1 * square(), draws(1)).any()
