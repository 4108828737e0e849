"""The layers of LeNet-5 for one digit at a time, in numpy. No torch.

For one digit the computation takes less time than torch's overhead. The weights may be
views of a network's own memory: every pass takes them as they are then.

`at_sums` goes from the derivatives of something by what `forward` gave, y, to those by the sums
that were squashed, and `backward` from these to those by what `forward` was given, x; the weights
are those of the last pass.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lenet_gui.net.architecture import AMPLITUDE, KERNEL_SIDE, SLOPE, TABLE_I

Floats = NDArray[np.float32]
TAPS = KERNEL_SIDE**2
PLACES = np.array([6 * c3 + s2 for c3, row in enumerate(TABLE_I) for s2 in row])
"""Of the kernels that exist in C3 of the Original, among the 16 x 6 that could (Table I)."""

_A, _S = np.float32(AMPLITUDE), np.float32(SLOPE)
_SLOPE_AT_0, _SLOPE_FALL = np.float32(AMPLITUDE * SLOPE), np.float32(-SLOPE / AMPLITUDE)


@dataclass(frozen=True)
class Squash:
    """A squashing function.

    `forward` turns sums into activations, in place. `slope` gives its derivatives at the sums, from
    the activations.
    """

    forward: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]


def squash(a: Floats) -> Floats:
    """Eq. 6, in place."""
    a *= _S
    np.tanh(a, out=a)
    a *= _A
    return a


def slope_of_squash(x: Floats) -> Floats:
    """f'(a) from the activation x = f(a): A S (1 - (x / A)^2)."""
    slope = x * x
    slope *= _SLOPE_FALL
    slope += _SLOPE_AT_0
    return slope


def _tanh(a: Floats) -> Floats:
    return np.tanh(a, out=a)


def _slope_of_tanh(x: Floats) -> Floats:
    return 1 - x * x


SQUASH = Squash(squash, slope_of_squash)
"""Eq. 6."""

TANH = Squash(_tanh, _slope_of_tanh)
"""The hyperbolic tangent, of the README's Modern."""


def _rectified(a: Floats) -> Floats:
    return np.maximum(a, 0, out=a)


def _slope_of_rectified(x: Floats) -> Floats:
    return (x > 0).astype(np.float32)


RELU = Squash(_rectified, _slope_of_rectified)
"""max(0, a); its slope is 0 at 0, as torch has it."""


def _sigmoid(a: Floats) -> Floats:
    np.negative(a, out=a)
    with np.errstate(over="ignore"):  # e^89 is infinity, and its sigmoid 0
        np.exp(a, out=a)
    a += 1
    return np.reciprocal(a, out=a)


def _slope_of_sigmoid(x: Floats) -> Floats:
    return x * (1 - x)


SIGMOID = Squash(_sigmoid, _slope_of_sigmoid)
"""1 / (1 + e^-a)."""

NO_SQUASH = Squash(lambda a: a, np.ones_like)
"""For a layer that does not squash."""


class Convolution:
    """5x5 kernels as one matrix product over the patches of the input.

    Args:
        weight: [maps out, maps, 5, 5], contiguous.
        bias: [maps out].
        maps: of the input.
        side: of the input's maps.
        squash: the squashing function.
    """

    def __init__(self, weight: Floats, bias: Floats, maps: int, side: int, squash: Squash) -> None:
        self.weight, self.bias = weight.reshape(-1, TAPS), bias
        self._squash = squash
        across = side - KERNEL_SIDE + 1
        self.x = np.empty((maps, side, side), np.float32)
        self._windows = sliding_window_view(self.x, (across, across), axis=(1, 2))
        self.patches = np.empty((maps * TAPS, across * across), np.float32)
        self._by_window = self.patches.reshape(self._windows.shape)
        self._shape = (len(bias), across, across)

    def kernels(self) -> Floats:
        """[maps out, maps in x 25]."""
        return self.weight.reshape(len(self.bias), -1)

    def forward(self, x: Floats) -> Floats:
        """[maps, side, side] -> [maps out, side - 4, side - 4]."""
        self.x[...] = x
        np.copyto(self._by_window, self._windows)
        y: Floats = self.kernels() @ self.patches
        y += self.bias[:, None]
        return self._squash.forward(y).reshape(self._shape)

    def at_sums(self, g: Floats, y: Floats) -> Floats:
        """Of any shape of so many values -> [maps out, side - 4, side - 4]."""
        back: Floats = g.reshape(y.shape) * self._squash.slope(y)
        return back

    def backward(self, g: Floats, _x: Floats) -> Floats:
        """[maps out, side - 4, side - 4] -> [maps, side, side]."""
        by_window = (self.kernels().T @ g.reshape(len(self.bias), -1)).reshape(self._windows.shape)
        back = np.zeros_like(self.x)
        across = self._shape[-1]
        for row in range(KERNEL_SIDE):
            for column in range(KERNEL_SIDE):
                window = back[:, row : row + across, column : column + across]
                window += by_window[:, row, column]
        return back


