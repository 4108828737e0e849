"""Saves what a training run has learned if its own files cannot be written."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from lenet_gui.errors import UserError
from lenet_gui.paths import user_data_folder
from lenet_gui.training.ending import network_of_end
from lenet_gui.training.events import Failed, Started
from lenet_gui.training.result import write_result


@dataclass(frozen=True)
class Rescued:
    """Where it is now; only a training run that has done all its epochs has a `result`."""

    weights: Path
    result: Path | None = None


def rescue(end: Failed, started: Started, wanted: Path) -> Rescued | None:
    """Writes the weights that are only in memory, and their result, to the first usable place.

    Beside `wanted`, in the working folder, in the program's folder among the user's data, or among
    the system's temporary files, under names that no file has.

    Args:
        end: with `weights`.
        started: the training's first event.
        wanted: where the weights should have been.

    Returns:
        None if the weights can be written nowhere.
    """
    for folder in _places(wanted):
        target = unused(folder / f"{wanted.stem}-rescued{wanted.suffix}")
        try:
            write_weights(end, target)
        except UserError:
            continue
        try:
            return Rescued(target, write_result_beside(end, started, target))
        except UserError:
            return Rescued(target)
    return None


def write_weights(end: Failed, target: Path) -> None:
    """Writes the network that a training run ended with, and its facts.

    Raises:
        UserError: the file cannot be written.
    """
    from lenet_gui.net.weights_file import save_weights

    network = network_of_end(end)
    if network is not None:
        save_weights(network, target, dict(end.facts))


def write_result_beside(end: Failed, started: Started, weights: Path) -> Path | None:
    """Writes the result of a training run beside its weights, under a name that no file has.

    Returns:
        The file; None for a training run that has not done all its epochs.

    Raises:
        UserError: the file cannot be written.
    """
    if not end.is_complete:
        return None
    result = unused(weights.with_suffix(".json"))
    write_result(started, end.history, result)
    return result


def unused(file: Path) -> Path:
    """The file, or the first of "name-2", "name-3" ... that is not there."""
    found, number = file, 1
    while os.path.lexists(found):
        number += 1
        found = file.with_name(f"{file.stem}-{number}{file.suffix}")
    return found


def _places(wanted: Path) -> Iterator[Path]:
    """Folders that exist, and the program's own, which is made."""
    with suppress(OSError):
        if wanted.parent.is_dir():
            yield wanted.parent
    with suppress(OSError):  # the working folder may be gone
        yield Path.cwd()
    yield user_data_folder() / "rescued"
    with suppress(OSError):  # temporary files can be written nowhere
        yield Path(tempfile.gettempdir())
