"""S2 and S4 of the Original: sums of 2x2 inputs, one coefficient and one bias a map (II-B)."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class Subsampling(nn.Module):
    """Each map of the output sees its own map of the input and no other.

    Input [N, maps, 2h, 2w], output [N, maps, h, w], before squashing.
    """

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.coefficient = nn.Parameter(torch.empty(maps))
        self.bias = nn.Parameter(torch.empty(maps))

    def forward(self, x: Tensor) -> Tensor:
        """The sums before squashing."""
        sums = functional.avg_pool2d(x, kernel_size=2, stride=2, divisor_override=1)
        return sums * self.coefficient[:, None, None] + self.bias[:, None, None]
