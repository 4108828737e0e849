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
from lenet_gui.safe_reading import read_ordinary
from lenet_gui.training.choices import LARGEST_RECIPE
from lenet_gui.training.control import Control
from lenet_gui.training.ending import LOG_NAME, RECIPE_NAME, RunFiles, train_and_keep
from lenet_gui.training.events import Event
from lenet_gui.training.journal import History, read_history
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.recipe_text import named_recipe
from lenet_gui.training.run_changes import delete_run


@dataclass(frozen=True)
class Run:
    """A training run and the folder where it is kept."""

    folder: Path
    recipe: Recipe

    @classmethod
    def create(cls, runs: Path, recipe: Recipe) -> "Run":
        """Makes a folder for a new run in `runs`, named like "2026-11-23 original 0007".

        In the name of a run by a changed preset there is "changed" behind the preset's.

        Raises:
            UserError: the folder cannot be made, or nothing can be written to it; it is then gone.
        """
        words = " ".join(re.sub(r"[^\w .+-]", " ", named_recipe(recipe)).split())
        words = words.strip(" .") or "run"
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
                f"A folder for the run cannot be created in {runs} ({error.strerror or error}): "
                "choose another place or free some space."
            ) from error
        run = cls(folder, recipe)
        try:
            write_atomically(run.recipe_file, recipe.to_json().encode())
        except UserError:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return run

    @classmethod
    def open(cls, folder: Path) -> "Run":
        """The run kept in a folder.

        Raises:
            UserError: there is no readable recipe.
        """
        file = folder / RECIPE_NAME
        try:
            content = read_ordinary(file, LARGEST_RECIPE)
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
        return self.folder / RECIPE_NAME

    @property
    def files(self) -> RunFiles:
        """Log, checkpoint, epochs and weights in the folder."""
        return RunFiles.in_folder(self.folder)

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
        """Trains and keeps log, checkpoints and weights in the folder (see `train_and_keep`).

        Args:
            digits: both sets of the recipe's data.
            control: stop, pause, resume and follow, from other threads.
            resume: go on from the run's checkpoint.
            publish_every_s: see `train_and_keep`.
            weights_every_s: see `train_and_keep`.
            threads: see `train_and_keep`.

        Raises:
            UserError: before the first event: see `train_and_keep`.
        """
        return train_and_keep(
            self.recipe,
            digits,
            self.files,
            control,
            resume=self.files.checkpoint if resume else None,
            publish_every_s=publish_every_s,
            weights_every_s=weights_every_s,
            threads=threads,
        )

    def history(self) -> History:
        """What the log contains.

        Raises:
            UserError: there is no readable log.
        """
        return read_history(self.folder / LOG_NAME)

    def delete(self) -> None:
        """Removes the folder with all that is in it.

        Raises:
            UserError: it cannot be removed, or another training run is writing it.
        """
        delete_run(self.folder)


def _number_of(folder: Path) -> int:
    """The number at the end of a run's name; 0 if there is none, or an absurd one."""
    number = folder.name.rpartition(" ")[2]
    return int(number) if _NUMBER.fullmatch(number) else 0


_NUMBER = re.compile(r"[0-9]{1,8}")
