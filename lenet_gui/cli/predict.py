"""`lenet-gui predict`: which digits pictures show."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lenet_gui.cli.parser import add_network_choice
from lenet_gui.cli.streams import complain
from lenet_gui.data.class_names import DIGIT_NAMES, none_of
from lenet_gui.errors import UserError
from lenet_gui.printable import printable
from lenet_gui.text.units import output_kind

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers
    from lenet_gui.data.ink import Box
    from lenet_gui.explore.reading import Reading


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "predict",
        help="read the digit in each picture",
        description="Reads one digit in each picture, dark on light or light on dark, and prints "
        "the prediction, the runner-up and the margin; or that it is not a digit, and why.",
    )
    parser.add_argument("images", metavar="IMAGE", type=Path, nargs="+", help="a picture file")
    add_network_choice(parser)
    parser.add_argument(
        "--region",
        metavar="LEFT,TOP,WIDTH,HEIGHT",
        type=_region,
        help="where in a single picture the digit is, in pixels of the upright picture",
    )
    parser.add_argument("--json", action="store_true", help="write JSON: a list of pictures")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Reads every picture that can be read; those that cannot are named on stderr.

    Returns:
        0, or 2 if a picture could not be read.

    Raises:
        UserError: the network cannot be loaded, or a region is given for several pictures.
    """
    from lenet_gui.cli.picture_reading import chosen_network, read_picture

    if args.region is not None and len(args.images) > 1:
        raise UserError(
            f"--region is for a single picture, and there are {len(args.images)}: "
            "read one at a time, or leave it out."
        )
    chosen = chosen_network(args)
    entries: list[dict[str, object]] = []
    failed = False
    for picture in args.images:
        try:
            reading, _ = read_picture(picture, chosen, args.region)
        except UserError as error:
            failed = True
            sentence = _with_advice(error)
            entries.append({"picture": str(picture), "error": sentence})
            complain(sentence)
            continue
        entries.append(_as_json(picture, reading))
        if not args.json:
            print(_as_text(picture, reading), flush=True)
    if args.json:
        print(json.dumps(entries, indent=2))
    return 2 if failed else 0


def _region(text: str) -> "Box":
    """The `type` of the argument: "30,10,60,90"."""
    from lenet_gui.data.ink import Box
    from lenet_gui.data.pictures.rectangle import SMALLEST

    try:
        left, top, width, height = (int(number) for number in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(
            "must be four whole numbers of pixels, left, top, width and height, such as "
            f"30,10,60,90, not {text!r:.60}"
        ) from None
    if left < 0 or top < 0:
        raise argparse.ArgumentTypeError(f"must begin in the picture, at 0,0 or later, not {text}")
    if min(width, height) < SMALLEST:
        raise argparse.ArgumentTypeError(
            f"must be at least {SMALLEST} pixels wide and high, not {width}x{height}"
        )
    return Box(left, top, left + width, top + height)


def _with_advice(error: UserError) -> str:
    """What is wrong with a picture; of several digits, also how one of them can be read."""
    from lenet_gui.data.pictures.found import NotOneDigitError

    if not isinstance(error, NotOneDigitError) or error.found.digits < 2:
        return str(error)
    return f"{str(error).removesuffix('.')}, or say with --region where the digit is."


def _as_json(picture: Path, reading: "Reading") -> dict[str, object]:
    from lenet_gui.explore.verdict import verdict_of

    verdict, names = verdict_of(reading), reading.class_names
    return {
        "picture": str(picture),
        "variant": str(reading.variant),
        **reading.form.facts(),
        **({} if names == DIGIT_NAMES else {"classes": names}),
        "answer": reading.answer,
        "runner_up": reading.runner_up,
        "margin": reading.margin,
        "abstains": verdict.abstains,
        "reason": verdict.reason or None,
        output_kind(reading.variant) + "s": reading.output.tolist(),
        "probabilities": reading.probabilities.tolist(),
        "rubbish": reading.rubbish,
    }


def _as_text(picture: Path, reading: "Reading") -> str:
    from lenet_gui.explore.verdict import verdict_of
    from lenet_gui.text.figures import probability

    verdict, names = verdict_of(reading), reading.class_names
    told = f"{reading.answer_name}, runner-up {reading.runner_up_name}"
    if verdict.abstains:
        told = f"{verdict.headline}. {verdict.reason} It would be {told}"
    summary = f"{printable(str(picture))}: {told}, margin {reading.margin:.2f}"
    if reading.rubbish is not None:
        summary += f", {none_of(names)} {probability(reading.rubbish)}"
    outputs = [_figure(y) for y in reading.output.tolist()]
    shares = [probability(share) for share in reading.probabilities.tolist()]
    kind = output_kind(reading.variant)
    if names == DIGIT_NAMES:
        rows = [("digit", *names), (kind, *outputs), ("probability", *shares)]
        lines = [_line(f"{row[0]:<11}", row[1:]) for row in rows]
    else:  # in columns, as names are long
        wide = max(map(len, names))
        rows = [("class", kind, "probability"), *zip(names, outputs, shares, strict=True)]
        lines = [f"  {name:<{wide}}  {output:>8}  {share:>11}" for name, output, share in rows]
    return "\n".join((summary, *lines))


def _figure(output: float) -> str:
    """An output in at most seven characters, so that the columns stand under each other."""
    return f"{output:z.2f}" if abs(output) < 1000 else f"{output:.0e}"


def _line(name: str, cells: Sequence[str]) -> str:
    return f"  {name}" + "".join(f"{cell:>8}" for cell in cells)
