"""`lenet-gui export`: the window's pictures of a network's layers, without a display."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.cli.parser import add_network_choice, whole_number
from lenet_gui.errors import UserError
from lenet_gui.net.layers import ACTIVATION_LAYERS

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers

# The pictures' own lists need numpy, which --help is to do without; a test compares them.
COLOUR_SCALES = ("per-map", "per-layer", "global")
THEMES = ("light", "dark")
_PICTURE_OPTIONS = ("scale", "layer", "map", "colours", "theme")


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "export",
        help="write the activations of every layer for a picture as PNG, SVG or NPZ",
        description="Reads the digit in a picture and writes a labelled picture of all layers, "
        "of one layer or of one map, or all activations as numbers.",
    )
    parser.add_argument("image", metavar="IMAGE", type=Path, help="a picture of one digit")
    parser.add_argument(
        "--out",
        metavar="PATH",
        type=Path,
        required=True,
        help="output file; its suffix (.png, .svg or .npz) decides the format",
    )
    add_network_choice(parser)
    pictures = parser.add_argument_group("options for pictures")
    pictures.add_argument(
        "--scale",
        metavar="N",
        type=whole_number,
        help="pixels per unit of a PNG, 1 to 16 (default: 4; a map of C1 is 336 pixels wide)",
    )
    pictures.add_argument("--layer", choices=ACTIVATION_LAYERS, help="only this layer")
    pictures.add_argument(
        "--map",
        metavar="N",
        type=whole_number,
        help="only this map (or unit) of the layer, counted from 0",
    )
    pictures.add_argument(
        "--colours", choices=COLOUR_SCALES, help="what shares one colour scale (default: per-layer)"
    )
    pictures.add_argument("--theme", choices=THEMES, help="the theme (default: light)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes one file and returns 0.

    Raises:
        UserError: an argument, the picture, the network or the target is wrong.
    """
    from lenet_gui.cli.picture_reading import chosen_network, read_picture
    from lenet_gui.pictures.colours import Scale, Theme
    from lenet_gui.pictures.export import (
        READING_SUFFIXES,
        Part,
        check_suffix,
        exported_reading,
        save,
    )
    from lenet_gui.pictures.painted import Style
    from lenet_gui.pictures.png import DEFAULT_SCALE

    target: Path = args.out
    _refuse_idle_options(args, check_suffix(target, READING_SUFFIXES))
    _check_apart(args)
    part = Part(args.layer, args.map)
    chosen = chosen_network(args)
    reading, image = read_picture(args.image, chosen)
    weights = {**chosen.facts, "file": chosen.file.name}
    scale = Scale(args.colours or Scale.PER_LAYER)
    style = Style(Theme.LIGHT, scale, chosen.file.name)
    what = exported_reading(reading, image, weights, part, style)
    enlarged = DEFAULT_SCALE if args.scale is None else args.scale
    save(what, target, Theme(args.theme or Theme.LIGHT), enlarged)
    return 0


def _check_apart(args: argparse.Namespace) -> None:
    """Raises if the file to write is one of those that are read."""
    from lenet_gui.cli.outputs import Named, check_apart

    inputs = [Named("the picture", args.image)]
    if args.weights is not None:
        inputs.append(Named("the weights file", args.weights))
    check_apart([Named("--out", args.out)], inputs)


def _refuse_idle_options(args: argparse.Namespace, kind: str) -> None:
    """Raises if an option is given that the kind of file has no use for."""
    idle = {".npz": _PICTURE_OPTIONS, ".svg": ("scale",)}.get(kind, ())
    for name in idle:
        if getattr(args, name) is not None:
            raise UserError(
                f"--{name} has no effect on a {kind} file: leave it out or choose another suffix."
            )
