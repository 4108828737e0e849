"""Reads the data set in a folder or a file: every form of it becomes two sets of digits."""

import os
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Final

from lenet_gui.data.collections import known
from lenet_gui.data.collections.classes import classes_of
from lenet_gui.data.collections.collection import Collection
from lenet_gui.data.collections.finding import found_at
from lenet_gui.data.collections.framing import (
    are_finite,
    as_stack,
    framed,
    framing_text,
    ink_range,
    is_dark_on_light,
    level_range,
    spread,
)
from lenet_gui.data.collections.stored import Progress, Stored, StoredSet
from lenet_gui.data.digits import Digits, DigitSets, UInt8Array
from lenet_gui.data.mnist_files import PUBLISHED, MnistFiles
from lenet_gui.data.words import MNIST_NAME, Transpose
from lenet_gui.errors import UserError
from lenet_gui.printable import shortened

TEST_SHARE: Final = 0.2
"""The share of a single set that becomes the test set."""

SPLIT_SEED: Final = 0
"""Of the draw of that share: the same each time."""

NOT_NUMBERS: Final = "pictures with a level that is not a number"

_ONE_TO_TEN: Final = tuple(map(str, range(1, 11)))
_LONGEST_NAME: Final = 40
_PARTS: Final = 4


def read_collection(
    path: Path,
    transpose: Transpose = Transpose.AUTO,
    mnist: MnistFiles = PUBLISHED,
    progress: Progress | None = None,
) -> Collection:
    """The data set in a folder, or a file.

    Read are IDX files under any usual names, plain, .gz or in a .zip; .npz and .npy files; CSV
    tables with a column of labels; pictures in a folder for each class, or with the label in
    their names. Folders are looked through, five levels deep. Nothing is written.

    Args:
        path: the folder or the file; "~" is the home folder.
        transpose: whether rows and columns of its pictures are exchanged; "auto" does so for
            what is known to be stored so, as EMNIST is.
        mnist: what MNIST is recognised by.
        progress: called with the pictures or bytes read so far, and of all.

    Raises:
        UserError: there is no data set, several, a damaged one, or one of another number of
            classes than ten.
    """
    place = absolute(path)
    try:
        with found_at(place) as found:
            stored = found.read(progress)
        return _collection(stored, place, transpose, mnist)
    except MemoryError as error:
        raise UserError(f"{place} does not fit into memory: choose a smaller data set.") from error


def files_of_collection(path: Path) -> tuple[Path, ...]:
    """The files that `read_collection` would read, by their names alone.

    Raises:
        UserError: there is no data set, or there are several.
    """
    with found_at(absolute(path)) as found:
        return found.files


def absolute(path: Path) -> Path:
    """The place of a folder or file; "~" is the home folder, if there is one."""
    return Path(os.path.abspath(os.path.expanduser(path)))  # noqa: PTH100, PTH111 - never raise


def _collection(stored: Stored, path: Path, transpose: Transpose, mnist: MnistFiles) -> Collection:
    where = str(path)
    stored_sets = [stored.training] if stored.test is None else [stored.training, stored.test]
    if any(not len(one.labels) for one in stored_sets):
        raise UserError(f"{where} has a set without pictures: choose other data.")
    unlike_mnist = known.unlike_mnist(stored, mnist)
    if len(unlike_mnist) == 1 and len(stored.files) == _PARTS:
        raise UserError(
            f"{stored.files[known.ARRAYS.index(unlike_mnist[0])]} differs from the published MNIST "
            "file (other size or SHA-256), but the three others are MNIST's: choose another copy "
            "or download MNIST again."
        )
    notes = list(stored.notes)
    left_out = Counter(stored.left_out)
    pictures = _pictures(stored_sets, where, left_out, notes)
    labels, names = classes_of([one.labels for one in stored_sets], where)
    name = known.well_known_name(stored) if unlike_mnist else MNIST_NAME
    if name is None:
        name = shortened(stored.name, _LONGEST_NAME)
        if len(unlike_mnist) < _PARTS:
            notes.append(f"It is MNIST except for its {' and '.join(unlike_mnist)}.")
    names, note = known.class_names(name, names)
    notes.append(note)
    if names == _ONE_TO_TEN:
        notes.append(
            "Its classes are 1 to 10: if they are digits and 10 is a 0, as in SVHN, write 0 for it."
        )
    transposed = transpose is Transpose.YES or (
        transpose is Transpose.AUTO and stored.is_known_transposed
    )
    if transposed:
        pictures = [images.transpose(0, 2, 1) for images in pictures]
    if transposed != stored.is_known_transposed:
        name = f"transposed {name}" if transposed else f"untransposed {name}"
    made = [
        Digits(images, classes, f"{name} {part}", names)
        for images, classes, part in zip(pictures, labels, ("training", "test"), strict=False)
    ]
    if len(made) == 1:
        made = _split(made[0], name, where)
        notes.append(
            f"It has one set, of which {len(made[1]):,} pictures, drawn at random but always the "
            "same, are the test set."
        )
    return Collection(
        name,
        DigitSets(made[0], made[1]),
        path,
        stored.files,
        transpose,
        transposed,
        dict(left_out),
        tuple(note for note in notes if note),
        unlike_mnist,
    )


def _pictures(
    sets: list[StoredSet], where: str, left_out: Counter[str], notes: list[str]
) -> list[UInt8Array]:
    """The pictures of each set as uint8 [N, 28, 28], white on black; `sets` lose those left out."""
    stacks = [as_stack(one.images, where) for one in sets]
    for place, stack in enumerate(stacks):
        good = are_finite(stack)
        if not good.all():
            left_out[NOT_NUMBERS] += int((~good).sum())
            stacks[place] = stack[good]
            sets[place] = replace(sets[place], labels=sets[place].labels[good])
        if not len(stacks[place]):
            raise UserError(f"{where} has no picture that can be used: choose other data.")
    black, white, note = level_range(stacks)
    notes.append(note)
    shapes = dict.fromkeys(stack.shape[1:] for stack in stacks)
    notes += [framing_text(shape) for shape in shapes]
    framed_stacks = [framed(stack, (black, white)) for stack in stacks]
    if is_dark_on_light(framed_stacks[0]):
        notes.append("Dark ink on light paper was turned into white on black.")
        framed_stacks = [255 - stack for stack in framed_stacks]
    levels = ink_range(framed_stacks[0])
    if levels != (0, 255):
        paper, ink = levels
        notes.append(f"Levels from {paper} (paper) to {ink} (ink) were spread to 0 to 255.")
        framed_stacks = [spread(stack, levels) for stack in framed_stacks]
    return framed_stacks


def _split(digits: Digits, name: str, where: str) -> list[Digits]:
    if len(digits) < 2:
        raise UserError(f"{where} has a single picture: choose a data set of more.")
    count = max(1, round(TEST_SHARE * len(digits)))
    training, test = digits.split(count, SPLIT_SEED)
    return [training, replace(test, name=f"{name} test")]
