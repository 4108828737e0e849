"""The weights at the end of every epoch, a small file each, so that a run can be replayed."""

import copy
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from lenet_gui.errors import UserError
from lenet_gui.files import is_there
from lenet_gui.training.choices import MOST_EPOCHS

if TYPE_CHECKING:
    from lenet_gui.net.network import Network

NAME: Final = re.compile(r"epoch-([0-9]{4,9})\.safetensors")
"""The name of an epoch's file."""


def epoch_file(folder: Path, number: int) -> Path:
    """The file of an epoch, such as "epoch-0007.safetensors"; number 0 are the initial weights."""
    return folder / f"epoch-{number:04}.safetensors"


def epoch_files(folder: Path) -> dict[int, Path]:
    """The files of epochs in a folder, in their order; empty if there is no such folder.

    Files with other names, or with a number that no recipe has, are left out.

    Raises:
        UserError: the folder cannot be read.
    """
    try:
        names = list(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        raise UserError(
            f"{folder} could not be read ({error.strerror or error}): allow reading it, or choose "
            "another run."
        ) from error
    numbered = ((int(match[1]), file) for file in names if (match := NAME.fullmatch(file.name)))
    found = {
        number: file
        for number, file in numbered
        if number <= MOST_EPOCHS and file.name == epoch_file(folder, number).name
    }
    return dict(sorted(found.items()))


class EpochKeeper:
    """Writes the files of one training run as it goes.

    Those of an earlier training run at the same place stay until this one has its own epoch,
    as its checkpoint does.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: tuple[int, Network, dict[str, str]] | None = None
        self._newest: tuple[int, Path] | None = None  # that this training run has written

    def newest(self, number: int) -> Path | None:
        """The file of the epoch that was written last, if that is its number and it is there."""
        if self._newest is None or self._newest[0] != number or not is_there(self._newest[1]):
            return None
        return self._newest[1]

    def begin(self, done: int, network: "Network", facts: dict[str, str], *, same: bool) -> None:
        """Starts or continues a training run; `network` and `facts` are the current ones.

        Args:
            done: epochs that are done; 0 keeps the initial weights.
            network: the weights that epoch `done` was reported with.
            facts: of epoch `done`.
            same: whether the files there are of this training run; those after `done` are then
                removed, because these epochs come again.

        Raises:
            UserError: a file cannot be written or removed.
        """
        if not same:
            self._keep_first(done, network, facts)
            return
        files = epoch_files(self._folder)
        self._remove(file for number, file in files.items() if number > done)
        if done not in files:
            self._write(done, network, facts)

    def keep(self, number: int, network: "Network", facts: dict[str, str]) -> None:
        """Writes an epoch that has ended, whole or not at all.

        Raises:
            UserError: the file cannot be written, or an earlier training run's cannot be removed.
        """
        if self._waiting is not None:
            self._remove(epoch_files(self._folder).values())
            self._write(*self._waiting)
            self._waiting = None
        self._write(number, network, facts)

    def _keep_first(self, number: int, network: "Network", facts: dict[str, str]) -> None:
        if epoch_files(self._folder):
            self._waiting = number, copy.deepcopy(network), facts
        else:
            self._write(number, network, facts)

    def _write(self, number: int, network: "Network", facts: dict[str, str]) -> None:
        from lenet_gui.net.weights_file import save_weights

        file = epoch_file(self._folder, number)
        save_weights(network, file, facts)
        self._newest = number, file

    def _remove(self, files: Iterable[Path]) -> None:
        for file in files:
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise UserError(
                    f"{file}, of an earlier training run, could not be removed "
                    f"({error.strerror or error}): choose another place."
                ) from error
