"""The convolutions of C1, C3 and C5, with a backward pass for few and small maps."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.grad import conv2d_weight


class Convolution(nn.Conv2d):
    """A layer of square kernels, without padding: [N, in, h, w] -> [N, out, h - k + 1, w - k + 1].

    `weight` [out, in, k, k] and `bias` [out] as torch's own layer has them.
    """

    def forward(self, x: Tensor) -> Tensor:
        """The sums before squashing."""
        assert self.bias is not None  # noqa: S101 - it is made with one
        return convolve(x, self.weight, self.bias)


def convolve(x: Tensor, kernels: Tensor, bias: Tensor) -> Tensor:
    """The sums of a convolutional layer; the same as `conv2d` to float rounding.

    Args:
        x: [N, in, h, w].
        kernels: [out, in, k, k].
        bias: [out].

    Returns:
        [N, out, h - k + 1, w - k + 1].
    """
    if x.shape[-2:] == kernels.shape[-2:]:
        # A kernel as large as its map, as in C5: a plain matrix product takes a third of the time.
        sums = functional.linear(x.flatten(1), kernels.flatten(1), bias)
        return sums[:, :, None, None]
    if x.device.type == "cpu" and torch.is_grad_enabled():
        return _OnTheCpu.apply(x, kernels, bias)  # type: ignore[no-untyped-call, no-any-return]
    return functional.conv2d(x, kernels, bias)


class _OnTheCpu(torch.autograd.Function):
    """Forward and backward passes in the memory format that is faster for each of the three.

    With 6 and 16 maps, the gradient of the inputs takes 0.6 of the time if a map is contiguous in
    memory, that of the kernels half of it if the maps of a pixel are contiguous.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, kernels: Tensor, bias: Tensor) -> Tensor:
        ctx.save_for_backward(x, kernels)
        return functional.conv2d(x, kernels, bias)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor, Tensor]:
        (at_sums,) = gradients
        x, kernels = ctx.saved_tensors
        below = functional.conv_transpose2d(at_sums, kernels) if ctx.needs_input_grad[0] else None
        bias = at_sums.sum((0, 2, 3))
        if x.shape[1] > 1:
            x, at_sums = _maps_together(x), _maps_together(at_sums)
        weight: Tensor = conv2d_weight(x, kernels.shape, at_sums)  # type: ignore[no-untyped-call]
        return below, weight, bias


def _maps_together(x: Tensor) -> Tensor:
    """The same tensor with the maps of a pixel adjacent in memory."""
    return x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)
