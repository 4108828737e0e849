"""What pictures and their classes are called in sentences, be they digits or not. No Qt."""

from lenet_gui.data.digits import Digits
from lenet_gui.text.figures import a_digit, upper_first


def noun_of(digits: Digits) -> str:
    """What one picture of a set is: "digit", or "picture" if its classes are no digits."""
    return "digit" if digits.are_digits else "picture"


def class_text(digits: Digits, label: int) -> str:
    """A class in the middle of a sentence: "a 7", or its name in quotes."""
    return a_digit(label) if digits.are_digits else f'"{digits.class_names[label]}"'


def picture_name(digits: Digits, index: int) -> str:
    """One picture of a set: "MNIST test digit 12, a 7", 'Fashion-MNIST test picture 3, "bag"'."""
    label = class_text(digits, int(digits.labels[index]))
    return f"{upper_first(digits.name)} {noun_of(digits)} {index}, {label}"
