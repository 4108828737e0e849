"""Weights on disk: safetensors with the variant and the facts of their training beside them."""

from dataclasses import dataclass
from pathlib import Path

import torch

from lenet_gui.net.architecture import Loss, Variant
from lenet_gui.net.calibration import Calibration, calibration_of, j_of_training, loss_of
from lenet_gui.net.lenet5 import LeNet5, ModernLeNet5, OriginalLeNet5
from lenet_gui.net.tensor_file import WEIGHTS, write_tensors
from lenet_gui.net.weight_arrays import read_weights


@dataclass(frozen=True)
class LoadedWeights:
    """A network ready to answer (in evaluation mode, on the CPU) and what its file says of it.

    `checked`: the file has a checksum of its content, and it is right; older files have none.
    """

    network: LeNet5
    facts: dict[str, str]
    checked: bool = False

    @property
    def j(self) -> float:
        """Eq. 9's constant that it was trained with, where the file tells; else the usual one."""
        return j_of_training(self.facts)

    @property
    def temperature(self) -> float:
        """The temperature of Eq. 9 in its training."""
        return self.calibration.temperature

    @property
    def loss(self) -> Loss:
        """The loss that it was trained with, where the file tells; else its variant's usual one."""
        return loss_of(self.network.variant, self.facts)

    @property
    def calibration(self) -> Calibration:
        """When its answers are rejected."""
        return calibration_of(self.network.variant, self.facts)


def save_weights(network: LeNet5, path: Path, facts: dict[str, str]) -> None:
    """Writes the trainable parameters of `network` and `facts` to `path`, whole or not at all.

    The same weights and facts give the same bytes.

    Raises:
        UserError: the file cannot be written.
    """
    arrays = {
        name: parameter.detach().cpu().contiguous().numpy()
        for name, parameter in sorted(network.named_parameters())
    }
    write_tensors(path, WEIGHTS, arrays, {**facts, "variant": str(network.variant)})


def load_weights(path: Path, expected: Variant | None = None) -> LoadedWeights:
    """The network in a file of weights; what is checked, see `read_weights`.

    Raises:
        UserError: the file cannot be used, or is of another variant than `expected`.
    """
    found = read_weights(path, expected)
    original = found.variant is Variant.ORIGINAL
    network: LeNet5 = OriginalLeNet5() if original else ModernLeNet5()
    network.load_state_dict({name: torch.tensor(array) for name, array in found.arrays.items()})
    network.eval()
    network.requires_grad_(requires_grad=False)
    return LoadedWeights(network, found.facts, found.checked)
