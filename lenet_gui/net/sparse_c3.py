"""C3 of the Original: 60 kernels of 5x5 that connect S2 to C3 as Table I says, 1,516 parameters."""

import torch
from torch import Tensor, nn

from lenet_gui.net.architecture import KERNEL_SIDE, TABLE_I
from lenet_gui.net.convolution import convolve


class SparseC3(nn.Module):
    """A convolution from 6 maps to 16 in which each map sees only its row of Table I.

    `weight` [60, 5, 5] holds the kernels that exist, row by row of Table I; `bias` [16]. Input
    [N, 6, h, w], output [N, 16, h - 4, w - 4], before squashing. The kernels are spread into a
    dense [16, 6, 5, 5] with zeros for each pass, because one dense convolution is faster than
    sixteen small ones; the zeros are not parameters and get no gradient.
    """

    places: Tensor

    def __init__(self) -> None:
        super().__init__()
        places = [6 * c3_map + s2_map for c3_map, row in enumerate(TABLE_I) for s2_map in row]
        self.register_buffer("places", torch.tensor(places), persistent=False)
        self.weight = nn.Parameter(torch.empty(len(places), KERNEL_SIDE, KERNEL_SIDE))
        self.bias = nn.Parameter(torch.empty(len(TABLE_I)))
        assert self.weight.numel() + self.bias.numel() == 1_516  # noqa: S101

    def dense_weight(self) -> Tensor:
        """The kernels as [16, 6, 5, 5], zero where Table I has no connection."""
        dense = self.weight.new_zeros(16 * 6, KERNEL_SIDE, KERNEL_SIDE)
        return dense.index_copy(0, self.places, self.weight).view(16, 6, KERNEL_SIDE, KERNEL_SIDE)

    def forward(self, x: Tensor) -> Tensor:
        """The sums before squashing."""
        return convolve(x, self.dense_weight(), self.bias)
