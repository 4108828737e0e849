"""How a unit, or the lead of one output over another, would change with each pixel. No torch."""

from dataclasses import dataclass, field

import numpy as np

from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.explore.saturation import is_saturated
from lenet_gui.net.architecture import Variant
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.layers import LAYERS, OUTPUT, Unit


@dataclass(frozen=True)
class InputGradient:
    """The derivative of a unit by each pixel of the input: `slopes` float32 [32, 32].

    It is that of the unit's value: of an output the distance (Original) or the logit (Modern). Of a
    saturated or inactive unit that would be as good as 0, whatever the unit sees, so it is that of
    the sum before squashing (`is_of_sum`). On a border that the network itself pads with zeros
    there is none: no ink can be there.
    """

    slopes: Floats = field(repr=False)
    is_of_sum: bool

    @property
    def largest(self) -> float:
        """The largest of the slopes, whichever its sign."""
        return float(np.abs(self.slopes).max())


def input_gradient(network: ArrayNetwork, reading: Reading, unit: Unit) -> InputGradient:
    """The gradient of a unit on the input.

    The network must be the one of the reading, with the weights that it had then.

    Raises KeyError or IndexError where there is no such unit.
    """
    values = {layer: reading.values(layer) for layer in LAYERS}
    of_unit = np.zeros_like(values[unit.layer])
    place = (unit.map, unit.row, unit.column) if of_unit.ndim == 3 else unit.map
    of_unit[place] = 1
    is_of_sum = is_saturated(reading.kind, unit.layer, reading.value(unit))
    slopes = network.backward(unit.layer, of_unit, values, of_sums=is_of_sum)
    return InputGradient(reading.kind.with_border(slopes), is_of_sum)


def lead_gradient(network: ArrayNetwork, reading: Reading, digit: int, rival: int) -> InputGradient:
    """The gradient of how far a digit's output is ahead of a rival's.

    That is the difference of the logits; of the Original, whose smallest distance wins, that of the
    rival's distance and the digit's.

    Args:
        network: the one of the reading, with the weights that it had then.
        reading: of the input.
        digit: 0..9.
        rival: another one.
    """
    first, other = (input_gradient(network, reading, Unit(OUTPUT, one)) for one in (digit, rival))
    lead = first.slopes - other.slopes
    return InputGradient(-lead if reading.variant is Variant.ORIGINAL else lead, is_of_sum=False)
