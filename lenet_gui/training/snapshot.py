"""Copies of a network's weights that may leave the trainer, and networks made from them."""

import numpy as np
import torch

from lenet_gui.net.architecture import Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.training.events import Weights


def snapshot(network: LeNet5) -> Weights:
    """Read-only float32 copies of all trainable weights, by name."""
    copies = {}
    for name, parameter in network.named_parameters():
        copy = np.array(parameter.detach().cpu().numpy(), order="C", copy=True)
        copy.flags.writeable = False
        copies[name] = copy
    return copies


def put_weights(network: LeNet5, weights: Weights) -> None:
    """Copies a snapshot into a network of the same variant."""
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(torch.tensor(weights[name]))


def network_of(variant: Variant, weights: Weights) -> LeNet5:
    """A network of its own with the weights of a snapshot, in evaluation mode."""
    network = build(variant)
    put_weights(network, weights)
    network.eval()
    return network.requires_grad_(requires_grad=False)
