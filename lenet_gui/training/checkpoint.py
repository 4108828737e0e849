"""A run on disk as it stood at the end of an epoch, so that it can go on from there."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor, nn

from lenet_gui.data.digits import Digits
from lenet_gui.errors import UserError
from lenet_gui.files import is_file, write_atomically
from lenet_gui.training.events import EpochEnded
from lenet_gui.training.journal import epoch_from_record, record_of
from lenet_gui.training.problems import OtherRecipeError, Problem
from lenet_gui.training.recipe import FIELDS, Recipe

_KEY = "lenet-laboratory-checkpoint"
_MAY_CHANGE = {"name", "data", "teachers", "epochs", "device", "learning_rate"}


@dataclass(frozen=True)
class Checkpoint:
    """What a run needs to go on: everything else follows from the recipe and the epoch.

    `weights` are the network's parameters by name; `trained`, where those are a running mean, the
    ones that the optimiser moves, else nothing; `optimiser` the tensors that the optimiser
    keeps for the parameters, as "<place of the parameter>.<what>"; `digits` a fingerprint of the
    training digits, `teachers` one of the teachers ("" for none); `changes` say what the recipe
    had been before the run was taken up otherwise.
    """

    recipe: Recipe
    history: tuple[EpochEnded, ...]
    digits: str
    weights: dict[str, Tensor]
    optimiser: dict[str, Tensor]
    changes: tuple[str, ...] = ()
    teachers: str = ""
    trained: dict[str, Tensor] = field(default_factory=dict)

    @property
    def epoch(self) -> int:
        """The last epoch that is done."""
        return len(self.history)


def fingerprint(digits: Digits) -> str:
    """Tells two sets of training digits apart."""
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
    }
    plain = {name: tensor.detach().cpu().contiguous() for name, tensor in sorted(tensors.items())}
    write_atomically(path, save(plain, metadata={_KEY: json.dumps(told, sort_keys=True)}))


def load_checkpoint(path: Path) -> Checkpoint:
    """Reads a checkpoint, with its form checked.

    Raises:
        UserError: it is missing, truncated, no checkpoint, or its recipe cannot be.
    """
    if not is_file(path):
        raise UserError(f"There is no checkpoint {path}: check the name.")
    try:
        with safe_open(path, framework="pt", device="cpu") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except OSError as error:
        raise UserError(f"{path} could not be read ({error.strerror or error}).") from error
    except SafetensorError as error:
        raise UserError(
            f"{path} is not a whole checkpoint (truncated, or of another kind): "
            "choose another file or start the training anew."
        ) from error
    if _KEY not in metadata:
        raise UserError(f"{path} is not a checkpoint of a training: choose another file.")
    try:
        told: dict[str, Any] = json.loads(metadata[_KEY])
        history = tuple(epoch_from_record(record) for record in told["history"])
        content = dict(told["recipe"]), str(told["digits"]), str(told.get("teachers", ""))
        changes = tuple(str(change) for change in told.get("changes", ()))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(f"{path} is a damaged checkpoint: start the training anew.") from error
    recipe = Recipe.from_json(content[0], where=f"The recipe in {path}")
    return Checkpoint(
        recipe,
        history,
        content[1],
        _part(tensors, "weights/"),
        _part(tensors, "optimiser/"),
        changes,
        content[2],
        _part(tensors, "trained/"),
    )


def _part(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): tensor
        for name, tensor in tensors.items()
        if name.startswith(prefix)
    }


def weight_tensors(network: nn.Module) -> dict[str, Tensor]:
    """The parameters by name, for `Checkpoint.weights`."""
    return {name: parameter.detach() for name, parameter in network.named_parameters()}


def optimiser_tensors(optimiser: torch.optim.Optimizer) -> dict[str, Tensor]:
    """Everything the optimiser remembers, for `Checkpoint.optimiser`."""
    state: dict[int, dict[str, Any]] = optimiser.state_dict()["state"]
    return {
        f"{place}.{what}": torch.as_tensor(value)
        for place, values in state.items()
        for what, value in values.items()
        if value is not None
    }


def restore(
    checkpoint: Checkpoint,
    network: nn.Module,
    optimiser: torch.optim.Optimizer,
    path: Path,
    averaged: nn.Module | None = None,
) -> None:
    """Puts network and optimiser, and the mean where there is one, back to where it was made.

    Raises:
        UserError: the tensors in the file are not those of this network and optimiser.
    """
    parameters = dict(network.named_parameters())
    trained = checkpoint.weights if averaged is None else checkpoint.trained
    for weights in (checkpoint.weights, trained):
        finite = all(bool(tensor.isfinite().all()) for tensor in weights.values())
        if not finite or _shapes(weights) != _shapes(parameters):
            raise UserError(f"{path} does not hold the weights of its recipe's network.")
    state = _by_place(checkpoint.optimiser)
    by_place = dict(enumerate(parameters.values()))
    for place, values in state.items():
        for what, tensor in values.items():
            if place not in by_place or tensor.shape not in {by_place[place].shape, ()}:
                raise UserError(f"{path} does not hold the state of its recipe's optimiser.")
            if tensor.dim():
                # In the parameter's memory format: the fused kernels pair values by their place
                # in memory, not by their index.
                values[what] = torch.empty_like(by_place[place]).copy_(tensor)
    _put(network, trained)
    if averaged is not None:
        _put(averaged, checkpoint.weights)
    groups = optimiser.state_dict()["param_groups"]
    optimiser.load_state_dict({"state": state, "param_groups": groups})


def _put(network: nn.Module, weights: Mapping[str, Tensor]) -> None:
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(weights[name])


def _shapes(tensors: Mapping[str, Tensor]) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in tensors.items()}


def _by_place(tensors: Mapping[str, Tensor]) -> dict[int, dict[str, Tensor]]:
    """From "3.exp_avg" to the state of parameter 3; a name of another form goes to place -1."""
    state: dict[int, dict[str, Tensor]] = {}
    for name, tensor in tensors.items():
        place, _, what = name.partition(".")
        state.setdefault(int(place) if place.isdecimal() else -1, {})[what] = tensor
    return state


def changes_with(checkpoint: Checkpoint, recipe: Recipe) -> tuple[str, ...]:
    """What had been otherwise up to the checkpoint, if the run goes on with `recipe`.

    The learning rate and, because the schedule follows from it, the number of epochs; such as
    "learning_rate 0.1 up to epoch 3". A run taken up as it was has none.
    """
    then, now = checkpoint.recipe.as_dict(), recipe.as_dict()
    return (
        *checkpoint.changes,
        *(
            f"{name} {then[name]} up to epoch {checkpoint.epoch}"
            for name in ("learning_rate", "epochs")
            if then[name] != now[name]
        ),
    )


def check_same_training(
    checkpoint: Checkpoint, recipe: Recipe, digits: str, teachers: str, path: Path
) -> None:
    """Makes sure that going on with `recipe` on these digits and teachers is the same training.

    Its name, its device, where data and teachers lie, the number of epochs (not fewer than are
    done) and the learning rate, which a training that diverged needs smaller, may differ.

    Raises:
        OtherRecipeError: anything else of the recipe differs; it is named.
        UserError: the digits or the teachers are others, or there are too many epochs.
    """
    then, now = checkpoint.recipe.as_dict(), recipe.as_dict()
    differing = [
        Problem(field, (f"({then[name]} there, {now[name]} here)",))
        for name, field in FIELDS.items()
        if name not in _MAY_CHANGE and then[name] != now[name]
    ]
    if differing:
        raise OtherRecipeError(differing, str(path))
    if checkpoint.digits != digits:
        raise UserError(
            f"{path} was made on other training digits: choose the same data "
            "or start the training anew."
        )
    if checkpoint.teachers != teachers:
        raise UserError(
            f"{path} was made with other teachers: choose the same folder "
            "or start the training anew."
        )
    if checkpoint.epoch > recipe.epochs:
        raise UserError(
            f"{path} has done {checkpoint.epoch} epochs already, more than the "
            f"{recipe.epochs} that are asked for."
        )
