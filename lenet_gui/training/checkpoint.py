"""A run on disk at the end of an epoch, so that it can be continued from there."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from lenet_gui.data.digits import Digits
from lenet_gui.errors import UserError
from lenet_gui.net.tensor_file import Kind, read_tensors, write_tensors
from lenet_gui.training.adjustments import Adjustment, epochs_of, record_of_adjustment
from lenet_gui.training.descent import Descent
from lenet_gui.training.events import EpochEnded
from lenet_gui.training.journal import record_of
from lenet_gui.training.optimiser import is_state_of
from lenet_gui.training.problems import OtherRecipeError, Problem
from lenet_gui.training.recipe import FIELDS, Recipe
from lenet_gui.training.records import adjustments_from_records, epoch_from_record

CHECKPOINT: Final = Kind(
    key="lenet-laboratory-checkpoint",
    name="checkpoint",
    whole="a whole checkpoint",
    remedy="choose another file or start a new training run",
)
_MAY_CHANGE = {"name", "data", "transpose", "teachers", "epochs", "device", "learning_rate"}


@dataclass(frozen=True)
class Checkpoint:
    """What a run needs to continue: everything else follows from the recipe and the epoch.

    `weights` are the network's parameters by name; `trained`, where those are a running mean, the
    ones that the optimiser updates, else nothing; `optimiser` the tensors that the optimiser
    keeps for the parameters, as "<place of the parameter>.<what>"; `digits` a fingerprint of the
    training digits, `teachers` one of the teachers ("" for none); `changes` say what the recipe
    was before it was changed, `adjustments` which of that was changed while it ran
    or when it was continued. `checked`: its file has a checksum of its
    content, and it is right; older files have none.
    """

    recipe: Recipe
    history: tuple[EpochEnded, ...]
    digits: str
    weights: dict[str, Tensor]
    optimiser: dict[str, Tensor]
    changes: tuple[str, ...] = ()
    teachers: str = ""
    trained: dict[str, Tensor] = field(default_factory=dict)
    checked: bool = True
    adjustments: tuple[Adjustment, ...] = ()

    @property
    def epoch(self) -> int:
        """The last epoch that is done."""
        return len(self.history)


def fingerprint(digits: Digits) -> str:
    """A fingerprint of a set of training digits."""
    checksum = zlib.crc32(digits.labels.tobytes(), zlib.crc32(digits.images.tobytes()))
    return f"{len(digits)}-{checksum:08x}"


def save_checkpoint(checkpoint: Checkpoint, path: Path) -> None:
    """Writes a checkpoint to `path`, whole or not at all: an older one stays until then.

    Raises:
        UserError: the file cannot be written.
    """
    tensors = {f"weights/{name}": tensor for name, tensor in checkpoint.weights.items()}
    tensors |= {f"trained/{name}": tensor for name, tensor in checkpoint.trained.items()}
    tensors |= {f"optimiser/{name}": tensor for name, tensor in checkpoint.optimiser.items()}
    told = {
        "recipe": checkpoint.recipe.as_dict(),
        "history": [record_of(epoch) for epoch in checkpoint.history],
        "digits": checkpoint.digits,
        "teachers": checkpoint.teachers,
        "changes": checkpoint.changes,
        "adjustments": [record_of_adjustment(made) for made in checkpoint.adjustments],
    }
    arrays = {
        name: tensor.detach().cpu().contiguous().numpy() for name, tensor in sorted(tensors.items())
    }
    write_tensors(path, CHECKPOINT, arrays, told)


def load_checkpoint(path: Path) -> Checkpoint:
    """Reads a checkpoint, with its form and its checksum checked.

    Raises:
        UserError: it is missing, truncated, damaged, not a checkpoint, or its recipe is invalid.
    """
    found = read_tensors(path, CHECKPOINT)
    if found.told is None:
        raise UserError(f"{path} is not a checkpoint of a training run: choose another file.")
    try:
        history = _history(found.told["history"])
        recipe = dict(found.told["recipe"])
        digits, teachers = str(found.told["digits"]), str(found.told.get("teachers", ""))
        changes = tuple(str(change) for change in found.told.get("changes", ()))
        adjustments = adjustments_from_records(found.told.get("adjustments", []))
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path} is a damaged checkpoint: start a new training run.") from error
    tensors = {name: torch.tensor(array) for name, array in found.arrays.items()}
    return Checkpoint(
        Recipe.from_json(recipe, where=f"The recipe in {path}"),
        history,
        digits,
        _part(tensors, "weights/"),
        _part(tensors, "optimiser/"),
        changes,
        teachers,
        _part(tensors, "trained/"),
        found.checked,
        adjustments,
    )


def _history(records: object) -> tuple[EpochEnded, ...]:
    """ValueError unless they are consecutive epochs, at least one."""
    if not isinstance(records, list):
        raise ValueError("no list of epochs")  # noqa: TRY004 - as of other wrong JSON
    history = tuple(map(epoch_from_record, records))
    if not history or [epoch.epoch for epoch in history] != list(range(1, len(history) + 1)):
        raise ValueError("epochs are not in order")
    return history


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): tensor
        for name, tensor in tensors.items()
        if name.startswith(prefix)
    }


def weight_tensors(network: nn.Module) -> dict[str, Tensor]:
    """The parameters by name, for `Checkpoint.weights`."""
    return {name: parameter.detach() for name, parameter in network.named_parameters()}


def restore(
    checkpoint: Checkpoint,
    network: nn.Module,
    optimiser: Descent,
    path: Path,
    averaged: nn.Module | None = None,
) -> None:
    """Restores network, optimiser and, if there is one, the mean, from a checkpoint.

    Raises:
        UserError: the tensors in the file are not those of this network and optimiser.
    """
    parameters = dict(network.named_parameters())
    trained = checkpoint.weights if averaged is None else checkpoint.trained
    for weights in (checkpoint.weights, trained):
        if _forms(weights) != _forms(parameters) or not all(
            bool(tensor.isfinite().all()) for tensor in weights.values()
        ):
            raise UserError(
                f"{path} does not contain the weights of its recipe's network: {CHECKPOINT.remedy}."
            )
    shapes = [parameter.shape for parameter in optimiser.parameters]
    if not is_state_of(checkpoint.recipe, checkpoint.optimiser, shapes):
        raise UserError(
            f"{path} does not contain the state of its recipe's optimiser: {CHECKPOINT.remedy}."
        )
    _put(network, trained)
    if averaged is not None:
        _put(averaged, checkpoint.weights)
    optimiser.put_back(checkpoint.optimiser)


def _put(network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(weights[name])


def _forms(tensors: Mapping[str, Tensor]) -> dict[str, tuple[torch.Size, torch.dtype]]:
    return {name: (tensor.shape, tensor.dtype) for name, tensor in tensors.items()}


def is_same_recipe(one: Recipe, other: Recipe) -> bool:
    """Whether a run by one of them can be continued with the other."""
    return not _differing(one, other)


def _differing(one: Recipe, other: Recipe) -> list[str]:
    """The fields that differ but must not."""
    then, now = one.as_dict(), other.as_dict()
    return [name for name in FIELDS if name not in _MAY_CHANGE and then[name] != now[name]]


def check_same_training(
    checkpoint: Checkpoint, recipe: Recipe, digits: str, teachers: str, path: Path
) -> None:
    """Makes sure that continuing with `recipe` on these digits and teachers is the same training.

    Its name, its device, where data and teachers are, the number of epochs (not fewer than are
    done) and the learning rate, which a training run that diverged needs smaller, may differ.

    Raises:
        OtherRecipeError: anything else of the recipe differs; it is named.
        UserError: the digits or the teachers are others, or there are too many epochs.
    """
    then, now = checkpoint.recipe.as_dict(), recipe.as_dict()
    added = checkpoint.adjustments if then["epochs"] == now["epochs"] else ()
    epochs = epochs_of(recipe, added)
    differing = [
        Problem(FIELDS[name], (f"({then[name]} there, {now[name]} here)",))
        for name in _differing(checkpoint.recipe, recipe)
    ]
    if differing:
        raise OtherRecipeError(differing, str(path))
    if checkpoint.digits != digits:
        raise UserError(
            f"{path} was made on other training digits: choose the same data "
            "or start a new training run."
        )
    if checkpoint.teachers != teachers:
        raise UserError(
            f"{path} was made with other teachers: choose the same folder "
            "or start a new training run."
        )
    if checkpoint.epoch > epochs:
        raise UserError(
            f"{path} has done {checkpoint.epoch} epochs already, more than the "
            f"{epochs} that the recipe asks for: choose more epochs or another file."
        )
