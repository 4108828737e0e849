"""Reads the epochs that are kept of a run: the good ones are shown, the others reported."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from lenet_gui.errors import UserError
from lenet_gui.explore.run_history import KeptEpoch, RunHistory
from lenet_gui.net.architecture import Architecture, Variant
from lenet_gui.net.calibration import calibration_of
from lenet_gui.net.lenet5 import LeNet5, build
from lenet_gui.net.weight_arrays import only_teaches, read_facts
from lenet_gui.net.weights_file import load_weights
from lenet_gui.printable import printable
from lenet_gui.text.figures import spans
from lenet_gui.training.checkpoint import load_checkpoint
from lenet_gui.training.ending import RECIPE_NAME, RunFiles
from lenet_gui.training.epoch_files import epoch_files
from lenet_gui.training.events import EpochEnded
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.journal import RESUMED, History, read_history
from lenet_gui.training.snapshot import network_of, snapshot

_MOST_NAMED = 20
"""Up to this many epochs that cannot be shown are reported one by one, with their reasons."""

_FOLLOWED = ("C1.weight", "C1.bias", "C3.weight", "C3.bias")


def read_run(
    folder: Path,
    known: RunHistory | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> RunHistory:
    """Reads every epoch of a run, each checked completely.

    Args:
        folder: of a run of the window, a folder "*.epochs" of the command line, or one that has it.
        known: what was read before; files that have not changed since are not read again.
        progress: called with the number of files read, and of all.

    Raises:
        UserError: there are no epochs to show, and why.
    """
    place = _place(folder)
    files = epoch_files(place.epochs)
    log, log_trouble = _log(place.log)
    if not files:
        return _from_checkpoint(folder, place, log.epochs)
    before = {epoch.file: epoch for epoch in known.epochs} if known else {}
    epochs: list[KeptEpoch] = []
    broken: list[str] = []
    variant: Variant | None = None
    for read, (number, file) in enumerate(files.items()):
        if progress is not None:
            progress(read, len(files))
        try:
            epoch = _kept(number, file, variant, before.get(file))
        except UserError as error:
            broken.append(f"Epoch {number} is left out: {_short(error, file)}")
            continue
        epochs.append(epoch)
        variant = Variant(epoch.facts["variant"])
    if not epochs or variant is None:
        raise UserError(f"No epoch of {folder.name} can be shown. {broken[0]}")
    if len(broken) > _MOST_NAMED:
        broken[_MOST_NAMED:] = [f"{len(broken) - _MOST_NAMED} more are left out."]
    errors = _errors(epochs) | {epoch.epoch: _share(epoch) for epoch in log.epochs}
    # The log of a run in progress is ahead of the files.
    ended = [] if log.outcome is None else [epoch.epoch for epoch in log.epochs]
    troubles = [*_missing(files, max((*files, *ended))), *broken, *log_trouble]
    j = _answer_j(place.weights, epochs[-1])
    changes = _changes(log)
    return RunHistory(folder, variant, tuple(epochs), tuple(troubles), errors, j, changes)


def load_epoch(epoch: KeptEpoch) -> LeNet5:
    """A new network with the weights of an epoch.

    Raises:
        UserError: the file is no longer there, or no longer complete.
    """
    if not epoch.is_checkpoint:
        return load_weights(epoch.file).network
    checkpoint = load_checkpoint(epoch.file)
    if checkpoint.recipe.architecture is not Architecture.LENET5:
        raise only_teaches(epoch.file)
    weights = {name: tensor.numpy() for name, tensor in checkpoint.weights.items()}
    wanted = {name: p.shape for name, p in build(checkpoint.recipe.variant).named_parameters()}
    if {name: array.shape for name, array in weights.items()} != wanted or not all(
        np.isfinite(array).all() for array in weights.values()
    ):
        raise UserError(f"{epoch.file} does not contain the weights of its recipe's network.")
    return network_of(checkpoint.recipe.variant, weights)


def _place(folder: Path) -> RunFiles:
    """Where the parts of a run are: of one of the window, or of the command line."""
    if epoch_files(folder):
        epochs = folder
    elif (folder / "epochs").is_dir() or (folder / RECIPE_NAME).is_file():
        epochs = folder / "epochs"
    else:
        try:
            several = sorted(folder.glob("*.epochs")) if folder.is_dir() else []
        except OSError as error:
            raise UserError(
                f"{folder} could not be read ({error.strerror or error}): allow reading it, or "
                "choose another run."
            ) from error
        if len(several) > 1:
            names = ", ".join(found.name for found in several)
            raise UserError(f"{folder} contains several training runs: choose one of {names}.")
        epochs = several[0] if several else folder / "epochs"
    if epochs.suffix == ".epochs":
        return RunFiles.beside(epochs.with_suffix(""))
    return replace(RunFiles.in_folder(epochs.parent), epochs=epochs)


def _log(file: Path | None) -> tuple[History, tuple[str, ...]]:
    """What a run's log contains, and a message if it cannot be read."""
    nothing = History(None, None)
    if file is None or not os.path.lexists(file):
        return nothing, ()
    try:
        return read_history(file), ()
    except UserError as error:
        return nothing, (f"Its log is ignored: {_short(error, file)}",)


