"""What is known of the member of the Modern's family that a file holds, and what is not. No torch.

A file of weights alone says nothing of it, an ONNX graph most, and the user may say the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TypeVar

from lenet_gui.net.modern_form import (
    Border,
    InputScale,
    ModernForm,
    Pooling,
    Squashing,
)


@dataclass(frozen=True)
class PartialForm:
    """What is known; None for what is to be measured."""

    squashing: Squashing | None = None
    pooling: Pooling | None = None
    inputs: InputScale | None = None
    border: Border | None = None

    def members(self) -> tuple[ModernForm, ...]:
        """The members that it may be, those nearest to the README's network first.

        With inputs of 0..1 both borders are one: the README's stands for both.
        """
        every = product(
            _one_or_all(self.squashing, Squashing),
            _one_or_all(self.pooling, Pooling),
            _one_or_all(self.inputs, InputScale),
            _one_or_all(self.border, Border),
        )
        found = {usual(ModernForm(*each)) for each in every}
        return tuple(sorted(found, key=distance_from_readme))

    def agreeing_with(self, other: "PartialForm") -> "PartialForm":
        """Both together.

        Raises:
            ValueError: they say different things; the message names the two words.
        """
        return PartialForm(
            _both(self.squashing, other.squashing),
            _both(self.pooling, other.pooling),
            _both(self.inputs, other.inputs),
            _both(self.border, other.border),
        )


def usual(form: ModernForm) -> ModernForm:
    """The same network, with the README's border where the border makes no difference."""
    if form.inputs is InputScale.UNIT:
        return ModernForm(form.squashing, form.pooling, form.inputs)
    return form


def distance_from_readme(form: ModernForm) -> tuple[int, tuple[int, ...]]:
    """For sorting: how many of the four differ from the README's network, then their order."""
    places = (
        list(Squashing).index(form.squashing),
        list(Pooling).index(form.pooling),
        list(InputScale).index(form.inputs),
        list(Border).index(form.border),
    )
    return len(form.facts()), places


WORDS = {
    str(one): (name, one)
    for name, kind in (
        ("squashing", Squashing),
        ("pooling", Pooling),
        ("inputs", InputScale),
        ("border", Border),
    )
    for one in kind
}
"""What can be said of a form in one word, with the field that it is about."""


def partial_form(words: Iterable[str]) -> PartialForm:
    """What some of `WORDS` say; capitals are the same, as in ReLU.

    Raises:
        ValueError: a word is none of them, or two are about one field.
    """
    said: dict[str, object] = {}
    for word in words:
        if word.lower() not in WORDS:
            raise ValueError(f'"{word}" is none of {", ".join(WORDS)}')
        name, one = WORDS[word.lower()]
        if said.setdefault(name, one) is not one:
            raise ValueError(f"{said[name]} and {word} exclude each other")
    return PartialForm(**said)  # type: ignore[arg-type]


E = TypeVar("E", bound=StrEnum)


def _one_or_all(one: E | None, kind: type[E]) -> list[E]:
    return list(kind) if one is None else [one]


def _both(one: E | None, other: E | None) -> E | None:
    if one is not None and other is not None and one is not other:
        raise ValueError(f"{one}, not {other}")
    return one if other is None else other
