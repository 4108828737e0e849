"""What `lenet-gui train` shows while it runs."""

import shlex
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Never, Self

from tqdm import tqdm

from lenet_gui.cli.streams import complain
from lenet_gui.errors import UserError
from lenet_gui.net.architecture import name_of
from lenet_gui.printable import printable
from lenet_gui.text.figures import counted, never_zero, percent
from lenet_gui.training.device_choice import DRAWN_THERE, device_text
from lenet_gui.training.events import (
    EpochAdded,
    EpochEnded,
    Event,
    Failed,
    Finished,
    RateChanged,
    Score,
    Started,
    StepStatistics,
    Stopped,
)
from lenet_gui.training.recipe import FIELDS, Recipe

UNCHECKED = "its checkpoint is of an earlier version and has no checksum, so it is unchecked"


class Report:
    """Turns events into lines on stdout and a bar on stderr (on a terminal alone).

    Args:
        out: where the weights go.
        recipe: how they come to be.
        again: options that a command that goes on from the checkpoint must have as well.
        label: of this training run among others, before every line; how to go on after a stop is
            then told of all of them and not here.
    """

    def __init__(
        self, out: Path, recipe: Recipe, again: Sequence[str] = (), label: str = ""
    ) -> None:
        self._out = out
        self._recipe = recipe
        self._again = again
        self._label = f"{label}: " if label else ""
        self._started: Started | None = None
        self._bar: tqdm[Never] | None = None
        self.interrupted = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close_bar()

    def tell(self, event: Event) -> None:
        """Shows one event.

        Raises:
            UserError: the event is a `Failed`.
        """
        match event:
            case Started():
                self._started = event
                self._begin(event)
            case StepStatistics():
                self._move(event)
            case EpochEnded():
                self._say(_epoch_line(event))
            case RateChanged() | EpochAdded():
                self._adjust(event)
            case Finished():
                self._finish(event)
            case Stopped():
                self._stop(event)
            case Failed():
                self.warn(event.remarks)
                raise UserError(self._failure(event))

    def warn(self, sentences: Sequence[str]) -> None:
        """Writes sentences to stderr."""
        with tqdm.external_write_mode(file=sys.stderr):
            for sentence in sentences:
                complain(f"{self._label}{sentence}")

    def _begin(self, event: Started) -> None:
        rubbish = event.patterns_per_epoch - event.training_digits
        beside = f" and {rubbish:,} non-digit pictures" if rubbish else ""
        if event.recipe.teachers_share:
            beside += f", {100 * event.recipe.teachers_share:g} % taught by {event.recipe.teachers}"
        most = "up to " if event.follows_load else ""
        name = name_of(event.recipe.architecture, event.recipe.variant)
        self._say(
            f"{name}, {event.parameters:,} parameters, recipe "
            f"{event.recipe.name}: {counted(event.epochs, 'epoch')} of {event.training_digits:,} "
            f"digits ({event.data_name}){beside}, {_distorted(event.recipe)}, on "
            f"{device_text(event.device, event.device_reason)} with {most}"
            f"{counted(event.threads, 'thread')}"
        )
        if event.draws_there:
            self._say(DRAWN_THERE)
        done = event.resumed_from_epoch or 0
        if event.resumed_from_epoch is not None:
            before = f" ({'; '.join(event.changes)})" if event.changes else ""
            unchecked = f"; {UNCHECKED}" if event.resumed_unchecked else ""
            self._say(f"continuing after epoch {done}{before}{unchecked}")
        if event.repeats:
            again = "; ".join(f"{one.mark} in epoch {one.epoch}" for one in event.repeats)
            self._say(f"what was changed after that is changed again: {again}")
        self._bar = tqdm(
            total=event.epochs * event.patterns_per_epoch,
            initial=done * event.patterns_per_epoch,
            unit=" digits",
            unit_scale=True,
            disable=None,
            dynamic_ncols=True,
        )

    def _adjust(self, event: RateChanged | EpochAdded) -> None:
        if self._started is None:
            return
        self._started = self._started.after(event)
        self._say(f"{event.mark}, from batch {event.batch} of epoch {event.epoch}")
        if self._bar is not None:
            self._bar.total = self._started.epochs * self._started.patterns_per_epoch

    def _move(self, event: StepStatistics) -> None:
        if self._bar is not None:
            self._bar.set_description(f"epoch {event.epoch} of {event.epochs}", refresh=False)
            self._bar.set_postfix_str(
                f"loss {never_zero(event.loss, 4)}, {percent(event.accuracy, 1)}", refresh=False
            )
            self._bar.update(event.digits_seen - self._bar.n)

    def _finish(self, event: Finished) -> None:
        self._close_bar()
        told = f"done in {event.seconds:.0f} s"
        if event.learned:
            told += f": test error {_error(event.test)}"
        else:
            told += (
                f", but it learned nothing: test error {_error(event.test)}, no better than giving "
                f"the same answer every time; try a smaller {FIELDS['learning_rate'].option} than "
                f"{self._rate:g}, or more epochs"
            )
        self._say(f"{told}; weights in {self._out}")
        self.warn(event.remarks)

    def _stop(self, event: Stopped) -> None:
        self._close_bar()
        self.interrupted = True
        self.warn(event.remarks)
        if event.checkpoint is None:
            self._say(f"stopped in epoch {event.epoch}, before the first checkpoint")
            return
        told = f"stopped in epoch {event.epoch}; the checkpoint of epoch {event.checkpoint_epoch} "
        if self._label:
            self._say(f"{told}is kept")
        else:
            self._say(f"{told}is kept; to continue from it:", self._command(event.checkpoint))

    def _failure(self, event: Failed) -> str:
        """The sentence, with where what was learned is kept, and how to go on."""
        told = event.sentence.removesuffix(".")
        if event.is_unsaved:
            told += f"; {self._rescued(event)}"
        elif event.kept_in not in (None, event.checkpoint):
            told += f"; the weights are in {event.kept_in}"
        if event.checkpoint is None:
            return f"{told}."
        slower = []
        if event.diverged:  # the sentence has named the checkpoint
            slower = [FIELDS["learning_rate"].option, f"{self._rate / 10:.3g}"]
        else:
            told += f"; the checkpoint {event.checkpoint} is kept"
        return f"{told}; to continue from it: {self._command(event.checkpoint, slower)}"

    @property
    def _rate(self) -> float:
        """The learning rate, in the recipe's unit, that it has come to."""
        return self._started.rate if self._started else self._recipe.learning_rate

    def _rescued(self, event: Failed) -> str:
        """Finds another place for what was learned, and says which."""
        from lenet_gui.training.rescue import rescue

        unfinished = f"the network as it was in epoch {event.epoch}"
        what = "the trained network" if event.is_complete else unfinished
        found = rescue(event, self._started, self._out) if self._started else None
        if found is None:
            return f"{what} could not be kept at any other place either"
        told = f"{what} is kept as {found.weights}"
        return f"{told}, its result as {found.result}" if found.result else told

    def _command(self, checkpoint: Path, changes: Sequence[str] = ()) -> str:
        """The command that goes on from a checkpoint."""
        files = ["--resume", str(checkpoint), "--out", str(self._out)]
        return shlex.join(["lenet-gui", "train", *files, *changes, *self._again])

    def _say(self, line: str, *more: str) -> None:
        say(f"{self._label}{line}", *more)

    def _close_bar(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def say(*lines: str) -> None:
    """Writes lines to stdout, past the bars."""
    # Flushed for readers of a pipe. One that has gone away (`| head`) or is full does not cost the
    # training its weights.
    with tqdm.external_write_mode(), suppress(OSError):
        print(*map(printable, lines), sep="\n", flush=True)


def _distorted(recipe: Recipe) -> str:
    if recipe.distortions is None:
        return "no distortions"
    return "affine distortions" if recipe.distortions.is_affine else "distortions"


def _epoch_line(event: EpochEnded) -> str:
    parts = [
        f"epoch {event.epoch:>{len(str(event.epochs))}} of {event.epochs}",
        f"train {never_zero(event.train.loss, 4)} {percent(event.train.accuracy)}",
        (
            f"test {never_zero(event.test.loss, 4)} {percent(event.test.accuracy)} "
            f"({event.test.errors} wrong)"
        ),
    ]
    if event.validation is not None:
        loss, accuracy = event.validation.loss, event.validation.accuracy
        parts.append(f"validation {never_zero(loss, 4)} {percent(accuracy)}")
    return " · ".join([*parts, f"{event.seconds:.1f} s"])


def _error(score: Score) -> str:
    return f"{percent(score.error)} ({score.errors} of {score.digits:,})"
