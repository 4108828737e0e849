"""What a file of weights is, by its content: the kinds that are read, and those that are not.

Only the beginning of a file is looked at, and the names of the files in a zip archive. No torch.
"""

import os
import re
import zipfile
from enum import Enum, auto
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from lenet_gui.errors import UserError
from lenet_gui.net.weights_import.accepted import ACCEPTED, LARGEST
from lenet_gui.safe_reading import open_ordinary


class FileKind(Enum):
    """What a file is; the last two are not one of the other programs'."""

    TORCH_ZIP = auto()  # as torch.save writes since 2020
    TORCH_LEGACY = auto()  # as it wrote before
    ONNX = auto()
    REFUSED = auto()  # another kind, which `what` names
    SAFETENSORS = auto()  # of this program or another one
    UNKNOWN = auto()


class Recognised(NamedTuple):
    """The kind of a file; of a refused one also what it is, and what to do."""

    kind: FileKind
    what: str = ""
    remedy: str = ""


def recognise(path: Path) -> Recognised:
    """What the file at `path` is.

    Raises:
        OSError, ValueError: it cannot be opened, or is not a regular file.
    """
    with open_ordinary(path) as file:
        head = file.read(_HEAD)
        if head.startswith(_ZIP):
            return _zip(_names_in_zip(file) or [_first_name(head)])
    return _by_beginning(head, path.suffix.lower())


def refusal(path: Path, found: Recognised) -> UserError:
    """The sentence for a file of a refused kind."""
    return UserError(f"{path} is {found.what}: {found.remedy}.")


_HEAD = 4096
_ZIP: Final = b"PK\x03\x04"
TORCH_MAGIC: Final = b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
"""What the first pickle of the older form holds, after the protocol."""

_STATE_DICT = "load it where it was made, and save model.state_dict() with torch.save instead"
_EXPORT = f"save its weights where they were made as {ACCEPTED}"
_CHOOSE = f"choose a file of weights ({ACCEPTED})"
_ARRAYS = f"save them as {ACCEPTED}"

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file, as Keras saves a model (.h5)", _EXPORT),
    (b"version https://git-lfs", "only a pointer of Git LFS", "fetch the file with git lfs pull"),
    (b"\x93NUMPY", "an array of NumPy (.npy)", _ARRAYS),
    (b"GGUF", "a GGUF file", _CHOOSE),
    (b"\x1f\x8b", "compressed with gzip", "unpack it first"),
    (b"BZh", "compressed with bzip2", "unpack it first"),
    (b"\xfd7zXZ", "compressed with xz", "unpack it first"),
    (b"7z\xbc\xaf", "a 7-Zip archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
    (b"MATLAB 5.0", "a MATLAB file", _ARRAYS),
    (b"\x89PNG", "a picture (PNG)", _CHOOSE),
    (b"\xff\xd8\xff", "a picture (JPEG)", _CHOOSE),
    (b"%PDF", "a PDF document", _CHOOSE),
    (b"\x7fELF", "a program", _CHOOSE),
)
_AT_FOUR = {b"TFL3": ("a TensorFlow Lite model", _EXPORT)}
_TAR_AT = 257

