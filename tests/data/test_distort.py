"""Distortions against whole-pixel shifts, scalar loops and the figures they are asked for."""

import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lenet_gui.data.distort import (
    LARGEST,
    NONE,
    PLANAR_AFFINE,
    Distortion,
    apply_maps,
    change_strokes,
    distort,
    random_maps,
    random_warps,
)
from lenet_gui.errors import UserError

STILL: dict[str, float] = dict.fromkeys(LARGEST, 0.0)


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def blobs(count: int, seed: int = 0) -> torch.Tensor:
    """Images with ink in their middle, far from the border."""
    images = torch.zeros(count, 28, 28)
    images[:, 8:20, 8:20] = torch.rand((count, 12, 12), generator=seeded(seed))
    return images


def scalar_warp(image: np.ndarray, forward: np.ndarray) -> np.ndarray:
    """Bilinear sampling of one image pixel by pixel, the 3x3 map inverted as a whole."""
    side = image.shape[0]
    centre = (side - 1) / 2
    backward = np.linalg.inv(forward)
    out = np.zeros_like(image, dtype=np.float64)
    for row in range(side):
        for col in range(side):
            x, y, _ = backward @ np.array([col - centre, row - centre, 1.0])
            x, y = x + centre, y + centre
            left, top = math.floor(x), math.floor(y)
            for r, wr in ((top, top + 1 - y), (top + 1, y - top)):
                for c, wc in ((left, left + 1 - x), (left + 1, x - left)):
                    if 0 <= r < side and 0 <= c < side:
                        out[row, col] += wr * wc * image[r, c]
    return out


def test_the_presets() -> None:
    assert NONE is None
    assert isinstance(PLANAR_AFFINE, Distortion)
    assert PLANAR_AFFINE.rotation == 0
    assert min(PLANAR_AFFINE.translation, PLANAR_AFFINE.scale) > 0
    assert min(PLANAR_AFFINE.squeeze, PLANAR_AFFINE.shear) > 0


def test_ranges_of_zero_give_the_same_images_as_a_copy() -> None:
    images = blobs(5)
    same = distort(images, Distortion(**STILL), seeded())
    assert torch.equal(same, images)
    same.zero_()
    assert images.sum() > 0


def test_the_identity_map_gives_the_same_images() -> None:
    identity = torch.eye(2, 3).expand(3, 2, 3)
    assert torch.allclose(apply_maps(blobs(3), identity), blobs(3), atol=1e-5)


@pytest.mark.parametrize(("right", "down"), [(3, 0), (0, -4), (-2, 5), (7, 7)])
def test_whole_pixels_move_as_in_numpy(right: int, down: int) -> None:
    images = blobs(2)
    moves = torch.tensor([[1.0, 0.0, right], [0.0, 1.0, down]]).expand(2, 2, 3)
    rolled = np.roll(images.numpy(), (down, right), axis=(1, 2))
    np.testing.assert_allclose(apply_maps(images, moves).numpy(), rolled, atol=1e-5)


def test_ink_that_leaves_does_not_come_back_on_the_other_side() -> None:
    moves = torch.tensor([[1.0, 0.0, 29.0], [0.0, 1.0, 0.0]]).expand(1, 2, 3)
    assert apply_maps(torch.ones(1, 28, 28), moves).sum() == 0


