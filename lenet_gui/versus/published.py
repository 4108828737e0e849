"""What was published: the paper's figures of 1998 and those of the README. No torch.

Figures and sections are the paper's; all errors are in percent of the 10,000 MNIST test digits.
"""

from dataclasses import dataclass
from typing import Final

TEST_DIGITS: Final = 10_000

CURVE_OF: Final = "paper-1998"
"""The recipe whose curve is drawn over the paper's figures."""

FIG_5_TEST: Final = 0.95
"""Where LeNet-5's test error settles, without distortions (Fig. 5)."""

FIG_5_SETTLES: Final = (10, 12)
"""The passes around which it settles."""

FIG_5_TRAINING: Final = 0.35
FIG_5_TRAINING_PASS: Final = 19
"""Its training error is 0.35 % at pass 19 (Fig. 5)."""

FIG_5_PASSES: Final = 20
"""The passes of the paper's training (III-B)."""

FIG_8_MISSES: Final = 82
"""The test digits that Fig. 8 shows: those that the paper's LeNet-5 misses."""


@dataclass(frozen=True)
class Source:
    """What a recipe is compared with: an error in percent, and whose it is."""

    error: float
    whose: str


SOURCES: Final[dict[str, Source | None]] = {
    "paper-1998": Source(0.95, "LeNet-5 without distortions (Fig. 5)"),
    "paper-1998-distorted": Source(0.80, "LeNet-5 with distortions (Fig. 9)"),
    "original-best-plain": Source(0.95, "LeNet-5 without distortions (Fig. 5)"),
    "original-best": Source(0.70, "boosted LeNet-4 with distortions, the paper's best (Fig. 9)"),
    "modern-seed": Source(1.18, "the PyTorch LeNet-5 README that the Modern follows"),
    "modern-best": None,
}
"""By the name of the recipe, in the order in which they are shown; None: no published figure."""


@dataclass(frozen=True)
class Method:
    """A row of Fig. 9: a method and its test error in percent."""

    name: str
    error: float
    is_lenet5: bool = False


FIG_9: Final = (
    Method("linear", 12.0),
    Method("linear, deslanted", 8.4),
    Method("linear, pairwise", 7.6),
    Method("K nearest neighbours", 5.0),
    Method("K nearest neighbours, deslanted", 2.4),
    Method("PCA and quadratic", 3.3),
    Method("1000 RBF and linear", 3.6),
    Method("tangent distance", 1.1),
    Method("SVM, polynomial of degree 4", 1.1),
    Method("RS-SVM, polynomial of degree 5", 1.0),
    Method("V-SVM, polynomial of degree 9, distortions", 0.8),
    Method("300-10 net", 4.7),
    Method("300-10 net, distortions", 3.6),
    Method("300-10 net, 20×20, deslanted", 1.6),
    Method("1000-10 net", 4.5),
    Method("1000-10 net, distortions", 3.8),
    Method("300-100-10 net", 3.05),
    Method("300-100-10 net, distortions", 2.5),
    Method("500-150-10 net", 2.95),
    Method("500-150-10 net, distortions", 2.45),
    Method("LeNet-1", 1.7),
    Method("LeNet-4", 1.1),
    Method("LeNet-4, local learning", 1.1),
    Method("LeNet-4, K nearest neighbours", 1.1),
    Method("LeNet-5", 0.95, is_lenet5=True),
    Method("LeNet-5, distortions", 0.8, is_lenet5=True),
    Method("LeNet-4, boosted, distortions", 0.7),
)
"""The published test errors of Fig. 9, in the paper's order."""
