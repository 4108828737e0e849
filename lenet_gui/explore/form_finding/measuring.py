"""Tries the forms that an imported network may have on test digits."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import torch
from torch.nn import functional

from lenet_gui.data.digits import Digits
from lenet_gui.explore.form_finding.finding import READS, FormFinding, MeasuredForm
from lenet_gui.net.architecture import INPUT_SIDE
from lenet_gui.net.lenet5 import ModernLeNet5
from lenet_gui.net.modern_form import ModernForm
from lenet_gui.net.weights_import.partial_form import PartialForm
from lenet_gui.net.weights_import.reading import ImportedWeights
from lenet_gui.training.metrics import outputs_of

DIGITS: Final = 2_000
"""So many test digits tell the forms apart."""

ROUNDS: Final = ((200, 0.15), (600, 0.05))
"""After so many digits the forms are given up that read so much less of them than the best.

Assumption: several times what chance makes of a share of 200 or 600 digits.
"""

KEPT_OF_BAD: Final = 4
"""Where even the best form reads less than `READS`, only so many are tried further."""

_AT_ONCE = 500


def measure(
    imported: ImportedWeights,
    digits: Digits,
    said: PartialForm | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> FormFinding:
    """Which member of the family reads most of the digits.

    Args:
        imported: a Modern.
        digits: at most `DIGITS` are taken, mixed (they may lie by classes); at least one.
        said: what is known of the form; without it what the file says.
        progress: called before each form with how far it is, in how much; may raise to end it.
    """
    said = imported.said if said is None else said
    mixed = np.random.default_rng(0).permutation(len(digits))
    digits = digits.select(mixed[:DIGITS])
    trials = [_Trial(imported, form) for form in said.members()]
    given_up: list[_Trial] = []
    forms = len(trials)
    for place, (until, apart) in enumerate((*ROUNDS, (DIGITS, 0.0))):
        for number, trial in enumerate(trials):
            if progress is not None:
                done = place * forms + number * forms // len(trials)
                progress(done, (len(ROUNDS) + 1) * forms)
            trial.read(digits, until)
        if until < DIGITS:
            hopeful = _hopeful(trials, apart)
            given_up += [trial for trial in trials if trial not in hopeful]
            trials = hopeful
    measured = tuple(trial.measured for trial in (*trials, *given_up))
    found = FormFinding(said, measured, digits.name)
    if not found.reads:
        return found
    best = next(trial for trial in trials if trial.form == found.best.form)
    return replace(found, enlarged=best.on_enlarged(digits))


class _Trial:
    """One form, and how it has done so far."""

    def __init__(self, imported: ImportedWeights, form: ModernForm) -> None:
        self.form = form
        self._network = ModernLeNet5(form)
        weights = {name: torch.tensor(one) for name, one in imported.arrays.items()}
        self._network.load_state_dict(weights)
        self._network.eval()
        self._right, self._read, self._loss = 0, 0, 0.0

    @property
    def measured(self) -> MeasuredForm:
        loss = self._loss / self._read
        finite = min(_LARGEST_LOSS, loss)
        return MeasuredForm(self.form, self._right, self._read, finite)

    def read(self, digits: Digits, until: int) -> None:
        """Goes on up to the digit with this number."""
        until = min(until, len(digits))
        while self._read < until:
            some = slice(self._read, min(self._read + _AT_ONCE, until))
            right, loss = self._compared(
                outputs_of(self._network, digits.images[some]), digits, some
            )
            self._right += right
            self._loss += loss
            self._read = some.stop

    def on_enlarged(self, digits: Digits) -> MeasuredForm:
        """How it does on the same digits enlarged to the whole input instead of padded."""
        background, ink, _ = self._network.kind.input_values
        right, loss = 0, 0.0
        for start in range(0, self._read, _AT_ONCE):
            some = slice(start, min(start + _AT_ONCE, self._read))
            images = torch.tensor(digits.images[some, None]).float() / 255
            values = functional.interpolate(images, (INPUT_SIDE,) * 2, mode="bilinear")
            with torch.inference_mode():
                output = self._network(background + values * (ink - background)).output
            more = self._compared(output, digits, some)
            right, loss = right + more[0], loss + more[1]
        return MeasuredForm(self.form, right, self._read, min(_LARGEST_LOSS, loss / self._read))

    def _compared(self, output: torch.Tensor, digits: Digits, some: slice) -> tuple[int, float]:
        """How many outputs are right, and the sum of the losses."""
        labels = torch.tensor(digits.labels[some]).long()
        right = int((self._network.scores(output).argmax(dim=1) == labels).sum())
        return right, float(functional.cross_entropy(output, labels, reduction="sum"))


_LARGEST_LOSS = 1e9
"""Stands for infinity, and for what is no number."""


def _hopeful(trials: list[_Trial], apart: float) -> list[_Trial]:
    best_first = sorted(trials, key=_inaccuracy)
    most = best_first[0].measured.accuracy
    if most < READS:
        return best_first[:KEPT_OF_BAD]
    return [trial for trial in trials if trial.measured.accuracy >= most - apart]


def _inaccuracy(trial: _Trial) -> float:
    return -trial.measured.accuracy
