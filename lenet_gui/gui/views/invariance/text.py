"""What the view of invariance says: of the input, of the answers, and where there is no sweep."""

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.drawing import Drawing
from lenet_gui.explore.sweep import Answers
from lenet_gui.gui.views.invariance.sweep_runner import SweepRunner
from lenet_gui.gui.views.view import LiveState
from lenet_gui.net.architecture import Variant
from lenet_gui.text.figures import figure, probability

HINT_EMPTY = (
    "Draw a digit and turn the dials to see how far it can be moved, turned, bent or "
    "sprinkled with noise before it is misread."
)
HINT_CANCELLED = (
    "The sweep was cancelled. Press Sweep to start it again; a new one starts when the drawing or "
    "a dial changes."
)
_HINT_WAIT = "The sweep is running…"
_HINT_LOADING = "The network is being loaded…"
_HINT_FAILED = "There is no sweep. Press Sweep to try again."
_OF_STROKES = "Disturbed after the size normalisation, which would undo shifts and scaling."
_OF_PICTURE = "Disturbed after the preprocessing. A picture has no strokes: its pixels move."
_OF_BOTH = "Disturbed after the preprocessing: strokes as lines, the picture by its pixels."


def kind_of(drawing: Drawing) -> str:
    """How the input of a drawing is disturbed."""
    if drawing.backdrop is None:
        return _OF_STROKES
    return _OF_BOTH if drawing.strokes else _OF_PICTURE


def disturbed_by(told: str) -> str:
    """What the dials say, where they are not seen.

    Args:
        told: `DialPanel.told`.
    """
    return f"Disturbed: {told}." if told else "Not disturbed yet."


def why_no_sweep(live_state: LiveState | None, sweeps: SweepRunner) -> str:
    """Why there is none, and what to do."""
    if live_state is None or live_state.steps is None:
        return HINT_EMPTY
    if live_state.network is None:
        return _HINT_LOADING
    if sweeps.was_cancelled:
        return HINT_CANCELLED
    return _HINT_WAIT if sweeps.is_busy else _HINT_FAILED


def answer_lines(answers: Answers) -> tuple[str, ...]:
    """How sure the answer to the disturbed input is, the runner-up, and what it was before.

    A class that is no digit is named.
    """
    measured = answers.measured[1]
    order = measured.argsort(kind="stable")
    best = int(answers.answers[1])
    others = order if answers.variant is Variant.ORIGINAL else order[::-1]
    second = next(int(digit) for digit in others if digit != best)
    now = f"{answers.unit} {_measure(answers, 1, best)}"
    if answers.class_names != DIGIT_NAMES:
        now = f"{answers.class_names[best]}: {now}"
    first = int(answers.answers[0])
    rejected = " (rejected)" if answers.rejected[1] else ""
    return (
        now,
        f"runner-up {answers.class_names[second]} at {_measure(answers, 1, second)}",
        f"{answers.name}{rejected}",
        f"undisturbed: {answers.said(0)} at {_measure(answers, 0, first)}",
    )


def _measure(answers: Answers, number: int, digit: int) -> str:
    value = float(answers.measured[number, digit])
    return figure(value, 1) if answers.variant is Variant.ORIGINAL else probability(value)
