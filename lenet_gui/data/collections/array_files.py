"""Data sets of numpy's files: one .npz with all, or an .npz or .npy for each array."""

import errno
import io
import math
import warnings
import zipfile
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from lenet_gui.data.collections.pairs import Group, groups_among
from lenet_gui.data.collections.roles import Content, Part, is_another_set, role_of
from lenet_gui.data.collections.stored import Stored, StoredSet
from lenet_gui.data.collections.tree import Entry, Tree
from lenet_gui.errors import UserError
from lenet_gui.printable import shortened
from lenet_gui.safe_reading import open_ordinary
from lenet_gui.safe_unpacking import most_unpacked, opened_zip, unpacked

LARGEST_ARRAYS: Final = 1 << 30
"""Bytes that the arrays of a file may have, unpacked."""

MOST_ARRAYS: Final = 100

NO_LABEL: Final = "pictures without a label"

_LONGEST_HEADER: Final = 10_000
_MOST_DIMENSIONS: Final = 8
_KINDS: Final = frozenset("buifUS")
"""Numbers, truth values and text: nothing that runs code when it is read."""


def array_groups(tree: Tree) -> list[Group]:
    """The data sets of a file for each array."""
    return groups_among(tree, lambda entry: entry.name.lower().endswith((".npz", ".npy")))


def is_single_array(path: Path) -> bool:
    """Whether an .npz file has one array, and others are in other files, as KMNIST has them."""
    with suppress(Exception), open_ordinary(path) as file:  # damaged archives raise nearly anything
        names = [name for name in opened_zip(file).namelist() if name.endswith(".npy")]
        return len(names) == 1
    return False


def single_array(entry: Entry, content: bytes, kind: Content) -> npt.NDArray[Any]:
    """The only array in an .npz or .npy file.

    Raises:
        UserError: it is damaged, or has several.
    """
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return _npy(content, entry.shown)
    arrays = _arrays(content, entry.shown)
    if len(arrays) != 1:
        raise UserError(
            f"{entry.shown} has {len(arrays)} arrays instead of the {kind} alone: choose "
            "another copy."
        )
    return next(iter(arrays.values()))


def stored_npz(tree: Tree, entry: Entry, name: str) -> Stored:
    """The data set in one .npz file.

    Raises:
        UserError: it is damaged, has arrays of another kind, or not those of pictures and labels.
    """
    arrays = _arrays(tree.read(entry, LARGEST_ARRAYS), entry.shown)
    parts: dict[Part | None, dict[Content, npt.NDArray[Any]]] = {}
    unused = []
    for key, array in arrays.items():
        role = role_of(key)
        if role.content is None or is_another_set(key):
            unused.append(key)
            continue
        parts.setdefault(role.part, {}).setdefault(role.content, array)
    if len(arrays) == 2 and unused:  # as numpy names arrays without a name, or names of their own
        images, labels = sorted(arrays.values(), key=lambda array: -array.size)
        parts = {None: {Content.IMAGES: images, Content.LABELS: labels}}
        unused = []
    left_out: Counter[str] = Counter()
    sets = {part: _set(found, entry, left_out) for part, found in parts.items() if len(found) == 2}
    first = sets.get(Part.TRAINING, sets.get(None))
    test = sets.get(Part.TEST)
    if first is None:
        first, test = test, None
    if first is None:
        there = ", ".join(shortened(key) for key in list(arrays)[:8]) or "nothing"
        raise UserError(
            f"{entry.shown} has no arrays of pictures and labels (it has {there}): name them "
            "x_train, y_train, x_test and y_test, or images and labels."
        )
    notes: tuple[str, ...] = ()
    if unused:
        listed = ", ".join(shortened(key) for key in unused[:8])
        notes = (f"Other arrays of {entry.name} are not used: {listed}.",)
    return Stored(name, first, test, (entry.path,), left_out, notes)


