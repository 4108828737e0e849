"""Either network for one digit at a time, in numpy: it works before torch is loaded. No torch."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from lenet_gui.net.architecture import INPUT_SIDE, Variant
from lenet_gui.net.array_layers import (
    NO_SQUASH,
    RELU,
    SIGMOID,
    SQUASH,
    TANH,
    AveragePooling,
    Convolution,
    Floats,
    Full,
    MaxPooling,
    Squash,
    Subsampling,
    TableI,
)
from lenet_gui.net.codes import CODES
from lenet_gui.net.layers import FEATURE_LAYERS, GEOMETRY, UNIT_LAYERS, layer_below
from lenet_gui.net.modern_form import README_FORM, ModernForm, Squashing
from lenet_gui.net.network_kind import NetworkKind


class _Layer(Protocol):
    def forward(self, x: Floats) -> Floats: ...
    def at_sums(self, g: Floats, y: Floats, /) -> Floats: ...
    def backward(self, g: Floats, x: Floats, /) -> Floats: ...


class ArrayNetwork:
    """The same numbers as `net.lenet5` gives, to float rounding.

    Not for two threads at once: the layers keep room to work in.

    Args:
        variant: whose weights they are.
        weights: by the names and in the shapes of the network's trainable parameters, contiguous
            float32. They are not copied: each pass takes them as they are then.
        form: of a Modern.
    """

    def __init__(
        self, variant: Variant, weights: Mapping[str, Floats], form: ModernForm = README_FORM
    ) -> None:
        self.kind = NetworkKind(variant, form)
        build = _original if variant is Variant.ORIGINAL else _modern
        self._layers, self._output = build(weights, self.kind)

    @property
    def variant(self) -> Variant:
        """Whose output it has."""
        return self.kind.variant

    def forward(self, x: Floats) -> tuple[dict[str, Floats], Floats]:
        """Runs one image [32, 32], in its own input range, through every layer.

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

    def backward(
        self, layer: str, g: Floats, values: Mapping[str, Floats], *, of_sums: bool = False
    ) -> Floats:
        """The derivatives of a quantity with respect to the pixels of the input, [32, 32].

        Args:
            layer: one of `net.layers.UNIT_LAYERS`.
            g: its derivatives with respect to the layer's values, in their shape.
            values: of all layers, the input among them, as a pass with the same weights gave them.
            of_sums: `g` has the derivatives by the layer's sums before squashing instead.
        """
        layers = dict(zip(UNIT_LAYERS, (*self._layers, self._output), strict=True))
        with np.errstate(over="ignore", invalid="ignore"):
            for name in reversed(UNIT_LAYERS[: UNIT_LAYERS.index(layer) + 1]):
                if name != layer or not of_sums:
                    g = layers[name].at_sums(g, values[name])
                g = layers[name].backward(g, values[layer_below(name)])
        return g.reshape(INPUT_SIDE, INPUT_SIDE)


class _Distances:
    """The output of the Original (Eq. 7)."""

    def __init__(self) -> None:
        self._codes = np.array(CODES, np.float32)  # [10, 84]

    def forward(self, x: Floats) -> Floats:
        """[84] -> [10]."""
        apart = x - self._codes
        distances: Floats = np.einsum("ij,ij->i", apart, apart)
        return distances

    def at_sums(self, g: Floats, _y: Floats) -> Floats:
        """Nothing is squashed."""
        return g

    def backward(self, g: Floats, x: Floats) -> Floats:
        """[10] -> [84]."""
        back: Floats = 2 * (g @ (x - self._codes))
        return back


def squash_of(kind: NetworkKind) -> Squash:
    """The squashing function of a network, in place, and its slope."""
    return SQUASH if kind.is_original else _OF_FORM[kind.form.squashing]


_OF_FORM = {Squashing.TANH: TANH, Squashing.RELU: RELU, Squashing.SIGMOID: SIGMOID}


def _original(
    weights: Mapping[str, Floats], _kind: NetworkKind
) -> tuple[tuple[_Layer, ...], _Layer]:
    return (
        Convolution(weights["C1.weight"], weights["C1.bias"], 1, INPUT_SIDE, SQUASH),
        Subsampling(weights["S2.coefficient"], weights["S2.bias"]),
        TableI(weights["C3.weight"], weights["C3.bias"], GEOMETRY["S2"].side),
        Subsampling(weights["S4.coefficient"], weights["S4.bias"]),
        Full(weights["C5.weight"], weights["C5.bias"], SQUASH),
        Full(weights["F6.weight"], weights["F6.bias"], SQUASH),
    ), _Distances()


def _modern(weights: Mapping[str, Floats], kind: NetworkKind) -> tuple[tuple[_Layer, ...], _Layer]:
    s2, squash = GEOMETRY["S2"], squash_of(kind)
    pooling = MaxPooling if kind.takes_maximum else AveragePooling
    return (
        Convolution(weights["C1.weight"], weights["C1.bias"], 1, INPUT_SIDE, squash),
        pooling(),
        Convolution(weights["C3.weight"], weights["C3.bias"], s2.maps, s2.side, squash),
        pooling(),
        Full(weights["C5.weight"], weights["C5.bias"], squash),
        Full(weights["F6.weight"], weights["F6.bias"], squash),
    ), Full(weights["output.weight"], weights["output.bias"], NO_SQUASH)
