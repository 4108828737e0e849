"""What a network makes of one digit: every activation, the answer, and how sure it is."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from lenet_gui.data.input_range import to_input
from lenet_gui.net.architecture import INPUT_RANGE, Variant
from lenet_gui.net.calibration import Calibration, calibration_of
from lenet_gui.net.lenet5 import LeNet5
from lenet_gui.net.losses import posterior

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Reading:
    """One digit as a network reads it; arrays are float32, C-contiguous and not writeable.

    `input` [32, 32] in the variant's range. `activations` by layer: C1 [6, 28, 28],
    S2 [6, 14, 14], C3 [16, 10, 10], S4 [16, 5, 5], C5 [120], F6 [84]. `output` [10]: distances
    (Original, the smallest wins) or logits (Modern, the largest). `probabilities` [10]: the
    posterior that follows from Eq. 9 (the Modern's with logits in place of negative distances),
    or the softmax of a network without a rubbish class. `rubbish`: that class's posterior, None
    where there is none. `answer`: the best digit, also where the network would rather abstain:
    `explore.verdict` says whether. `margin`: how far the runner-up lies behind the answer, in
    distance or logits, never negative. `calibration`: what the posterior and the verdict follow.
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


def read_digit(network: LeNet5, image: Floats, calibration: Calibration | None = None) -> Reading:
    """Reads `image` [28, 28], ink 0..1, with `network`; without a calibration, the usual one."""
    if calibration is None:
        calibration = calibration_of(network.variant, {})
    background, ink = INPUT_RANGE[network.variant]
    with torch.inference_mode():
        x = to_input(image, background, ink)
        passed = network(x)
        scores = network.scores(passed.output)[0]
        digits, rubbish = _shares(network.variant, passed.output, calibration)
        best = torch.topk(scores, 2)
    answer, runner_up = (int(i) for i in best.indices)
    return Reading(
        variant=network.variant,
        input=_frozen(x[0, 0]),
        activations={name: _frozen(maps[0]) for name, maps in passed.activations.items()},
        output=_frozen(passed.output[0]),
        probabilities=_frozen(digits[0]),
        rubbish=rubbish,
        answer=answer,
        runner_up=runner_up,
        margin=float(best.values[0] - best.values[1]),
        calibration=calibration,
    )


def _shares(
    variant: Variant, output: torch.Tensor, calibration: Calibration
) -> tuple[torch.Tensor, float | None]:
    """The probabilities [1, 10] of the digits, and that of rubbish where there is such a class."""
    distances = output if variant is Variant.ORIGINAL else -output
    if calibration.j is None:
        return torch.softmax(-distances / calibration.temperature, dim=1), None
    digits, rubbish = posterior(distances, calibration.j, calibration.temperature)
    return digits, float(rubbish[0])


def _frozen(tensor: torch.Tensor) -> Floats:
    """A copy of its own; C5's [120, 1, 1] becomes [120]."""
    if tensor.shape[-2:] == (1, 1):
        tensor = tensor.flatten()
    array = np.array(tensor.numpy(), dtype=np.float32, order="C", copy=True)
    array.flags.writeable = False
    return array
