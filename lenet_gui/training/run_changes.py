"""What is done to the folder of a run as a whole: it gets another name, or goes. No torch."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from lenet_gui.errors import UserError
from lenet_gui.printable import printable
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.lock import check_free

LONGEST_RUN_NAME: Final = 200
"""Bytes of a run's name, as the file system counts them; most take 255."""

_FORBIDDEN: Final = '/\\:*?"<>|'
"""What some system or other does not allow in the name of a folder."""


def rename_run(folder: Path, name: str) -> Path:
    """Gives a run's folder another name; it stays where it is, and keeps all that is in it.

    Returns:
        The folder as it is called now.

    Raises:
        UserError: no folder can have such a name, there is one of that name already, a training run
            is writing the run, or it cannot be renamed.
    """
    target = folder.with_name(_checked_name(name))
    if target == folder:
        return folder
    _check_free(folder)
    try:
        # Where the file system takes "A" for "a", a run may still be called the other.
        if os.path.lexists(target) and not (target.exists() and target.samefile(folder)):
            raise UserError(f"A run {printable(target.name)} already exists: type another name.")
        folder.rename(target)
    except OSError as error:
        raise UserError(
            f"The run {printable(folder.name)} could not be renamed ({error.strerror or error})."
        ) from error
    return target


def delete_run(folder: Path) -> None:
    """Removes the folder of a run with all that is in it, for good.

    Raises:
        UserError: it cannot be removed, or a training run is writing it.
    """
    _check_free(folder)
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise UserError(f"{folder} could not be removed ({error.strerror or error}).") from error


def throw_run_away(folder: Path, move_to_trash: Callable[[Path], bool]) -> bool:
    """Moves the folder of a run to the desktop's trash; False where there is none for it.

    Raises:
        UserError: a training run is writing it, or it no longer exists.
    """
    _check_free(folder)
    if not folder.is_dir():
        raise UserError(f"The run {printable(folder.name)} no longer exists.")
    return move_to_trash(folder)


def _checked_name(name: str) -> str:
    """A name without blanks around it; UserError where no folder can be called so everywhere."""
    name = name.strip()
    if not name:
        raise UserError("A run needs a name: type one.")
    found = next((sign for sign in name if sign in _FORBIDDEN or sign != printable(sign)), None)
    if found is not None:
        raise UserError(f"A run's name cannot contain “{printable(found)}”: type another name.")
    if name.startswith(".") or name.endswith("."):
        raise UserError("A run's name cannot begin or end with a dot: type another name.")
    if len(name.encode()) > LONGEST_RUN_NAME:
        raise UserError("The name is too long: type a shorter one.")
    return name


def _check_free(folder: Path) -> None:
    if folder.is_dir():  # else the lock would make it
        check_free(*RunFiles.in_folder(folder).written_whole)
