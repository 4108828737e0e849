"""`lenet-gui results`: table and curve of many training runs, beside the figures of 1998."""

import argparse
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.cli.streams import complain
from lenet_gui.errors import UserError
from lenet_gui.versus.published import CURVE_OF

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers
    from lenet_gui.versus.standing import Kept

_SOMETHING_LEFT_OUT = 2


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "results",
        help="the table and the curve of many training runs, beside the figures of 1998",
        description="Reads every result in a folder (see train --result), and prints for each "
        "recipe the mean test error over its seeds beside the published one. A file that cannot "
        "be used is reported, the others are shown, and the exit status is 2.",
    )
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        type=Path,
        nargs="?",
        help="with the results, as JSON (default: those that come with the program)",
    )
    parser.add_argument(
        "--table", metavar="FILE.md", type=Path, help="write the table as Markdown, too"
    )
    parser.add_argument(
        "--curve",
        metavar="FILE",
        type=Path,
        help=f"draw the errors of {CURVE_OF} over the passes, on the figures of the paper's "
        "Fig. 5, as SVG or PNG; as CSV or NPZ its numbers",
    )
    parser.add_argument("--json", action="store_true", help="print a JSON array instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the table, writes what is asked for, and returns 0, or 2 if a file was left out.

    Raises:
        UserError: there is nothing to show, or a file cannot be written.
    """
    from lenet_gui.versus.table import as_json, as_text

    _check_suffixes(args)
    _check_apart(args)
    kept = _standings(args.folder)
    for sentence in kept.left_out:
        complain(sentence)
    if not kept.standings:
        where = "that come with the program" if args.folder is None else f"in {args.folder}"
        which = "complete results of training runs" if kept.left_out else "results of training runs"
        raise UserError(
            f"There are no {which} {where}: make some with "
            "lenet-gui train --recipe NAME --result FILE.json and name their folder."
        )
    print(json.dumps(as_json(kept), indent=1) if args.json else as_text(kept))
    if args.table is not None:
        _write_table(kept, args.table)
    if args.curve is not None:
        _write_curve(kept, args.curve)
    return _SOMETHING_LEFT_OUT if kept.left_out else 0


def _check_suffixes(args: argparse.Namespace) -> None:
    for option, target, suffixes in (
        ("--table", args.table, (".md",)),
        ("--curve", args.curve, (".svg", ".png", ".csv", ".npz")),
    ):
        if target is not None and target.suffix.lower() not in suffixes:
            *rest, last = suffixes
            named = f"{', '.join(rest)} or {last}" if rest else last
            raise UserError(f"{option} {target} must end in {named}.")


def _check_apart(args: argparse.Namespace) -> None:
    from lenet_gui.cli.outputs import Named, check_apart

    given = [("--table", args.table), ("--curve", args.curve)]
    inputs = []
    with suppress(OSError):  # which is told where they are read
        files = [] if args.folder is None else sorted(args.folder.glob("*.json"))
        inputs = [Named("a result", file) for file in files]
    check_apart([Named(option, file) for option, file in given if file is not None], inputs)


def _standings(folder: Path | None) -> "Kept":
    from lenet_gui.versus.standing import read_standings, shipped_standings

    return shipped_standings() if folder is None else read_standings(folder)


def _write_table(kept: "Kept", target: Path) -> None:
    from lenet_gui.files import write_atomically
    from lenet_gui.versus.table import as_markdown

    write_atomically(target, as_markdown(kept).encode())


def _write_curve(kept: "Kept", target: Path) -> None:
    standing = kept.of(CURVE_OF)
    if standing is None:
        raise UserError(
            f"The curve needs results of {CURVE_OF} on MNIST, and there are none: make them with "
            f"lenet-gui train --recipe {CURVE_OF} --seed 0 --result FILE.json."
        )
    from lenet_gui.pictures.export import CHART_SCALE, exported_chart, save
    from lenet_gui.pictures.versus_chart import SIZE, versus_chart
    from lenet_gui.versus.curves import curves_of

    chart = versus_chart(curves_of(standing))
    save(exported_chart(CURVE_OF, chart, SIZE), target, scale=CHART_SCALE)