_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html|<head|<!--)", re.IGNORECASE
)
_XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml")
_JSON = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*["\[{\d\]-])')
_PICKLE = re.compile(rb"\x80[\x02-\x05]")
_WEB_PAGE = "a web page, not the file that it offers"


def _by_beginning(head: bytes, suffix: str) -> Recognised:
    if not head:
        return _refused("empty", "choose another file")
    for beginning, what, remedy in _BEGINNINGS:
        if head.startswith(beginning):
            return _refused(what, remedy)
    if head[4:8] in _AT_FOUR:
        return _refused(*_AT_FOUR[head[4:8]])
    if head[_TAR_AT:].startswith(b"ustar"):
        return _refused("a tar archive", "unpack it first")
    if head[8:9] == b"{" and int.from_bytes(head[:8], "little") < 1 << 40:
        return Recognised(FileKind.SAFETENSORS)
    if _PICKLE.match(head):
        return _pickle(head, suffix)
    if _MARKUP.match(head):
        return _refused(_WEB_PAGE, "download the file itself")
    if _XML.match(head):
        return _refused("an XML file", _CHOOSE)
    if _JSON.match(head):
        return _refused("a JSON file", _CHOOSE)
    if is_onnx(head) or (suffix == ".onnx" and head[:1] == b"\x08"):
        return Recognised(FileKind.ONNX)
    return Recognised(FileKind.UNKNOWN)


def _pickle(head: bytes, suffix: str) -> Recognised:
    if head[2:].startswith(TORCH_MAGIC):
        return Recognised(FileKind.TORCH_LEGACY)
    by_torch = suffix in {".pth", ".pt"}
    what = "a Python pickle that torch.save did not write" if by_torch else "a Python pickle"
    return _refused(f"{what}, which could run any code", _STATE_DICT)


def _zip(names: list[str]) -> Recognised:
    """By the names in the archive."""
    inner = {name.partition("/")[2] or name for name in names}
    if "constants.pkl" in inner or any(name.startswith("code/") for name in inner):
        return _refused("a TorchScript program", _STATE_DICT)
    if inner & {"archive_format", "serialized_exported_program.json"} or any(
        name.startswith("models/") for name in inner
    ):
        return _refused("a program of torch.export (.pt2)", _STATE_DICT)
    if "data.pkl" in inner:
        return Recognised(FileKind.TORCH_ZIP)
    if {"metadata.json", "model.weights.h5"} & set(names):
        return _refused("a Keras model (.keras)", _EXPORT)
    if all(name.endswith(".npy") for name in names):
        return _refused("an archive of NumPy arrays (.npz)", _ARRAYS)
    return _refused("a zip archive without weights of PyTorch", f"unpack it, or {_CHOOSE}")


def _refused(what: str, remedy: str) -> Recognised:
    return Recognised(FileKind.REFUSED, what, remedy)


# ---------------------------------------------------------------- zip archives

_END: Final = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 1 << 16
_LARGEST_DIRECTORY = 1 << 18
"""Bytes of the archive's list of files: each takes some ten times as much memory."""


def _names_in_zip(file: BinaryIO) -> list[str]:
    """The names in an archive; none where its list is damaged or too long."""
    size = os.fstat(file.fileno()).st_size
    if size > LARGEST:
        return []
    file.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    return names_at_end(file.read(), file)


def names_at_end(end: bytes, file: BinaryIO) -> list[str]:
    """The names in an archive with this end; none where its list is damaged or too long."""
    place = end.rfind(_END)
    if place < 0 or int.from_bytes(end[place + 12 : place + 16], "little") > _LARGEST_DIRECTORY:
        return []
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return []


def _first_name(head: bytes) -> str:
    """The name of an archive's first file, at its very beginning."""
    length = int.from_bytes(head[26:28], "little")
    return head[30 : 30 + length].decode("utf-8", "replace")


# ---------------------------------------------------------------- ONNX

_GRAPH = 7
_FIRST_FIELD = b"\x08"  # field 1, a number: the version of ONNX's form
_HIGHEST_FIELD = 25


def is_onnx(head: bytes) -> bool:
    """Whether bytes begin as ONNX's protocol buffer does: its version, some words, a graph."""
    if not head.startswith(_FIRST_FIELD):
        return False
    place = 0
    while place < len(head):
        key, place = _number(head, place)
        field, kind = key >> 3, key & 7
        if not 1 <= field <= _HIGHEST_FIELD or kind not in {0, 2}:
            return False
        value, place = _number(head, place)
        if kind == 2:
            if field == _GRAPH:
                return True
            place += value
    return False


def _number(content: bytes, place: int) -> tuple[int, int]:
    """A number in seven bits a byte, and the place behind it."""
    value = 0
    for shift in range(0, 64, 7):
        byte = content[place : place + 1]
        place += 1
        if not byte:
            break
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            break
    return value, place
