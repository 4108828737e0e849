"""Kinds of values that a field of a recipe may have, and the messages for invalid ones."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from functools import partial

from lenet_gui.data.distortion import PLANAR_AFFINE, Distortion
from lenet_gui.errors import UserError
from lenet_gui.printable import shortened


class WrongValue(Exception):  # noqa: N818 - a finding about a value
    """What is wrong with a value; each of `texts` follows the field's name."""

    def __init__(self, *texts: str) -> None:
        super().__init__("; ".join(texts))
        self.texts = texts


def _read(number: Callable[[str], object], text: str) -> object:
    try:
        return number(text)
    except ValueError:
        return text


class Kind(ABC):
    """A kind of value. On a command line it is written as text, in a file as JSON."""

    metavar: str = "TEXT"
    """The placeholder for the value in the help of a command."""

    from_text: Callable[[str], object] = str
    """Reads it from a command line; a text that has not its form stays one, and is not accepted."""

    @property
    @abstractmethod
    def wanted(self) -> str:
        """What is accepted, in words: follows "must be"."""

    @abstractmethod
    def accepts(self, value: object) -> bool:
        """Whether the value is accepted."""

    def normalised(self, value: object) -> object:
        """The value in its normal form; only for values that are accepted."""
        return value

    def shown(self, value: object) -> str:
        """The value as the screen shows it."""
        return f"{value:g}" if isinstance(value, float) else str(value)

    def named(self, text: object) -> object:
        """The value of a word on the command line.

        Raises:
            WrongValue: there is no such word.
        """
        return text

    def as_json(self, value: object) -> object:
        """An accepted value as JSON has it."""
        return value

    def from_json(self, content: object) -> object:
        """The value from JSON; `accepts` says whether it is accepted.

        Raises:
            WrongValue: it does not have the form of one.
        """
        return content


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number within limits."""

    least: int
    most: int

    metavar = "N"
    from_text = partial(_read, int)

    @property
    def wanted(self) -> str:
        """What is accepted, in words."""
        return f"a whole number from {self.least} to {self.most}"

    def accepts(self, value: object) -> bool:
        """Whether the value is accepted."""
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and self.least <= value <= self.most  # type: ignore[operator]


@dataclass(frozen=True)
class Real(Kind):
    """A finite number within limits; `above` excludes the lower limit itself."""

    least: float
    most: float
    above: bool = False

    metavar = "X"
    from_text = partial(_read, float)

    @property
    def wanted(self) -> str:
        """What is accepted, in words."""
        if self.above:
            return f"a number above {self.least:g} and at most {self.most:g}"
        return f"a number from {self.least:g} to {self.most:g}"

    def accepts(self, value: object) -> bool:
        """Whether the value is accepted."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        if self.above and value == self.least:
            return False
        return self.least <= value <= self.most  # false for NaN

    def normalised(self, value: object) -> object:
        """The value as a float."""
        return float(value)  # type: ignore[arg-type]  # accepted before


@dataclass(frozen=True)
class Text(Kind):
    """Some printable text on one line."""

    longest: int

    @property
    def wanted(self) -> str:
        """What is accepted, in words."""
        return f"printable text of 1 to {self.longest} characters"

    def accepts(self, value: object) -> bool:
        """Whether the value is accepted."""
        return (
            isinstance(value, str)
            and bool(value.strip())
            and value.isprintable()
            and len(value) <= self.longest
        )


@dataclass(frozen=True)
class Place(Text):
    """A folder or a file, or a word for something that needs none."""

    longest: int = 4096
    words: Mapping[str, str] = field(default_factory=dict)  # and what the screen calls them
    asks: str = ""  # what the folder must hold: the title of the dialog that asks for it
    asks_file: str = ""  # the same of a file; "" if it must be a folder

    def shown(self, value: object) -> str:
        """The value as the screen shows it."""
        return self.words.get(str(value), str(value))


