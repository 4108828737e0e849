"""`lenet-gui evaluate`: how a weights file does on the digits of a set."""

import argparse
import json
from collections.abc import Mapping, Sequence
from functools import cache, partial
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lenet_gui.cli import robustness
from lenet_gui.cli.parser import add_form, add_transpose
from lenet_gui.data.class_names import DIGIT_NAMES
from lenet_gui.net.architecture import facts_of_network
from lenet_gui.printable import printable
from lenet_gui.text.figures import percent
from lenet_gui.text.networks import network_name

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers
    from lenet_gui.data.digits import Digits
    from lenet_gui.net.network import Network
    from lenet_gui.net.weights_file import LoadedWeights


_COLUMN = 6


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "evaluate",
        help="measure weights files on MNIST, the built-in digits or a data set of your own",
        description="Runs every digit of a set through a network and prints loss, accuracy, "
        "the digits it misses and the confusion matrix; of several networks one after another.",
    )
    parser.add_argument(
        "weights",
        metavar="WEIGHTS",
        type=Path,
        nargs="+",
        help="a weights file, of this program or another one, or a shipped one: original, modern, "
        "paper-1998",
    )
    add_form(parser)
    parser.add_argument(
        "--data",
        metavar="PATH|builtin",
        default="mnist",
        help="the folder or file of a data set (IDX files, CSV, .npz, pictures), or builtin for "
        "the program's own digits (default: MNIST, downloaded if it is not on this machine)",
    )
    add_transpose(parser)
    parser.add_argument(
        "--set", choices=("test", "training"), default="test", help="which set (default: test)"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="print a JSON object instead; of several networks, without --corrupt, a list",
    )
    robustness.add_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command and returns the exit status.

    Raises:
        UserError: the weights, the data or an option is wrong.
    """
    from lenet_gui.cli.digits import chosen_set
    from lenet_gui.cli.given_network import given_network
    from lenet_gui.data.words import Transpose
    from lenet_gui.paths import weights_file

    robustness.check_options(args)
    chosen = cache(partial(chosen_set, args.data, args.set, Transpose(args.transpose)))
    loaded = [given_network(weights_file(one), args.form, chosen) for one in args.weights]
    digits = chosen()
    for weights, one in zip(args.weights, loaded, strict=True):
        _compare_classes(str(weights), one.facts, digits)
    if args.corrupt:
        pairs = zip(args.weights, loaded, strict=True)
        lines = [_first_line(str(weights), one) for weights, one in pairs]
        robustness.measure(args, [one.network for one in loaded], digits, lines)
        return 0
    reports = [_report(*each, digits) for each in zip(args.weights, loaded, strict=True)]
    if args.json:
        told = [report | _loss_in_json(report) for report in reports]
        print(json.dumps(told if len(told) > 1 else told[0], allow_nan=False))
    else:
        texts = [_in_words(*each) for each in zip(reports, loaded, strict=True)]
        print("\n\n\n".join(texts))
    return 0


def _report(weights: Path, loaded: "LoadedWeights[Network]", digits: "Digits") -> dict[str, Any]:
    from lenet_gui.training.metrics import evaluate

    network = loaded.network
    found = evaluate(network, digits, loaded.loss_function)
    return {
        "weights": str(weights),
        **facts_of_network(network.architecture, network.variant),
        **network.form.facts(),
        "data": digits.name,
        **({} if digits.are_digits else {"classes": digits.class_names}),
        "digits": found.digits,
        "loss": found.loss,
        "loss_function": str(loaded.loss),
        "accuracy": found.accuracy,
        "errors": len(found.misses),
        "misses": [
            {"index": miss.index, "true": miss.true, "predicted": miss.predicted}
            for miss in found.misses
        ],
        "confusion": found.confusion,
    }


def _compare_classes(weights: str, facts: Mapping[str, str], digits: "Digits") -> None:
    """Says so if a network was trained to tell other classes apart."""
    from lenet_gui.cli.streams import note
    from lenet_gui.data.class_names import class_names_of

    if class_names_of(facts) != digits.class_names:
        note(
            f"{weights} was not trained on the classes of {digits.name}: its answers 0 to 9 are "
            "taken for these classes in their order."
        )


def _first_line(weights: str, loaded: "LoadedWeights[Network]") -> str:
    """What is measured: "Original, mine.safetensors", and whether its file is unchecked."""
    network = loaded.network
    unchecked = "" if loaded.checked else " (a file without a checksum: unchecked)"
    name = network_name(network.kind, network.architecture)
    return f"{name}, {printable(weights)}{unchecked}"


def _loss_in_json(report: dict[str, Any]) -> dict[str, float | None]:
    """JSON knows no infinity."""
    return {"loss": report["loss"] if isfinite(report["loss"]) else None}


def _in_words(report: dict[str, Any], loaded: "LoadedWeights[Network]") -> str:
    digits, errors = report["digits"], report["errors"]
    names = report.get("classes", DIGIT_NAMES)
    noun = "digits" if names == DIGIT_NAMES else "pictures"
    lines = [
        _first_line(report["weights"], loaded),
        f"{report['data']}: {digits:,} {noun}",
        f"loss      {report['loss']:.5f} ({report['loss_function']})",
        f"accuracy  {percent(report['accuracy'])}",
        f"error     {percent(errors / digits)} ({errors:,} {noun})",
        "",
        *_confusion_table(report["confusion"], names),
    ]
    if report["misses"]:
        width = max(4, *map(len, names))
        lines += ["", f" index  {'true':>{width}}  {'predicted':>{max(9, width)}}"]
        lines += [
            f"{miss['index']:>6}  {names[miss['true']]:>{width}}  "
            f"{names[miss['predicted']]:>{max(9, width)}}"
            for miss in report["misses"]
        ]
    return "\n".join(lines)


def _confusion_table(confusion: Sequence[Sequence[int]], names: Sequence[str]) -> list[str]:
    """Counts by true class (row) and predicted class, which are numbered if they are no digits."""
    heads = rows = names
    if tuple(names) != DIGIT_NAMES:
        heads = [f"({place})" for place in range(len(names))]
        rows = [f"{head} {name}" for head, name in zip(heads, names, strict=True)]
    width = max(_COLUMN, *map(len, rows))
    lines = ["true \\ predicted", " " * width + "".join(f"{head:>{_COLUMN}}" for head in heads)]
    for name, counts in zip(rows, confusion, strict=True):
        lines.append(f"{name:>{width}}" + "".join(f"{count:>{_COLUMN}}" for count in counts))
    return lines
