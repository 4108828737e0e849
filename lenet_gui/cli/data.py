"""`lenet-gui data`: what a data set holds, before it is used."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lenet_gui.cli.parser import add_transpose
from lenet_gui.printable import printable

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers
    from lenet_gui.data.collections import Collection
    from lenet_gui.explore.orientation import Orientation


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "data",
        help="show what a data set holds, before it is used",
        description="Reads a data set and prints its name, its classes with the number of pictures "
        "of each, whether rows and columns seem to be exchanged, how it was read, and what was "
        "left out.",
    )
    parser.add_argument(
        "path",
        metavar="PATH",
        type=Path,
        help="its folder or file (IDX files, CSV, .npz, pictures)",
    )
    add_transpose(parser)
    parser.add_argument("--json", action="store_true", help="print a JSON object instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints it and returns 0.

    Raises:
        UserError: there is no data set, or it cannot be used.
    """
    from lenet_gui.cli.progress import progress_bar
    from lenet_gui.data.collections import read_collection
    from lenet_gui.data.words import Transpose
    from lenet_gui.explore.orientation import orientation_of

    with progress_bar("reading data") as show:
        found = read_collection(args.path, Transpose(args.transpose), progress=show)
    orientation = orientation_of(found.sets.training)
    if args.json:
        print(json.dumps(_as_json(found, orientation)))
    else:
        print("\n".join(map(printable, _as_lines(found, orientation))))
    return 0


def _as_lines(found: "Collection", orientation: "Orientation | None") -> list[str]:
    from lenet_gui.explore.data_preview import (
        count_rows,
        orientation_sentence,
        remarks,
        sizes_text,
    )

    rows = [("class", "training", "test"), *count_rows(found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    first, *others = widths
    table = []
    for name, *counts in rows:
        cells = (f"   {count:>{width}}" for count, width in zip(counts, others, strict=True))
        table.append(name.ljust(first) + "".join(cells))
    about = [f"{found.name}, {found.path}", sizes_text(found), "", *table]
    sentences = remarks(found)
    if orientation is not None:
        shown = found.transposed
        told = orientation_sentence(orientation, read_transposed=shown, transposed=shown)
        advice = " Try --transpose yes." if orientation.needs_transposing and not shown else ""
        sentences = [told + advice, *sentences]
    return [*about, "", *sentences] if sentences else about


def _as_json(found: "Collection", orientation: "Orientation | None") -> dict[str, Any]:
    training, test = found.counts
    return {
        "name": found.name,
        "path": str(found.path),
        "files": [str(file) for file in found.files],
        "is_mnist": found.is_mnist,
        "classes": list(found.class_names),
        "training": list(training),
        "test": list(test),
        "transposed": found.transposed,
        "read_right": None if orientation is None else orientation.as_they_are,
        "read_right_exchanged": None if orientation is None else orientation.transposed,
        "left_out": dict(found.left_out),
        "notes": list(found.notes),
    }
