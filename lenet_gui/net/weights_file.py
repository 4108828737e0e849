"""Weights on disk: safetensors with the variant and the facts of their training beside them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from lenet_gui.errors import UserError
from lenet_gui.net.architecture import Loss, Variant
from lenet_gui.net.calibration import Calibration, calibration_of, j_of_training, loss_of
from lenet_gui.net.lenet5 import LeNet5, ModernLeNet5, OriginalLeNet5
from lenet_gui.net.tensor_file import WEIGHTS, TensorFile, read_tensors, write_tensors


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
    """Reads and checks a file of weights: its form, checksum, variant, names, shapes and values.

    Raises:
        UserError: the file is missing, not of this form, damaged, of another variant than
            `expected`, of wrong shapes, or holds values that are not finite.
    """
    found = read_tensors(path, WEIGHTS)
    facts, arrays = _facts(found), found.arrays
    variant = _variant_of(path, facts, arrays)
    if expected is not None and variant is not expected:
        raise UserError(
            f"{path} holds weights of the {variant.capitalize()} network, not of the "
            f"{expected.capitalize()}: choose another file or switch the variant."
        )
    network: LeNet5 = OriginalLeNet5() if variant is Variant.ORIGINAL else ModernLeNet5()
    _check_calibration(path, variant, facts)
    _check_arrays(path, network, arrays)
    network.load_state_dict({name: torch.tensor(array) for name, array in arrays.items()})
    network.eval()
    network.requires_grad_(requires_grad=False)
    return LoadedWeights(network, {**facts, "variant": str(variant)}, found.checked)


def read_facts(path: Path) -> dict[str, str]:
    """What a file of weights says of itself, without making the network.

    Raises:
        UserError: the file is missing, not of this form or damaged.
    """
    return _facts(read_tensors(path, WEIGHTS))


def _facts(found: TensorFile) -> dict[str, str]:
    told = found.told or {}
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in told.items()}


def _variant_of(path: Path, facts: dict[str, str], arrays: dict[str, NDArray[Any]]) -> Variant:
    try:
        return Variant(facts["variant"])
    except (KeyError, ValueError):
        pass
    # A file of other making: its tensors' names tell, where they are ours.
    if "output.weight" in arrays:
        return Variant.MODERN
    if "S2.coefficient" in arrays:
        return Variant.ORIGINAL
    raise UserError(f"{path} does not hold weights of a LeNet-5 of this program.")


def _check_arrays(path: Path, network: LeNet5, arrays: dict[str, NDArray[Any]]) -> None:
    wanted = {name: tuple(p.shape) for name, p in network.named_parameters()}
    name_of_network = f"the {network.variant.capitalize()} network"
    for name in sorted(wanted.keys() | arrays.keys()):
        if name not in arrays:
            raise UserError(f"{path} lacks {name}, which {name_of_network} needs.")
        if name not in wanted:
            raise UserError(f"{path} holds {name}, which {name_of_network} does not have.")
        found = arrays[name]
        if found.shape != wanted[name] or found.dtype != np.float32:
            has, needs = _form(found.shape, found.dtype.name), _form(wanted[name], "float32")
            raise UserError(f"{path}: {name} is {has}, and {name_of_network} needs {needs}.")
        if not np.isfinite(found).all():
            raise UserError(
                f"{path}: {name} holds values that are not finite numbers (NaN or infinity)."
            )


def _check_calibration(path: Path, variant: Variant, facts: dict[str, str]) -> None:
    try:
        calibration_of(variant, facts)
    except ValueError as error:
        raise UserError(f"{path} {error}: choose another file.") from error


def _form(shape: tuple[int, ...], dtype: str) -> str:
    return f"{'x'.join(map(str, shape))} of {dtype}"