def test_the_whole_path_agrees_with_a_scalar_loop() -> None:
    images = torch.rand((4, 28, 28), generator=seeded(3))
    ranges = Distortion(translation=4, scale=0.4, squeeze=0.3, shear=0.5, rotation=40)
    # The same six uniform numbers an image, put together from elementary matrices.
    u = torch.rand((6, 4), generator=seeded(7)).double().numpy() * 2 - 1
    expected = []
    for i, image in enumerate(images.numpy()):
        size, tall = 1.4 ** u[0, i], 1.3 ** u[1, i]
        angle = math.radians(40 * u[3, i])
        scaling = np.diag([size, size, 1.0])
        squeezing = np.diag([1 / tall, tall, 1.0])
        shearing = np.array([[1, -0.5 * u[2, i], 0], [0, 1, 0], [0, 0, 1]])
        turning = np.array(
            [
                [math.cos(angle), -math.sin(angle), 0],
                [math.sin(angle), math.cos(angle), 0],
                [0, 0, 1],
            ]
        )
        moving = np.array([[1, 0, 4 * u[4, i]], [0, 1, 4 * u[5, i]], [0, 0, 1]])
        expected.append(scalar_warp(image, moving @ turning @ shearing @ squeezing @ scaling))
    np.testing.assert_allclose(distort(images, ranges, seeded(7)).numpy(), expected, atol=2e-4)


def centroid(image: torch.Tensor) -> tuple[float, float]:
    rows, cols = torch.meshgrid(torch.arange(28.0), torch.arange(28.0), indexing="ij")
    return float((image * cols).sum() / image.sum()), float((image * rows).sum() / image.sum())


def spread(image: torch.Tensor) -> tuple[float, float]:
    x, y = centroid(image)
    rows, cols = torch.meshgrid(torch.arange(28.0), torch.arange(28.0), indexing="ij")
    total = image.sum()
    wide = ((cols - x) ** 2 * image).sum() / total
    high = ((rows - y) ** 2 * image).sum() / total
    return float(wide**0.5), float(high**0.5)


def test_squeezing_compresses_one_way_and_elongates_the_other() -> None:
    disc = torch.zeros(60, 28, 28)
    disc[:, 9:19, 9:19] = 1
    before = spread(disc[0])
    after = [spread(d) for d in distort(disc, Distortion(**(STILL | {"squeeze": 0.4})), seeded())]
    across = np.array([wide / before[0] for wide, _ in after])
    down = np.array([high / before[1] for _, high in after])
    np.testing.assert_allclose(across * down, 1, atol=0.06)
    assert across.min() < 0.8 < 1.25 < across.max()


def test_each_image_gets_a_map_of_its_own() -> None:
    same = blobs(1).expand(6, 28, 28)
    out = distort(same, PLANAR_AFFINE, seeded())
    for i in range(6):
        for k in range(i):
            assert not torch.equal(out[i], out[k])


def test_the_generator_decides_everything() -> None:
    one, two = seeded(5), seeded(5)
    first, second = distort(blobs(8), PLANAR_AFFINE, one), distort(blobs(8), PLANAR_AFFINE, one)
    assert torch.equal(first, distort(blobs(8), PLANAR_AFFINE, two))
    assert torch.equal(second, distort(blobs(8), PLANAR_AFFINE, two))
    assert not torch.equal(first, second)


def test_no_images_are_no_error() -> None:
    assert distort(torch.zeros(0, 28, 28), PLANAR_AFFINE, seeded()).shape == (0, 28, 28)


@pytest.mark.parametrize("asked", [0.5, 1.5])
def test_a_warp_has_the_asked_standard_deviation_everywhere(asked: float) -> None:
    warps = random_warps(3000, 28, asked, seeded(1))
    assert warps.shape == (3000, 2, 28, 28)
    # In each place, over 3,000 fields: their deviation is known to about 1.3 %.
    assert warps.std(dim=0).min() > 0.93 * asked
    assert warps.std(dim=0).max() < 1.07 * asked
    assert warps.std().item() == pytest.approx(asked, rel=0.02)
    assert warps.mean(dim=0).abs().max() < 0.1 * asked
    right, down = warps[:, 0].flatten(), warps[:, 1].flatten()
    assert abs(float((right * down).mean())) < 0.02 * asked**2


