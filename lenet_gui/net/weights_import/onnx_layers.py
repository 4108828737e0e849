"""The layers of a LeNet-5 as the nodes of a graph name them, taken one after another. No torch."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from lenet_gui.net.array_layers import Floats
from lenet_gui.net.modern_form import (
    DEVIATION,
    MEAN,
    Border,
    InputScale,
    Pooling,
    Squashing,
)
from lenet_gui.net.weights_import.partial_form import PartialForm
from lenet_gui.printable import shortened

Operands = Sequence[Floats | None]
Attributes = Mapping[str, Any]


class GraphError(Exception):
    """Why a graph is no member of the family, to stand within a sentence."""


_SQUASHING = {"Tanh": Squashing.TANH, "Relu": Squashing.RELU, "Sigmoid": Squashing.SIGMOID}
_POOLING = {"AveragePool": Pooling.AVERAGE, "MaxPool": Pooling.MAX}
_WITHOUT_EFFECT = frozenset({"Flatten", "Reshape", "Squeeze", "Dropout", "Identity", "Cast"})
_SCALING = frozenset({"Add", "Sub", "Mul", "Div"})
_LAYERS = ("C1", "C3", "C5", "F6", "output")
_POOLED = ("C1", "C3")
_SQUASHED = _LAYERS[:-1]
_TOLERANCE = 2e-3


class LayersInOrder:
    """Takes nodes as they follow each other; says at the end what they were."""

    def __init__(self) -> None:
        self._tensors: dict[str, Floats] = {}
        self._squashed: dict[str, Squashing] = {}
        self._pooled: dict[str, Pooling] = {}
        self._scale, self._shift = 1.0, 0.0
        self._is_scaled = False
        self._border: Border | None = None

    @property
    def are_complete(self) -> bool:
        """Whether the output was taken."""
        return self._layer == "output"

    @property
    def _layer(self) -> str | None:
        """The layer that was taken last; None before the first."""
        return _LAYERS[self._count - 1] if self._count else None

    @property
    def _count(self) -> int:
        return sum(name.endswith(".weight") for name in self._tensors)

    def take(self, kind: str, attributes: Attributes, operands: Operands) -> None:
        """The next node: its kind, its attributes, its constants (None for what flows through).

        Raises:
            GraphError: LeNet-5 has no such node there.
        """
        if kind in {"Conv", "Gemm", "MatMul"}:
            self._weigh(kind, attributes, operands)
        elif kind in _SCALING:
            self._add_or_scale(kind, operands)
        elif kind in _SQUASHING:
            self._squash(_SQUASHING[kind])
        elif kind in _POOLING:
            self._pool(kind, attributes)
        elif kind == "Pad":
            self._pad(attributes, operands)
        elif kind not in _WITHOUT_EFFECT:
            raise GraphError(f"it has the operation {shortened(kind, 20)}")

    def ended(self) -> tuple[dict[str, Floats], PartialForm]:
        """The tensors by this program's names, and the form that the graph says.

        Raises:
            GraphError: layers are missing, or they are not all squashed or pooled in one way.
        """
        if not self.are_complete:
            raise GraphError(f"its graph ends after {self._count} of five layers with weights")
        squashing = self._one_of_all("squashes", self._squashed, _SQUASHED)
        pooling = self._one_of_all("pools", self._pooled, _POOLED)
        return self._tensors, PartialForm(squashing, pooling, self._inputs(), self._border)

    # ------------------------------------------------------------ layers with weights

    def _weigh(self, kind: str, attributes: Attributes, operands: Operands) -> None:
        if self._count == len(_LAYERS):
            raise GraphError("it has more than five layers with weights")
        layer = _LAYERS[self._count]
        if len(operands) < 2 or operands[0] is not None or operands[1] is None:
            raise GraphError(f"the {kind} of {layer} has no weights of its own")
        weight = operands[1]
        if kind == "Conv":
            self._check_convolution(layer, attributes, weight)
        elif weight.ndim != 2:
            raise GraphError(f"the {kind} of {layer} has weights of {weight.ndim} dimensions")
        elif kind == "MatMul" or not attributes.get("transB", 0):
            weight = weight.T
        if kind == "Gemm" and (
            attributes.get("alpha", 1.0) != 1
            or attributes.get("beta", 1.0) != 1
            or attributes.get("transA", 0)
        ):
            raise GraphError(f"the Gemm of {layer} scales or turns what it is given")
        self._tensors[f"{layer}.weight"] = np.ascontiguousarray(weight)
        bias = operands[2] if len(operands) > 2 else None
        if bias is not None:
            self._tensors[f"{layer}.bias"] = bias.reshape(-1)

    def _check_convolution(self, layer: str, attributes: Attributes, weight: Floats) -> None:
        padding = self._padding_of(layer, attributes, weight)
        plain = (
            weight.ndim == 4
            and set(attributes.get("strides", [1])) == {1}
            and set(attributes.get("dilations", [1])) == {1}
            and attributes.get("group", 1) == 1
        )
        if not plain:
            raise GraphError(f"the Conv of {layer} is not of 5x5 with steps of 1")
        if layer == "C1":
            if padding:
                self._border = Border.ZERO  # what the convolution pads is 0, whatever the paper is
        elif padding:
            raise GraphError(f"the Conv of {layer} has a padding")

    def _padding_of(self, layer: str, attributes: Attributes, weight: Floats) -> int:
        pads = set(attributes.get("pads", [0]))
        auto = attributes.get("auto_pad", b"NOTSET")
        if auto in {b"SAME_UPPER", b"SAME_LOWER"} and weight.ndim == 4:
            pads = {(side - 1) // 2 for side in weight.shape[2:]}
        if len(pads) != 1 or not pads <= {0, 2}:
            raise GraphError(f"the Conv of {layer} has another padding than 0 or 2")
        return int(pads.pop())

    # ------------------------------------------------------------ what stands between them

    def _add_or_scale(self, kind: str, operands: Operands) -> None:
        constants = [one for one in operands if one is not None]
        if len(operands) != 2 or len(constants) != 1:
            raise GraphError(f"it has an {kind} of two tensors")
        constant = constants[0]
        layer = self._layer
        if layer is None:
            self._scale_input(kind, constant, is_first=operands[0] is None)
        elif kind == "Add" and f"{layer}.bias" not in self._tensors and not self._is_past(layer):
            self._tensors[f"{layer}.bias"] = constant.reshape(-1)
        else:
            raise GraphError(f"it has a {kind} after {layer}")

    def _is_past(self, layer: str) -> bool:
        return layer in self._squashed or layer in self._pooled

    def _scale_input(self, kind: str, constant: Floats, *, is_first: bool) -> None:
        if constant.size != 1 or (not is_first and kind in {"Sub", "Div"}):
            raise GraphError(f"it changes its input by a {kind} of another kind")
        by = float(constant.reshape(-1)[0])
        if kind in {"Mul", "Div"} and (by == 0 or not np.isfinite(by)):
            raise GraphError(f"it changes its input by a {kind} with {by:g}")
        self._is_scaled = True
        if kind in {"Mul", "Div"}:
            factor = by if kind == "Mul" else 1 / by
            self._scale, self._shift = self._scale * factor, self._shift * factor
        else:
            self._shift += by if kind == "Add" else -by

    def _squash(self, squashing: Squashing) -> None:
        layer = self._layer
        if layer not in _SQUASHED or layer in self._squashed:
            raise GraphError(f"it has a {squashing} where LeNet-5 has none")
        if self._pooled.get(layer) is Pooling.AVERAGE:
            raise GraphError(f"it takes averages after {layer} before the {squashing}, not after")
        self._squashed[layer] = squashing

    def _pool(self, kind: str, attributes: Attributes) -> None:
        layer = self._layer
        if layer not in _POOLED or layer in self._pooled:
            raise GraphError(f"it has a {kind} where LeNet-5 has none")
        if attributes.get("kernel_shape") != [2, 2] or attributes.get("strides") != [2, 2]:
            raise GraphError(f"its {kind} after {layer} is not of 2x2 with steps of 2")
        if any(attributes.get("pads", [])) or set(attributes.get("dilations", [1])) != {1}:
            raise GraphError(f"its {kind} after {layer} has a padding")
        self._pooled[layer] = _POOLING[kind]

    def _pad(self, attributes: Attributes, operands: Operands) -> None:
        pads = operands[1] if len(operands) > 1 else attributes.get("pads")
        value = operands[2] if len(operands) > 2 else attributes.get("value", 0.0)
        sides = [] if pads is None else np.asarray(pads).reshape(-1).tolist()
        fill = 0.0 if value is None else float(np.asarray(value).reshape(-1)[:1].sum())
        mode = attributes.get("mode", b"constant")
        if self._layer is not None or mode != b"constant":
            raise GraphError("it has a Pad where LeNet-5 has none")
        if sides == [0] * 8:
            return
        if sides != [0, 0, 2, 2, 0, 0, 2, 2] or fill != 0:
            raise GraphError("it pads its input by other than 2 pixels of 0")
        # Of 0 before the scaling: as paper.
        self._border = Border.ZERO if self._is_scaled else None

    def _inputs(self) -> InputScale | None:
        """What the graph does to 0..1, or to 0..255, before the first layer."""
        if not self._is_scaled:
            return None
        for scale in (self._scale, self._scale * 255):
            for inputs, wanted in _INPUTS.items():
                if np.allclose((scale, self._shift), wanted, rtol=0, atol=_TOLERANCE * wanted[0]):
                    return inputs
        raise GraphError(f"it multiplies its input by {self._scale:.4g} and adds {self._shift:.4g}")

    @staticmethod
    def _one_of_all(does: str, found: Mapping[str, Any], wanted: Sequence[str]) -> Any:
        missing = [layer for layer in wanted if layer not in found]
        if missing:
            raise GraphError(f"nothing {does} after {' and '.join(missing)}")
        kinds = {found[layer] for layer in wanted}
        if len(kinds) > 1:
            told = " and ".join(sorted(kinds))
            raise GraphError(f"it {does} in two ways ({told})")
        return kinds.pop()


_INPUTS = {
    InputScale.UNIT: (1.0, 0.0),
    InputScale.SYMMETRIC: (2.0, -1.0),
    InputScale.NORMALISED: (1 / DEVIATION, -MEAN / DEVIATION),
}
"""The factor and the summand of each."""
