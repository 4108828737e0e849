"""What pictures and their classes are called in sentences, be they digits or not. No Qt."""

from collections.abc import Sequence
from typing import Final

from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.data.digits import Digits
from lenet_gui.text.figures import a_digit

_SHORT: Final = 8
"""Characters of a class's name where there is little room."""


def noun_of(digits: Digits) -> str:
    """What one picture of a set is: "digit", or "picture" if its classes are no digits."""
    return "digit" if digits.are_digits else "picture"


def class_text(digits: Digits, label: int) -> str:
    """A class in the middle of a sentence: "a 7", or its name in quotes."""
    return a_digit(label) if digits.are_digits else f'"{digits.class_names[label]}"'


def picture_name(digits: Digits, index: int) -> str:
    """One picture of a set: "MNIST test digit 12, a 7", 'Fashion-MNIST test picture 3, "bag"'."""
    label = class_text(digits, int(digits.labels[index]))
    return f"{digits.name} {noun_of(digits)} {index}, {label}"


def short_class(digits: Digits, label: int, *, is_alone: bool = False) -> str:
    """A class where there is little room: "7", "T-shirt…"; where it `is_alone`, room for two."""
    return short_name(digits.class_names[label], 2 * _SHORT if is_alone else _SHORT)


def short_classes(names: Sequence[str]) -> tuple[str, ...]:
    """Classes where there is little room, each with its number if they are no digits."""
    if tuple(names) == DIGIT_NAMES:
        return tuple(names)
    return tuple(f"{place} {short_name(name)}" for place, name in enumerate(names))


def short_name(name: str, most: int = _SHORT) -> str:
    """The name of a class in at most so many characters: "T-shirt…"."""
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
