"""The Original's pass forward and back for a single pattern, written out layer by layer.

The paper updates after every pattern. For one pattern the arithmetic takes less time than
autograd's bookkeeping around it; written out on views of the network's own memory, a pass takes a
fifth to an eighth of the time and gives the same gradients to float rounding.
"""

import math

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from lenet_gui.net.architecture import INPUT_SIDE, KERNEL_SIDE, TABLE_I, Loss
from lenet_gui.net.lenet5 import OriginalLeNet5
from lenet_gui.net.sparse_c3 import SparseC3
from lenet_gui.net.squashing import AMPLITUDE, SLOPE
from lenet_gui.net.subsampling import Subsampling

Floats = NDArray[np.float32]

_TAPS = KERNEL_SIDE**2
_A, _S = np.float32(AMPLITUDE), np.float32(SLOPE)
_SLOPE_AT_0, _SLOPE_FALL = np.float32(AMPLITUDE * SLOPE), np.float32(-SLOPE / AMPLITUDE)


class OnePattern:
    """Gradients of a network for one pattern after the other.

    The network's parameters must be contiguous float32 on the CPU. They get `.grad` tensors that
    stay theirs and that every pass overwrites, so an optimiser may step in between, in place.

    Raises:
        ValueError: a parameter lies elsewhere or otherwise in memory.
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
            _Convolution(network.C1, INPUT_SIDE, passes_back=False),
            _Subsampling(network.S2),
            _TableI(network.C3, side=14),
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
        with np.errstate(over="ignore", invalid="ignore"):  # as torch, it lets a training diverge
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


def _squash(a: Floats) -> Floats:
    """Eq. 6, in place."""
    a *= _S
    np.tanh(a, out=a)
    a *= _A
    return a


def _slope(x: Floats) -> Floats:
    """f'(a) from the activation x = f(a): A S (1 - (x / A)^2)."""
    slope = x * x
    slope *= _SLOPE_FALL
    slope += _SLOPE_AT_0
    return slope


class _Convolution:
    """5x5 kernels as one matrix product over the patches of the input."""

    def __init__(self, layer: nn.Conv2d | SparseC3, side: int, *, passes_back: bool) -> None:
        self._bias, self._bias_grad = _shared(layer.bias)
        weight, weight_grad = _shared(layer.weight)
        self._weight, self._weight_grad = weight.reshape(-1, _TAPS), weight_grad.reshape(-1, _TAPS)
        maps = 1 if isinstance(layer, nn.Conv2d) else 6
        self._passes_back = passes_back
        across = side - KERNEL_SIDE + 1
        self._x = np.empty((maps, side, side), np.float32)
        self._windows = sliding_window_view(self._x, (across, across), axis=(1, 2))
        self._patches = np.empty((maps * _TAPS, across * across), np.float32)
        self._by_window = self._patches.reshape(self._windows.shape)
        self._out = (len(self._bias), across, across)

    def _kernels(self) -> Floats:
        """[maps out, maps in x 25]."""
        return self._weight

    def _take_kernel_gradients(self, g: Floats) -> None:
        np.matmul(g, self._patches.T, out=self._weight_grad)

    def forward(self, x: Floats) -> Floats:
        """[maps, side, side] -> [maps out, side - 4, side - 4], squashed."""
        self._x[...] = x
        np.copyto(self._by_window, self._windows)
        y: Floats = self._kernels() @ self._patches
        y += self._bias[:, None]
        self._y = _squash(y)
        return self._y.reshape(self._out)

    def backward(self, g: Floats) -> Floats | None:
        """From dE/dy to dE/dx, where anything is below."""
        g = g.reshape(self._y.shape)
        g *= _slope(self._y)
        g.sum(axis=1, out=self._bias_grad)
        self._take_kernel_gradients(g)
        if not self._passes_back:
            return None
        spread = torch.from_numpy(self._kernels().T @ g).unsqueeze(0)
        back = functional.fold(spread, self._x.shape[1:], (KERNEL_SIDE, KERNEL_SIDE))
        return back.numpy().reshape(self._x.shape)


class _TableI(_Convolution):
    """C3: the kernels that exist, spread into a matrix with zeros where Table I has none."""

    def __init__(self, layer: SparseC3, side: int) -> None:
        super().__init__(layer, side, passes_back=True)
        self._places = layer.places.numpy()
        self._spread = np.zeros((len(TABLE_I) * 6, _TAPS), np.float32)

    def _kernels(self) -> Floats:
        return self._spread.reshape(len(TABLE_I), -1)

    def forward(self, x: Floats) -> Floats:
        self._spread[self._places] = self._weight
        return super().forward(x)

    def _take_kernel_gradients(self, g: Floats) -> None:
        dense = (g @ self._patches.T).reshape(-1, _TAPS)
        np.take(dense, self._places, axis=0, out=self._weight_grad, mode="clip")


class _Subsampling:
    """S2 and S4."""

    def __init__(self, layer: Subsampling) -> None:
        self._coefficient, self._coefficient_grad = _shared(layer.coefficient)
        self._bias, self._bias_grad = _shared(layer.bias)

    def forward(self, x: Floats) -> Floats:
        """[maps, 2h, 2w] -> [maps, h, w], squashed."""
        maps, high, wide = x.shape
        pairs = x.reshape(maps, high // 2, 2, wide // 2, 2)
        rows = pairs[:, :, 0] + pairs[:, :, 1]
        self._sums = rows[..., 0] + rows[..., 1]
        y = self._sums * self._coefficient[:, None, None]
        y += self._bias[:, None, None]
        self._y = _squash(y)
        return self._y

    def backward(self, g: Floats) -> Floats:
        """From dE/dy to dE/dx: each of the four inputs gets the same."""
        g = g.reshape(self._y.shape)
        g *= _slope(self._y)
        g.sum(axis=(1, 2), out=self._bias_grad)
        np.einsum("ijk,ijk->i", g, self._sums, out=self._coefficient_grad)
        g *= self._coefficient[:, None, None]
        return g.repeat(2, axis=1).repeat(2, axis=2)


class _Full:
    """C5, whose kernels cover all of S4 here, and F6."""

    def __init__(self, layer: nn.Conv2d | nn.Linear) -> None:
        weight, weight_grad = _shared(layer.weight)
        self._bias, self._bias_grad = _shared(layer.bias)
        self._weight = weight.reshape(len(weight), -1)
        self._weight_grad = torch.from_numpy(weight_grad.reshape(len(weight), -1))

    def forward(self, x: Floats) -> Floats:
        """Any shape -> [units], squashed."""
        self._x = x.reshape(-1)
        y: Floats = self._weight @ self._x
        y += self._bias
        self._y = _squash(y)
        return self._y

    def backward(self, g: Floats) -> Floats:
        """From dE/dy to dE/dx [inputs]."""
        g *= _slope(self._y)
        self._bias_grad[...] = g
        torch.outer(torch.from_numpy(g), torch.from_numpy(self._x), out=self._weight_grad)
        back: Floats = g @ self._weight
        return back