def _set(
    found: Mapping[Content, npt.NDArray[Any]], entry: Entry, left_out: Counter[str]
) -> StoredSet:
    images, labels = found[Content.IMAGES], found[Content.LABELS]
    if labels.ndim == 2 and (labels.shape[1] == 1 or images.shape[:1] > labels.shape[:1] == (1,)):
        labels = labels.ravel()
    elif labels.ndim == 2 and labels.dtype.kind in "buif" and labels.shape[1] > 1:
        labels = labels.argmax(axis=1)  # one place for each class
    if labels.ndim != 1 or images.ndim < 2:
        raise UserError(
            f"{entry.shown} has labels of shape {_shape(labels)} for pictures of shape "
            f"{_shape(images)}: it must have a label for each picture."
        )
    if len(images) != len(labels) == images.shape[-1]:  # as MATLAB has them, such as SVHN
        images = np.moveaxis(images, -1, 0)
    if len(images) != len(labels):
        raise UserError(
            f"{entry.shown} has {_counted(len(labels), 'label')} for "
            f"{_counted(len(images), 'picture')}: it must have a label for each picture."
        )
    if labels.dtype.kind == "f" and not (has_one := np.isfinite(labels)).all():
        left_out[NO_LABEL] += int((~has_one).sum())
        images, labels = images[has_one], labels[has_one]
    return StoredSet(images, labels)


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _shape(array: npt.NDArray[Any]) -> str:
    return "x".join(str(side) for side in array.shape) or "a single value"


def _arrays(content: bytes, name: str) -> dict[str, npt.NDArray[Any]]:
    """The arrays in an .npz file by their names."""
    left = most_unpacked(len(content), LARGEST_ARRAYS)  # in all: they may share their bytes
    members: dict[str, bytes] = {}
    try:
        with opened_zip(io.BytesIO(content)) as archive:
            for info in archive.infolist()[: MOST_ARRAYS + 1]:
                member = unpacked(archive, info, left, name)
                left -= len(member)
                members[info.filename.removesuffix(".npy")] = member
    except UserError:
        raise
    except Exception as error:  # damaged archives raise nearly anything
        if isinstance(error, OSError) and error.errno == errno.EFBIG:
            raise _too_much(name) from error
        raise UserError(f"{name} is damaged or not an .npz file: choose another copy.") from error
    if len(members) > MOST_ARRAYS:
        raise _too_much(name)
    return {key: _npy(member, name) for key, member in members.items()}


def _too_much(name: str) -> UserError:
    return UserError(
        f"{name} contains more than {LARGEST_ARRAYS:,} bytes or {MOST_ARRAYS} arrays: choose "
        "a smaller data set."
    )


def _npy(content: bytes, name: str) -> npt.NDArray[Any]:
    """The array in the bytes of an .npy file, which must be whole and of plain numbers or text."""
    stream = io.BytesIO(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            version = np.lib.format.read_magic(stream)
            read = {
                (1, 0): np.lib.format.read_array_header_1_0,
                (2, 0): np.lib.format.read_array_header_2_0,
            }[version]
            shape, is_by_columns, dtype = read(stream, max_header_size=_LONGEST_HEADER)
    except Exception as error:  # a header is a Python literal, which may be anything
        raise UserError(
            f"{name} is damaged, or not an array of NumPy: choose another copy."
        ) from error
    if dtype.hasobject or dtype.kind not in _KINDS or dtype.itemsize == 0 or dtype.subdtype:
        raise UserError(
            f"{name} has an array of {shortened(str(dtype))}, which is not read, as it could "
            "be anything: save plain numbers."
        )
    start = stream.tell()
    announced = dtype.itemsize * math.prod(shape)
    if len(shape) > _MOST_DIMENSIONS or any(side < 0 for side in shape):
        raise UserError(f"{name} has an array of an impossible shape: choose another copy.")
    if len(content) - start != announced:
        raise UserError(
            f"{name} is damaged: an array announces {announced:,} bytes and has "
            f"{len(content) - start:,}: choose another copy."
        )
    flat = np.frombuffer(content, dtype, offset=start)
    return flat.reshape(shape, order="F" if is_by_columns else "C")