@dataclass(frozen=True)
class Choice(Kind):
    """One of the words of an enumeration, each with its name on the screen."""

    names: Mapping[StrEnum, str]

    @property
    def metavar(self) -> str:  # type: ignore[override]  # made from the words
        """The words as a command's help lists them."""
        return "|".join(self.names)

    @property
    def wanted(self) -> str:
        """What is accepted, in words."""
        return " or ".join(self.names)

    def accepts(self, value: object) -> bool:
        """Whether the value is accepted."""
        return isinstance(value, str) and value in self.names

    def normalised(self, value: object) -> object:
        """The member of the enumeration."""
        return next(member for member in self.names if member == value)

    def shown(self, value: object) -> str:
        """The value as the screen shows it."""
        return self.names[value]  # type: ignore[index]  # equal to a member

    def as_json(self, value: object) -> object:
        """The word."""
        return str(value)


@dataclass(frozen=True)
class Optional(Kind):
    """Another kind of value, or none, which is written as the word `nothing`, or null in a file."""

    kind: Kind
    nothing: str

    @property
    def metavar(self) -> str:  # type: ignore[override]  # the other kind's
        """The placeholder for the value in the help of a command."""
        return f"{self.kind.metavar}|{self.nothing}"

    @property
    def from_text(self) -> Callable[[str], object]:  # type: ignore[override]  # the other kind's
        """Reads it from a command line; the word, as every text of another form, stays one."""
        return self.kind.from_text

    @property
    def wanted(self) -> str:
        """What is accepted, in words."""
        return f"{self.kind.wanted}, or {self.nothing}"

    def accepts(self, value: object) -> bool:
        """Whether the value is accepted."""
        return value is None or value == self.nothing or self.kind.accepts(value)

    def normalised(self, value: object) -> object:
        """None, or the other kind's usual form."""
        return None if value is None or value == self.nothing else self.kind.normalised(value)


@dataclass(frozen=True)
class Ranges(Kind):
    """The ranges of distortions, or none."""

    usual = (None, PLANAR_AFFINE)
    words = ("none", "affine")
    """What a command line has for the `usual` values."""

    metavar = "|".join(words)
    names = tuple(one.name for one in fields(Distortion))
    """Of the ranges, as a file has them."""

    @property
    def wanted(self) -> str:
        """What is accepted, in the words of a file."""
        return f"an object with {', '.join(self.names)}, or null"

    def accepts(self, value: object) -> bool:
        """Whether the value is accepted."""
        return value is None or isinstance(value, Distortion)

    def shown(self, value: object) -> str:
        """The value as the screen shows it, such as "planar affine"."""
        if not isinstance(value, Distortion):
            return "none"
        if value == PLANAR_AFFINE:
            return "planar affine"
        return "affine, own ranges" if value.is_affine else "affine, elastic, strokes"

    def named(self, text: object) -> object:
        """None for "none", the paper's kind for "affine"."""
        if text not in self.words:
            told = " or ".join(self.words)
            raise WrongValue(f"must be {told}, not {text!r} (a recipe file sets the ranges)")
        return self.usual[self.words.index(str(text))]

    def as_json(self, value: object) -> object:
        """An object with a number for each range, or None."""
        return asdict(value) if isinstance(value, Distortion) else None

    def from_json(self, content: object) -> object:
        """The ranges; a missing one takes its default."""
        if content is None:
            return None
        known = self.names
        if not isinstance(content, dict):
            raise WrongValue(f"must be {self.wanted}")
        wrong = [f"has no field {shortened(name)}" for name in content if name not in known]
        try:
            ranges = Distortion(**{name: content[name] for name in known if name in content})
        except UserError as error:
            told = str(error).removesuffix(".")
            wrong.append(f"is invalid: {told[:1].lower()}{told[1:]}")
        if wrong:
            raise WrongValue(*wrong)
        return ranges
