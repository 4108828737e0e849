"""What the view of the digits says: captions, one digit in a sentence, the errors in a line."""

from lenet_gui.explore.gallery import OF_TWO, Wish, chosen
from lenet_gui.explore.readings_of_set import SetReadings
from lenet_gui.text.figures import a_digit, percent


def caption(label: int, a: int | None, b: int | None) -> str:
    """Under a digit: "7", or where it is read wrongly "7→1" and, of two networks, "7→1|7"."""
    if a is None or (a == label and b in (None, label)):
        return f"{label}"
    return f"{label}→{a}" if b is None else f"{label}→{a}|{b}"


def digit_told(
    name: str, index: int, label: int, a: SetReadings | None, b: SetReadings | None
) -> str:
    """One digit in a sentence: its place in the set, its label, the answers and their margins."""
    if a is None:
        return f"{name} digit {index}: {a_digit(label)}."
    if b is None:
        return f"{name} digit {index}: {a_digit(label)}, {_read(a, index)}."
    return f"{name} digit {index}: {a_digit(label)}; A: {_read(a, index)}; B: {_read(b, index)}."


def errors_told(a: SetReadings, b: SetReadings | None) -> str:
    """How many are read wrongly, and of two networks how many by which."""
    if b is None:
        return f"Read wrongly: {_share(a)}"
    only_a, both, only_b = (len(chosen(a.labels, Wish(which), a, b)) for which in OF_TWO)
    return (
        f"A errs on {_share(a)}, B on {_share(b)}: "
        f"only A {only_a:,}, both {both:,}, only B {only_b:,}"
    )


def _read(readings: SetReadings, index: int) -> str:
    answer = int(readings.answers[index])
    wrong = bool(readings.wrong[index])
    told = f"read wrongly as {answer}" if wrong else f"read rightly as {answer}"
    return f"{told}, margin {float(readings.margins[index]):.2f}"


def _share(readings: SetReadings) -> str:
    wrong = int(readings.wrong.sum())
    return f"{wrong:,} of {len(readings):,} ({percent(wrong / max(1, len(readings)))})"
