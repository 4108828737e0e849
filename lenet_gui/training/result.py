"""The result of a finished training as a small JSON file, for the table and curve of many."""

import json
import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from lenet_gui import __version__
from lenet_gui.errors import UserError
from lenet_gui.files import write_atomically
from lenet_gui.training.events import EpochEnded, Event, Finished, Score, Started
from lenet_gui.training.recipe import Recipe


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
    """What came of one training."""

    recipe: Recipe
    data: str  # what the training digits are called
    training_digits: int
    parameters: int
    epochs: tuple[EpochResult, ...]
    seconds: float  # of the training, pauses left out; a remark, it depends on the machine

    @property
    def test_error(self) -> float:
        """The share of the test digits that the final network reads wrongly, 0..1."""
        test = self.epochs[-1].test
        return test.errors / test.digits


class ResultFile:
    """Gathers the events of a training and writes the file at its end.

    The file's place does not depend on the outcome: it is written once, whole, when the training
    has finished; a training that was stopped or failed leaves none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._started: Started | None = None
        self._epochs: list[EpochEnded] = []

    def take(self, event: Event) -> None:
        """Notes an event.

        Raises:
            UserError: the file cannot be written.
        """
        if isinstance(event, Started):
            self._started, self._epochs = event, list(event.history)
        elif isinstance(event, EpochEnded):
            self._epochs.append(event)
        elif isinstance(event, Finished) and self._started is not None:
            content = _content(self._started, self._epochs, event)
            text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
            write_atomically(self._path, text.encode())


def _content(started: Started, epochs: list[EpochEnded], finished: Finished) -> dict[str, Any]:
    return {
        "recipe": started.recipe.as_dict(),
        "data": started.data_name,
        "training_digits": started.training_digits,
        "parameters": started.parameters,
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
            "seconds": round(finished.seconds, 1),
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
        content = json.loads(path.read_text(encoding="utf-8"))
        epochs = tuple(_epoch(record) for record in content["epochs"])
        assert epochs  # noqa: S101
        return Result(
            recipe=Recipe.from_json(content["recipe"], where=f"The recipe in {path}"),
            data=str(content["data"]),
            training_digits=int(content["training_digits"]),
            parameters=int(content["parameters"]),
            epochs=epochs,
            seconds=float(content["remark"]["seconds"]),
        )
    except OSError as error:
        raise UserError(f"{path} could not be read ({error.strerror or error}).") from error
    except (AssertionError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(f"{path} is not a result of a training: remove it or mend it.") from error


def _epoch(record: dict[str, Any]) -> EpochResult:
    validation = record["validation"]
    return EpochResult(
        epoch=int(record["epoch"]),
        train=Score(**record["train"]),
        test=Score(**record["test"]),
        validation=Score(**validation) if validation else None,
        on_the_fly_loss=float(record["on_the_fly_loss"]),
        on_the_fly_accuracy=float(record["on_the_fly_accuracy"]),
    )