def _changes(log: History) -> tuple[tuple[float, str], ...]:
    """What a log tells that was changed while the run ran, and where the run was resumed."""
    steps = log.steps_per_epoch or 1
    made = [(one.epoch - 1 + (one.batch - 1) / steps, one.mark) for one in log.adjustments]
    return tuple(sorted([*made, *((float(after), RESUMED) for after in log.resumed)]))


def _missing(files: dict[int, Path], last: int) -> tuple[str, ...]:
    gone = sorted(set(range(last + 1)) - files.keys())
    if not gone:
        return ()
    if len(gone) == 1:
        return (f"Epoch {gone[0]} is left out: its file is missing.",)
    return (f"Epochs {spans(gone)} are left out: their files are missing.",)


def _kept(number: int, file: Path, variant: Variant | None, before: KeptEpoch | None) -> KeptEpoch:
    stamp = _stamp(file)
    if before is not None and before.stamp == stamp:
        return before
    loaded = load_weights(file, variant)
    if loaded.facts.get("epochs", str(number)) != str(number):
        raise UserError(f"{file} says that it belongs to epoch {loaded.facts['epochs']}.")
    return KeptEpoch(number, file, stamp, loaded.facts, _followed(loaded.network))


def _from_checkpoint(folder: Path, place: RunFiles, told: tuple[EpochEnded, ...]) -> RunHistory:
    """A run of which no epochs were kept: its newest checkpoint is one of them."""
    if not place.checkpoint.is_file():
        raise UserError(
            f"There are no epochs to show in {folder}: it contains neither the weights of epochs "
            "nor a checkpoint. Choose the folder of a run, or train one: every epoch is kept."
        )
    checkpoint = load_checkpoint(place.checkpoint)
    recipe, history = checkpoint.recipe, checkpoint.history
    scores = (history[-1].train, history[-1].test) if history else (None, None)
    facts = facts_of_training(recipe, recipe.data, checkpoint.epoch, *scores)
    stamp = _stamp(place.checkpoint)
    epoch = KeptEpoch(checkpoint.epoch, place.checkpoint, stamp, facts, {}, is_checkpoint=True)
    network = load_epoch(epoch)
    epoch = KeptEpoch(
        epoch.number, epoch.file, stamp, facts, _followed(network), is_checkpoint=True
    )
    trouble = (
        "The epochs of this run were not kept, because an older version of the program trained it: "
        f"only its newest checkpoint, of epoch {epoch.number}, can be shown."
    )
    errors = {one.epoch: _share(one) for one in (*history, *told)}
    return RunHistory(folder, recipe.variant, (epoch,), (trouble,), errors)


def _followed(network: LeNet5) -> dict[str, np.ndarray]:
    weights = snapshot(network)
    return {name: weights[name].astype(np.float32, copy=False) for name in _FOLLOWED}


def _stamp(file: Path) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError as error:
        raise UserError(
            f"{file} could not be read ({error.strerror or error}): choose another run."
        ) from error
    return status.st_mtime_ns, status.st_size


def _answer_j(weights: Path, last: KeptEpoch) -> str:
    """The j in the weights that the training wrote, "" if there is none."""
    try:
        facts = read_facts(weights)
        if facts.get("recipe") == last.facts.get("recipe"):  # else of another training run
            calibration_of(Variant(last.facts["variant"]), facts)
            return facts.get("answer_j", "")
    except (UserError, ValueError):
        pass  # no epoch needs it
    return ""


def _errors(epochs: list[KeptEpoch]) -> dict[int, float]:
    found = {}
    for epoch in epochs:
        try:
            wrong, digits = int(epoch.facts["test_errors"]), int(epoch.facts["test_digits"])
        except (KeyError, ValueError):
            continue
        if 0 <= wrong <= digits and digits > 0:
            found[epoch.number] = wrong / digits
    return found


def _share(epoch: EpochEnded) -> float:
    return epoch.test.error


def _short(error: UserError, file: Path) -> str:
    """The message, with the file's name in place of its whole path."""
    return str(error).replace(printable(str(file)), printable(file.name))
