"""The verdict of a reading: a digit, or "not a digit", or undecided between two."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from lenet_gui.data.class_names import none_of
from lenet_gui.net.architecture import Variant
from lenet_gui.text.figures import figure, short, told_apart, upper_first

if TYPE_CHECKING:
    from lenet_gui.explore.reading import Reading


class Outcome(StrEnum):
    """What a network says of a drawing."""

    DIGIT = "digit"
    NOT_A_DIGIT = "not a digit"  # the rubbish class is more probable than the best digit
    UNDECIDED = "undecided"  # the runner-up is too near


@dataclass(frozen=True)
class Verdict:
    """The verdict of a reading.

    `headline`: only the digit, "Not a digit" ("None of these",
    if the classes are no digits), or "Undecided: 3 or 5". `why`: the two halves of a
    sentence that explains why there is no answer, and `otherwise` the sentence that says what it
    would have been; empty if there is an answer.
    """

    outcome: Outcome
    headline: str
    why: tuple[str, ...] = ()
    otherwise: str = ""

    @property
    def abstains(self) -> bool:
        """Whether the answer is not a digit."""
        return self.outcome is not Outcome.DIGIT

    @property
    def reason(self) -> str:
        """Why the answer is not a digit, in one sentence; empty if it is."""
        return " ".join(self.why)


def verdict_of(reading: "Reading") -> Verdict:
    """Judges a reading by its calibration: rubbish first, then the margin."""
    j, least = reading.calibration.j, reading.calibration.least_margin
    best, next_best = reading.answer_name, reading.runner_up_name
    output = float(reading.output[reading.answer])
    original = reading.variant is Variant.ORIGINAL
    # Compared as outputs, not as probabilities, which may both be almost 0. Equal is a digit.
    if j is not None and (output if original else -output) > j:
        given, limit = _beside_limit(output, j if original else -j)
        none = none_of(reading.class_names)
        why = (
            (f"The nearest code is {given} away;", f"beyond {limit} it is {none}.")
            if original
            else (f"The largest logit is {given};", f"below {limit} it is {none}.")
        )
        otherwise = f"It would be {best}, runner-up {next_best}."
        return Verdict(Outcome.NOT_A_DIGIT, upper_first(none), why, otherwise)
    if reading.margin < least:
        given, limit = _beside_limit(reading.margin, least)
        why = (
            f"{best} and {next_best} are almost equally {'near' if original else 'likely'}:",
            f"margin {given}, at least {limit} is required.",
        )
        headline = f"Undecided: {best} or {next_best}"
        return Verdict(Outcome.UNDECIDED, headline, why, f"It would be {best}.")
    return Verdict(Outcome.DIGIT, best)


def _beside_limit(value: float, limit: float) -> tuple[str, str]:
    """A value and the limit that it has passed, so that they never read alike."""
    return told_apart((value, limit), 2, figure)[0], short(limit)
