"""`lenet-gui evaluate --corrupt`: the errors of networks under the 15 corruptions of MNIST-C."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.cli.parser import whole_number
from lenet_gui.errors import UserError

if TYPE_CHECKING:
    from lenet_gui.data.digits import Digits
    from lenet_gui.net.network import Network

_LARGEST_SEED = 2**32 - 1
_OPTIONS = ("csv", "seed", "sheet", "digit")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds `--corrupt` and the options that belong to it."""
    group = parser.add_argument_group("robustness")
    group.add_argument(
        "--corrupt",
        action="store_true",
        help="print instead the error under each of the 15 corruptions of MNIST-C: noise, blur, "
        "shear, fog and others",
    )
    group.add_argument(
        "--csv", action="store_true", help="print these errors, in percent, as CSV instead"
    )
    group.add_argument(
        "--seed", metavar="N", type=whole_number, help="of the corruptions (default: 0)"
    )
    group.add_argument(
        "--sheet",
        metavar="FILE",
        type=Path,
        help="draw a digit of the set under each corruption, with what the networks read, "
        "as PNG or SVG; as NPZ its images",
    )
    group.add_argument(
        "--digit",
        metavar="INDEX",
        type=whole_number,
        help="which digit of the set --sheet draws, counted from 0 (default: 0)",
    )


def check_options(args: argparse.Namespace) -> None:
    """Makes sure, before any work, that the options fit each other.

    Raises:
        UserError: one does not.
    """
    from lenet_gui.cli.outputs import Named, check_apart

    for name in _OPTIONS:
        given = getattr(args, name)
        if not args.corrupt and given is not None and given is not False:
            raise UserError(f"--{name} has no effect without --corrupt: add it, or leave it out.")
    if args.csv and args.json:
        raise UserError("--csv and --json are two forms of one table: choose one of them.")
    if args.digit is not None and args.sheet is None:
        raise UserError("--digit has no effect without --sheet FILE: add it, or leave it out.")
    if args.seed is not None and not 0 <= args.seed <= _LARGEST_SEED:
        raise UserError(f"--seed must lie between 0 and {_LARGEST_SEED}, not {args.seed}.")
    if args.sheet is not None:
        from lenet_gui.pictures.export import READING_SUFFIXES, check_suffix

        check_suffix(args.sheet, READING_SUFFIXES)
        inputs = [Named("the weights file", file) for file in args.weights]
        check_apart([Named("--sheet", args.sheet)], inputs)


def measure(
    args: argparse.Namespace,
    networks: Sequence["Network"],
    digits: "Digits",
    lines: Sequence[str],
) -> None:
    """Prints the table, and writes the sheet if it is asked for.

    Args:
        args: of the command.
        networks: those in `args.weights`.
        digits: of the set.
        lines: one about each network, to begin the text with.

    Raises:
        UserError: there is no such digit, or the sheet cannot be written.
    """
    from lenet_gui.cli.progress import progress_bar
    from lenet_gui.cli.robustness_table import RobustnessTable
    from lenet_gui.explore.robustness import robustness_of

    seed = args.seed or 0
    if args.sheet is not None:
        _write_sheet(args, networks, digits)
    with progress_bar("corruptions") as show:
        found = robustness_of(networks, digits, seed, show)
    table = RobustnessTable(tuple(map(str, args.weights)), found, digits.name, seed)
    if args.json:
        print(json.dumps(table.as_json(networks), allow_nan=False))
    elif args.csv:
        print(table.as_csv(), end="")
    else:
        print("\n".join([*lines, *table.as_lines()]))


def _write_sheet(args: argparse.Namespace, networks: Sequence["Network"], digits: "Digits") -> None:
    from lenet_gui.cli.robustness_table import short_names
    from lenet_gui.explore.robustness import answers_to_one
    from lenet_gui.pictures.corruption_sheet import exported_corruptions
    from lenet_gui.pictures.export import save

    place, seed = args.digit or 0, args.seed or 0
    if not 0 <= place < len(digits):
        raise UserError(
            f"--digit {place} is not in {digits.name}: choose one from 0 to {len(digits) - 1}."
        )
    images, answers = answers_to_one(networks, digits, place, seed)
    title = f"{digits.name}, digit {place}, seed {seed}"
    headings = short_names([str(file) for file in args.weights])
    label = int(digits.labels[place])
    page = exported_corruptions(title, images, label, headings, answers, digits.class_names)
    save(page, args.sheet, scale=2)
