"""A LeNet-5 in PyTorch's own layers, under the names that most programs give them."""

from collections.abc import Callable
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from lenet_gui.model_files.described import PROBABILITIES, RUBBISH, DescribedNetwork
from lenet_gui.net.architecture import AMPLITUDE, SLOPE
from lenet_gui.net.layers import OUTPUT
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.losses import posterior
from lenet_gui.net.modern_form import Squashing
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.net.sparse_c3 import SparseC3

PLAIN_NAMES: Final = {
    "C1": "conv1",
    "S2": "pool1",
    "C3": "conv2",
    "S4": "pool2",
    "C5": "fc1",
    "F6": "fc2",
    "output": "fc3",
}
"""By layer; the Original's output has only its fixed `codes`."""

CODES: Final = "codes"


def plain_state(network: LeNet5) -> dict[str, Tensor]:
    """The weights [float32, on the CPU, contiguous] under the usual names.

    conv1.weight [6, 1, 5, 5], conv2.weight [16, 6, 5, 5] (the Original's with zeros where Table I
    has no connection), fc1.weight [120, 400], fc2.weight [84, 120] and their biases; the Modern's
    fc3.weight [10, 84] and fc3.bias; the Original's pool1 and pool2, each a coefficient and a bias
    for each map, and codes [10, 84].
    """
    state: dict[str, Tensor] = {}
    for name, parameter in network.named_parameters():
        layer, _, part = name.partition(".")
        c3 = network.get_submodule("C3")
        if name == "C3.weight" and isinstance(c3, SparseC3):
            values = c3.dense_weight()
        elif name == "C5.weight":
            values = parameter.flatten(1)
        else:
            values = parameter
        state[f"{PLAIN_NAMES[layer]}.{part}"] = _copy(values)
    output = network.get_submodule("output")
    if (codes := getattr(output, "codes", None)) is not None:
        state[CODES] = _copy(codes)
    return state


class PlainLeNet5(nn.Module):
    """The same numbers as the network, by operations that PyTorch can trace.

    Args:
        model: whose weights it copies.
    """

    codes: Tensor

    def __init__(self, model: DescribedNetwork) -> None:
        super().__init__()
        self._kind, self._calibration = model.kind, model.calibration
        self._squash = _squashing(model.kind)
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.pool1 = _pooling(model.kind, 6)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.pool2 = _pooling(model.kind, 16)
        self.fc1 = nn.Linear(400, 120)
        self.fc2 = nn.Linear(120, 84)
        if model.kind.is_original:
            self.register_buffer(CODES, torch.empty(10, 84))
        else:
            self.fc3 = nn.Linear(84, 10)
        self.load_state_dict(plain_state(model.network))
        self.eval().requires_grad_(requires_grad=False)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        """Runs images [N, 1, 32, 32] in the network's input range.

        Returns:
            The activations by layer, the output, and the probabilities that follow from Eq. 9; see
            `DescribedNetwork.output_shapes`.
        """
        c1 = self._squash(self.conv1(x))
        s2 = self.pool1(c1)
        c3 = self._squash(self.conv2(s2))
        s4 = self.pool2(c3)
        c5 = self._squash(self.fc1(s4.flatten(1)))
        f6 = self._squash(self.fc2(c5))
        if self._kind.is_original:
            output = (f6[:, None, :] - self.codes).square().sum(dim=2)  # Eq. 7
        else:
            output = self.fc3(f6)
        named = {"C1": c1, "S2": s2, "C3": c3, "S4": s4, "C5": c5, "F6": f6, OUTPUT: output}
        return named | self._probabilities(output)

    def _probabilities(self, output: Tensor) -> dict[str, Tensor]:
        distances = output if self._kind.is_original else -output
        calibration = self._calibration
        if calibration.j is None:
            return {PROBABILITIES: torch.softmax(-distances / calibration.temperature, dim=1)}
        digits, rubbish = posterior(distances, calibration.j, calibration.temperature)
        return {PROBABILITIES: digits, RUBBISH: rubbish}


class _Subsampling(nn.Module):
    """S2 and S4 of the Original, squashed: [N, maps, 2h, 2w] -> [N, maps, h, w] (II-B)."""

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.coefficient = nn.Parameter(torch.empty(maps))
        self.bias = nn.Parameter(torch.empty(maps))

    def forward(self, x: Tensor) -> Tensor:
        sums = 4 * functional.avg_pool2d(x, 2)
        weighted = sums * self.coefficient[:, None, None] + self.bias[:, None, None]
        return _scaled_tanh(weighted)


def _pooling(kind: NetworkKind, maps: int) -> nn.Module:
    if kind.is_original:
        return _Subsampling(maps)
    return nn.MaxPool2d(2) if kind.takes_maximum else nn.AvgPool2d(2)


def _squashing(kind: NetworkKind) -> Callable[[Tensor], Tensor]:
    """What follows the sums; the Original's is Eq. 6."""
    if kind.is_original:
        return _scaled_tanh
    return {
        Squashing.TANH: torch.tanh,
        Squashing.RELU: torch.relu,
        Squashing.SIGMOID: torch.sigmoid,
    }[kind.form.squashing]


def _scaled_tanh(sums: Tensor) -> Tensor:
    return AMPLITUDE * torch.tanh(SLOPE * sums)


def _copy(values: Tensor) -> Tensor:
    return values.detach().to("cpu", torch.float32, copy=True).contiguous()
