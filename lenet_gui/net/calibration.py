"""When a drawing is rejected: from a weights file, or the default. No torch."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from lenet_gui.net.architecture import (
    ANSWER_J,
    DEFAULT_J,
    LARGEST_J,
    LARGEST_TEMPERATURE,
    LEAST_MARGIN,
    LOSSES,
    RUBBISH_LOSSES,
    Loss,
    Variant,
)

ANSWERED: Final = 0.999
"""The share of digits that training never saw and that a measured j of answers accepts.

Assumption.
"""


@dataclass(frozen=True)
class Calibration:
    """What decides whether a network answers or abstains; it changes no output.

    `j` is the rubbish class's constant in the posterior that answers are shown with, None for a
    network without that class (Eq. 8, plain cross-entropy). The best digit is less probable than
    rubbish when its distance exceeds j (Original) or its logit lies below -j (Modern).
    `least_margin`: a runner-up nearer than this, in distance or logits, is too near; 0 for never.
    `temperature`: what the distances and j of the posterior are divided by, that of the training.
    """

    j: float | None
    least_margin: float = 0.0
    temperature: float = 1.0


def loss_of(variant: Variant, facts: Mapping[str, str]) -> Loss:
    """The loss that the weights were trained with, or their variant's default."""
    usual = LOSSES[variant]
    return next((loss for loss in usual if loss == facts.get("loss")), usual[0])


def calibration_of(variant: Variant, facts: Mapping[str, str]) -> Calibration:
    """The calibration that facts give as "answer_j", "least_margin" and "temperature".

    For what they do not give, the variant's default is used; j of the Original is not smaller than
    in its training. Whether there is a rubbish class follows from the loss of the training.

    Raises:
        ValueError: a value is not a number in its range; the text says which, and the range.
    """
    trained_with = j_of_training(facts)
    temperature = _number(
        facts, "temperature", "temperature", 1.0, (1 / LARGEST_TEMPERATURE, LARGEST_TEMPERATURE)
    )
    # A distance is never negative, a logit may be: -j is where the Modern's rubbish class lies.
    original = variant is Variant.ORIGINAL
    usual = max(ANSWER_J[variant], trained_with) if original else ANSWER_J[variant]
    limits = (0.0 if original else -LARGEST_J, LARGEST_J)
    j = _number(facts, "answer_j", "j of answers", usual, limits)
    margin = _number(facts, "least_margin", "least margin", LEAST_MARGIN[variant], (0.0, LARGEST_J))
    knows_rubbish = loss_of(variant, facts) in RUBBISH_LOSSES
    return Calibration(j if knows_rubbish else None, margin, temperature)


def j_of_training(facts: Mapping[str, str]) -> float:
    """Eq. 9's constant in training, if the facts give it; otherwise the default.

    Raises:
        ValueError: it is not a number in its range.
    """
    return _number(facts, "j", "rubbish constant", DEFAULT_J, (0.0, LARGEST_J))


def _number(
    facts: Mapping[str, str], name: str, told: str, usual: float, limits: tuple[float, float]
) -> float:
    if name not in facts:
        return usual
    try:
        number = float(facts[name])
    except ValueError:
        number = float("nan")
    lowest, highest = limits
    if not lowest <= number <= highest:  # not true of NaN
        raise ValueError(
            f"gives its {told} ({name}) as {facts[name][:40]!r}, which is not a number from "
            f"{lowest:g} to {highest:g}"
        )
    return number