def test_a_warp_is_smooth_but_no_shift() -> None:
    warps = random_warps(500, 28, 1.0, seeded(2))
    for dim in (2, 3):
        assert warps.diff(dim=dim).std() < 0.2  # neighbours move nearly alike
        assert warps.diff(dim=dim).abs().max() < 1  # and do not change places
    apart = warps[:, :, 4, 4] * warps[:, :, 24, 24]
    assert abs(float(apart.mean())) < 0.15  # far places go their own ways


def test_a_warp_alone_moves_ink_by_its_field() -> None:
    images = torch.rand((3, 28, 28), generator=seeded(3))
    ranges = Distortion(**(STILL | {"elastic": 1.2}))
    draws = seeded(8)
    random_maps(3, ranges, draws)
    warps = random_warps(3, 28, 1.2, draws).double().numpy()
    expected = np.zeros((3, 28, 28))
    for i, image in enumerate(images.numpy()):
        for row in range(28):
            for col in range(28):
                x, y = col + warps[i, 0, row, col], row + warps[i, 1, row, col]
                left, top = math.floor(x), math.floor(y)
                for r, wr in ((top, top + 1 - y), (top + 1, y - top)):
                    for c, wc in ((left, left + 1 - x), (left + 1, x - left)):
                        if 0 <= r < 28 and 0 <= c < 28:
                            expected[i, row, col] += wr * wc * image[r, c]
    np.testing.assert_allclose(distort(images, ranges, seeded(8)).numpy(), expected, atol=2e-4)


def test_strokes_grow_in_some_images_and_shrink_in_the_others() -> None:
    stroke = torch.zeros(28, 28)
    stroke[6:22, 12:16] = 0.9
    images = stroke.expand(200, 28, 28)
    out = distort(images, Distortion(**(STILL | {"stroke": 0.8})), seeded(4))
    change = out.sum(dim=(1, 2)) - stroke.sum()
    grown = change > 0
    assert 70 < int(grown.sum()) < 130
    # As far as they are drawn to go, each by an amount of its own.
    assert len({round(float(c), 3) for c in change}) == 200
    most = 0.8 * 0.9 * (18 * 6 - 16 * 4)
    assert 0.9 * most < change.max() <= most * 1.001
    assert (out[grown] >= images[grown] - 1e-5).all()
    assert (out[~grown] <= images[~grown] + 1e-5).all()


def test_strokes_change_by_a_pixel_on_each_side_at_most() -> None:
    images = torch.rand((6, 28, 28), generator=seeded(5))
    amounts = torch.tensor([1.0, 0.5, 0.0, -1.0, -0.5, 0.0])
    out = change_strokes(images, amounts).numpy()
    wide = np.pad(images.numpy(), ((0, 0), (1, 1), (1, 1)), mode="edge")
    around = [wide[:, r : r + 28, c : c + 28] for r in range(3) for c in range(3)]
    largest, smallest = np.max(around, axis=0), np.min(around, axis=0)
    plain = images.numpy()
    expected = [
        largest[0], (plain[1] + largest[1]) / 2, plain[2],
        smallest[3], (plain[4] + smallest[4]) / 2, plain[5],
    ]  # fmt: skip
    np.testing.assert_allclose(out, expected, atol=1e-6)


def test_without_warp_and_strokes_nothing_is_drawn_beside_the_maps() -> None:
    images, plain = blobs(5), Distortion(translation=2, shear=0.3, rotation=9)
    generator, maps_alone = seeded(6), seeded(6)
    out = distort(images, plain, generator)
    assert torch.equal(out, apply_maps(images, random_maps(5, plain, maps_alone)))
    assert torch.equal(generator.get_state(), maps_alone.get_state())
    six_numbers = seeded(6)
    torch.rand((6, 5), generator=six_numbers)
    assert torch.equal(generator.get_state(), six_numbers.get_state())


def test_warp_and_strokes_leave_the_maps_as_they_were() -> None:
    images = blobs(8)
    still = Distortion(translation=3)
    both = Distortion(translation=3, elastic=1e-6, stroke=1e-6)
    torch.testing.assert_close(
        distort(images, both, seeded(7)), distort(images, still, seeded(7)), atol=1e-4, rtol=0
    )


