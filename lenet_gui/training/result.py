"""The result of a finished run as a small JSON file, for tables and curves of many runs."""

import json
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from lenet_gui import __version__
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.printable import shortened
from lenet_gui.safe_reading import read_ordinary
from lenet_gui.training import records
from lenet_gui.training.adjustments import Adjustment, record_of_adjustment
from lenet_gui.training.chance import is_at_chance
from lenet_gui.training.choices import MOST_EPOCHS
from lenet_gui.training.events import EpochEnded, Score, Started
from lenet_gui.training.recipe import Recipe

LARGEST_RESULT: Final = 1 << 24
"""Bytes of a result beyond which it is not read; an epoch has about 700."""


@dataclass(frozen=True)
class EpochResult:
    """One epoch: the scores after it, and the means over its steps, each before its update."""

    epoch: int
    train: Score  # of the first 10,000 training digits at most, without distortions
    test: Score
    validation: Score | None
    on_the_fly_loss: float
    on_the_fly_accuracy: float  # 0..1


@dataclass(frozen=True)
class Result:
    """The result of one training run."""

    recipe: Recipe
    data: str  # what the training digits are called
    training_digits: int
    parameters: int
    epochs: tuple[EpochResult, ...]
    seconds: float  # of all epochs, pauses left out; for information, it depends on the machine
    changes: tuple[str, ...] = ()  # what the recipe was before it was changed
    adjustments: tuple[Adjustment, ...] = ()  # what of that was changed while it ran
    learned: bool = True  # False if the final test error is at chance (see `chance`)

    @property
    def test_error(self) -> float:
        """The share of the test digits that the final network misreads, 0..1."""
        return self.epochs[-1].test.error


def write_result(started: Started, epochs: Sequence[EpochEnded], path: Path) -> None:
    """Writes the result of a finished run, completely or not at all.

    Args:
        started: its first event, `after` all adjustments.
        epochs: all of them, in their order.
        path: the file.

    Raises:
        UserError: the file cannot be written.
    """
    text = json.dumps(_content(started, epochs), indent=1, ensure_ascii=False) + "\n"
    write_atomically(path, text.encode())


def _content(started: Started, epochs: Sequence[EpochEnded]) -> dict[str, Any]:
    import torch  # only here, so that results are read without it

    return {
        "recipe": started.recipe.as_dict(),
        "changes": list(started.changes),
        "adjustments": [record_of_adjustment(made) for made in started.adjustments],
        "data": started.data_name,
        "training_digits": started.training_digits,
        "parameters": started.parameters,
        "learned": not is_at_chance(epochs[-1].confusion),
        "epochs": [
            {
                "epoch": epoch.epoch,
                "train": asdict(epoch.train),
                "test": asdict(epoch.test),
                "validation": asdict(epoch.validation) if epoch.validation else None,
                "on_the_fly_loss": epoch.on_the_fly_loss,
                "on_the_fly_accuracy": epoch.on_the_fly_accuracy,
            }
            for epoch in epochs
        ],
        "program": __version__,
        "torch": torch.__version__,
        "remark": {
            "seconds": round(sum(epoch.seconds for epoch in epochs), 1),
            "device": started.device,
            "threads": started.threads,
            "processor": platform.machine(),
        },
    }


def read_result(path: Path) -> Result:
    """Reads a result back.

    Raises:
        UserError: the file cannot be read or is not a result.
    """
    try:
        content = json.loads(read_ordinary(path, LARGEST_RESULT).decode("utf-8"))
        epochs = _epochs(content["epochs"])
        return Result(
            recipe=Recipe.from_json(content["recipe"], where=f"The recipe in {path}"),
            data=shortened(str(content["data"])),
            training_digits=records.whole(content["training_digits"]),
            parameters=records.whole(content["parameters"]),
            epochs=epochs,
            seconds=records.real(content["remark"]["seconds"], 0),
            changes=tuple(shortened(str(change)) for change in content.get("changes", ())),
            adjustments=records.adjustments_from_records(content.get("adjustments", [])),
            learned=content.get("learned", True) is not False,
        )
    except OSError as error:
        raise UserError(
            f"{path} could not be read ({error.strerror or error}): remove it or allow reading it."
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(
            f"{path} is not a result of a training run: remove it or correct it."
        ) from error


def _epochs(records: list[dict[str, Any]]) -> tuple[EpochResult, ...]:
    """ValueError unless they are consecutive."""
    epochs = tuple(_epoch(record) for record in records)
    numbers = [one.epoch for one in epochs]
    if not epochs or numbers != sorted(set(numbers)):
        raise ValueError("epochs are not in order")
    return epochs


def _epoch(record: object) -> EpochResult:
    values = records.fields(record)
    validation = values["validation"]
    return EpochResult(
        epoch=records.whole(values["epoch"], 1, MOST_EPOCHS),
        train=records.score_from_record(values["train"]),
        test=records.score_from_record(values["test"]),
        validation=records.score_from_record(validation) if validation else None,
        on_the_fly_loss=records.loss(values["on_the_fly_loss"]),
        on_the_fly_accuracy=records.share(values["on_the_fly_accuracy"]),
    )
