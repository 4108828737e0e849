"""Copies of a network's weights that may leave the trainer, and networks made from them."""

from collections.abc import Mapping

import numpy as np
import torch

from lenet_gui.net.architecture import Architecture, Variant
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.network import Network
from lenet_gui.net.strong_teacher import StrongTeacher
from lenet_gui.net.weight_arrays import width_of
from lenet_gui.training.events import Weights


def snapshot(network: Network) -> Weights:
    """Read-only float32 copies of all parameters, by name."""
    copies = {}
    for name, parameter in network.named_parameters():
        copy = np.array(parameter.detach().cpu().numpy(), order="C", copy=True)
        copy.flags.writeable = False
        copies[name] = copy
    return copies


def put_weights(network: Network, weights: Weights) -> None:
    """Copies a snapshot into a network of the same kind."""
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(torch.tensor(weights[name]))


def network_of(variant: Variant, weights: Weights) -> LeNet5:
    """A new LeNet-5 with the weights of a snapshot, in evaluation mode."""
    network = build(variant)
    _finish(network, weights)
    return network


def any_network_of(facts: Mapping[str, str], weights: Weights) -> Network:
    """The same for a network of any kind; the facts of its training say which."""
    if facts.get("architecture") == Architecture.STRONG_TEACHER:
        network = StrongTeacher(width_of(weights))
        _finish(network, weights)
        return network
    return network_of(Variant(facts["variant"]), weights)


def _finish(network: Network, weights: Weights) -> None:
    put_weights(network, weights)
    network.eval()
    network.requires_grad_(requires_grad=False)
