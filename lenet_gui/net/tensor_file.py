"""Arrays and a JSON object about them in one safetensors file, with a checksum. No torch."""

import errno
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, deserialize
from safetensors.numpy import save

from lenet_gui.errors import UserError
from lenet_gui.files import is_file, write_atomically
from lenet_gui.printable import shortened
from lenet_gui.safe_reading import read_ordinary

LARGEST: Final = 1 << 28
"""Bytes; far more than any file of this program has."""
LONGEST_HEADER: Final = 1 << 24
"""Bytes of text before the arrays; the history of the longest training has half of it."""

_CHECKSUM = "checksum"
_WRITTEN = re.compile(r'"checksum": "sha256:[0-9a-f]{64}"')
_LEFT = re.compile(r'"checksum"|sha256:[0-9a-f]{64}')
"""Shows that a checksum was written, even if a part of it is damaged."""

_SIZE = 8
_DTYPES = {
    name: np.dtype(form)
    for name, form in {
        "F64": "<f8",
        "F32": "<f4",
        "F16": "<f2",
        "BOOL": "?",
        "I64": "<i8",
        "I32": "<i4",
        "I16": "<i2",
        "I8": "i1",
        "U64": "<u8",
        "U32": "<u4",
        "U16": "<u2",
        "U8": "u1",
    }.items()
}
"""The types of safetensors that numpy has."""


@dataclass(frozen=True)
class Kind:
    """A kind of file, for its metadata and for messages about it."""

    key: str  # of the one entry in safetensors' metadata
    name: str  # "There is no weights file x"
    whole: str  # "x is not a whole checkpoint"
    remedy: str  # "choose another file"


WEIGHTS: Final = Kind(
    key="lenet-laboratory",
    name="weights file",
    whole="a whole safetensors file of weights",
    remedy="choose another file",
)


@dataclass(frozen=True)
class TensorFile:
    """What a file holds.

    `told` is the JSON object beside the arrays, None if there is none of this kind. `checked`:
    the file has a checksum, and it is right; files of other programs, and of this one's earlier
    versions, have none.
    """

    arrays: dict[str, NDArray[Any]]
    told: dict[str, Any] | None
    checked: bool


class _DamagedError(ValueError):
    """The content does not match the checksum."""


def write_tensors(
    path: Path, kind: Kind, arrays: Mapping[str, NDArray[Any]], told: Mapping[str, Any]
) -> None:
    """Writes C-contiguous arrays and a JSON object to `path`, whole or not at all.

    The same content gives the same bytes.

    Raises:
        UserError: the file cannot be written.
    """
    write_atomically(path, tensor_bytes(kind, arrays, told))


def tensor_bytes(kind: Kind, arrays: Mapping[str, NDArray[Any]], told: Mapping[str, Any]) -> bytes:
    """The bytes of such a file."""
    checksum = _checksum_of(kind.key, told, arrays)
    text = json.dumps({**told, _CHECKSUM: checksum}, sort_keys=True)
    # Only one key: safetensors writes several in an order that changes from run to run.
    return save(dict(arrays), metadata={kind.key: text})


def read_tensors(path: Path, kind: Kind) -> TensorFile:
    """Reads a file, and checks it against its checksum where it has one.

    Raises:
        UserError: the file is missing, cannot be read, is incomplete, is of another form, is
            damaged, or is larger than any of this program.
    """
    if not is_file(path):
        raise UserError(f"There is no {kind.name} {path}: check the name.")
    try:
        # Not mapped into memory: a file that shrinks meanwhile, or whose disk fails, would
        # end the program.
        content = _with_bounded_header(read_ordinary(path, LARGEST))
        tensors = dict(deserialize(content))  # type: ignore[no-untyped-call]
        arrays = {
            name: _array(tensor, name, path, kind) for name, tensor in sorted(tensors.items())
        }
        return TensorFile(arrays, *_told(_metadata(content), kind.key, arrays))
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise UserError(f"{path} is too large for {kind.whole}: {kind.remedy}.") from error
        reason = error.strerror or error
        raise UserError(f"{path} could not be read ({reason}): {kind.remedy}.") from error
    except _DamagedError as error:
        raise UserError(
            f"{path} is a damaged {kind.name}, its content does not match its checksum: "
            f"{kind.remedy}."
        ) from error
    except (SafetensorError, ValueError, RecursionError) as error:
        raise UserError(
            f"{path} is not {kind.whole} (truncated, or of another kind): {kind.remedy}."
        ) from error


def _array(tensor: Mapping[str, Any], name: str, path: Path, kind: Kind) -> NDArray[Any]:
    if tensor["dtype"] == "BF16":  # numpy has no such type: float32's upper half
        halves = np.ndarray(tensor["shape"], "<u2", buffer=tensor["data"])
        return (halves.astype(np.uint32) << 16).view(np.float32)
    dtype = _DTYPES.get(tensor["dtype"])
    if dtype is None:
        told = f"{shortened(name)} is of the type {shortened(tensor['dtype'])}"
        raise UserError(f"{path}: {told}, and this program needs F32: {kind.remedy}.")
    return np.ndarray(tensor["shape"], dtype, buffer=tensor["data"])


def _metadata(content: bytes) -> Mapping[str, str]:
    """Of a whole safetensors file: text by name, in the JSON after eight bytes of its length."""
    header = content[_SIZE : _SIZE + _header_size(content)]
    metadata: Mapping[str, str] = json.loads(header).get("__metadata__")
    return metadata or {}


def _with_bounded_header(content: bytes) -> bytes:
    if _header_size(content) > LONGEST_HEADER:
        raise ValueError("more text than any file of this program has")
    return content


def _header_size(content: bytes) -> int:
    return int.from_bytes(content[:_SIZE], "little")


def _told(
    metadata: Mapping[str, str], key: str, arrays: Mapping[str, NDArray[Any]]
) -> tuple[dict[str, Any] | None, bool]:
    """The JSON object under `key`, without its checksum, and whether it has a right one.

    An entry under another key is checked as well: the key may be what is damaged.

    Raises:
        ValueError: it is not a JSON object, or a checksum is not that of the content.
    """
    found, checked = None, False
    for name, text in metadata.items():
        has_checksum = (_LEFT if name == key else _WRITTEN).search(text) is not None
        if not has_checksum and name != key:
            continue  # another program's
        try:
            told = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise (_DamagedError if has_checksum else ValueError)("no JSON") from error
        if not isinstance(told, dict):
            raise ValueError("no JSON object")  # noqa: TRY004 - as of other wrong JSON
        if has_checksum and told.pop(_CHECKSUM, None) != _checksum_of(name, told, arrays):
            raise _DamagedError
        if name == key:
            found, checked = told, has_checksum
    return found, checked


def _checksum_of(key: str, told: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> str:
    """SHA-256 over everything: key, object, names, types, shapes, values (little-endian)."""
    forms = [(name, arrays[name].dtype.name, arrays[name].shape) for name in sorted(arrays)]
    digest = hashlib.sha256(json.dumps([key, dict(told), forms], sort_keys=True).encode())
    for name, *_ in forms:
        array = arrays[name]
        digest.update(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    return f"sha256:{digest.hexdigest()}"
