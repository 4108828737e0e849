"""Labels of any kind become the ten classes of a network, each with its name."""

import math
import re
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lenet_gui.data.class_names import DIGIT_NAMES, LONGEST_NAME
from lenet_gui.data.digits import CLASSES, UInt8Array
from lenet_gui.errors import UserError
from lenet_gui.printable import shortened

_MOST_LISTED: Final = 12

_DIGIT_WORDS: Final = {
    word: digit
    for digit, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    )
}

_FIGURES: Final = frozenset("0123456789")
_MEANING_DIGIT: Final = frozenset(("digit", "digits", "number", "num"))
"""Words that may stand beside a digit in the name of a class."""


def classes_of(
    labels: Sequence[npt.NDArray[Any]], where: str
) -> tuple[list[UInt8Array], tuple[str, ...]]:
    """The labels of a data set's sets as classes 0..9, and what the ten classes are called.

    Whole numbers from 0 to 9 are digits, also in words, if nothing else is among them. Any ten
    others are classes in their order: numbers by size, words by the alphabet.

    Args:
        labels: of each set, numbers or text.
        where: the data set, for the message.

    Raises:
        UserError: there are more or fewer than ten; it says how many.
    """
    read = _without_digit_words([_read(one) for one in labels])
    values = sorted({value for one in read for value in one}, key=_order)
    if all(isinstance(value, int) and 0 <= value < CLASSES for value in values):
        return [np.array(one, np.uint8) for one in read], DIGIT_NAMES
    if len(values) != CLASSES:
        raise UserError(
            f"{where} has {_counted(len(values))} ({_listed(values)}), and the networks tell "
            f"{CLASSES} apart: choose a data set of {CLASSES} classes."
        )
    place = {value: number for number, value in enumerate(values)}
    names = tuple(shortened(str(value), LONGEST_NAME) for value in values)
    if len(set(names)) < CLASSES:  # they differ only where they are cut
        names = tuple(shortened(f"{place[value]} {value}", LONGEST_NAME) for value in values)
    return [np.array([place[value] for value in one], np.uint8) for one in read], names


def _read(labels: npt.NDArray[Any]) -> list[int | str]:
    """Whole numbers as such, also where they are written as text or with a point."""
    if labels.dtype.kind in "bui":
        return [int(value) for value in labels]
    if labels.dtype.kind == "S":
        return [_value(value.decode("utf-8", "replace")) for value in labels.tolist()]
    known: dict[object, int | str] = {}
    return [known.setdefault(value, _value(str(value))) for value in labels.tolist()]


def _value(text: str) -> int | str:
    written = text.strip()
    try:
        number = float(written)
    except ValueError:
        return written
    if math.isfinite(number) and number == int(number):
        return int(number)
    return written


def _without_digit_words(labels: list[list[int | str]]) -> list[list[int | str]]:
    """The digits, if all labels are such as "zero", "digit 7" or "7 - seven"; else the labels."""
    digits = {
        value: _digit_in(value.casefold()) if isinstance(value, str) else None
        for value in {value for one in labels for value in one}
    }
    if None in digits.values():
        return labels
    return [[digit for value in one if (digit := digits[value]) is not None] for one in labels]


def _digit_in(label: str) -> int | None:
    words = re.findall(r"[^\W\d_]+|\d+", label)
    said = {word for word in words if word not in _MEANING_DIGIT}
    digits = {int(word) if word in _FIGURES else _DIGIT_WORDS.get(word) for word in said}
    return digits.pop() if len(digits) == 1 else None


def _order(value: int | str) -> tuple[bool, int, str]:
    return (True, 0, value) if isinstance(value, str) else (False, value, "")


def _listed(values: Sequence[int | str]) -> str:
    if len(values) > _MOST_LISTED and all(isinstance(value, int) for value in values):
        return f"{values[0]} to {values[-1]}"
    names = [shortened(str(value), LONGEST_NAME) for value in values]
    if len(names) > _MOST_LISTED:  # the last, too: what does not belong there often is
        names[_MOST_LISTED // 2 : -(_MOST_LISTED // 2)] = ["…"]
    return ", ".join(names)


def _counted(classes: int) -> str:
    return "1 class" if classes == 1 else f"{classes} classes"
