"""The window is what opens when `lenet-gui` is given no command."""

import argparse
from pathlib import Path

from lenet_gui.cli.parser import VARIANTS
from lenet_gui.errors import UserError

_OPTIONS = ("data", "variant", "weights")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Adds the window's options; they keep names of their own beside those of the commands."""
    group = parser.add_argument_group("options of the window")
    group.add_argument(
        "--data",
        dest="window_data",
        metavar="PATH|builtin",
        help="the folder or file of a data set, or builtin for the program's own digits",
    )
    group.add_argument(
        "--variant", dest="window_variant", choices=VARIANTS, help="the variant to start with"
    )
    group.add_argument(
        "--weights",
        dest="window_weights",
        metavar="FILE",
        type=Path,
        help="the weights to start with, also of another program",
    )


def refuse_options(args: argparse.Namespace) -> None:
    """Raises if an option of the window stands before a command, where it would do nothing.

    Raises:
        UserError: names the option and where it belongs.
    """
    for name in _OPTIONS:
        if getattr(args, f"window_{name}") is not None:
            raise UserError(
                f"--{name} comes before the command {args.command}, where only the window "
                f"reads it: write it after {args.command}."
            )


def run(args: argparse.Namespace) -> int:
    """Opens the window and returns its exit status when it has closed."""
    from lenet_gui.gui.app.start import open_window

    options = argparse.Namespace(
        **{name: getattr(args, f"window_{name}") for name in _OPTIONS},
    )
    status: int = open_window(options)
    return status
