"""The paper's planar affine distortions, drawn anew for every image on the fly (III-B)."""

import math

import torch
from torch import Tensor
from torch.nn.functional import affine_grid, grid_sample

from lenet_gui.data.affine import LARGEST as LARGEST
from lenet_gui.data.affine import NONE as NONE
from lenet_gui.data.affine import PLANAR_AFFINE as PLANAR_AFFINE
from lenet_gui.data.affine import AffineDistortion as AffineDistortion


def distort(images: Tensor, ranges: AffineDistortion, generator: torch.Generator) -> Tensor:
    """Distort each image with a random planar affine map of its own.

    Args:
        images: float32 [N, 28, 28] (any square side works), 0..1, on any device.
        ranges: how far the maps may go.
        generator: on the CPU; the maps are drawn there, so every device gets the same ones.

    Returns:
        float32 [N, 28, 28], 0..1, on the same device; bilinear, background 0 from outside. With
        all ranges 0 a copy of the images.
    """
    maps = random_maps(len(images), ranges, generator)
    if ranges.leaves_all_alone or not len(images):
        return images.clone()
    return apply_maps(images, maps)


def random_maps(count: int, ranges: AffineDistortion, generator: torch.Generator) -> Tensor:
    """Draw maps: float32 [count, 2, 3], each a matrix [M | t] in pixels about the image's centre.

    Ink at the offset (x, y) from the centre (x right, y down) goes to M (x, y) + t, with
    M = rotation . shear . squeeze . scale: the digit is scaled first and turned last.
    """
    # Always six numbers an image, so that a range set to 0 leaves the other draws as they were.
    u = torch.rand((6, count), generator=generator) * 2 - 1
    size = torch.exp(u[0] * math.log1p(ranges.scale))
    tall = torch.exp(u[1] * math.log1p(ranges.squeeze))
    lean = -u[2] * ranges.shear  # y points down: leaning right means smaller y, larger x
    angle = u[3] * math.radians(ranges.rotation)
    across, down = size / tall, size * tall
    cos, sin = torch.cos(angle), torch.sin(angle)
    maps = torch.empty((count, 2, 3))
    maps[:, 0, 0] = cos * across
    maps[:, 0, 1] = (cos * lean - sin) * down
    maps[:, 1, 0] = sin * across
    maps[:, 1, 1] = (sin * lean + cos) * down
    maps[:, :, 2] = (u[4:6] * ranges.translation).T
    return maps


def apply_maps(images: Tensor, maps: Tensor) -> Tensor:
    """Move the ink of images [N, S, S] by maps [N, 2, 3] (see `random_maps`), bilinear."""
    count, side, _ = images.shape
    # grid_sample asks where each pixel comes from: the inverse map, in units of half the image.
    m, t = maps[:, :, :2], maps[:, :, 2]
    a, b, c, d = m[:, 0, 0], m[:, 0, 1], m[:, 1, 0], m[:, 1, 1]
    inverse = torch.stack((d, -b, -c, a), dim=1).view(count, 2, 2)
    inverse = inverse / (a * d - b * c).view(count, 1, 1)
    shift = -(inverse @ t.unsqueeze(2)) * (2 / side)
    theta = torch.cat((inverse, shift), dim=2).to(images.device)
    grid = affine_grid(theta, [count, 1, side, side], align_corners=False)
    moved = grid_sample(
        images.unsqueeze(1), grid, mode="bilinear", padding_mode="zeros", align_corners=False
    )
    return moved.squeeze(1).clamp_(0, 1)