class TableI(Convolution):
    """C3 of the Original: the kernels that exist, in a matrix with zeros where Table I has none.

    Args:
        weight: [60, 5, 5], row by row of Table I, contiguous.
        bias: [16].
        side: of the input's six maps.
    """

    def __init__(self, weight: Floats, bias: Floats, side: int) -> None:
        super().__init__(weight, bias, 6, side, SQUASH)
        self._spread = np.zeros((len(TABLE_I) * 6, TAPS), np.float32)

    def kernels(self) -> Floats:
        """[16, 6 x 25], those of the last pass."""
        return self._spread.reshape(len(TABLE_I), -1)

    def forward(self, x: Floats) -> Floats:
        """[6, side, side] -> [16, side - 4, side - 4]."""
        self._spread[PLACES] = self.weight
        return super().forward(x)


class Subsampling:
    """S2 and S4 of the Original (II-B), with a coefficient and a bias a map, both [maps].

    `sums` [maps, h, w]: the sums of fours of the last pass.
    """

    sums: Floats

    def __init__(self, coefficient: Floats, bias: Floats) -> None:
        self.coefficient, self.bias = coefficient, bias

    def forward(self, x: Floats) -> Floats:
        """[maps, 2h, 2w] -> [maps, h, w]."""
        self.sums = sums_of_fours(x)
        y = self.sums * self.coefficient[:, None, None]
        y += self.bias[:, None, None]
        return squash(y)

    def at_sums(self, g: Floats, y: Floats) -> Floats:
        """Of any shape of so many values -> [maps, h, w]."""
        back: Floats = g.reshape(y.shape) * slope_of_squash(y)
        return back

    def backward(self, g: Floats, _x: Floats) -> Floats:
        """[maps, h, w] -> [maps, 2h, 2w]: each of the four inputs gets the same."""
        return to_fours(g * self.coefficient[:, None, None])


class AveragePooling:
    """S2 and S4 of the README's Modern."""

    def forward(self, x: Floats) -> Floats:
        """[maps, 2h, 2w] -> [maps, h, w]."""
        return sums_of_fours(x) / np.float32(4)

    def at_sums(self, g: Floats, y: Floats) -> Floats:
        """Nothing is squashed: of any shape of so many values -> [maps, h, w], the same."""
        return g.reshape(y.shape)

    def backward(self, g: Floats, _x: Floats) -> Floats:
        """[maps, h, w] -> [maps, 2h, 2w]."""
        return to_fours(g / np.float32(4))


class MaxPooling:
    """S2 and S4 of a Modern with max pooling."""

    def forward(self, x: Floats) -> Floats:
        """[maps, 2h, 2w] -> [maps, h, w]."""
        largest: Floats = fours(x).max(axis=-1)
        return largest

    def at_sums(self, g: Floats, y: Floats) -> Floats:
        """Nothing is squashed: of any shape of so many values -> [maps, h, w], the same."""
        return g.reshape(y.shape)

    def backward(self, g: Floats, x: Floats) -> Floats:
        """[maps, h, w] -> [maps, 2h, 2w]: the first of the largest inputs gets it."""
        back = np.zeros((*g.shape, 4), np.float32)
        np.put_along_axis(back, fours(x).argmax(axis=-1)[..., None], g[..., None], axis=-1)
        maps, high, wide = g.shape
        by_rows = back.reshape(maps, high, wide, 2, 2).swapaxes(2, 3)
        return by_rows.reshape(maps, 2 * high, 2 * wide)


class Full:
    """C5, whose kernels cover all of S4, F6, and the Modern's output.

    Args:
        weight: [units, ...], contiguous.
        bias: [units].
        squash: the squashing function.
    """

    def __init__(self, weight: Floats, bias: Floats, squash: Squash) -> None:
        self.weight, self.bias = weight.reshape(len(bias), -1), bias
        self._squash = squash

    def forward(self, x: Floats) -> Floats:
        """Any shape -> [units]."""
        y: Floats = self.weight @ x.reshape(-1)
        y += self.bias
        return self._squash.forward(y)

    def at_sums(self, g: Floats, y: Floats) -> Floats:
        """Of any shape of so many values -> [units]."""
        back: Floats = g.reshape(y.shape) * self._squash.slope(y)
        return back

    def backward(self, g: Floats, _x: Floats) -> Floats:
        """[units] -> [inputs]."""
        back: Floats = g @ self.weight
        return back


def sums_of_fours(x: Floats) -> Floats:
    """The sum of each 2x2 inputs: [maps, 2h, 2w] -> [maps, h, w]."""
    maps, high, wide = x.shape
    pairs = x.reshape(maps, high // 2, 2, wide // 2, 2)
    rows = pairs[:, :, 0] + pairs[:, :, 1]
    return rows[..., 0] + rows[..., 1]


def fours(x: Floats) -> Floats:
    """Each 2x2 inputs, row by row: [maps, 2h, 2w] -> [maps, h, w, 4]."""
    maps, high, wide = x.shape
    squares = x.reshape(maps, high // 2, 2, wide // 2, 2).swapaxes(2, 3)
    return squares.reshape(maps, high // 2, wide // 2, 4)


def to_fours(x: Floats) -> Floats:
    """Each value in the places of the four that it stands for: [maps, h, w] -> [maps, 2h, 2w]."""
    return x.repeat(2, axis=1).repeat(2, axis=2)
