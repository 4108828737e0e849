"""The diagonal of the second derivatives by back-propagation, as in Gauss-Newton (App. C).

With E a pattern's error, a_i the sum of a unit, x_j an input of it and u_ij the connection:

    d2E/da_i^2  = f'(a_i)^2 d2E/dx_i^2             (the term with f'' is dropped)
    d2E/du_ij^2 = d2E/da_i^2 x_j^2
    d2E/dx_j^2  = sum_i u_ij^2 d2E/da_i^2          (off-diagonal terms are dropped)

A weight that several connections share gets the sum over all of them. It starts at F6, where
d2y/dx^2 = 2 for the distance y to the right code. Assumption: for Eq. 9, too, only the right
class's distance counts. With its other term the figure would be 2 p(rubbish) + 4 Var(x - w_i), the
variance over the posterior of the digits and of rubbish (at 0): next to nothing for a digit that is
read with certainty, so that only mu would limit its steps.
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn import grad as convolution_grad

from lenet_gui.net.architecture import TABLE_I
from lenet_gui.net.layers import FEATURE_LAYERS
from lenet_gui.net.lenet5 import OriginalLeNet5
from lenet_gui.net.sparse_c3 import SparseC3
from lenet_gui.net.squashing import squashed_slope
from lenet_gui.net.subsampling import Subsampling

AT_THE_CODES = 2.0
"""d2y/dx^2 of Eq. 7."""


def curvatures(network: OriginalLeNet5, inputs: Tensor) -> dict[str, Tensor]:
    """h_kk of every parameter: the mean over the patterns, never negative.

    Args:
        network: in any precision.
        inputs: [N, 1, 32, 32], N at least 1.

    Returns:
        By the names of `named_parameters`, in their shapes.
    """
    found: dict[str, Tensor] = {}
    with torch.no_grad():
        activations = network(inputs).activations
        above = torch.full_like(activations["F6"], AT_THE_CODES)  # d2E/dx^2
        for place in range(len(FEATURE_LAYERS) - 1, -1, -1):
            name = FEATURE_LAYERS[place]
            below = activations[FEATURE_LAYERS[place - 1]] if place else inputs
            if name == "F6":
                below = below.flatten(1)
            at_sums = squashed_slope(activations[name]).square() * above.view_as(activations[name])
            layer = network.get_submodule(name)
            for what, value in of_parameters(layer, below, at_sums).items():
                found[f"{name}.{what}"] = value / len(inputs)
            if place:
                above = of_inputs(layer, below, at_sums)
    return {name: found[name] for name, _ in network.named_parameters()}


def of_parameters(layer: nn.Module, x: Tensor, at_sums: Tensor) -> Mapping[str, Tensor]:
    """Second derivatives by a layer's own parameters, summed over patterns and connections.

    Args:
        layer: Conv2d (stride 1, no padding), Linear, SparseC3 or Subsampling.
        x: the layer's inputs [N, ...].
        at_sums: d2E/da^2 of its sums [N, ...].

    Raises:
        TypeError: another kind of layer.
    """
    squares = x.square()
    over_all = (0, *range(2, at_sums.dim()))
    bias = at_sums.sum(dim=over_all)
    if isinstance(layer, nn.Conv2d):
        weight = _by_weight(squares, layer.weight.shape, at_sums)
        return {"weight": weight, "bias": bias}
    if isinstance(layer, SparseC3):
        side = layer.weight.shape[-1]
        dense = _by_weight(squares, (len(TABLE_I), 6, side, side), at_sums)
        return {"weight": dense.reshape(-1, side, side)[layer.places], "bias": bias}
    if isinstance(layer, nn.Linear):
        return {"weight": at_sums.T @ squares, "bias": bias}
    if isinstance(layer, Subsampling):
        four = functional.avg_pool2d(squares, kernel_size=2, divisor_override=1)
        return {"coefficient": (at_sums * four).sum(dim=over_all), "bias": bias}
    raise TypeError(f"no second derivatives for {type(layer).__name__}")


def of_inputs(layer: nn.Module, x: Tensor, at_sums: Tensor) -> Tensor:
    """Second derivatives by a layer's inputs, in the shape of `x`; see `of_parameters`."""
    if isinstance(layer, nn.Conv2d):
        return _by_input(x.shape, layer.weight.square(), at_sums)
    if isinstance(layer, SparseC3):
        return _by_input(x.shape, layer.dense_weight().square(), at_sums)
    if isinstance(layer, nn.Linear):
        return at_sums @ layer.weight.square()
    if isinstance(layer, Subsampling):
        each = at_sums * layer.coefficient.square()[:, None, None]
        return functional.interpolate(each, scale_factor=2, mode="nearest")
    raise TypeError(f"no second derivatives for {type(layer).__name__}")


def _by_weight(x: Tensor, weight: torch.Size | tuple[int, ...], g: Tensor) -> Tensor:
    found: Tensor = convolution_grad.conv2d_weight(x, weight, g)  # type: ignore[no-untyped-call]
    return found


def _by_input(x: torch.Size, weight: Tensor, g: Tensor) -> Tensor:
    found: Tensor = convolution_grad.conv2d_input(x, weight, g)  # type: ignore[no-untyped-call]
    return found
