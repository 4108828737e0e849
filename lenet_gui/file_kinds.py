"""What a file is, by its beginning or by the end of its name: the one table of such marks.

Who refuses a file says beside it what is accepted instead. Only the beginning of a file is looked
at, and the names of the files in a zip archive. No torch.
"""

import re
from collections.abc import Collection
from enum import Enum
from pathlib import Path
from typing import BinaryIO, Final

from lenet_gui.safe_reading import open_ordinary
from lenet_gui.safe_unpacking import opened_zip


class FileKind(Enum):
    """What a file is; the value follows "is" in a sentence."""

    UNKNOWN = "of an unknown kind"
    EMPTY = "empty"
    # weights
    SAFETENSORS = "a file of weights (safetensors)"
    TORCH_ZIP = "a file of PyTorch's tensors"  # as torch.save writes since 2020
    TORCH_LEGACY = "an older file of PyTorch's tensors"  # as it wrote before
    TORCHSCRIPT = "a TorchScript program"
    EXPORTED_PROGRAM = "a program of torch.export (.pt2)"
    ONNX = "an ONNX model"
    KERAS = "a Keras model (.keras)"
    HDF5 = "an HDF5 file (.h5, as Keras writes)"
    TFLITE = "a TensorFlow Lite model"
    GGUF = "a GGUF file"
    # data
    NPY = "an array of NumPy (.npy)"
    NPZ = "an archive of NumPy arrays (.npz)"
    PICKLE = "a Python pickle, which could run any code"
    MATLAB = "a MATLAB file"
    PARQUET = "a Parquet file"
    ARROW = "an Arrow file"
    ARFF = "an ARFF file"
    TFRECORD = "a file of TensorFlow's records"
    DATABASE = "a database (SQLite)"
    SPREADSHEET = "a spreadsheet"
    JSON = "a JSON file"
    LIBSVM = "a table in the sparse form of LIBSVM"
    # packed
    ZIP = "a zip archive"
    GZIP = "compressed with gzip"
    BZIP2 = "compressed with bzip2"
    XZ = "compressed with xz"
    TAR = "a tar archive"
    SEVEN_ZIP = "a 7-Zip archive"
    RAR = "a RAR archive"
    # pictures, and others
    PNG = "a picture (PNG)"
    JPEG = "a picture (JPEG)"
    GIF = "a picture (GIF)"
    BMP = "a picture (BMP)"
    PDF = "a PDF document"
    XML = "an XML file"
    WEB_PAGE = "a web page, not the file that it offers"
    POINTER = "only a pointer of Git LFS"
    PROGRAM = "a program"


PACKED: Final = frozenset(
    {FileKind.GZIP, FileKind.BZIP2, FileKind.XZ, FileKind.TAR, FileKind.SEVEN_ZIP, FileKind.RAR}
)
"""What is to be unpacked first."""

PICTURES: Final = frozenset({FileKind.PNG, FileKind.JPEG, FileKind.GIF, FileKind.BMP})

_BEGINNINGS: Final = (
    (b"\x89HDF\r\n\x1a\n", FileKind.HDF5),
    (b"version https://git-lfs", FileKind.POINTER),
    (b"\x93NUMPY", FileKind.NPY),
    (b"GGUF", FileKind.GGUF),
    (b"\x1f\x8b", FileKind.GZIP),
    (b"BZh", FileKind.BZIP2),
    (b"\xfd7zXZ", FileKind.XZ),
    (b"7z\xbc\xaf", FileKind.SEVEN_ZIP),
    (b"Rar!", FileKind.RAR),
    (b"MATLAB 5.0", FileKind.MATLAB),
    (b"PAR1", FileKind.PARQUET),
    (b"ARROW1", FileKind.ARROW),
    (b"SQLite format 3", FileKind.DATABASE),
    (b"\x89PNG", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"GIF8", FileKind.GIF),
    (b"%PDF", FileKind.PDF),
    (b"\x7fELF", FileKind.PROGRAM),
)
_PLACES: Final = (
    (4, b"TFL3", FileKind.TFLITE),
    (257, b"ustar", FileKind.TAR),
)
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
"""Of an archive, of one without files, and of one that was to be split and fits in one piece."""

TORCH_MAGIC: Final = b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19."
"""What the first pickle of PyTorch's older form holds, after the protocol."""

