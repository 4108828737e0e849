"""How a unit's value would change with each pixel of the input. No torch."""

import numpy as np

from lenet_gui.explore.reading import Floats, Reading
from lenet_gui.net.array_network import ArrayNetwork
from lenet_gui.net.layers import LAYERS, Unit


def input_gradient(network: ArrayNetwork, reading: Reading, unit: Unit) -> Floats:
    """The derivative of a unit's value by each pixel of the input: float32 [32, 32].

    Of an output the value is the distance (Original) or the logit (Modern). The network has to be
    the one of the reading, with the weights that it had then.

    Raises KeyError or IndexError where there is no such unit.
    """
    values = {layer: reading.values(layer) for layer in LAYERS}
    by_values = np.zeros_like(values[unit.layer])
    place = (unit.map, unit.row, unit.column) if by_values.ndim == 3 else unit.map
    by_values[place] = 1
    return network.backward(unit.layer, by_values, values)
