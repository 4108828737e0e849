"""S2 and S4: of each 2x2 inputs the sum with a coefficient and a bias (II-B), mean or maximum."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional


class Subsampling(nn.Module):
    """Each map of the output sees only its own map of the input.

    Input [N, maps, 2h, 2w], output [N, maps, h, w], before squashing.
    """

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.coefficient = nn.Parameter(torch.empty(maps))
        self.bias = nn.Parameter(torch.empty(maps))

    def forward(self, x: Tensor) -> Tensor:
        """The sums before squashing."""
        return torch.addcmul(
            self.bias[:, None, None], sums_of_fours(x), self.coefficient[:, None, None]
        )


class AveragePooling(nn.Module):
    """S2 and S4 of the README's Modern: the mean of 2x2 inputs, nothing trainable."""

    def forward(self, x: Tensor) -> Tensor:
        """[N, maps, 2h, 2w] -> [N, maps, h, w]."""
        return sums_of_fours(x) / 4


class MaxPooling(nn.Module):
    """S2 and S4 of a Modern with max pooling: the largest of 2x2 inputs, nothing trainable."""

    def forward(self, x: Tensor) -> Tensor:
        """[N, maps, 2h, 2w] -> [N, maps, h, w]."""
        return functional.max_pool2d(x, kernel_size=2)


def sums_of_fours(x: Tensor) -> Tensor:
    """The sum of each 2x2 inputs: [N, maps, 2h, 2w] -> [N, maps, h, w]."""
    if x.device.type == "cpu":
        return _SumsOfFours.apply(x)  # type: ignore[no-untyped-call, no-any-return]
    return functional.avg_pool2d(x, kernel_size=2, stride=2, divisor_override=1)


class _SumsOfFours(torch.autograd.Function):
    """By whole rows, then by columns: on the CPU four times as fast as torch's pooling."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:  # noqa: ARG004
        n, maps, height, width = x.shape
        rows = x.reshape(n, maps, height // 2, 2, width)
        pairs = rows[:, :, :, 0] + rows[:, :, :, 1]
        return pairs[..., 0::2] + pairs[..., 1::2]

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:  # noqa: ARG004
        (at_sums,) = gradients
        n, maps, h, w = at_sums.shape
        below = at_sums.new_empty((n, maps, h, 2, w, 2))
        for row in range(2):
            for column in range(2):
                below[:, :, :, row, :, column] = at_sums
        return below.view(n, maps, 2 * h, 2 * w)
