"""Reads one digit with a network."""

import numpy as np
import torch

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.input_range import to_input
from lenet_gui.explore.reading import Floats, Reading, reading_of
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.layers import OUTPUT
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.losses import posterior
from lenet_gui.net.network import Network

AT_ONCE = 500
"""Inputs in one forward pass of several."""


def read_digit(
    network: LeNet5,
    image: Floats,
    calibration: Calibration | None = None,
    class_names: tuple[str, ...] = DIGIT_NAMES,
) -> Reading:
    """Reads `image` [28, 28], ink 0..1, with `network`; without a calibration, the default one."""
    x = to_input(image, *network.kind.input_values)
    return read_input(network, x, calibration, class_names)


def read_input(
    network: Network,
    x: torch.Tensor,
    calibration: Calibration | None = None,
    class_names: tuple[str, ...] = DIGIT_NAMES,
) -> Reading:
    """Reads `x` [1, 1, 32, 32], whatever its range, as the network's input.

    Of a strong teacher there are no activations.
    """
    if calibration is None:
        calibration = calibration_of(network.variant, {})
    with torch.inference_mode():
        passed = network(x)
    activations = {name: _array(maps[0]) for name, maps in passed.activations.items()}
    output = _array(passed.output[0])
    x_array = _array(x[0, 0])
    return reading_of(network.kind, x_array, activations, output, calibration, class_names)


def all_activations(network: Network, x: torch.Tensor) -> dict[str, Floats]:
    """What every layer makes of several inputs.

    Args:
        network: on the CPU; of a strong teacher there is only the output.
        x: [N, 1, 32, 32], in the network's range or any other; N may be 0.

    Returns:
        By layer, float32: C1 [N, 6, 28, 28], S2 [N, 6, 14, 14], C3 [N, 16, 10, 10],
        S4 [N, 16, 5, 5], C5 [N, 120], F6 [N, 84], output [N, 10].
    """
    parts: dict[str, list[Floats]] = {}
    with torch.inference_mode():
        for some in torch.split(x, AT_ONCE):
            passed = network(some)
            for name, maps in (*passed.activations.items(), (OUTPUT, passed.output)):
                flat = maps.flatten(1) if maps.shape[2:] == (1, 1) else maps
                parts.setdefault(name, []).append(flat.numpy())
    return {name: np.concatenate(found) for name, found in parts.items()}


def shares(
    variant: Variant, output: torch.Tensor, calibration: Calibration
) -> tuple[torch.Tensor, torch.Tensor | None]:
    """The probabilities [N, 10] of the digits, and those [N] of rubbish, if any.

    They follow Eq. 9 (the Modern's with logits in place of negative distances), or softmax.
    """
    distances = output if variant is Variant.ORIGINAL else -output
    if calibration.j is None:
        return torch.softmax(-distances / calibration.temperature, dim=1), None
    return posterior(distances, calibration.j, calibration.temperature)


def _array(tensor: torch.Tensor) -> Floats:
    """A separate copy; C5's [120, 1, 1] becomes [120]."""
    if tensor.shape[-2:] == (1, 1):
        tensor = tensor.flatten()
    return np.array(tensor.numpy(), dtype=np.float32, order="C", copy=True)
