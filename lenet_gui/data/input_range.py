"""From digits in 28x28 to a network's input: padded to 32x32, in the variant's range."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

PADDING = 2  # 28 -> 32: the paper's (II-B) and the README's


def in_range(
    inputs: torch.Tensor, old: tuple[float, float], new: tuple[float, float]
) -> torch.Tensor:
    """Inputs of one network converted for another, each range as (background, ink)."""
    if old == new:
        return inputs
    scale = (new[1] - new[0]) / (old[1] - old[0])
    return new[0] + (inputs - old[0]) * scale


def to_input(
    images: NDArray[np.generic] | torch.Tensor,
    background: float,
    ink: float,
    border: float | None = None,
) -> torch.Tensor:
    """`images` [..., 28, 28] as a network's input: float32 [N, 1, 32, 32].

    uint8 0..255 or floats 0..1 (0 paper, 1 ink) become background + v * (ink - background), with
    two pixels of `border` (without it: of background) around; a single image gives N = 1. Tensors
    stay on their device.

    Raises ValueError for another size and for integers other than uint8.
    """
    tensor = images if isinstance(images, torch.Tensor) else torch.tensor(images)
    if tensor.ndim < 2 or tensor.shape[-2:] != (28, 28):
        raise ValueError(f"images are [..., 28, 28], not {tuple(tensor.shape)}")
    if tensor.dtype == torch.uint8:
        values = tensor.to(torch.float32) / 255
    elif tensor.is_floating_point():
        values = tensor.to(torch.float32)
    else:
        raise ValueError(f"images are uint8 or floats, not {tensor.dtype}")
    values = background + values.reshape(-1, 1, 28, 28) * (ink - background)
    around = background if border is None else border
    return functional.pad(values, (PADDING,) * 4, value=around)
