"""What a run leaves behind: a network of its own and what is known of it. No Qt."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.training.events import (
    EpochEnded,
    Event,
    Failed,
    Finished,
    Score,
    Started,
    Stopped,
    Weights,
)
from lenet_gui.training.recipe import Recipe

if TYPE_CHECKING:
    from lenet_gui.net.lenet5 import LeNet5


@dataclass(frozen=True)
class Result:
    """A network in evaluation mode on the CPU, and the facts for its weights file."""

    network: "LeNet5"
    facts: dict[str, str]


class Outcome:
    """Follows a run's events to know, at the end, what it reached."""

    def __init__(self) -> None:
        self.recipe: Recipe | None = None
        self.data_name = ""
        self.last: EpochEnded | None = None
        self.changes: tuple[str, ...] = ()  # what the recipe had been before it was taken up

    def add(self, event: Event) -> None:
        """Takes in an event."""
        if isinstance(event, Started):
            self.recipe, self.data_name = event.recipe, event.data_name
            self.changes = event.changes
            self.last = event.history[-1] if event.history else None
        elif isinstance(event, EpochEnded):
            self.last = event

    @property
    def test(self) -> Score | None:
        """On the test digits, at the end of the last whole epoch."""
        return self.last.test if self.last else None

    def result(self, event: Finished | Stopped | Failed) -> Result | None:
        """The weights at the end; of a failed run those of its last good checkpoint, if any.

        Raises:
            UserError: the checkpoint cannot be read.
        """
        if self.recipe is None:
            return None
        from lenet_gui.training.facts import facts_of_training
        from lenet_gui.training.snapshot import network_of

        if not isinstance(event, Failed):
            weights: Weights = event.weights
        elif event.checkpoint is None:
            return None
        else:
            weights = _weights_in(event.checkpoint)
        # Weights that were stopped in the middle of an epoch have not been evaluated.
        scored = None if isinstance(event, Stopped) else self.last
        facts = facts_of_training(
            self.recipe,
            self.data_name,
            self.last.epoch if self.last else 0,
            scored.train if scored else None,
            scored.test if scored else None,
            self.changes,
            event.answer_j if isinstance(event, Finished) else None,
        )
        return Result(network_of(self.recipe.variant, weights), facts)


def _weights_in(checkpoint: Path) -> Weights:
    from lenet_gui.training.checkpoint import load_checkpoint

    found = load_checkpoint(checkpoint)
    return {name: tensor.numpy() for name, tensor in found.weights.items()}
