"""The explanation of one unit: its inputs, weights, products, sum and squashing. No torch."""

from dataclasses import dataclass

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.reading import Floats
from lenet_gui.net.architecture import Variant
from lenet_gui.net.layers import Unit
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.net.receptive_field import Square


@dataclass(frozen=True)
class Source:
    """What one map of the layer below contributes: all three float32 [h, w].

    `map` is its number, `square` its part that feeds the unit (None: all of C5 or F6, laid out as
    a picture). `terms` are products of inputs and weights; for a distance (x_j - w_ij)^2 (Eq. 7).
    """

    map: int
    square: Square | None
    inputs: Floats
    weights: Floats
    terms: Floats


@dataclass(frozen=True)
class Explanation:
    """How a unit's value comes about, from its inputs to its squashed value.

    `sum` is what is squashed: all terms and the bias, if there is one, added up again. `value` is
    what the network itself computed, and what the layer above sees: `squash` of the sum (or the sum
    itself) up to float rounding. `squashed` says which; `is_distance` whether the terms are those
    of Eq. 7. Of max pooling the weight of the largest input is 1, the others' are 0. `class_names`:
    what the outputs stand for.
    """

    unit: Unit
    kind: NetworkKind
    field: Square
    sources: tuple[Source, ...]
    bias: float | None
    sum: float
    value: float
    squashed: bool
    is_distance: bool
    class_names: tuple[str, ...] = DIGIT_NAMES

    @property
    def variant(self) -> Variant:
        """Of the network."""
        return self.kind.variant
