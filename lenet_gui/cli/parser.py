"""How arguments are read: the parser whose errors are one sentence, and arguments that recur."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from lenet_gui.errors import UserError

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction["SentenceParser"]  # noqa: SLF001 - argparse has no public name

VARIANTS = ("original", "modern")


class SentenceParser(argparse.ArgumentParser):
    """An argument parser that answers a wrong command line with one sentence."""

    def error(self, message: str) -> NoReturn:
        """Raises the message as a `UserError`, with where to read more."""
        raise UserError(f"{message.rstrip('.')} (see {self.prog} --help).")


def whole_number(text: str) -> int:
    """The `type` of an argument that is a whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be a whole number, not {text!r:.60}") from None


def add_variant(parser: argparse.ArgumentParser, text: str) -> None:
    """Adds `--variant original|modern`: None when it is not given."""
    parser.add_argument("--variant", choices=VARIANTS, help=text)


def add_transpose(parser: argparse.ArgumentParser) -> None:
    """Adds `--transpose auto|yes|no`."""
    parser.add_argument(
        "--transpose",
        choices=("auto", "yes", "no"),
        default="auto",
        help="exchange rows and columns of a data set's pictures (default: auto, only of EMNIST's)",
    )


def add_network_choice(parser: argparse.ArgumentParser) -> None:
    """Adds `--variant` and `--weights`, which together choose the network to ask."""
    add_variant(
        parser,
        "the shipped network to use (default: original), "
        "or the variant that the file given by --weights must contain",
    )
    parser.add_argument(
        "--weights", metavar="FILE|paper-1998", type=Path, help="a weights file, or a shipped one"
    )
    add_form(parser)


def add_form(parser: argparse.ArgumentParser) -> None:
    """Adds `--form`: what a weights file of another program does not say."""
    parser.add_argument(
        "--form",
        metavar="WORDS",
        help="what a weights file of another program does not say, separated by commas: tanh, relu "
        "or sigmoid; average or max (pooling); 0..1, -1..1 or normalised (inputs); paper or zero "
        "(border); what is left out is measured on test digits",
    )
