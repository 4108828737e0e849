"""Weights on disk: safetensors with the variant and the facts of their training beside them."""

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save

from lenet_gui.errors import UserError
from lenet_gui.files import is_file, write_atomically
from lenet_gui.net.architecture import Loss, Variant
from lenet_gui.net.calibration import Calibration, calibration_of, j_of_training, loss_of
from lenet_gui.net.lenet5 import LeNet5, ModernLeNet5, OriginalLeNet5

_FACTS = "lenet-laboratory"


@dataclass(frozen=True)
class LoadedWeights:
    """A network ready to answer (in evaluation mode, on the CPU) and what its file says of it."""

    network: LeNet5
    facts: dict[str, str]

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
    tensors = {
        name: parameter.detach().cpu().contiguous()
        for name, parameter in sorted(network.named_parameters())
    }
    told = json.dumps({**facts, "variant": str(network.variant)}, sort_keys=True)
    # One key alone: safetensors writes several in an order that changes from run to run.
    write_atomically(path, save(tensors, metadata={_FACTS: told}))


def load_weights(path: Path, expected: Variant | None = None) -> LoadedWeights:
    """Reads and checks a file of weights: its form, variant, names, shapes and values.

    Raises:
        UserError: the file is missing, not of this form, of another variant than `expected`, of
            wrong shapes, or holds values that are not finite.
    """
    facts, tensors = _read(path)
    variant = _variant_of(path, facts, tensors)
    if expected is not None and variant is not expected:
        raise UserError(
            f"{path} holds weights of the {variant.capitalize()} network, not of the "
            f"{expected.capitalize()}: choose another file or switch the variant."
        )
    network: LeNet5 = OriginalLeNet5() if variant is Variant.ORIGINAL else ModernLeNet5()
    _check_calibration(path, variant, facts)
    _check_tensors(path, network, tensors)
    network.load_state_dict(tensors)
    network.eval()
    network.requires_grad_(requires_grad=False)
    return LoadedWeights(network, {**facts, "variant": str(variant)})


def read_facts(path: Path) -> dict[str, str]:
    """What a file of weights says of itself, without making the network.

    Raises:
        UserError: the file is missing or not of this form.
    """
    return _read(path)[0]


def _read(path: Path) -> tuple[dict[str, str], dict[str, torch.Tensor]]:
    if not is_file(path):
        raise UserError(f"There is no weights file {path}: check the name.")
    try:
        with safe_open(path, framework="pt", device="cpu") as file:
            facts = _facts(file.metadata() or {})
            return facts, {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except OSError as error:
        raise UserError(f"{path} could not be read ({error.strerror or error}).") from error
    except (SafetensorError, ValueError, RecursionError) as error:
        raise UserError(
            f"{path} is not a whole safetensors file of weights (truncated, or of another kind): "
            "choose another file."
        ) from error


def _facts(metadata: dict[str, str]) -> dict[str, str]:
    """What a file's metadata tell of its training; ValueError if they are not of this form."""
    told = json.loads(metadata.get(_FACTS, "{}"))
    if not isinstance(told, dict):
        raise ValueError("the facts are no JSON object")  # noqa: TRY004 - as of other wrong JSON
    return {name: one if isinstance(one, str) else json.dumps(one) for name, one in told.items()}


def _variant_of(path: Path, facts: dict[str, str], tensors: dict[str, torch.Tensor]) -> Variant:
    try:
        return Variant(facts["variant"])
    except (KeyError, ValueError):
        pass
    # A file of other making: its tensors' names tell, where they are ours.
    if "output.weight" in tensors:
        return Variant.MODERN
    if "S2.coefficient" in tensors:
        return Variant.ORIGINAL
    raise UserError(f"{path} does not hold weights of a LeNet-5 of this program.")


def _check_tensors(path: Path, network: LeNet5, tensors: dict[str, torch.Tensor]) -> None:
    wanted = dict(network.named_parameters())
    name_of_network = f"the {network.variant.capitalize()} network"
    for name in sorted(wanted.keys() | tensors.keys()):
        if name not in tensors:
            raise UserError(f"{path} lacks {name}, which {name_of_network} needs.")
        if name not in wanted:
            raise UserError(f"{path} holds {name}, which {name_of_network} does not have.")
        found, right = tensors[name], wanted[name]
        if found.shape != right.shape or found.dtype != torch.float32:
            raise UserError(
                f"{path}: {name} is {_form(found)}, and {name_of_network} needs {_form(right)}."
            )
        if not bool(found.isfinite().all()):
            raise UserError(
                f"{path}: {name} holds values that are not finite numbers (NaN or infinity)."
            )


def _check_calibration(path: Path, variant: Variant, facts: dict[str, str]) -> None:
    try:
        calibration_of(variant, facts)
    except ValueError as error:
        raise UserError(f"{path} {error}: choose another file.") from error


def _form(tensor: torch.Tensor) -> str:
    sides = "x".join(str(side) for side in tensor.shape)
    return f"{sides} of {str(tensor.dtype).removeprefix('torch.')}"
