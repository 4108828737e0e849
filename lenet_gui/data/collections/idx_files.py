"""Data sets of IDX files, as MNIST is one, whatever the files are called."""

import math
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lenet_gui.data.collections.pairs import Group, groups_among, is_idx
from lenet_gui.data.collections.roles import Content
from lenet_gui.data.collections.tree import Entry, Tree
from lenet_gui.data.gzip_files import (
    GZIP_MAGIC,
    GZIP_OVERHEAD,
    LARGEST_CONTENT,
    GzipFault,
    decompressed,
)
from lenet_gui.errors import UserError
from lenet_gui.safe_unpacking import most_unpacked

LARGEST_FILE: Final = LARGEST_CONTENT + GZIP_OVERHEAD

_TYPES: Final[Mapping[int, str]] = {
    0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8",
}  # fmt: skip
"""The third byte of a file, and the numbers that it then has."""


def idx_groups(tree: Tree) -> list[Group]:
    """The data sets of IDX files in a tree."""
    return groups_among(tree, is_idx)


def idx_array(entry: Entry, content: bytes, kind: Content) -> npt.NDArray[Any]:
    """The numbers in an IDX file, gzip or not.

    Args:
        entry: which file it is, for the messages.
        content: its bytes.
        kind: what its name says that it has.

    Returns:
        Pictures [N, rows, columns], or labels [N]; of labels with more numbers each, as QMNIST
        has them, the first.

    Raises:
        UserError: it is empty, cut short, too long, or of another kind.
    """
    name = entry.shown
    if content.startswith(GZIP_MAGIC):
        try:
            content = decompressed(content, most_unpacked(len(content), LARGEST_CONTENT))
        except GzipFault as fault:
            raise UserError(f"{name} {fault}: choose another copy.") from fault
    array = _array(content, name)
    if kind is Content.IMAGES:
        if array.ndim == 4 and array.shape[3] in (1, 3):
            return array
        if array.ndim != 3:
            raise UserError(
                f"{name} has {_dimensions(array)}, so it does not contain pictures: choose "
                "another copy."
            )
        return array
    if array.ndim == 2 and array.shape[1] > 0:
        return array[:, 0]
    if array.ndim != 1:
        raise UserError(
            f"{name} has {_dimensions(array)}, so it does not contain labels: choose another copy."
        )
    return array


def _array(content: bytes, name: str) -> npt.NDArray[Any]:
    """What the header announces; there must be exactly as many bytes."""
    if not content:
        raise UserError(f"{name} is empty: choose another copy.")
    if len(content) < 4 or len(content) < 4 + 4 * content[3]:
        raise UserError(f"{name} is cut short in its header: choose another copy.")
    if content[:2] != b"\0\0" or content[2] not in _TYPES or not 1 <= content[3] <= 4:
        magic = int.from_bytes(content[:4], "big")
        raise UserError(
            f"{name} begins with the magic number {magic}, so it is not an IDX file: choose "
            "another copy."
        )
    dimensions = content[3]
    shape = tuple(int.from_bytes(content[4 + 4 * n : 8 + 4 * n], "big") for n in range(dimensions))
    dtype = np.dtype(_TYPES[content[2]])
    start = 4 + 4 * dimensions
    announced = start + dtype.itemsize * math.prod(shape)
    if len(content) != announced:
        what = "is cut short" if len(content) < announced else "is too long"
        raise UserError(
            f"{name} {what}: its header announces {announced:,} bytes and it has "
            f"{len(content):,}: choose another copy."
        )
    if 0 in shape:
        raise UserError(f"{name} contains nothing: choose another copy.")
    return np.frombuffer(content, dtype, offset=start).reshape(shape)


def _dimensions(array: npt.NDArray[Any]) -> str:
    return "1 dimension" if array.ndim == 1 else f"{array.ndim} dimensions"
