"""What `lenet-gui train --seeds` shows: the lines of each run, and the results of all of them."""

import shlex
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from lenet_gui.cli.train_report import Report, say
from lenet_gui.errors import UserError
from lenet_gui.text.figures import percent, spans
from lenet_gui.training.described import Vocabulary
from lenet_gui.training.ending import RunFiles
from lenet_gui.training.events import Event, Finished, Stopped
from lenet_gui.training.many import Planned
from lenet_gui.training.problems import OtherRecipeError


class SeedsReport:
    """Tells of several training runs, each line with its seed before it.

    Args:
        planned: the training runs.
        alone: for each, the options that a command that takes it up by itself must have as well.
        out: where the weights go, by the name that stands for all.
        again: options that a command that takes them all up must have as well.
    """

    def __init__(
        self,
        planned: Sequence[Planned],
        alone: Sequence[Sequence[str]],
        out: Path,
        again: Sequence[str],
    ) -> None:
        self._planned = planned
        self._out = out
        self._again = again
        self._reports = [
            Report(one.files.weights, one.recipe, own, label=f"seed {one.recipe.seed}")
            for one, own in zip(planned, alone, strict=True)
        ]
        self._finished: dict[int, Finished] = {}
        self._failed: list[int] = []
        self._has_checkpoint = False
        self._open = ExitStack()

    def __enter__(self) -> Self:
        for report in self._reports:
            self._open.enter_context(report)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._open.close()

    def tell(self, place: int, outcome: Event | UserError) -> None:
        """Shows an event of the training at a place, or why it could not begin."""
        report = self._reports[place]
        try:
            if isinstance(outcome, UserError):
                raise outcome
            report.tell(outcome)
        except UserError as error:
            report.warn([_sentence(error)])
            self._failed.append(self._planned[place].recipe.seed)
        if isinstance(outcome, Finished):
            self._finished[place] = outcome
        if isinstance(outcome, Finished | Stopped):
            self._has_checkpoint |= outcome.checkpoint is not None

    @property
    def interrupted(self) -> bool:
        """Whether some were stopped, or not even begun."""
        return len(self._finished) + len(self._failed) < len(self._planned)

    def end(self) -> None:
        """Says what came of them all and, where they were interrupted, how to go on.

        Raises:
            UserError: some failed.
        """
        done, of = len(self._finished), len(self._planned)
        if self._finished:
            errors = [one.test.error for one in self._finished.values()]
            spread = f"{percent(min(errors))} to {percent(max(errors))}"
            mean = percent(sum(errors) / done)
            say(f"{done} of {of} seeds done: mean test error {mean}, {spread}")
        if self.interrupted and self._has_checkpoint:
            say("to continue those that are not done:", self._command())
        if self._failed:
            raise UserError(
                f"{len(self._failed)} of {of} training runs failed (seeds "
                f"{spans(self._failed)}): the reasons are given above."
            )

    def _command(self) -> str:
        """The command that takes all of them up; it begins those that have no checkpoint."""
        checkpoint = RunFiles.beside(self._out).checkpoint
        files = ["--resume", str(checkpoint), "--out", str(self._out)]
        return shlex.join(["lenet-gui", "train", *files, *self._again])


def _sentence(error: UserError) -> str:
    return error.text(Vocabulary.COMMAND) if isinstance(error, OtherRecipeError) else str(error)
