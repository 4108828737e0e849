"""Either network for one digit at a time, in numpy: it answers before torch is loaded. No torch."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from lenet_gui.net.architecture import INPUT_SIDE, Variant
from lenet_gui.net.array_layers import (
    AveragePooling,
    Convolution,
    Floats,
    Full,
    Subsampling,
    TableI,
    as_it_is,
    squash,
    tanh,
)
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import FEATURE_LAYERS, GEOMETRY


class _Layer(Protocol):
    def forward(self, x: Floats) -> Floats: ...


class ArrayNetwork:
    """The same numbers as `net.lenet5` gives, to float rounding.

    Not for two threads at once: the layers keep room to work in.

    Args:
        variant: whose weights they are.
        weights: by the names and in the shapes of the network's trainable parameters, contiguous
            float32. They are not copied: each pass takes them as they are then.
    """

    def __init__(self, variant: Variant, weights: Mapping[str, Floats]) -> None:
        self.variant = variant
        build = _original if variant is Variant.ORIGINAL else _modern
        self._layers, self._output = build(weights)

    def forward(self, x: Floats) -> tuple[dict[str, Floats], Floats]:
        """Runs one image [32, 32], in the variant's input range, through every layer.

        Returns:
            The activations by layer (C1 [6, 28, 28], S2 [6, 14, 14], C3 [16, 10, 10],
            S4 [16, 5, 5], C5 [120], F6 [84]), and the output [10]: distances (Original) or
            logits (Modern). The arrays are new ones.
        """
        activations = {}
        with np.errstate(over="ignore", invalid="ignore"):  # as torch, of whatever weights
            for name, layer in zip(FEATURE_LAYERS, self._layers, strict=True):
                x = layer.forward(x)
                activations[name] = x
            return activations, self._output.forward(x)


class _Distances:
    """The output of the Original (Eq. 7)."""

    def __init__(self) -> None:
        self._codes = np.array(CODES, np.float32)  # [10, 84]

    def forward(self, x: Floats) -> Floats:
        """[84] -> [10]."""
        apart = x - self._codes
        distances: Floats = np.einsum("ij,ij->i", apart, apart)
        return distances


def _original(weights: Mapping[str, Floats]) -> tuple[tuple[_Layer, ...], _Layer]:
    return (
        Convolution(weights["C1.weight"], weights["C1.bias"], 1, INPUT_SIDE, squash),
        Subsampling(weights["S2.coefficient"], weights["S2.bias"]),
        TableI(weights["C3.weight"], weights["C3.bias"], GEOMETRY["S2"].side),
        Subsampling(weights["S4.coefficient"], weights["S4.bias"]),
        Full(weights["C5.weight"], weights["C5.bias"], squash),
        Full(weights["F6.weight"], weights["F6.bias"], squash),
    ), _Distances()


def _modern(weights: Mapping[str, Floats]) -> tuple[tuple[_Layer, ...], _Layer]:
    s2 = GEOMETRY["S2"]
    return (
        Convolution(weights["C1.weight"], weights["C1.bias"], 1, INPUT_SIDE, tanh),
        AveragePooling(),
        Convolution(weights["C3.weight"], weights["C3.bias"], s2.maps, s2.side, tanh),
        AveragePooling(),
        Full(weights["C5.weight"], weights["C5.bias"], tanh),
        Full(weights["F6.weight"], weights["F6.bias"], tanh),
    ), Full(weights["output.weight"], weights["output.bias"], as_it_is)
