"""Weights on disk: safetensors with the variant and the facts of their training beside them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import torch

from lenet_gui.net.architecture import Architecture, Loss, Variant
from lenet_gui.net.calibration import Calibration, calibration_of, j_of_training, loss_of
from lenet_gui.net.lenet5 import LeNet5, ModernLeNet5, OriginalLeNet5
from lenet_gui.net.losses import LossFunction, loss_function
from lenet_gui.net.network import Network
from lenet_gui.net.strong_teacher import StrongTeacher
from lenet_gui.net.tensor_file import WEIGHTS, write_tensors
from lenet_gui.net.weight_arrays import (
    WeightArrays,
    facts_with_network,
    read_any_weights,
    read_weights,
    width_of,
)

N_co = TypeVar("N_co", bound=Network, covariant=True)


@dataclass(frozen=True)
class LoadedWeights(Generic[N_co]):
    """A network ready for use (in evaluation mode, on the CPU) and the facts of its file.

    `checked`: the file has a checksum of its content, and it is right; older files have none.
    """

    network: N_co
    facts: dict[str, str]
    checked: bool = False

    @property
    def j(self) -> float:
        """Eq. 9's constant that it was trained with, if the file has it; otherwise the default."""
        return j_of_training(self.facts)

    @property
    def temperature(self) -> float:
        """The temperature of Eq. 9 in its training."""
        return self.calibration.temperature

    @property
    def loss(self) -> Loss:
        """The loss that it was trained with, if the file has it; else its variant's default."""
        return loss_of(self.network.variant, self.facts)

    @property
    def loss_function(self) -> LossFunction:
        """That loss, with the j and the temperature of its training."""
        return loss_function(self.loss, self.j, self.temperature)

    @property
    def calibration(self) -> Calibration:
        """When its answers are rejected."""
        return calibration_of(self.network.variant, self.facts)


def save_weights(network: Network, path: Path, facts: dict[str, str]) -> None:
    """Writes the parameters of `network` and `facts` to `path`, whole or not at all.

    The same weights and facts give the same bytes.

    Raises:
        UserError: the file cannot be written.
    """
    arrays = {
        name: parameter.detach().cpu().contiguous().numpy()
        for name, parameter in sorted(network.named_parameters())
    }
    told = facts_with_network(facts, network.architecture, network.variant, network.form)
    write_tensors(path, WEIGHTS, arrays, told)


def load_weights(path: Path, expected: Variant | None = None) -> LoadedWeights[LeNet5]:
    """The LeNet-5 in a weights file; see `read_weights` for what is checked.

    Raises:
        UserError: the file cannot be used, or is of another variant than `expected`.
    """
    return network_with(read_weights(path, expected))


def load_any_weights(path: Path) -> LoadedWeights[Network]:
    """The network in a weights file, a LeNet-5 or a strong teacher.

    Raises:
        UserError: the file cannot be used.
    """
    found = read_any_weights(path)
    if found.architecture is Architecture.STRONG_TEACHER:
        return _loaded(StrongTeacher(width_of(found.arrays)), found)
    return network_with(found)


def network_with(found: WeightArrays) -> LoadedWeights[LeNet5]:
    """The LeNet-5 with weights that were read."""
    return _loaded(_lenet5(found), found)


def _lenet5(found: WeightArrays) -> LeNet5:
    return OriginalLeNet5() if found.variant is Variant.ORIGINAL else ModernLeNet5(found.form)


N = TypeVar("N", bound=Network)


def _loaded(network: N, found: WeightArrays) -> LoadedWeights[N]:
    network.load_state_dict({name: torch.tensor(array) for name, array in found.arrays.items()})
    network.eval()
    network.requires_grad_(requires_grad=False)
    return LoadedWeights(network, found.facts, found.checked)
