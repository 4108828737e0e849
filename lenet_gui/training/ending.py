"""Keeping and ending a training run, in one way for the command line and for the window."""

from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, cast

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.files import remove_leftovers, write_atomically
from lenet_gui.training.control import Control
from lenet_gui.training.events import (
    End,
    EpochAdded,
    EpochEnded,
    Event,
    Failed,
    Finished,
    RateChanged,
    RepeatsDropped,
    Started,
    Stopped,
    UpdateDue,
    Weights,
)
from lenet_gui.training.journal import LOG_NAME as LOG_NAME
from lenet_gui.training.journal import Journal
from lenet_gui.training.lock import locked, remove_stale_locks
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.result import write_result

if TYPE_CHECKING:
    from lenet_gui.net.network import Network

RECIPE_NAME = "recipe.json"
"""In a run's own folder."""


@dataclass(frozen=True)
class RunFiles:
    """Where the files of a run are; each is written completely or not at all, the log by lines.

    Of a training run that failed, `weights` and `result` stay as they were.
    """

    checkpoint: Path  # the newest one
    epochs: Path  # a folder: the weights at the end of every epoch, and the initial ones
    weights: Path  # at the end, with their facts
    log: Path | None = None  # events, one a line; it may be a pipe
    result: Path | None = None  # the result of a finished run, as JSON
    recipe: Path | None = None  # of a training run that is continued, as JSON
    stopped_weights: bool = False  # `weights` also for a training run that was stopped: the tested

    @property
    def written_whole(self) -> tuple[Path, ...]:
        """The files that only one training run may write at a time; `epochs` go with `weights`."""
        files = (self.weights, self.checkpoint, self.result)
        return tuple(file for file in files if file is not None)

    @property
    def folders(self) -> set[Path]:
        """The folders in which files are written."""
        files = (self.checkpoint, self.weights, self.result, self.recipe)
        return {self.epochs, *(file.parent for file in files if file is not None)}

    @classmethod
    def in_folder(cls, folder: Path) -> "RunFiles":
        """In a run's own folder."""
        return cls(
            checkpoint=folder / "checkpoint.safetensors",
            epochs=folder / "epochs",
            weights=folder / "weights.safetensors",
            log=folder / LOG_NAME,
            recipe=folder / RECIPE_NAME,
            stopped_weights=True,
        )

    @classmethod
    def beside(
        cls, weights: Path, log: Path | None = None, result: Path | None = None
    ) -> "RunFiles":
        """For a training run whose weights go to a place of the user's choice."""
        return cls(
            checkpoint=weights.with_name(f"{weights.name}.checkpoint"),
            epochs=weights.with_name(f"{weights.name}.epochs"),
            weights=weights,
            log=log,
            result=result,
        )


def train_and_keep(
    recipe: Recipe,
    digits: DigitSets,
    files: RunFiles,
    control: Control,
    *,
    resume: Path | None = None,
    publish_every_s: float = 0.1,
    weights_every_s: float = 0.2,
    threads: int | None = None,
) -> Generator[Event, None, None]:
    """Trains as `trainer.train` does, and keeps everything that `files` names.

    An event is yielded after it has been kept: with the last one, all files are there. What can no
    longer be kept ends the training with a `Failed`, which has the weights that were reached. No
    other training can write the files meanwhile. What killed training runs left half written in
    their folders is removed first. What was adjusted after the checkpoint that it goes on from, as
    the log tells, is adjusted again (see `repeats`).

    Args:
        recipe: see `trainer.train`, as for the arguments that are not described here.
        digits: both sets of the recipe's data.
        files: what is kept where.
        control: stop, pause, resume and follow, from other threads.
        resume: a checkpoint to continue from.
        publish_every_s: the least time between two `StepStatistics`.
        weights_every_s: the least time between two copies of the weights, when followed.
        threads: of torch.

    Raises:
        UserError: before the first event: see `trainer.train`, or the log cannot be written, or
            another training run is writing these files.
    """
    from lenet_gui.training.repeats import repeats_of
    from lenet_gui.training.trainer import train

    repeats = () if resume is None else repeats_of(resume, files.log)
    events = train(
        recipe,
        digits,
        files.checkpoint,
        control,
        resume,
        epochs=files.epochs,
        publish_every_s=publish_every_s,
        weights_every_s=weights_every_s,
        threads=threads,
        repeats=repeats,
    )
    yield from cast("Iterator[Event]", kept(events, files))  # the same


