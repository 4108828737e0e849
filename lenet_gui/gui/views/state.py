"""A view's state as JSON and back: frozen dataclasses of plain values, enums and one another."""

import dataclasses
import json
import sys
import types
import typing
from enum import Enum
from typing import Any, TypeVar

from lenet_gui.errors import UserError
from lenet_gui.foreign import shortened

State = TypeVar("State")


def to_json(state: object) -> str:
    """A state as one line of JSON; its fields are values, enums, tuples or states themselves."""
    return json.dumps(_plain(state), ensure_ascii=False, allow_nan=False)


def from_json(kind: type[State], text: str) -> State:
    """The state that `to_json` has written; fields that are missing keep their defaults.

    Raises:
        UserError: the text is not such a state; names the field that is wrong.
    """
    try:
        found = json.loads(text)
        made: State = _made(kind, found, kind.__name__)
    except ValueError as error:
        raise UserError(f"The state of a view is not JSON: {error}.") from None
    except RecursionError:
        raise UserError("The state of a view has no end.") from None
    return made


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {field.name: _plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list | frozenset):
        some = sorted(value) if isinstance(value, frozenset) else value
        return [_plain(each) for each in some]
    return value


def _made(kind: Any, value: Any, where: str) -> Any:
    """`value` as the type `kind`; `where` is its place, for the sentence."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        if value is None and type(None) in arguments:
            return None
        return _made(next(each for each in arguments if each is not type(None)), value, where)
    if origin in (tuple, frozenset):
        return _collection(origin, arguments, value, where)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _state(kind, value, where)
    if isinstance(kind, type) and issubclass(kind, Enum):
        if value in [each.value for each in kind]:
            return kind(value)
    elif kind is float and type(value) in (int, float):
        if abs(value) <= sys.float_info.max:  # nor NaN
            return float(value)
    elif type(value) is kind:
        return value
    raise UserError(f"{where} cannot be {shortened(repr(value))} in the state of a view.")


def _collection(origin: Any, arguments: tuple[Any, ...], value: Any, where: str) -> Any:
    if not isinstance(value, list):
        raise UserError(f"{where} is a list in the state of a view, not {shortened(repr(value))}.")
    if origin is frozenset or arguments[1:] == (...,):
        return origin(_made(arguments[0], each, where) for each in value)
    if len(value) != len(arguments):
        raise UserError(f"{where} has {len(arguments)} entries in the state of a view.")
    return tuple(_made(one, each, where) for one, each in zip(arguments, value, strict=True))


def _state(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise UserError(
            f"{where} has fields in the state of a view, and is not {shortened(repr(value))}."
        )
    hints = typing.get_type_hints(kind)
    unknown = set(value) - set(hints)
    if unknown:
        raise UserError(f"{where} has no {', '.join(sorted(unknown))} in the state of a view.")
    fields = {name: _made(hints[name], each, f"{where}.{name}") for name, each in value.items()}
    try:
        return kind(**fields)
    except (TypeError, ValueError) as error:
        raise UserError(f"{where} is not whole in the state of a view: {error}.") from None
