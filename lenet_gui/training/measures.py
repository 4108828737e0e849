"""When SDLM measures its curvatures, and on what."""

from lenet_gui.net.curvature import curvatures
from lenet_gui.net.lenet5 import OriginalLeNet5
from lenet_gui.training.batches import Batches
from lenet_gui.training.events import StepSizes
from lenet_gui.training.recipe import Recipe
from lenet_gui.training.sdlm import SDLM
from lenet_gui.training.step_sizes import step_sizes


class Measures:
    """Measures the curvatures before each epoch and, in the first, several times during it.

    In the first epoch a network leaves the flat region where it started: curvatures measured there
    are far too small soon after, and the updates so large that units saturate for good.
    """

    def __init__(
        self, recipe: Recipe, network: OriginalLeNet5, optimiser: SDLM, batches: Batches
    ) -> None:
        self._recipe = recipe
        self._network = network
        self._optimiser = optimiser
        self._batches = batches

    def part(self, epoch: int, step: int) -> int | None:
        """Which measure of an epoch, from 0, is due before its step (from 0); None: none."""
        measures = self._recipe.first_epoch_measures if epoch == 1 else 1
        part = -(-step * measures // len(self._batches))
        return part if step == part * len(self._batches) // measures < len(self._batches) else None

    def measure(self, epoch: int, part: int) -> StepSizes:
        """Sets the optimiser's curvatures from a separate sample."""
        inputs = self._batches.sample(epoch, self._recipe.curvature_digits, part)
        found = curvatures(self._network, inputs)
        self._optimiser.set_curvature(list(found.values()))
        return step_sizes(epoch, self._optimiser, list(found), len(inputs))
