"""How a unit's value would change with each pixel of the input."""

import numpy as np
import torch
from torch.func import functional_call

from lenet_gui.explore.reading import Floats
from lenet_gui.net.layers import OUTPUT, Unit
from lenet_gui.net.lenet5 import LeNet5


def input_gradient(network: LeNet5, x: Floats, unit: Unit) -> Floats:
    """The derivative of a unit's value by each pixel of the input `x` [32, 32]: float32 [32, 32].

    Of an output the value is the distance (Original) or the logit (Modern). The weights are copied
    first, so that the network may be trained on by another thread meanwhile.

    Raises KeyError or IndexError where there is no such unit.
    """
    weights = {name: parameter.detach().clone() for name, parameter in network.named_parameters()}
    inputs = torch.tensor(x, requires_grad=True)
    with torch.enable_grad():
        passed = functional_call(network, weights, (inputs[None, None],))
        if unit.layer == OUTPUT:
            value = passed.output[0, unit.map]
        else:
            maps = passed.activations[unit.layer][0]
            value = maps[unit.map, unit.row, unit.column] if maps.ndim == 3 else maps[unit.map]
        (gradient,) = torch.autograd.grad(value, inputs)
    return np.ascontiguousarray(gradient.numpy(), np.float32)