@settings(max_examples=40)
@given(
    seed=st.integers(0, 2**31),
    ranges=st.builds(
        Distortion,
        translation=st.floats(0, 14),
        scale=st.floats(0, 1),
        squeeze=st.floats(0, 1),
        shear=st.floats(0, 1),
        rotation=st.floats(0, 180),
        elastic=st.floats(0, 4),
        stroke=st.floats(0, 1),
    ),
)
def test_maps_stay_in_their_ranges_and_images_in_theirs(seed: int, ranges: Distortion) -> None:
    maps = random_maps(16, ranges, seeded(seed)).double()
    assert maps[:, :, 2].abs().max() <= ranges.translation + 1e-5
    area = torch.linalg.det(maps[:, :, :2])
    largest = (1 + ranges.scale) ** 2
    assert area.max() <= largest * 1.0001
    assert area.min() >= 1 / (largest * 1.0001)
    images = torch.rand((16, 28, 28), generator=seeded(seed))
    out = distort(images, ranges, seeded(seed))
    assert out.shape == images.shape
    assert out.dtype == torch.float32
    assert torch.isfinite(out).all()
    assert out.min() >= 0
    assert out.max() <= 1


@pytest.mark.parametrize("name", LARGEST)
@pytest.mark.parametrize("bad", [-0.1, math.nan, math.inf, 1e9])
def test_bad_ranges_name_the_field(name: str, bad: float) -> None:
    with pytest.raises(
        UserError, match=rf"^The distortion's {name} must lie between 0 and {LARGEST[name]:g}, not "
    ):
        Distortion(**{name: bad})


@pytest.mark.parametrize("bad", ["2", None, True, [1]])
def test_what_is_no_number_names_the_field(bad: Any) -> None:
    with pytest.raises(
        UserError, match=r"^The distortion's shear must be a number from 0 to 1, not "
    ):
        Distortion(shear=bad)


def numpy_distorted(
    images: np.ndarray, maps: np.ndarray, warps: np.ndarray, amounts: np.ndarray
) -> np.ndarray:
    """Strokes, map and warp of drawn parameters, in double precision and without torch."""
    side = images.shape[-1]
    wide = np.pad(images, ((0, 0), (1, 1), (1, 1)), mode="edge")
    around = [wide[:, r : r + side, c : c + side] for r in range(3) for c in range(3)]
    thick, thin = np.max(around, axis=0), np.min(around, axis=0)
    by = amounts[:, None, None]
    drawn = images + np.where(by > 0, by * (thick - images), -by * (thin - images))
    down, across = np.mgrid[:side, :side] - (side - 1) / 2
    out = np.zeros_like(drawn)
    for image, m, warp, found in zip(drawn, maps, warps, out, strict=True):
        asked = np.linalg.inv(m[:, :2]) @ (
            np.stack((across.ravel(), down.ravel())) - m[:, 2:]
        ) + warp.reshape(2, -1)
        x, y = asked.reshape(2, side, side) + (side - 1) / 2
        left, top = np.floor(x).astype(int), np.floor(y).astype(int)
        for r, wr in ((top, top + 1 - y), (top + 1, y - top)):
            for c, wc in ((left, left + 1 - x), (left + 1, x - left)):
                inside = (r >= 0) & (r < side) & (c >= 0) & (c < side)
                found[inside] += (wr * wc)[inside] * image[r[inside], c[inside]]
    return np.clip(out, 0, 1)


EVERYTHING = Distortion(
    translation=3, scale=0.3, squeeze=0.2, shear=0.4, rotation=20, elastic=0.8, stroke=0.7
)

devices = pytest.mark.parametrize(
    "device",
    [
        "cpu",
        pytest.param(
            "cuda",
            marks=pytest.mark.skipif(
                not torch.cuda.is_available(), reason="this machine has no CUDA device"
            ),
        ),
    ],
)


