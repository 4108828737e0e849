"""Random distortions, drawn for every image on the fly (the paper: III-B)."""

import math
from functools import cache
from typing import Final

import torch
from torch import Tensor
from torch.nn.functional import grid_sample, pad

from lenet_gui.data.distortion import LARGEST as LARGEST
from lenet_gui.data.distortion import NONE as NONE
from lenet_gui.data.distortion import PLANAR_AFFINE as PLANAR_AFFINE
from lenet_gui.data.distortion import Distortion as Distortion

REACH: Final = 5.0
"""How smooth the elastic warp is: the standard deviation of its bumps, in 28ths of a side."""
_BUMPS: Final = 12
"""Bumps in a row, some of them outside the image, so that its border moves like its middle."""


def distort(images: Tensor, ranges: Distortion, generator: torch.Generator) -> Tensor:
    """Distort each image with its own random map.

    Args:
        images: float32 [N, 28, 28] (any square side works), 0..1, on any device.
        ranges: how far the distortions may go.
        generator: on the images' device, which then draws its own maps, or on the CPU, whose
            maps are the same for every device.

    Returns:
        float32 [N, 28, 28], 0..1, on the same device; bilinear, background 0 from outside. With
        all ranges 0 a copy of the images.
    """
    maps = random_maps(len(images), ranges, generator)
    warp = None
    if ranges.elastic:
        warp = random_warps(len(images), images.shape[-1], ranges.elastic, generator)
    if ranges.leaves_all_alone or not len(images):
        return images.clone()
    if ranges.stroke:
        amounts = _uniform((len(images),), generator)
        images = change_strokes(images, amounts * ranges.stroke)
    return apply_maps(images, maps, warp)


def random_maps(count: int, ranges: Distortion, generator: torch.Generator) -> Tensor:
    """Draw maps: float32 [count, 2, 3], each a matrix [M | t] in pixels about the image's centre.

    Ink at the offset (x, y) from the centre (x right, y down) goes to M (x, y) + t, with
    M = rotation . shear . squeeze . scale: the digit is scaled first and turned last. They lie on
    the generator's device.
    """
    # Always six numbers an image, so that a range set to 0 leaves the other draws as they were.
    u = _uniform((6, count), generator)
    size = torch.exp(u[0] * math.log1p(ranges.scale))
    tall = torch.exp(u[1] * math.log1p(ranges.squeeze))
    lean = -u[2] * ranges.shear  # y points down: leaning right means smaller y, larger x
    angle = u[3] * math.radians(ranges.rotation)
    across, down = size / tall, size * tall
    cos, sin = torch.cos(angle), torch.sin(angle)
    maps = torch.empty((count, 2, 3), device=u.device)
    maps[:, 0, 0] = cos * across
    maps[:, 0, 1] = (cos * lean - sin) * down
    maps[:, 1, 0] = sin * across
    maps[:, 1, 1] = (sin * lean + cos) * down
    maps[:, :, 2] = (u[4:6] * ranges.translation).T
    return maps


def random_warps(count: int, side: int, elastic: float, generator: torch.Generator) -> Tensor:
    """Draw smooth fields: float32 [count, 2, side, side], how far (right, down) to look, in pixels.

    Sums of Gaussian bumps with normal heights; everywhere normal with the standard deviation
    `elastic`. They lie on the generator's device.
    """
    heights = torch.randn((count, 2, _BUMPS, _BUMPS), generator=generator, device=generator.device)
    bumps = _bumps(side, heights.device)
    return (bumps @ heights @ bumps.T) * elastic


def _uniform(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    """Numbers from -1 to 1, on the generator's device."""
    return torch.rand(shape, generator=generator, device=generator.device) * 2 - 1


@cache
def _bumps(side: int, device: torch.device) -> Tensor:
    """[side, _BUMPS]: the bumps' heights at each pixel, their squares adding up to 1."""
    middles = torch.linspace(-0.1, 1.1, _BUMPS) * side
    away = (torch.arange(side) + 0.5)[:, None] - middles
    bumps = torch.exp(-0.5 * (away * 28 / (side * REACH)) ** 2)
    return (bumps / bumps.square().sum(dim=1, keepdim=True).sqrt()).to(device)


def change_strokes(images: Tensor, amounts: Tensor) -> Tensor:
    """Thicker or thinner strokes in images [N, S, S], by `amounts` [N] pixels on each side.

    Positive amounts, up to 1, go towards the largest of each 3x3 neighbourhood, negative ones, down
    to -1, towards the smallest.
    """
    amounts = amounts.to(images.device)
    sign = amounts.sign()[:, None, None]
    extreme = sign * _largest_nearby(sign * images)
    return images.lerp(extreme, amounts.abs()[:, None, None])


def _largest_nearby(images: Tensor) -> Tensor:
    """The largest of each 3x3 neighbourhood; rows, then columns: 30 times as fast as a max pool."""
    wide = pad(images, (1, 1, 1, 1), value=-math.inf)
    rows = torch.maximum(torch.maximum(wide[:, :-2], wide[:, 1:-1]), wide[:, 2:])
    return torch.maximum(torch.maximum(rows[..., :-2], rows[..., 1:-1]), rows[..., 2:])


def apply_maps(images: Tensor, maps: Tensor, warps: Tensor | None = None) -> Tensor:
    """Move the ink of images [N, S, S] by maps [N, 2, 3] (see `random_maps`), bilinear.

    `warps` [N, 2, S, S] (see `random_warps`) come on top; they lie where the maps do.
    """
    count, side, _ = images.shape
    # grid_sample asks where each pixel comes from: the inverse map, in units of half the image.
    m, t = maps[:, :, :2], maps[:, :, 2]
    a, b, c, d = m[:, 0, 0], m[:, 0, 1], m[:, 1, 0], m[:, 1, 1]
    inverse = torch.stack((d, -b, -c, a), dim=1).view(count, 2, 2)
    inverse = inverse / (a * d - b * c).view(count, 1, 1)
    shift = -(inverse @ t.unsqueeze(2)) * (2 / side)
    theta = torch.cat((inverse, shift), dim=2).view(2 * count, 3)
    grid = (theta @ _pixels(side, maps.device)).view(count, 2, side, side)
    if warps is not None:
        grid = torch.add(grid, warps, alpha=2 / side)
    grid = grid.permute(0, 2, 3, 1).to(images.device)
    moved = grid_sample(
        images.unsqueeze(1), grid, mode="bilinear", padding_mode="zeros", align_corners=False
    )
    return moved.squeeze(1).clamp_(0, 1)


@cache
def _pixels(side: int, device: torch.device) -> Tensor:
    """[3, side * side]: x, y and 1 of every pixel's middle, from -1 to 1 over the image."""
    middles = (torch.arange(side) * 2 + 1) / side - 1
    down, across = torch.meshgrid(middles, middles, indexing="ij")
    return torch.stack((across, down, torch.ones(side, side))).view(3, side * side).to(device)
