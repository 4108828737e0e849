"""When an answer is withheld: what a weights file says of it, or what is usual. No torch."""

from collections.abc import Mapping
from dataclasses import dataclass

from lenet_gui.net.architecture import (
    ANSWER_J,
    LARGEST_J,
    LEAST_MARGIN,
    LOSSES,
    RUBBISH_LOSSES,
    Loss,
    Variant,
)


@dataclass(frozen=True)
class Calibration:
    """What decides whether a network answers or abstains; it changes no output.

    `j` is the rubbish class's constant in the posterior that answers are shown with, None for a
    network without that class (Eq. 8, plain cross-entropy). The best digit is less probable than
    rubbish when its distance exceeds j (Original) or its logit lies below -j (Modern).
    `least_margin`: a runner-up nearer than this, in distance or logits, is too near; 0 for never.
    """

    j: float | None
    least_margin: float = 0.0


def loss_of(variant: Variant, facts: Mapping[str, str]) -> Loss:
    """The loss that the weights were trained with, or their variant's usual one."""
    usual = LOSSES[variant]
    return next((loss for loss in usual if loss == facts.get("loss")), usual[0])


def calibration_of(variant: Variant, facts: Mapping[str, str]) -> Calibration:
    """The calibration that facts of weights give as "answer_j" and "least_margin".

    What they do not give is the variant's usual value. Whether there is a rubbish class follows
    from the loss of the training.

    Raises:
        ValueError: a value is no number in its range; the text says which, and the range.
    """
    # A distance is never negative, a logit may be: -j is where the Modern's rubbish class lies.
    lowest = 0.0 if variant is Variant.ORIGINAL else -LARGEST_J
    j = _number(facts, "answer_j", "j of answers", ANSWER_J[variant], lowest)
    margin = _number(facts, "least_margin", "least margin", LEAST_MARGIN[variant], 0.0)
    return Calibration(j if loss_of(variant, facts) in RUBBISH_LOSSES else None, margin)


def _number(facts: Mapping[str, str], name: str, told: str, usual: float, lowest: float) -> float:
    if name not in facts:
        return usual
    try:
        number = float(facts[name])
    except ValueError:
        number = float("nan")
    if not lowest <= number <= LARGEST_J:
        raise ValueError(
            f"gives its {told} ({name}) as {facts[name][:40]!r}, which is no number from "
            f"{lowest:g} to {LARGEST_J:g}"
        )
    return number
