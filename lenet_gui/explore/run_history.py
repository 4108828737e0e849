"""The history of a training run: its epochs' weights, and what each kernel learned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from lenet_gui.data.class_names import DIGIT_NAMES, class_names_of
from lenet_gui.explore.reading import Floats
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.layers import GEOMETRY, feeding_maps

LAYERS_WITH_KERNELS = ("C1", "C3")
"""The layers whose kernels are followed."""


@dataclass(frozen=True)
class KeptEpoch:
    """The weights at the end of an epoch, in a file; epoch 0 has the initial ones.

    `stamp` shows whether the file has changed (time and size). `weights` are "C1.weight" and
    "C3.weight", read-only. `is_checkpoint`: the file is not only of this epoch.
    """

    number: int
    file: Path
    stamp: tuple[int, int]
    facts: Mapping[str, str]
    weights: Mapping[str, Floats] = field(repr=False, compare=False)
    is_checkpoint: bool = False


@dataclass(frozen=True)
class RunHistory:
    """What is kept of a run: at least one epoch, in their order.

    `troubles`: a message for everything that is left out. `test_errors`: the share of wrong test
    digits, 0..1, by epoch, also of epochs that are left out; none is known of epoch 0. `answer_j`:
    the j of answers that the training calibrated at its end, "" if it did not. `changes`: what was
    changed during the training, and where it was resumed, in words, each with its place in epochs.
    """

    folder: Path
    variant: Variant
    epochs: tuple[KeptEpoch, ...]
    troubles: tuple[str, ...] = ()
    test_errors: Mapping[int, float] = field(default_factory=dict)
    answer_j: str = ""
    changes: tuple[tuple[float, str], ...] = ()

    @property
    def last(self) -> int:
        """The run's last epoch so far."""
        return max(self.epochs[-1].number, *self.test_errors, 0)

    @property
    def class_names(self) -> tuple[str, ...]:
        """What the outputs stand for: the digits, or the classes that were trained on."""
        told = (class_names_of(epoch.facts) for epoch in self.epochs)  # a checkpoint tells none
        return next((names for names in told if names != DIGIT_NAMES), DIGIT_NAMES)

    def calibration(self, epoch: KeptEpoch) -> Calibration:
        """When an epoch's answers are rejected: all by the j of the run's end, if it is known."""
        told = {"answer_j": self.answer_j} if self.answer_j else {}
        return calibration_of(self.variant, {**epoch.facts, **told})

    def nearest(self, number: int) -> int:
        """The place in `epochs` of the one nearest to an epoch."""
        return min(
            range(len(self.epochs)), key=lambda place: abs(self.epochs[place].number - number)
        )


@dataclass(frozen=True)
class KernelHistory:
    """The kernels of one map, or of all maps of C1, at every kept epoch.

    `map` is None for all of them. `numbers`: the epochs. `pairs`: for each kernel the map that it
    feeds and the map below that it reads, for C1 the input. `kernels` [epochs, pairs, 5, 5],
    `biases` [epochs, maps], float32.
    """

    layer: str
    map: int | None
    numbers: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    kernels: Floats
    biases: Floats

    @property
    def difference(self) -> Floats:
        """Last less first, [pairs, 5, 5]."""
        difference: Floats = self.kernels[-1] - self.kernels[0]
        return difference

    @property
    def limit(self) -> float:
        """The largest |weight| of all epochs."""
        return float(np.abs(self.kernels).max())

    @property
    def travel(self) -> float:
        """The root of the mean square of `difference`."""
        return float(np.sqrt(np.square(self.difference, dtype=np.float64).mean()))


def kernel_history(history: RunHistory, layer: str, number: int | None) -> KernelHistory:
    """How the kernels of a map of C1 or C3 changed; for C3 of the Original those of Table I's row.

    Without a number, those of all maps of C1, which have one kernel each.

    Raises:
        ValueError: there is no such map.
    """
    if number is None and layer == "C1":
        maps = range(GEOMETRY[layer].maps)
    elif number is not None and layer in LAYERS_WITH_KERNELS and 0 <= number < GEOMETRY[layer].maps:
        maps = range(number, number + 1)
    else:
        raise ValueError(f"there is no map {number} with kernels in {layer}")
    first = sum(len(feeding_maps(history.variant, layer, before)) for before in range(maps.start))
    pairs = tuple(
        (one, below) for one in maps for below in feeding_maps(history.variant, layer, one)
    )
    # For both variants and layers, kernels are stored map by map, and in a map source by source.
    rows = slice(first, first + len(pairs))
    kernels = [epoch.weights[f"{layer}.weight"].reshape(-1, 5, 5)[rows] for epoch in history.epochs]
    biases = [epoch.weights[f"{layer}.bias"][maps.start : maps.stop] for epoch in history.epochs]
    numbers = tuple(epoch.number for epoch in history.epochs)
    return KernelHistory(layer, number, numbers, pairs, np.stack(kernels), np.stack(biases))


def evenly(count: int, most: int, wanted: int) -> tuple[int, ...]:
    """At most `most` places of 0..count - 1: first and last, `wanted`, the others evenly between.

    Raises:
        ValueError: `most` is less than 3, or there is no place `wanted`.
    """
    if most < 3 or not 0 <= wanted < count:
        raise ValueError(f"{most} places of {count} with {wanted} is not possible")
    if count <= most:
        return tuple(range(count))
    places = {round(step * (count - 1) / (most - 1)) for step in range(most)}
    if wanted not in places:
        inner = places - {0, count - 1}
        places = places - {min(inner, key=lambda place: abs(place - wanted))} | {wanted}
    return tuple(sorted(places))
