"""What a file is that is no data set that can be read, in a sentence that says what can."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from lenet_gui.data.collections.tree import Entry
from lenet_gui.errors import UserError
from lenet_gui.file_kinds import PACKED, PICTURES, FileKind, kind_by_name, kind_of

ACCEPTED: Final = (
    "choose IDX files as MNIST has them, a CSV table, an .npz file, or a folder of pictures for "
    "each class"
)

_MAY_BE_READ: Final = frozenset(
    {FileKind.UNKNOWN, FileKind.NPY, FileKind.NPZ, FileKind.ZIP, FileKind.GZIP}
)
"""Kinds of data sets too, so that naming them explains nothing."""

_BESIDE: Final = frozenset({FileKind.JSON, FileKind.WEB_PAGE, FileKind.EMPTY, FileKind.XML})
"""Kinds that often lie beside a data set of another kind, and describe it."""

_MOST_LOOKED_AT: Final = 100
"""Files of a folder."""

_ADVICE: Final = dict.fromkeys((*PACKED, FileKind.ZIP), "unpack it first") | {
    FileKind.PICKLE: "save its arrays as .npz",
    FileKind.SPREADSHEET: "save it as CSV",
    FileKind.POINTER: "fetch the file with git lfs pull",
    FileKind.WEB_PAGE: "download the file itself",
}


def refusal_of_file(path: Path) -> UserError:
    """For a file that is read as nothing else."""
    try:
        kind = kind_of(path)
    except OSError as error:
        return UserError(
            f"{path} could not be read ({error.strerror or error}): allow reading it, or choose "
            "other data."
        )
    if kind in _MAY_BE_READ:
        kind = kind_by_name(path.name)
    return UserError(_sentence(str(path), kind))


def refusal_of_folder(root: Path, files: Sequence[Entry]) -> UserError:
    """For a folder or archive without a data set."""
    if not files:
        return UserError(f"{root} contains no files: {ACCEPTED}.")
    if root.is_file() and kind_of(root) not in _MAY_BE_READ:  # such as .xlsx, a zip archive inside
        return refusal_of_file(root)
    known = [
        (kind in _BESIDE, place, kind)
        for place, entry in enumerate(files[:_MOST_LOOKED_AT])
        if (kind := _kind(entry)) is not FileKind.UNKNOWN
    ]
    if known:
        _, place, kind = min(known, key=lambda one: one[:2])
        return UserError(_sentence(files[place].shown, kind))
    found = "1 file" if len(files) == 1 else f"{len(files):,} files"
    return UserError(f"{root} contains no data set that can be read ({found}): {ACCEPTED}.")


def _kind(entry: Entry) -> FileKind:
    """By its name, else by its content where that is not packed."""
    if entry.name.lower().endswith(".zip"):
        return FileKind.ZIP
    kind = kind_by_name(entry.name)
    if kind is FileKind.UNKNOWN and entry.path.name == entry.name:
        with suppress(OSError):
            kind = kind_of(entry.path)
    return FileKind.UNKNOWN if kind in _MAY_BE_READ else kind


def _sentence(name: str, kind: FileKind) -> str:
    if kind is FileKind.UNKNOWN:
        return f"{name} is not a data set that can be read: {ACCEPTED}."
    if kind is FileKind.EMPTY:
        return f"{name} is empty: {ACCEPTED}."
    if kind in _ADVICE:
        return f"{name} is {kind.value}: {_ADVICE[kind]}, or {ACCEPTED}."
    what = "a single picture" if kind in PICTURES else kind.value
    return f"{name} is {what}, which is not read: {ACCEPTED}."
