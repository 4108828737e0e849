"""The members of the Modern's family: what follows a sum, how maps shrink, what the input is.

The README's network is one of them; the others are what people train elsewhere. No torch.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Final, TypeVar

from lenet_gui.printable import shortened


class Squashing(StrEnum):
    """What follows the sums of C1, C3, C5 and F6."""

    TANH = "tanh"
    RELU = "relu"  # max(0, a)
    SIGMOID = "sigmoid"  # 1 / (1 + e^-a)


class Pooling(StrEnum):
    """What S2 and S4 take of each 2x2 inputs."""

    AVERAGE = "average"
    MAX = "max"


class InputScale(StrEnum):
    """What ink and paper are at the input."""

    UNIT = "0..1"  # paper 0, ink 1
    SYMMETRIC = "-1..1"  # paper -1, ink 1
    NORMALISED = "normalised"  # (v - MEAN) / DEVIATION of v in 0..1


class Border(StrEnum):
    """What the two pixels around the 28x28 are."""

    PAPER = "paper"  # padded before the values are scaled, as here
    ZERO = "zero"  # padded by the first convolution itself, after the scaling


MEAN: Final = 0.1307
DEVIATION: Final = 0.3081
"""Of MNIST's training pixels in 0..1; with them inputs are commonly normalised."""


@dataclass(frozen=True)
class ModernForm:
    """One member of the family; by default the README's network."""

    squashing: Squashing = Squashing.TANH
    pooling: Pooling = Pooling.AVERAGE
    inputs: InputScale = InputScale.UNIT
    border: Border = Border.PAPER

    @property
    def input_range(self) -> tuple[float, float]:
        """The values of (paper, ink) at the input."""
        if self.inputs is InputScale.SYMMETRIC:
            return -1.0, 1.0
        if self.inputs is InputScale.NORMALISED:
            return -MEAN / DEVIATION, (1 - MEAN) / DEVIATION
        return 0.0, 1.0

    @property
    def border_value(self) -> float:
        """The value of the two pixels around the 28x28."""
        return 0.0 if self.border is Border.ZERO else self.input_range[0]

    def facts(self) -> dict[str, str]:
        """What a weights file says of it: only what differs from the README's network."""
        readme = asdict(README_FORM)
        return {name: str(one) for name, one in asdict(self).items() if one != readme[name]}


README_FORM: Final = ModernForm()
"""The network of the PyTorch LeNet-5 README."""

FORM_FACTS: Final = tuple(asdict(README_FORM))
"""The names of the facts that say which member it is."""


def form_of(facts: Mapping[str, str]) -> ModernForm:
    """The member that the facts of a weights file name; what they do not say is the README's.

    Raises:
        ValueError: an entry is none of those above; the message follows the file's name.
    """
    return ModernForm(
        _one_of(Squashing, facts, "squashing", README_FORM.squashing),
        _one_of(Pooling, facts, "pooling", README_FORM.pooling),
        _one_of(InputScale, facts, "inputs", README_FORM.inputs),
        _one_of(Border, facts, "border", README_FORM.border),
    )


E = TypeVar("E", bound=StrEnum)


def _one_of(kind: type[E], facts: Mapping[str, str], name: str, otherwise: E) -> E:
    said = facts.get(name, otherwise)
    try:
        return kind(said)
    except ValueError as error:
        known = ", ".join(kind)
        wrong = f'has the {name} "{shortened(said)}", and this program knows {known}'
        raise ValueError(wrong) from error
