"""The facts of LeNet-5 in figures: layers, sizes, Table I, parameters, connections. No torch.

Section II-B of the paper for the Original; the document this program grew from ("the seed") for
the Modern. Everything here is computed from the layers' definitions, not copied from a table.
"""

from dataclasses import dataclass
from enum import StrEnum


class Variant(StrEnum):
    """The two networks of this program."""

    ORIGINAL = "original"
    MODERN = "modern"


class Loss(StrEnum):
    """What training minimises. The first two are of the Original, the others of the Modern."""

    MAP = "map"  # Eq. 9, discriminative
    DISTANCE = "distance"  # Eq. 8, the distance to the right code alone
    CROSS_ENTROPY = "cross-entropy"
    CROSS_ENTROPY_RUBBISH = "cross-entropy-rubbish"  # beside the logits a rubbish class at 0


class InitialWeights(StrEnum):
    """How weights are drawn before training; F_i is the fan-in of a unit."""

    PAPER = "paper"  # uniform within +-2.4/F_i (App. A)
    INVERSE_SQRT = "inverse-sqrt"  # uniform within +-1/sqrt(F_i), biases and coefficients too


FEATURE_LAYERS = ("C1", "S2", "C3", "S4", "C5", "F6")
"""The layers whose activations a forward pass names, from input to output."""

DIGITS = 10
INPUT_SIDE = 32
KERNEL_SIDE = 5

INPUT_RANGE: dict[Variant, tuple[float, float]] = {
    Variant.ORIGINAL: (-0.1, 1.175),
    Variant.MODERN: (0.0, 1.0),
}
"""The values of (background, ink) at the input (II-B; the seed)."""

# fmt: off
TABLE_I: tuple[tuple[int, ...], ...] = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (4, 5, 0), (5, 0, 1),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (3, 4, 5, 0), (4, 5, 0, 1), (5, 0, 1, 2),
    (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5),
    (0, 1, 2, 3, 4, 5),
)
# fmt: on
"""Table I: the S2 maps that feed each of the 16 maps of C3, in the Original."""

LOSSES: dict[Variant, tuple[Loss, ...]] = {
    Variant.ORIGINAL: (Loss.MAP, Loss.DISTANCE),
    Variant.MODERN: (Loss.CROSS_ENTROPY, Loss.CROSS_ENTROPY_RUBBISH),
}

RUBBISH_LOSSES = (Loss.MAP, Loss.CROSS_ENTROPY_RUBBISH)
"""Losses that have a rubbish class, to which a picture that is no digit may be taught to belong."""

DEFAULT_J = 0.1
"""j of Eq. 9 in training, the rubbish class's constant. Assumption: the paper says only j > 0."""

LARGEST_J = 100.0
"""The largest j that a recipe or a weights file may give; e^-100 is nothing beside any digit."""

LARGEST_TEMPERATURE = 100.0
"""The largest temperature that a recipe or a weights file may give."""

ANSWER_J: dict[Variant, float] = {Variant.ORIGINAL: 10.0, Variant.MODERN: 0.0}
"""j of the posterior that an answer is shown with, unless a weights file gives its own.

Assumption: in the Original not the one of training. At the distance j to the nearest code,
"rubbish" is as likely as that digit. With 0.1 a digit that meets its code exactly would still be
called rubbish with 52 %. Networks trained on digits alone, at temperature 1, put most test digits
that they read rightly nearer than 10 and most of those that they miss farther; with others a
training calibrates j. In the Modern, where it was trained with a rubbish class, 0 is that class's.
"""

LEAST_MARGIN: dict[Variant, float] = {Variant.ORIGINAL: 0.0, Variant.MODERN: 0.0}
"""A runner-up nearer than this (distance, logits) leaves an answer undecided; 0 for never."""


@dataclass(frozen=True)
class LayerFacts:
    """One row of the audit.

    `receptive_field` is the side, in input pixels, of the square that one unit sees. The seed's
    figures are given only where they differ from the right ones.
    """

    name: str
    role: str
    maps: int
    height: int
    width: int
    receptive_field: int
    parameters: int
    connections: int
    seed_connections: int | None = None
    remark: str = ""


@dataclass(frozen=True)
class Audit:
    """Parameters and connections of a variant, layer by layer and in total."""

    variant: Variant
    layers: tuple[LayerFacts, ...]
    seed_connections: int | None = None

    @property
    def parameters(self) -> int:
        """Trainable parameters of the whole network."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def connections(self) -> int:
        """Connections of the whole network, biases counted."""
        return sum(layer.connections for layer in self.layers)


def audit(variant: Variant) -> Audit:
    """Counts the parameters and connections of every layer from its definition."""
    original = variant is Variant.ORIGINAL
    taps = KERNEL_SIDE**2
    c3_inputs = sum(len(row) for row in TABLE_I) if original else 6 * 16
    c3_kernels = c3_inputs * taps + 16
    layers = (
        _convolution("C1", 6, 28, 5, kernels=6 * taps + 6),
        _subsampling("S2", 6, 14, 6, trainable=original),
        LayerFacts(
            "C3",
            "5x5 convolution, Table I" if original else "5x5 convolution, all maps",
            16,
            10,
            10,
            14,
            c3_kernels,
            c3_kernels * 100,
            None if original else 41_600,
            (
                "The seed's sum for the Original's weights is right in total; its docstring's "
                "3 * 5 * 5 + 4 + 3 should read 3 * (4 * 5 * 5) + 3."
                if original
                else "The seed leaves out the 6 input maps (and writes stride 2; it is 1)."
            ),
        ),
        _subsampling("S4", 16, 5, 16, trainable=original),
        _convolution("C5", 120, 1, 32, kernels=16 * 120 * taps + 120),
        LayerFacts("F6", "full connection", 84, 1, 1, 32, 84 * 121, 84 * 121),
        LayerFacts(
            "output",
            "Euclidean RBF, fixed codes" if original else "linear, softmax",
            DIGITS,
            1,
            1,
            32,
            0 if original else DIGITS * 85,
            DIGITS * 84 if original else DIGITS * 85,
        ),
    )
    return Audit(variant, layers, None if original else 229_342)


def _convolution(name: str, maps: int, side: int, field: int, kernels: int) -> LayerFacts:
    return LayerFacts(
        name, "5x5 convolution", maps, side, side, field, kernels, kernels * side * side
    )


def _subsampling(name: str, maps: int, side: int, field: int, *, trainable: bool) -> LayerFacts:
    units = maps * side * side
    if trainable:
        role = "2x2 sum, coefficient, bias"
        return LayerFacts(name, role, maps, side, side, field, 2 * maps, units * 5)
    return LayerFacts(name, "2x2 average", maps, side, side, field, 0, units * 4)
