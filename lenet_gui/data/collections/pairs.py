"""Files of pictures and files of labels that belong together, by their names."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Final

import numpy.typing as npt

from lenet_gui.data.collections.roles import Content, Part, is_another_set, role_of
from lenet_gui.data.collections.stored import Stored, StoredSet
from lenet_gui.data.collections.tree import Entry, Tree
from lenet_gui.data.mnist_files import PUBLISHED
from lenet_gui.errors import UserError

Key = tuple[Part | None, Content]

READ: Final[tuple[Key, ...]] = (
    (Part.TRAINING, Content.IMAGES),
    (Part.TRAINING, Content.LABELS),
    (Part.TEST, Content.IMAGES),
    (Part.TEST, Content.LABELS),
)
"""The four files of a data set, as in MNIST."""

SINGLE_SET: Final[tuple[Key, ...]] = ((None, Content.IMAGES), (None, Content.LABELS))
"""The two files of a data set whose names say no set."""

USUAL_NAMES = dict(zip(READ, (file.name for file in PUBLISHED), strict=True))
"""What these files are called in MNIST."""

_MOST_LISTED = 6
_IDX_MARKS = ("ubyte", "idx")


@dataclass
class Group:
    """Files of one data set in one folder."""

    folder: PurePosixPath
    name: str
    files: dict[Key, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    @property
    def keys(self) -> tuple[Key, ...]:
        """What it should have: two sets, or one if no name says which."""
        return READ if any(key in self.files for key in READ) else SINGLE_SET

    @property
    def missing(self) -> list[Key]:
        """What it lacks."""
        return [key for key in self.keys if key not in self.files]

    @property
    def is_pair(self) -> bool:
        """Whether it is a single set; a file alone that is called "images" may be anything."""
        return [len(self.files.get(key, ())) for key in SINGLE_SET] == [1, 1]


def is_idx(entry: Entry) -> bool:
    """Whether a file is IDX, as its name says."""
    return any(mark in entry.name.lower() for mark in _IDX_MARKS)


def groups_among(tree: Tree, is_one: Callable[[Entry], bool]) -> list[Group]:
    """The data sets of separate files; those that lack the least first, then the highest."""
    groups: dict[tuple[PurePosixPath, str], Group] = {}
    for entry in tree.files:
        role = role_of(entry.name)
        is_third = role.part is None and is_another_set(entry.name)
        if role.content is None or is_third or not is_one(entry):
            continue
        place = entry.folder, role.group
        group = groups.setdefault(place, Group(*place))
        group.files[role.part, role.content].append(entry)
    found = [one for one in groups.values() if one.keys == READ or one.is_pair]
    return sorted(found, key=lambda one: (len(one.missing), len(one.folder.parts)))


def group_of(groups: list[Group], where: str) -> Group:
    """The one group that is whole; of several in one folder that of the usual names alone.

    Raises:
        UserError: none is, or there are several at the same place.
    """
    first = groups[0]
    if first.missing:
        there = next(first.files[key][0] for key in READ if key in first.files)
        lacking = [f"the {part} {content}" for part, content in first.missing]
        if is_idx(there):
            lacking = [USUAL_NAMES[key] for key in first.missing]
        raise UserError(
            f"{where} lacks {', '.join(lacking)} beside {there.name}: choose the folder with all "
            "four files."
        )
    depth = len(first.folder.parts)
    others = [one for one in groups if not one.missing and len(one.folder.parts) == depth]
    if len(others) > 1:
        are_beside = all(one.folder == first.folder for one in others)
        usual = [one for one in others if not one.name]
        if are_beside and len(usual) == 1:
            return usual[0]
        titles = [one.name if are_beside else str(one.folder) for one in others]
        more = ", …" if len(titles) > _MOST_LISTED else ""
        raise UserError(
            f"{where} has several data sets ({', '.join(titles[:_MOST_LISTED])}{more}): choose "
            f"{'a file' if are_beside else 'the folder'} of the one that you want."
        )
    return first


def stored_pairs(
    tree: Tree,
    group: Group,
    name: str,
    array_of: Callable[[Entry, bytes, Content], npt.NDArray[Any]],
    largest: int,
) -> Stored:
    """Reads the files of a group.

    Args:
        tree: where they are.
        group: which they are; of several for one thing the compressed one is read.
        name: of the data set.
        array_of: reads the bytes of a file.
        largest: bytes that a file may have.

    Raises:
        UserError: a file is unreadable, or labels do not belong to their pictures.
    """
    checksums = {}
    found: dict[Key, npt.NDArray[Any]] = {}
    files: dict[Key, Entry] = {}
    for key in group.keys:
        entry = files[key] = _preferred(group.files[key])
        content = tree.read(entry, largest)
        checksums[f"{key[0]} {key[1]}"] = hashlib.md5(content, usedforsecurity=False).hexdigest()
        found[key] = array_of(entry, content, key[1])
        del content
    is_single = group.keys == SINGLE_SET
    return Stored(
        name,
        _set(found, files, None if is_single else Part.TRAINING),
        None if is_single else _set(found, files, Part.TEST),
        tuple(dict.fromkeys(entry.path for entry in files.values())),
        checksums=checksums,
    )


def _preferred(entries: list[Entry]) -> Entry:
    """The compressed one of several, as it is the one that was downloaded."""
    packed = [entry for entry in entries if entry.name.lower().endswith(".gz")]
    return (packed or entries)[0]


def _set(
    found: Mapping[Key, npt.NDArray[Any]], files: Mapping[Key, Entry], part: Part | None
) -> StoredSet:
    images, labels = found[part, Content.IMAGES], found[part, Content.LABELS]
    if len(images) != len(labels):
        raise UserError(
            f"{files[part, Content.LABELS].shown} has {len(labels):,} labels for the "
            f"{len(images):,} images of {files[part, Content.IMAGES].name}, so they do not belong "
            "together: choose another copy of both."
        )
    return StoredSet(images, labels)