def kept(
    events: Generator[Event | UpdateDue, None, None], files: RunFiles
) -> Iterator[Event | UpdateDue]:
    """The events of a training run, each after it has been kept (see `train_and_keep`)."""
    with locked(*files.written_whole), RunKeeper(files) as keeper:
        for folder in files.folders:
            remove_leftovers(folder)
            remove_stale_locks(folder)
        for event in events:
            if isinstance(event, UpdateDue):
                yield event
                continue
            told: Event = event
            try:
                keeper.keep(event)
            except UserError as error:
                if not isinstance(event, Failed):
                    failed = events.throw(error)
                    assert isinstance(failed, Failed)  # noqa: S101 - as the trainer says
                    told = keeper.completed(failed)
                    keeper.keep(told)
            yield keeper.completed(told)


class RunKeeper:
    """Writes down the events of a run: its log, and at the end its weights and result.

    Weights and result come before the log's last line: if a log says "finished", they are there.
    Closed at the end of its `with` block.

    Raises:
        UserError: the log cannot be opened.
    """

    def __init__(self, files: RunFiles) -> None:
        self._files = files
        self._journal = Journal(files.log) if files.log else None
        self._started: Started | None = None
        self._epochs: list[EpochEnded] = []
        self._has_weights = False
        self._in_trouble = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._journal is not None:
            self._unless_told(self._journal.close)

    def keep(self, event: Event) -> None:
        """Writes down an event.

        Raises:
            UserError: a file cannot be written. Raised once: what follows is kept if possible.
        """
        self._unless_told(partial(self._write, event))

    def completed(self, event: Event) -> Event:
        """The event, with what its training could not know about its files."""
        if not isinstance(event, End):
            return event
        if isinstance(event, Failed) and self._has_weights:
            event = replace(event, kept_in=self._files.weights)
        journal = self._journal
        if journal is None or event.remarks or journal.is_in_place:
            return event
        remark = (
            f"The log {self._files.log} was removed or replaced during training, so it is "
            "incomplete: leave a log in place until the end."
        )
        return replace(event, remarks=(remark,))

    def _unless_told(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UserError:
            if not self._in_trouble:
                self._in_trouble = True
                raise

    def _write(self, event: Event) -> None:
        match event:
            case Started():
                self._started, self._epochs = event, list(event.history)
                if event.resumed_from_epoch is not None and self._files.recipe is not None:
                    # Accepted: it belongs to the run from now on.
                    write_atomically(self._files.recipe, event.recipe.to_json().encode())
            case RateChanged() | EpochAdded() | RepeatsDropped() if self._started is not None:
                self._started = self._started.after(event)
            case EpochEnded():
                self._epochs.append(event)
            case Finished():
                self._write_weights(event)
                if self._files.result is not None and self._started is not None:
                    write_result(self._started, self._epochs, self._files.result)
            case Stopped() if self._files.stopped_weights:
                self._write_weights(event)
        if self._journal is not None:
            self._journal.write(event)

    def _write_weights(self, event: Finished | Stopped) -> None:
        from lenet_gui.net.weights_file import save_weights

        network = _network(event.facts, event.weights)
        save_weights(network, self._files.weights, dict(event.facts))
        self._has_weights = True


def network_of_end(end: End) -> "Network | None":
    """The network that a training run ended with, in evaluation mode, owned by the caller.

    For a training run that failed it is that of its last update or, if that is unusable, of
    its last good checkpoint; None if there is neither. What is known about it is in the event's
    `facts`.

    Raises:
        UserError: the checkpoint cannot be read.
    """
    if end.weights is not None:
        return _network(end.facts, end.weights)
    if not isinstance(end, Failed) or end.checkpoint is None or not end.facts:
        return None
    from lenet_gui.training.checkpoint import load_checkpoint

    found = load_checkpoint(end.checkpoint)
    weights = {name: tensor.numpy() for name, tensor in found.weights.items()}
    return _network(end.facts, weights)


def _network(facts: Mapping[str, str], weights: Weights) -> "Network":
    from lenet_gui.training.snapshot import any_network_of

    return any_network_of(facts, weights)
