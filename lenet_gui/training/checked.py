"""The base of recipes, whatever their fields: checks, and JSON to and from."""

import dataclasses
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Any, Self

from lenet_gui.errors import UserError
from lenet_gui.plain_json import json_fault
from lenet_gui.training.described import Described, fields_of
from lenet_gui.training.fields import WrongValue
from lenet_gui.training.problems import Problem, RecipeError, problems_with


class Checked:
    """The base of a frozen dataclass whose fields are all `described`.

    Raises:
        RecipeError: a value is invalid; each such field is named.
    """

    def __post_init__(self) -> None:
        values = {name: getattr(self, name) for name in self.fields()}
        problems = problems_with(values, self.fields())
        if problems:
            raise RecipeError(problems)
        for name, field in self.fields().items():  # equal recipes are equal, however written
            object.__setattr__(self, name, field.kind.normalised(values[name]))

    def __repr__(self) -> str:
        """The fields that differ from their defaults: the recipe as Python makes it."""
        fields = dataclasses.fields(self)  # type: ignore[arg-type]
        values = ((field, getattr(self, field.name)) for field in fields)
        plain = ((field, str(one) if isinstance(one, StrEnum) else one) for field, one in values)
        changed = (f"{field.name}={one!r}" for field, one in plain if one != field.default)
        return f"{type(self).__name__}({', '.join(changed)})"

    @classmethod
    @cache
    def fields(cls) -> Mapping[str, Described]:
        """The description of each field, by name, in their order."""
        return fields_of(cls)

    @classmethod
    def completed(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """Some fields' values, with those of others that follow from them."""
        return dict(values)

    @classmethod
    def from_json(cls, source: str | bytes | dict[str, Any], where: str = "The recipe") -> Self:
        """Reads a recipe; a missing field takes its default.

        Args:
            source: JSON text, or the object that it stands for.
            where: how messages call the source, e.g. "The recipe mine.json".

        Raises:
            UserError: not JSON, or not an object.
            RecipeError: fields that are unknown or wrong, each named.
        """
        content = source if isinstance(source, dict) else _parsed(source, where)
        try:
            return cls._of_fields(content, where)
        except RecursionError as error:  # the error message itself would fail
            raise UserError(f"{where} has endlessly nested fields: correct it.") from error

    @classmethod
    def _of_fields(cls, content: dict[str, Any], where: str) -> Self:
        problems: list[Problem] = []
        values: dict[str, Any] = {}
        for name, plain in content.items():
            field = cls.fields().get(name)
            if field is None:
                problems.append(Problem(name, ("is not a field of a recipe",)))
                continue
            try:
                values[name] = field.kind.from_json(plain)
            except WrongValue as wrong:
                problems += [Problem(field, (text,)) for text in wrong.texts]
        try:
            recipe = cls(**cls.completed(values))
        except RecipeError as error:
            problems += error.problems
        if problems:
            raise RecipeError(problems, where)
        return recipe

    @property
    def remarks(self) -> list[str]:
        """What a table says about fields other than their defaults, such as "weights averaged"."""
        return [
            field.remark(getattr(self, name))
            for name, field in self.fields().items()
            if field.remark and getattr(self, name)
        ]

    def as_dict(self) -> dict[str, Any]:
        """The recipe as a JSON object."""
        fields = self.fields().items()
        return {name: field.kind.as_json(getattr(self, name)) for name, field in fields}

    def to_json(self) -> str:
        """The recipe as JSON text, one field a line."""
        return json.dumps(self.as_dict(), indent=2, ensure_ascii=False) + "\n"

    def with_changes(self, **changes: Any) -> Self:
        """This recipe with some fields changed, checked again, and what follows from them.

        Raises:
            UserError: an unknown field.
            RecipeError: an invalid value.
        """
        unknown = set(changes) - set(self.fields())
        if unknown:
            raise UserError(f"{', '.join(sorted(unknown))}: a recipe has no such field.")
        new = {name: value for name, value in changes.items() if value != getattr(self, name)}
        return dataclasses.replace(self, **(self.completed(new) | changes))  # type: ignore[type-var]


def _parsed(text: str | bytes, where: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"{where} is not valid JSON ({json_fault(error)}): correct it or choose a preset."
        ) from error
    if not isinstance(content, dict):
        raise UserError(f"{where} must be a JSON object with the fields of a recipe.")
    return content
