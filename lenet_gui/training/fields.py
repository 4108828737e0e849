"""What values a field of a recipe may have, and the words for one that it may not."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Field(Protocol):
    """A kind of value."""

    def accepts(self, value: object) -> bool:
        """Tells whether the value may stand."""

    def normalised(self, value: object) -> object:
        """The value in its one usual form; only for values that are accepted."""

    @property
    def wanted(self) -> str:
        """What would be accepted, in words."""


def problem_with(name: str, value: object, field: Field) -> str | None:
    """Says what is wrong with a value, or nothing."""
    if field.accepts(value):
        return None
    shown = repr(value)
    return f"{name} must be {field.wanted}, not {shown if len(shown) < 60 else shown[:57] + '...'}"


@dataclass(frozen=True)
class Whole:
    """A whole number within limits."""

    least: int
    most: int

    def accepts(self, value: object) -> bool:
        """Tells whether the value may stand."""
        return (
            isinstance(value, int)
            and not isinstance(value, bool)
            and self.least <= value <= self.most
        )

    def normalised(self, value: object) -> object:
        """The value as it is."""
        return value

    @property
    def wanted(self) -> str:
        """What would be accepted, in words."""
        return f"a whole number from {self.least} to {self.most}"


@dataclass(frozen=True)
class Real:
    """A finite number within limits; `above` leaves out the lower limit itself."""

    least: float
    most: float
    above: bool = False

    def accepts(self, value: object) -> bool:
        """Tells whether the value may stand."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        if self.above and value == self.least:
            return False
        return self.least <= value <= self.most  # false for NaN

    def normalised(self, value: object) -> object:
        """The value as a float."""
        return float(value)  # type: ignore[arg-type]  # accepted before

    @property
    def wanted(self) -> str:
        """What would be accepted, in words."""
        if self.above:
            return f"a number above {self.least:g} and at most {self.most:g}"
        return f"a number from {self.least:g} to {self.most:g}"


@dataclass(frozen=True)
class Text:
    """Some printable text on one line."""

    longest: int

    def accepts(self, value: object) -> bool:
        """Tells whether the value may stand."""
        return (
            isinstance(value, str)
            and bool(value.strip())
            and value.isprintable()
            and len(value) <= self.longest
        )

    def normalised(self, value: object) -> object:
        """The value as it is."""
        return value

    @property
    def wanted(self) -> str:
        """What would be accepted, in words."""
        return f"printable text of 1 to {self.longest} characters"


@dataclass(frozen=True)
class Choice:
    """One of the words of an enumeration."""

    options: type[StrEnum]

    def accepts(self, value: object) -> bool:
        """Tells whether the value may stand."""
        return isinstance(value, str) and value in self._words()

    def normalised(self, value: object) -> object:
        """The member of the enumeration."""
        return self.options(str(value))

    @property
    def wanted(self) -> str:
        """What would be accepted, in words."""
        return " or ".join(self._words())

    def _words(self) -> list[str]:
        members: Iterable[StrEnum] = self.options
        return [str(member) for member in members]


@dataclass(frozen=True)
class Optional:
    """Another kind of value, or none at all."""

    kind: Field

    def accepts(self, value: object) -> bool:
        """Tells whether the value may stand."""
        return value is None or self.kind.accepts(value)

    def normalised(self, value: object) -> object:
        """None, or the other kind's usual form."""
        return None if value is None else self.kind.normalised(value)

    @property
    def wanted(self) -> str:
        """What would be accepted, in words."""
        return f"{self.kind.wanted}, or nothing"
