"""Finds the data set in a folder, an archive or a file, and the reader for it."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from lenet_gui.data.collections.array_files import (
    LARGEST_ARRAYS,
    array_groups,
    is_single_array,
    single_array,
    stored_npz,
)
from lenet_gui.data.collections.idx_files import LARGEST_FILE, idx_array, idx_groups
from lenet_gui.data.collections.known import is_emnist, own_name
from lenet_gui.data.collections.pairs import Group, group_of, is_idx, stored_pairs
from lenet_gui.data.collections.picture_files import pictures_among, stored_pictures
from lenet_gui.data.collections.refusals import refusal_of_file, refusal_of_folder
from lenet_gui.data.collections.roles import Part, is_another_set, role_of
from lenet_gui.data.collections.stored import Progress, Stored, StoredSet
from lenet_gui.data.collections.table import (
    LARGEST_TABLE,
    has_labels,
    is_table,
    table_set,
)
from lenet_gui.data.collections.tree import Entry, FolderTree, Tree, ZipTree
from lenet_gui.data.gzip_files import GZIP_MAGIC, GzipFault, decompressed
from lenet_gui.errors import UserError
from lenet_gui.file_kinds import FileKind, is_zip, kind_of_beginning
from lenet_gui.printable import shortened
from lenet_gui.safe_reading import open_ordinary
from lenet_gui.safe_unpacking import most_unpacked

_TABLES: Final = (".csv", ".tsv", ".csv.gz")
_MAYBE_TABLES: Final = (".txt", ".data", ".dat", ".train", ".test", ".tra", ".tes")
"""Ends of the names of other tables, such as those of USPS and of the UCI's digits; also `.gz`."""

_ARRAYS: Final = (".npz", ".npy")


_MOST_TRIED: Final = 10


@dataclass(frozen=True)
class Found:
    """A data set that was found and not read yet.

    Attributes:
        files: what will be read.
        read: reads it; raises UserError if it is damaged.
    """

    files: tuple[Path, ...]
    read: Callable[[Progress | None], Stored]


@contextmanager
def found_at(path: Path) -> Iterator[Found]:
    """The data set at `path`, a folder or a file, by the names of its files.

    Raises:
        UserError: there is none, or there are several.
    """
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except OSError as error:
        raise UserError(
            f"{path} cannot be opened ({error.strerror or error}): choose other data."
        ) from error
    if not is_there:
        raise UserError(f"{path} does not exist: choose the folder or file of a data set.")
    with ExitStack() as open_trees:
        if is_folder:
            yield _in_tree(open_trees.enter_context(FolderTree(path)), path, open_trees)
        else:
            yield _in_file(path, open_trees)


def _in_file(path: Path, open_trees: ExitStack) -> Found:
    name = path.name.lower()
    begin = _beginning(path)
    if name.endswith(_TABLES) or (name.endswith(".npz") and not is_single_array(path)):
        tree = open_trees.enter_context(FolderTree(path.parent, [path]))
        if not tree.files:
            raise refusal_of_file(path)
        return _tables(tree, tree.files, path) if name.endswith(_TABLES) else _whole(tree, path)
    if is_zip(begin) and not name.endswith(_ARRAYS):
        return _in_tree(open_trees.enter_context(ZipTree(path)), path, open_trees)
    tree = open_trees.enter_context(FolderTree(_home_of(path), _beside(path)))
    groups = idx_groups(tree) + array_groups(tree)
    its = [group for group in groups if _has(group, path)]
    if its:
        return _pairs(tree, its, path)
    alone = open_trees.enter_context(FolderTree(path.parent, [path]))
    if tables := _other_tables(alone):
        return _tables(alone, tables, path)
    raise refusal_of_file(path)


def _in_tree(tree: Tree, path: Path, open_trees: ExitStack) -> Found:
    """What is taken first, if a folder has several things: IDX files, arrays, tables, pictures."""
    groups = idx_groups(tree) or array_groups(tree)
    if groups:
        return _pairs(tree, groups, path)
    if any(entry.name.lower().endswith(".npz") for entry in tree.files):
        return _whole(tree, path)
    tables = [entry for entry in tree.files if entry.name.lower().endswith(_TABLES)]
    pictures = pictures_among(tree)
    if tables and len(pictures) <= len(tables):
        return _tables(tree, tables, path)
    if pictures:
        return Found(
            _paths([*pictures, *tables]),
            lambda progress: stored_pictures(tree, pictures, own_name(path), progress),
        )
    archives = [entry for entry in tree.files if entry.name.lower().endswith(".zip")]
    if len(archives) == 1 and isinstance(tree, FolderTree):
        inner = archives[0].path
        return _in_tree(open_trees.enter_context(ZipTree(inner)), inner, open_trees)
    if others := _other_tables(tree):
        return _tables(tree, others, path)
    raise refusal_of_folder(path, tree.files)


