"""The losses of the paper (II-C) and of the README, and the posterior with a rubbish class."""

import math
from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

from lenet_gui.net.architecture import DEFAULT_J, Loss

LossFunction = Callable[[Tensor, Tensor], Tensor]
"""From (output [N, 10], right classes [N] int64) to the mean over the patterns, a scalar."""


def mean_distance_loss(distances: Tensor, target: Tensor) -> Tensor:
    """Eq. 8: the mean distance to the right code. distances [N, 10], target [N] int64."""
    return distances.gather(1, target[:, None]).mean()


def map_loss(
    distances: Tensor, target: Tensor, j: float = DEFAULT_J, temperature: float = 1.0
) -> Tensor:
    """Eq. 9: y_D + log(e^-j + sum_i e^-y_i), the mean over patterns; safe for large distances.

    Every distance, and j, is first divided by `temperature`. The paper has none, that is 1; a
    higher one requires wider gaps between the right distance and the others.

    Its floor is log(1 + e^(-j / temperature)), not 0, when y_D is 0 and the others are large.
    Assumption: j = 0.1; the paper gives no value. A target of 10 is the rubbish class, whose
    "distance" is j.
    """
    return functional.cross_entropy(_with_rubbish(-distances, j, temperature), target)


def cross_entropy_with_rubbish(logits: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy over eleven classes: logits [N, 10] and a rubbish class (10) at 0.

    It is Eq. 9 with the logits in place of the negative distances and j = 0.
    """
    return map_loss(-logits, target, 0.0)


def map_loss_floor(j: float, temperature: float = 1.0) -> float:
    """log(1 + e^(-j / temperature)): what Eq. 9 tends to for a perfect network."""
    return math.log1p(math.exp(-j / temperature))


def posterior(
    distances: Tensor, j: float = DEFAULT_J, temperature: float = 1.0
) -> tuple[Tensor, Tensor]:
    """The probabilities that follow from Eq. 9: of the ten digits [N, 10], of rubbish [N].

    p(i) = e^-y_i / (e^-j + sum e^-y), p(rubbish) = e^-j / (the same), with all of them divided
    by the temperature first.
    """
    shares = torch.softmax(_with_rubbish(-distances, j, temperature), dim=1)
    return shares[:, :-1], shares[:, -1]


def eleven_exponents(
    output: Tensor, loss: Loss, j: float = DEFAULT_J, temperature: float = 1.0
) -> Tensor:
    """What softmax turns into the posterior of ten digits and the rubbish class, [N, 11].

    Raises:
        ValueError: the loss has no rubbish class.
    """
    if loss is Loss.MAP:
        return _with_rubbish(-output, j, temperature)
    if loss is Loss.CROSS_ENTROPY_RUBBISH:
        return _with_rubbish(output, 0.0)
    raise ValueError(f"{loss} has no rubbish class")


def taught_loss(exponents: Tensor, target: Tensor, soft_target: Tensor, share: float) -> Tensor:
    """Cross-entropy to a target that is part label, part a teacher's posterior; the mean.

    Knowledge distillation (Hinton, Vinyals and Dean 2015), at the temperature that the exponents
    already have.

    Args:
        exponents: of `eleven_exponents`, [N, 11].
        target: right classes [N] int64 (10: rubbish).
        soft_target: a posterior [N, 11].
        share: of the soft_target, 0..1; the label has the rest.
    """
    by_label = functional.cross_entropy(exponents, target)
    return torch.lerp(by_label, functional.cross_entropy(exponents, soft_target), share)


def loss_function(loss: Loss, j: float = DEFAULT_J, temperature: float = 1.0) -> LossFunction:
    """The function of a loss; `j` and `temperature` matter only to Eq. 9."""
    if loss is Loss.MAP:
        return lambda output, target: map_loss(output, target, j, temperature)
    if loss is Loss.DISTANCE:
        return mean_distance_loss
    if loss is Loss.CROSS_ENTROPY_RUBBISH:
        return cross_entropy_with_rubbish
    return functional.cross_entropy


def _with_rubbish(exponents: Tensor, j: float, temperature: float = 1.0) -> Tensor:
    rubbish = exponents.new_full((exponents.shape[0], 1), -j)
    return torch.cat((exponents, rubbish), dim=1) / temperature
