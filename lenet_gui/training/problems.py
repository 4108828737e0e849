"""What is wrong with the fields of a recipe: found once, phrased for whoever reads it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lenet_gui.errors import LONGEST_SENTENCE, UserError
from lenet_gui.printable import shortened
from lenet_gui.training.described import Described, Needs, Vocabulary


@dataclass(frozen=True)
class Mention:
    """A field, one of its values, or the field with a value, in the middle of a sentence."""

    field: Described
    value: object = None
    alone: bool = False  # the value without its field

    def text(self, vocabulary: Vocabulary) -> str:
        """The words."""
        if self.value is None:
            return self.field.called(vocabulary)
        told = self.field.value_called if self.alone else self.field.with_value
        return told(self.value, vocabulary)


@dataclass(frozen=True)
class Problem:
    """What is wrong with one field: `parts`, joined, follow its name.

    `field` is the name of a field that recipes do not have, if that is what is wrong.
    """

    field: Described | str
    parts: tuple[str | Mention, ...]

    @property
    def name(self) -> str:
        """The field's name in a recipe."""
        return self.field if isinstance(self.field, str) else self.field.name

    def sentence(self, vocabulary: Vocabulary) -> str:
        """What is wrong, without the field's name and without a full stop."""
        return "".join(p if isinstance(p, str) else p.text(vocabulary) for p in self.parts)

    def text(self, vocabulary: Vocabulary) -> str:
        """The same with the field's name."""
        known = not isinstance(self.field, str)
        name = self.field.called(vocabulary) if known else shortened(self.field)  # type: ignore[union-attr,arg-type]
        return f"{name} {self.sentence(vocabulary)}"


class RecipeError(UserError):
    """Fields of a recipe are invalid. Its own text uses the names of a recipe's file.

    Args:
        problems: what is wrong; the fields and their order are those of a recipe.
        where: how the text calls the recipe, e.g. "The recipe mine.json".
    """

    def __init__(self, problems: Sequence[Problem], where: str = "The recipe") -> None:
        self.problems = tuple(problems)
        self._where = where
        super().__init__(self.text(Vocabulary.FILE))

    def text(self, vocabulary: Vocabulary) -> str:
        """All of it in one sentence."""
        return f"{self._where} cannot be used: {self._list(vocabulary, '; ')}."

    @property
    def on_screen(self) -> str:
        """All of it in one sentence, with the fields as the form calls them."""
        return shortened(self.text(Vocabulary.SCREEN), LONGEST_SENTENCE)

    def _list(self, vocabulary: Vocabulary, between: str) -> str:
        return between.join(problem.text(vocabulary) for problem in self.problems)

    def by_field(self, vocabulary: Vocabulary) -> dict[str, str]:
        """What is wrong with each field, by its name in a recipe."""
        found: dict[str, list[str]] = {}
        for problem in self.problems:
            found.setdefault(problem.name, []).append(problem.sentence(vocabulary))
        return {name: "; ".join(told) for name, told in found.items()}


class OtherRecipeError(RecipeError):
    """A checkpoint, whose name is `where`, is of another training run than the recipe's."""

    def text(self, vocabulary: Vocabulary) -> str:
        """All fields that differ, in one sentence."""
        return (
            f"{self._where} was made with another recipe: {self._list(vocabulary, ', ')}; "
            "use its own or start a new training run."
        )


def problems_with(values: Mapping[str, object], fields: Mapping[str, Described]) -> list[Problem]:
    """All that is wrong with the values of a recipe's fields, each by itself and together.

    Args:
        values: one for each field, by name.
        fields: their descriptions.
    """
    alone = [
        Problem(field, (f"must be {field.kind.wanted}, not {_shown(values[name])}",))
        for name, field in fields.items()
        if not field.kind.accepts(values[name])
    ]
    sound = sound_among(values, fields)
    beside = (problem for name in sound for problem in _beside(fields[name], sound, fields))
    return [*alone, *beside]


def sound_among(values: Mapping[str, object], fields: Mapping[str, Described]) -> dict[str, object]:
    """The values that are valid by themselves, in their normal form."""
    return {
        name: field.kind.normalised(values[name])
        for name, field in fields.items()
        if field.kind.accepts(values[name])
    }


def why_not(
    needs: Sequence[Needs], sound: Mapping[str, object], fields: Mapping[str, Described]
) -> str:
    """Why a field or choice with these needs has no effect, for the screen; empty if it has."""
    found = unmet(needs, sound, fields)
    if found is None:
        return ""
    need, other = found
    return f"Has no effect with {other.text(Vocabulary.SCREEN)}, {need.because}."


def unmet(
    needs: Sequence[Needs], values: Mapping[str, object], fields: Mapping[str, Described]
) -> tuple[Needs, Mention] | None:
    """The first of `needs` that other fields do not meet, with the choice that does not.

    Fields that are not among `values` are skipped.
    """
    for need in needs:
        if need.field in values and values[need.field] not in need.choices:
            return need, Mention(fields[need.field], values[need.field])
    return None


def _beside(
    field: Described, values: Mapping[str, object], fields: Mapping[str, Described]
) -> Iterator[Problem]:
    value = values[field.name]
    choice = field.choice_needs.get(value) if isinstance(value, StrEnum) else None
    if choice is not None and (found := unmet([choice], values, fields)):
        need, other = found
        here = values[need.field]
        fitting = [
            one
            for one in field.kind.names  # type: ignore[attr-defined]  # it is a choice
            if one not in field.choice_needs or here in field.choice_needs[one].choices
        ]
        chosen, because = Mention(field, value, alone=True), f", {need.because}: choose "
        yield Problem(
            field, ("cannot be ", chosen, " with ", other, because, *_either(field, fitting))
        )
    if (
        field.otherwise is not None
        and value != field.otherwise
        and (found := unmet(field.needs, values, fields))
    ):
        need, other = found
        wanted = f"must be {field.otherwise} with "
        instead = f", {need.because}, not {value:g} (or choose "
        with_ = _either(fields[need.field], need.choices)
        yield Problem(field, (wanted, other, instead, *with_, ")"))
    limit = field.no_longer_than
    if limit in values and value > values[limit]:  # type: ignore[operator]  # both are numbers
        longer = f"({value:g}) is longer than "
        yield Problem(field, (longer, Mention(fields[limit]), f" ({values[limit]})"))


def _either(field: Described, choices: Sequence[StrEnum]) -> list[str | Mention]:
    """The choices with "or" between them."""
    parts: list[str | Mention] = []
    for choice in choices:
        parts += [" or ", Mention(field, choice, alone=True)]
    return parts[1:]


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) < 60 else f"{shown[:57]}..."
