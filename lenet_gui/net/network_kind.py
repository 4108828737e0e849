"""What the formulas of a network depend on: its variant, and of a Modern its form. No torch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from lenet_gui.net.architecture import AMPLITUDE, INPUT_RANGE, Variant
from lenet_gui.net.layers import OUTPUT
from lenet_gui.net.modern_form import README_FORM, Border, ModernForm, Pooling, Squashing

if TYPE_CHECKING:
    from torch import Tensor

    from lenet_gui.net.array_layers import Floats

    Pictures = TypeVar("Pictures", Floats, Tensor)

BORDER: Final = 2
"""Pixels on each side of the input around the digit's 28x28."""

POOLING_LAYERS: Final = ("S2", "S4")


@dataclass(frozen=True)
class NetworkKind:
    """Everything that the formulas of a network depend on.

    `form` says which member of the Modern's family it is; the Original has none of its own.
    """

    variant: Variant
    form: ModernForm = README_FORM

    @property
    def is_original(self) -> bool:
        """Whether it is the network of 1998."""
        return self.variant is Variant.ORIGINAL

    @property
    def input_range(self) -> tuple[float, float]:
        """The values of (paper, ink) at the input."""
        return INPUT_RANGE[self.variant] if self.is_original else self.form.input_range

    @property
    def border_value(self) -> float:
        """The value of the two pixels around the digit's 28x28."""
        return INPUT_RANGE[self.variant][0] if self.is_original else self.form.border_value

    @property
    def input_values(self) -> tuple[float, float, float]:
        """The values of (paper, ink, border), as `data.input_range.to_input` takes them."""
        return *self.input_range, self.border_value

    @property
    def has_zero_border(self) -> bool:
        """Whether the network itself pads with zeros: it sees nothing of what lies there."""
        return not self.is_original and self.form.border is Border.ZERO

    @property
    def rectifies(self) -> bool:
        """Whether sums below 0 become 0 and others stay (ReLU): values have no upper end."""
        return not self.is_original and self.form.squashing is Squashing.RELU

    @property
    def takes_maximum(self) -> bool:
        """Whether S2 and S4 take the largest of each 2x2 inputs."""
        return not self.is_original and self.form.pooling is Pooling.MAX

    @property
    def squashed_range(self) -> tuple[float, float]:
        """The ends of the squashing function: no value is beyond; infinity for ReLU's upper one."""
        if self.is_original:
            return -AMPLITUDE, AMPLITUDE
        return _ENDS[self.form.squashing]

    def squashes(self, layer: str) -> bool:
        """Whether a layer of `net.layers.UNIT_LAYERS` has the squashing function.

        All have but the output, and S2 and S4 of a Modern.
        """
        return layer != OUTPUT and (self.is_original or layer not in POOLING_LAYERS)

    def scaled(self, inks: "Pictures") -> "Pictures":
        """Pictures [..., 32, 32] of ink, 0..1, in the range of the input.

        A network that pads with zeros itself sees none of the ink on the border.
        """
        paper, ink = self.input_range
        return self.with_border(paper + inks * (ink - paper))

    def with_border(self, inputs: "Pictures") -> "Pictures":
        """Inputs [..., 32, 32], with zeros on the border of a network that pads with them."""
        if not self.has_zero_border:
            return inputs
        seen = inputs - inputs
        middle = (..., slice(BORDER, -BORDER), slice(BORDER, -BORDER))
        seen[middle] = inputs[middle]
        return seen


ORIGINAL: Final = NetworkKind(Variant.ORIGINAL)
"""The network of 1998."""

_ENDS: Final = {
    Squashing.TANH: (-1.0, 1.0),
    Squashing.SIGMOID: (0.0, 1.0),
    Squashing.RELU: (0.0, float("inf")),
}
