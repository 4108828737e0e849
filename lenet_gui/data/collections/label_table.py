"""Labels of pictures in a table (CSV) beside them: the name of a file and its label in each row."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath
from typing import Final

from lenet_gui.data.collections.roles import Part, role_of
from lenet_gui.data.collections.tree import MOST_FILES, Entry, Tree
from lenet_gui.errors import UserError

LABELS: Final = ("label", "labels", "class", "digit", "target", "y", "category", "species")
"""Headings of the column of labels, in any table."""

_ENDS: Final = (".csv", ".tsv", ".txt")
_LARGEST: Final = 1 << 23
"""Bytes of a table; 70,000 rows have about 2 MB."""

_DELIMITERS: Final = ",;\t "
_MOST_COLUMNS: Final = 50
_ENOUGH: Final = 0.5
"""The share of its rows that must name a picture, or of the pictures that its rows must name."""


@dataclass(frozen=True)
class TableLabel:
    """What a table says of a picture; `part` is the set that the table's name says."""

    label: str
    part: Part | None
    table: str


def labels_in_tables(tree: Tree, pictures: Sequence[Entry]) -> dict[Entry, TableLabel]:
    """What the tables of a tree say of its pictures; those that no row names are missing.

    A row has the name of a picture, with its folder or its ending or without, and the label. The
    column of labels is the one with a usual heading; without a heading there are two columns.
    """
    known = _by_name(pictures)
    found: dict[Entry, TableLabel] = {}
    for table in tree.files:
        if not table.name.lower().endswith(_ENDS):
            continue
        part = role_of(table.name).part
        rows = list(_rows(tree, table))
        if len(rows) < 2:
            continue
        columns = _columns(rows, known)
        if columns is None:
            continue
        name, label = columns
        for row in rows:
            entry = known.get(_key(row[name])) if len(row) > max(columns) else None
            if entry is not None and row[label].strip():
                found.setdefault(entry, TableLabel(row[label].strip(), part, table.name))
    return found


def _by_name(pictures: Sequence[Entry]) -> dict[str, Entry | None]:
    """The pictures by all that a row may call them; None for a name that several have."""
    known: dict[str, Entry | None] = {}
    for entry in pictures:
        parts = entry.place.parts
        places = ["/".join(parts[start:]) for start in range(len(parts))]
        for name in {*map(_key, places), _key(entry.place.stem)}:
            known[name] = None if name in known else entry
    return known


def _key(name: str) -> str:
    return name.strip().replace("\\", "/").removeprefix("./").lower()


def _rows(tree: Tree, table: Entry) -> Iterator[list[str]]:
    try:
        text = tree.read(table, _LARGEST).decode("utf-8-sig", "replace")
    except UserError:
        return
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
        yield from islice(filter(None, reader), MOST_FILES)  # a row a picture, and no blank lines
    except csv.Error:
        return


def _columns(
    rows: Sequence[Sequence[str]], known: dict[str, Entry | None]
) -> tuple[int, int] | None:
    """The columns of names and of labels; None if it is another table."""
    first, wide = rows[0], len(rows[0])
    if not 2 <= wide <= _MOST_COLUMNS:
        return None
    named = [_named(rows, place, known) for place in range(wide)]
    name = named.index(max(named))
    pictures = len({entry for entry in known.values() if entry is not None})
    if named[name] < max(2, _ENOUGH * min(len(rows), pictures)):
        return None
    has_heading = _key(first[name]) not in known and not PurePosixPath(first[name]).suffix
    labels = [place for place in range(wide) if place != name]
    if has_heading:
        labels = [place for place in labels if first[place].strip().lower() in LABELS]
    elif wide != 2:
        return None
    return (name, labels[0]) if labels else None


def _named(rows: Sequence[Sequence[str]], place: int, known: dict[str, Entry | None]) -> int:
    """How many pictures a column names."""
    found = {known.get(_key(row[place])) for row in rows if len(row) > place}
    return len(found - {None})
