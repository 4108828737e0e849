"""What the ten classes of a data set are called, in files and elsewhere. No heavy imports."""

import json
from collections.abc import Mapping
from typing import Final

from lenet_gui.printable import shortened

DIGIT_NAMES: Final = tuple(str(digit) for digit in range(10))
"""What the classes are called where they are digits."""

LONGEST_NAME: Final = 24
"""Characters; longer names are cut."""

_FACT: Final = "classes"


def none_of(names: tuple[str, ...]) -> str:
    """What is said of a drawing that belongs to no class: "not a digit", or "none of these"."""
    return "not a digit" if names == DIGIT_NAMES else "none of these"


def facts_of_classes(names: tuple[str, ...]) -> dict[str, str]:
    """What a weights file says of its classes; nothing if they are digits."""
    return {} if names == DIGIT_NAMES else {_FACT: json.dumps(names, ensure_ascii=False)}


def class_names_of(facts: Mapping[str, str]) -> tuple[str, ...]:
    """What the outputs of a network stand for, by the facts in its file; digits if it says nothing.

    What is not ten different names counts as nothing.
    """
    try:
        told = json.loads(facts.get(_FACT, "null"))
    except (ValueError, RecursionError):
        return DIGIT_NAMES
    if not isinstance(told, list) or not all(isinstance(name, str) and name for name in told):
        return DIGIT_NAMES
    names = tuple(shortened(name, LONGEST_NAME) for name in told)
    return names if len(set(names)) == len(DIGIT_NAMES) == len(names) else DIGIT_NAMES
