"""`lenet-gui evaluate`: how a weights file does on the digits of a set."""

import argparse
import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lenet_gui.foreign import printable
from lenet_gui.net.architecture import facts_of_network, name_of
from lenet_gui.text.figures import percent

if TYPE_CHECKING:
    from lenet_gui.cli.parser import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Describes the command's arguments."""
    parser = subparsers.add_parser(
        "evaluate",
        help="measure a weights file on MNIST or the built-in digits",
        description="Runs every digit of a set through a network and prints loss, accuracy, "
        "the digits it misses and the confusion matrix.",
    )
    parser.add_argument(
        "weights",
        metavar="WEIGHTS",
        type=Path,
        help="a weights file, or a shipped one: original, modern, paper-1998",
    )
    parser.add_argument(
        "--data",
        metavar="DIR|builtin",
        default="mnist",
        help="the folder with the MNIST files, or builtin for the program's own digits "
        "(default: MNIST where it is found, downloaded if it is not there)",
    )
    parser.add_argument(
        "--set", choices=("test", "training"), default="test", help="which set (default: test)"
    )
    parser.add_argument("--json", action="store_true", help="print a JSON object instead")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs the command and returns the exit status.

    Raises:
        UserError: the weights or the data are wrong.
    """
    from lenet_gui.cli.digits import chosen_set
    from lenet_gui.net.weights_file import load_any_weights
    from lenet_gui.paths import weights_file
    from lenet_gui.training.metrics import evaluate

    loaded = load_any_weights(weights_file(args.weights))
    digits = chosen_set(args.data, args.set)
    found = evaluate(loaded.network, digits, loaded.loss_function)
    report: dict[str, Any] = {
        "weights": str(args.weights),
        **facts_of_network(loaded.network.architecture, loaded.network.variant),
        "data": digits.name,
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
    if args.json:
        if not isfinite(found.loss):
            report["loss"] = None  # JSON knows no infinity
        print(json.dumps(report, allow_nan=False))
    else:
        name = name_of(loaded.network.architecture, loaded.network.variant)
        print(_in_words(report, name, checked=loaded.checked))
    return 0


def _in_words(report: dict[str, Any], name: str, *, checked: bool) -> str:
    digits, errors = report["digits"], report["errors"]
    unchecked = "" if checked else " (a file without a checksum: unchecked)"
    lines = [
        f"{name}, {printable(report['weights'])}{unchecked}",
        f"{report['data']}: {digits:,} digits",
        f"loss      {report['loss']:.5f} ({report['loss_function']})",
        f"accuracy  {percent(report['accuracy'])}",
        f"error     {percent(errors / digits)} ({errors:,} digits)",
        "",
        "true \\ predicted",
        "      " + "".join(f"{digit:>6}" for digit in range(10)),
    ]
    for digit, row in enumerate(report["confusion"]):
        lines.append(f"{digit:>6}" + "".join(f"{count:>6}" for count in row))
    if report["misses"]:
        lines += ["", " index  true  predicted"]
        lines += [
            f"{miss['index']:>6}  {miss['true']:>4}  {miss['predicted']:>9}"
            for miss in report["misses"]
        ]
    return "\n".join(lines)
