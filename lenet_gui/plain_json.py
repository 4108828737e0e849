"""Frozen dataclasses of plain values as JSON and back: states of views, settings."""

import dataclasses
import json
import sys
import types
import typing
from enum import Enum
from typing import Any, TypeVar

from lenet_gui.errors import UserError
from lenet_gui.printable import shortened

Plain = TypeVar("Plain")


def to_json(value: object) -> str:
    """A dataclass as one line of JSON; its fields are values, enums, tuples or such classes."""
    return json.dumps(to_plain(value), ensure_ascii=False, allow_nan=False)


def from_json(kind: type[Plain], text: str) -> Plain:
    """What `to_json` has written; fields that are missing keep their defaults.

    Raises:
        UserError: the text is not of that kind; names the field that is wrong.
    """
    made: Plain = from_plain(kind, read_json(text, kind.__name__), kind.__name__)
    return made


def read_json(text: str | bytes, where: str) -> Any:
    """The value of a JSON text; `where` is its name in the message.

    Raises:
        UserError: it is not JSON, or is endlessly nested.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{where} is not valid JSON ({json_fault(error)}).") from None


def json_fault(error: ValueError | RecursionError) -> str:
    """What `json.loads` found wrong, in plain words: "wrong at line 2, column 3"."""
    if isinstance(error, json.JSONDecodeError):
        if not error.doc.strip():
            return "it is empty"
        return f"wrong at line {error.lineno}, column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "it is not text"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"


def to_plain(value: Any) -> Any:
    """A value in the terms of JSON: dicts, lists, strings, numbers, booleans and None."""
    if dataclasses.is_dataclass(value):
        fields = dataclasses.fields(value)
        return {field.name: to_plain(getattr(value, field.name)) for field in fields}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list | frozenset):
        some = sorted(value) if isinstance(value, frozenset) else value
        return [to_plain(each) for each in some]
    return value


def from_plain(kind: Any, value: Any, where: str) -> Any:
    """`value`, in the terms of JSON, as the type `kind`; `where` is its place, for the message.

    Raises:
        UserError: it is not of that kind; names the field that is wrong.
    """
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        if value is None and type(None) in arguments:
            return None
        return from_plain(next(each for each in arguments if each is not type(None)), value, where)
    if origin in (tuple, frozenset):
        return _collection(origin, arguments, value, where)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind, value, where)
    if isinstance(kind, type) and issubclass(kind, Enum):
        if value in [each.value for each in kind]:
            return kind(value)
    elif kind is float and type(value) in (int, float):
        if abs(value) <= sys.float_info.max:  # nor NaN
            return float(value)
    elif type(value) is kind:
        return value
    raise UserError(f"{where} cannot be {_told(value)}.")


def _told(value: Any) -> str:
    try:
        return shortened(repr(value))
    except RecursionError:
        return "endlessly nested lists"


def _collection(origin: Any, arguments: tuple[Any, ...], value: Any, where: str) -> Any:
    if not isinstance(value, list):
        raise UserError(f"{where} must be a list, not {_told(value)}.")
    if origin is frozenset or arguments[1:] == (...,):
        return origin(from_plain(arguments[0], each, where) for each in value)
    if len(value) != len(arguments):
        raise UserError(f"{where} must have {len(arguments)} entries, not {len(value)}.")
    pairs = zip(arguments, value, strict=True)
    return tuple(from_plain(one, each, where) for one, each in pairs)


def _dataclass(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise UserError(f"{where} must be an object with fields, not {_told(value)}.")
    hints = typing.get_type_hints(kind)
    unknown = set(value) - set(hints)
    if unknown:
        raise UserError(f"{where} has no field {shortened(', '.join(sorted(unknown)))}.")
    fields = {n: from_plain(hints[n], each, f"{where}.{n}") for n, each in value.items()}
    try:
        return kind(**fields)
    except (TypeError, ValueError) as error:
        raise UserError(f"{where} is incomplete: {error}.") from None
