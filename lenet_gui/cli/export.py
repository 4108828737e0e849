"""`lenet-gui export`."""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser("export")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command and returns the exit status."""
    raise NotImplementedError