@devices
@pytest.mark.parametrize("count", [1, 600])
def test_drawn_parameters_move_ink_as_numpy_does_in_double_precision(
    device: str, count: int
) -> None:
    images = torch.rand((count, 28, 28), generator=seeded(3))
    draws = torch.Generator(device).manual_seed(8)
    maps = random_maps(count, EVERYTHING, draws)
    warps = random_warps(count, 28, EVERYTHING.elastic, draws)
    amounts = (torch.rand(count, generator=draws, device=device) * 2 - 1) * EVERYTHING.stroke
    drawn = [parameters.double().cpu().numpy() for parameters in (maps, warps, amounts)]
    expected = numpy_distorted(images.double().numpy(), *drawn)
    found = distort(images.to(device), EVERYTHING, torch.Generator(device).manual_seed(8))
    assert found.device.type == device
    # Noise, whose slope is up to 1 a pixel, asked for in single precision.
    np.testing.assert_allclose(found.cpu().numpy(), expected, rtol=0, atol=4e-5)
    assert np.abs(found.cpu().numpy() - expected).mean() < 2e-6


@devices
@pytest.mark.parametrize("name", ["scale", "squeeze", "shear", "rotation", "translation"])
def test_each_parameter_is_uniform_over_its_range(device: str, name: str) -> None:
    """The distance of Kolmogorov and Smirnov, which 5,000 fair draws exceed once in 2,000 times."""
    largest = LARGEST[name]
    draws = torch.Generator(device).manual_seed(11)
    maps = random_maps(5_000, Distortion(**(STILL | {name: largest})), draws).double().cpu()
    found = {
        "scale": [maps[:, 0, 0].log2()],
        "squeeze": [maps[:, 1, 1].log2(), -maps[:, 0, 0].log2()],
        "shear": [maps[:, 0, 1]],
        "rotation": [torch.atan2(maps[:, 1, 0], maps[:, 0, 0]) / math.pi],
        "translation": [maps[:, 0, 2] / largest, maps[:, 1, 2] / largest],
    }[name]
    for values in found:
        shares = (values.sort().values + 1) / 2
        steps = torch.linspace(0, 1, len(shares) + 1, dtype=torch.float64)
        distance = max((shares - steps[1:]).abs().max(), (shares - steps[:-1]).abs().max())
        assert distance < 2.03 / 5_000**0.5


@devices
def test_a_generator_draws_where_it_is_and_the_same_again(device: str) -> None:
    def drawn(seed: int) -> list[torch.Tensor]:
        draws = torch.Generator(device).manual_seed(seed)
        return [random_maps(9, EVERYTHING, draws), random_warps(9, 28, 1.0, draws)]

    for first, again, other in zip(drawn(4), drawn(4), drawn(5), strict=True):
        assert first.device.type == device
        assert torch.equal(first, again)
        assert not torch.equal(first, other)


def test_nothing_of_it_leaves_the_device_or_asks_for_a_value() -> None:
    """torch's meta device has shapes and no values: it refuses to tell any, or to meet the CPU."""
    images, maps = torch.empty(5, 28, 28, device="meta"), torch.empty(5, 2, 3, device="meta")
    warps, amounts = torch.empty(5, 2, 28, 28, device="meta"), torch.empty(5, device="meta")
    assert change_strokes(images, amounts).device.type == "meta"
    moved = apply_maps(images, maps, warps)
    assert (moved.device.type, moved.shape) == ("meta", (5, 28, 28))


@pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no CUDA device")
def test_maps_drawn_on_the_cpu_are_the_same_for_a_card() -> None:
    everything = Distortion(elastic=1, stroke=0.5)
    here = distort(blobs(8), everything, seeded(2))
    there = distort(blobs(8).cuda(), everything, seeded(2))
    assert there.device.type == "cuda"
    assert torch.allclose(here, there.cpu(), atol=1e-5)
