"""Reads disturbed inputs with networks: one at a time, or a whole sweep."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.explore.dials import Dial
from lenet_gui.explore.disturbance import Disturbance
from lenet_gui.explore.movable_ink import MovableInk
from lenet_gui.explore.reader import shares
from lenet_gui.explore.reading import Floats
from lenet_gui.explore.sweep import Answers, Sweep
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.lenet5 import LeNet5


@dataclass(frozen=True)
class Reader:
    """A network with its name, its calibration, and what its outputs stand for."""

    name: str
    network: LeNet5
    calibration: Calibration
    class_names: tuple[str, ...] = DIGIT_NAMES

    def read(self, inks: Floats) -> Answers:
        """What it answers to `inks` [n, 32, 32], 0..1, in one batch."""
        x = self.network.kind.scaled(torch.tensor(inks)[:, None])
        with torch.inference_mode():
            output = self.network(x).output
            best = self.network.scores(output).topk(2, dim=1)
            probabilities, _ = shares(self.network.variant, output, self.calibration)
        top = best.values.numpy().astype(np.float64)
        rejected = top[:, 0] - top[:, 1] < self.calibration.least_margin
        if self.calibration.j is not None:  # minus a distance, or a logit: see `explore.verdict`
            rejected |= top[:, 0] < -self.calibration.j
        arrays = (
            output.numpy().copy(),
            probabilities.numpy().copy(),
            best.indices[:, 0].numpy().astype(np.intp),
            rejected,
        )
        for array in arrays:
            array.flags.writeable = False
        return Answers(self.name, self.network.variant, *arrays, self.class_names)


def sweep(
    ink: MovableInk,
    base: Disturbance,
    dial: Dial,
    readers: Sequence[Reader],
    progress: Callable[[int, int], None] | None = None,
) -> Sweep:
    """The answers of all networks over a whole dial, with the other dials as in `base`.

    Each network reads one batch. `progress` is called with the inputs painted and of all, before
    each one; what it raises ends the work, and nothing is kept.
    """
    wanted = len(dial.values)
    inks = np.empty((wanted, 32, 32), np.float32)
    for place in range(wanted):
        if progress is not None:
            progress(place, wanted)
        inks[place] = ink.disturbed(dial.set(base, place))
    undisturbed = ink.disturbed(Disturbance())[None]
    answers, own = [], []
    for reader in readers:
        if progress is not None:
            progress(wanted, wanted)
        answers.append(reader.read(inks))
        own.append(int(reader.read(undisturbed).answers[0]))
    return Sweep(dial, base, tuple(answers), tuple(own))