_FORMS: Final = (
    (re.compile(rb"BM.{4}\0{4}", re.DOTALL), FileKind.BMP),
    (re.compile(rb"\x80[\x02-\x05]" + re.escape(TORCH_MAGIC)), FileKind.TORCH_LEGACY),
    (re.compile(rb"\x80[\x02-\x05]"), FileKind.PICKLE),
    (
        re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!doctype\s+html|<html|<head|<!--)", re.IGNORECASE),
        FileKind.WEB_PAGE,
    ),
    (re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml"), FileKind.XML),
    (re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*["\[{\d\]-])'), FileKind.JSON),
    (re.compile(rb"[-+]?\d+(?:\.\d+)?(?: \d+:[-+.\deE]+){4}"), FileKind.LIBSVM),
)

_ENDS: Final = {
    ".parquet": FileKind.PARQUET,
    ".arrow": FileKind.ARROW,
    ".feather": FileKind.ARROW,
    ".h5": FileKind.HDF5,
    ".hdf5": FileKind.HDF5,
    ".mat": FileKind.MATLAB,
    ".pkl": FileKind.PICKLE,
    ".pickle": FileKind.PICKLE,
    ".pt": FileKind.TORCH_ZIP,
    ".pth": FileKind.TORCH_ZIP,
    ".safetensors": FileKind.SAFETENSORS,
    ".arff": FileKind.ARFF,
    ".tfrecord": FileKind.TFRECORD,
    ".xlsx": FileKind.SPREADSHEET,
    ".ods": FileKind.SPREADSHEET,
    ".json": FileKind.JSON,
    ".jsonl": FileKind.JSON,
    ".pkl.gz": FileKind.PICKLE,
    ".tar": FileKind.TAR,
    ".tgz": FileKind.TAR,
    ".tar.gz": FileKind.TAR,
    ".bz2": FileKind.BZIP2,
    ".xz": FileKind.XZ,
    ".7z": FileKind.SEVEN_ZIP,
    ".rar": FileKind.RAR,
    ".html": FileKind.WEB_PAGE,
}
"""The ends of names. What the programs here read goes by its content alone."""

_BEGINNING: Final = 4096
_LONGEST_TABLE: Final = 1 << 18
"""Bytes of an archive's table of contents: each takes some ten times as much memory."""


def kind_of(path: Path) -> FileKind:
    """What the file at `path` is, by its content; an ONNX model may also be known by its name.

    Raises:
        OSError, ValueError: it cannot be opened, or is not a regular file.
    """
    with open_ordinary(path) as file:
        begin = file.read(_BEGINNING)
        if is_zip(begin):
            return _kind_of_zip(names_in_zip(file) or [_first_name(begin)])
    kind = kind_of_beginning(begin)
    if kind is FileKind.UNKNOWN and path.suffix.lower() == ".onnx" and begin[:1] == _FIRST_FIELD:
        return FileKind.ONNX
    return kind


def is_zip(begin: bytes) -> bool:
    """Whether a file that begins so is a zip archive."""
    return begin.startswith(_ZIPS)


def kind_of_beginning(content: bytes) -> FileKind:
    """What a file is that begins so, if that shows before its `_BEGINNING` bytes end."""
    begin = content[:_BEGINNING]
    if not begin:
        return FileKind.EMPTY
    if is_zip(begin):
        return FileKind.ZIP
    if begin[8:9] == b"{" and int.from_bytes(begin[:8], "little") < 1 << 40:
        return FileKind.SAFETENSORS
    for mark, kind in _BEGINNINGS:
        if begin.startswith(mark):
            return kind
    for place, mark, kind in _PLACES:
        if begin.startswith(mark, place):
            return kind
    for form, kind in _FORMS:
        if form.match(begin):
            return kind
    return FileKind.ONNX if is_onnx(begin) else FileKind.UNKNOWN


def kind_by_name(name: str) -> FileKind:
    """What a file of this name is, as the end of the name says."""
    lower = name.lower()
    return next((kind for end, kind in _ENDS.items() if lower.endswith(end)), FileKind.UNKNOWN)


# ---------------------------------------------------------------- zip archives


def names_in_zip(file: BinaryIO) -> list[str]:
    """The names in an archive; none where its table of contents is damaged or too long."""
    try:
        with opened_zip(file, _LONGEST_TABLE) as archive:
            return archive.namelist()
    except Exception:  # noqa: BLE001 - damaged archives raise nearly anything
        return []


def _first_name(begin: bytes) -> str:
    """The name of an archive's first file, at its very beginning."""
    length = int.from_bytes(begin[26:28], "little")
    return begin[30 : 30 + length].decode("utf-8", "replace")


def _kind_of_zip(names: Collection[str]) -> FileKind:
    inner = {name.partition("/")[2] or name for name in names}
    if "constants.pkl" in inner or any(name.startswith("code/") for name in inner):
        return FileKind.TORCHSCRIPT
    if inner & {"archive_format", "serialized_exported_program.json"} or any(
        name.startswith("models/") for name in inner
    ):
        return FileKind.EXPORTED_PROGRAM
    if "data.pkl" in inner:
        return FileKind.TORCH_ZIP
    if {"metadata.json", "model.weights.h5"} & set(names):
        return FileKind.KERAS
    if "xl/workbook.xml" in names:
        return FileKind.SPREADSHEET
    if all(name.endswith(".npy") for name in names):
        return FileKind.NPZ
    return FileKind.ZIP


# ---------------------------------------------------------------- ONNX

_GRAPH: Final = 7
_FIRST_FIELD: Final = b"\x08"  # field 1, a number: the version of ONNX's form
_HIGHEST_FIELD: Final = 25


def is_onnx(begin: bytes) -> bool:
    """Whether bytes begin as ONNX's protocol buffer does: its version, some words, a graph."""
    if not begin.startswith(_FIRST_FIELD):
        return False
    place = 0
    while place < len(begin):
        key, place = _number(begin, place)
        field, kind = key >> 3, key & 7
        if not 1 <= field <= _HIGHEST_FIELD or kind not in {0, 2}:
            return False
        value, place = _number(begin, place)
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
