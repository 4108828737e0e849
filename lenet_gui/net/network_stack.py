"""Networks of one kind, stacked: one pass runs all of them."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from lenet_gui.net.architecture import KERNEL_SIDE
from lenet_gui.net.layers import GEOMETRY
from lenet_gui.net.lenet5 import LeNet5, OriginalLeNet5
from lenet_gui.net.subsampling import sums_of_fours


class NetworkStack:
    """Runs several networks at once, each on its own pictures.

    Convolutions are grouped, one group a network, and matrix products batched, so that a layer of
    all takes one call, and nothing of one network touches another. The networks stay as they are,
    but their parameters are views of the stack's from now on: what changes one changes the other.

    Args:
        networks: n of them, at least one; of one kind and on one device.
    """

    def __init__(self, networks: Sequence[LeNet5]) -> None:
        self._first = networks[0]
        self._count = len(networks)
        self._parameters: dict[str, nn.Parameter] = {}
        for name, parameter in self._first.named_parameters():
            of_each = [network.get_parameter(name) for network in networks]
            stacked = nn.Parameter(torch.stack([one.detach() for one in of_each]))
            stacked.requires_grad_(parameter.requires_grad)
            for place, one in enumerate(of_each):
                one.data = stacked.data[place]
            self._parameters[name] = stacked

    @property
    def parameters(self) -> tuple[nn.Parameter, ...]:
        """The weights of all, [n, *the shape in one network]; in the order of one network's."""
        return tuple(self._parameters.values())

    def outputs(self, inputs: Tensor) -> Tensor:
        """The outputs [N, n, 10] of pictures [N, n, 32, 32], in their input range."""
        x = self._squashed("C1", self._convolved("C1", inputs))  # [N, n * 6, 28, 28]
        x = self._squashed("S2", self._subsampled("S2", x))  # [N, n * 6, 14, 14]
        x = self._squashed("C3", self._convolved("C3", x))  # [N, n * 16, 10, 10]
        x = self._squashed("S4", self._subsampled("S4", x))  # [N, n * 16, 5, 5]
        x = x.reshape(len(x), self._count, -1).transpose(0, 1)  # [n, N, 400]
        x = self._squashed("C5", self._multiplied("C5", x))  # [n, N, 120]
        x = self._squashed("F6", self._multiplied("F6", x))  # [n, N, 84]
        return self._output(x).transpose(0, 1)

    def _squashed(self, name: str, sums: Tensor) -> Tensor:
        return self._first.squashed(name, sums)

    def _convolved(self, name: str, x: Tensor) -> Tensor:
        kernels = self._kernels(name).flatten(0, 1)
        bias = self._parameters[f"{name}.bias"].flatten()
        return functional.conv2d(x, kernels, bias, groups=self._count)

    def _kernels(self, name: str) -> Tensor:
        """[n, out, in, k, k]."""
        weight = self._parameters[f"{name}.weight"]
        first = self._first
        if name != "C3" or not isinstance(first, OriginalLeNet5):
            return weight
        maps, below = GEOMETRY["C3"].maps, GEOMETRY["S2"].maps
        dense = weight.new_zeros(self._count, maps * below, KERNEL_SIDE, KERNEL_SIDE)
        dense = dense.index_copy(1, first.C3.places, weight)
        return dense.view(self._count, maps, below, KERNEL_SIDE, KERNEL_SIDE)

    def _subsampled(self, name: str, x: Tensor) -> Tensor:
        if not isinstance(self._first, OriginalLeNet5):
            pooled: Tensor = self._first.get_submodule(name)(x)
            return pooled
        coefficient = self._parameters[f"{name}.coefficient"].view(-1, 1, 1)
        bias = self._parameters[f"{name}.bias"].view(-1, 1, 1)
        return torch.addcmul(bias, sums_of_fours(x), coefficient)

    def _multiplied(self, name: str, x: Tensor) -> Tensor:
        weight = self._parameters[f"{name}.weight"].flatten(2)  # [n, out, in]
        bias = self._parameters[f"{name}.bias"]
        return torch.baddbmm(bias[:, None], x, weight.transpose(1, 2))

    def _output(self, x: Tensor) -> Tensor:
        if isinstance(self._first, OriginalLeNet5):
            return (x[:, :, None] - self._first.output.codes).square().sum(dim=3)
        return self._multiplied("output", x)
