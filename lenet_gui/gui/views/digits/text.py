"""What the view of the digits says: captions, one digit in a sentence, the errors in a line."""

from collections.abc import Sequence
from dataclasses import dataclass

from lenet_gui.data.digits import CLASSES, Digits
from lenet_gui.explore.gallery import OF_TWO, Indices, Which, Wish, chosen
from lenet_gui.explore.readings_of_set import SetReadings
from lenet_gui.net.layers import Unit
from lenet_gui.pictures.grid.panel import Cell
from lenet_gui.text.classes import class_text, noun_of, picture_name, short_class
from lenet_gui.text.figures import never_zero, percent, upper_first

_LEGEND = "Rows: true digit, columns: prediction of A."
_CELLS = " Click a cell to see its digits."
_DIGITS = " Click a digit to put it on the canvas."
HEADINGS = {Which.ONLY_A: "Only A wrong", Which.BOTH: "Both wrong", Which.ONLY_B: "Only B wrong"}
_NO_NETWORK = "The network cannot be read: choose another as A."
OLDER = "A network has been trained further since it read these digits."
_B_UNREAD = "B has not read them yet."
LOADING = "The digits of the set appear here as soon as they are loaded."
NONE_LIKE_THAT = "No digit of the set matches: choose others above."
STAND_INS = "Built-in digits: MNIST is not on this machine"
_FOLDER = "File, Data set chooses its folder"


def caption(label: str, a: str | None, b: str | None) -> str:
    """Under a digit: "7", or where it is read wrongly "7→1" and, of two networks, "7→1|7"."""
    if a is None or (a == label and b in (None, label)):
        return label
    return f"{label}→{a}" if b is None else f"{label}→{a}|{b}"


def digit_text(digits: Digits, index: int, a: SetReadings | None, b: SetReadings | None) -> str:
    """One digit in a sentence: its place in the set, its label, the answers and their margins."""
    label = class_text(digits, int(digits.labels[index]))
    which = f"{upper_first(digits.name)} {noun_of(digits)} {index}: {label}"
    names = digits.class_names
    if a is None:
        return f"{which}."
    if b is None:
        return f"{which}, {_read(a, index, names)}."
    return f"{which}; A: {_read(a, index, names)}; B: {_read(b, index, names)}."


@dataclass(frozen=True, eq=False)
class DigitTexts:
    """What is said of the digits of a set, as far as A and B have read them; by their places."""

    digits: Digits
    a: SetReadings | None = None
    b: SetReadings | None = None

    def label(self, index: int) -> int:
        """What a digit is."""
        return int(self.digits.labels[index])

    def answers(self, index: int) -> tuple[int | None, int | None]:
        """What A and B read it as."""
        a, b = (None if each is None else int(each.answers[index]) for each in (self.a, self.b))
        return a, b

    def caption(self, index: int) -> str:
        """The words under it."""
        label, (a, b) = self.label(index), self.answers(index)
        if not self.is_wrong(index):
            return short_class(self.digits, label, is_alone=True)
        names = [None if one is None else short_class(self.digits, one) for one in (a, b)]
        return caption(short_class(self.digits, label), *names)

    @property
    def widest_caption(self) -> str:
        """The widest words that may be under one."""
        names = [short_class(self.digits, label) for label in range(CLASSES)]
        widest = "8" if self.digits.are_digits else max(names, key=len)
        return f"{widest}→{widest}" if self.b is None else f"{widest}→{widest}|{widest}"

    def is_wrong(self, index: int) -> bool:
        """Whether A or B reads it wrongly."""
        return any(answer not in (None, self.label(index)) for answer in self.answers(index))

    def name(self, index: int) -> str:
        """What it is called: "MNIST test digit 12, a 7"."""
        return picture_name(self.digits, index)

    def sentence(self, index: int) -> str:
        """Everything that is known of it."""
        return digit_text(self.digits, index, self.a, self.b)


