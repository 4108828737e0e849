"""Data sets of picture files: a folder for each class, or the label in each file's name."""

import io
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from lenet_gui.data.collections.framing import framed, framing_text
from lenet_gui.data.collections.label_table import labels_in_tables
from lenet_gui.data.collections.roles import Part, is_another_set, part_of_folder
from lenet_gui.data.collections.stored import Progress, Stored, StoredSet
from lenet_gui.data.collections.tree import Entry, Tree
from lenet_gui.data.digits import UInt8Array
from lenet_gui.data.pictures.formats import SUFFIXES
from lenet_gui.errors import UserError

if TYPE_CHECKING:
    from PIL import Image

LARGEST_PICTURE: Final = 8 << 20
"""Bytes of a file."""

LARGEST_SIDE: Final = 2_048
"""Pixels."""

UNREADABLE: Final = "files that cannot be read as pictures"
TOO_LARGE: Final = f"pictures of more than {LARGEST_SIDE:,} pixels on a side or 8 MB"
NO_LABEL: Final = "pictures without a label in their name"
NO_ROW: Final = "pictures without a label in the table"
ANOTHER_SET: Final = "pictures of a third set (validation)"
EMPTY: Final = "pictures of a single level"

_SUFFIXES: Final = frozenset(suffix for each in SUFFIXES.values() for suffix in each)
_DECODED_SIDE: Final = 256
"""Pixels, about, to which a JPEG is reduced where it is decoded."""

_ENOUGH: Final = 0.9
"""The share of names that must say a label."""

_LABELS_IN_NAMES: Final = (
    ("after a word such as label in", re.compile(r"(?i:label|class|digit|num)[-_ =]?(\d+)(?!\d)")),
    ("at the beginning of", re.compile(r"(\d)(?!\d)")),
    ("at the end of", re.compile(r".*(?<!\d)(\d)$")),
)


@dataclass(frozen=True)
class _Labelled:
    entry: Entry
    part: Part | None
    label: str


def pictures_among(tree: Tree) -> list[Entry]:
    """The files whose names end as those of pictures do."""
    return [entry for entry in tree.files if entry.place.suffix.lower() in _SUFFIXES]


def stored_pictures(
    tree: Tree, entries: Sequence[Entry], name: str, progress: Progress | None = None
) -> Stored:
    """Reads pictures; what cannot be read is left out, and counted.

    Raises:
        UserError: nothing says their labels, or none can be read.
    """
    left_out: Counter[str] = Counter()
    kept = [entry for entry in entries if not any(map(is_another_set, entry.place.parts[:-1]))]
    if len(kept) < len(entries):
        left_out[ANOTHER_SET] = len(entries) - len(kept)
    labelled, note = _labelled(tree, kept, left_out)
    if not labelled:
        raise UserError(
            f"{tree.root} has {len(entries):,} pictures without labels: put those of each class "
            "into a folder of its own, which has the name of the class, or add a table of the "
            "pictures' names and labels."
        )
    images: dict[Part | None, list[UInt8Array]] = defaultdict(list)
    labels: dict[Part | None, list[str]] = defaultdict(list)
    sizes: Counter[tuple[int, int]] = Counter()
    for number, one in enumerate(labelled):
        if progress and number % 100 == 0:
            progress(number, len(labelled))
        picture = _picture(tree, one.entry, left_out)
        if picture is not None:
            sizes[picture.shape] += 1
            images[one.part].append(framed(picture[None], (0, 255))[0])
            labels[one.part].append(one.label)
    sets = {part: StoredSet(np.stack(images[part]), np.array(labels[part])) for part in images}
    first = sets.get(Part.TRAINING) or sets.get(None)
    test = sets.get(Part.TEST)
    if first is None:
        first, test = test, None
    if first is None:
        raise UserError(f"{tree.root} has no picture that can be read: choose other data.")
    if Part.TRAINING in sets and None in sets:
        left_out["pictures outside the folders of the sets"] = len(labels[None])
    notes = (note, *(text for size in sizes if (text := framing_text(size))))
    paths = tuple(dict.fromkeys(one.entry.path for one in labelled))
    return Stored(name, first, test, paths, left_out, notes[:3] + _and_more(notes[3:]))


def _and_more(notes: Sequence[str]) -> tuple[str, ...]:
    return (f"So were those of {len(notes)} other sizes.",) if notes else ()


