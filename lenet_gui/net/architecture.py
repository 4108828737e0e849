"""The networks: what they are called, Table I, their ranges, losses and answers. No torch.

Section II-B of the paper for the Original; the PyTorch LeNet-5 README that the Modern follows for
the Modern.
"""

from enum import StrEnum


class Variant(StrEnum):
    """The two networks of this program."""

    ORIGINAL = "original"
    MODERN = "modern"


class Architecture(StrEnum):
    """What is trained: one of the two networks, or a teacher for them."""

    LENET5 = "lenet-5"
    STRONG_TEACHER = "strong-teacher"  # nine layers; input, losses and output are the Modern's


def name_of(architecture: Architecture, variant: Variant) -> str:
    """What a network is called: "Original", "Modern" or "Strong teacher"."""
    if architecture is Architecture.STRONG_TEACHER:
        return "Strong teacher"
    return variant.capitalize()


def facts_of_network(architecture: Architecture, variant: Variant) -> dict[str, str]:
    """What weights say about their network: "variant", and "architecture" if not LeNet-5."""
    facts = {"variant": str(variant)}
    if architecture is Architecture.LENET5:
        return facts
    return facts | {"architecture": str(architecture)}


class Loss(StrEnum):
    """What training minimises. The first two are of the Original, the others of the Modern."""

    MAP = "map"  # Eq. 9, discriminative
    DISTANCE = "distance"  # Eq. 8, only the distance to the right code
    CROSS_ENTROPY = "cross-entropy"
    CROSS_ENTROPY_RUBBISH = "cross-entropy-rubbish"  # the logits and a rubbish class at 0


class InitialWeights(StrEnum):
    """How weights are drawn before training; F_i is the fan-in of a unit."""

    PAPER = "paper"  # uniform within +-2.4/F_i (App. A)
    INVERSE_SQRT = "inverse-sqrt"  # uniform within +-1/sqrt(F_i), biases and coefficients too


DIGITS = 10
INPUT_SIDE = 32
KERNEL_SIDE = 5

TEACHER_WIDTH = 64
"""Maps of a strong teacher's first three layers; the next have twice, the last four times as many.

Assumption, as are its nine layers: enough to read clearly better than LeNet-5.
"""

LARGEST_TEACHER_WIDTH = 256

AMPLITUDE = 1.7159
SLOPE = 2 / 3
"""Of the Original's squashing function f(a) = A tanh(S a) (Eq. 6)."""

INPUT_RANGE: dict[Variant, tuple[float, float]] = {
    Variant.ORIGINAL: (-0.1, 1.175),
    Variant.MODERN: (0.0, 1.0),
}
"""The values of (background, ink) at the input (II-B; the README)."""

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
"""Losses with a rubbish class, which can learn from non-digit pictures."""

DEFAULT_J = 0.1
"""j of Eq. 9 in training, the rubbish class's constant. Assumption: the paper says only j > 0."""

LARGEST_J = 100.0
"""The largest j that a recipe or a weights file may give; e^-100 is negligible beside any digit."""

LARGEST_TEMPERATURE = 100.0
"""The largest temperature that a recipe or a weights file may give."""

ANSWER_J: dict[Variant, float] = {Variant.ORIGINAL: 10.0, Variant.MODERN: 0.0}
"""j of the posterior that an answer is shown with, unless a weights file gives its own.

Assumption: in the Original not the one of training. At the distance j to the nearest code,
"rubbish" is as likely as that digit. With 0.1 all that is farther would be rubbish, and a digit
that meets its code exactly would have 52 %, rubbish 48 %. Networks trained only on digits, at
temperature 1, put most test digits that they read correctly nearer than 10 and most of those that
they miss farther; for others, a training calibrates j. In a Modern that was trained with a rubbish
class, 0 is that class's.
"""

LEAST_MARGIN: dict[Variant, float] = {Variant.ORIGINAL: 0.0, Variant.MODERN: 0.0}
"""A runner-up nearer than this (distance, logits) leaves an answer undecided; 0 for never."""
