"""What a network answers, in words and figures. No Qt."""

from lenet_gui.data.class_names import DIGIT_NAMES, none_of
from lenet_gui.data.pictures.found import MOST_DIGITS
from lenet_gui.explore.reading import Reading
from lenet_gui.explore.verdict import Verdict
from lenet_gui.net.architecture import Variant
from lenet_gui.text.figures import figure, lower_first, never_zero, probability
from lenet_gui.text.units import output_kind


def read_as(verdict: Verdict) -> str:
    """What a network says, in a word or two: "7", "not a digit", "undecided: 3 or 5".

    The name of a class is left as it is: "T-shirt/top".
    """
    return lower_first(verdict.headline) if verdict.abstains else verdict.headline


def no_single_digit(digits: int) -> str:
    """Why a picture with so many digits has no answer; nothing of one with a single digit."""
    if digits == 1:
        return ""
    if digits > MOST_DIGITS:
        return f"{digits} separate marks"
    return f"Several digits: {digits}" if digits else "No digit found"


def single_digit_advice(digits: int) -> str:
    """What to do about a picture with so many digits, in a sentence."""
    around = "one of them" if 1 < digits <= MOST_DIGITS else "the digit"
    return f"Draw a rectangle around {around}."


def best_output(reading: Reading) -> str:
    """The output of the best digit: "distance 3.42"."""
    return f"{output_kind(reading.variant)} {figure(float(reading.output[reading.answer]))}"


def margin(reading: Reading) -> str:
    """How far the runner-up is behind: "margin 2.10"."""
    return f"margin {never_zero(reading.margin)}"


def probabilities(reading: Reading) -> tuple[str, ...]:
    """That of the answer and, if there is a rubbish class, that of "not a digit"."""
    best = f"probability {probability(float(reading.probabilities[reading.answer]))}"
    if reading.rubbish is None:
        return (best,)
    return best, f"{none_of(reading.class_names)} {probability(reading.rubbish)}"


def beside_answer(reading: Reading) -> tuple[str, ...]:
    """What is said beside the answer: the runner-up, the margin, the probabilities.

    The first line is the name of the answer, if the classes are no digits.
    """
    named = () if reading.class_names == DIGIT_NAMES else (reading.answer_name,)
    return (*named, f"runner-up {reading.runner_up_name}", *how_sure(reading))


def how_sure(reading: Reading) -> tuple[str, ...]:
    """The margin, with its unit, and the probabilities."""
    unit = "distance" if reading.variant is Variant.ORIGINAL else "logits"
    return (f"{margin(reading)} ({unit})", *probabilities(reading))
