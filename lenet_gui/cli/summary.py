"""`lenet-gui summary`: the audit of both variants, layer by layer, without torch or numpy."""

import argparse
import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

from lenet_gui.cli.parser import add_variant
from lenet_gui.net.architecture import Variant
from lenet_gui.net.audit import Audit, audit
from lenet_gui.versus.audit_rows import HEADINGS, TEXT_COLUMNS, audit_notes, audit_rows

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers

_GAP = "  "


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "summary",
        help="the layers of both variants in numbers",
        description="For each layer its maps, their size, the side of a unit's receptive field in "
        "pixels of the input, trainable parameters and connections.",
    )
    add_variant(parser, "only this variant (default: both)")
    parser.add_argument("--json", action="store_true", help="write JSON instead of a table")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the audit and returns 0."""
    variants = tuple(Variant) if args.variant is None else (Variant(args.variant),)
    audits = [audit(variant) for variant in variants]
    if args.json:
        print(json.dumps([_as_json(one) for one in audits], indent=2))
    else:
        print("\n\n".join(_as_table(one) for one in audits))
    return 0


def _as_json(one: Audit) -> dict[str, object]:
    return {
        "variant": str(one.variant),
        "layers": [asdict(layer) for layer in one.layers],
        "parameters": one.parameters,
        "connections": one.connections,
        "seed_connections": one.seed_connections,
    }


def _as_table(one: Audit) -> str:
    rows = [HEADINGS, *audit_rows(one)]
    if all(not row[-1] for row in rows[1:]):
        rows = [row[:-1] for row in rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [_aligned(row, widths) for row in rows]
    rule = "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    return "\n".join(
        (
            f"LeNet-5 {one.variant.capitalize()}",
            "",
            lines[0],
            rule,
            *lines[1:-1],
            rule,
            lines[-1],
            "",
            *(textwrap.fill(note, len(rule), subsequent_indent="  ") for note in audit_notes(one)),
        )
    )


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    cells = (
        cell.ljust(width) if column < TEXT_COLUMNS else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    )
    return _GAP.join(cells).rstrip()