def _labelled(
    tree: Tree, entries: Sequence[Entry], left_out: Counter[str]
) -> tuple[list[_Labelled], str]:
    """Each picture with its set and label, and a sentence on where the label is."""
    by_folder = [_by_folder(entry) for entry in entries]
    classes = {one.label for one in by_folder if one is not None}
    if len(classes) > 1:
        found = [one for one in by_folder if one is not None]
        if len(found) < len(entries):
            left_out[NO_LABEL] += len(entries) - len(found)
        return found, "The label of a picture is the name of its folder."
    by_table = labels_in_tables(tree, entries)
    if len({one.label for one in by_table.values()}) > 1:
        if len(by_table) < len(entries):
            left_out[NO_ROW] += len(entries) - len(by_table)
        found = [
            _Labelled(entry, _part(entry.folder.parts) or one.part, one.label)
            for entry, one in by_table.items()
        ]
        tables = sorted({one.table for one in by_table.values()})
        return found, f"The label of a picture is in {' and '.join(tables[:2])}."
    stems = [entry.place.stem for entry in entries]
    for where, form in _LABELS_IN_NAMES:
        matches = [form.search(stem) if "label" in where else form.match(stem) for stem in stems]
        labels = {match[1] for match in matches if match}
        if len(labels) > 1 and sum(map(bool, matches)) >= _ENOUGH * len(stems):
            found = [
                _Labelled(entry, _part(entry.folder.parts), match[1])
                for entry, match in zip(entries, matches, strict=True)
                if match
            ]
            if len(found) < len(entries):
                left_out[NO_LABEL] += len(entries) - len(found)
            return found, f"The label of a picture is the number {where} its file's name."
    return [], ""


def _by_folder(entry: Entry) -> _Labelled | None:
    """The nearest folder is the class, one above it may be the set; or the other way round."""
    parts = entry.place.parts[:-1]
    classes = [part for part in parts if part_of_folder(part) is None]
    if not classes:
        return None
    return _Labelled(entry, _part(parts), classes[-1])


def _part(folders: Sequence[str]) -> Part | None:
    return next((part for name in folders if (part := part_of_folder(name))), None)


def _picture(tree: Tree, entry: Entry, left_out: Counter[str]) -> UInt8Array | None:
    """The grey levels [rows, columns] of a picture; None if it is left out."""
    try:
        content = tree.read(entry, LARGEST_PICTURE)
    except UserError:
        left_out[TOO_LARGE if entry.size > LARGEST_PICTURE else UNREADABLE] += 1
        return None
    from lenet_gui.data.pictures.file import decode, opened_picture, upright

    try:
        with opened_picture(io.BytesIO(content), entry.shown) as opened:
            if max(opened.size) > LARGEST_SIDE:
                left_out[TOO_LARGE] += 1
                return None
            decode(opened, "L", _DECODED_SIDE)
            levels = upright(_grey(opened), opened)
    except Exception:  # noqa: BLE001 - damaged files raise nearly anything in Pillow
        left_out[UNREADABLE] += 1
        return None
    if min(levels.shape) < 4:
        left_out[UNREADABLE] += 1
        return None
    if levels.min() == levels.max():
        left_out[EMPTY] += 1
        return None
    return levels


def _grey(opened: "Image.Image") -> UInt8Array:
    if opened.mode.startswith("I;16"):
        return (np.asarray(opened.convert("I")) // 257).astype(np.uint8)
    if opened.has_transparency_data:
        coloured = opened.convert("RGBA")
        if np.asarray(coloured)[..., 3].min() < 255:
            return _over_its_contrast(coloured)
        return np.asarray(coloured.convert("L"))
    return np.asarray(opened.convert("RGB" if opened.mode == "P" else opened.mode).convert("L"))


def _over_its_contrast(coloured: "Image.Image") -> UInt8Array:
    """A picture that is transparent in part, over black if its ink is light, else over white."""
    levels = np.asarray(coloured.convert("LA"), np.float32)
    ink, opaque = levels[..., 0], levels[..., 1] / 255
    is_light = (ink * opaque).sum() > 127 * opaque.sum()
    ground = np.float32(0 if is_light else 255)
    return np.rint(ink * opaque + ground * (1 - opaque)).astype(np.uint8)
