"""`lenet-gui save-model`: a network as a file for other programs."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.cli.parser import add_form
from lenet_gui.model_files.formats import FORMATS, ModelFormat, format_of, save_model
from lenet_gui.printable import printable

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "save-model",
        help="save a network for other programs: ONNX, PyTorch, Hugging Face",
        description="Writes a network in a format that other programs read.",
        epilog="formats:\n" + "\n".join(_line(form) for form in FORMATS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "weights",
        metavar="WEIGHTS",
        type=Path,
        help="a weights file, or a shipped one: original, modern, paper-1998",
    )
    parser.add_argument(
        "--to",
        metavar="PATH",
        required=True,
        help="what to write; its suffix decides the format, without one it is a folder",
    )
    add_form(parser)
    parser.set_defaults(run=run)


def _line(form: ModelFormat) -> str:
    return f"  {form.ending:<13} {form.name}; read by {form.read_by}"


def run(args: argparse.Namespace) -> int:
    """Writes the network, prints what was written, and returns 0.

    Raises:
        UserError: the weights are wrong, or the target cannot be written.
    """
    from lenet_gui.cli.outputs import Named, check_apart
    from lenet_gui.paths import is_shipped, weights_file

    form, target = format_of(args.to), Path(args.to)
    file = weights_file(args.weights)
    check_apart([Named("--to", target)], [Named("the weights file", file)])
    form.check()  # before torch is loaded

    from lenet_gui.cli.given_network import given_lenet5
    from lenet_gui.model_files.described import DescribedNetwork, name_of_file

    loaded = given_lenet5(file, args.form)
    name = name_of_file(args.weights)
    model = DescribedNetwork(loaded.network, loaded.facts, name, is_shipped(args.weights))
    written = save_model(model, target, form)
    print(f"Saved {printable(' and '.join(map(str, written)))}")
    return 0