class DigitWords:
    """What digits in a row are called, as pictures, and as cells of a table of digits."""

    def __init__(self, texts: DigitTexts, indices: Indices) -> None:
        """Args: indices: their places in the set."""
        self._texts, self._indices = texts, indices

    def picture(self, picture: int) -> str:
        """Such as "MNIST test digit 12, a 7"."""
        return self._texts.name(int(self._indices[picture]))

    def cell(self, cell: Cell) -> str:
        """Everything that is known of the digit."""
        return self._texts.sentence(int(self._indices[cell.picture]))

    def value(self, cell: Cell, value: float) -> str:  # noqa: ARG002
        """The words under the digit."""
        return self._texts.caption(int(self._indices[cell.picture]))

    def unit(self, cell: Cell) -> Unit | None:  # noqa: ARG002
        """A digit is not a unit."""
        return None


def summary_text(
    digits: Digits,
    readings: tuple[SetReadings | None, SetReadings | None],
    *,
    are_stand_ins: bool,
    is_busy: bool,
    is_older: bool,
    has_network: bool,
    class_names: Sequence[tuple[str, ...]],
    is_operated: bool = True,
    is_b_awaited: bool = False,
) -> str:
    """What is known of a set, and what is in progress.

    Args:
        digits: the set.
        readings: of A and B.
        are_stand_ins: whether the digits stand in for MNIST's.
        is_busy: whether they are being read.
        is_older: whether a network has been trained on since it read them.
        has_network: whether there is an A.
        class_names: what the outputs of A stand for, and those of B if it is compared.
        is_operated: whether mouse and keys reach the view; else nothing is asked for.
        is_b_awaited: whether B is to read them as well, and has not.
    """
    a, b = readings
    told = []
    if are_stand_ins:
        told.append(f"{STAND_INS}. {_FOLDER}." if is_operated else f"{STAND_INS}.")
    if a is not None:
        told.append(f"{errors_text(a, b)}.")
        told += _others_known(digits, class_names)
        if is_older and not is_busy:
            told.append(OLDER)
        if is_b_awaited and not is_busy:
            told.append(_B_UNREAD)
    elif is_busy:
        told.append(f"{digits.name}: reading {len(digits):,} {noun_of(digits)}s…")
    else:
        told.append("Not read yet." if has_network else _NO_NETWORK)
    return " ".join(told)


def _others_known(digits: Digits, class_names: Sequence[tuple[str, ...]]) -> list[str]:
    """A sentence if a network was trained to tell other classes apart than those of the set."""
    pairs = zip("AB", class_names, strict=False)
    others = [name for name, known in pairs if known != digits.class_names]
    if not others:
        return []
    was, its = ("were", "their") if len(others) > 1 else ("was", "its")
    who = " and ".join(others)
    return [f"{who} {was} trained on other classes: {its} outputs count as these, in their order."]


def legend(*, is_operated: bool) -> str:
    """What the matrix shows and, where one can click, what a click does."""
    return f"{_LEGEND}{_CELLS if is_operated else ''}"


def hint(*, is_compared: bool, is_operated: bool) -> str:
    """What the captions mean and, where one can click, what a click does."""
    if is_compared:
        told = "Under a misread digit: label→prediction of A|prediction of B."
    else:
        told = "Under a misread digit: label→prediction."
    return f"{told}{_DIGITS if is_operated else ''}"


def errors_text(a: SetReadings, b: SetReadings | None) -> str:
    """How many are read wrongly, and of two networks how many by which."""
    if b is None:
        return f"Misread: {_share(a)}"
    only_a, both, only_b = (len(chosen(a.labels, Wish(which), a, b)) for which in OF_TWO)
    return (
        f"A misreads {_share(a)}, B {_share(b)}: "
        f"only A {only_a:,}, both {both:,}, only B {only_b:,}"
    )


def _read(readings: SetReadings, index: int, names: Sequence[str]) -> str:
    answer = names[int(readings.answers[index])]
    wrong = bool(readings.wrong[index])
    told = f"misread as {answer}" if wrong else f"read correctly as {answer}"
    return f"{told}, margin {never_zero(float(readings.margins[index]))}"


def _share(readings: SetReadings) -> str:
    wrong = int(readings.wrong.sum())
    return f"{wrong:,} of {len(readings):,} ({percent(wrong / max(1, len(readings)))})"
