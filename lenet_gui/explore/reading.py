"""The reading of one digit by a network: every activation, the answer, and how sure. No torch."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.net.architecture import Variant
from lenet_gui.net.calibration import Calibration
from lenet_gui.net.layers import GEOMETRY, INPUT, OUTPUT, Unit, middle_of
from lenet_gui.net.modern_form import README_FORM, ModernForm
from lenet_gui.net.network_kind import NetworkKind
from lenet_gui.short_repr import ShortRepr

Floats = NDArray[np.float32]


@dataclass(frozen=True, repr=False)
class Reading(ShortRepr):
    """One digit as a network reads it; arrays are float32, C-contiguous and not writeable.

    `input` [32, 32] in the network's range. `activations` by layer: C1 [6, 28, 28],
    S2 [6, 14, 14], C3 [16, 10, 10], S4 [16, 5, 5], C5 [120], F6 [84]. `output` [10]: distances
    (Original, the smallest wins) or logits (Modern, the largest). `probabilities` [10]: the
    posterior that follows from Eq. 9 (the Modern's with logits in place of negative distances),
    or the softmax of a network without a rubbish class. `rubbish`: that class's posterior, None
    where there is none. `answer`: the best digit, even if the network abstains:
    `explore.verdict` says whether. `margin`: how far the runner-up is behind the answer, in
    distance or logits, never negative. `calibration`: that of the posterior and the verdict.
    `form`: which member of the Modern's family the network is. `class_names` [10]: what the outputs
    stand for, "0" to "9" or the classes of another data set.
    """

    variant: Variant
    input: Floats
    activations: dict[str, Floats]
    output: Floats
    probabilities: Floats
    rubbish: float | None
    answer: int
    runner_up: int
    margin: float
    calibration: Calibration
    form: ModernForm = README_FORM
    class_names: tuple[str, ...] = DIGIT_NAMES

    @property
    def kind(self) -> NetworkKind:
        """What the formulas of its network depend on."""
        return NetworkKind(self.variant, self.form)

    @property
    def answer_name(self) -> str:
        """What the answer is called: "7", "ankle boot"."""
        return self.class_names[self.answer]

    @property
    def runner_up_name(self) -> str:
        """What the runner-up is called."""
        return self.class_names[self.runner_up]

    def values(self, layer: str) -> Floats:
        """A layer's values by map: [maps, rows, columns], or [maps] if a map is one unit."""
        if layer == INPUT:
            return self.input[None]
        return self.output if layer == OUTPUT else self.activations[layer]

    def pictures(self, layer: str) -> Floats:
        """A layer's values as it is shown: [pictures, rows, columns]."""
        geometry = GEOMETRY[layer]
        return self.values(layer).reshape(geometry.pictures, geometry.rows, geometry.columns)

    def value(self, unit: Unit) -> float:
        """The value of one unit."""
        found = self.values(unit.layer)[unit.map]
        return float(found[unit.row, unit.column] if found.ndim else found)


def reading_of(
    kind: NetworkKind,
    x: Floats,
    activations: Mapping[str, Floats],
    output: Floats,
    calibration: Calibration,
    class_names: tuple[str, ...] = DIGIT_NAMES,
) -> Reading:
    """The reading of one forward pass; its arrays are frozen.

    Args:
        kind: of the network.
        x: the input [32, 32].
        activations: by layer, in the shapes of `Reading`; float32 and C-contiguous, as all are.
        output: [10].
        calibration: when its answers are rejected.
        class_names: what its outputs stand for.
    """
    scores = -output if kind.is_original else output
    answer, runner_up = (int(digit) for digit in np.argsort(-scores, kind="stable")[:2])
    probabilities, rubbish = _shares(scores, calibration)
    for array in (x, output, probabilities, *activations.values()):
        array.flags.writeable = False
    return Reading(
        variant=kind.variant,
        form=kind.form,
        input=x,
        activations=dict(activations),
        output=output,
        probabilities=probabilities,
        rubbish=rubbish,
        answer=answer,
        runner_up=runner_up,
        margin=float(scores[answer] - scores[runner_up]),
        calibration=calibration,
        class_names=class_names,
    )


def first_unit(layer: str, reading: Reading | None) -> Unit:
    """The unit that is shown first of a layer: of the output the answer's, else its middle one."""
    if layer == OUTPUT and reading is not None:
        return Unit(OUTPUT, reading.answer)
    return middle_of(layer)


def _shares(scores: Floats, calibration: Calibration) -> tuple[Floats, float | None]:
    """The posterior that follows from Eq. 9 of the digits [10], and of rubbish."""
    exponents = scores.astype(np.float64)
    if calibration.j is not None:
        exponents = np.append(exponents, -calibration.j)
    with np.errstate(over="ignore", invalid="ignore"):
        exponents /= calibration.temperature
        raised = np.exp(exponents - exponents.max())
        shares = raised / raised.sum()
    digits = shares[: len(scores)].astype(np.float32)
    return digits, None if calibration.j is None else float(np.float32(shares[-1]))
