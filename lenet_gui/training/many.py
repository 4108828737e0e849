"""Several trainings of one kind: none takes another one along, however it ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lenet_gui.data.digits import DigitSets
from lenet_gui.errors import UserError
from lenet_gui.training.control import Control
from lenet_gui.training.ending import RunFiles, train_and_keep
from lenet_gui.training.events import Event
from lenet_gui.training.recipe import Recipe


@dataclass(frozen=True)
class Planned:
    """A training that is to come: what to do, where it is kept, and a checkpoint to go on from."""

    recipe: Recipe
    files: RunFiles
    resume: Path | None = None


def train_many(
    planned: Sequence[Planned],
    digits: DigitSets,
    control: Control,
    *,
    threads: int | None = None,
) -> Iterator[tuple[int, Event | UserError]]:
    """Trains and keeps each as `train_and_keep` does, one after the other.

    Args:
        planned: whose recipes differ in their seeds alone.
        digits: both sets of the recipes' data.
        control: stop, pause, resume and follow, of all of them; after a stop none begins.
        threads: of torch.

    Yields:
        the place of a training in `planned`, with an event of it; or with the error for which it
        could not even begin.
    """
    for place, one in enumerate(planned):
        if control.stopping:
            return
        try:
            for event in train_and_keep(
                one.recipe, digits, one.files, control, resume=one.resume, threads=threads
            ):
                yield place, event
        except UserError as error:
            yield place, error
