"""A run of the window: a folder with recipe, log, newest checkpoint, every epoch's weights."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.net.weights_file import save_weights
from lenet_gui.training.control import Control
from lenet_gui.training.events import EpochEnded, Event, Finished, Started, Stopped
from lenet_gui.training.facts import facts_of_training
from lenet_gui.training.journal import History, Journal, read_history
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.snapshot import network_of
from lenet_gui.training.trainer import train


@dataclass(frozen=True)
class Run:
    """A training and the folder where it is kept."""

    folder: Path
    recipe: Recipe

    @classmethod
    def create(cls, runs: Path, recipe: Recipe) -> "Run":
        """Makes a folder for a new run in `runs`, named like "2026-11-23 original 0007".

        Raises:
            UserError: the folder cannot be made.
        """
        words = " ".join(re.sub(r"[^\w .+-]", " ", recipe.name).split()).strip(" .") or "run"
        try:
            runs.mkdir(parents=True, exist_ok=True)
            number = 1 + max((_number_of(folder) for folder in runs.iterdir()), default=0)
            while True:
                folder = runs / f"{date.today():%Y-%m-%d} {words} {number:04}"
                try:
                    folder.mkdir()
                    break
                except FileExistsError:  # another program was quicker
                    number += 1
        except OSError as error:
            raise UserError(
                f"A folder for the run cannot be made in {runs} ({error.strerror or error}): "
                "choose another place or free some space."
            ) from error
        run = cls(folder, recipe)
        write_atomically(run.recipe_file, recipe.to_json().encode())
        return run

    @classmethod
    def open(cls, folder: Path) -> "Run":
        """The run kept in a folder.

        Raises:
            UserError: there is no readable recipe.
        """
        file = folder / "recipe.json"
        try:
            content = file.read_bytes()
        except OSError as error:
            raise UserError(
                f"{folder} is not a run: {file.name} cannot be read ({error.strerror or error})."
            ) from error
        return cls(folder, Recipe.from_json(content, where=f"The recipe {file}"))

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def recipe_file(self) -> Path:
        """The recipe as JSON."""
        return self.folder / "recipe.json"

    @property
    def log_file(self) -> Path:
        """Events, one a line."""
        return self.folder / "log.jsonl"

    @property
    def checkpoint_file(self) -> Path:
        """The newest checkpoint; not there before the end of the first epoch."""
        return self.folder / "checkpoint.safetensors"

    @property
    def epochs_folder(self) -> Path:
        """The weights at the end of every epoch, and the initial ones (see `epoch_files`)."""
        return self.folder / "epochs"

    @property
    def weights_file(self) -> Path:
        """The weights at the end of the run, also of one that was stopped."""
        return self.folder / "weights.safetensors"

    def train(
        self,
        digits: DigitSets,
        control: Control,
        *,
        resume: bool = False,
        publish_every_s: float = 0.1,
        weights_every_s: float = 0.2,
        threads: int | None = None,
    ) -> Iterator[Event]:
        """Trains as `trainer.train` does, and keeps log, checkpoints and weights in the folder.

        Args:
            digits: both sets of the recipe's data.
            control: stop, pause, resume and follow, from other threads.
            resume: go on from the run's checkpoint.
            publish_every_s: see `trainer.train`.
            weights_every_s: see `trainer.train`.
            threads: see `trainer.train`.

        Raises:
            UserError: before the first event, or when the log or the weights cannot be written.
        """
        events = train(
            self.recipe,
            digits,
            self.checkpoint_file,
            control,
            self.checkpoint_file if resume else None,
            epochs=self.epochs_folder,
            publish_every_s=publish_every_s,
            weights_every_s=weights_every_s,
            threads=threads,
        )
        data_name = ""
        changes: tuple[str, ...] = ()
        last: EpochEnded | None = None
        with Journal(self.log_file) as journal:
            for event in events:
                journal.write(event)
                if isinstance(event, Started):
                    data_name, changes = event.data_name, event.changes
                    last = event.history[-1] if event.history else None
                elif isinstance(event, EpochEnded):
                    last = event
                elif isinstance(event, Finished | Stopped):
                    self._keep_weights(event, data_name, last, changes)
                yield event

    def _keep_weights(
        self,
        event: Finished | Stopped,
        data_name: str,
        last: EpochEnded | None,
        changes: tuple[str, ...],
    ) -> None:
        # Weights stopped in the middle of an epoch have not been evaluated.
        scored = last if isinstance(event, Finished) else None
        facts = facts_of_training(
            self.recipe,
            data_name,
            last.epoch if last else 0,
            scored.train if scored else None,
            scored.test if scored else None,
            changes,
            event.answer_j if isinstance(event, Finished) else None,
        )
        save_weights(network_of(self.recipe.variant, event.weights), self.weights_file, facts)

    def history(self) -> History:
        """What the log tells.

        Raises:
            UserError: there is no readable log.
        """
        return read_history(self.log_file)

    def delete(self) -> None:
        """Removes the folder with all that is in it.

        Raises:
            UserError: it cannot be removed.
        """
        try:
            shutil.rmtree(self.folder)
        except OSError as error:
            raise UserError(
                f"{self.folder} could not be removed ({error.strerror or error})."
            ) from error


@dataclass(frozen=True)
class Runs:
    """The runs in a folder, newest first, and a sentence for each folder that holds none."""

    runs: tuple[Run, ...]
    broken: tuple[str, ...]


def list_runs(folder: Path) -> Runs:
    """Opens every run in `folder`; a folder that is not there holds none."""
    found, broken = [], []
    there = sorted(folder.iterdir(), key=_number_of, reverse=True) if folder.is_dir() else []
    for place in there:
        if not place.is_dir():
            continue
        try:
            found.append(Run.open(place))
        except UserError as error:
            broken.append(str(error))
    return Runs(tuple(found), tuple(broken))


def _number_of(folder: Path) -> int:
    number = folder.name.rpartition(" ")[2]
    return int(number) if number.isdecimal() else 0
