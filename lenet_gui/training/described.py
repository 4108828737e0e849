"""What a field of a recipe is: described once, for every place that shows it."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeVar

from lenet_gui.training.fields import Choice, Kind, Optional, Real, Whole

_KEY = "described"

T = TypeVar("T")


class Group(StrEnum):
    """What a field is about; the value is the heading over its kind."""

    DATA = "data"
    NETWORK = "network and loss"
    OPTIMISER = "optimiser"
    DIGITS = "distortions and additions"
    TEACHERS = "teachers"
    RUN = "run"


class Vocabulary(StrEnum):
    """Whose words a message about fields uses."""

    FILE = "file"  # the names in a recipe's JSON
    SCREEN = "screen"  # the labels of the window
    COMMAND = "command"  # the options of the command line


@dataclass(frozen=True)
class Needs:
    """A field, or one of its choices, has an effect only with some choices of another field.

    `because` follows any other choice of that field: "which has no rubbish class". `resets`:
    the window sets the field to its `otherwise` when such a choice is made.
    """

    field: str
    choices: tuple[StrEnum, ...]
    because: str
    resets: bool = False


@dataclass(frozen=True, kw_only=True)
class Described:
    """A field of a recipe, for the form, the command line, files and messages."""

    kind: Kind
    label: str  # on the screen
    explanation: str  # a sentence without its full stop
    group: Group
    unit: str = ""
    name: str = ""  # in a recipe
    option: str = ""  # on the command line; if it is not the name
    help: str = ""  # on the command line; if it is not the explanation
    metavar: str = ""  # on the command line; if it is not the kind's
    needs: tuple[Needs, ...] = ()
    otherwise: object = None  # the value that it must have if it has no effect; None: any
    choice_needs: Mapping[StrEnum, Needs] = dataclasses.field(default_factory=dict)
    no_longer_than: str = ""  # another field, of the same unit
    steps: tuple[float, ...] = ()  # the usual values, increasing, that arrows go through
    remark: Callable[[Any], str] | None = None  # what a table says if it is not the default

    @property
    def tooltip(self) -> str:
        """What the field is, with its unit and range."""
        numeric = self.kind.kind if isinstance(self.kind, Optional) else self.kind
        if not isinstance(numeric, Whole | Real):
            return self.explanation
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.explanation} ({numeric.wanted}{unit})"

    def called(self, vocabulary: Vocabulary) -> str:
        """The field's name."""
        names = {Vocabulary.SCREEN: self.label, Vocabulary.COMMAND: self.option}
        return names.get(vocabulary, self.name)

    def value_called(self, value: object, vocabulary: Vocabulary) -> str:
        """A value of the field by itself: "map", on the screen "MAP, Eq. 9" in quotes."""
        if vocabulary is Vocabulary.SCREEN and isinstance(self.kind, Choice):
            return f'"{self.kind.shown(value)}"'
        return str(value)

    def with_value(self, value: object, vocabulary: Vocabulary) -> str:
        """The field with its value, in the middle of a sentence: "loss map", "--loss map"."""
        name = self.called(vocabulary)
        if vocabulary is Vocabulary.SCREEN:
            name = f"the {name.lower()}"
        return f"{name} {self.value_called(value, vocabulary)}"


def described(
    default: T, kind: Kind, label: str, explanation: str, *, group: Group, **facts: Any
) -> T:
    """A dataclass's field with its description; for `facts` see `Described`."""
    about = Described(kind=kind, label=label, explanation=explanation, group=group, **facts)
    found: T = dataclasses.field(default=default, metadata={_KEY: about})
    return found


def fields_of(recipe: type[Any]) -> dict[str, Described]:
    """The fields of a dataclass whose fields are all `described`, by name."""
    found = {}
    for one in dataclasses.fields(recipe):
        about: Described = one.metadata[_KEY]
        option = about.option or f"--{one.name.replace('_', '-')}"
        found[one.name] = replace(about, name=one.name, option=option)
    return found