def _other_tables(tree: Tree) -> list[Entry]:
    """Tables whose names do not end as those of tables do; few files, as each is read for it."""
    ends = (*_MAYBE_TABLES, *(f"{end}.gz" for end in _MAYBE_TABLES))
    named = [entry for entry in tree.files if entry.name.lower().endswith(ends)]
    found = []
    for entry in named[:_MOST_TRIED]:
        with suppress(UserError):
            if is_table(_table(tree, entry), entry):
                found.append(entry)
    return found


def _whole(tree: Tree, path: Path) -> Found:
    """One .npz file with all."""
    files = [entry for entry in tree.files if entry.name.lower().endswith(".npz")]
    if len(files) > 1:
        raise _several(path, files)
    name = own_name(tree.root / files[0].place)
    return Found(_paths(files), lambda _progress: stored_npz(tree, files[0], name))


def _pairs(tree: Tree, groups: list[Group], path: Path) -> Found:
    """Files of pictures and of labels."""
    group = group_of(groups, str(path))
    entries = [entry for same in group.files.values() for entry in same]
    name = group.name or own_name(tree.root / group.folder)
    beside = [
        f"Beside it lies another data set, {shortened(one.name)}: a file of it chooses that."
        for one in groups
        if one is not group and one.folder == group.folder and not one.missing
    ]

    def read(_progress: Progress | None) -> Stored:
        if is_idx(entries[0]):
            stored = stored_pairs(tree, group, name, idx_array, LARGEST_FILE)
        else:
            stored = stored_pairs(tree, group, name, single_array, LARGEST_ARRAYS)
        return replace(
            stored, is_known_transposed=is_emnist(entries[0].name), notes=tuple(beside[:3])
        )

    return Found(_paths(entries), read)


def _tables(tree: Tree, entries: Sequence[Entry], path: Path) -> Found:
    """One table, or one for each set."""
    parts: dict[Part | None, list[Entry]] = {}
    for entry in entries:
        if not is_another_set(entry.name):
            parts.setdefault(role_of(entry.name).part, []).append(entry)
    if len(parts) > 1:
        parts.pop(None, None)  # beside those of the sets, such as a table of the classes' names
    if not parts or any(len(same) > 1 for same in parts.values()):
        raise _several(path, entries)
    used = [parts[part][0] for part in (Part.TRAINING, None, Part.TEST) if part in parts]
    return Found(
        _paths(used), lambda progress: _stored_tables(tree, used, own_name(path), progress)
    )


def _stored_tables(
    tree: Tree, entries: Sequence[Entry], name: str, progress: Progress | None
) -> Stored:
    left_out: Counter[str] = Counter()
    notes = []
    sets: list[StoredSet] = []
    used = []
    for entry in entries:
        content = _table(tree, entry)
        if sets and not has_labels(content, entry):
            notes.append(f"{entry.name} has no labels and is not used.")
            continue
        sets.append(table_set(content, entry, left_out, progress))
        used.append(entry.path)
    stored = Stored(
        name, sets[0], sets[1] if len(sets) > 1 else None, tuple(used), left_out, tuple(notes)
    )
    return replace(stored, is_known_transposed=is_emnist(entries[0].name))


def _paths(entries: Sequence[Entry]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(entry.path for entry in entries))


def _table(tree: Tree, entry: Entry) -> bytes:
    content = tree.read(entry, LARGEST_TABLE)
    if kind_of_beginning(content) is FileKind.WEB_PAGE:
        raise UserError(f"{entry.shown} is {FileKind.WEB_PAGE.value}: download the file itself.")
    if not content.startswith(GZIP_MAGIC):
        return content
    try:
        return decompressed(content, most_unpacked(len(content), LARGEST_TABLE))
    except GzipFault as fault:
        raise UserError(f"{entry.shown} {fault}: choose another copy.") from fault


def _several(path: Path, entries: Sequence[Entry]) -> UserError:
    listed = ", ".join(entry.name for entry in entries[:6]) + (", …" if len(entries) > 6 else "")
    return UserError(
        f"{path} has {len(entries)} files that may be the data set ({listed}): choose one of "
        "them, or name two of them train and test."
    )


def _beginning(path: Path) -> bytes:
    try:
        with open_ordinary(path) as file:
            return file.read(8)
    except OSError as error:
        raise UserError(
            f"{path} could not be read ({error.strerror or error}): allow reading it, or choose "
            "other data."
        ) from error


def _home_of(path: Path) -> Path:
    """The folder of its data set; one of the file's own name, as Kaggle makes them, is none."""
    return path.parent.parent if path.parent.name == path.name else path.parent


def _beside(path: Path) -> list[Path]:
    """The files in the same folder, and those in folders of their own names."""
    found = []
    with suppress(OSError), os.scandir(_home_of(path)) as listing:
        for one in listing:
            found += [Path(one.path), Path(one.path) / one.name]
    return found


def _has(group: Group, path: Path) -> bool:
    return any(entry.path == path for entries in group.files.values() for entry in entries)
