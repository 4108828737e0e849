"""The Original's forward and backward pass for a single pattern, written out layer by layer.

The paper updates after every pattern. For one pattern the computation takes less time than
autograd's overhead; written out on views of the network's own memory, a pass takes a
fifth to an eighth of the time and gives the same gradients to float rounding.
"""

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from lenet_gui.net import array_layers
from lenet_gui.net.architecture import INPUT_SIDE, KERNEL_SIDE, Loss
from lenet_gui.net.array_layers import (
    PLACES,
    SQUASH,
    TAPS,
    Floats,
    slope_of_squash,
    to_fours,
)
from lenet_gui.net.layers import GEOMETRY
from lenet_gui.net.lenet5 import OriginalLeNet5
from lenet_gui.net.sparse_c3 import SparseC3
from lenet_gui.net.subsampling import Subsampling


class OnePattern:
    """Gradients of a network for one pattern after another.

    The network's parameters must be contiguous float32 on the CPU. They get `.grad` tensors that
    stay the same and that every pass overwrites, so an optimiser may update in between, in place.

    Raises:
        ValueError: a parameter is elsewhere or not contiguous.
    """

    def __init__(
        self, network: OriginalLeNet5, loss: Loss, j: float, temperature: float = 1.0
    ) -> None:
        if not all(
            p.is_contiguous() and p.dtype == torch.float32 and p.device.type == "cpu"
            for p in network.parameters()
        ):
            raise ValueError("the parameters must be contiguous float32 on the CPU")
        self._with_rivals = loss is Loss.MAP
        # Eq. 8 has no temperature.
        self._temperature = np.float32(temperature if self._with_rivals else 1.0)
        self._j = j / float(self._temperature)
        self._codes = network.output.codes.numpy()  # [10, 84]
        self._layers = (
            _Convolution(network.C1),
            _Subsampling(network.S2),
            _TableI(network.C3),
            _Subsampling(network.S4),
            _Full(network.C5),
            _Full(network.F6),
        )

    def backward(self, image: Floats, target: int) -> tuple[float, Floats]:
        """Fills every `.grad` with the gradient of the loss.

        Args:
            image: [32, 32], in the Original's input range.
            target: the right class, or with Eq. 9 10 for rubbish.

        Returns:
            The loss and the distances [10].
        """
        with np.errstate(
            over="ignore", invalid="ignore"
        ):  # as torch, it lets a training run diverge
            x: Floats = image.reshape(1, INPUT_SIDE, INPUT_SIDE)
            for layer in self._layers:
                x = layer.forward(x)
            apart = x - self._codes  # [10, 84]
            distances: Floats = np.einsum("ij,ij->i", apart, apart)
            loss, pull = self._error(distances, target)
            g: Floats | None = 2 * (pull @ apart)
            for layer in reversed(self._layers):
                assert g is not None  # noqa: S101 - only C1, the last, gives none
                g = layer.backward(g)
        return loss, distances

    def _error(self, distances: Floats, target: int) -> tuple[float, Floats]:
        """The loss and its derivatives by the distances [10] (Eq. 9, or Eq. 8)."""
        distances = distances / self._temperature
        pull = np.zeros(len(distances), np.float32)
        loss = float(distances[target]) if target < len(distances) else self._j
        if self._with_rivals:
            nearest = min(float(distances.min()), self._j)
            shares = np.exp(nearest - distances)
            total = float(shares.sum()) + math.exp(nearest - self._j)
            loss += math.log(total) - nearest
            pull -= shares / total
        if target < len(distances):
            pull[target] += 1
        pull /= self._temperature
        return loss, pull


def _shared(parameter: Tensor | None) -> tuple[Floats, Floats]:
    """Views of a parameter and of its gradient, which it gets here."""
    assert parameter is not None  # noqa: S101 - every layer here has its bias
    parameter.grad = torch.zeros_like(parameter)
    return parameter.detach().numpy(), parameter.grad.numpy()


class _Convolution:
    """C1."""

    def __init__(self, layer: nn.Conv2d) -> None:
        weight, weight_grad = _shared(layer.weight)
        bias, self._bias_grad = _shared(layer.bias)
        self._weight_grad = weight_grad.reshape(-1, TAPS)
        self._layer = array_layers.Convolution(weight, bias, 1, INPUT_SIDE, SQUASH)

    def forward(self, x: Floats) -> Floats:
        self._y = self._layer.forward(x)
        return self._y

    def backward(self, g: Floats) -> Floats | None:
        """From dE/dy to nothing: the input is below."""
        np.matmul(self._at_sums(g), self._layer.patches.T, out=self._weight_grad)
        return None

    def _at_sums(self, g: Floats) -> Floats:
        """dE/da [maps, units of a map]; the bias's gradient is its sum."""
        g = g.reshape(len(self._bias_grad), -1)
        g *= slope_of_squash(self._y).reshape(g.shape)
        g.sum(axis=1, out=self._bias_grad)
        return g


class _TableI(_Convolution):
    """C3: where Table I has no kernel there is no gradient."""

    def __init__(self, layer: SparseC3) -> None:
        weight, weight_grad = _shared(layer.weight)
        bias, self._bias_grad = _shared(layer.bias)
        self._weight_grad = weight_grad.reshape(-1, TAPS)
        self._layer = array_layers.TableI(weight, bias, GEOMETRY["S2"].side)

    def backward(self, g: Floats) -> Floats:
        """From dE/dy to dE/dx."""
        g = self._at_sums(g)
        dense = (g @ self._layer.patches.T).reshape(-1, TAPS)
        np.take(dense, PLACES, axis=0, out=self._weight_grad, mode="clip")
        spread = torch.from_numpy(self._layer.kernels().T @ g).unsqueeze(0)
        shape = self._layer.x.shape
        back = functional.fold(spread, shape[1:], (KERNEL_SIDE, KERNEL_SIDE))
        return back.numpy().reshape(shape)


class _Subsampling:
    """S2 and S4."""

    def __init__(self, layer: Subsampling) -> None:
        coefficient, self._coefficient_grad = _shared(layer.coefficient)
        bias, self._bias_grad = _shared(layer.bias)
        self._layer = array_layers.Subsampling(coefficient, bias)

    def forward(self, x: Floats) -> Floats:
        self._y = self._layer.forward(x)
        return self._y

    def backward(self, g: Floats) -> Floats:
        """From dE/dy to dE/dx: each of the four inputs gets the same."""
        g = g.reshape(self._y.shape)
        g *= slope_of_squash(self._y)
        g.sum(axis=(1, 2), out=self._bias_grad)
        np.einsum("ijk,ijk->i", g, self._layer.sums, out=self._coefficient_grad)
        g *= self._layer.coefficient[:, None, None]
        return to_fours(g)


class _Full:
    """C5, whose kernels cover all of S4 here, and F6."""

    def __init__(self, layer: nn.Conv2d | nn.Linear) -> None:
        weight, weight_grad = _shared(layer.weight)
        bias, self._bias_grad = _shared(layer.bias)
        self._weight_grad = torch.from_numpy(weight_grad.reshape(len(weight), -1))
        self._layer = array_layers.Full(weight, bias, SQUASH)

    def forward(self, x: Floats) -> Floats:
        self._x = x.reshape(-1)
        self._y = self._layer.forward(self._x)
        return self._y

    def backward(self, g: Floats) -> Floats:
        """From dE/dy to dE/dx [inputs]."""
        g *= slope_of_squash(self._y)
        self._bias_grad[...] = g
        torch.outer(torch.from_numpy(g), torch.from_numpy(self._x), out=self._weight_grad)
        back: Floats = g @ self._layer.weight
        return back
